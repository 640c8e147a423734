//! How long a preflight's response is cached.

use std::{fmt, time::Duration};

/// The max-age where the server gives none: CORS-preflight fetch, step 7.9.
pub(crate) const DEFAULT_MAX_AGE: Duration = Duration::from_secs(5);

/// What `Access-Control-Max-Age` came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum MaxAge {
    /// As the server said.
    Given(Duration),
    /// The default of 5 seconds, because there is no header, or none that can be read.
    Default,
    /// The user agent's limit, because the server said more.
    Limited(Duration),
    /// Not kept at all: a negative number, or anything else that is no number, where the profile takes it so.
    NotCached,
}

impl MaxAge {
    /// The time to keep entries for; `None` if they are not kept.
    pub(crate) fn seconds(self) -> Option<Duration> {
        match self {
            Self::Given(max_age) | Self::Limited(max_age) => Some(max_age),
            Self::Default => Some(DEFAULT_MAX_AGE),
            Self::NotCached => None,
        }
    }
}

impl fmt::Display for MaxAge {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Given(time) if time.is_zero() => f
                .write_str("the listed methods and headers are not cached: Access-Control-Max-Age is 0"),
            Self::Given(time) => {
                write!(f, "the listed methods and headers are cached for {}", Seconds(*time))
            }
            Self::Default => {
                f.write_str("the listed methods and headers are cached for 5 s, the default")
            }
            Self::Limited(time) => {
                write!(
                    f,
                    "the listed methods and headers are cached for {}, this browser's limit",
                    Seconds(*time)
                )
            }
            Self::NotCached => f.write_str(
                "the listed methods and headers are not cached: Access-Control-Max-Age is no number that this browser takes",
            ),
        }
    }
}

/// A number of seconds, and beside it in the largest unit that divides it.
pub(crate) struct Seconds(pub(crate) Duration);

impl fmt::Display for Seconds {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let seconds = self.0.as_secs();
        write!(f, "{seconds} s")?;
        let units = [(86_400, "day"), (3_600, "hour"), (60, "minute")];
        let Some((unit, name)) =
            units.into_iter().find(|(unit, _)| seconds > 0 && seconds.is_multiple_of(*unit))
        else {
            return Ok(());
        };
        let count = seconds.checked_div(unit).unwrap_or_default();
        write!(f, " ({count} {name}{})", if count == 1 { "" } else { "s" })
    }
}
