//! The charset of a `Content-Type` that a script sets.

use super::{essence::Essence, parameters::parse_parameters};

const CHARSET: &[u8] = b"charset";
const UTF_8: &[u8] = b"UTF-8";

/// The MIME type with its charset replaced by UTF-8, serialized: steps 4.5.1.1 and 4.5.1.2 of
/// [`send()`](https://xhr.spec.whatwg.org/#dom-xmlhttprequest-send). `None` if it has no charset, or has
/// UTF-8.
pub(crate) fn with_charset_utf_8(value: &[u8]) -> Option<Vec<u8>> {
    // Step 4.5.1.1: parse it.
    let (essence, rest) = Essence::parse_with_rest(value)?;
    let mut parameters = parse_parameters(rest);
    // Step 4.5.1.2: there is a charset, and it is not UTF-8.
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
