//! Which file of a workspace is what: the globs and paths of `glossator.toml`, compiled.

use crate::model::Role;
use crate::model::options::Options;
use globset::{GlobBuilder, GlobSet, GlobSetBuilder};

/// The name of the configuration file, in the workspace folder.
pub const CONFIGURATION: &str = "glossator.toml";

/// The globs and paths of the options, compiled.
#[derive(Clone, Debug)]
pub struct Layout {
    sources: GlobSet,
    notes: GlobSet,
    exclude: GlobSet,
    actors: Vec<String>,
    registries: Vec<String>,
    references: Vec<String>,
    annotations: String,
}

impl Layout {
    /// Compiles the options; a glob that cannot be read matches nothing (the reader of the options has said so).
    #[must_use]
    pub fn new(options: &Options) -> Layout {
        let paths = |list: &[String]| list.iter().map(|path| trimmed(path)).collect();
        Layout {
            sources: compile(&options.sources),
            notes: compile(&options.notes),
            exclude: compile(&options.exclude),
            actors: paths(&options.actors),
            registries: paths(&options.registries),
            references: paths(&options.references),
            annotations: trimmed(&options.annotations),
        }
    }

    /// What a workspace path is; `None` is none of Glossator's business.
    #[must_use]
    pub fn role(&self, path: &str) -> Option<Role> {
        if path == CONFIGURATION {
            return Some(Role::Configuration);
        }
        if self.exclude.is_match(path) || self.is_registry(path) {
            return None;
        }
        let ending = path.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase());
        let ending = ending.as_deref().unwrap_or_default();
        if ending == "jsonl" && is_under(path, &self.annotations) {
            return Some(Role::Annotations);
        }
        if self.references.iter().any(|it| it == path) {
            return Some(Role::Bibliography);
        }
        let is_record = matches!(ending, "md" | "yaml" | "yml" | "jsonl");
        if is_record && self.actors.iter().any(|it| is_under(path, it)) {
            return Some(Role::Record);
        }
        if !matches!(ending, "md" | "txt" | "markdown") {
            return None;
        }
        if self.sources.is_match(path) {
            return Some(Role::Source);
        }
        self.notes.is_match(path).then_some(Role::Note)
    }

    /// Whether a path is a registry.
    #[must_use]
    pub fn is_registry(&self, path: &str) -> bool {
        self.registries.iter().any(|it| it == path)
    }

    /// The text that an annotation file is about: the same path below the annotations' folder, without `.jsonl`.
    #[must_use]
    pub fn annotated<'p>(&self, path: &'p str) -> Option<&'p str> {
        path.strip_prefix(self.annotations.as_str())?.strip_prefix('/')?.strip_suffix(".jsonl")
    }

    /// The annotation file of a text.
    #[must_use]
    pub fn annotations_of(&self, text_path: &str) -> String {
        format!("{}/{text_path}.jsonl", self.annotations)
    }
}

fn trimmed(path: &str) -> String {
    path.trim_start_matches("./").trim_end_matches('/').to_owned()
}

fn is_under(path: &str, folder: &str) -> bool {
    folder.is_empty() || path == folder || path.strip_prefix(folder).is_some_and(|rest| rest.starts_with('/'))
}

fn compile(globs: &[String]) -> GlobSet {
    let mut builder = GlobSetBuilder::new();
    for glob in globs {
        if let Ok(glob) = GlobBuilder::new(glob).literal_separator(true).build() {
            builder.add(glob);
        }
    }
    builder.build().unwrap_or_else(|_| GlobSet::empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_default_layout_is_the_documented_one() {
        let layout = Layout::new(&Options::default());
        for (path, role) in [
            ("glossator.toml", Some(Role::Configuration)),
            ("corpus/a.txt", Some(Role::Source)),
            ("corpus/2024/中国.md", Some(Role::Source)),
            ("notes/a.md", Some(Role::Note)),
            ("draft.md", Some(Role::Note)),
            ("deep/draft.md", None),
            ("corpus/picture.png", None),
            ("actors/a.md", Some(Role::Record)),
            ("actors/people/b.yaml", Some(Role::Record)),
            ("actors/c.jsonl", Some(Role::Record)),
            ("actorsx/a.md", None),
            ("references.yaml", Some(Role::Bibliography)),
            ("references.bib", Some(Role::Bibliography)),
            ("annotations/corpus/a.txt.jsonl", Some(Role::Annotations)),
            ("src/glossator.toml", None),
        ] {
            assert_eq!(layout.role(path), role, "{path}");
        }
        assert_eq!(layout.annotated("annotations/corpus/a.txt.jsonl"), Some("corpus/a.txt"));
        assert_eq!(layout.annotations_of("corpus/a.txt"), "annotations/corpus/a.txt.jsonl");
    }

    #[test]
    fn excluded_files_are_nobodys_business() {
        let options = Options { exclude: vec!["corpus/raw/**".to_owned()], ..Options::default() };
        let layout = Layout::new(&options);
        assert_eq!(layout.role("corpus/raw/a.txt"), None);
        assert_eq!(layout.role("corpus/a.txt"), Some(Role::Source));
    }
}
