-- Drives the plugin in a real Neovim:  nvim --clean --headless -l glossator_spec.lua
-- CORPUS is a copy of the example corpus, GLOSSATOR the server program. The last line is "N passed, N failed".
local plugin = vim.fs.dirname(vim.fs.dirname(vim.fs.normalize(debug.getinfo(1, 'S').source:sub(2))))
local corpus = assert(vim.uv.fs_realpath(vim.env.CORPUS or ''), 'CORPUS names no folder')
local server = assert(vim.env.GLOSSATOR, 'GLOSSATOR is not set')
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

vim.g.glossator = { cmd = { server, 'lsp' } }
vim.cmd('runtime! plugin/glossator.lua')

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
