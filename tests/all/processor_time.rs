//! Time that a busy machine does not lengthen.

use std::{
    fs,
    sync::LazyLock,
    time::{Duration, Instant},
};

/// The processor time that this thread has taken. On systems other than Linux it is the time on a clock.
pub(crate) fn of_this_thread() -> Duration {
    static START: LazyLock<Instant> = LazyLock::new(Instant::now);
    let line = fs::read_to_string("/proc/thread-self/schedstat").ok();
    let nanoseconds = line.and_then(|line| line.split_whitespace().next()?.parse().ok());
    nanoseconds.map_or_else(|| START.elapsed(), Duration::from_nanos)
}

/// Does the work, which takes less than this limit.
#[track_caller]
pub(crate) fn within<T>(limit: Duration, work: impl FnOnce() -> T) -> T {
    let start = of_this_thread();
    let result = work();
    let time = of_this_thread().saturating_sub(start);
    assert!(time < limit, "it took {time:?}");
    result
}
