//! The words of whatever is not said in a longer test: findings, origins, patterns, policies, cases.

use crossorigin::browser::{AllowedBy, Finding, MaxAge, Phase, PreflightCause, ResponseType};
use crossorigin::header_list::{HeaderList, HeaderMapError};
use crossorigin::http::{HeaderMap, Method, StatusCode};
use crossorigin::oracle::case::Case;
use crossorigin::origin::TupleOrigin;
use crossorigin::request_header::NotSafelisted;
use crossorigin::server::{Configuration, OriginAnswer, OriginPattern, Policy};
use std::collections::BTreeSet;
use std::time::Duration;

use crate::server::reply::request;

#[test]
fn findings() {
    let method = || Method::PUT;
    let cause = |forced, method, headers, too_long_together| {
        let mut cause = PreflightCause::default();
        (cause.forced, cause.method, cause.headers) = (forced, method, headers);
        (cause.repeated, cause.too_long_together) = (too_long_together, too_long_together);
        Finding::CorsWithPreflight(cause)
    };
    let mut repeated = PreflightCause::default();
    repeated.repeated = true;
    let redirected = |method_became_get, authorization_removed| Finding::Redirected {
        status: StatusCode::FOUND,
        location: Box::new("https://b.test/".parse().unwrap()),
        method_became_get,
        authorization_removed,
    };
    let passed = |by_wildcard, with_credentials| Finding::CorsCheckPassed { by_wildcard, with_credentials };
    let allowed = |by| Finding::MethodAllowed { method: method(), by };
    let names = |names: &[&str]| Finding::HeadersAllowed {
        names: names.iter().map(|name| name.parse().unwrap()).collect(),
    };
    let stored = Finding::PreflightStored;
    let header = ("x-a".parse().unwrap(), NotSafelisted::Name);
    let pinned = [
        (Finding::SameOrigin, "the URL is of the page's own origin, so CORS does not apply"),
        (Finding::NotSubjectToCors, "CORS does not apply to this kind of request"),
        (
            Finding::Opaque,
            "another origin is involved, and the mode is \"no-cors\": scripts will see nothing of the answer",
        ),
        (
            Finding::CorsWithoutPreflight,
            "another origin is involved, so CORS applies; method and headers need no preflight",
        ),
        (
            cause(true, Some(method()), vec![header], true),
            "another origin is involved, so CORS applies, and a preflight must permit this: an upload listener or a body \
             that is a stream asks for one; there was one before the redirect, and this browser repeats it; the method PUT is not GET, HEAD or POST; the header `x-a` is not safelisted, \
             because its name is none of accept, accept-language, content-language, content-type, range; the safelisted \
             headers are more than 1024 bytes long together",
        ),
        (
            Finding::CorsWithPreflight(repeated),
            "another origin is involved, so CORS applies, and a preflight must permit this: there was one before the \
             redirect, and this browser repeats it",
        ),
        (
            Finding::PreflightCached,
            "an earlier preflight permitted this, and that is still cached, so none is sent",
        ),
        (
            Finding::OriginTainted,
            "a server outside the page's own origin redirected to another origin: from now on, Origin is `null`",
        ),
        (
            Finding::Credentials { included: true },
            "the request goes with cookies and HTTP authentication, as far as there are any",
        ),
        (
            Finding::Credentials { included: false },
            "the request goes without cookies and HTTP authentication",
        ),
        (
            Finding::RefusedLater,
            "the answer is refused, but this browser finds that out only when the next request would go out",
        ),
        (
            passed(true, false),
            "the CORS check passes: Access-Control-Allow-Origin is `*`, which is enough unless the credentials mode is \
             \"include\"",
        ),
        (
            passed(false, false),
            "the CORS check passes: Access-Control-Allow-Origin is exactly the request's Origin",
        ),
        (
            passed(false, true),
            "the CORS check passes: Access-Control-Allow-Origin is exactly the request's Origin, and \
             Access-Control-Allow-Credentials is `true`",
        ),
        (
            Finding::PreflightStatusOk(StatusCode::NO_CONTENT),
            "the preflight's status, 204, is an ok status (200 to 299)",
        ),
        (allowed(AllowedBy::Safelist), "method PUT is allowed: GET, HEAD and POST always are"),
        (allowed(AllowedBy::Name), "method PUT is allowed: Access-Control-Allow-Methods lists it"),
        (allowed(AllowedBy::Wildcard), "method PUT is allowed: Access-Control-Allow-Methods has `*`"),
        (
            allowed(AllowedBy::ForcedPreflight),
            "method PUT is allowed: there is no Access-Control-Allow-Methods, and the preflight was forced",
        ),
        (names(&[]), "no request header needs permission"),
        (
            names(&["x-a", "x-b"]),
            "Access-Control-Allow-Headers covers every header that needs permission: x-a, x-b",
        ),
        (
            stored(MaxAge::Given(Duration::ZERO)),
            "the listed methods and headers are not cached: Access-Control-Max-Age is 0",
        ),
        (
            stored(MaxAge::Given(Duration::from_secs(7200))),
            "the listed methods and headers are cached for 7200 s (2 hours)",
        ),
        (stored(MaxAge::Default), "the listed methods and headers are cached for 5 s, the default"),
        (
            stored(MaxAge::Limited(Duration::from_secs(86_400))),
            "the listed methods and headers are cached for 86400 s (1 day), this browser's limit",
        ),
        (
            stored(MaxAge::NotCached),
            "the listed methods and headers are not cached: Access-Control-Max-Age is no number that this browser takes",
        ),
        (Finding::ResourcePolicyPassed, "Cross-Origin-Resource-Policy does not forbid it"),
        (redirected(false, false), "the status 302 redirects to https://b.test/"),
        (
            redirected(true, true),
            "the status 302 redirects to https://b.test/; the method becomes GET, and the body is dropped; that is another \
             origin, so Authorization is dropped",
        ),
        (
            Finding::TimingHidden,
            "detailed timing stays hidden: no Timing-Allow-Origin allows it, or not at every redirect",
        ),
        (Finding::Delivered(ResponseType::Cors), "delivered: a response of type \"cors\""),
    ];
    for (finding, text) in pinned {
        assert_eq!(finding.to_string(), text);
    }
    let phases =
        [Phase::Initial, Phase::Preflight, Phase::Actual, Phase::Redirect].map(|phase| phase.to_string());
    assert_eq!(phases, ["before the request", "preflight", "request", "redirect"]);
}

#[test]
fn header_lists_that_no_map_can_hold() {
    let mut list = HeaderList::new();
    for number in 0..40_000 {
        list.append(format!("x-{number}").parse().unwrap(), "").unwrap();
    }
    let error = HeaderMap::try_from(&list).unwrap_err();
    assert!(matches!(error, HeaderMapError::TooMany));
    assert_eq!(error.to_string(), "there are more header names than a map can hold");
}

/// Texts that are no origins, or no patterns though they are origins, and what is said of each as a pattern.
const NO_PATTERNS: [(&str, &str, &str); 34] = [
    ("", "Empty", "there is nothing"),
    ("null", "Null", "`null` stands for any opaque origin and names none"),
    ("a.test", "MissingSchemeSeparator", "there is no `://` after a scheme"),
    ("://a.test", "SchemeEmpty", "there is no scheme"),
    ("h_t://a.test", "SchemeByte", "0x5F (`_`) at byte 1 cannot be part of a scheme"),
    (
        "HTTPS://a.test",
        "Uppercase",
        "the letter at byte 0 is in upper case; scheme and host are serialized in lower case",
    ),
    ("https://", "HostEmpty", "there is no host"),
    ("https://a_b", "HostByte", "0x5F (`_`) at byte 9 cannot be part of a host"),
    (
        "https://\u{e9}.test",
        "NotAscii",
        "0xC3 at byte 8 is not ASCII; hosts are serialized in Punycode (xn--)",
    ),
    ("https://a..test", "LabelEmpty", "the label of the host at byte 10 is empty"),
    ("https://-a.test", "LabelHyphen", "the label of the host at byte 8 begins or ends with a hyphen"),
    (
        "https://aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa.test",
        "LabelTooLong",
        "the label of the host at byte 8 is 64 bytes long and 63 is the limit",
    ),
    ("https://1.2.3", "Ipv4", "a host that ends in a number must be an IPv4 address of four decimal numbers"),
    ("https://[::1", "Ipv6", "there is no IPv6 address in the square brackets"),
    ("https://[0::1]", "Ipv6NotCanonical", "the IPv6 address is not in its shortest form in lower case"),
    (
        "https://[::1]x",
        "AfterIpv6",
        "after an IPv6 address only a port may follow, and at byte 13 there is something else",
    ),
    ("https://u@a.test", "Userinfo", "an origin has no user or password, and at byte 9 there is an `@`"),
    ("https://a.test/", "Path", "an origin ends after host and port, and at byte 14 there is 0x2F (`/`)"),
    ("https://a.test:", "PortEmpty", "there is no port after the colon"),
    ("https://a.test:x", "PortByte", "a port is one to five digits, and at byte 15 there is 0x78 (`x`)"),
    ("https://a.test:080", "PortLeadingZero", "a port has no leading zeros"),
    ("https://a.test:65536", "PortTooLarge", "port 65536 is above 65535"),
    ("https://a.test:443", "DefaultPort", "port 443 is the default of the scheme and must be left out"),
    ("https://a.test:0", "PortZero", "no page comes from port 0"),
    (
        "https://[::ffff:102:304]",
        "Ipv4Mapped",
        "the host is an IPv4 address in the form of an IPv6 one; write the IPv4 address",
    ),
    (
        "https://a.1b",
        "LastLabelBeginsWithDigit",
        "the last label of the host begins with a digit, as that of no domain does",
    ),
    (
        "file://x",
        "OpaqueScheme",
        "pages of the scheme `file` have an opaque origin, which the `Origin` header gives as `null`: no page would ever \
         match",
    ),
    (
        "https://xn--f.test",
        "Punycode",
        "the label of the host at byte 8 begins with `xn--`, but what follows is not Punycode",
    ),
    (
        "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa://a.test",
        "SchemeTooLong",
        "the scheme is 65 bytes long and 64 is the limit",
    ),
    (
        "https://a.*.test",
        "WildcardMisplaced",
        "the `*` at byte 10 cannot stand there: a wildcard is the whole first label of the host, as in \
         `https://*.example.com`, or the whole port",
    ),
    ("https://*.127.0.0.1", "WildcardOverAddress", "an IP address has no subdomains"),
    ("https://*", "WildcardWithoutDomain", "a `*` as the whole host has no domain behind it"),
    ("https://a.test?x", "Path", "an origin ends after host and port, and at byte 14 there is 0x3F (`?`)"),
    ("1ttp://a.test", "SchemeByte", "0x31 (`1`) at byte 0 cannot be part of a scheme"),
];

#[test]
fn origins_and_patterns() {
    for (text, name, message) in NO_PATTERNS {
        let error = OriginPattern::parse(text).unwrap_err();
        assert_eq!((error.name().as_str(), error.to_string().as_str()), (name, message), "{text}");
        // As an origin it is no other fault, if it is one.
        if let Err(error) = TupleOrigin::parse(text.as_bytes())
            && !text.contains('*')
            && name != "SchemeTooLong"
        {
            assert_eq!(error.to_string(), message, "{text}");
        }
    }
    let host = ["a".repeat(60).as_str(); 5].join(".");
    let error = TupleOrigin::parse(format!("https://{host}").as_bytes()).unwrap_err();
    assert_eq!(error.to_string(), "the host is 304 bytes long and 253 is the limit");
}

/// Configurations that are wrong, and what is said of them.
const FAULTS: [(&str, &str); 10] = [
    ("{}", "origins: no origin is allowed, so the policy would share nothing with anybody"),
    (
        r#"{"origins": ["*"], "credentials": true}"#,
        "origins[0] (\"*\"): any origin cannot be allowed with credentials: every site could act as the user; list the \
         origins, or leave the credentials out",
    ),
    (
        r#"{"origins": ["https://a.test"], "origins": ["https://b.test"]}"#,
        "origins: the field stands there twice",
    ),
    (
        r#"{"origins": ["https://a.test"], "credentials": true, "expose": ["*"]}"#,
        "expose[0] (\"*\"): `*` does not expose any header to a request with credentials; list the headers",
    ),
    (
        r#"{"origins": ["https://a.test"], "methods": ["CONNECT", "GE T", ""],
            "headers": ["cookie", "x y", "access-control-allow-origin"],
            "expose": ["set-cookie", "access-control-allow-methods", "origin"]}"#,
        "expose[0] (\"set-cookie\"): no page can read this header, exposed or not\n\
         expose[1] (\"access-control-allow-methods\"): only the answer to a preflight has this header, and no page gets to \
         see that answer\n\
         expose[2] (\"origin\"): this is a header of requests, so there is nothing to expose\n\
         headers[0] (\"cookie\"): no page can set this header: it is forbidden, and never asked for in a preflight\n\
         headers[1] (\"x y\"): this is not the name of a header\n\
         headers[2] (\"access-control-allow-origin\"): this is a header of the CORS protocol itself, which pages do not \
         send\n\
         methods[0] (\"CONNECT\"): no page can send this method: it is forbidden\n\
         methods[1] (\"GE T\"): this is not a method: 0x20 at byte 2 cannot be part of a method\n\
         methods[2] (\"\"): this is not a method: a method has at least one character",
    ),
    (
        r#"{"origins": ["http://a.test", "https://*.com", "null", "x"], "credentials": true}"#,
        "origins[0] (\"http://a.test\"): with credentials, whoever controls the network on the way can act as the user: use \
         `https`, or call `dangerously_allow_insecure_origins` (in a file: `dangerous.insecure_origins`)\n\
         origins[1] (\"https://*.com\"): anybody can register a name under `com`: with credentials, list the origins, or \
         call `dangerously_allow_public_suffixes` (in a file: `dangerous.public_suffixes`)\n\
         origins[2] (\"null\"): `null` is what every sandboxed frame and local file sends, so anybody can be `null`; if \
         that is meant, leave it out and call `dangerously_allow_null_origin` (in a file: `dangerous.null_origin`)\n\
         origins[3] (\"x\"): there is no `://` after a scheme; is `https://x` meant?",
    ),
    (
        r#"{"origins": ["localhost:3000", "localhost.test", "https://a.test, https://*.b.test", "https://a.test x"]}"#,
        "origins[0] (\"localhost:3000\"): there is no `://` after a scheme; is `http://localhost:3000` meant?\n\
         origins[1] (\"localhost.test\"): there is no `://` after a scheme; is `https://localhost.test` meant?\n\
         origins[2] (\"https://a.test, https://*.b.test\"): these are several origins; each has to be an element of its \
         own\n\
         origins[3] (\"https://a.test x\"): 0x20 at byte 14 cannot be part of a host",
    ),
    (
        r#"{"origins": ["https://a.test"], "max_age": -1, "preflight_status": 404, "refusal_status": 300}"#,
        "max_age (\"-1\"): the number must be a whole number of seconds, from 0\n\
         preflight_status (\"404\"): the status must be 200 to 299, or browsers refuse the preflight\n\
         refusal_status (\"300\"): the status must be 200 to 299, or 400 to 599",
    ),
    (
        r#"{"origins": "x", "max_age": 1.5, "credentials": "x", "methods": [1], "preflight_status": null}"#,
        "credentials: this must be true or false, and is a text\n\
         max_age: this must be a whole number of seconds, from 0, and is a number that is not whole, or too large\n\
         methods[0]: this must be a text, and is a number\n\
         origins: this must be a list of texts, or \"*\", and is a text\n\
         preflight_status: this must be a status, such as 204, and is nothing",
    ),
    (
        r#"{"origins": ["https://a.test"], "origin": 1, "dangerous": {"x": true}}"#,
        "dangerous.x: there is no such field; there are: null_origin, insecure_origins, public_suffixes, \
         any_origin_with_credentials\n\
         origin: there is no such field; there are: origins, credentials, methods, headers, expose, max_age, \
         preflight_status, refusal_status, private_network, development, dangerous",
    ),
];

#[test]
fn faults_of_policies() {
    for (text, faults) in FAULTS {
        let configuration: Configuration = serde_json::from_str(text).unwrap();
        assert_eq!(configuration.build().unwrap_err().to_string(), faults, "{text}");
    }
    let policy = |it: crossorigin::server::PolicyBuilder| {
        serde_json::to_string(&it.build().unwrap()).unwrap_err().to_string()
    };
    assert_eq!(
        policy(Policy::builder().caller_decides_origins()),
        "the origins of the policy are decided by the caller, which cannot be written as configuration"
    );
    assert_eq!(
        policy(Policy::builder().allow_origins_if(|_| true)),
        "the policy has a predicate, which cannot be written as configuration"
    );
}

#[test]
fn warnings_of_policies() {
    let builder = || Policy::builder();
    let policies = [
        builder().allow_any_origin().allow_any_header().allow_private_network().expose_header("content-type"),
        builder()
            .allow_origins([
                "https://1.2.3.4",
                "https://*.a.test",
                "https://x.a.test",
                "file2://x",
                "wss://a.test",
            ])
            .allow_methods(["patch", "GET"])
            .allow_credentials()
            .development()
            .dangerously_allow_null_origin()
            .dangerously_allow_insecure_origins()
            .max_age(Duration::from_secs(1_000_000)),
        builder().allow_origin("https://*.com").dangerously_allow_public_suffixes(),
    ];
    let warnings = policies.map(|builder| {
        let policy = builder.build().unwrap();
        policy.warnings().iter().map(ToString::to_string).collect::<Vec<_>>()
    });
    assert_eq!(
        warnings.concat(),
        [
            "expose[0]: pages see this header anyway; it need not be listed",
            "headers: by the standard `*` does not cover `authorization`, so a preflight that asks for it is refused; list it \
             beside `*` if pages may send it",
            "private_network: browsers have replaced private network access by a permission prompt; the header does nothing there",
            "private_network: any site that a visitor opens may reach into the private network",
            "development: the development switch is on: refused preflights are answered as if they were not",
            "max_age: browsers keep the answer to a preflight for a day at most, most of them for less",
            "methods[0]: methods are case-sensitive, and this one is not `PATCH`, which is probably meant",
            "methods[1]: this method is always allowed and need not be listed",
            "origins[0]: credentials are shared with whoever holds this address, today and later",
            "origins[2]: `https://*.a.test` covers it already",
            "origins[4]: no page has the scheme `wss`, so no browser will ever send this origin",
            "dangerous.public_suffixes: this allows nothing that the policy would not allow without it",
            "origins[0]: anybody can register a name under `com`",
        ]
    );
}

#[test]
fn refusals_of_policies() {
    let plain = Policy::builder().allow_origin("https://a.test").allow_header("x-a").build().unwrap();
    let any = Policy::builder()
        .allow_origin("https://a.test")
        .allow_any_header()
        .allow_any_method()
        .build()
        .unwrap();
    let long = format!("OPTIONS | O: https://a.test | M: GET | H: {}", "x".repeat(10_000));
    let many = format!("OPTIONS | O: https://a.test | M: GET | H: {}", ",".repeat(300));
    let pinned = [
        (&plain, "GET | O: https://b.test", "OriginNotAllowed", "the policy does not allow the origin"),
        (&plain, "GET | O: null", "NullOrigin", "the origin is `null`, which the policy does not allow"),
        (
            &plain,
            "GET | O: https://a.test/",
            "InvalidOrigin",
            "the `Origin` header is not a serialized origin: an origin ends after host and port, and at byte 14 there is \
             0x2F (`/`)",
        ),
        (
            &plain,
            "GET | O: https://a.test | O: https://a.test",
            "SeveralOrigins",
            "there are several `Origin` headers",
        ),
        (
            &plain,
            "OPTIONS | O: https://a.test | M: PUT",
            "MethodNotAllowed",
            "the policy does not allow the method in Access-Control-Request-Method",
        ),
        (
            &plain,
            "OPTIONS | O: https://a.test | M: P UT",
            "InvalidMethod",
            "Access-Control-Request-Method is not one method",
        ),
        (
            &any,
            "OPTIONS | O: https://a.test | M: TRACE",
            "ForbiddenMethod",
            "the preflight asks for a method that is forbidden to pages",
        ),
        (
            &plain,
            "OPTIONS | O: https://a.test | M: GET | H: x-a,x-b",
            "HeaderNotAllowed",
            "the policy does not allow the header that is name 1 of Access-Control-Request-Headers",
        ),
        (
            &plain,
            "OPTIONS | O: https://a.test | M: GET | H: x y",
            "InvalidRequestHeader",
            "name 0 of Access-Control-Request-Headers is not the name of a header",
        ),
        (
            &any,
            "OPTIONS | O: https://a.test | M: GET | H: authorization",
            "AuthorizationNotListed",
            "the preflight asks for `authorization` (name 0 of Access-Control-Request-Headers), which `*` does not cover \
             and the policy does not list",
        ),
        (&any, &long, "RequestHeadersTooLong", "Access-Control-Request-Headers is longer than 8192 bytes"),
        (
            &any,
            &many,
            "TooManyRequestHeaders",
            "Access-Control-Request-Headers has more elements than any browser would send",
        ),
    ];
    let mut reached = BTreeSet::new();
    for (policy, text, name, message) in pinned {
        let (method, headers) = request(text);
        let refusal = policy.decide(&method, &headers).refusal().unwrap();
        assert_eq!((refusal.name(), refusal.to_string().as_str()), (name, message));
        // The name of the variant.
        assert_eq!(format!("{refusal:?}").split([' ', '(']).next(), Some(name));
        reached.insert(name);
    }
    assert_eq!(reached.len(), 12);
}

#[test]
fn explanations() {
    let policy = Policy::builder().allow_origins(["https://*.a.test", "http://b.test"]).build().unwrap();
    let explain = |policy: &Policy, text: &str| {
        let (method, headers) = request(text);
        policy.explain(&method, &headers).to_string()
    };
    for (origin, near_miss) in [
        ("https://a.test", "https://*.a.test nearly matches: a domain is not one of its own subdomains"),
        ("https://x.a.test:8443", "https://*.a.test nearly matches: the port differs"),
        ("https://b.test", "http://b.test nearly matches: the scheme differs"),
        ("http://x.b.test", "http://b.test nearly matches: subdomains are origins of their own"),
    ] {
        assert_eq!(
            explain(&policy, &format!("GET | O: {origin}")),
            format!(
                "GET is a CORS request from {origin}: refused (OriginNotAllowed).\n\
                 - the policy does not allow the origin\n- {near_miss}\n\
                 - to change that: allow the origin {origin}\n\
                 - the handler runs, and the page cannot read the response"
            )
        );
    }
    let caller = Policy::builder().caller_decides_origins().build().unwrap();
    let (method, headers) = request("GET | O: https://a.test");
    assert_eq!(
        caller.explain_with(&method, &headers, OriginAnswer::Allowed).to_string(),
        "GET is a CORS request from https://a.test: allowed.\n- the origin is allowed: the caller says so\n\
         - the handler runs, and the page can read the response"
    );
}

#[test]
fn cases_that_are_none() {
    for (text, message) in [
        (
            r#"{"id": "x", "page": "https://a.test", "routes": {}, "server": {"policy": {"origins": ["*"]}}, "steps": []}"#,
            "server: the case has `routes` already",
        ),
        (
            r#"{"id": "x", "page": "https://a.test", "routes": {},
                "steps": [{"request": {"url": "https://b.test"}, "responses": [{"status": 200}]}]}"#,
            "steps[0].responses: the case has `routes` or `server`, which answers instead",
        ),
    ] {
        let case: Case = serde_json::from_str(text).unwrap();
        assert_eq!(case.play().unwrap_err().to_string(), message);
    }
    let error = serde_json::from_str::<Case>(
        r#"{"id": "x", "page": "https://a.test",
            "steps": [{"request": {"url": "https://b.test"}, "responses": [{"status": 200, "headers": [["x-a", 1]]}]}]}"#,
    );
    let message = error.unwrap_err().to_string();
    assert!(message.contains("expected text whose code points are from 0 to 255"), "{message}");
}
