use crossorigin::header_values::{DeltaSeconds, Extracted, extract_delta_seconds, extract_tokens, is_token};

use super::{HOSTILE, list, name};

#[track_caller]
fn assert_tokens(lines: &[&[u8]], expected: &Extracted<'_>) {
    let headers = list(lines.iter().map(|line| ("a", line)));
    assert_eq!(&extract_tokens(&headers, &name("a")), expected, "{headers:?}");
}

#[test]
fn absent_and_empty_and_invalid_and_a_list_are_four_answers() {
    assert_tokens(&[], &Extracted::Absent);
    for empty in [&[b"" as &[u8]][..], &[b",", b""], &[b", \t,,"]] {
        assert_tokens(empty, &Extracted::Empty);
    }
    assert_tokens(&[b"PUT"], &Extracted::List(vec![b"PUT"]));
    assert_tokens(&[b",PUT ,\tx", b"", b"*"], &Extracted::List(vec![b"PUT", b"x", b"*"]));
    assert_tokens(&[b"bb-8,,@#$", b"x"], &Extracted::Invalid(b"@#$"));
    assert_tokens(&[b"bb-8", b"no no"], &Extracted::Invalid(b"no no"));
    assert_tokens(&[b"a;b"], &Extracted::Invalid(b"a;b"));
    assert_tokens(&[b"\"a,b\""], &Extracted::Invalid(b"\"a"));
    assert_tokens(&[b"a,\x0B,b"], &Extracted::Invalid(b"\x0B"));
    assert_tokens(&[b"a\xE9"], &Extracted::Invalid(b"a\xE9"));
}

#[test]
fn only_a_list_has_items() {
    let found = Extracted::List(vec![b"PUT", b"X-A"]);
    assert_eq!(found.items().len(), 2);
    assert!(found.contains_bytes(b"PUT") && !found.contains_bytes(b"put"));
    assert!(found.contains_name(b"x-a") && !found.contains_name(b"x-b"));
    for nothing in [Extracted::Absent, Extracted::Empty, Extracted::Invalid(b"PUT")] {
        assert!(
            nothing.items().is_empty() && !nothing.contains_bytes(b"PUT") && !nothing.contains_name(b"put")
        );
    }
}

#[test]
fn delta_seconds_are_digits_in_one_line() {
    for (lines, expected) in [
        (&[][..], DeltaSeconds::Absent),
        (&["0"], DeltaSeconds::Seconds(0)),
        (&["000600"], DeltaSeconds::Seconds(600)),
        (&[" 5 "], DeltaSeconds::Seconds(5)),
        (&["18446744073709551615"], DeltaSeconds::Seconds(u64::MAX)),
        (&["18446744073709551616"], DeltaSeconds::Seconds(u64::MAX)),
        (&["99999999999999999999999999"], DeltaSeconds::Seconds(u64::MAX)),
        (&["00000000000000000000000000000000007"], DeltaSeconds::Seconds(7)),
        (&["5", "5"], DeltaSeconds::Invalid(b"5, 5".into())),
        (&["5, 5"], DeltaSeconds::Invalid(b"5, 5".into())),
        (&[""], DeltaSeconds::Invalid(b"".into())),
        (&["-1"], DeltaSeconds::Invalid(b"-1".into())),
        (&["+1"], DeltaSeconds::Invalid(b"+1".into())),
        (&["1.5"], DeltaSeconds::Invalid(b"1.5".into())),
        (&["5s"], DeltaSeconds::Invalid(b"5s".into())),
        (&["\"5\""], DeltaSeconds::Invalid(b"\"5\"".into())),
        (&["\u{665}"], DeltaSeconds::Invalid("\u{665}".as_bytes().into())),
    ] {
        let headers = list(lines.iter().map(|line| ("a", line)));
        assert_eq!(extract_delta_seconds(&headers, &name("a")), expected, "{headers:?}");
    }
}

#[test]
fn a_token_is_made_of_these_bytes() {
    for byte in 0..=u8::MAX {
        let separator = b"\"(),/:;<=>?@[\\]{}".contains(&byte);
        assert_eq!(is_token(&[byte]), byte.is_ascii_graphic() && !separator, "{byte:#x}");
    }
    assert!(is_token(b"x-a") && !is_token(b"") && !is_token(b"x a"));
}

#[test]
fn ten_megabytes_of_commas_are_an_empty_list() {
    assert_tokens(&[&vec![b','; HOSTILE]], &Extracted::Empty);
    assert_tokens(&[&b", ".repeat(HOSTILE / 2)], &Extracted::Empty);
    let digits = list([("a", vec![b'9'; HOSTILE])]);
    assert_eq!(extract_delta_seconds(&digits, &name("a")), DeltaSeconds::Seconds(u64::MAX));
}
