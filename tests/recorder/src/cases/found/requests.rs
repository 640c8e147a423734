//! Requests.

use crate::{
    cases::{
        draft::{Draft, Fetch, at, fetch, get, shared_with_credentials, there},
        redirects::{along, letters},
        requests::with_all_allowed,
    },
    origins::{A, B, C, NULL},
};

/// Values of `Content-Type` that are nearly valid, and lists of values.
pub fn content_types() -> Vec<Draft> {
    let mut drafts = Vec::new();
    let values = [
        &["text/plain;;"][..],
        &["text/plain;;a"],
        &["text/plain;a;"],
        &["text/plain;a;;b"],
        &["text/plain; ;"],
        &["text/plain; "],
        &["text/plain;a; "],
        &["text/plain;\t;a"],
        &["text/plain;a=b;"],
        &["text/plain;a,"],
        &["text/plain;,"],
        &["text/plain ;a"],
        &["multipart/form-data;a,b;c"],
        &["multipart/form-data;;"],
        &["application/x-www-form-urlencoded;a;"],
        &["text/plain;a", "text/plain"],
        &["text/plain;a", "application/json"],
        &["text/plain;a", "b;"],
    ];
    for values in values {
        let with = |request: Fetch| {
            values.iter().fold(request, |request, value| request.header("content-type", value))
        };
        let about = format!("content-type: {}", values.join(" | "));
        for (door, request) in [
            ("fetch", get(there())),
            ("POST", fetch("POST", there()).body()),
            ("XMLHttpRequest", get(there()).xhr()),
            ("no-cors", get(there()).mode("no-cors")),
            ("no-cors, POST", fetch("POST", there()).mode("no-cors").body()),
            ("no-cors, own origin", fetch("POST", at(A, "x")).mode("no-cors").body()),
            ("no-cors, text", fetch("POST", there()).mode("no-cors").text()),
        ] {
            drafts.push(with_all_allowed(format!("{door}, {about}"), with(request)));
        }
        // The type of a `Blob` cannot contain a tab.
        let [body_type] = values else { continue };
        if body_type.contains('\t') {
            continue;
        }
        for mode in ["cors", "no-cors"] {
            let request = fetch("POST", there()).mode(mode).body().set("body_type", *body_type);
            drafts.push(with_all_allowed(format!("{mode}, a body of the type {body_type}"), request));
        }
    }
    for (name, value) in [("accept", "\u{e9}"), ("content-type", "text/plain;a=\u{e9}")] {
        for target in [A, B] {
            let request = fetch("POST", at(target, "x")).mode("no-cors").header(name, value);
            drafts.push(with_all_allowed(format!("no-cors, {target}, {name}: {value}"), request.text()));
        }
    }
    drafts
}

/// Headers that override the method, set more than once.
pub fn method_overrides() -> Vec<Draft> {
    let mut drafts = Vec::new();
    for name in ["x-http-method", "x-http-method-override", "x-method-override", "x-other"] {
        for values in [
            &["PUT", "TRACE"][..],
            &["TRACE", "PUT"],
            &["PUT", "PATCH"],
            &["PUT", "GET, TRACE"],
            &["TRACE", "TRACK"],
            &["", "TRACE"],
            &["PUT", "TRACE", "PATCH"],
            &["\"PUT", "TRACE\""],
            &["\"PUT", "TRACE"],
        ] {
            let with =
                |request: Fetch| values.iter().fold(request, |request, value| request.header(name, value));
            for (door, request) in [
                ("fetch()", get(there())),
                ("XMLHttpRequest", get(there()).xhr()),
                ("own origin", get(at(A, "x"))),
            ] {
                drafts
                    .push(with_all_allowed(format!("{door}, {name}: {}", values.join(" | ")), with(request)));
            }
        }
    }
    drafts
}

/// Charsets in a `Content-Type` of the author, by initiator and body. `XMLHttpRequest` changes that of a
/// string.
pub fn charsets() -> Vec<Draft> {
    let mut drafts = Vec::new();
    for value in [
        "text/plain;charset=utf-8",
        "text/plain;charset=latin1",
        "text/plain;charset=\"utf-8\"",
        "text/plain;charset=\"latin1\"",
        "text/plain;charset= utf-8",
        "text/plain; Charset=x;a=b",
        "Text/Plain;a=\"b\\\"c\";charset=x; D=e ;f",
        "text/plain;charset=x;charset=utf-8",
        "text/plain;charset=utf-8;charset=x",
        "text/plain;charset=\"\"",
        "text/plain;charset=",
        "text/plain;charset",
        "text/plain;a=\"charset=x\"",
        "text/plain;a=b;charset=\"x",
        "text/plain;charset='x'",
        "text;charset=x",
        "application/json;charset=x",
        "x/y;charset=x",
    ] {
        for (about, request) in [
            ("XMLHttpRequest with a text", fetch("POST", there()).xhr().text()),
            (
                "XMLHttpRequest with a form",
                fetch("POST", there())
                    .xhr()
                    .body()
                    .set("body_type", "application/x-www-form-urlencoded;charset=UTF-8"),
            ),
            ("XMLHttpRequest with bytes", fetch("POST", there()).xhr().body()),
            (
                "XMLHttpRequest with a Blob",
                fetch("POST", there()).xhr().body().set("body_type", "text/plain"),
            ),
            ("fetch() with a text", fetch("POST", there()).text()),
        ] {
            let about = format!("{about}, content-type: {value}");
            drafts.push(with_all_allowed(about, request.header("content-type", value)));
        }
    }
    for value in
        ["text/plain;charset=latin1", "text/plain;charset=\"latin1\"", "text/plain;charset=\"utf-8\""]
    {
        for method in ["GET", "HEAD"] {
            let request = fetch(method, there()).xhr().text().header("content-type", value);
            drafts.push(with_all_allowed(format!("{method} with a text, content-type: {value}"), request));
        }
        for (status, chain) in [
            (307, &[A, B][..]),
            (307, &[B, C]),
            (307, &[B, B]),
            (302, &[A, B]),
            (302, &[B, C]),
            (302, &[B, B]),
        ] {
            let request = fetch("POST", "").xhr().text().header("content-type", value);
            let about = format!("{status} along {}, content-type: {value}", letters(chain));
            drafts.push(along(&about, request, status, chain, |_| shared_with_credentials()));
        }
    }
    drafts
}

/// Bodies of `XMLHttpRequest`s that are dropped, by method.
pub fn lost_bodies() -> Vec<Draft> {
    let mut drafts = Vec::new();
    let types =
        ["application/x-www-form-urlencoded;charset=UTF-8", "text/plain;charset=UTF-8", "application/json"];
    for method in ["GET", "HEAD"] {
        for body_type in types {
            let request = |url: String| fetch(method, url).xhr().body().set("body_type", body_type);
            for chain in [&[A][..], &[B], &[A, B], &[B, B], &[B, C], &[A, A, A]] {
                let about = format!("{method} with {body_type}, {}", letters(chain));
                drafts.push(along(&about, request(String::new()), 307, chain, |_| shared_with_credentials()));
                drafts.push(along(&about, request(String::new()), 302, chain, |_| shared_with_credentials()));
            }
            for (name, value) in [("content-type", "text/plain"), ("content-type", ""), ("x-a", "1")] {
                let about = format!("{method} with {body_type}, and {name}: {value}");
                drafts.push(with_all_allowed(about, request(there()).header(name, value)));
            }
            let listened = request(there()).set("upload_listener", true);
            drafts.push(with_all_allowed(format!("{method} with {body_type}, upload listener"), listened));
            drafts.push(
                with_all_allowed(format!("{method} with {body_type}, an opaque origin"), request(there()))
                    .page(NULL),
            );
        }
    }
    drafts
}
