" Glossator in Vim with ALE, set up as the manual says:
"   vim -Nu VIMRC --not-a-term -T dumb -S test.vim
" VIMRC holds the configuration of the manual after the way to ALE, CORPUS is a copy of the example corpus, RESULTS the file for
" what came out, and `glossator` is on the PATH.
let s:results = []
let s:corpus = resolve($CORPUS)
let s:note = s:corpus . '/notes/data-brokers.md'

function! s:eventually(ask) abort
  for l:tries in range(600)
    if a:ask() | return 1 | endif
    sleep 50m
  endfor
  return 0
endfunction

" Does something until it has led to what is asked: a person would try again, too.
function! s:after(do, ask) abort
  for l:tries in range(30)
    call a:do()
    for l:waits in range(20)
      if a:ask() | return 1 | endif
      sleep 50m
    endfor
  endfor
  return 0
endfunction

function! s:check(name, ok) abort
  call add(s:results, (a:ok ? 'ok - ' : 'not ok - ') . a:name)
endfunction

function! s:findings(code) abort
  return filter(copy(ale#engine#GetLoclist(bufnr(s:note))), {_, it -> it.code ==# a:code})
endfunction

function! s:words(finding) abort
  return getline(a:finding.lnum)[a:finding.col - 1 : a:finding.end_col - 1]
endfunction

" Whether the words are in any window: a hover is shown in one of its own.
function! s:shown(words) abort
  return !empty(filter(range(1, winnr('$')), {_, window -> join(getbufline(winbufnr(window), 1, '$')) =~# a:words}))
endfunction

function! s:to_mention() abort
  execute 'edit' fnameescape(s:note)
  call cursor(27, 3)
endfunction

try
  call s:to_mention()
  call s:check('findings arrive', s:eventually({-> !empty(s:findings('uncited-claim'))}))
  call s:check('a finding lies at its words', s:eventually({-> map(s:findings('undefined-citation'), {_, it -> s:words(it)}) ==# ['nyt-2023']}))
  let g:ale_hover_to_preview = 1
  call s:check('hover shows the record', s:after({-> execute('ALEHover')}, {-> s:shown('Chinese company, owner of')}))
  only!
  call s:to_mention()
  call s:check('definition opens the record', s:after({-> execute('ALEGoToDefinition')}, {-> expand('%:p') =~# 'actors/bytedance\.md$'}))
  ALEStopAllLSPs
  sleep 200m
catch
  call s:check(v:exception . ' ' . v:throwpoint, 0)
endtry
let s:n_passed = len(filter(copy(s:results), {_, it -> it =~# '^ok'}))
call writefile(s:results + [printf('%d passed, %d failed', s:n_passed, len(s:results) - s:n_passed)], $RESULTS)
qall!
