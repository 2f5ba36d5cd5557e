//! How far an import is: a bar on a terminal, a line now and then elsewhere.

use std::io::{self, IsTerminal, Write};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

/// After how many packages a line is written where there is no terminal.
const PACKAGES_PER_LINE: usize = 1_000;

/// How far an import is, on standard error.
pub struct Progress {
    bar: ProgressBar,
    is_terminal: bool,
    total: usize,
    done: usize,
}

impl Progress {
    /// Begins with nothing done of this many packages.
    pub fn new(total: usize) -> Self {
        let is_terminal = io::stderr().is_terminal();
        let target = if is_terminal && total > 1 { ProgressDrawTarget::stderr() } else { ProgressDrawTarget::hidden() };
        let bar = ProgressBar::with_draw_target(Some(total as u64), target);
        if let Ok(style) = ProgressStyle::with_template("{wide_bar} {pos} of {len} packages, {eta} left") {
            bar.set_style(style);
        }
        Self { bar, is_terminal, total, done: 0 }
    }

    /// One package more is done.
    pub fn advance(&mut self) {
        self.done += 1;
        self.bar.inc(1);
        if !self.is_terminal && self.done.is_multiple_of(PACKAGES_PER_LINE) {
            // Whoever does not read this can do without it.
            let _ = writeln!(io::stderr(), "{} of {} packages", self.done, self.total);
        }
    }

    /// Prints text on standard output, above the bar.
    pub fn print(&self, text: &str) {
        self.bar.suspend(|| {
            let _ = write!(io::stdout(), "{text}");
        });
    }

    /// Removes the bar. What is left to do takes a while as well, and is said where there is much of it.
    pub fn finish(&self) {
        self.bar.finish_and_clear();
        if self.total >= PACKAGES_PER_LINE {
            let _ = writeln!(io::stderr(), "every package is read; building the items and the index of the whole database");
        }
    }
}
