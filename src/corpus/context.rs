//! What all texts are analysed with, and what was found in texts that editors have open.

use crate::analysis::claims::Known;
use crate::analysis::gazetteer::Gazetteer;
use crate::analysis::{self, AnalysisOptions, BlockFacts, Depth};
use dashmap::DashMap;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

/// What all texts are analysed with; a new one for every change of names or options.
#[derive(Debug)]
pub struct Context {
    /// All names.
    pub gazetteer: Arc<Gazetteer>,
    /// Which names these are: facts of another revision are out of date.
    pub names_revision: u64,
    /// What the settings say to the analysis.
    pub options: AnalysisOptions,
    /// Facts of block texts that were seen before.
    pub cache: BlockCache,
    /// Whether there is a newer one.
    is_past: AtomicBool,
}

impl Context {
    /// Without any names.
    pub(super) fn new(options: AnalysisOptions) -> Context {
        let gazetteer = Arc::new(Gazetteer::default());
        Context { gazetteer, names_revision: 0, options, cache: BlockCache::default(), is_past: AtomicBool::new(false) }
    }

    /// The next one.
    pub(super) fn followed_by(&self, gazetteer: Arc<Gazetteer>, options: AnalysisOptions) -> Context {
        self.is_past.store(true, Ordering::Relaxed);
        Context { gazetteer, names_revision: self.names_revision + 1, ..Context::new(options) }
    }

    /// Whether there is a newer one: what is found with this one is not wanted any more.
    pub(super) fn is_past(&self) -> bool {
        self.is_past.load(Ordering::Relaxed)
    }
}

/// Facts by the text that they were found in, shared by all threads. Its guards never leave the type.
#[derive(Debug, Default)]
pub struct BlockCache {
    facts: DashMap<(u64, u32), Arc<BlockFacts>>,
    /// From this size on it is worth looking for facts that no document holds.
    limit: AtomicUsize,
    /// Sentences of blocks that are being edited.
    sentences: Mutex<Known>,
}

/// A cache smaller than this is pruned at rest only.
const SMALL_CACHE: usize = 512;

impl BlockCache {
    pub(super) fn facts(&self, text: &str, gazetteer: &Gazetteer, depth: Depth) -> Arc<BlockFacts> {
        self.known_or(text, || analysis::analyse_block(text, gazetteer, depth))
    }

    /// The same for a block that was edited.
    pub(super) fn facts_again(&self, text: &str, gazetteer: &Gazetteer, depth: Depth) -> Arc<BlockFacts> {
        self.known_or(text, || {
            let mut known = self.sentences.lock().unwrap_or_else(PoisonError::into_inner);
            analysis::analyse_block_again(text, gazetteer, depth, &mut known)
        })
    }

    fn known_or(&self, text: &str, analyse: impl FnOnce() -> BlockFacts) -> Arc<BlockFacts> {
        let mut hasher = DefaultHasher::new();
        text.hash(&mut hasher);
        let key = (hasher.finish(), u32::try_from(text.len()).unwrap_or(u32::MAX));
        if let Some(facts) = self.facts.get(&key) {
            return Arc::clone(&facts);
        }
        let facts = Arc::new(analyse());
        self.facts.insert(key, Arc::clone(&facts));
        facts
    }

    /// Forgets the facts that no document holds any more, once the cache has doubled since the last time.
    pub(super) fn prune(&self) {
        let limit = self.limit.load(Ordering::Relaxed).max(SMALL_CACHE);
        if limit < self.facts.len() {
            self.forget();
        }
    }

    /// Forgets the facts that no document holds any more.
    pub(super) fn forget(&self) {
        self.facts.retain(|_, facts| 1 < Arc::strong_count(facts));
        self.facts.shrink_to_fit();
        self.limit.store(2 * self.facts.len(), Ordering::Relaxed);
        *self.sentences.lock().unwrap_or_else(PoisonError::into_inner) = Known::default();
    }

    /// How many block texts are remembered.
    #[must_use]
    pub fn len(&self) -> usize {
        self.facts.len()
    }

    /// Whether nothing is remembered.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.facts.is_empty()
    }
}
