//! What the client said about itself at the start, and how its URIs and our paths belong together.

use super::actions::EditAbilities;
use super::more::{More, diagnostics, tokens};
use crate::disk::named;
use crate::model::options;
use crate::text::position::Encoding;
use std::collections::HashMap;
use std::path::{Component, Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use tower_lsp_server::ls_types::{
    ClientCapabilities, DiagnosticTag, InitializeParams, MarkupKind, PositionEncodingKind, Uri,
};

/// One client and one of its workspace folders; the same for as long as the client has the folder.
pub(super) struct Session {
    /// The folder's number; no two ever have the same, and the first is 0.
    pub(super) number: u32,
    /// How columns are counted.
    pub(super) encoding: Encoding,
    /// What the client can do.
    pub(super) client: Abilities,
    /// What it can do beyond hovers and jumps.
    pub(super) more: More,
    /// The semantic tokens that it has.
    pub(super) tokens: tokens::Sent,
    /// What the last look at all files found.
    pub(super) diagnostics: diagnostics::Memory,
    /// Notified when something other than the text at hand has changed what there is to show.
    pub(super) changed: Arc<tokio::sync::Notify>,
    /// Its URIs.
    pub(super) paths: Paths,
    /// Settings that the client sent without being asked, as JSON text.
    pub(super) settings: Option<String>,
}

/// What the client can do; what it cannot is left out of what it gets.
#[derive(Clone, Copy, Debug)]
pub(super) struct Abilities {
    /// Shows Markdown in hovers.
    pub(super) markdown_hover: bool,
    /// Takes links with an origin as the answer to a definition request.
    pub(super) definition_links: bool,
    /// Shows places related to a diagnostic.
    pub(super) related_places: bool,
    /// Keeps a diagnostic's data for quick fixes.
    pub(super) diagnostic_data: bool,
    /// Fades what is of no use.
    pub(super) fades_unused: bool,
    /// Can be asked to watch files.
    pub(super) watches_files: bool,
    /// Can be asked to tell about changed settings.
    pub(super) tells_settings: bool,
    /// Can be asked for settings.
    pub(super) has_settings: bool,
    /// Shows progress of work that the server began.
    pub(super) shows_progress: bool,
    /// What it can do with code actions and edits.
    pub(super) edits: EditAbilities,
}

impl Session {
    /// Reads what the client said; the session has no folder yet.
    pub(super) fn new(params: &InitializeParams) -> Session {
        let settings = params.initialization_options.as_ref().and_then(section);
        Session {
            number: 0,
            encoding: encoding(&params.capabilities),
            client: Abilities::new(&params.capabilities),
            more: More::new(&params.capabilities),
            tokens: tokens::Sent::default(),
            diagnostics: diagnostics::Memory::default(),
            changed: Arc::default(),
            paths: Paths::new(None),
            settings,
        }
    }

    /// The same client in a folder.
    pub(super) fn within(&self, root: Option<PathBuf>, number: u32, settings: Option<String>) -> Session {
        Session {
            number,
            encoding: self.encoding,
            client: self.client,
            more: self.more,
            tokens: tokens::Sent::default(),
            diagnostics: diagnostics::Memory::default(),
            changed: Arc::clone(&self.changed),
            paths: Paths::new(root),
            settings,
        }
    }
}

/// The settings in what a client sent: under `glossator`, or alone.
pub(super) fn section(sent: &serde_json::Value) -> Option<String> {
    let settings = sent.get("glossator").unwrap_or(sent);
    settings.is_object().then(|| settings.to_string())
}

/// Whether settings that a client sends to all its servers are for this one.
pub(super) fn is_for_us(sent: &serde_json::Value) -> bool {
    let has = |key: &str| sent.get(key).is_some_and(serde_json::Value::is_object);
    has("glossator") || options::tables().any(has)
}

/// UTF-8 where it is offered, for it needs no counting; else the protocol's default.
fn encoding(client: &ClientCapabilities) -> Encoding {
    let offered = client.general.as_ref().and_then(|it| it.position_encodings.as_deref()).unwrap_or_default();
    if offered.contains(&PositionEncodingKind::UTF8) {
        Encoding::Utf8
    } else if offered.contains(&PositionEncodingKind::UTF16) || !offered.contains(&PositionEncodingKind::UTF32) {
        Encoding::Utf16
    } else {
        Encoding::Utf32
    }
}

impl Abilities {
    fn new(client: &ClientCapabilities) -> Abilities {
        let text = client.text_document.as_ref();
        let workspace = client.workspace.as_ref();
        let diagnostics = text.and_then(|it| it.publish_diagnostics.as_ref());
        let yes = |ability: Option<bool>| ability.unwrap_or(false);
        let formats = text.and_then(|it| it.hover.as_ref()?.content_format.as_deref()).unwrap_or_default();
        Abilities {
            markdown_hover: formats.contains(&MarkupKind::Markdown),
            definition_links: yes(text.and_then(|it| it.definition.as_ref()?.link_support)),
            related_places: yes(diagnostics.and_then(|it| it.related_information)),
            diagnostic_data: yes(diagnostics.and_then(|it| it.data_support)),
            fades_unused: diagnostics
                .and_then(|it| it.tag_support.as_ref())
                .is_some_and(|tags| tags.value_set.contains(&DiagnosticTag::UNNECESSARY)),
            watches_files: yes(workspace.and_then(|it| it.did_change_watched_files.as_ref()?.dynamic_registration)),
            tells_settings: yes(workspace.and_then(|it| it.did_change_configuration.as_ref()?.dynamic_registration)),
            has_settings: yes(workspace.and_then(|it| it.configuration)),
            shows_progress: yes(client.window.as_ref().and_then(|it| it.work_done_progress)),
            edits: EditAbilities::new(client),
        }
    }
}

/// The workspace folders that the client named, in its order. A folder that is no file is left out.
#[expect(deprecated, reason = "older clients say it only so")]
pub(super) fn workspace_folders(params: &InitializeParams) -> Vec<PathBuf> {
    let named = params.workspace_folders.as_deref().filter(|folders| !folders.is_empty());
    if let Some(folders) = named {
        return folders.iter().filter_map(|folder| file_path(&folder.uri)).collect();
    }
    let root = params.root_uri.as_ref().and_then(file_path);
    root.or_else(|| params.root_path.as_ref().map(PathBuf::from)).into_iter().collect()
}

/// The path of a `file:` URI.
pub(super) fn file_path(uri: &Uri) -> Option<PathBuf> {
    if !uri.scheme().as_str().eq_ignore_ascii_case("file") {
        return None;
    }
    let path = uri.to_file_path()?.into_owned();
    let safe = path.is_absolute() && !path.components().any(|part| part == Component::ParentDir);
    safe.then_some(path)
}

/// URIs ↔ workspace paths.
///
/// A file of the workspace has its path from the workspace folder, with `/`; any other file its absolute path; a text
/// that is no file its URI.
pub(super) struct Paths {
    root: Option<PathBuf>,
    /// The workspace folder without links.
    real: Option<PathBuf>,
    /// The other workspace folders below this one, as paths from here: what is in them is not ours.
    nested: Mutex<Vec<String>>,
    /// How the client writes the URIs of texts that it opened.
    spellings: Mutex<HashMap<String, Uri>>,
}

impl Paths {
    fn new(root: Option<PathBuf>) -> Paths {
        let real = root.as_deref().map(named::normal);
        Paths { root, real, nested: Mutex::default(), spellings: Mutex::default() }
    }

    /// The workspace folder.
    pub(super) fn root(&self) -> Option<&Path> {
        self.root.as_deref()
    }

    /// How well a file fits into this folder; `None` if it lies elsewhere. The innermost folder fits best, and of two
    /// names of one folder the one that the file is called by.
    pub(super) fn fit(&self, file: &Path) -> Option<(usize, bool)> {
        let (root, real) = (self.root.as_ref()?, self.real.as_ref()?);
        let by_name = file.starts_with(root);
        (by_name || file.starts_with(real)).then(|| (real.components().count(), by_name))
    }

    /// Whether this folder lies in a place.
    pub(super) fn lies_in(&self, place: &Uri) -> bool {
        let Some(place) = file_path(place) else { return false };
        [&self.root, &self.real].into_iter().flatten().any(|root| root.starts_with(&place))
    }

    /// Leaves what lies in some other workspace folders to them; says whether that changes anything.
    pub(super) fn leave<'a>(&self, others: impl Iterator<Item = &'a Paths>) -> bool {
        let Some(real) = &self.real else { return false };
        let below = others.filter_map(|other| named::relative(real, other.real.as_ref()?));
        let mut below: Vec<String> = below.filter(|path| !path.is_empty()).collect();
        below.sort();
        let mut nested = self.nested.lock().unwrap_or_else(PoisonError::into_inner);
        std::mem::replace(&mut *nested, below.clone()) != below
    }

    /// The other workspace folders below this one, as paths from here.
    pub(super) fn nested(&self) -> Vec<String> {
        self.nested.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Our path for a URI.
    pub(super) fn path(&self, uri: &Uri) -> String {
        let Some(file) = file_path(uri) else { return uri.as_str().to_owned() };
        let from = |folder: &Option<PathBuf>| file.strip_prefix(folder.as_ref()?).ok();
        let path = from(&self.root).or_else(|| from(&self.real)).unwrap_or(&file).to_string_lossy();
        if cfg!(windows) { path.replace('\\', "/") } else { path.into_owned() }
    }

    /// Our path for a URI that the client has opened; its spelling will be used from now on.
    pub(super) fn opened(&self, uri: Uri) -> String {
        let path = self.path(&uri);
        self.spellings.lock().unwrap_or_else(PoisonError::into_inner).insert(path.clone(), uri);
        path
    }

    /// The URI for one of our paths.
    pub(super) fn uri(&self, path: &str) -> Option<Uri> {
        let spelling = self.spellings.lock().unwrap_or_else(PoisonError::into_inner).get(path).cloned();
        spelling.or_else(|| Uri::from_file_path(self.root.as_deref().unwrap_or(Path::new("/")).join(path)))
    }

    /// Whether the path leads into the workspace folder: only such files are ever read from disk.
    pub(super) fn is_inside(&self, path: &str) -> bool {
        let plain = |part: Component<'_>| matches!(part, Component::Normal(_));
        let foreign = path.split_once(':').is_some_and(|(scheme, _)| self.is_foreign(scheme, path));
        let ours = self.root.is_some() && !foreign && !path.is_empty() && Path::new(path).components().all(plain);
        ours && !is_below(path, &self.nested.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// `untitled:Untitled-1` was opened under exactly this name; `notes/12:30.md` was not.
    fn is_foreign(&self, scheme: &str, path: &str) -> bool {
        let known = self.spellings.lock().unwrap_or_else(PoisonError::into_inner);
        !scheme.is_empty() && known.get(path).is_some_and(|uri| uri.as_str() == path)
    }
}

/// Whether a path lies in one of some folders.
pub(super) fn is_below(path: &str, folders: &[String]) -> bool {
    let within = |folder: &String| path.strip_prefix(folder.as_str()).is_some_and(|rest| rest.starts_with('/'));
    folders.iter().any(within)
}

#[cfg(test)]
#[cfg(unix)]
mod tests {
    use super::*;

    fn uri(text: &str) -> Uri {
        text.parse().unwrap()
    }

    #[test]
    fn paths_and_uris_go_both_ways() {
        let paths = Paths::new(Some(PathBuf::from("/work space/项目")));
        for path in ["notes/a b.md", "corpus/人民日报 [1].txt", "notes/12:30.md", "100%.md", "/else/x.md"] {
            let uri = paths.uri(path).unwrap();
            assert_eq!(paths.path(&uri), path, "{}", uri.as_str());
        }
        assert_eq!(paths.path(&uri("file:///work%20space/%E9%A1%B9%E7%9B%AE/a.md")), "a.md");
        assert_eq!(paths.path(&uri("file:///work%20space/other/a.md")), "/work space/other/a.md");
        assert_eq!(paths.path(&uri("untitled:Untitled-1")), "untitled:Untitled-1");
    }

    #[test]
    fn an_opened_text_keeps_its_spelling() {
        let paths = Paths::new(Some(PathBuf::from("/w")));
        let spelled = uri("file:///w/%61.md");
        assert_eq!(paths.opened(spelled.clone()), "a.md");
        assert_eq!(paths.uri("a.md"), Some(spelled));
    }

    #[test]
    fn only_the_workspace_is_inside() {
        let paths = Paths::new(Some(PathBuf::from("/w")));
        assert!(paths.is_inside("notes/12:30.md"));
        for path in ["/etc/passwd", "../x", "a/../../x", "", &paths.opened(uri("untitled:Untitled-1"))] {
            assert!(!paths.is_inside(path), "{path}");
        }
        assert!(!paths.is_inside(&paths.path(&uri("file:///w/../etc/passwd"))));
        assert!(!Paths::new(None).is_inside("a.md"));
    }
}
