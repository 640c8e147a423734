use std::borrow::Cow;

use crossorigin::{
    header_list::{HeaderList, HeaderMapError},
    http::{HeaderMap, HeaderValue},
};

use super::{list, name};
use crate::proptest_config::hostile_length;

fn split(value: &str) -> Vec<String> {
    let headers = list([("a", value)]);
    let parts = headers.get_decode_and_split(&name("a")).unwrap();
    parts.into_iter().map(|part| String::from_utf8(part.into_owned()).unwrap()).collect()
}

fn shown(list: &HeaderList) -> Vec<String> {
    list.iter().map(|(name, value)| format!("{name}: {}", value.escape_ascii())).collect()
}

#[test]
fn values_are_normalized_on_the_way_in() {
    let headers = list([("a", " \t\r\n x \u{B} y\t\n\r "), ("b", "\u{B}"), ("c", " ")]);
    let values: Vec<_> = headers.iter().map(|(_, value)| value).collect();
    assert_eq!(values, [&b"x \x0B y"[..], b"\x0B", b""]);
    assert_eq!(list([("a", "https://a.test\u{B}")]).get(&name("a")).unwrap().as_ref(), b"https://a.test\x0B");
}

#[test]
fn a_value_may_have_any_byte_except_three() {
    for byte in 0..=u8::MAX {
        let value = [b'x', byte, b'y'];
        let mut headers = HeaderList::new();
        let refused = matches!(byte, 0 | b'\r' | b'\n');
        for result in [
            headers.append(name("a"), value),
            headers.set(name("b"), value),
            headers.combine(name("c"), value),
        ] {
            assert_eq!(result.err().map(|error| (error.byte, error.index)), refused.then_some((byte, 1)));
        }
        assert_eq!(headers.len(), if refused { 0 } else { 3 });
    }
    let error = HeaderList::new().append(name("a"), "\n a\0 ").unwrap_err();
    assert_eq!((error.byte, error.index), (0, 3));
    assert_eq!(error.to_string(), "0x00 at byte 3 is not allowed in a header value");
}

#[test]
fn lines_keep_their_order() {
    let headers = list([("B", "1"), ("a", "2"), ("b", "3")]);
    assert_eq!(shown(&headers), ["b: 1", "a: 2", "b: 3"]);
    assert_eq!(headers.lines(&name("b")).collect::<Vec<_>>(), [b"1", b"3"]);
    assert_eq!((headers.len(), headers.is_empty(), HeaderList::new().is_empty()), (3, false, true));
    assert!(headers.contains(&name("A")) && !headers.contains(&name("c")));
    assert_eq!((&headers).into_iter().len(), 3);
    assert_ne!(headers, list([("a", "2"), ("b", "1"), ("b", "3")]));
}

#[test]
fn get_combines_lines_and_borrows_a_single_one() {
    let headers = list([("a", "1"), ("b", ""), ("a", ""), ("a", "3")]);
    assert_eq!(headers.get(&name("a")).unwrap().as_ref(), b"1, , 3");
    assert!(matches!(headers.get(&name("b")), Some(Cow::Borrowed(b""))));
    assert_eq!(headers.get(&name("c")), None);
}

#[test]
fn set_keeps_the_first_position_and_combine_extends_the_value() {
    let mut headers = list([("a", "1"), ("b", "2"), ("a", "3"), ("c", "4"), ("a", "5")]);
    headers.combine(name("a"), " 6 ").unwrap();
    assert_eq!(shown(&headers), ["a: 1, 6", "b: 2", "a: 3", "c: 4", "a: 5"]);
    headers.set(name("a"), "7").unwrap();
    assert_eq!(shown(&headers), ["a: 7", "b: 2", "c: 4"]);
    headers.set(name("d"), "8").unwrap();
    headers.combine(name("e"), "9").unwrap();
    headers.delete(&name("b"));
    headers.delete(&name("none"));
    assert_eq!(shown(&headers), ["a: 7", "c: 4", "d: 8", "e: 9"]);
}

/// The table of the standard, below "get, decode, and split".
#[test]
fn values_split_as_in_the_table_of_the_standard() {
    type Row<'a> = (&'a [(&'a str, &'a str)], Option<&'a [&'a str]>);
    let table: [Row<'_>; 12] = [
        (&[("A", "nosniff,")], Some(&["nosniff", ""])),
        (&[("A", "nosniff"), ("B", "sniff"), ("A", "")], Some(&["nosniff", ""])),
        (&[("A", ""), ("B", "sniff")], Some(&[""])),
        (&[("B", "sniff")], None),
        (&[("A", "text/html;\", x/x")], Some(&["text/html;\", x/x"])),
        (&[("A", "text/html;\""), ("A", "x/x")], Some(&["text/html;\", x/x"])),
        (&[("A", "x/x;test=\"hi\",y/y")], Some(&["x/x;test=\"hi\"", "y/y"])),
        (&[("A", "x/x;test=\"hi\""), ("C", "**bingo**"), ("A", "y/y")], Some(&["x/x;test=\"hi\"", "y/y"])),
        (&[("A", "x / x,,,1")], Some(&["x / x", "", "", "1"])),
        (&[("A", "x / x"), ("A", ","), ("A", "1")], Some(&["x / x", "", "", "1"])),
        (&[("A", "\"1,2\", 3")], Some(&["\"1,2\"", "3"])),
        (&[("A", "\"1,2\""), ("D", "4"), ("A", "3")], Some(&["\"1,2\"", "3"])),
    ];
    for (lines, expected) in table {
        let headers = list(lines.iter().copied());
        let expected = expected.map(|it| it.iter().map(|it| Cow::Borrowed(it.as_bytes())).collect());
        assert_eq!(headers.get_decode_and_split(&name("a")), expected, "{headers:?}");
    }
}

#[test]
fn commas_in_quoted_strings_do_not_split() {
    assert_eq!(split(""), [""]);
    assert_eq!(split(","), ["", ""]);
    assert_eq!(split(" \ta\u{B}\t, b "), ["a\u{B}", "b"]);
    assert_eq!(split("\" a , b \" , c"), ["\" a , b \"", "c"]);
    assert_eq!(split(r#""a\",b",c"#), [r#""a\",b""#, "c"]);
    assert_eq!(split(r#""a\\",b"#), [r#""a\\""#, "b"]);
    assert_eq!(split(r#"a\",b",c"#), [r#"a\",b""#, "c"]);
    assert_eq!(split(r#""a,\"#), [r#""a,\"#]);
    assert_eq!(split(r#""a,"#), [r#""a,"#]);
    assert_eq!(split(r#"a"b"c"d,e"f,g"#), [r#"a"b"c"d,e"f"#, "g"]);
    assert_eq!(split(r#""a","#), [r#""a""#, ""]);
}

#[test]
fn sorting_combines_all_headers_except_cookies() {
    let headers = list([
        ("x-b", "1"),
        ("set-cookie", "z"),
        ("A", "2"),
        ("x_a", "3"),
        ("x-B", "4"),
        ("Set-Cookie", "a"),
    ]);
    assert_eq!(
        shown(&headers.sort_and_combine()),
        ["a: 2", "set-cookie: z", "set-cookie: a", "x-b: 1, 4", "x_a: 3"]
    );
    assert_eq!(HeaderList::new().sort_and_combine(), HeaderList::new());
}

#[test]
fn a_header_map_and_a_header_list_convert_to_each_other() {
    let headers = list([("vary", "a"), ("vary", "b"), ("x-a", "\u{E9}")]);
    let map = HeaderMap::try_from(&headers).unwrap();
    assert_eq!(map.get_all("vary").iter().collect::<Vec<_>>(), ["a", "b"]);
    assert_eq!(HeaderList::from(&map).sort_and_combine(), headers.sort_and_combine());

    let padded = HeaderMap::from_iter([(name("a"), HeaderValue::from_static(" x\t"))]);
    assert_eq!(HeaderList::from(&padded), list([("a", "x")]));
}

#[test]
fn a_header_map_refuses_some_values_of_a_header_list() {
    let error = HeaderMap::try_from(&list([("a", "1"), ("x-b", "\u{B}x")])).unwrap_err();
    assert_eq!(error, HeaderMapError::Value { name: name("x-b") });
    assert_eq!(
        error.to_string(),
        "the value of header `x-b` has a byte that `http::HeaderValue` does not allow"
    );

    let many = list((0..40_000).map(|number| (format!("x-{number}"), "")));
    assert_eq!(HeaderMap::try_from(&many), Err(HeaderMapError::TooMany));
}

#[test]
fn debug_output_has_one_line_per_header() {
    let headers = list([("a", &b"x\x0B"[..]), ("b", b"\xE9\"")]);
    assert_eq!(format!("{headers:?}"), r#"[a: x\x0b, b: \xe9\"]"#);
}

#[test]
fn hostile_values_are_split_in_one_pass() {
    let commas = list([("a", vec![b','; hostile_length()])]);
    assert_eq!(commas.get_decode_and_split(&name("a")).unwrap().len(), hostile_length() + 1);
    for value in [&b"\""[..], b"\\", b" ", b"\",", b"\"\\"] {
        let value = value.repeat(hostile_length() / 10 / value.len());
        assert!(list([("a", value)]).get_decode_and_split(&name("a")).unwrap().len() <= hostile_length());
    }
    let mut blank = HeaderList::new();
    blank.append(name("a"), vec![b' '; hostile_length()]).unwrap();
    assert_eq!(blank, list([("a", "")]));
}

#[test]
fn a_hundred_thousand_lines_are_sorted_and_combined_quickly() {
    let distinct = list((0..100_000).rev().map(|number| (format!("x-{number:05}"), "1")));
    let sorted = distinct.sort_and_combine();
    assert!(sorted.len() == 100_000 && sorted.iter().is_sorted_by_key(|(name, _)| name.as_str()));

    let same = list((0..100_000).map(|_| ("a", "1")));
    assert_eq!(same.sort_and_combine().len(), 1);
    assert_eq!(same.get(&name("a")).unwrap().len(), 299_998);
}
