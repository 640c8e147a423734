//! What generators draw. Beside a property stands a test that its generator reaches what the property is about, since
//! otherwise the property could hold because nothing is drawn that could break it.

use std::collections::BTreeMap;

use proptest::{
    strategy::{Strategy, ValueTree},
    test_runner::TestRunner,
};

/// How often something has to be drawn: more than once or twice.
const ENOUGH: usize = 3;

/// What was drawn, and how often.
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

/// The strategy draws all that is expected, each several times, within so many draws. `each` counts what a value is about.
///
/// It stops as soon as it has seen enough, so a limit may be far above what is usual: how many draws it takes depends on the
/// random numbers, which differ between platforms.
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
