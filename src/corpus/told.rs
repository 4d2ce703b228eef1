//! What the corpus is told besides files, and what it says of itself.

use super::{Corpus, Extent, Registries};
use crate::model::Role;
use crate::model::options::Options;
use std::sync::Arc;

impl Corpus {
    /// Says which day it is (`YYYY-MM-DD`): decisions may count until a day.
    pub fn set_today(&mut self, today: &str) {
        if *self.today != *today {
            self.today = Arc::from(today);
            self.snapshot = None;
        }
    }

    /// Says how much of the workspace has been read; all of it where nobody says so.
    pub fn set_extent(&mut self, extent: Extent) {
        if self.extent != extent {
            self.extent = extent;
            self.snapshot = None;
        }
    }

    /// How much of the workspace has been read.
    #[must_use]
    pub fn extent(&self) -> Extent {
        self.extent
    }

    /// Looks suggestions up in these registries from now on.
    pub fn set_registries(&mut self, registries: Arc<Registries>) {
        self.registries = registries;
        self.snapshot = None;
    }

    /// Whether a workspace path is a registry.
    #[must_use]
    pub fn is_registry(&self, path: &str) -> bool {
        self.layout.is_registry(path)
    }

    /// The options in force.
    #[must_use]
    pub fn options(&self) -> Arc<Options> {
        Arc::clone(&self.options)
    }

    /// Whether a reference names the file at a workspace path as its archived copy.
    #[must_use]
    pub fn is_copy(&self, path: &str) -> bool {
        self.registry.is_copy(path)
    }

    /// What a workspace path is to Glossator; `None` is none of its business.
    #[must_use]
    pub fn role(&self, path: &str) -> Option<Role> {
        self.layout.role(path)
    }

    /// Whether a change of the options makes other files matter, so that the workspace must be read again. Asking
    /// takes the answer.
    pub fn take_reload(&mut self) -> bool {
        std::mem::take(&mut self.wants_reload)
    }
}
