//! The parameters of a MIME type.

use std::collections::HashSet;

use crate::bytes::{is_token, split_at_byte, trim_whitespace_end, trim_whitespace_start};

/// A parameter of a MIME type.
pub(super) struct Parameter {
    /// In lower case.
    pub(super) name: Vec<u8>,
    /// Without quotes and escapes.
    pub(super) value: Vec<u8>,
}

/// [Parse a MIME type](https://mimesniff.spec.whatwg.org/#parse-a-mime-type), step 11: the parameters, each
/// once, in order. Invalid parameters are skipped.
pub(super) fn parse_parameters(mut rest: &[u8]) -> Vec<Parameter> {
    let mut parameters = Vec::new();
    let mut names = HashSet::new();
    // Steps 11.1 and 11.2: skip the semicolon and whitespace.
    while let Some((_, after)) = rest.split_first() {
        // Steps 11.3 and 11.4: a name, in lower case.
        let (name, after) = split_at_byte(trim_whitespace_start(after), |byte| matches!(byte, b';' | b'='));
        let name = name.to_ascii_lowercase();
        // Steps 11.5 to 11.7: without a value, continue with the next parameter.
        let Some(input) = after.strip_prefix(b"=") else {
            rest = after;
            continue;
        };
        // Steps 11.8 and 11.9: a value, if there is one.
        let (value, after) = parse_value(input);
        rest = after;
        // Step 11.10: keep the parameter if its name and value are valid, and its name is new.
        if let Some(value) = value
            && is_token(&name)
            && value.iter().all(|byte| is_quoted_string_byte(*byte))
            && names.insert(name.clone())
        {
            parameters.push(Parameter { name, value });
        }
    }
    parameters
}

/// Parses the value at the start. Returns it, and the rest from the next semicolon on.
fn parse_value(input: &[u8]) -> (Option<Vec<u8>>, &[u8]) {
    let is_semicolon = |byte| byte == b';';
    match input.strip_prefix(b"\"") {
        // Step 11.8: a quoted string. Ignore everything behind it up to the semicolon.
        Some(quoted) => {
            let (value, behind) = collect_quoted_string(quoted);
            (Some(value), split_at_byte(behind, is_semicolon).1)
        }
        // Step 11.9: everything up to the semicolon, without the whitespace before it. An empty value is no
        // value.
        None => {
            let (value, rest) = split_at_byte(input, is_semicolon);
            let value = trim_whitespace_end(value);
            ((!value.is_empty()).then(|| value.to_vec()), rest)
        }
    }
}

/// [Collects an HTTP quoted string](https://fetch.spec.whatwg.org/#collect-an-http-quoted-string) and
/// extracts its value. `input` begins behind the opening quote. Returns the value, and what follows the
/// closing quote.
fn collect_quoted_string(mut input: &[u8]) -> (Vec<u8>, &[u8]) {
    let mut value = Vec::new();
    loop {
        // Step 5.1: everything up to a quote or a backslash.
        let (plain, rest) = split_at_byte(input, |byte| matches!(byte, b'"' | b'\\'));
        value.extend_from_slice(plain);
        input = match rest {
            // Step 5.5: a backslash escapes the next byte, if there is one.
            [b'\\', escaped, rest @ ..] => {
                value.push(*escaped);
                rest
            }
            [b'\\'] => {
                value.push(b'\\');
                return (value, &[]);
            }
            // Steps 5.2 and 5.6: the closing quote, or the end of the input.
            [_, rest @ ..] => return (value, rest),
            [] => return (value, &[]),
        };
    }
}

/// Returns whether the byte is an [HTTP quoted-string token code
/// point](https://mimesniff.spec.whatwg.org/#http-quoted-string-token-code-point).
fn is_quoted_string_byte(byte: u8) -> bool {
    matches!(byte, b'\t' | b' '..=b'~' | 0x80..)
}

impl Parameter {
    /// [Serialize a MIME type](https://mimesniff.spec.whatwg.org/#serialize-a-mime-type), step 2.
    pub(super) fn serialize_to(&self, serialized: &mut Vec<u8>) {
        // Steps 2.1 to 2.3: a semicolon, the name, an equals sign.
        serialized.push(b';');
        serialized.extend_from_slice(&self.name);
        serialized.push(b'=');
        // Step 2.4: the value, in quotes unless it is a token.
        if is_token(&self.value) {
            serialized.extend_from_slice(&self.value);
            return;
        }
        serialized.push(b'"');
        for byte in &self.value {
            if matches!(byte, b'"' | b'\\') {
                serialized.push(b'\\');
            }
            serialized.push(*byte);
        }
        serialized.push(b'"');
    }
}
