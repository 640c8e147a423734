use std::fmt;

use http::{HeaderMap, HeaderName, HeaderValue};

use super::HeaderList;
use crate::bytes::trim_whitespace;

/// Why a [`HeaderList`] cannot become a [`HeaderMap`].
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum HeaderMapError {
    /// More names than a map can hold (24,576).
    #[error("there are more header names than a map can hold")]
    TooMany,
    /// A value with a byte that [`HeaderValue`] refuses, such as 0x0B or 0x7F.
    #[error("the value of `{name}` holds a byte that `http::HeaderValue` refuses")]
    Value {
        /// The name of the line.
        name: HeaderName,
    },
}

/// The lines in the order of the map's iterator, with their values normalized.
impl From<&HeaderMap> for HeaderList {
    fn from(map: &HeaderMap) -> Self {
        let line = |(name, value): (&HeaderName, &HeaderValue)| {
            (name.clone(), trim_whitespace(value.as_bytes()).to_vec())
        };
        Self { lines: map.iter().map(line).collect() }
    }
}

impl TryFrom<&HeaderList> for HeaderMap {
    type Error = HeaderMapError;

    fn try_from(list: &HeaderList) -> Result<Self, HeaderMapError> {
        let mut map = Self::new();
        for (name, value) in list {
            let value =
                HeaderValue::from_bytes(value).map_err(|_| HeaderMapError::Value { name: name.clone() })?;
            map.try_append(name, value).map_err(|_| HeaderMapError::TooMany)?;
        }
        Ok(map)
    }
}

/// One `name: value` a line, bytes beyond printable ASCII escaped.
impl fmt::Debug for HeaderList {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        struct Line<'a>(&'a HeaderName, &'a [u8]);

        impl fmt::Debug for Line<'_> {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, "{}: {}", self.0, self.1.escape_ascii())
            }
        }

        f.debug_list().entries(self.iter().map(|(name, value)| Line(name, value))).finish()
    }
}
