//! Where the front matter of a note ends and its prose begins.

use crate::text::ByteRange;

/// The two parts of a note. Ranges are bytes of the file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FrontMatter {
    /// What stands between the two fences, without them.
    pub yaml: ByteRange,
    /// What stands below, without white space around it.
    pub prose: ByteRange,
    /// Whether the second fence is there; without it, everything counts as front matter.
    pub closed: bool,
}

/// Finds the front matter of a note: `---` on the first line, up to `---` or `...` on a line of its own.
#[must_use]
pub fn front_matter(text: &str) -> Option<FrontMatter> {
    let bom = text.len() - text.trim_start_matches('\u{feff}').len();
    let mut lines = text.get(bom..)?.split_inclusive('\n');
    let first = lines.next()?;
    if first.trim_end() != "---" {
        return None;
    }
    let start = bom + first.len();
    let mut offset = start;
    for line in lines {
        if matches!(line.trim_end(), "---" | "...") {
            let prose = prose(text, offset + line.len());
            return Some(FrontMatter { yaml: ByteRange::new(start, offset), prose, closed: true });
        }
        offset += line.len();
    }
    Some(FrontMatter { yaml: ByteRange::new(start, text.len()), prose: ByteRange::empty(text.len()), closed: false })
}

/// What stands from `start` on, without white space around it.
pub(super) fn prose(text: &str, start: usize) -> ByteRange {
    let rest = text.get(start..).unwrap_or_default();
    let trimmed = rest.trim_start_matches('\u{feff}').trim_start();
    let start = start + rest.len() - trimmed.len();
    ByteRange::new(start, start + trimmed.trim_end().len())
}
