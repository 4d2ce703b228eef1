if vim.g.loaded_glossator then return end
vim.g.loaded_glossator = true

if vim.fn.has('nvim-0.10') == 0 then
  vim.api.nvim_err_writeln('glossator: Neovim 0.10 or later is needed')
  return
end

vim.api.nvim_create_user_command('GlossatorRestart', function() require('glossator').restart() end, {
  desc = 'Stop the Glossator server and start it anew',
})

if vim.lsp.enable then
  vim.lsp.enable('glossator')
else
  vim.api.nvim_create_autocmd('FileType', {
    group = vim.api.nvim_create_augroup('glossator', {}),
    pattern = require('glossator').config().filetypes,
    callback = function(event) require('glossator').start(event.buf) end,
  })
end
