use http::HeaderName;

use super::{DeltaSeconds, Extracted, extract_delta_seconds, extract_tokens};
use crate::{header_list::HeaderList, response_header::is_cors_safelisted_response_header_name};

const A: HeaderName = HeaderName::from_static("a");

/// The length of hostile input, in bytes.
const HOSTILE: usize = 10_000_000;

fn list<T: AsRef<[u8]>>(lines: &[T]) -> HeaderList {
    let mut headers = HeaderList::new();
    for line in lines {
        headers.append(A, line).unwrap();
    }
    headers
}

#[track_caller]
fn assert_tokens(lines: &[&[u8]], expected: &Extracted<'_>) {
    let headers = list(lines);
    assert_eq!(&extract_tokens(&headers, &A), expected, "{headers:?}");
}

#[test]
fn absent_and_empty_and_invalid_and_a_list_are_four_results() {
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
        let headers = list(lines);
        assert_eq!(extract_delta_seconds(&headers, &A), expected, "{headers:?}");
    }
}

#[test]
fn only_a_valid_list_exposes_a_name() {
    let bb_8 = HeaderName::from_static("bb-8");
    for (lines, exposed) in [
        (&["BB-8"][..], true),
        (&["bb-8,,@#$"], false),
        (&["bb-8", "no no"], false),
        (&[",bb-8"], true),
        (&["bb-8,"], true),
        (&["\"bb-8\",bb-8"], false),
        (&["'bb-8',bb-8"], true),
        (&["no", "bb-8"], true),
        (&["bb-8\u{B}"], false),
        (&["bb8"], false),
        (&[""], false),
        (&[], false),
    ] {
        let headers = list(lines);
        let names = extract_tokens(&headers, &A);
        assert_eq!(is_cors_safelisted_response_header_name(&bb_8, names.items()), exposed, "{lines:?}");
    }
}

#[test]
fn ten_megabytes_of_commas_are_an_empty_list() {
    assert_tokens(&[&vec![b','; HOSTILE]], &Extracted::Empty);
    assert_tokens(&[&b", ".repeat(HOSTILE / 2)], &Extracted::Empty);
    let digits = list(&[vec![b'9'; HOSTILE]]);
    assert_eq!(extract_delta_seconds(&digits, &A), DeltaSeconds::Seconds(u64::MAX));
}
