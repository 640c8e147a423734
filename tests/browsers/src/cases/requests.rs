//! What a page asks for: safelisted and other headers, modes, doors, origins.

use super::draft::{Draft, Fetch, answer, at, fetch, get, granted, shared_with_credentials, simple, there};
use crate::origins::{A, B, C, D, E, NULL};

/// Whatever is asked for is granted, so that only the requests tell.
fn all_granted(about: impl Into<String>, fetch: Fetch) -> Draft {
    simple(about, fetch, Some(granted()), shared_with_credentials())
}

/// Values of safelisted request headers, and of headers that look so.
pub fn safelist() -> Vec<Draft> {
    let mut drafts = Vec::new();
    let mut add = |name: &str, value: &str| {
        let short = if value.len() > 60 { format!("{} bytes", value.len()) } else { value.to_owned() };
        drafts.push(all_granted(format!("{name}: {short}"), get(there()).header(name, value)));
    };
    let bytes: Vec<char> =
        (1..=255u8).map(char::from).filter(|char| !matches!(char, '\n' | '\r') && !char.is_ascii_alphanumeric()).collect();
    for byte in &bytes {
        // The upper half is one range to every rule.
        if (*byte as u32) < 0x82 || (*byte as u32) > 0xfc {
            add("accept", &format!("a{byte}b"));
            add("accept-language", &format!("a{byte}b"));
        }
    }
    for byte in " *,-.;=_/()\"+:\u{e9}\t!".chars() {
        add("content-language", &format!("a{byte}b"));
        add("content-type", &format!("text/plain;a{byte}b"));
        add("content-type", &format!("text{byte}/plain"));
    }
    for name in ["accept", "accept-language", "content-language"] {
        for value in ["", " ", "*", "a", "en-US,en;q=0.9", "*/*", "text/html, */*;q=0.1"] {
            add(name, value);
        }
        for length in [127, 128, 129, 1024] {
            add(name, &"a".repeat(length));
        }
    }
    for value in [
        "text/plain", "TEXT/PLAIN", "Text/Plain;Charset=UTF-8", "text/plain;", "text/plain;garbage", "text/plain; charset=utf-8",
        "text/plain;charset=\"utf-8\"", "text/plain,text/plain", "text/plain, application/json", "text/plain;x=,y", " text/plain ",
        "text /plain", "text/ plain", "text/plain x", "text/", "/plain", "text", "", "*/*", "text/*", "text/html", "text/plainx",
        "application/json", "application/x-www-form-urlencoded", "APPLICATION/X-WWW-FORM-URLENCODED;a=b",
        "application/x-www-form-urlencoded,", "multipart/form-data", "multipart/form-data; boundary=x",
        "multipart/form-data; boundary=\"x\"", "multipart/form-datax", "multipart/mixed", "application/octet-stream",
        "application/csp-report", "text/xml", "image/png", "text/plain\u{b}", "text/plain;a=\u{e9}", "text/plain;;;", "a/b;text/plain",
        "text/plain;charset=UTF-8, */*", "text/plain\t;\tcharset=utf-8", "application/x-protobuf", "application/grpc-web",
    ] {
        add("content-type", value);
    }
    for length in [127, 128, 129] {
        add("content-type", &format!("text/plain;{}", "a".repeat(length - 11)));
    }
    for value in [
        "bytes=0-", "bytes=0-0", "bytes=0-9", "bytes=007-7", "bytes=5-4", "bytes=-5", "bytes=-", "bytes=", "bytes", "Bytes=0-1",
        "BYTES=0-", "bytes=0-1,2-3", "bytes= 0-1", "bytes =0-1", "bytes=0 -1", "bytes=0- 1", "bytes=0-1 ", "bytes=0-1-2",
        "bytes=+0-1", "bytes=0", "bytes=a-b", "bytes=0x1-2", "bytes=0-1;x", "lines=0-1", "0-1", "bytes=1.0-2", "bytes:0-1",
        "bytes=9223372036854775806-", "bytes=9223372036854775807-", "bytes=9223372036854775808-", "bytes=18446744073709551615-",
        "bytes=18446744073709551616-", "bytes=99999999999999999999999-", "bytes=0-99999999999999999999999", "bytes\t=0-1", "bytes=\t0-",
    ] {
        add("range", value);
    }
    for (name, value) in [
        ("dpr", "1"), ("width", "1"), ("viewport-width", "1"), ("device-memory", "1"), ("downlink", "1"), ("ect", "4g"), ("rtt", "1"),
        ("save-data", "on"), ("intervention", "<x>"), ("sec-ch-ua", "x"), ("sec-ch-dpr", "1"), ("sec-ch-x", "1"), ("dpr", "x"),
        ("save-data", "off"), ("width", "-1"), ("accept-encoding", "gzip"), ("accept-charset", "utf-8"), ("if-match", "x"),
        ("if-none-match", "x"), ("if-modified-since", "x"), ("if-unmodified-since", "x"), ("if-range", "x"), ("cache-control", "no-cache"),
        ("pragma", "no-cache"), ("origin", "x"), ("x-requested-with", "x"), ("last-event-id", "1"), ("ping-from", "x"),
        ("authorization", "Bearer x"), ("idempotency-key", "\"x\""), ("dnt", "1"), ("sec-gpc", "1"), ("priority", "u=1"),
        ("content-encoding", "gzip"), ("content-location", "/"), ("content-disposition", "x"), ("from", "x"), ("accept-datetime", "x"),
        ("traceparent", "x"), ("upgrade-insecure-requests", "1"), ("accept-ch", "dpr"), ("early-data", "1"), ("forwarded", "x"),
    ] {
        add(name, value);
    }
    drafts
}

/// Several request headers together: which names a preflight asks for, what is combined, what the sum of lengths does.
pub fn combinations() -> Vec<Draft> {
    let long = "a".repeat(100);
    let full = "a".repeat(128);
    let full = full.as_str();
    let nine = [("accept", full); 9];
    let lists: [&[(&str, &str)]; 34] = [
        &[("accept", "a"), ("accept", "b")],
        &[("accept", &long), ("accept", &long)],
        &[("accept", full), ("accept", "")],
        &[("accept", "a"), ("accept", ":")],
        &[("accept-language", "a"), ("accept-language", "b")],
        &[("accept-language", &long), ("accept-language", &long)],
        &[("content-language", "a"), ("content-language", "b")],
        &[("content-type", "text/plain"), ("content-type", "text/plain")],
        &[("content-type", "application/json"), ("content-type", "text/plain")],
        &[("content-type", "text/plain"), ("content-type", "application/json")],
        &[("range", "bytes=0-1"), ("range", "bytes=0-1")],
        &[("x-a", "1"), ("x-a", "2")],
        &[("x-a", "1"), ("X-A", "2"), ("x-b", "3")],
        &[("x-b", "1"), ("x-a", "2")],
        &[("X-B", "1"), ("x-a", "2"), ("X-b", "3"), ("x_a", "4"), ("X-1", "5")],
        &[("x-a", ""), ("x-b", "")],
        &[("x-a", ""), ("x-a", "")],
        &[("x-a", " 1 "), ("x-b", "\t2\t")],
        &[("x-a", "\u{e9}"), ("x-b", "\u{ff}")],
        &nine[..4],
        &nine[..7],
        &nine[..8],
        &nine,
        &[("accept", full), ("accept-language", full), ("content-language", full), ("content-type", "text/plain")],
        &[("accept", full), ("x-a", full)],
        &[("accept", full), ("accept", full), ("x-a", "1")],
        &[("accept", "a"), ("x-a", "1"), ("content-type", "text/plain"), ("authorization", "x")],
        &[("accept", ":"), ("accept-language", ":"), ("content-type", ":"), ("range", ":")],
        &[("authorization", "x"), ("content-type", "application/json"), ("x-requested-with", "x"), ("accept", "text/html")],
        &[("accept", "a"), ("accept-encoding", "b"), ("cookie", "c"), ("x-a", "1")],
        &[("host", "x"), ("x-a", "1")],
        &[("sec-x", "1"), ("proxy-x", "2"), ("secx", "3"), ("proxyx", "4")],
        &[("x-http-method-override", "TRACE"), ("x-a", "1")],
        &[("content-length", "3"), ("transfer-encoding", "chunked"), ("x-a", "1")],
    ];
    let mut drafts = Vec::new();
    for headers in lists {
        let names: Vec<_> = headers.iter().map(|(name, value)| format!("{name} ({})", value.len())).collect();
        let about = names.join(" ");
        drafts.push(all_granted(&about, get(there()).headers(headers)));
        drafts.push(all_granted(format!("{about}, POST"), fetch("POST", there()).headers(headers).text()));
        drafts.push(all_granted(format!("{about}, XMLHttpRequest"), get(there()).headers(headers).xhr()));
    }
    drafts
}

/// Headers and methods that doors refuse or drop, bodies where none can be.
pub fn doors() -> Vec<Draft> {
    let mut drafts = Vec::new();
    for name in [
        "accept-charset", "accept-encoding", "access-control-request-headers", "access-control-request-method", "connection",
        "content-length", "cookie", "cookie2", "date", "dnt", "expect", "host", "keep-alive", "origin", "referer", "set-cookie", "te",
        "trailer", "transfer-encoding", "upgrade", "via", "proxy-", "proxy-authorization", "sec-", "sec-fetch-site", "Sec-X", "PROXY-X",
        "access-control-request-private-network", "user-agent", "x-forwarded-for", "cookie3", "secret",
    ] {
        drafts.push(all_granted(format!("{name} set by the page"), get(there()).header(name, "1")));
        drafts.push(all_granted(format!("{name} set by XMLHttpRequest"), get(there()).header(name, "1").xhr()));
    }
    for name in ["x-http-method", "x-http-method-override", "x-method-override", "x-http-method-x"] {
        for value in ["TRACE", "trace", "GET", "GET, TRACE", "\"GET,TRACE\"", "TRACE,", "xTRACE", "CONNECT", " track ", "PUT;TRACE", ""] {
            drafts.push(all_granted(format!("{name}: {value}"), get(there()).header(name, value)));
        }
    }
    for name in ["", " ", "x a", "x:", "x\u{e9}", "x\t", "(x)", "x/y", "\"x\"", "x\n"] {
        drafts.push(all_granted(format!("header name {name:?}"), get(there()).header(name, "1")));
        drafts.push(all_granted(format!("header name {name:?}, XMLHttpRequest"), get(there()).header(name, "1").xhr()));
    }
    for value in ["a\nb", "a\rb", "a\0b", "\na", "a\n", " a\t", "\r\n a"] {
        drafts.push(all_granted(format!("header value {value:?}"), get(there()).header("x-a", value)));
        drafts.push(all_granted(format!("header value {value:?}, XMLHttpRequest"), get(there()).header("x-a", value).xhr()));
    }
    for method in ["CONNECT", "connect", "TRACE", "Trace", "TRACK", "", " ", "G T", "GET\t", "G\u{e9}T", "\"GET\"", "(GET)", "GET,PUT", "X/Y"] {
        drafts.push(all_granted(format!("method {method:?}"), fetch(method, there())));
        drafts.push(all_granted(format!("method {method:?}, XMLHttpRequest"), fetch(method, there()).xhr()));
        drafts.push(all_granted(format!("method {method:?}, no-cors"), fetch(method, there()).mode("no-cors")));
    }
    for method in ["GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "PATCH", "FOO"] {
        for (kind, asked) in bodies(method) {
            drafts.push(all_granted(format!("{method} with {kind}"), asked.clone()));
            drafts.push(all_granted(format!("{method} with {kind}, XMLHttpRequest"), asked.xhr()));
        }
    }
    for url in [
        "http://u:p@127.0.0.1:9002/~/x", "http://u@127.0.0.1:9002/~/x", "http://:p@127.0.0.1:9002/~/x", "http://@127.0.0.1:9002/~/x",
        "http://:@127.0.0.1:9002/~/x", "http://[", "http://", "", "http:", "http://127.0.0.1:99999/~/x", "http://a b/~/x",
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
        ("a type of its own", asked().set("body_type", "application/json").header("content-type", "text/plain")),
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
                    ("x-a", "1"), ("authorization", "x"), ("content-type", "text/plain"), ("content-type", "application/json"),
                    ("accept", "text/html"), ("accept", ":"), ("accept-language", "en"), ("range", "bytes=0-1"),
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
            for headers in [&[("accept", "a"), ("accept", "b")] as &[(&str, &str)], &[("content-type", "text/plain"), ("content-type", "text/plain")]] {
                let asked = fetch("POST", at(target, "x")).mode(mode).headers(headers);
                drafts.push(all_granted(format!("{mode}, POST of {target} with {} twice", headers[0].0), asked));
            }
            for (kind, asked) in bodies("POST") {
                let asked = asked.set("url", at(target, "x")).mode(mode);
                drafts.push(all_granted(format!("{mode}, POST of {target} with {kind}"), asked));
            }
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
            drafts.push(simple(format!("no-cors from {page} to {target}"), asked, None, answer(200)).page(page));
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
                    drafts.push(simple(format!("{about}, methods not named"), asked(), Some(no_methods), answered.clone()));
                    let empty = shared_with_credentials().methods("");
                    drafts.push(simple(format!("{about}, no method allowed"), asked(), Some(empty), answered.clone()));
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
