//! `Access-Control-Allow-Headers`.

use super::{ACAH, about, all_allowed_except, each};
use crate::cases::draft::{Draft, fetch, get, shared, shared_with_credentials, simple, there};

/// `Access-Control-Allow-Headers` with request headers.
pub fn allow_headers() -> Vec<Draft> {
    let one = [
        "x-a",
        "X-A",
        "X-a",
        "*",
        "",
        " ",
        ",",
        ",,x-a,,",
        ", x-a ,",
        "x-b",
        "x-a,x-b",
        "x-b, x-a",
        "x-b,X-A,x-c",
        "x-a;",
        "x-a x-b",
        "\"x-a\"",
        "'x-a'",
        "x@a",
        "x-a, x@a",
        "x@a, x-a",
        "x-a, (x)",
        "x-a:",
        "x-a=1",
        "x_a",
        "x-",
        "x",
        "-a",
        "x-a\t,\tx-b",
        "x-b, *",
        "*, *",
        "**",
        "\"*\"",
        "x-*",
        "*-a",
        "x\u{e9}",
        "x-a, \u{e9}",
        "any",
        "true",
        "{access-control-request-headers}",
        "x-aa",
        "xx-a",
        "x-a\u{b}",
        "x-a/1",
        "[x-a]",
        "accept",
        "content-type",
    ];
    let many: [&[&str]; 9] = [
        &[],
        &["x-b", "x-a"],
        &["x-a", "x-a"],
        &["x-a", ""],
        &["", "x-a"],
        &["x-a", "x@a"],
        &["x@a", "x-a"],
        &["x-b", "*"],
        &["x-b", "x-c"],
    ];
    let mut drafts = Vec::new();
    for lines in each(&one, &many) {
        let about = about(ACAH, &lines);
        let preflight = || all_allowed_except(ACAH).lines(ACAH, &lines);
        let get = get(there()).header("X-A", "1");
        drafts.push(simple(&about, get.clone(), Some(preflight()), shared()));
        drafts.push(simple(
            format!("{about}, credentials"),
            get.include(),
            Some(preflight()),
            shared_with_credentials(),
        ));
        let put = fetch("PUT", there());
        drafts.push(simple(format!("PUT without headers, {about}"), put, Some(preflight()), shared()));
    }
    for name in [
        "authorization",
        "Authorization",
        "content-type",
        "x-a",
        "if-none-match",
        "range",
        "accept",
        "accept-language",
        "x-a.b",
        "x_a",
        "1",
        "*",
        "!#$%&'*+-.^_`|~",
        "cache-control",
        "pragma",
        "dnt",
        "priority",
        "proxy-x",
        "sec-x",
        "user-agent",
        "x-requested-with",
        "traceparent",
        "if-match",
        "if-modified-since",
        "expect",
        "link",
        "etag",
        "last-event-id",
        "idempotency-key",
        "x-http-method-override",
        "content-encoding",
        "content-location",
    ] {
        // Every byte of it is unsafe, so a preflight must allow it.
        for lines in
            [&[] as &[&str], &["*"], &[name], &["*, authorization"], &["{access-control-request-headers}"]]
        {
            let about = format!("{name}, {}", about(ACAH, lines));
            let preflight = || all_allowed_except(ACAH).lines(ACAH, lines);
            let get = get(there()).header(name, "\"1\"");
            drafts.push(simple(&about, get.clone(), Some(preflight()), shared()));
            let with_credentials = Some(preflight());
            drafts.push(simple(
                format!("{about}, credentials"),
                get.include(),
                with_credentials,
                shared_with_credentials(),
            ));
        }
    }
    let names = [("x-c", "1"), ("X-A", "2"), ("x-b", "3"), ("x_d", "4"), ("X-1", "5")];
    for allowed in ["x-a, x-b, x-c, x_d, x-1", "x-a,x-b,x-c,x_d", "x-a", "*", "x-1, *"] {
        let get = get(there()).headers(&names);
        let preflight = all_allowed_except(ACAH).allow_headers(allowed);
        drafts.push(simple(format!("five headers, {ACAH}: {allowed}"), get, Some(preflight), shared()));
    }
    drafts
}
