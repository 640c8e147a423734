//! `Access-Control-Allow-Methods`.

use super::{ACAM, about, all_allowed_except, each};
use crate::{
    cases::draft::{Draft, all_allowed, at, fetch, response, shared, shared_with_credentials, simple, there},
    origins::A,
};

/// `Access-Control-Allow-Methods` with methods.
pub fn allow_methods() -> Vec<Draft> {
    let one = [
        "PUT",
        "*",
        "put",
        "Put",
        "PUT, DELETE",
        "DELETE,PUT",
        "DELETE",
        "GET, POST, HEAD",
        "",
        " ",
        ",",
        ",,PUT,,",
        ", PUT ,",
        "GET,,PUT",
        "PUT,",
        "PUT;",
        "PUT DELETE",
        "\"PUT\"",
        "'PUT'",
        "P@T",
        "PUT, @",
        "@, PUT",
        "PUT, GE T",
        "GE T",
        "PUT, \"DELETE\"",
        "PUT/1",
        "PUT\t,\tDELETE",
        "GET, *",
        "*, *",
        "**",
        "\"*\"",
        "*;",
        "PUT=",
        "PUT:",
        "P\u{fc}T",
        "PUT, \u{e9}",
        "all",
        "any",
        "{access-control-request-method}",
        "PUTX",
        "XPUT",
        "PUT\u{b}",
        "PUT, (c)",
        "%50%55%54",
        "PUT , DELETE",
        "PUT|DELETE",
        "PUT\\",
        "{PUT}",
        "[PUT]",
    ];
    let many: [&[&str]; 10] = [
        &[],
        &["GET", "PUT"],
        &["PUT", "PUT"],
        &["PUT", ""],
        &["", "PUT"],
        &["PUT", "@"],
        &["@", "PUT"],
        &["DELETE", "*"],
        &["*", "DELETE"],
        &["GET", "DELETE"],
    ];
    let mut drafts = Vec::new();
    for lines in each(&one, &many) {
        let about = about(ACAM, &lines);
        let preflight = || all_allowed_except(ACAM).lines(ACAM, &lines);
        drafts.push(simple(format!("PUT, {about}"), fetch("PUT", there()), Some(preflight()), shared()));
        let put = fetch("PUT", there()).include();
        drafts.push(simple(
            format!("PUT, {about}, credentials"),
            put,
            Some(preflight()),
            shared_with_credentials(),
        ));
        let post = fetch("POST", there()).header("x-a", "1");
        drafts.push(simple(format!("POST, {about}"), post, Some(preflight()), shared()));
    }
    for method in METHODS {
        for lines in [
            &[] as &[&str],
            &["*"],
            &[method],
            &["PUT, DELETE, PATCH, OPTIONS"],
            &["{access-control-request-method}"],
        ] {
            let about = format!("{method}, {}", about(ACAM, lines));
            let preflight = || all_allowed_except(ACAM).lines(ACAM, lines);
            drafts.push(simple(&about, fetch(method, there()), Some(preflight()), shared()));
            let include = fetch(method, there()).include();
            drafts.push(simple(
                format!("{about}, credentials"),
                include,
                Some(preflight()),
                shared_with_credentials(),
            ));
        }
        let upper = method.to_uppercase();
        let preflight = all_allowed_except(ACAM).methods(&upper);
        drafts.push(simple(
            format!("{method}, {ACAM}: {upper}"),
            fetch(method, there()),
            Some(preflight),
            shared(),
        ));
        let xhr = fetch(method, there()).xhr();
        drafts.push(simple(format!("{method} by XMLHttpRequest"), xhr, Some(all_allowed()), shared()));
        drafts.push(simple(
            format!("{method} to the page's own origin"),
            fetch(method, at(A, "x")),
            None,
            response(200),
        ));
    }
    drafts
}

const METHODS: [&str; 34] = [
    "GET",
    "get",
    "Get",
    "HEAD",
    "head",
    "POST",
    "post",
    "PoSt",
    "PUT",
    "put",
    "DELETE",
    "delete",
    "Delete",
    "OPTIONS",
    "options",
    "PATCH",
    "patch",
    "Patch",
    "*",
    "FOO",
    "foo",
    "PROPFIND",
    "QUERY",
    "CHICKEN",
    "M-SEARCH",
    "!#$%&'*+-.^_`|~",
    "CONNECT",
    "connect",
    "TRACE",
    "trace",
    "TRACK",
    "TrAcK",
    "GET ",
    "P\u{fc}T",
];
