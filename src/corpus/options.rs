//! What follows from changed options.

use super::Corpus;
use super::compare::same_layout;
use super::document::Document;
use super::job::analysis_options;
use super::layout::Layout;
use crate::model::FileId;
use crate::model::options;
use std::sync::Arc;

impl Corpus {
    pub(super) fn set_options(&mut self) {
        let options = match &self.settings {
            Some(settings) => options::with_settings(settings, &self.file_options).0,
            None => self.file_options.clone(),
        };
        if options == *self.options {
            return;
        }
        let analysis = analysis_options(&options);
        if analysis != self.context.options {
            self.names_are_stale = true; // Everything is judged anew; the names go with it.
        }
        let layout_changed = !same_layout(&options, &self.options);
        self.options = Arc::new(options);
        if layout_changed {
            self.layout = Layout::new(&self.options);
            self.wants_reload = true;
            self.classify_again();
        }
    }

    /// Drops the files that no longer matter and reads those whose role has changed.
    fn classify_again(&mut self) {
        let files: Vec<(FileId, Arc<Document>)> =
            self.slots.iter().map(|(file, slot)| (*file, Arc::clone(&slot.document))).collect();
        for (_, document) in files {
            let role = self.layout.role(&document.path);
            if role != Some(document.role) {
                self.remove(&document.path);
                self.put(&document.path, &document.buffer.text(), document.version);
            }
        }
    }
}
