//! `Access-Control-Allow-Credentials`.

use super::{ACAC, ACAO, about, each};
use crate::{
    cases::draft::{Draft, ScriptedResponse, fetch, get, response, shared_with_credentials, simple, there},
    origins::{A, C, NULL},
};

/// `Access-Control-Allow-Credentials`, if it is needed and if it is not.
pub fn allow_credentials() -> Vec<Draft> {
    let one = [
        "true",
        "True",
        "TRUE",
        "tRUE",
        " true ",
        "\ttrue",
        "false",
        "1",
        "yes",
        "",
        "on",
        "\"true\"",
        "'true'",
        "true,",
        ",true",
        "true, true",
        "true,true",
        "true;",
        "true=1",
        "truetrue",
        "true true",
        "true\u{b}",
        "\u{b}true",
        "true\u{c}",
        "true\u{a0}",
        "tr\u{fc}e",
        "t",
        "include",
        "*",
        "null",
        "?1",
        "true, false",
        "false, true",
    ];
    let many: [&[&str]; 8] = [
        &[],
        &["true", "true"],
        &["true", "false"],
        &["false", "true"],
        &["true", ""],
        &["", "true"],
        &["true", "*"],
        &["", ""],
    ];
    let mut drafts = Vec::new();
    for lines in each(&one, &many) {
        let about = about(ACAC, &lines);
        let responses = || response(200).origin(A).lines(ACAC, &lines);
        drafts.push(simple(format!("{about}, include"), get(there()).include(), None, responses()));
        drafts.push(simple(format!("{about}, same-origin"), get(there()), None, responses()));
        let preflight = responses().methods("PUT");
        let put = fetch("PUT", there()).include();
        drafts.push(simple(
            format!("{about} on the preflight"),
            put,
            Some(preflight),
            shared_with_credentials(),
        ));
    }
    for credentials in ["omit", "same-origin", "include"] {
        for origin in ["*", A, "{origin}", NULL] {
            for allow in [None, Some("true"), Some("false")] {
                let responses =
                    |response: ScriptedResponse| response.origin(origin).lines(ACAC, allow.as_slice());
                let about = format!("{credentials}, {ACAO}: {origin}, {ACAC}: {}", allow.unwrap_or("absent"));
                let get = get(there()).credentials(credentials);
                drafts.push(simple(&about, get.clone(), None, responses(response(200))));
                drafts.push(
                    simple(format!("{about}, opaque"), get.clone(), None, responses(response(200)))
                        .page(NULL),
                );
                drafts.push(
                    simple(format!("{about}, other host"), get.clone(), None, responses(response(200)))
                        .page(C),
                );
                let put = fetch("PUT", there()).credentials(credentials);
                let preflight = responses(response(200)).methods("PUT");
                drafts.push(simple(
                    format!("{about}, preflight"),
                    put,
                    Some(preflight),
                    responses(response(200)),
                ));
            }
        }
    }
    drafts
}
