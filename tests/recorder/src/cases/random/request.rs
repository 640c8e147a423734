//! What a page asks for.

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

/// What a page sets more rarely: what is dropped, what some engine takes otherwise, what is just short or long enough.
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
    // Entries of the Performance API are found by the URL as it was given.
    let url = match random.below(40) {
        0 if !setting.timing => format!("{url}#f"),
        1 if !setting.timing => url.replacen("http", "HTTP", 1),
        _ => url.clone(),
    };
    let asked = match random.below(100) {
        _ if setting.elements && random.percent(70) => element(random, &url),
        0..15 => by_xhr(random, &url),
        _ => by_fetch(random, setting, &url),
    };
    let asked = match setting.embedder_policy {
        Some(policy) => asked.set("embedder_policy", policy),
        None => asked,
    };
    // An `XMLHttpRequest` has the page's.
    if !asked.is_by_xhr() && random.percent(25) {
        asked.set("referrer_policy", random.pick(&POLICIES))
    } else {
        asked
    }
}

fn element(random: &mut Random, url: &str) -> Fetch {
    let asked = fetch("GET", url).set("api", "element");
    match random.below(3) {
        0 => asked,
        1 => asked.set("crossorigin", "anonymous"),
        _ => asked.set("crossorigin", "use-credentials"),
    }
}

fn by_xhr(random: &mut Random, url: &str) -> Fetch {
    let method = method(random);
    let asked = with_headers(random, fetch(method, url));
    let asked = with_body(random, asked).xhr();
    let asked = if random.percent(30) { asked.include() } else { asked };
    if random.percent(40) { asked.set("upload_listener", true) } else { asked }
}

fn by_fetch(random: &mut Random, setting: &Setting, url: &str) -> Fetch {
    let mode = random.pick_or(&["cors"], 20, &["no-cors", "no-cors", "no-cors", "same-origin"]);
    let method = match mode {
        "no-cors" => random.pick_or(&["GET", "POST"], 10, &["HEAD", "PUT", "post"]),
        _ => method(random),
    };
    let asked = with_headers(random, fetch(method, url));
    let asked = with_body(random, asked);
    let asked = if mode == "cors" { asked } else { asked.mode(mode) };
    let asked = match random.pick(&["same-origin", "same-origin", "include", "omit"]) {
        "same-origin" => asked,
        credentials => asked.credentials(credentials),
    };
    match random.below(20) {
        0 if !setting.timing => asked.redirect("error"),
        1 if !setting.timing => asked.redirect("manual"),
        _ => asked,
    }
}

fn method(random: &mut Random) -> &'static str {
    let methods = [
        "GET", "GET", "GET", "POST", "POST", "POST", "PUT", "PUT", "DELETE", "HEAD", "PATCH", "OPTIONS",
        "FOO",
    ];
    random.pick_or(&methods, 6, &["put", "post", "patch", "Foo", "head", "TRACE", "G T"])
}

fn with_headers(random: &mut Random, asked: Fetch) -> Fetch {
    (0..random.pick(&[0, 0, 0, 1, 1, 2, 3])).fold(asked, |asked, _| {
        if random.percent(3) {
            let long = "a".repeat(random.pick(&LONG));
            return asked.header(random.pick(&["accept", "accept-language", "x-a"]), &long);
        }
        let (name, value) = random.pick_or(&HEADERS, 15, &ODD_HEADERS);
        asked.header(name, value)
    })
}

/// GET and HEAD rarely have one, since `fetch()` refuses that.
fn with_body(random: &mut Random, asked: Fetch) -> Fetch {
    let percent = if matches!(asked.method(), "GET" | "HEAD") { 2 } else { 60 };
    if !random.percent(percent) {
        return asked;
    }
    let body_types = [
        "",
        "text/plain;charset=UTF-8",
        "application/x-www-form-urlencoded;charset=UTF-8",
        "application/json",
    ];
    match random.pick_or(&body_types, 15, &["text/html", "text/plain;a=b", "image/png"]) {
        "" => asked.body(),
        body_type => asked.body().set("body_type", body_type),
    }
}
