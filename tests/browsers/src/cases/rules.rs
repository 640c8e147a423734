//! What no other table shows of the rules of profiles.

use super::draft::{Draft, at, fetch, get, granted, redirect, shared_with_credentials, simple, there};
use crate::origins::{A, B};

/// A few cases for each of them.
pub fn rules() -> Vec<Draft> {
    let mut drafts = Vec::new();
    for origin in [A, B] {
        for status in [302, 307] {
            let nowhere = redirect(status, "").origin("*");
            let about = format!("{origin}, {status} to nothing");
            drafts.push(simple(about, get(at(origin, "x")), None, nowhere));
        }
    }
    let actual = || shared_with_credentials().with("cache-control", "no-store");
    let twice = |about: &str, fetch: super::draft::Fetch| {
        let url = fetch.url().to_owned();
        let draft = Draft::new(about).fetch(fetch.clone()).fetch(fetch);
        draft.preflight(&url, &[granted().max_age("60")]).actual(&url, &[actual()])
    };
    for length in [900, 1_100, 2_000] {
        let url = at(B, &format!("x?{}", "q".repeat(length)));
        drafts.push(twice(&format!("PUT twice, a URL of some {length} bytes"), fetch("PUT", url)));
    }
    for name in ["if-match", "if-none-match", "if-modified-since", "if-range", "if-unmodified-since"] {
        let condition = if name.ends_with("since") { "Sat, 29 Oct 1994 19:43:31 GMT" } else { "\"x\"" };
        drafts.push(twice(&format!("{name} twice"), get(there()).header(name, condition)));
    }
    // `*` that was stored with credentials, where it does not count, and a request without.
    let first = fetch("PUT", there()).header("x-a", "1").credentials("include");
    for mode in ["omit", "same-origin", "include"] {
        let next = fetch("PUT", there()).header("x-b", "1").credentials(mode);
        let star = shared_with_credentials().methods("PUT, *").allow_headers("x-a, *").max_age("60");
        let draft = Draft::new(format!("* beside names, stored with credentials, then {mode}"));
        let draft = draft.fetch(first.clone()).fetch(next);
        drafts.push(draft.preflight(there(), &[star]).actual(there(), &[actual()]));
    }
    drafts
}
