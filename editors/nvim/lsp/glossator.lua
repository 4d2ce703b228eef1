---Read by Neovim 0.11 and later, for vim.lsp.enable('glossator').
---@type vim.lsp.Config
return require('glossator').config()
