//! Fixes in order.

use crate::browser::diagnosis::Fix;

/// The fixes that are better than a change of the refused response, and those that are not.
#[derive(Default)]
pub(super) struct Ranked {
    pub(super) first: Vec<Fix>,
    pub(super) later: Vec<Fix>,
}

impl Ranked {
    /// Adds a fix, if there is one.
    pub(super) fn add(&mut self, is_better: bool, fix: Option<Fix>) {
        match is_better {
            true => self.first.extend(fix),
            false => self.later.extend(fix),
        }
    }

    /// All fixes, the best first, with those of the refused response.
    pub(super) fn with_response(mut self, fixes: impl IntoIterator<Item = Fix>) -> Vec<Fix> {
        self.first.extend(fixes);
        self.first.append(&mut self.later);
        self.first
    }
}
