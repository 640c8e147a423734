//! Checks what generators draw. Beside each property stands a test that its generator reaches the cases which
//! the property is about. Without it, a property could hold only because nothing is drawn that could break
//! it.

use std::collections::BTreeMap;

use proptest::{
    strategy::{Strategy, ValueTree},
    test_runner::TestRunner,
};

/// How often each case must be drawn.
const ENOUGH: usize = 3;

/// How often each case was drawn.
#[derive(Debug, Default)]
pub(crate) struct Counts(BTreeMap<String, usize>);

impl Counts {
    pub(crate) fn add(&mut self, what: impl Into<String>) {
        *self.0.entry(what.into()).or_default() += 1;
    }

    fn are_enough(&self, what: &str) -> bool {
        self.0.get(what).is_some_and(|count| *count >= ENOUGH)
    }
}

/// Asserts that the strategy draws every expected case several times within `limit` draws. `each` counts the
/// cases that a value belongs to.
///
/// The function returns as soon as every case was drawn often enough, so the limit may be generous. The
/// number of draws depends on the random numbers, which differ between platforms.
#[track_caller]
pub(crate) fn reaches<T>(
    strategy: impl Strategy<Value = T>,
    limit: usize,
    expected: &[&str],
    mut each: impl FnMut(&T, &mut Counts),
) {
    let (mut runner, mut counts) = (TestRunner::deterministic(), Counts::default());
    let mut missing = expected.to_vec();
    for _ in 0..limit {
        each(&strategy.new_tree(&mut runner).unwrap().current(), &mut counts);
        missing.retain(|what| !counts.are_enough(what));
        if missing.is_empty() {
            return;
        }
    }
    panic!("hardly drawn: {missing:#?}, in {counts:#?}");
}
