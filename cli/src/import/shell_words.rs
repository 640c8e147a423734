//! The words of a shell command, as browsers copy it.
//!
//! Browsers write texts with line ends or quotes as `$'…'`, which the crates for POSIX words do not read.

/// The words of a command. Quotes and escapes are removed, and a line continues after a backslash. In commands for Windows,
/// `^` escapes, also at the end of a line, and only double quotes are quotes.
pub(super) fn words(command: &str) -> Vec<String> {
    let is_for_windows = ["^\"", " ^\n", " ^\r\n"].iter().any(|mark| command.contains(mark));
    if is_for_windows { split(&without_carets(command), true) } else { split(command, false) }
}

fn without_carets(command: &str) -> String {
    let mut plain = String::with_capacity(command.len());
    let mut characters = command.chars().peekable();
    while let Some(character) = characters.next() {
        match character {
            '^' => match characters.next() {
                Some('\r') => drop(characters.next_if_eq(&'\n')),
                Some('\n') | None => {}
                Some(escaped) => plain.push(escaped),
            },
            _ => plain.push(character),
        }
    }
    plain
}

fn split(command: &str, is_for_windows: bool) -> Vec<String> {
    let mut words = Vec::new();
    let mut word: Option<String> = None;
    let mut characters = command.chars().peekable();
    while let Some(character) = characters.next() {
        match character {
            '\\' if is_for_windows => {
                let escaped = characters.next_if_eq(&'"').unwrap_or('\\');
                word.get_or_insert_default().push(escaped);
            }
            '\\' => match characters.next() {
                Some('\r') => drop(characters.next_if_eq(&'\n')),
                Some('\n') | None => {}
                Some(escaped) => word.get_or_insert_default().push(escaped),
            },
            '"' => double_quoted(&mut characters, word.get_or_insert_default()),
            '\'' if !is_for_windows => {
                let word = word.get_or_insert_default();
                word.extend(characters.by_ref().take_while(|character| *character != '\''));
            }
            '$' if !is_for_windows && characters.next_if_eq(&'\'').is_some() => {
                ansi_quoted(&mut characters, word.get_or_insert_default());
            }
            _ if character.is_whitespace() => words.extend(word.take()),
            _ => word.get_or_insert_default().push(character),
        }
    }
    words.extend(word);
    words
}

type Characters<'a> = std::iter::Peekable<std::str::Chars<'a>>;

/// Reads up to the closing quote. A backslash escapes only what would be special.
fn double_quoted(characters: &mut Characters<'_>, word: &mut String) {
    while let Some(character) = characters.next() {
        match character {
            '"' => return,
            '\\' => {
                let escaped = characters.next_if(|next| ['"', '\\', '$', '`'].contains(next));
                word.push(escaped.unwrap_or('\\'));
            }
            _ => word.push(character),
        }
    }
}

/// Reads the rest of `$'…'`.
fn ansi_quoted(characters: &mut Characters<'_>, word: &mut String) {
    while let Some(character) = characters.next() {
        match character {
            '\'' => return,
            '\\' => match characters.next() {
                Some('n') => word.push('\n'),
                Some('r') => word.push('\r'),
                Some('t') => word.push('\t'),
                Some('u') => word.extend(code_point(characters, 4)),
                Some('x') => word.extend(code_point(characters, 2)),
                escaped => word.extend(escaped),
            },
            _ => word.push(character),
        }
    }
}

/// The code point of hexadecimal digits.
fn code_point(characters: &mut Characters<'_>, digits: usize) -> Option<char> {
    let mut value = 0;
    for _ in 0..digits {
        match characters.peek().and_then(|digit| digit.to_digit(16)) {
            Some(digit) => value = value * 16 + digit,
            None => break,
        }
        characters.next();
    }
    char::from_u32(value)
}

#[cfg(test)]
mod tests {
    use super::words;

    #[test]
    fn words_are_split_and_quotes_removed() {
        for (command, expected) in [
            ("curl 'https://a.test/?a=1&b'  -H 'x: y'", &["curl", "https://a.test/?a=1&b", "-H", "x: y"][..]),
            ("curl \\\n  -X \\\r\n PUT", &["curl", "-X", "PUT"]),
            (r#"curl "a \"b\" c" d\ e 'f'"g""#, &["curl", "a \"b\" c", "d e", "fg"]),
            (r"--data-raw $'it\'s\n\u0021\x41'", &["--data-raw", "it's\n!A"]),
            (
                "curl ^\"https://a.test/?a=1^&b=2^\" ^\r\n  -H ^\"x: ^\\^\"y^\\^\"^\"",
                &["curl", "https://a.test/?a=1&b=2", "-H", "x: \"y\""],
            ),
            ("a '' b", &["a", "", "b"]),
            ("'open", &["open"]),
            ("", &[]),
        ] {
            assert_eq!(words(command), expected, "{command}");
        }
    }
}
