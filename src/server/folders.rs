//! The client's workspace folders: each has a desk with a corpus of its own, and a text belongs to the innermost one.
//!
//! Nothing is shared between folders: an actor's id means something in its own folder only. A text outside all folders
//! is served by the first. Where the client has no folder there is one desk without any.
//!
//! When folders come and go, texts and files change hands. First every desk that loses something lets go of it and has
//! told the client so; then the others take it over. A desk that takes waits for those that let go, and no desk waits
//! before it has let go, so nobody waits for ever.

use super::desk;
use super::log::Log;
use super::mailbox::{LetGo, Mailbox, News};
use super::outbox::Outbox;
use super::requests::Pools;
use super::session::{Session, file_path};
use crate::model::options::{Options, with_settings};
use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::sync::mpsc::channel;
use std::sync::{Arc, Mutex, OnceLock, PoisonError, RwLock};
use tower_lsp_server::ls_types::{Uri, WorkspaceFoldersChangeEvent};

/// One workspace folder.
pub(super) struct Folder {
    /// The client, and what it has of the folder.
    pub(super) session: Arc<Session>,
    /// The way to the folder's desk.
    pub(super) mailbox: Mailbox,
}

/// All workspace folders; never none from `initialize` on.
pub(super) struct Folders {
    pools: Pools,
    outbox: Outbox,
    log: Log,
    client: OnceLock<Arc<Session>>,
    list: RwLock<Vec<Arc<Folder>>>,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    n_made: u32,
    /// The texts that the client has open, by the words of their URIs.
    open: BTreeMap<String, Uri>,
    /// Settings that the client sent last without being asked.
    settings: Option<String>,
    /// What is wrong with the settings, as the user was told.
    told: BTreeSet<String>,
}

impl Folders {
    /// No folders yet.
    pub(super) fn new(pools: Pools, outbox: Outbox, log: Log) -> Folders {
        let (client, list, state) = (OnceLock::new(), RwLock::default(), Mutex::default());
        Folders { pools, outbox, log, client, list, state }
    }

    /// The client names its folders, once.
    pub(super) fn begin(&self, client: Arc<Session>, roots: Vec<PathBuf>) {
        self.state().settings.clone_from(&client.settings);
        // The framework lets only one `initialize` through.
        let _ = self.client.set(client);
        let folders = self.made(roots, &[]);
        leave_nested(&folders);
        self.set(folders);
    }

    /// What the client said about itself; there is one from `initialize` on.
    pub(super) fn client(&self) -> Option<Arc<Session>> {
        self.client.get().cloned()
    }

    /// All folders, in the client's order.
    pub(super) fn all(&self) -> Vec<Arc<Folder>> {
        self.list.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// The folder that a URI belongs to.
    pub(super) fn of(&self, uri: &Uri) -> Option<Arc<Folder>> {
        owner(&self.list.read().unwrap_or_else(PoisonError::into_inner), uri).cloned()
    }

    /// The folder with a number; an answer that the client gives back may have come from one that is gone.
    pub(super) fn numbered(&self, number: u32) -> Option<Arc<Folder>> {
        let list = self.list.read().unwrap_or_else(PoisonError::into_inner);
        list.iter().find(|folder| folder.session.number == number).cloned()
    }

    /// The client opens a text.
    pub(super) fn opened(&self, uri: &Uri) {
        self.state().open.insert(uri.as_str().to_owned(), uri.clone());
    }

    /// The client closes a text.
    pub(super) fn closed(&self, uri: &Uri) {
        self.state().open.remove(uri.as_str());
    }

    /// The client sends settings for all folders.
    pub(super) fn configured(&self, settings: &str) {
        self.state().settings = Some(settings.to_owned());
        for folder in self.all() {
            folder.mailbox.post(News::Settings(settings.to_owned()));
        }
    }

    /// The settings that the client sent before it listened.
    pub(super) fn first_settings(&self) -> Option<String> {
        self.state().settings.clone()
    }

    /// Tells the user what is wrong with settings of the client: they stand in no file that could show it. What was told
    /// is told again only after settings that lack the fault; `is_all` says that these settings are all that there are.
    pub(super) fn tell_faults<'s>(&self, settings: impl Iterator<Item = &'s str>, is_all: bool) {
        let faults = settings.flat_map(|settings| with_settings(settings, &Options::default()).1);
        let faults: BTreeSet<String> = faults.map(|fault| fault.message).collect();
        let mut state = self.state();
        let news: Vec<&str> = faults.difference(&state.told).map(String::as_str).collect();
        if !news.is_empty() {
            let news = news.join("; ");
            self.log.show(&format!("in the editor's settings, which have the keys of glossator.toml: {news}"));
        }
        if is_all {
            state.told.clear();
        }
        state.told.extend(faults);
    }

    /// Folders come and go; returns the new ones, which still have to be started.
    pub(super) fn change(&self, event: &WorkspaceFoldersChangeEvent) -> Vec<Arc<Folder>> {
        let before = self.all();
        let roots = |folders: &[tower_lsp_server::ls_types::WorkspaceFolder]| -> Vec<PathBuf> {
            folders.iter().filter_map(|folder| file_path(&folder.uri)).collect()
        };
        let (added, removed) = (roots(&event.added), roots(&event.removed));
        let kept = before.iter().filter_map(|folder| folder.session.paths.root()).filter(|root| {
            let is_gone = removed.iter().any(|it| it == root);
            !is_gone
        });
        let wanted = kept.map(std::path::Path::to_path_buf).chain(added).collect();
        let after = self.made(wanted, &before);
        self.hand_over(&before, &after);
        self.set(after.clone());
        let is_new = |folder: &Arc<Folder>| before.iter().all(|it| !Arc::ptr_eq(it, folder));
        after.into_iter().filter(is_new).collect()
    }

    /// Files have changed on disk. A folder may hold, or lie in, several workspace folders.
    pub(super) fn watched(&self, uris: impl Iterator<Item = Uri>) {
        let folders = self.all();
        let mut changed: Vec<Vec<String>> = folders.iter().map(|_| Vec::new()).collect();
        for uri in uris {
            let owner = owner(&folders, &uri).map(|folder| folder.session.number);
            for (folder, paths) in folders.iter().zip(&mut changed) {
                let session = &folder.session;
                if owner == Some(session.number) || session.paths.lies_in(&uri) {
                    paths.push(session.paths.path(&uri));
                }
            }
        }
        for (folder, paths) in folders.iter().zip(changed) {
            if !paths.is_empty() {
                folder.mailbox.post(News::Watched(paths));
            }
        }
    }

    fn state(&self) -> std::sync::MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn set(&self, folders: Vec<Arc<Folder>>) {
        *self.list.write().unwrap_or_else(PoisonError::into_inner) = folders;
    }

    /// The folders of these roots: known ones, and new ones with desks of their own.
    fn made(&self, roots: Vec<PathBuf>, known: &[Arc<Folder>]) -> Vec<Arc<Folder>> {
        let mut wanted: Vec<Option<PathBuf>> = Vec::new();
        for root in roots {
            if !wanted.contains(&Some(root.clone())) {
                wanted.push(Some(root));
            }
        }
        if wanted.is_empty() {
            wanted.push(None);
        }
        let of = |root: &Option<PathBuf>| known.iter().find(|it| it.session.paths.root() == root.as_deref()).cloned();
        wanted.into_iter().filter_map(|root| of(&root).or_else(|| self.make(root))).collect()
    }

    fn make(&self, root: Option<PathBuf>) -> Option<Arc<Folder>> {
        let client = self.client.get()?;
        let mut state = self.state();
        let session = Arc::new(client.within(root, state.n_made, state.settings.clone()));
        state.n_made += 1;
        let mailbox = desk::start(&self.pools, &self.outbox, &self.log);
        Some(Arc::new(Folder { session, mailbox }))
    }

    /// Lets every text and file come to the folder that it belongs to now.
    fn hand_over(&self, before: &[Arc<Folder>], after: &[Arc<Folder>]) {
        let changed = leave_nested(after);
        let mut losses: Vec<(&Arc<Folder>, LetGo)> = Vec::new();
        for folder in before {
            let ends = after.iter().all(|it| !Arc::ptr_eq(it, folder));
            losses.push((folder, LetGo { texts: Vec::new(), ends, done: Vec::new() }));
        }
        let mut gains: Vec<(&Arc<Folder>, Vec<News>)> = after.iter().map(|folder| (folder, Vec::new())).collect();
        for uri in self.state().open.values() {
            let (Some(old), Some(new)) = (owner(before, uri), owner(after, uri)) else { continue };
            if Arc::ptr_eq(old, new) {
                continue;
            }
            let (sender, text) = channel();
            let path = new.session.paths.opened(uri.clone());
            if let Some((_, loss)) = losses.iter_mut().find(|(folder, _)| Arc::ptr_eq(folder, old)) {
                loss.texts.push((old.session.paths.path(uri), sender));
            }
            if let Some((_, news)) = gains.iter_mut().find(|(folder, _)| Arc::ptr_eq(folder, new)) {
                news.push(News::Handed { path, text });
            }
        }
        for (loser, loss) in &mut losses {
            for (_, news) in gains.iter_mut().filter(|(folder, _)| !Arc::ptr_eq(folder, loser)) {
                let (sender, done) = channel();
                loss.done.push(sender);
                news.insert(0, News::After(done));
            }
        }
        for (folder, loss) in losses {
            folder.mailbox.post(News::LetGo(loss));
        }
        for (folder, news) in gains {
            news.into_iter().for_each(|news| folder.mailbox.post(news));
            if changed.contains(&folder.session.number) {
                folder.mailbox.post(News::Reload);
            }
        }
    }
}

/// Lets each folder leave what lies in a folder below it; returns the numbers of those for which that is new.
fn leave_nested(folders: &[Arc<Folder>]) -> Vec<u32> {
    let paths = || folders.iter().map(|other| &other.session.paths);
    let changed = folders.iter().filter(|folder| folder.session.paths.leave(paths()));
    changed.map(|folder| folder.session.number).collect()
}

fn owner<'f>(folders: &'f [Arc<Folder>], uri: &Uri) -> Option<&'f Arc<Folder>> {
    let first = folders.first()?;
    if folders.len() == 1 {
        return Some(first);
    }
    let Some(file) = file_path(uri) else { return Some(first) };
    // Of equals, the first.
    let fitting = folders.iter().rev().filter_map(|folder| Some((folder.session.paths.fit(&file)?, folder)));
    Some(fitting.max_by_key(|(fit, _)| *fit).map_or(first, |(_, folder)| folder))
}
