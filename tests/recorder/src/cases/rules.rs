//! Rules of profiles that no other table shows.

use super::{
    draft::{
        Draft, Fetch, ScriptedResponse, all_allowed, at, fetch, get, redirect, response,
        shared_with_credentials, simple, there,
    },
    redirects::{along, letters, url},
    requests::with_all_allowed,
};
use crate::origins::{A, B, C, D, NULL};

/// A few cases for each rule.
pub fn rules() -> Vec<Draft> {
    let mut drafts = Vec::new();
    for origin in [A, B] {
        for status in [302, 307] {
            let nowhere = redirect(status, "").origin("*");
            let about = format!("{origin}, {status} to nothing");
            drafts.push(simple(about, get(at(origin, "x")), None, nowhere));
        }
    }
    let twice = |about: &str, fetch: super::draft::Fetch| {
        let url = fetch.url().to_owned();
        let draft = Draft::new(about).fetch(fetch.clone()).fetch(fetch);
        draft.preflight(&url, &[all_allowed().max_age("60")]).actual(&url, &[actual()])
    };
    for length in [900, 1_100, 2_000] {
        let url = at(B, &format!("x?{}", "q".repeat(length)));
        drafts.push(twice(&format!("PUT twice, a URL of some {length} bytes"), fetch("PUT", url)));
    }
    for name in ["if-match", "if-none-match", "if-modified-since", "if-range", "if-unmodified-since"] {
        let condition = if name.ends_with("since") { "Sat, 29 Oct 1994 19:43:31 GMT" } else { "\"x\"" };
        drafts.push(twice(&format!("{name} twice"), get(there()).header(name, condition)));
    }
    // `*` that was stored with credentials, for which it does not count, and a request without credentials.
    let first = fetch("PUT", there()).header("x-a", "1").credentials("include");
    for mode in ["omit", "same-origin", "include"] {
        let next = fetch("PUT", there()).header("x-b", "1").credentials(mode);
        let star = shared_with_credentials().methods("PUT, *").allow_headers("x-a, *").max_age("60");
        let draft = Draft::new(format!("* beside names, stored with credentials, then {mode}"));
        let draft = draft.fetch(first.clone()).fetch(next);
        drafts.push(draft.preflight(there(), &[star]).actual(there(), &[actual()]));
    }
    drafts.extend(repeated_lines());
    drafts.extend(types_of_bodies());
    drafts.extend(frames());
    drafts.extend(policies_of_redirects());
    drafts.extend(conditions());
    drafts.extend(forced_preflights());
    drafts
}

fn actual() -> ScriptedResponse {
    shared_with_credentials().with("cache-control", "no-store")
}

/// The outgoing lines of a header that the page set more than once.
fn repeated_lines() -> Vec<Draft> {
    let mut drafts = Vec::new();
    let names = [
        "accept",
        "accept-language",
        "authorization",
        "cache-control",
        "content-disposition",
        "content-encoding",
        "content-language",
        "content-location",
        "content-type",
        "from",
        "if-match",
        "if-modified-since",
        "if-unmodified-since",
        "location",
        "max-forwards",
        "strict-transport-security",
        "user-agent",
        "www-authenticate",
        "x-a",
        "x-frame-options",
    ];
    for name in names {
        for values in [&["1", "2"][..], &["1", "2", "3"], &["", "2"], &["1", "", "3"]] {
            let put = values.iter().fold(fetch("PUT", there()), |fetch, value| fetch.header(name, value));
            drafts.push(with_all_allowed(format!("{name}: {}", values.join(" / ")), put));
        }
    }
    let types = [&["text/1", "text/2"][..], &["", "text/2"], &["text/1", "", "text/3"]];
    for values in types {
        for (method, status) in [("POST", 307), ("PUT", 302), ("POST", 302)] {
            for body in ["no body", "bytes", "text"] {
                let request = fetch(method, "");
                let request = match body {
                    "bytes" => request.body(),
                    "text" => request.text(),
                    _ => request,
                };
                let request = values.iter().fold(request, |fetch, value| fetch.header("content-type", value));
                let about = format!("content-type: {}, {method}, {body}, then {status}", values.join(" / "));
                drafts.push(along(about, request, status, &[B, B], |_| shared_with_credentials()));
            }
        }
    }
    for values in [["1", "2"], ["", "2"]] {
        let request = fetch("PUT", "").header("authorization", values[0]).header("authorization", values[1]);
        let about = format!("authorization: {}, then 307", values.join(" / "));
        drafts.push(along(about, request.body(), 307, &[A, A], |_| response(200)));
    }
    drafts
}

/// Redirects that remove a body, and others: the type that the body implied.
fn types_of_bodies() -> Vec<Draft> {
    let mut drafts = Vec::new();
    for statuses in [[302, 307], [303, 308], [307, 303]] {
        for (door, kind) in [("fetch", "body"), ("xhr", "body"), ("xhr", "page"), ("upload", "body")] {
            for essence in ["application/json", "text/plain;charset=UTF-8"] {
                for chain in [[B, B, B], [A, B, B], [A, A, A]] {
                    let request = fetch("POST", at(chain[0], "x0")).body();
                    let request = match kind {
                        "body" => request.set("body_type", essence),
                        _ => request.header("content-type", essence),
                    };
                    let request = match door {
                        "fetch" => request,
                        "xhr" => request.xhr(),
                        _ => request.xhr().set("upload_listener", true),
                    };
                    let name = letters(&chain);
                    let about = format!("{door}, type of the {kind}: {essence}, {name}, {statuses:?}");
                    let mut draft = Draft::new(about).fetch(request);
                    for (hop, status) in statuses.into_iter().enumerate() {
                        let next = url(&chain, hop + 1);
                        let scripted = shared_with_credentials().status(status).with("location", &next);
                        draft = draft.actual(url(&chain, hop), &[scripted]);
                        draft = draft.preflight(url(&chain, hop), &[all_allowed()]);
                    }
                    let draft = draft.actual(url(&chain, 2), &[shared_with_credentials()]);
                    drafts.push(draft.preflight(url(&chain, 2), &[all_allowed()]));
                }
            }
        }
    }
    drafts
}

/// A frame with an opaque origin, mode "no-cors", credentials, and redirects.
fn frames() -> Vec<Draft> {
    let mut drafts = Vec::new();
    let chains: [&[&str]; 12] = [
        &[A],
        &[B],
        &[C],
        &[D],
        &[A, A],
        &[B, B],
        &[C, C],
        &[A, B],
        &[B, C],
        &[C, A],
        &[A, A, B],
        &[B, C, B],
    ];
    for chain in chains {
        for (method, credentials, status) in [
            ("GET", "same-origin", 307),
            ("GET", "include", 307),
            ("HEAD", "include", 302),
            ("POST", "include", 307),
            ("POST", "include", 302),
        ] {
            let request = fetch(method, "").mode("no-cors").credentials(credentials);
            let name = letters(chain);
            let about = format!("{method} by a frame with an opaque origin, {credentials}, {status}, {name}");
            drafts.push(along(about, request, status, chain, |_| response(200)).page(NULL));
        }
    }
    drafts
}

/// `Referrer-Policy` of redirects.
fn policies_of_redirects() -> Vec<Draft> {
    let mut drafts = Vec::new();
    let policies = [
        &["no-referrer"][..],
        &["same-origin"],
        &["origin"],
        &["no-referrer, foo"],
        &["foo, no-referrer"],
        &["foo"],
        &["no-referrer, f@o"],
        &["f@o, no-referrer"],
        &["no-referrer, foo bar"],
        &["no-referrer, foo=1"],
        &["no-referrer, foo1"],
        &["no-referrer, \"origin\""],
        &["no-referrer no-referrer"],
        &["no-referrer;"],
        &["no-referrer", "f@o"],
        &["f@o", "no-referrer"],
        &["origin, f@o, no-referrer"],
        &["no-referrer, f@o, origin"],
        &["no-referrer", "origin"],
        &["no-referrer", ""],
        &[",no-referrer,,"],
        &["NO-REFERRER"],
    ];
    for lines in policies {
        for (mode, chain) in [("same-origin", [A, A]), ("no-cors", [B, B])] {
            for policy in ["", "no-referrer"] {
                let request = fetch("POST", "").mode(mode).set("referrer_policy", policy);
                let about =
                    format!("{policy:?}, {mode}, redirected with Referrer-Policy: {}", lines.join(" / "));
                let named = |hop| {
                    let scripted = response(200);
                    if hop == 0 { scripted.lines("referrer-policy", lines) } else { scripted }
                };
                drafts.push(along(about, request, 307, &chain, named));
            }
        }
    }
    drafts
}

/// Conditional requests by the other initiator.
fn conditions() -> Vec<Draft> {
    let mut drafts = Vec::new();
    for name in ["if-match", "if-none-match", "if-modified-since", "if-range", "if-unmodified-since"] {
        for xhr in [false, true] {
            let door = |fetch: Fetch| if xhr { fetch.xhr() } else { fetch };
            let conditional = || door(fetch("PUT", there()).header(name, "x"));
            let about = if xhr { "XMLHttpRequest" } else { "fetch" };
            for (first, next, order) in [
                (conditional(), conditional(), "twice"),
                (door(fetch("PUT", there())), conditional(), "the second time"),
                (conditional(), door(fetch("PUT", there())), "the first time"),
            ] {
                let permission = shared_with_credentials().methods("PUT").allow_headers(name).max_age("60");
                let draft = Draft::new(format!("{about}, {name} {order}")).fetch(first).fetch(next);
                drafts.push(draft.preflight(there(), &[permission]).actual(there(), &[actual()]));
            }
            // There is a cache entry, and the conditional request is refused.
            let fetches = [door(fetch("PUT", there())), conditional(), door(fetch("PUT", there()))];
            let draft = Draft::new(format!("{about}, {name} refused between others"));
            let draft = fetches.into_iter().fold(draft, Draft::fetch);
            let permission = || shared_with_credentials().methods("PUT").max_age("60");
            drafts.push(draft.preflight(there(), &[permission()]).actual(there(), &[actual()]));
        }
    }
    drafts
}

/// Preflights that an upload listener forces, repeated, and after their entries have expired.
fn forced_preflights() -> Vec<Draft> {
    let mut drafts = Vec::new();
    let forced = |method: &str| fetch(method, there()).body().xhr().set("upload_listener", true);
    for (granting, preflight) in [
        ("nothing listed", shared_with_credentials()),
        ("nothing listed, a minute", shared_with_credentials().max_age("60")),
        ("empty lists", shared_with_credentials().methods("").allow_headers("")),
        ("a method listed, a second", shared_with_credentials().methods("PUT").max_age("1")),
        ("a header listed, a second", shared_with_credentials().allow_headers("x-a").max_age("1")),
        ("POST listed, a second", shared_with_credentials().methods("POST").max_age("1")),
        ("nothing kept", shared_with_credentials().methods("PUT").max_age("0")),
    ] {
        for (method, after) in [("POST", 0.0), ("POST", 3.0), ("GET", 3.0), ("HEAD", 0.0)] {
            let about = format!("forced POST, {method} after {after} s, {granting}");
            let draft = Draft::new(about).fetch(forced("POST")).fetch_at(after, forced(method));
            let draft = draft.preflight(there(), std::slice::from_ref(&preflight));
            drafts.push(draft.actual(there(), &[shared_with_credentials()]));
        }
    }
    drafts
}
