//! `XMLHttpRequest.send()`, step 4.5.1, as Chromium runs it: it changes the charset of a text body without
//! parsing the type.

use crate::bytes::split_at_byte;

const CHARSET: &[u8] = b"charset";
const UTF_8: &[u8] = b"UTF-8";

/// Replaces every charset in the value by UTF-8, and leaves everything else.
pub(crate) fn with_charsets_replaced(value: &[u8]) -> Vec<u8> {
    let mut replaced = Vec::with_capacity(value.len());
    let mut rest = value;
    while let Some((before, after)) = around_charset(rest) {
        replaced.extend_from_slice(before);
        replaced.extend_from_slice(UTF_8);
        rest = after;
    }
    replaced.extend_from_slice(rest);
    replaced
}

/// The bytes before and after the first charset, which is a word after `charset`, an equals sign and perhaps
/// a quote.
fn around_charset(value: &[u8]) -> Option<(&[u8], &[u8])> {
    let is_space = |byte: u8| byte <= b' ';
    let is_quote = |byte: u8| matches!(byte, b'"' | b'\'');
    let charset = value.windows(CHARSET.len()).enumerate().find_map(|(at, word)| {
        let (before, from_word) = value.split_at_checked(at)?;
        let begins = before.last().is_some_and(|byte| is_space(*byte) || *byte == b';');
        let after = from_word.get(word.len()..).filter(|_| begins && word.eq_ignore_ascii_case(CHARSET))?;
        let after_equals = split_at_byte(after, |byte| !is_space(byte)).1.strip_prefix(b"=")?;
        Some(split_at_byte(after_equals, |byte| !is_space(byte) && !is_quote(byte)).1)
    })?;
    let (name, after) = split_at_byte(charset, |byte| is_space(byte) || is_quote(byte) || byte == b';');
    // `charset` is a suffix of `value`.
    let before = value.get(..value.len().saturating_sub(charset.len())).filter(|_| !name.is_empty())?;
    Some((before, after))
}
