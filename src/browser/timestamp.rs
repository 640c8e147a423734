//! Points in time, which the embedder passes in.

use std::time::Duration;

/// A point in time, as the time since an epoch that the embedder chooses.
///
/// Only differences matter, so any epoch will do: the start of the process, the Unix epoch, or zero in a
/// test. The clock should never go backwards; if it does, cache entries may live longer than their max-age.
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
    /// The epoch.
    pub const ZERO: Self = Self(Duration::ZERO);

    /// Creates the point in time that is this duration after the epoch.
    #[must_use]
    pub const fn from_duration(since_epoch: Duration) -> Self {
        Self(since_epoch)
    }

    /// Creates the point in time that is this number of seconds after the epoch.
    #[must_use]
    pub const fn from_secs(seconds: u64) -> Self {
        Self(Duration::from_secs(seconds))
    }

    /// The duration from `earlier` to this point in time; zero if `earlier` is later.
    #[must_use]
    pub const fn since(self, earlier: Self) -> Duration {
        self.0.saturating_sub(earlier.0)
    }

    /// The point in time that is this duration later, or the latest possible one (saturating).
    #[must_use]
    pub const fn later_by(self, duration: Duration) -> Self {
        Self(self.0.saturating_add(duration))
    }
}
