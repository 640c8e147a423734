//! What a page asks for: modes, doors, origins.

use super::draft::{Draft, Fetch, answer, at, fetch, get, granted, shared_with_credentials, simple, there};
use crate::origins::{A, B, C, D, E, NULL};

/// Whatever is asked for is granted, so that only the requests tell.
pub fn all_granted(about: impl Into<String>, fetch: Fetch) -> Draft {
    simple(about, fetch, Some(granted()), shared_with_credentials())
}

/// Headers and methods that doors refuse or drop, bodies where none can be.
pub fn doors() -> Vec<Draft> {
    let mut drafts = Vec::new();
    for name in [
        "accept-charset",
        "accept-encoding",
        "access-control-request-headers",
        "access-control-request-method",
        "connection",
        "content-length",
        "cookie",
        "cookie2",
        "date",
        "dnt",
        "expect",
        "host",
        "keep-alive",
        "origin",
        "referer",
        "set-cookie",
        "te",
        "trailer",
        "transfer-encoding",
        "upgrade",
        "via",
        "proxy-",
        "proxy-authorization",
        "sec-",
        "sec-fetch-site",
        "Sec-X",
        "PROXY-X",
        "access-control-request-private-network",
        "user-agent",
        "x-forwarded-for",
        "cookie3",
        "secret",
    ] {
        drafts.push(all_granted(format!("{name} set by the page"), get(there()).header(name, "1")));
        drafts
            .push(all_granted(format!("{name} set by XMLHttpRequest"), get(there()).header(name, "1").xhr()));
    }
    for name in ["x-http-method", "x-http-method-override", "x-method-override", "x-http-method-x"] {
        for value in [
            "TRACE",
            "trace",
            "GET",
            "GET, TRACE",
            "\"GET,TRACE\"",
            "TRACE,",
            "xTRACE",
            "CONNECT",
            " track ",
            "PUT;TRACE",
            "",
        ] {
            drafts.push(all_granted(format!("{name}: {value}"), get(there()).header(name, value)));
        }
    }
    for name in ["", " ", "x a", "x:", "x\u{e9}", "x\t", "(x)", "x/y", "\"x\"", "x\n"] {
        drafts.push(all_granted(format!("header name {name:?}"), get(there()).header(name, "1")));
        drafts.push(all_granted(
            format!("header name {name:?}, XMLHttpRequest"),
            get(there()).header(name, "1").xhr(),
        ));
    }
    for value in ["a\nb", "a\rb", "a\0b", "\na", "a\n", " a\t", "\r\n a"] {
        drafts.push(all_granted(format!("header value {value:?}"), get(there()).header("x-a", value)));
        drafts.push(all_granted(
            format!("header value {value:?}, XMLHttpRequest"),
            get(there()).header("x-a", value).xhr(),
        ));
    }
    for method in [
        "CONNECT", "connect", "TRACE", "Trace", "TRACK", "", " ", "G T", "GET\t", "G\u{e9}T", "\"GET\"",
        "(GET)", "GET,PUT", "X/Y",
    ] {
        drafts.push(all_granted(format!("method {method:?}"), fetch(method, there())));
        drafts.push(all_granted(format!("method {method:?}, XMLHttpRequest"), fetch(method, there()).xhr()));
        drafts
            .push(all_granted(format!("method {method:?}, no-cors"), fetch(method, there()).mode("no-cors")));
    }
    for method in ["GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "PATCH", "FOO"] {
        for (kind, asked) in bodies(method) {
            drafts.push(all_granted(format!("{method} with {kind}"), asked.clone()));
            drafts.push(all_granted(format!("{method} with {kind}, XMLHttpRequest"), asked.xhr()));
        }
    }
    for url in [
        "http://u:p@127.0.0.1:9002/~/x",
        "http://u@127.0.0.1:9002/~/x",
        "http://:p@127.0.0.1:9002/~/x",
        "http://@127.0.0.1:9002/~/x",
        "http://:@127.0.0.1:9002/~/x",
        "http://[",
        "http://",
        "",
        "http:",
        "http://127.0.0.1:99999/~/x",
        "http://a b/~/x",
    ] {
        let draft = |fetch| {
            Draft::new(format!("URL {url:?}")).fetch(fetch).actual(there(), &[shared_with_credentials()])
        };
        // Elsewhere than in the page's directory, an empty URL is the page's own.
        if !url.is_empty() && url != "http:" {
            drafts.push(draft(get(url)));
            if !url.contains('@') {
                drafts.push(draft(get(url).xhr()));
            }
        }
    }
    for mode in ["navigate", "websocket", "webtransport"] {
        drafts.push(all_granted(format!("mode {mode}"), get(there()).mode(mode)));
    }
    drafts
}

fn bodies(method: &str) -> Vec<(&'static str, Fetch)> {
    let asked = || fetch(method, there()).body();
    vec![
        ("bytes", asked()),
        ("text", asked().set("body_type", "text/plain;charset=UTF-8")),
        ("a form", asked().set("body_type", "application/x-www-form-urlencoded;charset=UTF-8")),
        ("JSON", asked().set("body_type", "application/json")),
        (
            "a type of its own",
            asked().set("body_type", "application/json").header("content-type", "text/plain"),
        ),
        ("text called JSON", asked().text().header("content-type", "application/json")),
    ]
}

/// Modes, credentials modes, methods, targets.
pub fn modes() -> Vec<Draft> {
    let mut drafts = Vec::new();
    for page in [A, NULL] {
        for mode in ["cors", "no-cors", "same-origin"] {
            for credentials in ["omit", "same-origin", "include"] {
                for method in ["GET", "HEAD", "POST"] {
                    for target in [A, B, C] {
                        let about = format!("{mode}, {credentials}, {method} of {target} from {page}");
                        let asked = fetch(method, at(target, "x")).mode(mode).credentials(credentials);
                        drafts.push(all_granted(about, asked).page(page));
                    }
                }
            }
        }
    }
    for mode in ["cors", "no-cors", "same-origin"] {
        for target in [A, B] {
            for method in ["GET", "POST", "PUT"] {
                for (name, value) in [
                    ("x-a", "1"),
                    ("authorization", "x"),
                    ("content-type", "text/plain"),
                    ("content-type", "application/json"),
                    ("accept", "text/html"),
                    ("accept", ":"),
                    ("accept-language", "en"),
                    ("range", "bytes=0-1"),
                ] {
                    let about = format!("{mode}, {method} of {target} with {name}: {value}");
                    let asked = fetch(method, at(target, "x")).mode(mode).header(name, value);
                    drafts.push(all_granted(about, asked));
                }
            }
        }
    }
    for mode in ["cors", "no-cors", "same-origin"] {
        for target in [A, B] {
            for headers in [
                &[("accept", "a"), ("accept", "b")] as &[(&str, &str)],
                &[("content-type", "text/plain"), ("content-type", "text/plain")],
            ] {
                let asked = fetch("POST", at(target, "x")).mode(mode).headers(headers);
                drafts.push(all_granted(
                    format!("{mode}, POST of {target} with {} twice", headers[0].0),
                    asked,
                ));
            }
            for (kind, asked) in bodies("POST") {
                let asked = asked.set("url", at(target, "x")).mode(mode);
                drafts.push(all_granted(format!("{mode}, POST of {target} with {kind}"), asked));
            }
        }
    }
    let long = format!("text/plain;a={}", "b".repeat(116));
    for target in [A, B] {
        for body_type in ["application/json", "text/html", "text/plain;a=\"b\"", &long] {
            let asked = fetch("POST", at(target, "x")).mode("no-cors").body().set("body_type", body_type);
            let about = format!("no-cors, POST of {target} with a body of type {body_type}");
            drafts.push(all_granted(
                format!("{about} and a language"),
                asked.clone().header("content-language", "en"),
            ));
            drafts.push(all_granted(
                format!("{about}, a type set too"),
                asked.header("content-type", body_type),
            ));
        }
    }
    drafts
}

/// Pages and servers of all origins.
pub fn origins() -> Vec<Draft> {
    let mut drafts = Vec::new();
    for page in [A, C, D, E, NULL] {
        for target in [A, B, C, D, E] {
            let url = at(target, "x");
            for credentials in ["same-origin", "include"] {
                let about = format!("{credentials} from {page} to {target}");
                for method in ["GET", "POST", "PUT"] {
                    let asked = fetch(method, &url).credentials(credentials);
                    drafts.push(all_granted(format!("{method}, {about}"), asked).page(page));
                }
                let asked = get(&url).credentials(credentials);
                let refused = simple(format!("refused, {about}"), asked, None, answer(200).origin(B));
                drafts.push(refused.page(page));
            }
            let asked = get(&url).mode("no-cors").credentials("omit");
            drafts.push(
                simple(format!("no-cors from {page} to {target}"), asked, None, answer(200)).page(page),
            );
        }
    }
    drafts
}

/// `XMLHttpRequest`, with and without upload listener.
pub fn xhr() -> Vec<Draft> {
    let mut drafts = Vec::new();
    for listener in [false, true] {
        for with_credentials in [false, true] {
            for method in ["GET", "HEAD", "POST", "PUT", "DELETE", "FOO"] {
                for body in [false, true] {
                    let asked = || {
                        let asked = fetch(method, there()).xhr();
                        let asked = if body { asked.text() } else { asked };
                        let asked = if with_credentials { asked.include() } else { asked };
                        if listener { asked.set("upload_listener", true) } else { asked }
                    };
                    let about = format!(
                        "XMLHttpRequest, {method}{}{}{}",
                        if listener { ", upload listener" } else { "" },
                        if with_credentials { ", credentials" } else { "" },
                        if body { ", body" } else { "" },
                    );
                    let no_methods = shared_with_credentials().allow_headers("x-a");
                    let answered = shared_with_credentials();
                    drafts.push(all_granted(&about, asked()));
                    drafts.push(simple(
                        format!("{about}, methods not named"),
                        asked(),
                        Some(no_methods),
                        answered.clone(),
                    ));
                    let empty = shared_with_credentials().methods("");
                    drafts.push(simple(
                        format!("{about}, no method allowed"),
                        asked(),
                        Some(empty),
                        answered.clone(),
                    ));
                    if listener && !with_credentials {
                        let with_header = asked().header("x-a", "1");
                        drafts.push(simple(format!("{about}, refused preflight"), asked(), None, answered));
                        drafts.push(all_granted(format!("{about}, x-a"), with_header));
                        let own = asked().set("url", at(A, "x"));
                        drafts.push(simple(format!("{about}, own origin"), own, None, answer(200)));
                    }
                }
            }
        }
    }
    drafts
}
