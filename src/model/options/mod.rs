//! `glossator.toml` and the client's settings: one typed [`Options`], with a default for every key.

mod read;
mod schema;

#[cfg(test)]
mod tests;

use super::{Code, Finding, Severity};

pub use read::read_settings;
pub use schema::json_schema;

/// Everything that the user can set.
#[derive(Clone, Debug, PartialEq)]
pub struct Options {
    /// Globs of source texts.
    pub sources: Vec<String>,
    /// Globs of notes.
    pub notes: Vec<String>,
    /// Globs of files to leave out.
    pub exclude: Vec<String>,
    /// Folders or files of actor records.
    pub actors: Vec<String>,
    /// Large read-only lists of entities.
    pub registries: Vec<String>,
    /// Bibliography files.
    pub references: Vec<String>,
    /// The folder of annotations.
    pub annotations: String,
    /// Who makes the decisions that the editor writes down; nobody is named where it is not set.
    pub author: Option<String>,
    /// How far a citation reaches back.
    pub citation_scope: CitationScope,
    /// A claim at or above this calibrated score is check-worthy, 0…1.
    pub claim_threshold: f32,
    /// Whether a place may stand for its government.
    pub places_as_governments: bool,
    /// Severities that the user chose.
    pub severities: Vec<(Code, Severity)>,
}

/// How far a citation reaches back; never forward.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum CitationScope {
    /// To the previous citation or the start of the paragraph.
    #[default]
    Paragraph,
    /// Its own sentence.
    Sentence,
}

impl Default for Options {
    fn default() -> Options {
        let words = |list: &[&str]| list.iter().map(ToString::to_string).collect();
        Options {
            sources: words(&["corpus/**"]),
            notes: words(&["notes/**", "*.md"]),
            exclude: Vec::new(),
            actors: words(&["actors"]),
            registries: Vec::new(),
            references: words(&["references.yaml", "references.json", "references.bib"]),
            annotations: "annotations".to_owned(),
            author: None,
            citation_scope: CitationScope::Paragraph,
            claim_threshold: 0.5,
            places_as_governments: false,
            severities: Vec::new(),
        }
    }
}

impl Options {
    /// The severity of a finding after the user's choice.
    #[must_use]
    pub fn severity(&self, code: Code, proposed: Severity) -> Severity {
        self.severities.iter().rev().find(|(chosen, _)| *chosen == code).map_or(proposed, |(_, severity)| *severity)
    }
}

/// Reads `glossator.toml`. Unknown or wrong keys are findings, with the nearest right key; never a refusal.
#[must_use]
pub fn read(text: &str) -> (Options, Vec<Finding>) {
    read::read_file(text)
}

/// The names of the tables.
pub fn tables() -> impl Iterator<Item = &'static str> {
    read::TABLES.iter().map(|(name, _)| *name)
}

/// A path or glob from the workspace folder, with `/` between folders; `None` where it leads out of the folder.
#[must_use]
pub fn inside_workspace(written: &str) -> Option<String> {
    let path = written.trim().replace('\\', "/");
    let path = path.strip_prefix("file:").unwrap_or(&path);
    let has_drive = path.chars().nth(1) == Some(':') && path.starts_with(|c: char| c.is_ascii_alphabetic());
    if path.is_empty() || path.starts_with(['/', '~']) || has_drive || path.split('/').any(|part| part == "..") {
        return None;
    }
    let parts: Vec<&str> = path.split('/').filter(|part| !part.is_empty() && *part != ".").collect();
    Some(if parts.is_empty() { ".".to_owned() } else { parts.join("/") })
}

/// Lays the client's settings (the same keys, as JSON text) over the options of `glossator.toml`. Text that is not JSON
/// changes nothing.
#[must_use]
pub fn with_settings(json: &str, options: &Options) -> (Options, Vec<Finding>) {
    match serde_json::from_str(json) {
        Ok(settings) => read_settings(&settings, options),
        Err(_) => (options.clone(), Vec::new()),
    }
}
