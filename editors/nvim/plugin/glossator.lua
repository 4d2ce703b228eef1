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

-- What the server's semantic tokens look like in texts. Each group may be set by the user or a colour scheme.
local looks = {
  GlossatorActor = { group = '@lsp.type.class', link = 'Identifier' },
  GlossatorPossible = { group = '@lsp.typemod.class.possible', link = '@markup.italic' },
  GlossatorAmbiguous = { group = '@lsp.typemod.class.ambiguous', link = '@markup.italic' },
  GlossatorKey = { group = '@lsp.type.macro', link = 'Constant' },
  GlossatorUndefinedKey = { group = '@lsp.typemod.macro.undefined', link = '@markup.strikethrough' },
}
local function link()
  for name, look in pairs(looks) do
    vim.api.nvim_set_hl(0, name, { link = look.link, default = true })
    for _, filetype in ipairs({ 'markdown', 'text' }) do
      vim.api.nvim_set_hl(0, look.group .. '.' .. filetype, { link = name, default = true })
    end
  end
end
link()
vim.api.nvim_create_autocmd('ColorScheme', {
  group = vim.api.nvim_create_augroup('glossator.highlight', {}),
  callback = link, -- a colour scheme begins with clearing all
})
