//! Which request headers need a preflight.

use super::{
    draft::{Draft, fetch, get, there},
    requests::with_all_allowed,
};

/// Values of safelisted request headers, and of similar headers.
pub fn safelist() -> Vec<Draft> {
    let mut drafts = Vec::new();
    let mut add = |name: &str, value: &str| {
        let short = if value.len() > 60 { format!("{} bytes", value.len()) } else { value.to_owned() };
        drafts.push(with_all_allowed(format!("{name}: {short}"), get(there()).header(name, value)));
    };
    let bytes: Vec<char> = (1..=255u8)
        .map(char::from)
        .filter(|char| !matches!(char, '\n' | '\r') && !char.is_ascii_alphanumeric())
        .collect();
    for byte in &bytes {
        // For every rule, the upper half is one range.
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
        "text/plain",
        "TEXT/PLAIN",
        "Text/Plain;Charset=UTF-8",
        "text/plain;",
        "text/plain;garbage",
        "text/plain; charset=utf-8",
        "text/plain;charset=\"utf-8\"",
        "text/plain,text/plain",
        "text/plain, application/json",
        "text/plain;x=,y",
        " text/plain ",
        "text /plain",
        "text/ plain",
        "text/plain x",
        "text/",
        "/plain",
        "text",
        "",
        "*/*",
        "text/*",
        "text/html",
        "text/plainx",
        "application/json",
        "application/x-www-form-urlencoded",
        "APPLICATION/X-WWW-FORM-URLENCODED;a=b",
        "application/x-www-form-urlencoded,",
        "multipart/form-data",
        "multipart/form-data; boundary=x",
        "multipart/form-data; boundary=\"x\"",
        "multipart/form-datax",
        "multipart/mixed",
        "application/octet-stream",
        "application/csp-report",
        "text/xml",
        "image/png",
        "text/plain\u{b}",
        "text/plain;a=\u{e9}",
        "text/plain;;;",
        "a/b;text/plain",
        "text/plain;charset=UTF-8, */*",
        "text/plain\t;\tcharset=utf-8",
        "application/x-protobuf",
        "application/grpc-web",
    ] {
        add("content-type", value);
    }
    for length in [127, 128, 129] {
        add("content-type", &format!("text/plain;{}", "a".repeat(length - 11)));
    }
    for value in [
        "bytes=0-",
        "bytes=0-0",
        "bytes=0-9",
        "bytes=007-7",
        "bytes=5-4",
        "bytes=-5",
        "bytes=-",
        "bytes=",
        "bytes",
        "Bytes=0-1",
        "BYTES=0-",
        "bytes=0-1,2-3",
        "bytes= 0-1",
        "bytes =0-1",
        "bytes=0 -1",
        "bytes=0- 1",
        "bytes=0-1 ",
        "bytes=0-1-2",
        "bytes=+0-1",
        "bytes=0",
        "bytes=a-b",
        "bytes=0x1-2",
        "bytes=0-1;x",
        "lines=0-1",
        "0-1",
        "bytes=1.0-2",
        "bytes:0-1",
        "bytes=9223372036854775806-",
        "bytes=9223372036854775807-",
        "bytes=9223372036854775808-",
        "bytes=18446744073709551615-",
        "bytes=18446744073709551616-",
        "bytes=99999999999999999999999-",
        "bytes=0-99999999999999999999999",
        "bytes\t=0-1",
        "bytes=\t0-",
    ] {
        add("range", value);
    }
    for (name, value) in [
        ("dpr", "1"),
        ("width", "1"),
        ("viewport-width", "1"),
        ("device-memory", "1"),
        ("downlink", "1"),
        ("ect", "4g"),
        ("rtt", "1"),
        ("save-data", "on"),
        ("intervention", "<x>"),
        ("sec-ch-ua", "x"),
        ("sec-ch-dpr", "1"),
        ("sec-ch-x", "1"),
        ("dpr", "x"),
        ("save-data", "off"),
        ("width", "-1"),
        ("accept-encoding", "gzip"),
        ("accept-charset", "utf-8"),
        ("if-match", "x"),
        ("if-none-match", "x"),
        ("if-modified-since", "x"),
        ("if-unmodified-since", "x"),
        ("if-range", "x"),
        ("cache-control", "no-cache"),
        ("pragma", "no-cache"),
        ("origin", "x"),
        ("x-requested-with", "x"),
        ("last-event-id", "1"),
        ("ping-from", "x"),
        ("authorization", "Bearer x"),
        ("idempotency-key", "\"x\""),
        ("dnt", "1"),
        ("sec-gpc", "1"),
        ("priority", "u=1"),
        ("content-encoding", "gzip"),
        ("content-location", "/"),
        ("content-disposition", "x"),
        ("from", "x"),
        ("accept-datetime", "x"),
        ("traceparent", "x"),
        ("upgrade-insecure-requests", "1"),
        ("accept-ch", "dpr"),
        ("early-data", "1"),
        ("forwarded", "x"),
    ] {
        add(name, value);
    }
    drafts
}

/// Several request headers together: the names in a preflight, combined lines, and the total of the lengths.
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
        &[
            ("accept", full),
            ("accept-language", full),
            ("content-language", full),
            ("content-type", "text/plain"),
        ],
        &[("accept", full), ("x-a", full)],
        &[("accept", full), ("accept", full), ("x-a", "1")],
        &[("accept", "a"), ("x-a", "1"), ("content-type", "text/plain"), ("authorization", "x")],
        &[("accept", ":"), ("accept-language", ":"), ("content-type", ":"), ("range", ":")],
        &[
            ("authorization", "x"),
            ("content-type", "application/json"),
            ("x-requested-with", "x"),
            ("accept", "text/html"),
        ],
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
        drafts.push(with_all_allowed(&about, get(there()).headers(headers)));
        drafts
            .push(with_all_allowed(format!("{about}, POST"), fetch("POST", there()).headers(headers).text()));
        drafts
            .push(with_all_allowed(format!("{about}, XMLHttpRequest"), get(there()).headers(headers).xhr()));
    }
    drafts
}
