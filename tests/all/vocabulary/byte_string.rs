//! Bytes from outside, and how they are printed.

use crossorigin::ByteString;

#[test]
fn bytes_are_kept_unchanged() {
    for bytes in [&b""[..], b"a", b"\0\r\n\xff", &[b'x'; 500]] {
        assert_eq!(ByteString::from(bytes).as_bytes(), bytes);
    }
    assert_ne!(ByteString::from("a"), ByteString::from("b"));
}

#[test]
fn unprintable_bytes_are_escaped_and_quotes_are_not() {
    for (bytes, shown) in [
        (&b""[..], ""),
        (b"https://a.test", "https://a.test"),
        (b"\"a\" 'b'", "\"a\" 'b'"),
        (b"\\", r"\\"),
        (b"\x1b[2J\r\n\t\0\x7f\xff", r"\x1b[2J\r\n\t\x00\x7f\xff"),
    ] {
        assert_eq!(ByteString::from(bytes).to_string(), shown);
        assert_eq!(format!("{:?}", ByteString::from(bytes)), format!("\"{shown}\""));
    }
}

#[test]
fn a_hundred_and_twenty_bytes_are_shown_and_the_rest_is_counted() {
    let shown = "x".repeat(120);
    assert_eq!(ByteString::from(&shown).to_string(), shown);
    assert_eq!(ByteString::from(&"x".repeat(121)).to_string(), format!("{shown}… (121 bytes)"));
}
