//! What the steps of a fetch found.

use crossorigin::browser::{AllowedBy, Finding, MaxAge, Phase, PreflightCause, ResponseType};
use crossorigin::http::{Method, StatusCode};
use crossorigin::request_header::NotSafelisted;
use std::time::Duration;

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
