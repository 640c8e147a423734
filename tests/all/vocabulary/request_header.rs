use crossorigin::request_header::{
    NotSafelisted, cors_safelisted_request_header, cors_unsafe_request_header_names,
    is_cors_safelisted_request_header, is_forbidden_request_header, is_no_cors_safelisted_request_header,
};

use super::{list, name};
use crate::proptest_config::hostile_length;

#[track_caller]
fn why(header: &str, value: impl AsRef<[u8]>) -> Option<NotSafelisted> {
    let reason = cors_safelisted_request_header(&name(header), value.as_ref()).err();
    assert_eq!(is_cors_safelisted_request_header(&name(header), value.as_ref()), reason.is_none());
    reason
}

#[track_caller]
fn unsafe_names<V: AsRef<[u8]>>(lines: &[(&str, V)]) -> Vec<String> {
    let headers = list(lines.iter().map(|(name, value)| (name, value)));
    cors_unsafe_request_header_names(&headers).iter().map(ToString::to_string).collect()
}

#[test]
fn five_names_are_safelisted() {
    for (header, value) in [
        ("Accept", "*/*"),
        ("ACCEPT-LANGUAGE", "en"),
        ("Content-Language", "de"),
        ("Content-Type", "text/plain"),
        ("Range", "bytes=0-"),
    ] {
        assert_eq!(why(header, value), None, "{header}");
    }
    for header in
        ["x-a", "authorization", "accept-encoding", "content-length", "dpr", "save-data", "origin", "accept_"]
    {
        assert_eq!(why(header, ""), Some(NotSafelisted::Name), "{header}");
        assert_eq!(why(header, "x".repeat(5000)), Some(NotSafelisted::Name), "{header}");
    }
}

#[test]
fn a_value_has_at_most_128_bytes() {
    assert_eq!(why("accept", "a".repeat(128)), None);
    assert_eq!(why("accept", "a".repeat(129)), Some(NotSafelisted::ValueTooLong { length: 129 }));
    assert_eq!(why("accept-language", "a".repeat(128)), None);
    let type_of = |length: usize| format!("text/plain;{}", "a".repeat(length - 11));
    assert_eq!(why("content-type", type_of(128)), None);
    assert_eq!(why("content-type", type_of(129)), Some(NotSafelisted::ValueTooLong { length: 129 }));
    let range_of = |length: usize| format!("bytes={}-", "0".repeat(length - 7));
    assert_eq!(why("range", range_of(128)), None);
    assert_eq!(why("range", range_of(129)), Some(NotSafelisted::ValueTooLong { length: 129 }));
}

#[test]
fn unsafe_bytes_are_controls_and_delimiters() {
    let unsafe_bytes: Vec<u8> =
        (0..=u8::MAX).filter(|byte| why("accept", [b'a', *byte, b'b']).is_some()).collect();
    let mut expected: Vec<u8> = (0..0x20).filter(|byte| *byte != 9).collect();
    expected.extend([0x22, 0x28, 0x29, 0x3A, 0x3C, 0x3E, 0x3F, 0x40, 0x5B, 0x5C, 0x5D, 0x7B, 0x7D, 0x7F]);
    assert_eq!(unsafe_bytes, expected);
}

#[test]
fn accept_allows_every_other_byte() {
    for byte in 0..=u8::MAX {
        let reason = why("accept", [b'a', byte, b'b']);
        assert!(matches!(reason, None | Some(NotSafelisted::UnsafeByte { index: 1, .. })), "{reason:?}");
    }
    assert_eq!(why("accept", ""), None);
    assert_eq!(why("accept", b"\xE9"), None);
    assert_eq!(why("accept", "a\tb"), None);
}

#[test]
fn languages_allow_letters_digits_and_seven_more_bytes() {
    for byte in 0..=u8::MAX {
        let allowed = byte.is_ascii_alphanumeric() || b" *,-.;=".contains(&byte);
        let reason = (!allowed).then_some(NotSafelisted::LanguageByte { byte, index: 2 });
        assert_eq!(why("accept-language", [b'e', b'n', byte]), reason);
        assert_eq!(why("content-language", [b'e', b'n', byte]), reason);
    }
    assert_eq!(why("accept-language", "en-US,en;q=0.9"), None);
    assert_eq!(why("accept-language", "en_US"), Some(NotSafelisted::LanguageByte { byte: b'_', index: 2 }));
    assert_eq!(why("accept-language", "en\tfr"), Some(NotSafelisted::LanguageByte { byte: 9, index: 2 }));
}

#[test]
fn three_types_are_safelisted_in_any_case_with_any_parameters() {
    for value in [
        "text/plain",
        "TEXT/PLAIN",
        " text/plain ",
        "text/plain;",
        "text/plain;garbage",
        "text/plain ; charset=utf-8",
        "text/plain;charset=utf-8",
        "text/plain;,",
        "text/plain;/",
        "multipart/form-data; boundary=x",
        "Application/X-WWW-Form-Urlencoded",
    ] {
        assert_eq!(why("content-type", value), None, "{value:?}");
    }
    for (value, essence) in [
        ("application/json", "application/json"),
        ("Application/JSON;charset=utf-8", "application/json"),
        ("text/plain'", "text/plain'"),
        ("text/html", "text/html"),
        ("text/plainx", "text/plainx"),
        ("a/b;text/plain", "a/b"),
        ("application/plain", "application/plain"),
        ("text/form-data", "text/form-data"),
        ("text/x-www-form-urlencoded", "text/x-www-form-urlencoded"),
    ] {
        assert_eq!(why("content-type", value), Some(NotSafelisted::MimeEssence { essence: essence.into() }));
    }
}

#[test]
fn an_invalid_mime_type_is_unsafe() {
    for value in [
        "",
        " ",
        "text",
        "text/",
        "/plain",
        "/",
        "text /plain",
        "text/ plain",
        "text/pla in",
        "text/plain,text/plain",
        "text/plain, application/json",
        ";text/plain",
        "text;/plain",
        "text//plain",
        "t\u{E9}xt/plain",
        "*",
        "text/plain\u{A0}",
    ] {
        assert_eq!(why("content-type", value), Some(NotSafelisted::MimeTypeInvalid), "{value:?}");
    }
    let quoted = Some(NotSafelisted::UnsafeByte { byte: b'"', index: 20 });
    assert_eq!(why("content-type", "text/plain; charset=\"utf-8\""), quoted);
}

#[test]
fn a_safelisted_range_is_single_and_has_a_start() {
    for value in ["bytes=0-", "bytes=0-0", "bytes=007-7", "bytes=99999999999999999999999-"] {
        assert_eq!(why("range", value), None, "{value}");
    }
    for value in [
        "bytes=5-4",
        "bytes=-",
        "Bytes=0-",
        "bytes=0-1,2-3",
        "bytes= 0-1",
        "bytes=0-1-2",
        "bytes=+0-1",
        "bytes=0",
    ] {
        assert_eq!(why("range", value), Some(NotSafelisted::RangeInvalid), "{value}");
    }
    assert_eq!(why("range", "bytes=-5"), Some(NotSafelisted::RangeWithoutStart));
}

#[test]
fn each_reason_has_a_message() {
    for (header, value, text) in [
        ("x-a", "", "its name is not one of accept, accept-language, content-language, content-type, range"),
        ("accept", "a:b", "`:` at byte 1 of its value is not allowed without a preflight"),
        (
            "accept-language",
            "en_US",
            "`_` at byte 2 of its value is not a letter, a digit, a space or one of *,-.;=",
        ),
        (
            "content-type",
            "application/JSON; a=b",
            "its type `application/json` is not one of application/x-www-form-urlencoded, multipart/form-data, text/plain",
        ),
        ("content-type", "json", "its value is not a valid MIME type such as text/plain"),
        ("range", "bytes=0-1,2-3", "its value is not a single range such as bytes=0-499"),
        ("range", "bytes=-500", "its range has no start, as in bytes=-500"),
    ] {
        assert_eq!(why(header, value).unwrap().to_string(), text);
    }
    assert_eq!(
        why("accept", "a".repeat(200)).unwrap().to_string(),
        "its value has 200 bytes, and more than 128 require a preflight"
    );
}

#[test]
fn each_line_is_classified_separately() {
    let long = "a".repeat(100);
    assert!(unsafe_names(&[("accept", &long), ("accept", &long)]).is_empty());
    let types = [("content-type", "application/json"), ("content-type", "text/plain")];
    assert_eq!(unsafe_names(&types), ["content-type"]);
    assert_eq!(unsafe_names(&[("content-type", "text/plain,text/plain")]), ["content-type"]);
}

#[test]
fn safelisted_values_have_at_most_1024_bytes_together() {
    let line = ("accept", "a".repeat(128));
    assert!(unsafe_names(&vec![line.clone(); 8]).is_empty());
    assert_eq!(unsafe_names(&vec![line.clone(); 9]), ["accept"]);

    let mut lines = vec![line; 8];
    lines.push(("x-a", "a".repeat(5000)));
    assert_eq!(unsafe_names(&lines), ["x-a"]);
    lines.push(("content-language", "d".to_owned()));
    assert_eq!(unsafe_names(&lines), ["accept", "content-language", "x-a"]);
}

#[test]
fn unsafe_names_are_unique_and_sorted_by_bytes() {
    let lines = [("X-B", "1"), ("x-a", "2"), ("X-b", "3"), ("x_a", "4"), ("X-1", "5"), ("accept", "6")];
    assert_eq!(unsafe_names(&lines), ["x-1", "x-a", "x-b", "x_a"]);
    assert_eq!(unsafe_names::<&str>(&[]).capacity(), 0);
    assert_eq!(cors_unsafe_request_header_names(&list([("accept", "*/*")])).capacity(), 0);
}

#[test]
fn headers_of_the_user_agent_are_forbidden() {
    for header in [
        "Accept-Charset",
        "Accept-Encoding",
        "Access-Control-Request-Headers",
        "Access-Control-Request-Method",
        "Connection",
        "Content-Length",
        "Cookie",
        "Cookie2",
        "Date",
        "DNT",
        "Expect",
        "Host",
        "Keep-Alive",
        "Origin",
        "Referer",
        "Set-Cookie",
        "TE",
        "Trailer",
        "Transfer-Encoding",
        "Upgrade",
        "Via",
        "Proxy-",
        "proxy-a",
        "Sec-",
        "sec-fetch-mode",
    ] {
        assert!(is_forbidden_request_header(&name(header), b""), "{header}");
    }
    for header in [
        "accept",
        "authorization",
        "content-type",
        "range",
        "user-agent",
        "sec",
        "proxy",
        "x-proxy-a",
        "set-cookie2",
        "access-control-request-private-network",
        "if-none-match",
        "x-a",
    ] {
        assert!(!is_forbidden_request_header(&name(header), b"TRACE"), "{header}");
    }
}

#[test]
fn a_header_may_not_override_the_method_with_a_forbidden_one() {
    for header in ["X-HTTP-Method", "X-HTTP-Method-Override", "X-Method-Override"] {
        for value in ["GET, TRACE", "trace", "connect,", ",,tRaCk\t", "\"GET\",CONNECT"] {
            assert!(is_forbidden_request_header(&name(header), value.as_bytes()), "{header}: {value}");
        }
        for value in
            ["", "GET", "\"GET,TRACE\"", "\"TRACE\"", "TRACE GET", "TRACES", "GET,\",TRACE", "TRACE\u{B}"]
        {
            assert!(!is_forbidden_request_header(&name(header), value.as_bytes()), "{header}: {value}");
        }
    }
}

#[test]
fn the_named_sets_have_these_members() {
    let all = [
        "accept",
        "accept-language",
        "authorization",
        "content-encoding",
        "content-language",
        "content-length",
        "content-location",
        "content-type",
        "cookie",
        "proxy-authorization",
        "range",
        "x-a",
    ];
    let members = |is_member: fn(&_) -> bool| -> Vec<&str> {
        all.into_iter().filter(|header| is_member(&name(header))).collect()
    };
    assert_eq!(
        members(|name| {
            let value = if name == "content-type" { "text/plain" } else { "" };
            is_no_cors_safelisted_request_header(name, value.as_bytes())
        }),
        ["accept", "accept-language", "content-language", "content-type"]
    );
}

#[test]
fn without_cors_a_range_is_not_safelisted() {
    assert!(is_no_cors_safelisted_request_header(&name("content-type"), b"text/plain"));
    assert!(!is_no_cors_safelisted_request_header(&name("content-type"), b"application/json"));
    assert!(!is_no_cors_safelisted_request_header(&name("range"), b"bytes=0-"));
}

#[test]
fn hostile_headers_are_classified_quickly() {
    for piece in [&b","[..], b"\"", b"/", b";", b" ", b"\0", b"\xFF"] {
        let value = piece.repeat(hostile_length() / 10);
        for header in ["accept", "accept-language", "content-type", "range", "x-http-method", "x-a"] {
            assert!(why(header, &value).is_some());
        }
        assert!(!is_forbidden_request_header(&name("x-http-method"), &value));
    }
    assert!(!is_forbidden_request_header(&name("x-http-method"), &vec![b','; hostile_length()]));
    let headers = list((0..100_000).rev().map(|number| (format!("x-{}", number / 2), "")));
    assert_eq!(cors_unsafe_request_header_names(&headers).len(), 50_000);
}
