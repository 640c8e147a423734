//! Words of the standard in the data format.

use std::{fmt, marker::PhantomData};

use serde::de::{Deserializer, Error, Visitor};

use crate::browser::Keyword;

/// Reads a field that is present.
pub(super) fn keyword<'de, D: Deserializer<'de>, T: Keyword>(deserializer: D) -> Result<Option<T>, D::Error> {
    deserializer.deserialize_str(Name(PhantomData))
}

/// Looks the name up while it is read, so that an error has its position.
struct Name<T>(PhantomData<T>);

impl<T: Keyword> Visitor<'_> for Name<T> {
    type Value = Option<T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a string")
    }

    fn visit_str<E: Error>(self, name: &str) -> Result<Option<T>, E> {
        T::with_name(name).map(Some).ok_or_else(|| E::unknown_variant(name, T::NAMES))
    }
}
