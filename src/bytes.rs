//! Functions on bytes that several modules use.

use std::fmt;

/// Returns whether the byte is a `tchar` of [RFC 9110](https://www.rfc-editor.org/rfc/rfc9110#section-5.6.2),
/// of which tokens are made. The HTTP token code points of the MIME Sniffing Standard are the same set.
pub(crate) fn is_token_byte(byte: u8) -> bool {
    matches!(byte, b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9')
        || matches!(byte, b'!' | b'#'..=b'\'' | b'*' | b'+' | b'-' | b'.' | b'^'..=b'`' | b'|' | b'~')
}

/// Returns whether the bytes are a `token` of HTTP: one or more letters, digits or ``!#$%&'*+-.^_`|~``.
pub(crate) fn is_token(bytes: &[u8]) -> bool {
    !bytes.is_empty() && bytes.iter().copied().all(is_token_byte)
}

/// The bytes without leading and trailing HTTP tab or space bytes (0x09, 0x20).
pub(crate) fn trim_tab_or_space(bytes: &[u8]) -> &[u8] {
    trim_end(trim_start(bytes, is_tab_or_space), is_tab_or_space)
}

/// The bytes without leading and trailing HTTP whitespace bytes (0x09, 0x0A, 0x0D, 0x20), as normalizing a
/// header value demands.
pub(crate) fn trim_whitespace(bytes: &[u8]) -> &[u8] {
    trim_end(trim_start(bytes, is_whitespace), is_whitespace)
}

/// The bytes without trailing HTTP whitespace bytes.
pub(crate) fn trim_whitespace_end(bytes: &[u8]) -> &[u8] {
    trim_end(bytes, is_whitespace)
}

/// The bytes without leading HTTP whitespace bytes.
pub(crate) fn trim_whitespace_start(bytes: &[u8]) -> &[u8] {
    trim_start(bytes, is_whitespace)
}

/// The bytes before the first separator, and the rest from the separator on.
pub(crate) fn split_at_byte(bytes: &[u8], is_separator: impl Fn(u8) -> bool) -> (&[u8], &[u8]) {
    let at = bytes.iter().position(|byte| is_separator(*byte));
    at.and_then(|at| bytes.split_at_checked(at)).unwrap_or((bytes, &[]))
}

/// A byte as messages show it: `` `:` ``, `a space`, or `0xE9` if it is not printable.
pub(crate) struct DisplayByte(pub(crate) u8);

impl fmt::Display for DisplayByte {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            b' ' => f.write_str("a space"),
            byte if byte.is_ascii_graphic() => write!(f, "`{}`", char::from(byte)),
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

fn trim_start(mut bytes: &[u8], is_removed: fn(u8) -> bool) -> &[u8] {
    while let [first, rest @ ..] = bytes
        && is_removed(*first)
    {
        bytes = rest;
    }
    bytes
}

fn trim_end(mut bytes: &[u8], is_removed: fn(u8) -> bool) -> &[u8] {
    while let [rest @ .., last] = bytes
        && is_removed(*last)
    {
        bytes = rest;
    }
    bytes
}

#[cfg(test)]
mod tests {
    use super::is_token;

    #[test]
    fn a_token_is_made_of_these_bytes() {
        for byte in 0..=u8::MAX {
            let separator = b"\"(),/:;<=>?@[\\]{}".contains(&byte);
            assert_eq!(is_token(&[byte]), byte.is_ascii_graphic() && !separator, "{byte:#x}");
        }
        assert!(is_token(b"x-a") && !is_token(b"") && !is_token(b"x a"));
    }
}
