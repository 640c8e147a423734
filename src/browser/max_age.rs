//! How long a preflight's answer is kept.

use crate::ByteString;
use crate::browser::{Profile, UnreadableMaxAge, Warning};
use crate::header_values::DeltaSeconds;
use std::fmt;
use std::time::Duration;

/// The max-age where the server gives none: CORS-preflight fetch, step 7.9.
pub const DEFAULT_MAX_AGE: Duration = Duration::from_secs(5);

/// What `Access-Control-Max-Age` came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
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
    pub(crate) fn new(extracted: &DeltaSeconds<'_>, profile: &Profile) -> Self {
        let limit = profile.cache.max_age_limit.unwrap_or(Duration::MAX);
        match extracted {
            // Step 7.10: the imposed limit.
            DeltaSeconds::Seconds(seconds) => {
                let given = Duration::from_secs(*seconds);
                if given > limit { Self::Limited(limit) } else { Self::Given(given) }
            }
            DeltaSeconds::Invalid(value)
                if match profile.cache.unreadable_max_age {
                    UnreadableMaxAge::DefaultMaxAge => false,
                    UnreadableMaxAge::NegativeNotCached => is_negative(value),
                    UnreadableMaxAge::NotCached => true,
                } =>
            {
                Self::NotCached
            }
            DeltaSeconds::Absent | DeltaSeconds::Invalid(_) if DEFAULT_MAX_AGE > limit => {
                Self::Limited(limit)
            }
            // Step 7.9: 5 seconds where there is no number.
            DeltaSeconds::Absent | DeltaSeconds::Invalid(_) => Self::Default,
        }
    }

    /// The time to keep entries for; `None` if they are not kept.
    #[must_use]
    pub fn seconds(self) -> Option<Duration> {
        match self {
            Self::Given(max_age) | Self::Limited(max_age) => Some(max_age),
            Self::Default => Some(DEFAULT_MAX_AGE),
            Self::NotCached => None,
        }
    }

    pub(crate) fn warning(self, extracted: &DeltaSeconds<'_>) -> Option<Warning> {
        match (self, extracted) {
            (Self::NotCached, DeltaSeconds::Invalid(got)) => {
                Some(Warning::MaxAgeNotCached { got: ByteString::from(got) })
            }
            (_, DeltaSeconds::Invalid(got)) => Some(Warning::MaxAgeInvalid { got: ByteString::from(got) }),
            (Self::Limited(limit), DeltaSeconds::Seconds(seconds)) => {
                Some(Warning::MaxAgeClamped { seconds: *seconds, limit: limit.as_secs() })
            }
            _ => None,
        }
    }
}

fn is_negative(value: &[u8]) -> bool {
    value.strip_prefix(b"-").is_some_and(|digits| !digits.is_empty() && digits.iter().all(u8::is_ascii_digit))
}

impl fmt::Display for MaxAge {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Given(time) if time.is_zero() => formatter
                .write_str("the listed methods and headers are not cached: Access-Control-Max-Age is 0"),
            Self::Given(time) => {
                write!(formatter, "the listed methods and headers are cached for {}", Seconds(*time))
            }
            Self::Default => {
                formatter.write_str("the listed methods and headers are cached for 5 s, the default")
            }
            Self::Limited(time) => {
                write!(
                    formatter,
                    "the listed methods and headers are cached for {}, this browser's limit",
                    Seconds(*time)
                )
            }
            Self::NotCached => formatter.write_str(
                "the listed methods and headers are not cached: Access-Control-Max-Age is no number that this browser takes",
            ),
        }
    }
}

/// A number of seconds, and beside it in the largest unit that divides it.
pub(crate) struct Seconds(pub(crate) Duration);

impl fmt::Display for Seconds {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let seconds = self.0.as_secs();
        write!(formatter, "{seconds} s")?;
        let units = [(86_400, "day"), (3_600, "hour"), (60, "minute")];
        let Some((unit, name)) =
            units.into_iter().find(|(unit, _)| seconds > 0 && seconds.is_multiple_of(*unit))
        else {
            return Ok(());
        };
        let count = seconds.checked_div(unit).unwrap_or_default();
        write!(formatter, " ({count} {name}{})", if count == 1 { "" } else { "s" })
    }
}
