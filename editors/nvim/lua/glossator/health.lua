---What `:checkhealth glossator` says.
local M = {}

function M.check()
  local health = vim.health
  health.start('glossator')

  local neovim = tostring(vim.version())
  if vim.fn.has('nvim-0.11') == 1 then
    health.ok('Neovim ' .. neovim)
  else
    health.ok('Neovim ' .. neovim .. ' (from 0.11 on, vim.lsp.config can configure the client)')
  end

  local program = require('glossator').current().cmd[1]
  if vim.fn.executable(program) == 0 then
    health.error(('the server program was not found: %s'):format(program), {
      'Install glossator so that it is on the PATH,',
      "or name it before the plugin is loaded: vim.g.glossator = { cmd = { '/full/path/glossator', 'lsp' } }",
    })
  else
    local ran, answer = pcall(function() return vim.system({ program, '--version' }, { timeout = 5000 }):wait() end)
    if ran and answer.code == 0 then
      health.ok(('server program: %s (%s)'):format(vim.fn.exepath(program), vim.trim(answer.stdout)))
    else
      health.error(('%s --version failed'):format(vim.fn.exepath(program)), { 'Install it anew' })
    end
  end

  local clients = vim.lsp.get_clients({ name = 'glossator' })
  for _, client in ipairs(clients) do
    local buffers = vim.tbl_count(client.attached_buffers)
    health.ok(('client attached: %d buffer(s) in %s'):format(buffers, client.config.root_dir))
  end
  if #clients == 0 then
    local markers = table.concat(require('glossator').current().root_markers, ', ')
    health.info('no client attached: open a text in a folder that holds one of ' .. markers)
  end
  health.info('log: ' .. vim.lsp.log.get_filename())
end

return M
