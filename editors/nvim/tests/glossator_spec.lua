-- Drives the plugin in a real Neovim:  nvim --clean --headless -l glossator_spec.lua
-- CORPUS is a copy of the example corpus, and `glossator` is on the PATH. The last line is "N passed, N failed".
local plugin = vim.fn.fnamemodify(debug.getinfo(1, 'S').source:sub(2), ':p:h:h')
local corpus = assert(vim.uv.fs_realpath(vim.env.CORPUS or ''), 'CORPUS names no folder')
local server = vim.fn.exepath('glossator')
assert(server ~= '', 'glossator is not on the PATH')
local patience = 30000 -- milliseconds; every wait ends as soon as what it waits for is there

local passed, failed = 0, 0
local function test(name, body)
  local start = vim.uv.hrtime()
  local ok, err = xpcall(body, debug.traceback)
  if ok then passed = passed + 1 else failed = failed + 1 end
  local took = (vim.uv.hrtime() - start) / 1e6
  io.write(('%s - %s (%.0f ms)\n%s'):format(ok and 'ok' or 'not ok', name, took, ok and '' or err .. '\n'))
end
local function eventually(what, predicate)
  assert(vim.wait(patience, predicate, 10), 'in vain, waited for: ' .. what)
end
---Asks again every second: a server that has just started may not have read the records yet.
local function repeatedly(what, ask, predicate)
  for _ = 1, patience / 1000 do
    ask()
    if vim.wait(1000, predicate, 10) then return end
  end
  error('in vain, asked again and again for: ' .. what)
end
local function clients() return vim.lsp.get_clients({ name = 'glossator' }) end

-- The first mention of Microsoft in the French source text: its line, and its column in bytes, both from 0.
local text, line, column
for _, path in ipairs(vim.fn.glob(corpus .. '/corpus/*fr.txt', true, true)) do
  for row, content in ipairs(vim.fn.readfile(path)) do
    local at = content:find('Microsoft', 1, true)
    if at and not text then text, line, column = path, row - 1, at - 1 end
  end
end
assert(text, 'no corpus/*fr.txt names Microsoft')
local function to_mention()
  -- Not edited twice: that would read the file again and detach the client for a moment.
  if vim.api.nvim_buf_get_name(0) ~= text then vim.cmd.edit(text) end
  eventually('a client', function() return #vim.lsp.get_clients({ name = 'glossator', bufnr = 0 }) == 1 end)
  vim.api.nvim_win_set_cursor(0, { line + 1, column + 2 })
end

vim.opt.runtimepath:prepend(plugin)
vim.cmd('filetype plugin on')

test('without the program, :checkhealth says so and what to do', function()
  -- Asked in a second Neovim: this one would remember the wrong program.
  local script = 'set rtp^=' .. plugin .. ' | let g:glossator = {"cmd": ["no-such-glossator", "lsp"]} | runtime plugin/glossator.lua'
  local result = vim.system({ vim.v.progpath, '--clean', '--headless', '--cmd', script, '+checkhealth glossator', '+%print', '+qa!' }):wait(patience)
  local report = result.stdout .. result.stderr
  assert(report:find('not found: no-such-glossator', 1, true) and report:find('on the PATH', 1, true), report)
end)

local keymaps = #vim.api.nvim_get_keymap('n')
vim.cmd('runtime! plugin/glossator.lua')

test('the plugin forces no key on anybody', function() assert(#vim.api.nvim_get_keymap('n') == keymaps) end)

test('the client attaches to a source text, in the corpus as its workspace', function()
  to_mention()
  local client = clients()[1]
  assert(vim.uv.fs_realpath(client.config.root_dir) == corpus, client.config.root_dir)
  eventually('initialized', function() return client.initialized and client.server_capabilities ~= nil end)
end)

test('a file outside any workspace, and a toml file that is not ours, are left alone', function()
  local stranger, toml = vim.fn.tempname() .. '.txt', corpus .. '/other.toml'
  vim.fn.writefile({ 'Microsoft' }, stranger)
  vim.fn.writefile({ 'a = 1' }, toml)
  for _, file in ipairs({ stranger, toml }) do
    vim.cmd.edit(file)
    vim.wait(200)
    assert(#vim.lsp.get_clients({ bufnr = 0 }) == 0, file)
    vim.cmd('bwipeout!')
  end
end)

test('a folder with records is a workspace without any settings; one with notes alone and the home folder are none', function()
  local root = require('glossator').root
  local function root_of(folder, marker)
    vim.fn.mkdir(folder .. '/notes', 'p')
    if marker then vim.fn.mkdir(folder .. '/' .. marker, 'p') end
    vim.fn.writefile({ 'Words.' }, folder .. '/notes/a.md')
    vim.cmd('noautocmd edit ' .. folder .. '/notes/a.md')
    local found = root(0)
    vim.cmd('bwipeout!')
    return found and vim.uv.fs_realpath(found)
  end
  for _, marker in ipairs({ 'actors', 'corpus', 'annotations' }) do
    local folder = vim.fn.tempname()
    local found = root_of(folder, marker)
    assert(found == vim.uv.fs_realpath(folder), marker .. ': ' .. tostring(found))
  end
  local found = root_of(vim.fn.tempname())
  assert(not found, 'notes: ' .. tostring(found))
  local home = vim.env.HOME
  vim.env.HOME = vim.fn.tempname()
  found = root_of(vim.env.HOME, 'corpus')
  vim.env.HOME = home
  assert(not found, 'home: ' .. tostring(found))
end)

test('findings arrive: an uncited claim', function()
  to_mention()
  for note in vim.fs.dir(corpus .. '/notes') do
    if note:match('%.md$') then vim.cmd.edit(corpus .. '/notes/' .. note) end
  end
  eventually('uncited-claim', function()
    return vim.iter(vim.diagnostic.get()):any(function(finding) return finding.code == 'uncited-claim' end)
  end)
end)

test('hover shows the record of the actor, in a window that starts no second client', function()
  to_mention()
  local float
  repeatedly('the window of the hover', vim.lsp.buf.hover, function()
    for _, window in ipairs(vim.api.nvim_list_wins()) do
      if vim.api.nvim_win_get_config(window).relative ~= '' then float = window end
    end
    return float ~= nil
  end)
  local shown = table.concat(vim.api.nvim_buf_get_lines(vim.api.nvim_win_get_buf(float), 0, -1, false), '\n')
  vim.api.nvim_win_close(float, true)
  assert(shown:find('Microsoft', 1, true), shown)
  assert(#clients() == 1, #clients() .. ' clients')
end)

---Where words begin in the buffer: the line and the column in bytes, both from 0.
local function place(words)
  for row, content in ipairs(vim.api.nvim_buf_get_lines(0, 0, -1, false)) do
    local at = content:find(words, 1, true)
    if at then return row - 1, at - 1 end
  end
  error('not there: ' .. words)
end

test('names and keys have groups of their own, which a colour scheme does not take away', function()
  vim.cmd.edit(corpus .. '/notes/data-brokers.md')
  vim.cmd.colorscheme('habamax')
  ---The groups of the token at those words, and what they lead to in the end.
  local function groups(words)
    local found = {}
    local row, column = place(words)
    for _, token in ipairs(vim.lsp.semantic_tokens.get_at_pos(0, row, column) or {}) do
      local names = { '@lsp.type.' .. token.type .. '.markdown' }
      for modifier in pairs(token.modifiers) do
        names[#names + 1] = ('@lsp.typemod.%s.%s.markdown'):format(token.type, modifier)
      end
      for _, name in ipairs(names) do
        local own = vim.api.nvim_get_hl(0, { name = name }).link
        found[#found + 1] = own .. '>' .. vim.api.nvim_get_hl(0, { name = own }).link
      end
    end
    return table.concat(found, ' ')
  end
  for words, group in pairs({
    ['Didi Chuxing'] = 'GlossatorActor>Identifier', ['X within'] = 'GlossatorPossible>@markup.italic',
    ['wapo-2024'] = 'GlossatorKey>Constant', ['nyt-2023'] = 'GlossatorUndefinedKey>@markup.strikethrough',
  }) do
    eventually(group .. ' for ' .. words, function() return groups(words):find(group, 1, true) ~= nil end)
  end
  vim.api.nvim_set_hl(0, 'GlossatorActor', { bold = true })
  vim.cmd('runtime plugin/glossator.lua')
  assert(vim.api.nvim_get_hl(0, { name = 'GlossatorActor' }).bold, 'the group of the user was overwritten')
end)

test('a finding lies at its words, after Chinese and an emoji', function()
  local note = corpus .. '/notes/zhaiyao.md'
  vim.fn.writefile({ '据报道，😀 人民日报在二〇二一年签约 [@nobody-1999, 第3页]。' }, note)
  vim.cmd.edit(note)
  local function found()
    return vim.iter(vim.diagnostic.get(0)):find(function(finding) return finding.code == 'undefined-citation' end)
  end
  eventually('undefined-citation', function() return found() ~= nil end)
  local line = vim.api.nvim_buf_get_lines(0, 0, 1, false)[1]
  assert(line:sub(found().col + 1, found().end_col) == 'nobody-1999', vim.inspect(found()))
end)

test('a code action cites a source', function()
  vim.cmd.edit(corpus .. '/notes/data-brokers.md')
  local row, column = place('ByteDance has nine months')
  vim.api.nvim_win_set_cursor(0, { row + 1, column + 12 })
  local function cited() return vim.api.nvim_buf_get_lines(0, row, row + 1, false)[1]:find('[@wapo-2024', 1, true) ~= nil end
  repeatedly('a citation', function()
    vim.lsp.buf.code_action({ apply = true, filter = function(action) return action.title:find('wapo-2024', 1, true) ~= nil end })
  end, cited)
  vim.cmd.undo()
end)

---Edits a note in a second Neovim that was started in a hostile folder, and says what was run and who answered.
local function in_hostile_folder(arguments, input)
  local folder, trace = vim.fn.tempname(), vim.fn.tempname()
  vim.fn.mkdir(folder .. '/notes', 'p')
  for _, trap in ipairs({ 'glossator', 'trap' }) do
    vim.fn.writefile({ '#!/bin/sh', 'echo ran >> ' .. trace }, folder .. '/' .. trap)
    vim.fn.setfperm(folder .. '/' .. trap, 'rwxr-xr-x')
  end
  vim.fn.writefile({ ("vim.g.glossator = { cmd = { '%s/trap', 'lsp' } }"):format(folder) }, folder .. '/.nvim.lua')
  vim.fn.writefile({ ("let g:glossator = {'cmd': ['%s/trap', 'lsp']}"):format(folder) }, folder .. '/.exrc')
  vim.fn.writefile({}, folder .. '/glossator.toml')
  vim.fn.writefile({ 'Acme paid 3 million dollars in 2021 [@nobody].' }, folder .. '/notes/note.md')
  local result = vim.system(vim.list_extend({
    vim.v.progpath, '--headless', '-n', '-i', 'NONE', '--cmd', 'set rtp^=' .. plugin,
  }, vim.list_extend(arguments, {
    '-c', 'edit notes/note.md', '-c', ("lua vim.wait(20000, function() return #vim.diagnostic.get(0) > 0 or vim.uv.fs_stat('%s') end)"):format(trace),
    '-c', "lua io.write('findings: ' .. #vim.diagnostic.get(0) .. '\\n')", '-c', 'qall!',
  })), { cwd = folder, stdin = input, env = { SESSION = vim.env.SESSION .. '-hostile', XDG_CONFIG_HOME = folder .. '/none' } }):wait(patience)
  local findings = tonumber((result.stdout .. result.stderr):match('findings: (%d+)'))
  return vim.uv.fs_stat(trace) ~= nil, findings, result.stdout .. result.stderr
end

test('a folder cannot choose the server', function()
  local trapped, findings, said = in_hostile_folder({})
  assert(not trapped, 'a program of the folder was run')
  assert(findings and findings > 0, said)
end)

test('not even for those who use exrc, as long as they do not trust the file', function()
  local trapped, _, said = in_hostile_folder({ '--cmd', 'set exrc' }, 'i\n')
  assert(not trapped, said)
end)

test('the trap of the two tests before works', function()
  local trapped, _, said = in_hostile_folder({ '--cmd', "lua vim.secure.read = function() return vim.fn.readfile('.nvim.lua')[1] end",
    '--cmd', "lua load(vim.secure.read('.nvim.lua'))()" })
  assert(trapped, said)
end)

if vim.lsp.config then
  test('the configuration for nvim-lspconfig does without the plugin', function()
    local note = corpus .. '/notes/data-brokers.md'
    local result = vim.system({
      vim.v.progpath, '--clean', '--headless', '--cmd', 'set rtp^=' .. plugin .. '/lspconfig', '-c', "lua vim.lsp.enable('glossator')",
      '-c', 'edit ' .. note, '-c', 'lua vim.wait(20000, function() return #vim.diagnostic.get(0) > 0 end)',
      '-c', "lua io.write('findings: ' .. #vim.diagnostic.get(0) .. ' in ' .. vim.lsp.get_clients()[1].root_dir .. '\\n')", '-c', 'qall!',
    }, { env = { SESSION = vim.env.SESSION .. '-lspconfig' } }):wait(patience)
    local findings, root = (result.stdout .. result.stderr):match('findings: (%d+) in (%S+)')
    assert(tonumber(findings) > 0 and vim.uv.fs_realpath(root) == corpus, result.stdout .. result.stderr)
  end)
end

local function jumps_to_record()
  to_mention()
  repeatedly('a record in actors/', vim.lsp.buf.definition, function()
    return vim.startswith(vim.uv.fs_realpath(vim.api.nvim_buf_get_name(0)) or '', corpus .. '/actors/')
  end)
  assert(table.concat(vim.api.nvim_buf_get_lines(0, 0, -1, false), '\n'):find('Microsoft', 1, true))
end
test('definition jumps to the record', jumps_to_record)

test(':checkhealth names the program, its version and the client', function()
  vim.cmd('silent checkhealth glossator')
  local report = table.concat(vim.api.nvim_buf_get_lines(0, 0, -1, false), '\n')
  vim.cmd('bwipeout!')
  local version = vim.trim(vim.fn.system({ server, '--version' }))
  for _, part in ipairs({ 'server program: ' .. server .. ' (' .. version .. ')', 'client attached', 'Neovim 0.' }) do
    assert(report:find(part, 1, true), part .. ' is not in:\n' .. report)
  end
  assert(not report:find('ERROR', 1, true), report)
end)

test(':GlossatorRestart starts a new server, and it answers', function()
  to_mention()
  local before = clients()[1].id
  vim.cmd.GlossatorRestart()
  eventually('a new client', function()
    local now = vim.lsp.get_clients({ name = 'glossator', bufnr = 0 })
    return #now == 1 and now[1].id ~= before and now[1].initialized
  end)
  jumps_to_record()
end)

test('the help has its tags', function()
  local doc = vim.fn.tempname()
  vim.fn.mkdir(doc .. '/doc', 'p')
  vim.uv.fs_copyfile(plugin .. '/doc/glossator.txt', doc .. '/doc/glossator.txt')
  vim.cmd.helptags(doc .. '/doc')
  vim.opt.runtimepath:append(doc)
  for _, tag in ipairs({ 'glossator', 'glossator-setup', ':GlossatorRestart', 'vim.g.glossator' }) do vim.cmd.help(tag) end
end)

test('the server leaves when it is told to', function()
  require('glossator').stop(clients()[1])
  eventually('the end of the client', function() return #clients() == 0 end)
end)

io.write(('%d passed, %d failed\n'):format(passed, failed))
os.exit(failed == 0 and 0 or 1)
