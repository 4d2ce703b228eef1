//! For people: `path:line:column: severity[code]: message`, and on a terminal the place itself.

use super::print_each;
use crate::cli::check::{Checked, Placed};
use crate::cli::output::{Output, Stop};
use crate::model::Severity;
use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};
use std::borrow::Cow;
use std::io::Write;

/// Longer excerpts are cut: a paragraph may be one line of a thousand characters.
const MAX_EXCERPT_BYTES: usize = 400;

pub(super) fn print(checked: &[Checked<'_>], out: &mut Output) -> Result<(), Stop> {
    let look = Look { terminal: out.terminal, colour: out.colour };
    print_each(checked, out, |file, lines| {
        for placed in &file.findings {
            line(file, placed, look, lines)?;
            if look.terminal {
                excerpt(file, placed, look, lines)?;
            }
            for related in &placed.related {
                let place = related.place;
                writeln!(lines, "  {}:{}:{}: {}", related.shown, place.line, place.column, one_line(&related.message))?;
            }
        }
        Ok(())
    })
}

/// Who looks, and how.
#[derive(Clone, Copy)]
struct Look {
    terminal: bool,
    colour: bool,
}

fn line(file: &Checked<'_>, placed: &Placed, look: Look, lines: &mut Vec<u8>) -> Result<(), Stop> {
    let (finding, place) = (&placed.finding, placed.place);
    let (before, after) = match finding.severity {
        _ if !look.colour => ("", ""),
        Severity::Error => ("\x1b[1;31m", "\x1b[0m"),
        Severity::Warning => ("\x1b[1;33m", "\x1b[0m"),
        Severity::Off | Severity::Hint | Severity::Information => ("\x1b[1;36m", "\x1b[0m"),
    };
    let (severity, code) = (finding.severity.word(), finding.code.word());
    let message = one_line(&finding.message);
    Ok(writeln!(lines, "{}:{}:{}: {before}{severity}[{code}]{after}: {message}", file.shown, place.line, place.column)?)
}

/// A message in one line, whatever the text said that it quotes, and without signs that would steer a terminal.
fn one_line(message: &str) -> Cow<'_, str> {
    // What such signs begin with in UTF-8.
    let may_begin = |byte: u8| byte.is_ascii_control() || byte == 0xC2;
    if !message.bytes().any(may_begin) {
        return Cow::Borrowed(message);
    }
    Cow::Owned(message.chars().map(|c| if c.is_control() { ' ' } else { c }).collect())
}

/// The line of the finding, with the words marked.
fn excerpt(file: &Checked<'_>, placed: &Placed, look: Look, lines: &mut Vec<u8>) -> Result<(), Stop> {
    let text = file.text;
    let (start, end) = (placed.finding.range.start as usize, placed.finding.range.end as usize);
    let Some((before, rest)) = text.split_at_checked(start) else { return Ok(()) };
    let line_start = before.rfind('\n').map_or(0, |at| at + 1);
    let line = text.get(line_start..).unwrap_or_default().lines().next().unwrap_or_default();
    let first_line_left = line_start + line.len();
    // What runs on to later lines, or is long, is marked to the end of what is shown.
    let shown_start = if start - line_start > MAX_EXCERPT_BYTES / 2 { start } else { line_start };
    let mut shown_end = first_line_left.min(shown_start + MAX_EXCERPT_BYTES);
    while !text.is_char_boundary(shown_end) {
        shown_end -= 1;
    }
    let Some(shown) = text.get(shown_start..shown_end) else { return Ok(()) };
    if rest.is_empty() || shown.trim().is_empty() {
        return Ok(());
    }
    let shown: String = shown.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    let marked = (start - shown_start).min(shown.len())..end.saturating_sub(shown_start).min(shown.len());
    let snippet = Snippet::source(shown)
        .line_start(placed.place.line as usize)
        .fold(false)
        .annotation(AnnotationKind::Primary.span(marked));
    let level = match placed.finding.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Off | Severity::Hint | Severity::Information => Level::INFO,
    };
    let renderer = if look.colour { Renderer::styled() } else { Renderer::plain() };
    Ok(writeln!(lines, "{}", renderer.render(&[Group::with_level(level).element(snippet)]))?)
}

#[cfg(test)]
mod tests {
    use super::one_line;

    #[test]
    fn nothing_that_steers_a_terminal_is_printed() {
        for c in (0..0x3000).filter_map(char::from_u32) {
            let shown = if c.is_control() { ' ' } else { c };
            assert_eq!(one_line(&format!("a{c}é")), format!("a{shown}é"), "{c:?}");
        }
    }
}
