//! Small helpers on byte strings which several modules need.

use std::fmt;

/// `tchar` of RFC 9110, the bytes of a `token`; the same set as the HTTP token code points of the MIME
/// Sniffing Standard.
pub(crate) fn is_token_byte(byte: u8) -> bool {
    matches!(byte, b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9')
        || matches!(byte, b'!' | b'#'..=b'\'' | b'*' | b'+' | b'-' | b'.' | b'^'..=b'`' | b'|' | b'~')
}

/// Leading and trailing HTTP tab or space bytes (09, 20) gone.
pub(crate) fn trim_tab_or_space(bytes: &[u8]) -> &[u8] {
    trim_end(trim_start(bytes, is_tab_or_space), is_tab_or_space)
}

/// Leading and trailing HTTP whitespace bytes (09, 0A, 0D, 20) gone: a value, normalized.
pub(crate) fn trim_whitespace(bytes: &[u8]) -> &[u8] {
    trim_end(trim_start(bytes, is_whitespace), is_whitespace)
}

/// Trailing HTTP whitespace bytes gone.
pub(crate) fn trim_whitespace_end(bytes: &[u8]) -> &[u8] {
    trim_end(bytes, is_whitespace)
}

/// Leading HTTP whitespace bytes gone.
pub(crate) fn trim_whitespace_start(bytes: &[u8]) -> &[u8] {
    trim_start(bytes, is_whitespace)
}

/// Leading HTTP tab or space bytes gone.
pub(crate) fn trim_tab_or_space_start(bytes: &[u8]) -> &[u8] {
    trim_start(bytes, is_tab_or_space)
}

/// How a message names a byte: 0x3A (`:`), or 0xE9 where there is nothing to print.
pub(crate) struct Shown(pub(crate) u8);

impl fmt::Display for Shown {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            byte if byte.is_ascii_graphic() => write!(f, "0x{byte:02X} (`{}`)", char::from(byte)),
            byte => write!(f, "0x{byte:02X}"),
        }
    }
}

fn is_tab_or_space(byte: u8) -> bool {
    matches!(byte, b'\t' | b' ')
}

fn is_whitespace(byte: u8) -> bool {
    matches!(byte, b'\t' | b'\n' | b'\r' | b' ')
}

fn trim_start(mut bytes: &[u8], gone: fn(u8) -> bool) -> &[u8] {
    while let [first, rest @ ..] = bytes
        && gone(*first)
    {
        bytes = rest;
    }
    bytes
}

fn trim_end(mut bytes: &[u8], gone: fn(u8) -> bool) -> &[u8] {
    while let [rest @ .., last] = bytes
        && gone(*last)
    {
        bytes = rest;
    }
    bytes
}
