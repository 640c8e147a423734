//! The essence of a MIME type: its type and subtype.

use std::fmt::{self, Write as _};

use crate::bytes::{is_token, split_at_byte, trim_whitespace, trim_whitespace_end};

/// The [essence](https://mimesniff.spec.whatwg.org/#mime-type-essence) of a MIME type, borrowed as it was
/// written. It is compared in any case, and printed in lower case.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Essence<'a> {
    kind: &'a [u8],
    subtype: &'a [u8],
}

impl<'a> Essence<'a> {
    /// Parses a MIME type without its parameters. `None` is the standard's failure. Step 11, the parameters,
    /// cannot fail.
    pub(crate) fn parse(value: &'a [u8]) -> Option<Self> {
        Self::parse_with_rest(value).map(|(essence, _)| essence)
    }

    /// The essence, and the rest of the value: empty, or the parameters with the semicolon in front.
    pub(super) fn parse_with_rest(value: &'a [u8]) -> Option<(Self, &'a [u8])> {
        // Steps 1 and 2: remove whitespace around the value.
        let mut parts = trim_whitespace(value).splitn(2, |byte| *byte == b'/');
        // Steps 3 and 4: the type ends at the slash, and is a token.
        let kind = parts.next().filter(|kind| is_token(kind))?;
        // Steps 5 and 6: there is a slash.
        let rest = parts.next()?;
        // Steps 7 and 8: the subtype ends at the first semicolon, without the whitespace before it.
        let (subtype, rest) = split_at_byte(rest, |byte| byte == b';');
        let subtype = trim_whitespace_end(subtype);
        // Step 9: the subtype is a token too. Steps 10 and 12: the MIME type record.
        is_token(subtype).then_some((Self { kind, subtype }, rest))
    }

    /// Returns whether the essence has this type and subtype, in any case.
    pub(crate) fn is(&self, kind: &str, subtype: &str) -> bool {
        self.kind.eq_ignore_ascii_case(kind.as_bytes())
            && self.subtype.eq_ignore_ascii_case(subtype.as_bytes())
    }
}

impl fmt::Display for Essence<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let bytes = self.kind.iter().chain(b"/").chain(self.subtype);
        bytes.map(|byte| char::from(byte.to_ascii_lowercase())).try_for_each(|letter| f.write_char(letter))
    }
}
