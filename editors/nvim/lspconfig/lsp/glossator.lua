---@brief
---
--- A language server for people who annotate source texts: who is named in a text, where the record is, and which claim lacks a source.
---
--- The workspace is the folder that holds `glossator.toml` (`glossator init` makes one), a bibliography or records.

---@type vim.lsp.Config
return {
  cmd = { 'glossator', 'lsp' },
  filetypes = { 'markdown', 'text', 'yaml', 'bib' },
  root_markers = {
    'glossator.toml', 'references.yaml', 'references.json', 'references.bib', 'actors', 'corpus', 'annotations',
  },
  workspace_required = true,
}
