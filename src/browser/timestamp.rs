//! Time as the embedder tells it.

use std::time::Duration;

/// A moment, as time passed since an epoch that the embedder chooses.
///
/// Only differences matter, so any clock that never goes back will do: a monotonic clock's start, the Unix epoch, zero
/// in a test.
///
/// ```
/// use crossorigin::browser::Timestamp;
/// use std::time::Duration;
/// let start = Timestamp::from_secs(100);
/// let later = start.later_by(Duration::from_secs(5));
/// assert_eq!(later.since(start), Duration::from_secs(5));
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Timestamp(Duration);

impl Timestamp {
    /// The epoch itself.
    pub const ZERO: Self = Self(Duration::ZERO);

    /// A moment that long after the epoch.
    #[must_use]
    pub const fn from_duration(since_epoch: Duration) -> Self {
        Self(since_epoch)
    }

    /// A moment that many seconds after the epoch.
    #[must_use]
    pub const fn from_secs(seconds: u64) -> Self {
        Self(Duration::from_secs(seconds))
    }

    /// The time between `earlier` and this moment; zero if `earlier` is not earlier.
    #[must_use]
    pub const fn since(self, earlier: Self) -> Duration {
        self.0.saturating_sub(earlier.0)
    }

    /// The moment that much later; the end of time if there is none so late.
    #[must_use]
    pub const fn later_by(self, duration: Duration) -> Self {
        Self(self.0.saturating_add(duration))
    }
}
