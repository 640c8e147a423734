//! Whatever the crate says to people stands word for word in some test.

use super::{Source, Token, list, sources, tokens};
use std::path::Path;

/// What a literal means, if it is a text.
fn text(literal: &str) -> Option<String> {
    if let Some(raw) = literal.strip_prefix('r') {
        return Some(raw.trim_matches('#').trim_matches('"').to_owned());
    }
    let inner = literal.strip_prefix('"')?.strip_suffix('"')?;
    let (mut text, mut letters) = (String::new(), inner.chars().peekable());
    while let Some(letter) = letters.next() {
        if letter != '\\' {
            text.push(letter);
            continue;
        }
        match letters.next()? {
            'n' => text.push('\n'),
            't' => text.push('\t'),
            'r' => text.push('\r'),
            // The text goes on in the next line.
            '\n' => while letters.next_if(|letter| letter.is_whitespace()).is_some() {},
            // Letters by number are in no message.
            'x' | 'u' | '0' => text.push('\u{fffd}'),
            same => text.push(same),
        }
    }
    Some(text)
}

/// The texts of a file, but for those in attributes other than `#[error("…")]`.
fn texts(source: &[Token]) -> Vec<String> {
    let (mut found, mut at) = (Vec::new(), 0);
    while at < source.len() {
        let opens =
            source[at].is('#') && source[at + 1..].iter().find(|it| !it.is('!')).is_some_and(|it| it.is('['));
        let is_error = source.get(at + 2).and_then(Token::word) == Some("error");
        if opens && !is_error {
            at = end_of_group(source, at + 1);
            continue;
        }
        if let Token::Literal(literal) = &source[at] {
            found.extend(text(literal));
        }
        at += 1;
    }
    found
}

/// Where the group ends that begins at this place, or right after it.
fn end_of_group(tokens: &[Token], mut at: usize) -> usize {
    let mut depth = 0_usize;
    loop {
        match &tokens[at] {
            Token::Sign('[' | '(' | '{') => depth += 1,
            Token::Sign(']' | ')' | '}') => depth -= 1,
            _ => {}
        }
        at += 1;
        if depth == 0 && !tokens[at - 1].is('!') {
            return at;
        }
    }
}

/// What of a text is always there: the longest part without a placeholder. Only of texts that have words.
fn fixed_part(text: &str) -> Option<String> {
    let text = text.replace("{{", "\u{1}").replace("}}", "\u{2}");
    let parts = text.split('{').enumerate();
    let parts = parts
        .map(|(index, part)| if index == 0 { part } else { part.split_once('}').map_or(part, |it| it.1) });
    let longest = parts.max_by_key(|part| part.len())?.replace('\u{1}', "{").replace('\u{2}', "}");
    let longest = longest.trim();
    let words =
        longest.split(' ').filter(|word| word.chars().filter(|it| it.is_ascii_alphabetic()).count() > 1);
    (words.count() > 1).then(|| longest.to_owned())
}

/// Where texts are not messages.
const NO_MESSAGES: [(&str, &str); 3] = [
    ("strategies/", "values, and why something is drawn again"),
    ("server/decide.rs", "the value of a header"),
    ("server/vary.rs", "the values of a header"),
];

/// What cannot be got to say: an arm for reasons that come without an answer, and have all been named, and what serde asks
/// for although every value is taken.
const NEVER_SAID: [&str; 2] = ["Answer differently.", "a value of a configuration"];

/// As it is compared: on one line, and in lower case, since reports break lines and begin sentences.
fn comparable(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}

#[test]
fn every_message_stands_in_a_test() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut files = Vec::new();
    list(&root.join("tests/all"), &mut files);
    let in_tests = files.iter().flat_map(|file| texts(&tokens(&std::fs::read_to_string(file).unwrap())));
    let in_tests: Vec<_> = in_tests.map(|text| comparable(&text)).collect();
    let (mut missing, mut found) = (Vec::new(), 0);
    let is_about_messages = |path: &str| !NO_MESSAGES.iter().any(|(other, _)| path.starts_with(other));
    for Source { path, tokens } in sources().into_iter().filter(|source| is_about_messages(&source.path)) {
        for part in texts(&tokens).iter().filter_map(|text| fixed_part(text)) {
            let said = comparable(&part);
            match in_tests.iter().any(|text| text.contains(&said)) {
                true => found += 1,
                false if NEVER_SAID.contains(&part.as_str()) => {}
                false => missing.push(format!("{path}: {part}")),
            }
        }
    }
    assert!(missing.is_empty(), "in no test, of {found}:\n{}", missing.join("\n"));
    assert!(found > 250, "{found}");
}

#[test]
fn texts_are_read_as_they_are_meant() {
    let source = r##"
        #![allow(lint, reason = "not said to people")]
        /// Nor is this documentation.
        #[error("one {} and `{two}` \
                 more")]
        fn f() { write!(f, "say \"this\" {{here}}\n") + r#"a "raw" one"# + 'c' + 1 }
    "##;
    let texts = texts(&tokens(source));
    assert_eq!(texts, ["one {} and `{two}` more", "say \"this\" {{here}}\n", "a \"raw\" one"]);
    let parts: Vec<_> = texts.iter().map(|text| fixed_part(text)).collect();
    assert_eq!(parts, [None, Some("say \"this\" {here}".to_owned()), Some("a \"raw\" one".to_owned())]);
}
