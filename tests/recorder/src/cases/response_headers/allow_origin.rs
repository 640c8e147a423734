//! `Access-Control-Allow-Origin`.

use super::{ACAC, ACAO, about, each};
use crate::{
    cases::draft::{Draft, fetch, get, response, shared, simple, there},
    origins::{A, B, C, D, E, NULL},
};

/// `Access-Control-Allow-Origin` in the response and in the preflight's response, with and without
/// credentials.
pub fn allow_origin() -> Vec<Draft> {
    let one = [
        "*",
        A,
        NULL,
        B,
        C,
        D,
        "{origin}",
        "http://127.0.0.1:9001/",
        "http://127.0.0.1:9001/x",
        "HTTP://127.0.0.1:9001",
        "Http://127.0.0.1:9001",
        "http://127.0.0.1",
        "http://127.0.0.1:",
        "http://127.0.0.1:09001",
        "http://127.0.0.1:80",
        "http://127.0.0.1:*",
        "https://127.0.0.1:9001",
        "127.0.0.1:9001",
        "//127.0.0.1:9001",
        "127.0.0.1",
        "http://127.1:9001",
        "http://0x7f.0.0.1:9001",
        "http://2130706433:9001",
        "http://*.0.0.1:9001",
        "http://*",
        "http://*:9001",
        "*:9001",
        "",
        " ",
        "**",
        "* *",
        "*,*",
        "*, *",
        "*,",
        ",*",
        "\"*\"",
        "'*'",
        "any",
        "all",
        "true",
        "self",
        "same-origin",
        "NULL",
        "Null",
        "null,",
        "\"null\"",
        "undefined",
        "none",
        "file://",
        "about:blank",
        "http://127.0.0.1:9001, http://127.0.0.1:9001",
        "http://127.0.0.1:9001,http://127.0.0.1:9002",
        "http://127.0.0.1:9002, http://127.0.0.1:9001",
        "http://127.0.0.1:9001 http://127.0.0.1:9002",
        "http://127.0.0.1:9001, *",
        "*, http://127.0.0.1:9001",
        "http://127.0.0.1:9001,",
        ",http://127.0.0.1:9001",
        "http://127.0.0.1:9001;",
        "http://127.0.0.1:9001#",
        "http://127.0.0.1:9001?",
        "<http://127.0.0.1:9001>",
        "\"http://127.0.0.1:9001\"",
        "'http://127.0.0.1:9001'",
        "http://u@127.0.0.1:9001",
        "http://127.0.0.1:90011",
        "xhttp://127.0.0.1:9001",
        "http://127.0.0.1:9001.evil.example",
        "http://evil.example/http://127.0.0.1:9001",
        "http:\\\\127.0.0.1:9001",
        "http:/127.0.0.1:9001",
        "http://127.0.0.1:9001%20",
        "http://localhost:9001",
        "http://[::1]:9001",
        "http://127.0.0.1:9001\u{a0}",
        "http://127.0.0.1:9001\u{e9}",
        "\u{e9}",
        "{origin}/",
        "{origin}{origin}",
        "{origin}, {origin}",
        "  http://127.0.0.1:9001",
        "http://127.0.0.1:9001  ",
        "\thttp://127.0.0.1:9001\t",
        " * ",
        "\t*",
    ];
    let many: [&[&str]; 12] = [
        &[],
        &["*", "*"],
        &[A, A],
        &[A, B],
        &[B, A],
        &[A, "*"],
        &["*", A],
        &[A, ""],
        &["", A],
        &["", ""],
        &[NULL, A],
        &[NULL, NULL],
    ];
    let mut drafts = Vec::new();
    for lines in each(&one, &many) {
        let about = about(ACAO, &lines);
        let responses = || response(200).lines(ACAO, &lines);
        drafts.push(simple(&about, get(there()), None, responses()));
        let with_credentials = responses().with(ACAC, "true");
        drafts.push(simple(format!("{about}, credentials"), get(there()).include(), None, with_credentials));
        let preflight = responses().methods("PUT");
        drafts.push(simple(
            format!("{about} on the preflight"),
            fetch("PUT", there()),
            Some(preflight),
            shared(),
        ));
    }
    for page in [NULL, C, D, E] {
        for lines in [
            &["*"] as &[&str],
            &[NULL],
            &[page],
            &[A],
            &["{origin}"],
            &["NULL"],
            &["Null"],
            &["\"null\""],
            &[],
            &["null, null"],
            &["http://localhost"],
        ] {
            let about = format!("{} for {page}", about(ACAO, lines));
            drafts.push(simple(&about, get(there()), None, response(200).lines(ACAO, lines)).page(page));
            let with_credentials = response(200).lines(ACAO, lines).with(ACAC, "true");
            drafts.push(
                simple(format!("{about}, credentials"), get(there()).include(), None, with_credentials)
                    .page(page),
            );
        }
    }
    drafts
}
