//! Requests.

use crate::{
    cases::{
        draft::{Draft, Fetch, at, fetch, get, shared_with_credentials, there},
        redirects::{along, letters},
        requests::all_granted,
    },
    origins::{A, B, C, NULL},
};

/// Values of `Content-Type` that are nearly ones, and lists of them.
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
        let with =
            |asked: Fetch| values.iter().fold(asked, |asked, value| asked.header("content-type", value));
        let about = format!("content-type: {}", values.join(" | "));
        for (door, asked) in [
            ("fetch", get(there())),
            ("POST", fetch("POST", there()).body()),
            ("XMLHttpRequest", get(there()).xhr()),
            ("no-cors", get(there()).mode("no-cors")),
            ("no-cors, POST", fetch("POST", there()).mode("no-cors").body()),
            ("no-cors, own origin", fetch("POST", at(A, "x")).mode("no-cors").body()),
            ("no-cors, text", fetch("POST", there()).mode("no-cors").text()),
        ] {
            drafts.push(all_granted(format!("{door}, {about}"), with(asked)));
        }
        // A `Blob` has no type with a tab in it.
        let [body_type] = values else { continue };
        if body_type.contains('\t') {
            continue;
        }
        for mode in ["cors", "no-cors"] {
            let asked = fetch("POST", there()).mode(mode).body().set("body_type", *body_type);
            drafts.push(all_granted(format!("{mode}, a body of the type {body_type}"), asked));
        }
    }
    for (name, value) in [("accept", "\u{e9}"), ("content-type", "text/plain;a=\u{e9}")] {
        for target in [A, B] {
            let asked = fetch("POST", at(target, "x")).mode("no-cors").header(name, value);
            drafts.push(all_granted(format!("no-cors, {target}, {name}: {value}"), asked.text()));
        }
    }
    drafts
}

/// Names that override methods, set more than once.
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
            let with = |asked: Fetch| values.iter().fold(asked, |asked, value| asked.header(name, value));
            for (door, asked) in [
                ("fetch()", get(there())),
                ("XMLHttpRequest", get(there()).xhr()),
                ("own origin", get(at(A, "x"))),
            ] {
                drafts.push(all_granted(format!("{door}, {name}: {}", values.join(" | ")), with(asked)));
            }
        }
    }
    drafts
}

/// Charsets of a `Content-Type` that the author sets, by door and body. `XMLHttpRequest` has a say in that of a text.
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
        for (about, asked) in [
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
            drafts.push(all_granted(about, asked.header("content-type", value)));
        }
    }
    for value in
        ["text/plain;charset=latin1", "text/plain;charset=\"latin1\"", "text/plain;charset=\"utf-8\""]
    {
        for method in ["GET", "HEAD"] {
            let asked = fetch(method, there()).xhr().text().header("content-type", value);
            drafts.push(all_granted(format!("{method} with a text, content-type: {value}"), asked));
        }
        for (status, chain) in [
            (307, &[A, B][..]),
            (307, &[B, C]),
            (307, &[B, B]),
            (302, &[A, B]),
            (302, &[B, C]),
            (302, &[B, B]),
        ] {
            let asked = fetch("POST", "").xhr().text().header("content-type", value);
            let about = format!("{status} along {}, content-type: {value}", letters(chain));
            drafts.push(along(&about, asked, status, chain, |_| shared_with_credentials()));
        }
    }
    drafts
}

/// Bodies of `XMLHttpRequest`s that have none, by their methods.
pub fn lost_bodies() -> Vec<Draft> {
    let mut drafts = Vec::new();
    let types =
        ["application/x-www-form-urlencoded;charset=UTF-8", "text/plain;charset=UTF-8", "application/json"];
    for method in ["GET", "HEAD"] {
        for body_type in types {
            let asked = |url: String| fetch(method, url).xhr().body().set("body_type", body_type);
            for chain in [&[A][..], &[B], &[A, B], &[B, B], &[B, C], &[A, A, A]] {
                let about = format!("{method} with {body_type}, {}", letters(chain));
                drafts.push(along(&about, asked(String::new()), 307, chain, |_| shared_with_credentials()));
                drafts.push(along(&about, asked(String::new()), 302, chain, |_| shared_with_credentials()));
            }
            for (name, value) in [("content-type", "text/plain"), ("content-type", ""), ("x-a", "1")] {
                let about = format!("{method} with {body_type}, and {name}: {value}");
                drafts.push(all_granted(about, asked(there()).header(name, value)));
            }
            let listened = asked(there()).set("upload_listener", true);
            drafts.push(all_granted(format!("{method} with {body_type}, upload listener"), listened));
            drafts.push(
                all_granted(format!("{method} with {body_type}, an opaque origin"), asked(there()))
                    .page(NULL),
            );
        }
    }
    drafts
}
