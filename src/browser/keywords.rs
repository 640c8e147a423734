//! Enums whose variants are words of a standard: their names in strings, and parsing.

use std::{convert::Infallible, fmt, str::FromStr};

use crate::browser::crossorigin_attribute::CrossOriginAttribute;

/// The error for a string that names none of the values of an enum.
///
/// `Display` shows the string and the names that are known.
///
/// ```
/// use crossorigin::browser::Mode;
/// let error = "CORS".parse::<Mode>().unwrap_err();
/// assert_eq!(
///     error.to_string(),
///     "`CORS` is not a mode; expected one of `cors`, `no-cors`, `same-origin`, `navigate`, `websocket`, \
///      `webtransport`"
/// );
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnknownName {
    given: String,
    /// What the names are names of, with its article.
    what: &'static str,
    expected: &'static [&'static str],
}

impl UnknownName {
    pub(crate) fn new(given: &str, what: &'static str, expected: &'static [&'static str]) -> Self {
        Self { given: given.to_owned(), what, expected }
    }
}

impl fmt::Display for UnknownName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`{}` is not {}; expected one of ", self.given, self.what)?;
        for (index, name) in self.expected.iter().enumerate() {
            write!(f, "{}`{name}`", if index == 0 { "" } else { ", " })?;
        }
        Ok(())
    }
}

/// The message says all; there is no source.
impl std::error::Error for UnknownName {}

/// An enum whose values have names in the data format.
#[cfg(all(feature = "oracle", feature = "serde"))]
pub(crate) trait Keyword: Sized + 'static {
    /// The names of all values.
    const NAMES: &'static [&'static str];

    /// The value with this name.
    fn with_name(name: &str) -> Option<Self>;
}

/// Implements `as_str`, [`Display`](fmt::Display) and [`FromStr`](std::str::FromStr) for an enum from a list of its variants and
/// their names. The list is complete: a new variant does not compile until it is listed.
macro_rules! keywords {
    (
        $(#[$meta:meta])*
        $Enum:ident, $what:literal, compared by $equal:path:
        $($Variant:ident = $name:literal,)+
    ) => {
        impl $Enum {
            $(#[$meta])*
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self {
                    $(Self::$Variant => $name,)+
                }
            }

            /// The value with this name.
            pub(crate) fn named(name: &str) -> Option<Self> {
                [$(Self::$Variant,)+].into_iter().find(|value| $equal(value.as_str(), name))
            }
        }

        #[cfg(all(feature = "oracle", feature = "serde"))]
        impl $crate::browser::keywords::Keyword for $Enum {
            const NAMES: &'static [&'static str] = &[$($name,)+];

            fn with_name(name: &str) -> Option<Self> {
                Self::named(name)
            }
        }

        /// Writes the name that `as_str` returns.
        impl std::fmt::Display for $Enum {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.pad(self.as_str())
            }
        }

        impl std::str::FromStr for $Enum {
            type Err = $crate::browser::UnknownName;

            fn from_str(name: &str) -> Result<Self, Self::Err> {
                let unknown = || $crate::browser::UnknownName::new(name, $what, &[$($name,)+]);
                Self::named(name).ok_or_else(unknown)
            }
        }
    };
}
pub(crate) use keywords;

impl CrossOriginAttribute {
    /// The attribute's keyword: `anonymous` or `use-credentials`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Anonymous => "anonymous",
            Self::UseCredentials => "use-credentials",
        }
    }
}

/// Writes the keyword that `as_str` returns.
impl fmt::Display for CrossOriginAttribute {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

/// Parses the value of an attribute that is present, as HTML does: `use-credentials` is compared
/// case-insensitively in ASCII, and every other value, also the empty one, means `anonymous`.
impl FromStr for CrossOriginAttribute {
    type Err = Infallible;

    fn from_str(value: &str) -> Result<Self, Infallible> {
        let uses_credentials = value.eq_ignore_ascii_case(Self::UseCredentials.as_str());
        Ok(if uses_credentials { Self::UseCredentials } else { Self::Anonymous })
    }
}
