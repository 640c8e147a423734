//! Extract header list values, with the grammars of the headers for which Fetch uses it.

use super::{
    Bytes, Headers,
    headers::{contains, values_of},
};

/// What extract header list values returns: null, failure, or values.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Extracted<Value> {
    Null,
    Failure,
    Values(Vec<Value>),
}

/// Extract header list values for a name whose grammar is `#method` or `#field-name`, both of which are
/// `#token`.
pub(crate) fn extract_tokens(name: &str, list: &Headers) -> Extracted<Bytes> {
    // 1. If list does not contain name, then return null.
    if !contains(list, name) {
        return Extracted::Null;
    }
    // 2. The grammar allows several headers. 3. Let values be an empty list.
    let mut values = Vec::new();
    // 4. For each header:
    for value in values_of(list, name) {
        // 4.1. Extract header values. 4.2. If extract is failure, then return failure.
        let Some(extract) = parse_token_list(value) else { return Extracted::Failure };
        // 4.3. Append each value in extract, in order, to values.
        values.extend(extract);
    }
    // 5. Return values.
    Extracted::Values(values)
}

/// `#token`, which a recipient reads as `[ token ] *( OWS "," OWS [ token ] )` (RFC 9110, section 5.6.1.2).
fn parse_token_list(value: &[u8]) -> Option<Vec<Bytes>> {
    let mut tokens = Vec::new();
    let mut position = 0;
    // [ token ]
    tokens.extend(parse_token(value, &mut position));
    while position < value.len() {
        // OWS "," OWS
        skip_ows(value, &mut position);
        if position == value.len() || value[position] != b',' {
            return None;
        }
        position += 1;
        skip_ows(value, &mut position);
        // [ token ]
        tokens.extend(parse_token(value, &mut position));
    }
    Some(tokens)
}

/// `token = 1*tchar`; `None` if no token begins at the position.
fn parse_token(value: &[u8], position: &mut usize) -> Option<Bytes> {
    let start = *position;
    while *position < value.len() && is_tchar(value[*position]) {
        *position += 1;
    }
    if *position > start { Some(value[start..*position].to_vec()) } else { None }
}

/// `tchar = "!" / "#" / "$" / "%" / "&" / "'" / "*" / "+" / "-" / "." / "^" / "_" / "`" / "|" / "~" / DIGIT /
/// ALPHA`
pub(crate) fn is_tchar(byte: u8) -> bool {
    b"!#$%&'*+-.^_`|~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz".contains(&byte)
}

/// `OWS = *( SP / HTAB )`
fn skip_ows(value: &[u8], position: &mut usize) {
    while *position < value.len() && (value[*position] == b' ' || value[*position] == b'\t') {
        *position += 1;
    }
}

/// Extract header list values for a name whose grammar is `delta-seconds = 1*DIGIT`.
pub(crate) fn extract_delta_seconds(name: &str, list: &Headers) -> Extracted<u64> {
    // 1. If list does not contain name, then return null.
    if !contains(list, name) {
        return Extracted::Null;
    }
    // 2. If the ABNF allows a single header and list contains more than one, then return failure.
    let headers = values_of(list, name);
    if headers.len() > 1 {
        return Extracted::Failure;
    }
    // 4.1 and 4.2. Parse the value. A number that is too large becomes the greatest (RFC 9111, section 1.2.2).
    if headers[0].is_empty() || !headers[0].iter().all(|byte| (b'0'..=b'9').contains(byte)) {
        return Extracted::Failure;
    }
    let number = std::str::from_utf8(headers[0]).unwrap().parse().unwrap_or(u64::MAX);
    // 5. Return values.
    Extracted::Values(vec![number])
}

/// Extract header list values for `Location`, which allows a single header. The URL parser checks the
/// grammar, a URI reference.
pub(crate) fn extract_location(list: &Headers) -> Extracted<Bytes> {
    // 1. If list does not contain name, then return null.
    if !contains(list, "Location") {
        return Extracted::Null;
    }
    // 2. If list contains more than one, then return failure.
    let headers = values_of(list, "Location");
    if headers.len() > 1 {
        return Extracted::Failure;
    }
    // 5. Return values.
    Extracted::Values(vec![headers[0].clone()])
}

/// Parse a referrer policy from a `Referrer-Policy` header (Referrer Policy, section 8.1): "" for none.
pub(crate) fn parse_a_referrer_policy(list: &Headers) -> &'static str {
    // 1. Let policy-tokens be the result of extracting header list values given `Referrer-Policy`, whose
    // grammar is `1#(policy-token / extension-token)` with `extension-token = 1*( ALPHA / "-" )`.
    let Extracted::Values(policy_tokens) = extract_tokens("Referrer-Policy", list) else { return "" };
    for token in &policy_tokens {
        for byte in token {
            if !(b'A'..=b'Z').contains(byte) && !(b'a'..=b'z').contains(byte) && *byte != b'-' {
                // A failure has no tokens.
                return "";
            }
        }
    }
    // 2. Let policy be the empty string.
    let mut policy = "";
    // 3. For each token: if it is a referrer policy, then set policy to it. (ABNF's strings are
    // case-insensitive.)
    for token in policy_tokens {
        for known in [
            "no-referrer",
            "no-referrer-when-downgrade",
            "same-origin",
            "origin",
            "strict-origin",
            "origin-when-cross-origin",
            "strict-origin-when-cross-origin",
            "unsafe-url",
        ] {
            if super::headers::is_byte_case_insensitive_match(&token, known.as_bytes()) {
                policy = known;
            }
        }
    }
    // 4. Return policy.
    policy
}
