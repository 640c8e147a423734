//! Processor time, which does not depend on the load of the machine.

use std::{
    fs,
    sync::LazyLock,
    time::{Duration, Instant},
};

/// The processor time of this thread so far. On systems other than Linux it is the elapsed time.
pub(crate) fn of_this_thread() -> Duration {
    static START: LazyLock<Instant> = LazyLock::new(Instant::now);
    let line = fs::read_to_string("/proc/thread-self/schedstat").ok();
    let nanoseconds = line.and_then(|line| line.split_whitespace().next()?.parse().ok());
    nanoseconds.map_or_else(|| START.elapsed(), Duration::from_nanos)
}

/// Does the work, and fails if it takes longer than the limit.
#[track_caller]
pub(crate) fn within<T>(limit: Duration, work: impl FnOnce() -> T) -> T {
    let start = of_this_thread();
    let result = work();
    let time = of_this_thread().saturating_sub(start);
    assert!(time < limit, "it took {time:?}");
    result
}
