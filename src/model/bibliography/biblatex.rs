//! BibLaTeX and BibTeX, entry by entry: a broken one does not cost the others.

use std::collections::HashMap;
use std::ops::Range;

use biblatex::{ParseError, ParseErrorKind, RawBibliography, RawChunk, RawEntry, Token};

use super::{ArchivedCopy, Person, REPORT, Reference, blank, check_hash, copy_path, dates, latex};
use crate::model::{Finding, Spanned};
use crate::text::ByteRange;

/// A field's place and its words as LaTeX.
type Fields = HashMap<String, Spanned<String>>;

/// Reads a file.
pub(super) fn read(text: &str) -> (Vec<Reference>, Vec<Finding>) {
    let pieces = pieces(text);
    let strings = strings(&pieces);
    let (mut references, mut findings) = (Vec::new(), Vec::new());
    for piece in &pieces {
        match kind_word(piece.text).to_ascii_lowercase().as_str() {
            "comment" | "preamble" | "string" => continue,
            _ => (),
        }
        match RawBibliography::parse(piece.text) {
            Ok(raw) => {
                for entry in &raw.entries {
                    let range = piece.range(entry.span.start..entry.span.end + 1);
                    references.extend(read_entry(piece, range, &entry.v, &strings, &mut findings));
                }
            }
            Err(error) => references.extend(broken_entry(piece, &error, &mut findings)),
        }
    }
    (references, findings)
}

/// A part of the file that begins with an entry.
struct Piece<'a> {
    text: &'a str,
    base: usize,
}

impl Piece<'_> {
    fn range(&self, span: Range<usize>) -> ByteRange {
        ByteRange::new(self.base + span.start, self.base + span.end.min(self.text.len()))
    }
}

/// Cuts the file where a line begins with `@word{`.
fn pieces(text: &str) -> Vec<Piece<'_>> {
    let mut starts = Vec::new();
    let mut offset = 0;
    for line in text.split_inclusive('\n') {
        let rest = line.trim_start_matches('\u{feff}');
        let word = kind_word(rest);
        let after = rest.get(1 + word.len()..).unwrap_or_default().trim_start();
        if rest.starts_with('@') && !word.is_empty() && (after.is_empty() || after.starts_with(['{', '('])) {
            starts.push(offset + line.len() - rest.len());
        }
        offset += line.len();
    }
    let ends = starts.iter().skip(1).copied().chain([text.len()]);
    let piece = |(start, end): (&usize, usize)| {
        let text = text.get(*start..end).unwrap_or_default().trim_end();
        Piece { text, base: *start }
    };
    starts.iter().zip(ends).map(piece).collect()
}

/// `article` of `@article{…`.
fn kind_word(piece: &str) -> &str {
    let rest = piece.strip_prefix('@').unwrap_or_default();
    let end = rest.find(|c: char| !c.is_ascii_alphanumeric() && c != '_' && c != '-').unwrap_or(rest.len());
    rest.get(..end).unwrap_or_default()
}

/// The abbreviations that `@string` defines, by their names in lower case.
fn strings(pieces: &[Piece<'_>]) -> HashMap<String, String> {
    let mut strings = HashMap::new();
    for piece in pieces.iter().filter(|piece| kind_word(piece.text).eq_ignore_ascii_case("string")) {
        let Ok(raw) = RawBibliography::parse(piece.text) else { continue };
        for pair in &raw.abbreviations {
            let value = joined(&pair.value.v, &strings);
            strings.insert(pair.key.v.to_lowercase(), value);
        }
    }
    strings
}

fn joined(chunks: &[biblatex::Spanned<RawChunk<'_>>], strings: &HashMap<String, String>) -> String {
    let mut value = String::new();
    for chunk in chunks {
        match chunk.v {
            RawChunk::Normal(text) => value.push_str(text),
            RawChunk::Abbreviation(name) => {
                value.push_str(strings.get(&name.to_lowercase()).map_or(name, String::as_str));
            }
        }
    }
    value
}

fn read_entry(
    piece: &Piece<'_>,
    range: ByteRange,
    entry: &RawEntry<'_>,
    strings: &HashMap<String, String>,
    findings: &mut Vec<Finding>,
) -> Option<Reference> {
    let key = Spanned::new(entry.key.v.to_owned(), piece.range(entry.key.span.clone()));
    if key.value.is_empty() {
        let message =
            "this entry has no key, so no text can cite it; write one after the brace, with a comma behind it";
        findings.push(REPORT.say(piece.range(entry.kind.span.clone()), message));
        return None;
    }
    let mut fields = Fields::new();
    for pair in &entry.fields {
        let span = match pair.value.v.as_slice() {
            [only] => only.span.clone(),
            _ => pair.value.span.clone(),
        };
        let value = Spanned::new(joined(&pair.value.v, strings), piece.range(span));
        fields.entry(pair.key.v.to_ascii_lowercase()).or_insert(value);
    }
    Some(from_fields(key, range, entry.kind.v, &fields, findings))
}

fn from_fields(
    key: Spanned<String>,
    range: ByteRange,
    kind: &str,
    fields: &Fields,
    findings: &mut Vec<Finding>,
) -> Reference {
    let first = |names: &[&str]| {
        let field = names.iter().find_map(|name| fields.get(*name).filter(|it| !it.value.trim().is_empty()))?;
        Some(Spanned::new(latex::readable(&field.value), field.range))
    };
    let exact = |names: &[&str]| {
        let field = names.iter().find_map(|name| fields.get(*name).filter(|it| !it.value.trim().is_empty()))?;
        Some(Spanned::new(latex::verbatim(&field.value), field.range))
    };
    let raw = |name: &str| fields.get(name).map(|it| it.value.as_str());
    let mut reference = blank(key, range);
    reference.kind = csl_type(kind, raw("entrysubtype").unwrap_or_default()).to_owned();
    reference.title = first(&["title"]);
    if let (Some(title), Some(subtitle)) = (&mut reference.title, first(&["subtitle"])) {
        title.value = format!("{}: {}", title.value, subtitle.value);
    }
    if let Some((role, list)) = ["author", "editor"].into_iter().find_map(|role| Some((role, raw(role)?))) {
        reference.role = role;
        reference.authors = people(list);
    }
    reference.container_title =
        first(&["journaltitle", "journal", "booktitle", "maintitle", "eventtitle"]).map(|it| it.value);
    reference.publisher = first(&["publisher", "institution", "organization", "school", "howpublished"]);
    reference.issued = raw("date").and_then(|date| dates::from_text(&latex::readable(date))).or_else(|| {
        let year = raw("year").map(latex::readable);
        let month = raw("month").and_then(|month| dates::month(latex::readable(month).trim()));
        dates::from_parts(year.as_deref(), month, raw("day").and_then(|day| latex::readable(day).trim().parse().ok()))
    });
    reference.url = exact(&["url"]).or_else(|| {
        let doi = exact(&["doi"])?;
        let address = if doi.value.starts_with("http") { doi.value } else { format!("https://doi.org/{}", doi.value) };
        Some(Spanned::new(address, doi.range))
    });
    reference.language = first(&["langid", "language"]).map(|it| it.value);
    reference.details = details(kind, &|name| first(&[name]).map(|it| it.value));
    let file = fields.get("file").and_then(attached).and_then(|file| {
        if is_text(&file.value) {
            return copy_path(file, findings);
        }
        // Reference managers write absolute paths of PDF files here: nothing that the user could correct.
        copy_path(file, &mut Vec::new())
    });
    reference.copy = file.map(|file| {
        let sha256 = exact(&["sha256"]);
        if let Some(hash) = &sha256 {
            check_hash(hash, findings);
        }
        let archive_url = exact(&["archive_url", "archive-url", "archiveurl"]).map(|it| it.value);
        ArchivedCopy { file, sha256, captured: exact(&["captured"]).map(|it| it.value), archive_url }
    });
    reference
}

/// What else a card shows.
fn details(kind: &str, field: &dyn Fn(&str) -> Option<String>) -> Vec<(&'static str, String)> {
    // In an article the number is that of the issue.
    let is_article = kind.eq_ignore_ascii_case("article");
    let pages = || Some(field("pages")?.replace("--", "–"));
    let values = [
        ("volume", field("volume")),
        ("issue", field("issue").or_else(|| field("number").filter(|_| is_article))),
        ("page", pages()),
        ("edition", field("edition")),
        ("genre", field("type").filter(|genre| !genre.contains("report") && !genre.contains("thesis"))),
        ("number", field("number").filter(|_| !is_article)),
        ("publisher-place", field("location").or_else(|| field("address"))),
        ("event-title", field("eventtitle")),
        ("accessed", field("urldate").as_deref().and_then(dates::from_text)),
    ];
    values.into_iter().filter_map(|(name, value)| Some((name, value?))).collect()
}

/// The path in a `file` field: as it stands, or JabRef's and Zotero's `description:path:type;…`. A text is preferred.
fn attached(field: &Spanned<String>) -> Option<Spanned<String>> {
    let mut files = Vec::new();
    let mut start = 0;
    for end in unescaped(&field.value, ';').chain([field.value.len()]) {
        let file = field.value.get(start..end).unwrap_or_default();
        let colons: Vec<usize> = unescaped(file, ':').collect();
        let (from, to) = match colons.as_slice() {
            [first, .., last] => (first + 1, *last),
            [only] if *only == 0 => (1, file.len()),
            _ => (0, file.len()),
        };
        let path = file.get(from..to).unwrap_or_default();
        let lead = path.len() - path.trim_start().len();
        let at = field.range.start as usize + start + from + lead;
        let path = path.trim();
        if !path.is_empty() {
            let range = ByteRange::new(at, at + path.len());
            files.push(Spanned::new(latex::verbatim(path).replace("\\:", ":").replace("\\;", ";"), range));
        }
        start = end + 1;
    }
    let best = files.iter().position(|file| is_text(&file.value)).unwrap_or(0);
    (best < files.len()).then(|| files.swap_remove(best))
}

fn is_text(path: &str) -> bool {
    let path = path.to_ascii_lowercase();
    path.ends_with(".txt") || path.ends_with(".md")
}

/// Where a sign stands that no backslash precedes.
fn unescaped(text: &str, sign: char) -> impl Iterator<Item = usize> + '_ {
    text.match_indices(sign)
        .map(|(at, _)| at)
        .filter(move |at| !text.get(..*at).is_some_and(|before| before.ends_with('\\')))
}

/// Names between `and`, each as `Family, Given` or a literal name in braces.
fn people(list: &str) -> Vec<Person> {
    let mut people = Vec::new();
    let (mut depth, mut start) = (0i32, 0);
    for (at, c) in list.char_indices() {
        match c {
            '{' => depth += 1,
            '}' => depth -= 1,
            c if depth == 0 && c.is_whitespace() => {
                let rest = list.get(at + c.len_utf8()..).unwrap_or_default();
                if rest.strip_prefix("and").is_some_and(|rest| rest.starts_with(char::is_whitespace)) {
                    people.extend(list.get(start..at).and_then(person));
                    start = at + c.len_utf8() + 3;
                }
            }
            _ => (),
        }
    }
    people.extend(list.get(start.min(list.len())..).and_then(person));
    people
}

fn person(name: &str) -> Option<Person> {
    let name = name.trim();
    if name.is_empty() || name == "others" {
        return None;
    }
    let literal = name.starts_with('{') && name.ends_with('}');
    let words = latex::readable(name);
    if literal {
        return Some(Person::literal(&words));
    }
    if words.contains(',') {
        return Some(Person::parse(&words));
    }
    let parts: Vec<&str> = words.split_whitespace().collect();
    let particle = parts.iter().position(|part| part.chars().next().is_some_and(char::is_lowercase));
    let family_at = particle.unwrap_or(parts.len().saturating_sub(1));
    let (given, family) = parts.split_at(family_at.min(parts.len()));
    let given = (!given.is_empty()).then(|| given.join(" "));
    Some(Person { family: family.join(" "), given, suffix: None })
}

/// What can be kept of an entry that is not right: its key, and the fields that stand on one line each.
fn broken_entry(piece: &Piece<'_>, error: &ParseError, findings: &mut Vec<Finding>) -> Option<Reference> {
    let kind = kind_word(piece.text);
    let open = piece.text.find(['{', '('])?;
    let rest = piece.text.get(open + 1..)?;
    let blank = rest.len() - rest.trim_start().len();
    let written = rest.get(blank..)?;
    let key = written.split([',', '}', '=', '{']).next()?.split_whitespace().next().unwrap_or_default();
    let lead = open + 1 + blank;
    let key_range = piece.range(lead..lead + key.len());
    let why = match &error.kind {
        ParseErrorKind::Expected(Token::Comma) => "a comma is missing",
        ParseErrorKind::Expected(Token::Equals) => "an equals sign is missing, or the key is",
        ParseErrorKind::Expected(Token::Identifier) => "the name of a field is expected",
        ParseErrorKind::UnexpectedEof | ParseErrorKind::Expected(Token::ClosingBrace) => {
            "a brace or quotation mark is not closed"
        }
        ParseErrorKind::Expected(_) | ParseErrorKind::Unexpected(_) => {
            "a brace or quotation mark is missing, or one too many"
        }
        ParseErrorKind::UnknownAbbreviation(_)
        | ParseErrorKind::MalformedCommand
        | ParseErrorKind::DuplicateKey(_)
        | ParseErrorKind::ResolutionError(_)
        | _ => "it cannot be read",
    };
    let at = error.span.start.min(piece.text.len());
    let before = piece.text.get(..at).unwrap_or_default().trim_end();
    let start = before.rfind('\n').map_or(0, |at| at + 1);
    let line = piece.text.get(start..).and_then(|rest| rest.lines().next()).unwrap_or_default();
    let lead = line.len() - line.trim_start().len();
    let range = piece.range(start + lead..start + line.trim_end().len().max(lead));
    let message = format!("this entry is read only in part: near this line {why}; correct it");
    findings.push(REPORT.say(range, message));
    if key.is_empty() {
        return None;
    }
    let mut fields = Fields::new();
    let mut offset = 0;
    for line in piece.text.split_inclusive('\n') {
        if let Some((name, value)) = line.split_once('=') {
            let value_at = offset + line.len() - value.len();
            let inner = value.trim().trim_end_matches(',').trim_end();
            let words = inner.trim_start_matches(['{', '"']).trim_end_matches(['}', '"']);
            let at = value_at + value.find(words).unwrap_or(0);
            let value = Spanned::new(words.to_owned(), piece.range(at..at + words.len()));
            let name = name.rsplit([',', '{']).next().unwrap_or_default();
            fields.entry(name.trim().to_ascii_lowercase()).or_insert(value);
        }
        offset += line.len();
    }
    let key = Spanned::new(key.to_owned(), key_range);
    Some(from_fields(key, piece.range(0..piece.text.len()), kind, &fields, findings))
}

/// The CSL type of a BibLaTeX entry.
fn csl_type(kind: &str, subtype: &str) -> &'static str {
    match (kind.to_ascii_lowercase().as_str(), subtype.to_ascii_lowercase().as_str()) {
        ("article" | "suppperiodical", "newspaper" | "newspaperarticle") => "article-newspaper",
        ("article" | "suppperiodical", "magazine" | "magazinearticle") => "article-magazine",
        ("article" | "suppperiodical", _) => "article-journal",
        ("online" | "electronic" | "www", "blog" | "post" | "weblog") => "post-weblog",
        ("online" | "electronic" | "www", _) => "webpage",
        (
            "book" | "mvbook" | "collection" | "mvcollection" | "proceedings" | "mvproceedings" | "booklet" | "manual",
            _,
        ) => "book",
        ("inbook" | "incollection" | "bookinbook" | "suppbook" | "suppcollection", _) => "chapter",
        ("inproceedings" | "conference", _) => "paper-conference",
        ("inreference" | "reference", _) => "entry-encyclopedia",
        ("report" | "techreport", _) => "report",
        ("thesis" | "phdthesis" | "mastersthesis", _) => "thesis",
        ("unpublished", _) => "manuscript",
        ("dataset", _) => "dataset",
        ("software", _) => "software",
        ("patent", _) => "patent",
        ("video" | "movie", _) => "motion_picture",
        ("audio" | "music", _) => "song",
        ("letter", _) => "personal_communication",
        ("jurisdiction", _) => "legal_case",
        ("legislation" | "legal", _) => "legislation",
        ("periodical", _) => "periodical",
        _ => "document",
    }
}
