//! The max-age of cache entries.

use std::{fmt, time::Duration};

/// The max-age if the server gives none: CORS-preflight fetch, step 7.9.
pub(crate) const DEFAULT_MAX_AGE: Duration = Duration::from_secs(5);

/// The max-age that follows from `Access-Control-Max-Age`
/// ([CORS-preflight fetch](crate::standard::Algorithm::CorsPreflightFetch), steps 7.8 to 7.10).
///
/// `Display` is a sentence for people.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum MaxAge {
    /// The max-age that the server gave, in whole seconds.
    Given(Duration),
    /// The default of 5 seconds, because the header is absent or invalid.
    Default,
    /// The user agent's limit, because the server gave more.
    Limited(Duration),
    /// No max-age: the profile does not cache a response with this invalid value, such as a negative number.
    NotCached,
}

impl MaxAge {
    /// The max-age of entries; `None` if they are not cached.
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
            Self::Given(time) if time.is_zero() => {
                f.write_str("the listed methods and headers are not cached: Access-Control-Max-Age is 0")
            }
            Self::Given(time) => {
                write!(f, "the listed methods and headers stay permitted for {}", Seconds(*time))
            }
            Self::Default => {
                f.write_str("the listed methods and headers stay permitted for 5 s, the default")
            }
            Self::Limited(time) => {
                write!(
                    f,
                    "the listed methods and headers stay permitted for {}, this browser's limit",
                    Seconds(*time)
                )
            }
            Self::NotCached => f.write_str(
                "the listed methods and headers are not cached: Access-Control-Max-Age is not a number that \
                this browser accepts",
            ),
        }
    }
}

/// A number of seconds, followed by the same time in the largest unit that divides it, such as
/// `600 s (10 minutes)`.
pub(crate) struct Seconds(pub(crate) Duration);

impl fmt::Display for Seconds {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let seconds = self.0.as_secs();
        write!(f, "{seconds} s")?;
        let units = [(86_400, "day"), (3_600, "hour"), (60, "minute")];
        let Some((unit, name)) = units.into_iter().find(|(unit, _)| seconds.is_multiple_of(*unit)) else {
            return Ok(());
        };
        let count = seconds.checked_div(unit).unwrap_or_default();
        write!(f, " ({count} {name}{})", if count == 1 { "" } else { "s" })
    }
}
