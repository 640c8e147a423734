//! Preflights after redirects: which are sent, and what they list.

use super::{along, letters, sequences, url};
use crate::{
    cases::draft::{
        Draft, all_allowed, at, fetch, get, redirect, response, shared, shared_with_credentials, there,
    },
    origins::{A, B, C, NULL},
};

/// Preflights after redirects: which are sent, and what they list.
pub fn preflights() -> Vec<Draft> {
    let mut drafts = Vec::new();
    for chain in sequences(&[A, B, C], 2).into_iter().chain(sequences(&[B, C], 3)) {
        let name = letters(&chain);
        for refusing in 0..chain.len() {
            for (what, preflight) in [
                ("refused", response(200)),
                ("answered 404", all_allowed().status(404)),
                ("without the method", shared_with_credentials().allow_headers("x-a")),
                ("for the page's origin", response(200).origin(A).methods("PUT").allow_headers("x-a")),
                ("for null", response(200).origin(NULL).methods("PUT").allow_headers("x-a")),
                ("for all", shared().methods("*").allow_headers("*")),
            ] {
                let request = fetch("PUT", "").header("x-a", "1");
                let draft = along(
                    format!("{name}, preflight of hop {refusing} {what}"),
                    request,
                    307,
                    &chain,
                    |_| shared_with_credentials(),
                );
                drafts.push(draft.preflight(url(&chain, refusing), &[preflight]));
            }
        }
    }
    let request = get(there());
    let to_preflighted = Draft::new("A redirect of a GET needs no preflight").fetch(request);
    drafts.push(
        to_preflighted.actual(there(), &[redirect(302, "/~/y").origin("*")]).actual(at(B, "y"), &[shared()]),
    );
    drafts.extend(beyond_refused_redirects());
    drafts
}

/// Whether there is a preflight for the target of a redirect that is refused, and whether its response is
/// cached.
fn beyond_refused_redirects() -> Vec<Draft> {
    let mut drafts = Vec::new();
    for chain in [[A, B, B], [A, B, C], [A, B, A], [B, C, C]] {
        for (responses, refused) in [
            ("*", shared()),
            ("no credentials", response(200).origin("{origin}")),
            (
                "false credentials",
                response(200).origin("{origin}").with("access-control-allow-credentials", "false"),
            ),
            ("nothing", response(200)),
        ] {
            for (kind, request) in [
                ("PUT", fetch("PUT", "")),
                ("GET with x-a", get("").header("x-a", "1")),
                ("POST with an upload listener", fetch("POST", "").text().xhr().set("upload_listener", true)),
                ("POST", fetch("POST", "").text()),
                ("PUT without credentials", fetch("PUT", "").credentials("omit")),
            ] {
                let about = format!("{kind} {}, hop 1 answers {responses}", letters(&chain));
                let next = request.clone().set("url", url(&chain, 2));
                let draft = along(about, request, 307, &chain, |_| shared_with_credentials());
                let refused = refused.clone().status(307).with("location", &url(&chain, 2));
                let kept = all_allowed().max_age("60");
                drafts.push(
                    draft.fetch(next).preflight(url(&chain, 2), &[kept]).actual(url(&chain, 1), &[refused]),
                );
            }
        }
    }
    for (what, preflight) in [("refused", response(200)), ("that allows nothing", shared_with_credentials())]
    {
        let chain = [A, B, B];
        let about = format!("PUT {}, hop 1 answers *, preflight of hop 2 {what}", letters(&chain));
        let draft = along(about, fetch("PUT", ""), 307, &chain, |_| shared());
        drafts.push(draft.preflight(url(&chain, 2), &[preflight]));
    }
    // Redirects that cannot be followed.
    for location in ["", "http://[", "data:,x", "http://u:p@127.0.0.1:9002/~/x2"] {
        for request in [get(""), fetch("PUT", "")] {
            let about = format!("{} A>B, 307 to {location:?}, hop 1 answers *", request.method());
            let draft = along(about, request, 307, &[A, B], |_| shared());
            let nowhere = shared().status(307);
            let nowhere = if location.is_empty() { nowhere } else { nowhere.with("location", location) };
            let draft = draft.preflight(at(B, "x2"), &[all_allowed()]).actual(at(B, "x2"), &[shared()]);
            drafts.push(draft.actual(at(B, "x1"), &[nowhere]));
        }
    }
    // Redirects that must not be followed because of a user name.
    for chain in [&[A, B] as &[&str], &[A, A, B]] {
        for (kind, request) in [
            ("GET", get("")),
            ("PUT", fetch("PUT", "")),
            ("GET with x-a", get("").header("x-a", "1")),
            ("POST, no-cors", fetch("POST", "").mode("no-cors").text()),
        ] {
            for preflight in [all_allowed(), response(200)] {
                let last = chain.len() - 1;
                let about = format!("{kind} {} with u:p@ at last", letters(chain));
                let location = url(chain, last).replace("http://", "http://u:p@");
                let draft = along(about, request.clone(), 307, chain, |_| shared_with_credentials());
                let led = shared().status(307).with("location", &location);
                let draft = draft.preflight(url(chain, last), &[preflight]);
                drafts.push(draft.actual(url(chain, last - 1), &[led]));
            }
        }
    }
    drafts
}
