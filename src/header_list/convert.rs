//! Conversions between a header list and the header map of the crate `http`.

use std::fmt;

use http::{HeaderMap, HeaderName, HeaderValue};

use super::HeaderList;
use crate::bytes::trim_whitespace;

/// The reason why a [`HeaderList`] cannot be converted into a [`HeaderMap`].
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum HeaderMapError {
    /// The list has more names than a map can hold, which is 24,576.
    #[error("there are more header names than an `http::HeaderMap` can hold")]
    TooMany,
    /// A value has a byte that [`HeaderValue`] refuses, such as 0x0B or 0x7F.
    #[error("the value of header `{name}` has a byte that `http::HeaderValue` does not allow")]
    Value {
        /// The name of the line.
        name: HeaderName,
    },
}

/// Converts with the lines in the order of the map's iterator, and the values normalized.
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

/// Prints `name: value` for each line, with bytes outside printable ASCII escaped.
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
