//! Requests of a page: modes, initiators, origins.

use super::draft::{
    Draft, Fetch, all_allowed, at, fetch, get, response, shared_with_credentials, simple, there,
};
use crate::origins::{A, B, C, D, E, NULL};

/// A case in which everything is allowed, so that only the requests matter.
pub fn with_all_allowed(about: impl Into<String>, fetch: Fetch) -> Draft {
    simple(about, fetch, Some(all_allowed()), shared_with_credentials())
}

/// Headers and methods that initiators refuse or drop, and bodies of methods without one.
pub fn initiators() -> Vec<Draft> {
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
        drafts.push(with_all_allowed(format!("{name} set by the page"), get(there()).header(name, "1")));
        drafts.push(with_all_allowed(
            format!("{name} set by XMLHttpRequest"),
            get(there()).header(name, "1").xhr(),
        ));
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
            drafts.push(with_all_allowed(format!("{name}: {value}"), get(there()).header(name, value)));
        }
    }
    for name in ["", " ", "x a", "x:", "x\u{e9}", "x\t", "(x)", "x/y", "\"x\"", "x\n"] {
        drafts.push(with_all_allowed(format!("header name {name:?}"), get(there()).header(name, "1")));
        drafts.push(with_all_allowed(
            format!("header name {name:?}, XMLHttpRequest"),
            get(there()).header(name, "1").xhr(),
        ));
    }
    for value in ["a\nb", "a\rb", "a\0b", "\na", "a\n", " a\t", "\r\n a"] {
        drafts.push(with_all_allowed(format!("header value {value:?}"), get(there()).header("x-a", value)));
        drafts.push(with_all_allowed(
            format!("header value {value:?}, XMLHttpRequest"),
            get(there()).header("x-a", value).xhr(),
        ));
    }
    for method in [
        "CONNECT", "connect", "TRACE", "Trace", "TRACK", "", " ", "G T", "GET\t", "G\u{e9}T", "\"GET\"",
        "(GET)", "GET,PUT", "X/Y",
    ] {
        drafts.push(with_all_allowed(format!("method {method:?}"), fetch(method, there())));
        drafts.push(with_all_allowed(
            format!("method {method:?}, XMLHttpRequest"),
            fetch(method, there()).xhr(),
        ));
        drafts.push(with_all_allowed(
            format!("method {method:?}, no-cors"),
            fetch(method, there()).mode("no-cors"),
        ));
    }
    for method in ["GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "PATCH", "FOO"] {
        for (kind, request) in bodies(method) {
            drafts.push(with_all_allowed(format!("{method} with {kind}"), request.clone()));
            drafts.push(with_all_allowed(format!("{method} with {kind}, XMLHttpRequest"), request.xhr()));
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
        // An empty URL is the URL of the page itself, which is not a URL of the case.
        if !url.is_empty() && url != "http:" {
            drafts.push(draft(get(url)));
            if !url.contains('@') {
                drafts.push(draft(get(url).xhr()));
            }
        }
    }
    for mode in ["navigate", "websocket", "webtransport"] {
        drafts.push(with_all_allowed(format!("mode {mode}"), get(there()).mode(mode)));
    }
    drafts
}

fn bodies(method: &str) -> Vec<(&'static str, Fetch)> {
    let request = || fetch(method, there()).body();
    vec![
        ("bytes", request()),
        ("text", request().set("body_type", "text/plain;charset=UTF-8")),
        ("a form", request().set("body_type", "application/x-www-form-urlencoded;charset=UTF-8")),
        ("JSON", request().set("body_type", "application/json")),
        (
            "a type of its own",
            request().set("body_type", "application/json").header("content-type", "text/plain"),
        ),
        ("text called JSON", request().text().header("content-type", "application/json")),
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
                        let request = fetch(method, at(target, "x")).mode(mode).credentials(credentials);
                        drafts.push(with_all_allowed(about, request).page(page));
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
                    let request = fetch(method, at(target, "x")).mode(mode).header(name, value);
                    drafts.push(with_all_allowed(about, request));
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
                let request = fetch("POST", at(target, "x")).mode(mode).headers(headers);
                drafts.push(with_all_allowed(
                    format!("{mode}, POST of {target} with {} twice", headers[0].0),
                    request,
                ));
            }
            for (kind, request) in bodies("POST") {
                let request = request.set("url", at(target, "x")).mode(mode);
                drafts.push(with_all_allowed(format!("{mode}, POST of {target} with {kind}"), request));
            }
        }
    }
    let long = format!("text/plain;a={}", "b".repeat(116));
    for target in [A, B] {
        for body_type in ["application/json", "text/html", "text/plain;a=\"b\"", &long] {
            let request = fetch("POST", at(target, "x")).mode("no-cors").body().set("body_type", body_type);
            let about = format!("no-cors, POST of {target} with a body of type {body_type}");
            drafts.push(with_all_allowed(
                format!("{about} and a language"),
                request.clone().header("content-language", "en"),
            ));
            drafts.push(with_all_allowed(
                format!("{about}, a type set too"),
                request.header("content-type", body_type),
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
                    let request = fetch(method, &url).credentials(credentials);
                    drafts.push(with_all_allowed(format!("{method}, {about}"), request).page(page));
                }
                let request = get(&url).credentials(credentials);
                let refused = simple(format!("refused, {about}"), request, None, response(200).origin(B));
                drafts.push(refused.page(page));
            }
            let request = get(&url).mode("no-cors").credentials("omit");
            drafts.push(
                simple(format!("no-cors from {page} to {target}"), request, None, response(200)).page(page),
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
                    let request = || {
                        let request = fetch(method, there()).xhr();
                        let request = if body { request.text() } else { request };
                        let request = if with_credentials { request.include() } else { request };
                        if listener { request.set("upload_listener", true) } else { request }
                    };
                    let about = format!(
                        "XMLHttpRequest, {method}{}{}{}",
                        if listener { ", upload listener" } else { "" },
                        if with_credentials { ", credentials" } else { "" },
                        if body { ", body" } else { "" },
                    );
                    let no_methods = shared_with_credentials().allow_headers("x-a");
                    let scripted = shared_with_credentials();
                    drafts.push(with_all_allowed(&about, request()));
                    drafts.push(simple(
                        format!("{about}, methods not named"),
                        request(),
                        Some(no_methods),
                        scripted.clone(),
                    ));
                    let empty = shared_with_credentials().methods("");
                    drafts.push(simple(
                        format!("{about}, no method allowed"),
                        request(),
                        Some(empty),
                        scripted.clone(),
                    ));
                    if listener && !with_credentials {
                        let with_header = request().header("x-a", "1");
                        drafts.push(simple(format!("{about}, refused preflight"), request(), None, scripted));
                        drafts.push(with_all_allowed(format!("{about}, x-a"), with_header));
                        let own = request().set("url", at(A, "x"));
                        drafts.push(simple(format!("{about}, own origin"), own, None, response(200)));
                    }
                }
            }
        }
    }
    drafts
}
