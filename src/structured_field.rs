//! Structured fields ([RFC 9651](https://www.rfc-editor.org/rfc/rfc9651)): items, as far as Fetch needs them.

/// [Parses an item](https://www.rfc-editor.org/rfc/rfc9651#name-parsing-structured-fields), and returns its
/// token. `None` if parsing fails, or if the item is not a token. Parameters must be valid, and are ignored.
pub(crate) fn token_of_item(value: &[u8]) -> Option<&[u8]> {
    let mut input = Input(value);
    // Step 2: discard leading spaces.
    input.skip_spaces();
    // Step 5: parse an item: a bare item and its parameters.
    let start = input.0;
    let kind = input.bare_item()?;
    let item = start.get(..start.len() - input.0.len())?;
    input.parameters()?;
    // Step 6: discard spaces at the end. Step 7: anything else is a failure.
    input.skip_spaces();
    (input.0.is_empty() && kind == Kind::Token).then_some(item)
}

/// The type of a bare item, as far as it matters.
#[derive(PartialEq, Eq)]
enum Kind {
    Token,
    Other,
}

/// The rest of the value. Each method consumes what it parses, and returns `None` if parsing fails.
struct Input<'a>(&'a [u8]);

impl<'a> Input<'a> {
    /// Consumes the next byte if it is one of `accepted`.
    fn next_if(&mut self, accepted: impl FnOnce(u8) -> bool) -> Option<u8> {
        let (first, rest) = self.0.split_first().filter(|(first, _)| accepted(**first))?;
        self.0 = rest;
        Some(*first)
    }

    /// Consumes the bytes at the start that are accepted.
    fn take_while(&mut self, accepted: impl Fn(u8) -> bool) -> &'a [u8] {
        let end = self.0.iter().position(|byte| !accepted(*byte)).unwrap_or(self.0.len());
        let (taken, rest) = self.0.split_at_checked(end).unwrap_or((self.0, &[]));
        self.0 = rest;
        taken
    }

    fn skip_spaces(&mut self) {
        self.take_while(|byte| byte == b' ');
    }

    /// Parses a bare item.
    fn bare_item(&mut self) -> Option<Kind> {
        match *self.0.first()? {
            b'-' | b'0'..=b'9' => self.number()?,
            b'"' => self.string()?,
            b'*' | b'A'..=b'Z' | b'a'..=b'z' => {
                self.take_while(|byte| is_token_byte(byte) || matches!(byte, b':' | b'/'));
                return Some(Kind::Token);
            }
            b':' => self.byte_sequence()?,
            b'?' => self.boolean()?,
            b'@' => self.date()?,
            b'%' => self.display_string()?,
            _ => return None,
        }
        Some(Kind::Other)
    }

    /// Parses parameters.
    fn parameters(&mut self) -> Option<()> {
        while self.next_if(|byte| byte == b';').is_some() {
            self.skip_spaces();
            self.next_if(|byte| byte.is_ascii_lowercase() || byte == b'*')?;
            self.take_while(|byte| {
                byte.is_ascii_lowercase()
                    || byte.is_ascii_digit()
                    || matches!(byte, b'_' | b'-' | b'.' | b'*')
            });
            // Without `=`, the value is true.
            if self.next_if(|byte| byte == b'=').is_some() {
                self.bare_item()?;
            }
        }
        Some(())
    }

    /// Parses an integer of at most 15 digits, or a decimal of at most 12 digits before the point and 3 after
    /// it.
    fn number(&mut self) -> Option<()> {
        self.next_if(|byte| byte == b'-');
        let integer = self.take_while(|byte| byte.is_ascii_digit()).len();
        let limit = match self.next_if(|byte| byte == b'.') {
            Some(_) if !(1..=3).contains(&self.take_while(|byte| byte.is_ascii_digit()).len()) => {
                return None;
            }
            Some(_) => 12,
            None => 15,
        };
        (1..=limit).contains(&integer).then_some(())
    }

    fn string(&mut self) -> Option<()> {
        self.next_if(|byte| byte == b'"')?;
        loop {
            match self.next_if(|byte| matches!(byte, 0x20..=0x7E))? {
                b'"' => return Some(()),
                b'\\' => self.next_if(|byte| matches!(byte, b'"' | b'\\'))?,
                byte => byte,
            };
        }
    }

    fn byte_sequence(&mut self) -> Option<()> {
        self.next_if(|byte| byte == b':')?;
        self.take_while(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/' | b'='));
        self.next_if(|byte| byte == b':').map(drop)
    }

    fn boolean(&mut self) -> Option<()> {
        self.next_if(|byte| byte == b'?')?;
        self.next_if(|byte| matches!(byte, b'0' | b'1')).map(drop)
    }

    /// Parses a date, which is an integer.
    fn date(&mut self) -> Option<()> {
        self.next_if(|byte| byte == b'@')?;
        let start = self.0;
        self.number()?;
        let number = start.get(..start.len() - self.0.len())?;
        (!number.contains(&b'.')).then_some(())
    }

    /// Parses a display string: percent-encoded UTF-8, with lower-case hexadecimal digits.
    fn display_string(&mut self) -> Option<()> {
        self.next_if(|byte| byte == b'%')?;
        self.next_if(|byte| byte == b'"')?;
        let mut decoded = Vec::new();
        loop {
            match self.next_if(|byte| matches!(byte, 0x20..=0x7E))? {
                b'"' => return str::from_utf8(&decoded).is_ok().then_some(()),
                b'%' => decoded.push(self.hexadecimal()? << 4 | self.hexadecimal()?),
                byte => decoded.push(byte),
            }
        }
    }

    fn hexadecimal(&mut self) -> Option<u8> {
        let digit = self.next_if(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'))?;
        char::from(digit).to_digit(16).and_then(|digit| digit.try_into().ok())
    }
}

/// Returns whether a token of HTTP may contain the byte.
fn is_token_byte(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte)
}

#[cfg(test)]
mod tests {
    use super::token_of_item;

    #[test]
    fn an_item_is_a_token_with_any_valid_parameters() {
        for value in [
            "a",
            "  a  ",
            "a;b",
            "a; b=?1;c=\"\\\"x\\\\\"",
            "a;b=1",
            "a;b=-1.5;b2=999999999999999;b3=999999999999.999",
            "a;*b-c.d_1=:YQ==:;e=@-12;f=%\"%c3%bc\"",
            "a;b=t:/x",
        ] {
            assert_eq!(token_of_item(value.as_bytes()), Some(&b"a"[..]), "{value}");
        }
        assert_eq!(token_of_item(b"*/a:b"), Some(&b"*/a:b"[..]));
    }

    #[test]
    fn other_types_and_invalid_values_are_not_tokens() {
        for value in [
            "",
            " ",
            "1",
            "\"a\"",
            "?1",
            ":YQ==:",
            "@1",
            "%\"a\"",
            "a, a",
            "a a",
            "\ta",
            "a\t",
            "a;",
            "a ;b",
            "a;B",
            "a;b=",
            "a;b= 1",
            "a;b=1.",
            "a;b=.1",
            "a;b=1.2345",
            "a;b=1000000000000000",
            "a;b=1000000000000.1",
            "a;b=-",
            "a;b=\"x",
            "a;b=\"\\x\"",
            "a;b=?2",
            "a;b=:a",
            "a;b=@1.5",
            "a;b=%\"%C3%BC\"",
            "a;b=%\"%ff\"",
            "a;b=%x",
            "a;\tb",
            "\u{e9}",
            "a;b=\"\u{e9}\"",
            "-a",
            "a=1",
            "(a)",
        ] {
            assert_eq!(token_of_item(value.as_bytes()), None, "{value}");
        }
    }
}
