//! The typed reading of options, from TOML or from a client's JSON.

use serde_json::Value;

use super::{CitationScope, Options, inside_workspace};
use crate::model::node::{Entry, Form, Node, NodeKind, Reporter, nearest, read_json, read_toml};
use crate::model::{Code, Finding, Severity};

const REPORT: Reporter = Reporter { code: Code::InvalidConfiguration };

/// The keys of a table: the key, what it means, an example of a right value.
pub(super) type Keys = &'static [(&'static str, &'static str, &'static str)];

/// Every table and its keys, with what each means and an example of a right value.
pub(super) const TABLES: &[(&str, Keys)] = &[
    (
        "corpus",
        &[
            ("sources", "Globs of source texts: captured texts that are never edited.", "[\"corpus/**\"]"),
            ("notes", "Globs of your own writing.", "[\"notes/**\", \"*.md\"]"),
            ("exclude", "Globs of files to leave out.", "[\"drafts/**\"]"),
        ],
    ),
    (
        "actors",
        &[
            ("paths", "Folders or files of actor records.", "[\"actors\"]"),
            (
                "registries",
                "Large read-only lists of FollowTheMoney entities, for suggestions and hover.",
                "[\"lists/eu.jsonl\"]",
            ),
        ],
    ),
    ("references", &[("paths", "Bibliographies: CSL-JSON, CSL-YAML, Hayagriva or BibLaTeX.", "[\"references.yaml\"]")]),
    (
        "annotations",
        &[
            ("path", "The folder that holds your decisions, one file for each text.", "\"annotations\""),
            ("author", "Your name, for the decisions that the editor writes down.", "\"Ann Lee\""),
        ],
    ),
    (
        "citations",
        &[(
            "scope",
            "How far a citation reaches back: to the start of the paragraph, or its own sentence only.",
            "\"paragraph\"",
        )],
    ),
    (
        "claims",
        &[
            ("threshold", "A sentence at or above this score needs a source: 0 flags all, 1 almost none.", "0.5"),
            ("places-as-governments", "Whether a place such as Beijing may stand for its government.", "false"),
        ],
    ),
    ("findings", &[]),
];

/// Reads `glossator.toml` over the defaults.
pub(super) fn read_file(text: &str) -> (Options, Vec<Finding>) {
    let reading = read_toml(text, Code::InvalidConfiguration);
    let mut findings = reading.findings;
    let mut options = Options::default();
    for document in &reading.documents {
        apply(&mut options, document, false, &mut findings);
    }
    findings.sort_by_key(|finding| finding.range);
    (options, findings)
}

/// Reads the settings that an editor sends, over the options of the file. The keys are the same; they may stand under
/// `glossator`, beside keys that are for the editor only (`server`, `trace`). The findings have no place in a file, so their ranges are of the settings printed as JSON.
#[must_use]
pub fn read_settings(settings: &Value, options: &Options) -> (Options, Vec<Finding>) {
    let mut options = options.clone();
    let settings = settings.get("glossator").unwrap_or(settings);
    if settings.as_object().is_none_or(serde_json::Map::is_empty) {
        return (options, Vec::new());
    }
    let text = settings.to_string();
    let reading = read_json(&text, 0, Code::InvalidConfiguration);
    let mut findings = reading.findings;
    for document in &reading.documents {
        apply(&mut options, document, true, &mut findings);
    }
    (options, findings)
}

fn apply(options: &mut Options, root: &Node<'_>, is_settings: bool, findings: &mut Vec<Finding>) {
    for table in root.entries() {
        let name = &*table.key.value;
        if is_settings && matches!(name, "server" | "trace" | "editor") {
            continue;
        }
        let Some((_, keys)) = TABLES.iter().find(|(known, _)| *known == name) else {
            findings.push(unknown_table(table));
            continue;
        };
        if is_null(&table.value) {
            continue;
        }
        if !matches!(table.value.kind, NodeKind::Map(_)) {
            let message = format!("“{name}” is a table; write [{name}] on a line of its own and its keys below");
            findings.push(REPORT.say(table.key.range, message));
            continue;
        }
        for entry in table.value.entries().iter().filter(|entry| !is_null(&entry.value)) {
            let key = &*entry.key.value;
            if name == "findings" {
                severity(options, entry, findings);
            } else if keys.iter().any(|(known, ..)| *known == key) {
                set(options, name, entry, findings);
            } else {
                findings.push(unknown_key(name, entry));
            }
        }
    }
}

/// JSON's `null`: the setting is not set.
fn is_null(node: &Node<'_>) -> bool {
    matches!(node.kind, NodeKind::Text { form: Form::Absent, .. })
}

fn unknown_table(table: &Entry<'_>) -> Finding {
    let name = &*table.key.value;
    if let Some(near) = nearest(name, TABLES.iter().map(|(known, _)| *known)) {
        let message = format!("there is no table “{name}”, so it is left out; did you mean “{near}”?");
        return REPORT.say(table.key.range, message).with("replacement", near);
    }
    let home = TABLES.iter().find(|(_, keys)| keys.iter().any(|(key, ..)| *key == name));
    let message = match home {
        Some((home, _)) => format!("“{name}” stands outside its table, so it is left out; put it under [{home}]"),
        None => {
            let tables: Vec<&str> = TABLES.iter().map(|(known, _)| *known).collect();
            format!("there is no table “{name}”, so it is left out; the tables are {}", tables.join(", "))
        }
    };
    REPORT.say(table.key.range, message)
}

fn unknown_key(table: &str, entry: &Entry<'_>) -> Finding {
    let key = &*entry.key.value;
    let own = TABLES.iter().find(|(known, _)| *known == table).map_or(&[][..], |(_, keys)| *keys);
    if let Some(near) = nearest(key, own.iter().map(|(known, ..)| *known)) {
        let message = format!("there is no key “{key}” in [{table}], so it is left out; did you mean “{near}”?");
        return REPORT.say(entry.key.range, message).with("replacement", near);
    }
    let home = TABLES.iter().find(|(_, keys)| keys.iter().any(|(known, ..)| *known == key));
    let message = match home {
        Some((home, _)) => format!("“{key}” belongs under [{home}], so it is left out here; move it there"),
        None => {
            let keys: Vec<&str> = own.iter().map(|(known, ..)| *known).collect();
            format!("there is no key “{key}” in [{table}], so it is left out; its keys are {}", keys.join(", "))
        }
    };
    REPORT.say(entry.key.range, message)
}

fn set(options: &mut Options, table: &str, entry: &Entry<'_>, findings: &mut Vec<Finding>) {
    let value = &entry.value;
    match (table, &*entry.key.value) {
        ("corpus", "sources") => set_paths(&mut options.sources, table, entry, findings),
        ("corpus", "notes") => set_paths(&mut options.notes, table, entry, findings),
        ("corpus", "exclude") => set_paths(&mut options.exclude, table, entry, findings),
        ("actors", "paths") => set_paths(&mut options.actors, table, entry, findings),
        ("actors", "registries") => set_paths(&mut options.registries, table, entry, findings),
        ("references", "paths") => set_paths(&mut options.references, table, entry, findings),
        ("annotations", "path") => match text(value) {
            Some(path) => {
                if let Some(path) = checked_path(path, value, findings) {
                    options.annotations = path;
                }
            }
            None => findings.push(wrong_kind(table, entry, "one folder")),
        },
        ("annotations", "author") => match text(value).map(str::trim) {
            Some(author) => options.author = (!author.is_empty()).then(|| author.to_owned()),
            None => findings.push(wrong_kind(table, entry, "one name")),
        },
        ("citations", "scope") => match text(value) {
            Some("paragraph") => options.citation_scope = CitationScope::Paragraph,
            Some("sentence") => options.citation_scope = CitationScope::Sentence,
            _ => findings.push(wrong_kind(table, entry, "“paragraph” or “sentence”")),
        },
        ("claims", "threshold") => match number(value).filter(|it| (0.0..=1.0).contains(it)) {
            Some(threshold) => options.claim_threshold = threshold,
            None => findings.push(wrong_kind(table, entry, "a number from 0 to 1")),
        },
        ("claims", "places-as-governments") => match &value.kind {
            NodeKind::Text { value, form: Form::Boolean } => options.places_as_governments = value == "true",
            NodeKind::Text { .. } | NodeKind::List(_) | NodeKind::Map(_) => {
                findings.push(wrong_kind(table, entry, "true or false, without quotation marks"));
            }
        },
        _ => (), // Every key of `TABLES` has its line above; a test sets them all.
    }
}

fn text<'n>(node: &'n Node<'_>) -> Option<&'n str> {
    match &node.kind {
        NodeKind::Text { value, form: Form::Quoted | Form::Plain } => Some(value),
        NodeKind::Text { .. } | NodeKind::List(_) | NodeKind::Map(_) => None,
    }
}

fn number(node: &Node<'_>) -> Option<f32> {
    match &node.kind {
        NodeKind::Text { value, form: Form::Number } => value.parse().ok(),
        NodeKind::Text { .. } | NodeKind::List(_) | NodeKind::Map(_) => None,
    }
}

/// Sets a list of paths or globs; one text counts as a list of one.
fn set_paths(target: &mut Vec<String>, table: &str, entry: &Entry<'_>, findings: &mut Vec<Finding>) {
    let mut paths = Vec::new();
    for item in entry.value.items() {
        match text(item) {
            Some(path) => paths.extend(checked_path(path, item, findings)),
            None => {
                findings.push(wrong_kind(table, entry, "a list of paths"));
                return;
            }
        }
    }
    // Where every path was refused, the default is safer than nothing.
    if !paths.is_empty() || entry.value.items().is_empty() {
        *target = paths;
    }
}

fn checked_path(path: &str, node: &Node<'_>, findings: &mut Vec<Finding>) -> Option<String> {
    let inside = inside_workspace(path);
    if inside.is_none() {
        let message = format!(
            "“{path}” leads out of the workspace folder, so it is left out; write a path from the workspace folder, or \
             open the other folder as well"
        );
        findings.push(REPORT.say(node.range, message));
    }
    inside
}

fn wrong_kind(table: &str, entry: &Entry<'_>, expected: &str) -> Finding {
    let key = &*entry.key.value;
    let example = TABLES
        .iter()
        .find(|(known, _)| *known == table)
        .and_then(|(_, keys)| keys.iter().find(|(known, ..)| *known == key))
        .map_or("", |(_, _, example)| *example);
    let found = match text(&entry.value) {
        Some(words) => format!("“{words}”"),
        None => entry.value.as_text().map_or_else(|| entry.value.kind_word().to_owned(), str::to_owned),
    };
    let message = format!("“{key}” takes {expected}, not {found}, so it is left out; write {key} = {example}");
    REPORT.say(entry.value.range, message)
}

fn severity(options: &mut Options, entry: &Entry<'_>, findings: &mut Vec<Finding>) {
    let word = &*entry.key.value;
    let Some(code) = Code::from_word(word) else {
        let message = match nearest(word, Code::ALL.iter().map(|code| code.word())) {
            Some(near) => {
                let message = format!("there is no finding “{word}”, so this line is left out; did you mean “{near}”?");
                findings.push(REPORT.say(entry.key.range, message).with("replacement", near));
                return;
            }
            None => format!("there is no finding “{word}”, so this line is left out; the manual lists them all"),
        };
        findings.push(REPORT.say(entry.key.range, message));
        return;
    };
    let Some(severity) = text(&entry.value).and_then(Severity::from_word) else {
        let message = "a finding is “off”, “hint”, “information”, “warning” or “error”; this line is left out";
        findings.push(REPORT.say(entry.value.range, message));
        return;
    };
    options.severities.push((code, severity));
}
