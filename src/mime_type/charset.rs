//! What becomes of the charset in the type that an author gives to a text.

use super::parameters::parse_parameters;
use super::{Essence, split_at_byte};

const CHARSET: &[u8] = b"charset";
const UTF_8: &[u8] = b"UTF-8";

/// This MIME type, serialized with the charset UTF-8, if it names another: steps 4.5.1.1 and 4.5.1.2 of
/// [`send()`](https://xhr.spec.whatwg.org/#dom-xmlhttprequest-send).
pub(crate) fn with_charset_utf_8(value: &[u8]) -> Option<Vec<u8>> {
    // Step 4.5.1.1: parse it.
    let (essence, rest) = Essence::parse_with_rest(value)?;
    let mut parameters = parse_parameters(rest);
    // Step 4.5.1.2: is there a charset, and another than UTF-8?
    let charset = parameters.iter_mut().find(|parameter| parameter.name == CHARSET)?;
    if charset.value.eq_ignore_ascii_case(UTF_8) {
        return None;
    }
    // Steps 4.5.1.2.1 and 4.5.1.2.2: set it, and serialize.
    charset.value = UTF_8.to_vec();
    let mut serialized = essence.to_string().into_bytes();
    parameters.iter().for_each(|parameter| parameter.serialize_to(&mut serialized));
    Some(serialized)
}

/// The same as Chromium does it, which does not parse the type: UTF-8 in place of every charset, whatever else stands there.
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

/// What stands before and behind the first charset: a word behind `charset`, an equals sign and perhaps a quote.
fn around_charset(value: &[u8]) -> Option<(&[u8], &[u8])> {
    let is_space = |byte: u8| byte <= b' ';
    let is_quote = |byte: u8| matches!(byte, b'"' | b'\'');
    let charset = value.windows(CHARSET.len()).enumerate().find_map(|(at, word)| {
        let (before, from_word) = value.split_at_checked(at)?;
        let begins = before.last().is_some_and(|byte| is_space(*byte) || *byte == b';');
        let behind = from_word.get(word.len()..).filter(|_| begins && word.eq_ignore_ascii_case(CHARSET))?;
        let behind_equals = split_at_byte(behind, |byte| !is_space(byte)).1.strip_prefix(b"=")?;
        Some(split_at_byte(behind_equals, |byte| !is_space(byte) && !is_quote(byte)).1)
    })?;
    let (name, after) = split_at_byte(charset, |byte| is_space(byte) || is_quote(byte) || byte == b';');
    // `charset` is the end of `value`.
    let before = value.get(..value.len().saturating_sub(charset.len())).filter(|_| !name.is_empty())?;
    Some((before, after))
}
