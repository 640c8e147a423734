//! How `XMLHttpRequest` changes the `Content-Type` that an author sets for a string.

use crossorigin::{
    browser::{Body, Profile, Request, Step, Timestamp, UserAgent},
    http::header::CONTENT_TYPE,
    request_header::cors_unsafe_request_header_names,
};
use proptest::prelude::*;

use super::support::{A, B, page};
use crate::{model::mime_type::author_content_type_for_a_text, proptest_config::cases};

const STRING: &str = "text/plain;charset=UTF-8";

fn posted(author_type: &[u8], body_type: Option<&str>) -> Request {
    let page = page(A);
    let xhr = page.xml_http_request("POST", B).header("Content-Type", author_type);
    xhr.body(Body::Replayable, body_type).send().unwrap()
}

fn sent(request: &Request) -> Vec<u8> {
    request.headers.get(&CONTENT_TYPE).unwrap().into_owned()
}

#[test]
fn the_charset_of_a_text_becomes_utf_8() {
    for (author_type, expected) in [
        ("text/plain;charset=shift-jis", "text/plain;charset=UTF-8"),
        ("text/plain;charset= utf-8", "text/plain;charset=UTF-8"),
        ("text/plain;charset=\" utf-8\"", "text/plain;charset=UTF-8"),
        ("text/plain;charset=\"\"", "text/plain;charset=UTF-8"),
        ("YO/yo;charset=x;yo=YO; X=y", "yo/yo;charset=UTF-8;yo=YO;x=y"),
        ("x/y; charset=windows-1252; charset=bogus; none; charset=ascii", "x/y;charset=UTF-8"),
        (r#"x/y;a="b\"c";CharSet=d;e="";f==;g=h i;g=j"#, r#"x/y;a="b\"c";charset=UTF-8;e="";f="=";g="h i""#),
        (r#"x/y;a="b\"#, r#"x/y;a="b\"#),
        (r#"x/y;charset=z;a="b\"#, r#"x/y;charset=UTF-8;a="b\\""#),
        ("x/y;charset=z;=b;c d=e;f", "x/y;charset=UTF-8"),
        ("x/y;charset=z;a=\u{1};b=\"\u{7F}\";c=\"\t \"", "x/y;charset=UTF-8;c=\"\t \""),
    ] {
        assert_eq!(sent(&posted(author_type.as_bytes(), Some(STRING))), expected.as_bytes(), "{author_type}");
    }
}

#[test]
fn the_type_of_a_body_that_is_not_a_header_value_is_ignored() {
    let page = page(A);
    let xhr =
        page.xml_http_request("POST", B).body(Body::Replayable, Some("text/plain\r\nx: y")).send().unwrap();
    let fetch = page.fetch(B).method("POST").body(Body::Replayable, Some("text/plain\0")).build().unwrap();
    for request in [xhr, fetch] {
        assert!(request.headers.is_empty());
        for profile in [Profile::standard(), Profile::chromium(), Profile::firefox(), Profile::webkit()] {
            let step = UserAgent::new(profile).fetch(request.clone(), Timestamp::ZERO);
            assert!(matches!(step, Step::Send(_)));
        }
    }
}

#[test]
fn nothing_else_in_a_type_changes() {
    for author_type in [
        "",
        "text; charset=ascii",
        "charset=ascii",
        "text/plain",
        "text/plain;  hi=bye",
        "text/plain;charset=utf-8",
        "Text/Plain;charset=utf-8;charset=waddup",
        "text/plain;charset=\"utf-8\"",
        r#"text/plain;charset="u\t\f-8""#,
        "text/plain;charset=",
    ] {
        assert_eq!(sent(&posted(author_type.as_bytes(), Some(STRING))), author_type.as_bytes());
    }
    // It does not change for bytes or a `Blob` either.
    for body_type in [None, Some("text/plain;charset=utf-8"), Some("x/y;charset=UTF-8")] {
        assert_eq!(sent(&posted(b"text/plain;charset=x", body_type)), b"text/plain;charset=x");
    }
    for body_type in [
        "application/x-www-form-urlencoded;charset=UTF-8",
        "text/html;charset=UTF-8",
        "application/xml;charset=UTF-8",
    ] {
        assert_eq!(sent(&posted(b"x/y;charset=z", Some(body_type))), b"x/y;charset=UTF-8", "{body_type}");
    }
}

/// A charset in quotes needs a preflight. Other charsets are replaced before the safelist is checked.
#[test]
fn a_charset_in_quotes_needs_no_preflight_unless_it_is_utf_8() {
    let unsafe_names = |author_type: &[u8]| {
        let names = cors_unsafe_request_header_names(&posted(author_type, Some(STRING)).headers);
        names.iter().map(|name| name.to_string()).collect::<Vec<_>>()
    };
    assert_eq!(unsafe_names(br#"text/plain;charset="latin1""#), [""; 0]);
    assert_eq!(unsafe_names(br#"text/plain;charset="utf-8""#), ["content-type"]);
}

proptest! {
    #![proptest_config(cases(2_000))]

    /// The initiator changes a type exactly as the model does.
    #[test]
    fn a_type_is_changed_as_the_model_changes_it(
        pieces in prop::collection::vec(
            prop::sample::select(&[
                "x/y", "charset", "CHARSET", "utf-8", "a", "b", "=", "=", ";", ";", "\"", "\\", " ", "\t", "\u{1}",
                "é", "",
            ][..]),
            0..16,
        ),
    ) {
        let author_type = ["x/y;", &pieces.concat()].concat();
        let normalized = author_type.trim_end_matches([' ', '\t']).as_bytes();
        let expected = author_content_type_for_a_text(normalized);
        prop_assert_eq!(sent(&posted(author_type.as_bytes(), Some(STRING))), expected);
    }
}
