//! Splitting a header value at its commas.

use crate::bytes::trim_tab_or_space;

/// Splits a header value at the commas outside quoted strings, and removes tabs and spaces around each part:
/// [get, decode, and split](https://fetch.spec.whatwg.org/#header-value-get-decode-and-split) for a value.
///
/// Quoted strings keep their quotes and backslashes. A quoted string without an end contains the rest of the
/// value. There is always at least one part, which can be empty.
pub(crate) fn get_decode_and_split_value(value: &[u8]) -> Split<'_> {
    // Steps 1 to 4: the position is at the start of the value.
    Split { rest: Some(value) }
}

/// The parts of a header value, in order: see [`get_decode_and_split_value`].
#[derive(Debug, Clone)]
pub(crate) struct Split<'a> {
    rest: Option<&'a [u8]>,
}

impl<'a> Iterator for Split<'a> {
    type Item = &'a [u8];

    fn next(&mut self) -> Option<&'a [u8]> {
        // Step 5.6: at the end of the value, there are no more parts.
        let input = self.rest.take()?;
        // Steps 5.1 and 5.2: read up to a comma, and past quoted strings.
        let part = match comma_outside_quotes(input).and_then(|at| input.split_at_checked(at)) {
            Some((part, comma)) => {
                // Steps 5.7 and 5.8: skip the comma.
                self.rest = comma.get(1..);
                part
            }
            None => input,
        };
        // Steps 5.3 to 5.5: remove tabs and spaces around the part.
        Some(trim_tab_or_space(part))
    }
}

/// The index of the first comma outside a
/// [quoted string](https://fetch.spec.whatwg.org/#collect-an-http-quoted-string). A backslash is an escape
/// only inside quoted strings.
fn comma_outside_quotes(input: &[u8]) -> Option<usize> {
    let (mut quoted, mut escaped) = (false, false);
    input.iter().position(|byte| {
        match byte {
            _ if escaped => escaped = false,
            b'\\' if quoted => escaped = true,
            b'"' => quoted = !quoted,
            b',' if !quoted => return true,
            _ => {}
        }
        false
    })
}
