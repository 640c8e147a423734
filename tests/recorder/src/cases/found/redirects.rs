//! Redirects.

use crate::{
    cases::{
        draft::{Draft, Fetch, all_allowed, fetch, get, shared_with_credentials, there},
        redirects::{along, letters, url},
    },
    origins::{A, B, C, NULL},
};

/// Client hints that a page sets, along redirects.
pub fn hints() -> Vec<Draft> {
    let mut drafts = Vec::new();
    let hints = [
        ("device-memory", "1"),
        ("downlink", "1"),
        ("dpr", "2"),
        ("ect", "4g"),
        ("intervention", "x"),
        ("rtt", "1"),
        ("save-data", "on"),
        ("viewport-width", "1"),
        ("width", "1"),
    ];
    for (name, value) in hints {
        for chain in [&[A, A][..], &[A, B], &[B, B], &[B, A], &[B, C], &[A, B, A]] {
            let about = format!("{name}, {}", letters(chain));
            let request = get("").header(name, value);
            drafts.push(along(&about, request, 302, chain, |_| shared_with_credentials()));
        }
    }
    for chain in [&[A, A][..], &[B, B], &[B, A], &[A, B, A], &[B, B, B]] {
        let along = |about: &str, request: Fetch, status| {
            let about = format!("{about}, dpr, {}", letters(chain));
            along(about, request.header("dpr", "2"), status, chain, |_| shared_with_credentials())
        };
        drafts.push(along("unsafe value", get("").header("dpr", "x"), 302));
        drafts.push(along("with x-a", get("").header("x-a", "1"), 307));
        drafts.push(along("PUT", fetch("PUT", "").body(), 307));
        drafts.push(along("XMLHttpRequest", get("").xhr(), 302));
        drafts.push(along("XMLHttpRequest, PUT", fetch("PUT", "").xhr().text(), 307));
        drafts.push(along("no-cors", get("").mode("no-cors"), 302));
        drafts.push(along("an opaque origin", get(""), 302).page(NULL));
        drafts.push(along("an opaque origin, PUT", fetch("PUT", ""), 307).page(NULL));
        drafts.push(along("another page", get(""), 302).page(C));
    }
    drafts
}

/// User names and passwords in locations, by initiator, mode and method.
pub fn location_credentials() -> Vec<Draft> {
    let mut drafts = Vec::new();
    let listened = fetch("POST", "").text().xhr().set("upload_listener", true);
    let element = || get("").set("api", "element");
    let initiators = [
        ("fetch", 307, get("")),
        ("PUT", 307, fetch("PUT", "").body()),
        ("POST, same-origin", 307, fetch("POST", "").text().mode("same-origin")),
        ("POST, no-cors", 307, fetch("POST", "").text().mode("no-cors")),
        ("XMLHttpRequest", 307, get("").xhr()),
        ("XMLHttpRequest, PUT", 307, fetch("PUT", "").text().xhr()),
        ("XMLHttpRequest, credentials", 307, get("").xhr().include()),
        ("XMLHttpRequest, upload listener", 307, listened),
        ("manual", 307, get("").redirect("manual")),
        ("element", 302, element()),
        ("element, anonymous", 302, element().set("crossorigin", "anonymous")),
        ("element, use-credentials", 302, element().set("crossorigin", "use-credentials")),
    ];
    for chain in [&[A, A][..], &[A, B], &[B, B], &[B, A], &[B, C], &[A, A, B], &[A, A, A], &[A, B, B]] {
        for userinfo in ["u:p@", "u@", ":p@", ":@"] {
            for (door, status, request) in &initiators {
                if userinfo != "u:p@" && !matches!(*door, "fetch" | "XMLHttpRequest" | "POST, same-origin") {
                    continue;
                }
                let last = chain.len() - 1;
                let about = format!("{door}, {} with {userinfo} at last", letters(chain));
                let draft = along(about, request.clone(), *status, chain, |_| shared_with_credentials());
                let location = url(chain, last).replace("http://", &format!("http://{userinfo}"));
                let to = shared_with_credentials().status(*status).with("location", &location);
                drafts.push(draft.actual(url(chain, last - 1), &[to]));
            }
        }
    }
    drafts
}

/// Redirects to `data:`, by initiator and mode.
pub fn data_locations() -> Vec<Draft> {
    let mut drafts = Vec::new();
    let element = |attribute: &str| {
        let request = get("").set("api", "element");
        if attribute.is_empty() { request } else { request.set("crossorigin", attribute) }
    };
    let initiators = [
        ("fetch", get("")),
        ("no-cors", get("").mode("no-cors")),
        ("no-cors, POST", fetch("POST", "").mode("no-cors").text()),
        ("same-origin", get("").mode("same-origin")),
        ("manual", get("").redirect("manual")),
        ("PUT", fetch("PUT", "").text()),
        ("XMLHttpRequest", get("").xhr()),
        ("XMLHttpRequest, credentials", get("").xhr().include()),
        ("element", element("")),
        ("element, anonymous", element("anonymous")),
        ("element, use-credentials", element("use-credentials")),
    ];
    for chain in [&[A][..], &[B], &[A, B], &[B, A], &[A, A], &[B, C]] {
        for (door, request) in &initiators {
            for location in ["data:,", "data:text/javascript,0", "about:blank"] {
                if location != "data:," && chain.len() > 1 {
                    continue;
                }
                for page in [A, NULL] {
                    let about = format!("{door}, {} to {location}, page {page}", letters(chain));
                    let draft = along(about, request.clone(), 307, chain, |_| shared_with_credentials());
                    let to = shared_with_credentials().status(307).with("location", location);
                    drafts.push(draft.actual(url(chain, chain.len() - 1), &[to]).page(page));
                }
            }
        }
    }
    drafts
}

/// Redirects back to an earlier URL, with preflights.
pub fn loops() -> Vec<Draft> {
    let mut drafts = Vec::new();
    for location in ["#f", "/~/x0", ""] {
        for (about, request) in [
            ("PUT", fetch("PUT", "")),
            ("GET with x-a", get("").header("x-a", "1")),
            ("GET with a type twice", get("").header("content-type", "a/b").header("content-type", "a/b")),
            ("upload listener", fetch("POST", "").xhr().text().set("upload_listener", true)),
        ] {
            for chain in [&[B][..], &[A], &[B, C], &[A, B]] {
                for page in [A, NULL] {
                    for max_age in ["", "600"] {
                        let last = chain.len() - 1;
                        let location = location.replace("x0", &format!("x{last}"));
                        let about =
                            format!("{about}, {} to {location}, page {page}, {max_age}", letters(chain));
                        let draft = along(about, request.clone(), 307, chain, |_| shared_with_credentials());
                        let to = shared_with_credentials().status(307).with("location", &location);
                        let granting =
                            if max_age.is_empty() { all_allowed() } else { all_allowed().max_age(max_age) };
                        let draft = draft.actual(url(chain, last), &[to.with("cache-control", "no-store")]);
                        drafts.push(draft.preflight(url(chain, last), &[granting]).page(page));
                    }
                }
            }
        }
    }
    drafts
}

/// `User-Agent` set by a page, along redirects, and twice.
pub fn user_agents() -> Vec<Draft> {
    let mut drafts = Vec::new();
    for chain in [&[A, A][..], &[A, B], &[B, B], &[B, A], &[B, C], &[A, A, B], &[B, B, B]] {
        for (about, request) in [
            ("GET", get("")),
            ("PUT", fetch("PUT", "").text()),
            ("credentials", get("").include()),
            ("no-cors", get("").mode("no-cors")),
            ("XMLHttpRequest", get("").xhr()),
            ("XMLHttpRequest, POST", fetch("POST", "").xhr().text()),
        ] {
            for status in [302, 307] {
                let request = request.clone().header("user-agent", "page");
                let about = format!("{about}, user-agent, {status}, {}", letters(chain));
                drafts.push(along(about, request, status, chain, |_| shared_with_credentials()));
            }
        }
    }
    let twice = |request: Fetch| {
        let url = request.url().to_owned();
        let draft = Draft::new("user-agent, twice").fetch(request.clone()).fetch(request);
        draft.preflight(&url, &[all_allowed().max_age("60")]).actual(&url, &[shared_with_credentials()])
    };
    for request in [get(there()), fetch("PUT", there()), get(there()).xhr(), get(there()).include()] {
        drafts.push(twice(request.clone().header("user-agent", "page")));
        drafts.push(twice(request.clone().header("user-agent", "")));
        drafts.push(twice(request.header("user-agent", "page").header("user-agent", "more")));
    }
    drafts
}
