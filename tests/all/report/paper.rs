//! Colour and width.

use crossorigin::oracle::Report;
use proptest::prelude::*;

use super::{answer, get, put};

#[test]
fn colour_adds_nothing_to_the_words() {
    for transcript in [get([answer(200, &[])]), put([answer(204, &[("access-control-allow-origin", b"*")])])]
    {
        let plain = transcript.display(Report { width: 80, colour: false }).to_string();
        let coloured = transcript.display(Report { width: 80, colour: true }).to_string();
        assert!(!plain.contains('\x1b'));
        assert!(coloured.contains("\x1b[36mOrigin:\x1b[0m https://app.example"), "{coloured}");
        assert_eq!(without_colour(&coloured), plain);
    }
}

fn without_colour(text: &str) -> String {
    let mut parts = text.split('\x1b');
    let first = parts.next().unwrap().to_owned();
    first + &parts.map(|part| part.split_once('m').unwrap().1).collect::<String>()
}

proptest! {
    #![proptest_config(crate::proptest_config::cases(256))]

    #[test]
    fn no_line_is_wider_than_the_paper_unless_a_word_is(
        width in 0_usize..140,
        colour in any::<bool>(),
        origin in "[ -~]{0,80}",
        other in "[a-z, \u{1b}\u{ff}]{0,200}",
    ) {
        let transcript = put([answer(
            204,
            &[("access-control-allow-origin", origin.as_bytes()), ("vary", other.as_bytes())],
        )]);
        let plain = transcript.display(Report { width, colour: false }).to_string();
        let coloured = transcript.display(Report { width, colour }).to_string();
        prop_assert_eq!(without_colour(&coloured), plain.clone());
        for line in plain.lines() {
            prop_assert!(line.chars().count() <= width || is_one_word(line), "{:?} at {}", line, width);
        }
    }
}

/// What stands before the text does not count.
fn is_one_word(line: &str) -> bool {
    const MARGINS: [&str; 5] = ["> ", "< ", "- ", "1. ", "2. "];
    let text = line.trim();
    let text = MARGINS.iter().find_map(|margin| text.strip_prefix(margin)).unwrap_or(text).trim();
    let text = match text.split_once(": ") {
        Some((label, rest)) if line.starts_with("   ") && !label.contains(' ') => rest.trim(),
        _ => text,
    };
    !text.trim_start_matches(['<', '>']).trim().contains(' ')
}
