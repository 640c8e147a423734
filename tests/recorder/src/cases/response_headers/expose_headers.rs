//! `Access-Control-Expose-Headers`.

use super::{ACEH, about, each};
use crate::{
    cases::draft::{
        Draft, ScriptedResponse, at, get, response, shared, shared_with_credentials, simple, there,
    },
    origins::A,
};

/// `Access-Control-Expose-Headers`, and what is visible without it.
pub fn expose_headers() -> Vec<Draft> {
    const EXTRA: [(&str, &str); 5] = [
        ("x-a", "1"),
        ("x-b", "2"),
        ("etag", "\"3\""),
        ("set-cookie", "seen=1; path=/~/"),
        ("content-type", "text/plain"),
    ];
    let one = [
        "x-a",
        "X-A",
        "*",
        "",
        " ",
        ",",
        "x-a,x-b",
        "x-a, X-B",
        " x-a ,\tx-b",
        ",,x-a,,",
        "x-a,",
        ",x-a",
        "x-a;",
        "x-a x-b",
        "\"x-a\"",
        "\"x-a\",x-b",
        "'x-a',x-b",
        "x-a,,@#$",
        "x@a",
        "x-a, x@a",
        "*, x-a",
        "x-a, *",
        "**",
        "\"*\"",
        "x-*",
        "set-cookie",
        "Set-Cookie, x-a",
        "set-cookie2",
        "x-a\u{b}",
        "x-a, \u{e9}",
        "any",
        "true",
        "x-c",
        "content-type",
        "etag, x-a, x-b",
        "x-a=1",
        "x-a:",
        "x-a/x-b",
        "(x-a)",
        "x-a, (x-b)",
        "access-control-allow-origin",
        "vary",
    ];
    let many: [&[&str]; 9] = [
        &[],
        &["x-a", "x-b"],
        &["x-a", "no no"],
        &["no no", "x-a"],
        &["x-a", ""],
        &["", "x-a"],
        &["x-a", "*"],
        &["*", "*"],
        &["x-a", "x-a"],
    ];
    let mut drafts = Vec::new();
    for lines in each(&one, &many) {
        let about = about(ACEH, &lines);
        let responses = |response: ScriptedResponse| response.lines(ACEH, &lines).with_all(&EXTRA);
        drafts.push(simple(&about, get(there()), None, responses(shared())));
        let with_credentials = responses(shared_with_credentials());
        drafts.push(simple(format!("{about}, credentials"), get(there()).include(), None, with_credentials));
        drafts.push(simple(
            format!("{about}, XMLHttpRequest"),
            get(there()).xhr(),
            None,
            responses(shared()),
        ));
    }
    for name in [
        "accept",
        "accept-ranges",
        "age",
        "allow",
        "cache-control",
        "content-disposition",
        "content-language",
        "content-length",
        "content-location",
        "content-type",
        "date",
        "etag",
        "expires",
        "last-modified",
        "link",
        "location",
        "pragma",
        "refresh",
        "retry-after",
        "server",
        "timing-allow-origin",
        "vary",
        "warning",
        "x-a",
        "x-content-type-options",
        "access-control-allow-origin",
        "access-control-allow-credentials",
        "access-control-max-age",
        "cross-origin-resource-policy",
        "content-security-policy",
        "www-x",
        "*",
        "set-cookie2",
    ] {
        let value = if name == "content-length" {
            "2"
        } else if name == "refresh" {
            "99; url=/"
        } else {
            "1"
        };
        for lines in [&[] as &[&str], &["*"], &[name]] {
            let about = format!("{name}, {}", about(ACEH, lines));
            let responses =
                response(200).with("access-control-allow-origin", "*").lines(ACEH, lines).with(name, value);
            if name == "access-control-allow-origin" {
                continue;
            }
            drafts.push(simple(&about, get(there()), None, responses));
        }
        let own = response(200).with(name, value);
        drafts.push(simple(format!("{name} of the page's own origin"), get(at(A, "x")), None, own));
    }
    for lines in [
        &["a", "b"] as &[&str],
        &["a", ""],
        &["", ""],
        &["a,b", "c"],
        &[" a ", "\tb"],
        &["\u{e9}"],
        &["a\tb"],
        &[""],
    ] {
        let about = format!("several lines of a visible header: {}", lines.join(" | "));
        let responses = shared().with(ACEH, "x-a").lines("x-a", lines);
        drafts.push(simple(&about, get(there()), None, responses.clone()));
        drafts.push(simple(format!("{about}, XMLHttpRequest"), get(there()).xhr(), None, responses));
    }
    drafts
}
