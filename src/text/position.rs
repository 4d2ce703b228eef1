//! The only converter between bytes and an editor's lines and columns.

/// How an editor counts columns (LSP 3.17 `positionEncoding`).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Encoding {
    /// Bytes.
    Utf8,
    /// UTF-16 code units, the protocol's default.
    #[default]
    Utf16,
    /// Unicode code points.
    Utf32,
}

/// A place in an editor's terms.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct LineColumn {
    /// Zero-based line; lines end at LF, CRLF or CR.
    pub line: u32,
    /// Zero-based column in the negotiated [`Encoding`].
    pub column: u32,
}
