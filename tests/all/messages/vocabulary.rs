//! Origins, patterns, methods, headers.

use crossorigin::{
    header_list::HeaderList,
    http::HeaderMap,
    method::normalize_method,
    origin::{OriginError, TupleOrigin},
    request_header::{NotSafelisted, cors_safelisted_request_header},
    server::{OriginPattern, PatternError},
};

use super::Section;

pub(super) fn sections() -> Vec<Section> {
    vec![origins(), patterns(), methods_and_headers(), headers_that_need_a_preflight()]
}

fn origins() -> Section {
    let mut section = Section::new("Invalid origins: origin::OriginError");
    let long_label = format!("https://{}.test", "a".repeat(64));
    let long_host = format!("https://{}", ["a".repeat(60).as_str(); 5].join("."));
    for text in [
        "",
        "null",
        "a.test",
        "://a.test",
        "h_t://a.test",
        "1ttp://a.test",
        "HTTPS://a.test",
        "https://",
        "https://a!b",
        "https://\u{e9}.test",
        "https://a..test",
        &long_label,
        &long_host,
        "https://1.2.3",
        "https://[::1",
        "https://[0::1]",
        "https://[::1]x",
        "https://u@a.test",
        "https://a.test/",
        "https://a.test?x",
        "https://a.test:",
        "https://a.test:x",
        "https://a.test:080",
        "https://a.test:65536",
        "https://a.test:443",
    ] {
        let error = TupleOrigin::parse(text.as_bytes()).unwrap_err();
        section.add(error.name(), format!("{text:?}\n{error}"));
        // As a pattern it is wrong in the same way.
        assert_eq!(OriginPattern::parse(text), Err(PatternError::Origin(error)), "{text}");
    }
    section.complete(OriginError::NAMES)
}

fn patterns() -> Section {
    let mut section = Section::new("Invalid patterns: server::PatternError");
    let long_scheme = format!("{}://a.test", "a".repeat(65));
    for text in [
        "https://a.test:0",
        "https://[::ffff:102:304]",
        "https://a.1b",
        "file://x",
        "https://xn--f.test",
        &long_scheme,
        "https://a.*.test",
        "https://*.127.0.0.1",
        "https://*",
    ] {
        let error = OriginPattern::parse(text).unwrap_err();
        section.add(error.name(), format!("{text:?}\n{error}"));
    }
    let of_origins = |name: &&&str| **name == "Origin";
    section
        .complete(&PatternError::NAMES.iter().filter(|name| !of_origins(name)).copied().collect::<Vec<_>>())
}

fn methods_and_headers() -> Section {
    let mut section = Section::new("Methods and headers");
    for method in ["", "GE:T", "G T"] {
        section.entry(&format!("{method:?} as a method"), normalize_method(method.as_bytes()).unwrap_err());
    }
    let value = HeaderList::new().append("x-a".parse().unwrap(), b"1\n2").unwrap_err();
    section.entry("\"1\\n2\" as a header value", value);

    let mut many = HeaderList::new();
    for number in 0..40_000 {
        many.append(format!("x-{number}").parse().unwrap(), "").unwrap();
    }
    section.entry("40,000 names as a header map", HeaderMap::try_from(&many).unwrap_err());
    section
}

fn headers_that_need_a_preflight() -> Section {
    let mut section = Section::new("Why a header needs a preflight: request_header::NotSafelisted");
    let long = "a".repeat(129);
    for (name, value) in [
        ("x-a", "1"),
        ("accept", "\""),
        ("accept", &long),
        ("accept-language", "en_GB"),
        ("content-type", "text"),
        ("content-type", "application/json"),
        ("range", "bytes=0-1,2-3"),
        ("range", "bytes=-500"),
    ] {
        let reason = cors_safelisted_request_header(&name.parse().unwrap(), value.as_bytes()).unwrap_err();
        section.add(reason.name(), format!("{name}: {value}\n{reason}"));
    }
    section.complete(NotSafelisted::NAMES)
}
