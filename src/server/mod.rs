//! The language server: protocol in, features out. Everything that names LSP types stays in this folder.
