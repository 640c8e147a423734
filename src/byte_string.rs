//! Bytes of a message, kept as they are and displayed safely.

use std::fmt;

/// The number of bytes that the `Display` of a [`ByteString`] shows.
const SHOWN_BYTES: usize = 120;

/// Bytes of a header that an explanation quotes.
///
/// The bytes are kept as they are. `Display` shows at most 120 bytes, and escapes everything except printable
/// ASCII, so that a hostile header can neither forge nor flood a message.
///
/// ```
/// use crossorigin::ByteString;
/// assert_eq!(ByteString::from(b"https://a.test\x0b").to_string(), r"https://a.test\x0b");
/// ```
#[derive(Clone, PartialEq, Eq, Hash, Default)]
pub struct ByteString(Box<[u8]>);

impl ByteString {
    /// Returns the bytes, unescaped.
    #[must_use]
    pub fn as_bytes(&self) -> &[u8] {
        &self.0
    }
}

impl<T: AsRef<[u8]> + ?Sized> From<&T> for ByteString {
    fn from(bytes: &T) -> Self {
        Self(bytes.as_ref().into())
    }
}

impl fmt::Display for ByteString {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        Escaped { bytes: &self.0, shown: SHOWN_BYTES }.fmt(f)
    }
}

/// Bytes that are displayed as a [`ByteString`] is, with another limit.
pub(crate) struct Escaped<'a> {
    pub(crate) bytes: &'a [u8],
    /// The maximum number of bytes to show.
    pub(crate) shown: usize,
}

impl fmt::Display for Escaped<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let shown = self.bytes.get(..self.shown).unwrap_or(self.bytes);
        for &byte in shown {
            match byte {
                b'"' | b'\'' => write!(f, "{}", char::from(byte))?,
                _ => write!(f, "{}", byte.escape_ascii())?,
            }
        }
        if shown.len() < self.bytes.len() { write!(f, "… ({} bytes)", self.bytes.len()) } else { Ok(()) }
    }
}

impl fmt::Debug for ByteString {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "\"{self}\"")
    }
}
