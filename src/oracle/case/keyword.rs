//! Words of the standard in the data format.

use serde::{
    Deserialize,
    de::{Deserializer, Error},
};

use crate::browser::Keyword;

/// Reads a field that is present.
pub(super) fn keyword<'de, D: Deserializer<'de>, T: Keyword>(deserializer: D) -> Result<Option<T>, D::Error> {
    let name = String::deserialize(deserializer)?;
    T::with_name(&name).map(Some).ok_or_else(|| D::Error::unknown_variant(&name, T::NAMES))
}
