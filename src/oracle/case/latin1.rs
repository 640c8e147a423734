//! Bytes in JSON: each code point from 0 to 255 is one byte.

use std::fmt;

use serde::{
    Deserialize, Serialize, Serializer,
    de::{Deserializer, Error, Visitor},
};

/// Bytes, read from and written as text in which each code point from 0 to 255 is one byte.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Latin1(pub(super) Vec<u8>);

impl From<&[u8]> for Latin1 {
    fn from(bytes: &[u8]) -> Self {
        Self(bytes.to_vec())
    }
}

impl AsRef<[u8]> for Latin1 {
    fn as_ref(&self) -> &[u8] {
        &self.0
    }
}

impl Serialize for Latin1 {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0.iter().map(|&byte| char::from(byte)).collect::<String>())
    }
}

impl<'de> Deserialize<'de> for Latin1 {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Text;

        impl Visitor<'_> for Text {
            type Value = Latin1;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a string of code points from 0 to 255")
            }

            fn visit_str<E: Error>(self, text: &str) -> Result<Latin1, E> {
                let bytes: Result<_, _> = text.chars().map(u8::try_from).collect();
                bytes
                    .map(Latin1)
                    .map_err(|_| E::custom("the string has a code point above 255, which is not a byte"))
            }
        }

        deserializer.deserialize_str(Text)
    }
}
