//! Laws of whole fetches, over the worlds of the model; and the table of all laws, in `tests/README.md`.

mod caching;
mod fetches;
mod header_form;
pub(crate) mod player;

use proptest::strategy::{Strategy, ValueTree};
use proptest::test_runner::TestRunner;
use std::collections::BTreeMap;

/// How often what was drawn was about what.
#[derive(Debug, Default)]
pub(crate) struct Counts(BTreeMap<String, usize>);

impl Counts {
    pub(crate) fn add(&mut self, what: &str) {
        *self.0.entry(what.to_owned()).or_default() += 1;
    }

    /// A law is about what is reached: more than once or twice.
    #[track_caller]
    pub(crate) fn all_reached(&self, what: &[&str]) {
        for what in what {
            assert!(self.0.get(*what).is_some_and(|count| *count > 2), "{what} is hardly reached: {self:#?}");
        }
    }
}

/// Draws so often, always the same, and counts what each is about.
pub(crate) fn count<T>(
    strategy: impl Strategy<Value = T>,
    draws: usize,
    each: impl Fn(&T, &mut Counts),
) -> Counts {
    let (mut runner, mut counts) = (TestRunner::deterministic(), Counts::default());
    for _ in 0..draws {
        each(&strategy.new_tree(&mut runner).unwrap().current(), &mut counts);
    }
    counts
}
