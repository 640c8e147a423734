//! How long a preflight's answer is kept.

use crate::ByteString;
use crate::browser::{MaxAgeSyntax, Profile, Warning};
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
        let seconds = match (profile.cache.max_age_syntax, extracted) {
            (MaxAgeSyntax::DeltaSeconds | MaxAgeSyntax::DigitsOrNothing, DeltaSeconds::Seconds(seconds)) => {
                Some(*seconds)
            }
            (MaxAgeSyntax::DigitsOrNothing, DeltaSeconds::Invalid(value)) if !value.is_empty() => {
                return Self::NotCached;
            }
            (MaxAgeSyntax::SignedInteger, DeltaSeconds::Seconds(seconds)) => {
                i64::try_from(*seconds).is_ok().then_some(*seconds)
            }
            (MaxAgeSyntax::SignedInteger, DeltaSeconds::Invalid(value)) => match signed(value) {
                Some(..0) => return Self::NotCached,
                Some(0) if value.starts_with(b"-") => return Self::NotCached,
                number => number.map(i64::unsigned_abs),
            },
            (_, DeltaSeconds::Absent | DeltaSeconds::Invalid(_)) => None,
        };
        match seconds {
            // Step 7.10: the imposed limit.
            Some(seconds) if Duration::from_secs(seconds) > limit => Self::Limited(limit),
            Some(seconds) => Self::Given(Duration::from_secs(seconds)),
            None if DEFAULT_MAX_AGE > limit => Self::Limited(limit),
            // Step 7.9: 5 seconds where there is no number.
            None => Self::Default,
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

/// A number with or without a sign.
fn signed(value: &[u8]) -> Option<i64> {
    std::str::from_utf8(value).ok()?.parse().ok()
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
