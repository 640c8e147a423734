use super::parse_single_range;

/// The length of hostile input, in bytes.
const HOSTILE: usize = 10_000_000;

type Plain<'a> = Option<(Option<&'a str>, Option<&'a str>)>;

#[track_caller]
fn assert_range(value: &str, expected: Plain<'_>) {
    let range = parse_single_range(value.as_bytes());
    let expected = expected.map(|(start, end)| (start.map(str::as_bytes), end.map(str::as_bytes)));
    assert_eq!(range.map(|it| (it.start, it.end)), expected, "{value:?}");
}

#[test]
fn one_range_has_a_start_or_an_end_or_both() {
    assert_range("bytes=0-", Some((Some("0"), None)));
    assert_range("bytes=-500", Some((None, Some("500"))));
    assert_range("bytes=0-0", Some((Some("0"), Some("0"))));
    assert_range("bytes=0-499", Some((Some("0"), Some("499"))));
}

#[test]
fn numbers_have_any_length_and_leading_zeros_are_ignored() {
    assert_range("bytes=007-7", Some((Some("7"), Some("7"))));
    assert_range("bytes=000-00", Some((Some("0"), Some("0"))));
    assert_range("bytes=9-010", Some((Some("9"), Some("10"))));
    assert_range("bytes=10-9", None);
    assert_range("bytes=99999999999999999999999-", Some((Some("99999999999999999999999"), None)));
    let (low, high) = ("99999999999999999999998", "99999999999999999999999");
    assert_range(&format!("bytes={low}-{high}"), Some((Some(low), Some(high))));
    assert_range(&format!("bytes={high}-{low}"), None);
}

#[test]
fn anything_else_is_not_a_single_range() {
    for value in [
        "",
        "bytes",
        "bytes=",
        "bytes=-",
        "bytes=0",
        "bytes=5-4",
        "Bytes=0-",
        "BYTES=0-",
        "byte=0-",
        "bytess=0-",
        "bytes=0-1,2-3",
        "bytes=0-1,",
        "bytes=0-1-2",
        "bytes=+0-1",
        "bytes=--1",
        "bytes=0--1",
        "bytes=a-",
        "bytes=0-b",
        "bytes=0x0-1",
        "bytes=\u{664}-",
        " bytes=0-",
        "items=0-",
        "bytes:0-",
        "bytes==0-",
    ] {
        assert_range(value, None);
    }
}

#[test]
fn whitespace_is_not_allowed() {
    for value in
        ["bytes =0-", "bytes= 0-1", "bytes=0 -1", "bytes=0- 1", "bytes=0-1 ", " bytes=0-", "bytes=0-\n1"]
    {
        assert_range(value, None);
    }
}

#[test]
fn a_hostile_range_is_read_once() {
    let zeros = format!("bytes={}1-{}", "0".repeat(HOSTILE), "0".repeat(HOSTILE));
    assert_range(&zeros, None);
    assert_range(&format!("bytes={}", " ".repeat(HOSTILE)), None);
}
