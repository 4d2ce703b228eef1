local M = {}

---The client's configuration: ours, with what the user put into `vim.g.glossator`.
---@return table
function M.config()
  return vim.tbl_deep_extend('force', {
    cmd = { 'glossator', 'lsp' },
    filetypes = { 'markdown', 'text', 'yaml', 'json', 'jsonl', 'bib', 'toml' },
    root_markers = {
      'glossator.toml', 'references.yaml', 'references.json', 'references.bib', 'actors', 'corpus', 'annotations',
    },
    root_dir = function(buffer, use) local root = M.root(buffer) if root then use(root) end end,
  }, vim.g.glossator or {})
end

---The configuration in force: from Neovim 0.11 on, with what `vim.lsp.config('glossator', …)` was told.
---@return table
function M.current() return vim.lsp.config and vim.lsp.config.glossator or M.config() end

---The folder of the workspace that the buffer's file is in: the first marker found counts, however far up it is.
---Only a `glossator.toml` makes a workspace of the home folder: it is too large to be read because of a folder's name.
---@param buffer integer
---@return string?
function M.root(buffer)
  local file = vim.api.nvim_buf_get_name(buffer)
  if file:match('%.toml$') and vim.fs.basename(file) ~= 'glossator.toml' then return nil end
  local home = vim.fs.normalize('~')
  for _, marker in ipairs(M.current().root_markers) do
    local root = vim.fs.root(buffer, marker)
    if root and (marker == 'glossator.toml' or vim.fs.normalize(root) ~= home) then return root end
  end
end

---Starts the client in the buffer, or joins it to the one of its workspace. For Neovim 0.10; later ones do it themselves.
---@param buffer integer
function M.start(buffer)
  if vim.bo[buffer].buftype ~= '' then return end -- the window that shows a hover holds Markdown too
  local root = M.root(buffer)
  if not root then return end
  vim.lsp.start(vim.tbl_extend('force', M.config(), { name = 'glossator', root_dir = root }), { bufnr = buffer })
end

---Stops every Glossator client and starts it anew in the same buffers.
function M.restart()
  for _, client in ipairs(vim.lsp.get_clients({ name = 'glossator' })) do
    local buffers = vim.tbl_keys(client.attached_buffers)
    local function gone() return vim.lsp.get_client_by_id(client.id) == nil end
    M.stop(client)
    if not vim.wait(3000, gone, 10) then
      M.stop(client, true)
      vim.wait(1000, gone, 10)
    end
    for _, buffer in ipairs(buffers) do vim.lsp.start(client.config, { bufnr = buffer }) end
  end
end

---Stops a client: a function of its own in Neovim 0.10, a method later.
---@param client vim.lsp.Client
---@param force boolean?
function M.stop(client, force)
  if vim.fn.has('nvim-0.11') == 1 then return client:stop(force) end
  -- Neovim 0.10 may still ask for hints and colours after it has told the server to shut down, and would show the refusal.
  client.handlers = setmetatable({}, { __index = function() return function() return vim.NIL end end })
  client.stop(force)
end

return M
