//! Whatever comes in is printable, and what is printed of it is bounded.

use crossorigin::{http::Response, oracle::Transcript};
use serde_json::json;

use super::{get, oracle, put, response, verdict};
use crate::proptest_config::hostile_length;

/// What a printed transcript of one request and one response may take, whatever is in them.
const BOUND: usize = 100_000;

/// What is printed of the refusal of a URL.
fn refused(url: &str) -> String {
    let case = json!({"id": "c", "page": "https://app.example", "steps": [{"request": {"url": url}}]});
    verdict(&case.to_string()).to_string()
}

/// Texts from outside are cut behind 2,000 characters, and not before.
#[test]
fn a_long_text_is_cut() {
    let printed = |length: usize| refused(&format!("https://[{}", "x".repeat(length)));
    let headline = |length| printed(length).lines().next().unwrap().chars().count();
    // The message, without what stands around it.
    let others = headline(0) - "REFUSED by fetch(): . Nothing was sent.".len();
    let (whole, cut) = (printed(2_000 - others), printed(2_001 - others));
    assert!(!whole.contains('…'), "{whole}");
    assert!(whole.contains("x` is not a valid URL. Nothing was sent."), "{whole}");
    assert!(cut.contains("… (2001 characters)"), "{cut}");
}

#[test]
fn hostile_bytes_do_not_reach_the_terminal() {
    let hostile = b"\x1b[2J\x07\x08\x0b\x7f\x9b31m\xff\xe2\x80\xae";
    let printed = get([
        response(302, &[("location", hostile), ("access-control-allow-origin", b"*"), ("vary", hostile)]),
        response(200, &[("access-control-allow-origin", hostile), ("access-control-max-age", hostile)]),
    ]);
    for printed in both(&printed) {
        assert_printable(&printed);
    }
    assert!(printed.to_string().contains(r"Vary: \x1b[2J\x07\x08\x0b\x7f\x9b31m\xff\xe2\x80\xae"));

    let printed = refused("https://\x1b[31m\u{202e}\u{9b}:x/");
    assert_printable(&printed);
    assert!(printed.contains(r"`https://\u{1b}[31m\u{202e}\u{9b}:x/` is not a valid URL."), "{printed}");
}

/// A transcript in full and in short.
fn both(transcript: &Transcript) -> [String; 2] {
    [transcript.to_string(), format!("{transcript:#}")]
}

#[track_caller]
fn assert_printable(text: &str) {
    // Firefox prints the marks of quotations.
    let is_printable = |it: char| "\n …‘’".contains(it) || it.is_ascii_graphic();
    assert!(text.chars().all(is_printable), "{text:?}");
}

#[test]
fn hostile_sizes_give_bounded_texts() {
    let long = vec![b'a'; hostile_length()];
    let short = long.get(..600).unwrap();
    assert!(get([response(200, &[("vary", short)])]).to_string().contains(&format!("{}…", "a".repeat(512))));
    let commas = vec![b','; hostile_length()];
    for value in [&long, &commas] {
        for name in ["access-control-allow-origin", "location", "access-control-allow-methods"] {
            let printed = get([response(302, &[(name, value)])]).to_string();
            assert!(printed.len() < BOUND, "{name}: {}", printed.len());
            assert!(printed.contains(&format!("… ({} bytes)\n", hostile_length())), "{name}");
            let printed = put([response(200, &[("access-control-allow-origin", b"*"), (name, value)])]);
            for printed in both(&printed) {
                assert!(printed.len() < BOUND, "{name}");
            }
        }
        // Visible to scripts.
        let visible = [("access-control-allow-origin", &b"*"[..]), ("content-language", value)];
        for printed in both(&get([response(200, &visible)])) {
            assert!(printed.len() < BOUND);
            assert!(printed.contains(&format!("… ({} bytes)", hostile_length())), "{printed}");
        }
    }
}

#[test]
fn hostile_numbers_give_bounded_texts() {
    let names: Vec<_> = (0..20_000).map(|number| format!("x-{number}")).collect();
    let lines: Vec<_> = names.iter().map(|name| (name.as_str(), &b"1"[..])).collect();
    let printed = get([response(200, &lines)]).to_string();
    assert!(printed.len() < BOUND);
    assert!(printed.contains("X-15, and 19984 more)\n"), "{printed}");

    let vary = vec![("vary", &b"origin"[..]); 20_000];
    let printed = get([response(200, &vary)]).to_string();
    assert!(printed.len() < BOUND);
    assert!(printed.contains("\n   < (and 19968 more lines)\n"), "{printed}");

    let mut oracle = oracle();
    let long_url = format!("https://api.example/{}", "a".repeat(100_000));
    let call = oracle.page().fetch(&long_url);
    let call = names.iter().fold(call, |call, name| call.header(name, "1").header("Cookie", name));
    let request = call.build().unwrap();
    let printed = oracle.fetch(request, &mut |_: &_| Response::new(())).to_string();
    assert!(printed.len() < BOUND, "{}", printed.len());
    assert!(printed.contains("There are 19984 more."), "{printed}");
}

#[test]
fn every_recorded_case_prints() {
    for line in crate::cases::CASES.lines() {
        let verdict = verdict(line);
        for printed in [verdict.to_string(), format!("{verdict:#}")] {
            assert!(printed.ends_with('\n') && printed.len() < BOUND, "{line}");
            assert!(!printed.chars().any(|it| it != '\n' && it.is_control()), "{line}: {printed:?}");
        }
    }
}
