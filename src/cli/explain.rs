//! `explain`: everything that the engine knows about one place.

use super::output::{Ended, Output, Stop, tell};
use super::session::{Needs, Session};
use super::{EXIT_CLEAN, EXIT_FAULT, Surroundings};
use crate::analysis::Depth;
use crate::features;
use crate::text::position::{Encoding, LineColumn};
use std::io::Write;
use std::path::{Path, PathBuf};

/// Runs `explain`.
pub(super) fn run(place: &str, workspace: Option<&Path>, surroundings: &Surroundings, out: &mut Output) -> Ended {
    let Some((path, line, column)) = parse(place) else {
        return Err(Stop::fault(format!(
            "{place} is no place; write FILE:LINE:COLUMN, for instance corpus/a.txt:12:5"
        )));
    };
    let needs = Needs { other_texts: true, depth: Depth::Full };
    let session = Session::read(workspace, &[PathBuf::from(path)], needs, surroundings)?;
    let documents = session.documents();
    let [document] = documents.as_slice() else {
        for message in &session.unread {
            tell(&format!("glossator: {message}"));
        }
        return match session.unread.is_empty() {
            true => Err(Stop::fault(format!("{path} is not one text; name a file"))),
            false => Ok(EXIT_FAULT),
        };
    };
    let at = LineColumn { line: line - 1, column: column - 1 };
    let last = document.buffer.line_column(document.buffer.len(), Encoding::Utf32);
    if last.line < at.line {
        return Err(Stop::fault(format!("{path} ends at line {}; there is no line {line}", last.line + 1)));
    }
    let byte = document.buffer.byte(at, Encoding::Utf32);
    let offset = u32::try_from(byte).unwrap_or(u32::MAX);
    let explained = features::explain::explain(&session.snapshot, document.file, offset);
    writeln!(out, "{}", explained.trim_end())?;
    Ok(EXIT_CLEAN)
}

/// Path, line and column; the path may hold colons itself.
fn parse(place: &str) -> Option<(&str, u32, u32)> {
    let mut parts = place.rsplitn(3, ':');
    let column = parts.next()?.parse().ok()?;
    let line = parts.next()?.parse().ok()?;
    let path = parts.next()?;
    (0 < line && 0 < column && !path.is_empty()).then_some((path, line, column))
}

#[cfg(test)]
mod tests {
    use super::parse;

    #[test]
    fn places_are_taken_apart_from_the_right() {
        assert_eq!(parse("corpus/a.txt:12:5"), Some(("corpus/a.txt", 12, 5)));
        assert_eq!(parse("a:b.txt:1:1"), Some(("a:b.txt", 1, 1)));
        assert_eq!(parse("a.txt:12"), None);
        assert_eq!(parse("a.txt:0:1"), None);
        assert_eq!(parse("a.txt"), None);
    }
}
