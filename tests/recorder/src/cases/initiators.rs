//! All kinds of initiators, each case with a page of its own, and servers that spell the names of headers as
//! most servers do.

use serde_json::Value;

use super::{
    draft::{Draft, Fetch, ScriptedResponse, all_allowed, at, get, redirect, response},
    response_headers,
};
use crate::{
    cases::found,
    origins::{A, B, C},
};

/// Responses of the families `acao` and `empty-lines`, with another spelling of names.
pub fn canonical_names() -> Vec<Value> {
    let drafts = response_headers::allow_origin().into_iter().chain(found::empty_lines());
    drafts.map(Draft::finish_with_canonical_names).collect()
}

/// A way to start a request, and the type of a response that it can use.
struct Initiator {
    about: &'static str,
    kind: &'static str,
    request: fn(&str) -> Fetch,
}

const SCRIPT: &str = "text/javascript";

/// Every way in which an own page can start a request.
const INITIATORS: [Initiator; 29] = [
    of("image", "image/png", |url| by("image", url)),
    of("anonymous image", "image/png", |url| anonymous("image", url)),
    of("script", SCRIPT, |url| by("script", url)),
    of("anonymous script", SCRIPT, |url| anonymous("script", url)),
    of("module script", SCRIPT, |url| by("module-script", url)),
    of("style sheet", "text/css", |url| by("stylesheet", url)),
    of("anonymous style sheet", "text/css", |url| anonymous("stylesheet", url)),
    of("font", "font/ttf", |url| by("font", url)),
    of("CSS image", "image/png", |url| by("css-image", url)),
    of("track", "text/vtt", |url| by("track", url)),
    of("anonymous track", "text/vtt", |url| anonymous("track", url)),
    of("media", "audio/wav", media),
    of("anonymous media", "audio/wav", |url| media(url).set("crossorigin", "anonymous")),
    of("preload of a script", SCRIPT, |url| by("preload", url).set("destination", "script")),
    of("anonymous preload of a script", SCRIPT, |url| anonymous("preload", url).set("destination", "script")),
    of("preload of a font", "font/ttf", |url| by("preload", url).set("destination", "font")),
    of("module preload", SCRIPT, |url| by("module-preload", url)),
    of("worker", SCRIPT, |url| by("worker", url)),
    of("module worker", SCRIPT, |url| by("module-worker", url)),
    of("shared worker", SCRIPT, |url| by("shared-worker", url)),
    of("worklet", SCRIPT, |url| by("worklet", url)),
    of("EventSource", "text/event-stream", |url| by("event-source", url)),
    of("beacon with a text", "text/plain", |url| by("beacon", url).text()),
    of("beacon with JSON", "text/plain", json_beacon),
    of("frame", "text/html", |url| by("frame", url)),
    of("object", "text/html", |url| by("frame", url).set("destination", "object")),
    of("embed", "text/html", |url| by("frame", url).set("destination", "embed")),
    of("form", "text/html", form),
    of("PUT", "text/plain", put),
];

const fn of(about: &'static str, kind: &'static str, request: fn(&str) -> Fetch) -> Initiator {
    Initiator { about, kind, request }
}

fn by(api: &str, url: &str) -> Fetch {
    get(url).set("api", api)
}

fn anonymous(api: &str, url: &str) -> Fetch {
    by(api, url).set("crossorigin", "anonymous")
}

fn media(url: &str) -> Fetch {
    by("media", url).set("destination", "audio").header("range", "bytes=0-")
}

fn json_beacon(url: &str) -> Fetch {
    by("beacon", url).body().set("body_type", "application/json")
}

fn form(url: &str) -> Fetch {
    let form = by("form", url).set("destination", "iframe").set("method", "POST");
    form.body().set("body_type", "application/x-www-form-urlencoded")
}

fn put(url: &str) -> Fetch {
    by("fetch", url).set("method", "PUT")
}

/// A request along a chain of origins, each of which redirects to the next.
fn chain(
    about: String,
    request: impl Fn(&str) -> Fetch,
    origins: &[&str],
    hop: impl Fn(&str) -> ScriptedResponse,
    last: ScriptedResponse,
) -> Draft {
    let urls: Vec<_> =
        origins.iter().enumerate().map(|(number, origin)| at(origin, &format!("x{number}"))).collect();
    let mut draft = Draft::new(about).fetch(request(&urls[0]));
    for (number, url) in urls.iter().enumerate() {
        let actual = urls.get(number + 1).map_or_else(|| last.clone(), |next| hop(next));
        draft = draft
            .preflight(url, &[all_allowed().with("cache-control", "no-store")])
            .actual(url, &[actual.with("cache-control", "no-store")]);
    }
    draft
}

fn shared(response: ScriptedResponse) -> ScriptedResponse {
    response.origin("{origin}").with("access-control-allow-credentials", "true")
}

fn of_type(kind: &str) -> ScriptedResponse {
    response(200).with("content-type", kind)
}

/// Shared with the page, and not shared; to the page's own origin, to another, and to another site.
pub fn initiators() -> Vec<Value> {
    let mut drafts = Vec::new();
    for Initiator { about, kind, request } in INITIATORS {
        let mut to = |origin: &str, what: &str, response: ScriptedResponse| {
            let about = format!("{about} of {origin}, {what}");
            drafts.push(chain(about, request, &[origin], |next| redirect(302, next), response));
        };
        to(A, "not shared", of_type(kind));
        to(B, "not shared", of_type(kind));
        to(B, "shared with `*`", of_type(kind).origin("*"));
        to(C, "shared", shared(of_type(kind)));
    }
    for origin in [A, B] {
        let handshake = get(at(origin, "x").replace("http:", "ws:")).set("api", "web-socket");
        drafts.push(
            Draft::new(format!("WebSocket of {origin}, refused"))
                .fetch(handshake)
                .actual(at(origin, "x"), &[response(403)]),
        );
    }
    for mode in ["default", "no-store", "reload", "no-cache", "force-cache"] {
        let url = at(B, "x");
        let again = put(&url).set("cache", mode);
        drafts.push(
            Draft::new(format!("PUT, and again with cache mode {mode}"))
                .fetch(put(&url))
                .fetch(again)
                .preflight(&url, &[all_allowed().max_age("60")])
                .actual(&url, &[shared(of_type("text/plain"))]),
        );
    }
    drafts.into_iter().map(Draft::finish_with_own_page).collect()
}

/// Redirects from the page's own origin, between other origins, and within one.
pub fn redirected() -> Vec<Value> {
    let mut drafts = Vec::new();
    for Initiator { about, kind, request } in INITIATORS {
        for (path, origins) in [("A, B", [A, B]), ("B, C", [B, C])] {
            let hop = |next: &str| shared(redirect(307, next));
            let about = format!("{about} of {path}");
            drafts.push(chain(about, request, &origins, hop, shared(of_type(kind))));
        }
    }
    for origins in [&[A, A, B][..], &[A, B, B], &[A, B, A], &[A, C], &[B, A], &[B, B]] {
        let path = origins.join(", ");
        for (about, request) in [("form", form as fn(&str) -> Fetch), ("PUT", put), ("JSON", json_beacon)] {
            let hop = |next: &str| shared(redirect(307, next));
            drafts.push(chain(format!("{about} of {path}"), request, origins, hop, shared(response(200))));
        }
    }
    let anyone = |next: &str| redirect(302, next).origin("*");
    for api in ["css-image", "module-preload", "module-script"] {
        for origins in [[B, B], [B, C]] {
            let path = origins.join(", ");
            let last = of_type(if api == "css-image" { "image/png" } else { SCRIPT }).origin("*");
            let about = format!("{api} of {path}, shared with `*`");
            drafts.push(chain(about, |url| by(api, url), &origins, anyone, last));
        }
    }
    drafts.into_iter().map(Draft::finish_with_own_page).collect()
}

/// Referrer policies of pages and of redirects.
pub fn referrers() -> Vec<Value> {
    let mut drafts = Vec::new();
    let paths = [("A", &[A][..]), ("B", &[B]), ("C", &[C]), ("A, B", &[A, B]), ("C, A", &[C, A])];
    for api in ["image", "css-image", "font", "fetch", "frame", "form"] {
        for policy in ["no-referrer", "same-origin", "unsafe-url"] {
            for (path, origins) in paths {
                let request = |url: &str| match api {
                    "form" => form(url).set("referrer_policy", policy),
                    _ => by(api, url).set("referrer_policy", policy),
                };
                let hop = |next: &str| shared(redirect(307, next));
                let kind = match api {
                    "image" | "css-image" => "image/png",
                    "font" => "font/ttf",
                    _ => "text/html",
                };
                let about = format!("{api} of {path} under {policy}");
                drafts.push(chain(about, request, origins, hop, shared(of_type(kind))));
            }
        }
    }
    // The policy of a redirect.
    for policy in ["no-referrer", "unsafe-url", "no-referrer, unknown-policy", "no-referrer, not_a_token"] {
        for (api, origins) in [("image", [A, B]), ("css-image", [A, B]), ("image", [B, B])] {
            let hop = |next: &str| shared(redirect(307, next)).with("referrer-policy", policy);
            let about = format!("{api} of {}, redirected with {policy}", origins.join(", "));
            drafts.push(chain(about, |url| by(api, url), &origins, hop, shared(of_type("image/png"))));
        }
    }
    drafts.into_iter().map(Draft::finish_with_own_page).collect()
}
