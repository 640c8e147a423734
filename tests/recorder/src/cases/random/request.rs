//! Requests of a page.

use super::{Random, Setting};
use crate::cases::draft::{Fetch, fetch};

const HEADERS: [(&str, &str); 14] = [
    ("x-a", "1"),
    ("x-b", "2"),
    ("X-A", "3"),
    ("authorization", "Basic dTpw"),
    ("content-type", "application/json"),
    ("content-type", "text/plain"),
    ("content-language", "en"),
    ("accept", "text/html"),
    ("accept", "(odd)"),
    ("accept-language", "de"),
    ("range", "bytes=0-9"),
    ("range", "bytes=-9"),
    ("if-match", "\"x\""),
    ("user-agent", "page"),
];

/// Rare headers of pages: headers that are dropped, that engines treat differently, or that have a length at
/// a limit.
const ODD_HEADERS: [(&str, &str); 22] = [
    ("cookie", "c=1"),
    ("origin", "http://127.0.0.1:9002"),
    ("sec-x", "1"),
    ("x-http-method-override", "TRACE"),
    ("x-http-method-override", "PUT"),
    ("x-empty", ""),
    ("accept", ""),
    ("authorization", ""),
    ("content-type", ""),
    ("content-type", "text/plain;charset=utf-8"),
    ("content-type", "multipart/form-data; boundary=x"),
    ("content-type", "TEXT/PLAIN"),
    ("content-language", "en, de"),
    ("content-language", "en;q=1"),
    ("content-encoding", "x"),
    ("accept-language", "de;q=0.5, *"),
    ("range", "bytes=5-"),
    ("range", "bytes=9-0"),
    ("range", "bytes=0-1,2-3"),
    ("save-data", "on"),
    ("dpr", "2"),
    ("if-none-match", "\"y\""),
];

const LONG: [usize; 3] = [100, 128, 129];

const POLICIES: [&str; 8] = [
    "no-referrer",
    "no-referrer-when-downgrade",
    "origin",
    "origin-when-cross-origin",
    "same-origin",
    "strict-origin",
    "strict-origin-when-cross-origin",
    "unsafe-url",
];

/// A request for a URL of the chain.
pub(super) fn request(random: &mut Random, setting: &Setting, url: usize) -> Fetch {
    let url = &setting.chain[url];
    // Entries of the Performance API are found by the URL of the request.
    let url = match random.network_stack(40) {
        0 if !setting.timing => format!("{url}#f"),
        1 if !setting.timing => url.replacen("http", "HTTP", 1),
        _ => url.clone(),
    };
    let request = match random.network_stack(100) {
        _ if setting.elements && random.percent(70) => element(random, &url),
        0..15 => by_xhr(random, &url),
        _ => by_fetch(random, setting, &url),
    };
    let request = match setting.embedder_policy {
        Some(policy) => request.set("embedder_policy", policy),
        None => request,
    };
    // An `XMLHttpRequest` has the referrer policy of the page.
    if !request.is_by_xhr() && random.percent(25) {
        request.set("referrer_policy", random.pick(&POLICIES))
    } else {
        request
    }
}

fn element(random: &mut Random, url: &str) -> Fetch {
    let request = fetch("GET", url).set("api", "element");
    match random.network_stack(3) {
        0 => request,
        1 => request.set("crossorigin", "anonymous"),
        _ => request.set("crossorigin", "use-credentials"),
    }
}

fn by_xhr(random: &mut Random, url: &str) -> Fetch {
    let method = method(random);
    let request = with_headers(random, fetch(method, url));
    let request = with_body(random, request).xhr();
    let request = if random.percent(30) { request.include() } else { request };
    if random.percent(40) { request.set("upload_listener", true) } else { request }
}

fn by_fetch(random: &mut Random, setting: &Setting, url: &str) -> Fetch {
    let mode = random.pick_or(&["cors"], 20, &["no-cors", "no-cors", "no-cors", "same-origin"]);
    let method = match mode {
        "no-cors" => random.pick_or(&["GET", "POST"], 10, &["HEAD", "PUT", "post"]),
        _ => method(random),
    };
    let request = with_headers(random, fetch(method, url));
    let request = with_body(random, request);
    let request = if mode == "cors" { request } else { request.mode(mode) };
    let request = match random.pick(&["same-origin", "same-origin", "include", "omit"]) {
        "same-origin" => request,
        credentials => request.credentials(credentials),
    };
    match random.network_stack(20) {
        0 if !setting.timing => request.redirect("error"),
        1 if !setting.timing => request.redirect("manual"),
        _ => request,
    }
}

fn method(random: &mut Random) -> &'static str {
    let methods = [
        "GET", "GET", "GET", "POST", "POST", "POST", "PUT", "PUT", "DELETE", "HEAD", "PATCH", "OPTIONS",
        "FOO",
    ];
    random.pick_or(&methods, 6, &["put", "post", "patch", "Foo", "head", "TRACE", "G T"])
}

fn with_headers(random: &mut Random, request: Fetch) -> Fetch {
    (0..random.pick(&[0, 0, 0, 1, 1, 2, 3])).fold(request, |request, _| {
        if random.percent(3) {
            let long = "a".repeat(random.pick(&LONG));
            return request.header(random.pick(&["accept", "accept-language", "x-a"]), &long);
        }
        let (name, value) = random.pick_or(&HEADERS, 15, &ODD_HEADERS);
        request.header(name, value)
    })
}

/// GET and HEAD rarely have a body, because `fetch()` refuses it.
fn with_body(random: &mut Random, request: Fetch) -> Fetch {
    let percent = if matches!(request.method(), "GET" | "HEAD") { 2 } else { 60 };
    if !random.percent(percent) {
        return request;
    }
    let body_types = [
        "",
        "text/plain;charset=UTF-8",
        "application/x-www-form-urlencoded;charset=UTF-8",
        "application/json",
    ];
    match random.pick_or(&body_types, 15, &["text/html", "text/plain;a=b", "image/png"]) {
        "" => request.body(),
        body_type => request.body().set("body_type", body_type),
    }
}
