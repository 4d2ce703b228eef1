//! A progress bar for long work, only where a person looks at standard error.

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use std::io::{self, IsTerminal};
use std::time::{Duration, Instant};

/// Work shorter than this shows no bar.
const PATIENCE: Duration = Duration::from_millis(400);

/// The progress of one command.
#[derive(Debug)]
pub(super) struct Progress {
    bar: ProgressBar,
    since: Instant,
}

impl Progress {
    pub(super) fn new() -> Progress {
        let bar = ProgressBar::with_draw_target(None, ProgressDrawTarget::hidden());
        Progress { bar, since: Instant::now() }
    }

    /// Begins a part of the work: `n_steps` steps, where their number is known.
    pub(super) fn begin(&self, words: &'static str, n_steps: Option<usize>) {
        self.bar.set_position(0);
        let (template, length) = match n_steps {
            Some(n_steps) => ("{msg} {wide_bar} {pos}/{len}", Some(n_steps as u64)),
            None => ("{msg} {pos}", None),
        };
        if let Ok(style) = ProgressStyle::with_template(template) {
            self.bar.set_style(style);
        }
        match length {
            Some(length) => self.bar.set_length(length),
            None => self.bar.unset_length(),
        }
        self.bar.set_message(words);
    }

    /// One step is done.
    pub(super) fn step(&self) {
        if self.bar.is_hidden() && PATIENCE <= self.since.elapsed() && io::stderr().is_terminal() {
            self.bar.set_draw_target(ProgressDrawTarget::stderr());
        }
        self.bar.inc(1);
    }

    /// Wipes the bar.
    pub(super) fn end(&self) {
        self.bar.finish_and_clear();
    }
}
