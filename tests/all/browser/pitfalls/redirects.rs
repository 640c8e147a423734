//! Pitfalls of redirects: each hop is decided anew, and the origin may become `null`.

use crossorigin::browser::{Body, BodyToSend, Failure, Mode, RedirectMode};

use crate::browser::support::{
    A, B, Basic, C, Call, Cors, Opaque, OpaqueRedirect, Run, ScriptedResponse, exchange, lost, ok, page, pf,
    redirect,
};

const A1: &str = "https://a.test/1";
const A2: &str = "https://a.test/2";
const B2: &str = "https://b.test/2";
const REDIRECT: &str = "HTTP-redirect fetch";

fn get(url: &str) -> Call {
    exchange("GET", url)
}

/// A redirect that B shares with A.
fn shared(status: u16, location: &str) -> ScriptedResponse {
    redirect(status, location).allow_origin(A)
}

fn ok_a() -> ScriptedResponse {
    ok().allow_origin(A)
}

#[track_caller]
fn refused_at(run: Run, name: &str, step: &str) -> Run {
    run.refused(name, &format!("{REDIRECT} {step}"))
}

#[test]
fn a_redirect_of_another_origin_needs_the_cors_check() {
    let run = get(B).responses([redirect(302, B2)]).refused("AllowOriginMissing", "CORS check 2");
    assert_eq!(run.error().hop(), 0);
    get(B).responses([shared(302, B2), ok_a()]).delivered(Cors);
}

#[test]
fn a_same_origin_redirect_needs_no_cors_check() {
    get(A1).responses([redirect(302, B), ok_a()]).delivered(Cors).origins(&[None, Some(A)]);
}

#[test]
fn a_request_back_at_its_own_origin_stays_cors_and_sends_null() {
    let a_y = "https://a.test/y";
    get(B)
        .responses([shared(302, a_y), ok_a()])
        .refused("AllowOriginMismatch", "CORS check 4")
        .origins(&[Some(A), Some("null")])
        .credentials(&[false, false]);
    for value in ["null", "*"] {
        get(B).responses([shared(302, a_y), ok().allow_origin(value)]).delivered(Cors);
    }
}

#[test]
fn a_third_origin_sees_null() {
    get(B)
        .responses([shared(302, C), ok().allow_origin("null")])
        .delivered(Cors)
        .origins(&[Some(A), Some("null")]);
    get(B).responses([shared(302, C), ok_a()]).refused("AllowOriginMismatch", "CORS check 4");
}

#[test]
fn a_redirect_within_an_origin_does_not_taint() {
    get(A1).responses([redirect(302, B), shared(302, B2), ok_a()]).delivered(Cors).origins(&[
        None,
        Some(A),
        Some(A),
    ]);
}

#[test]
fn a_redirect_within_a_site_taints() {
    get("https://x.a.test/")
        .responses([shared(302, "https://y.a.test/"), ok().allow_origin("null")])
        .delivered(Cors)
        .origins(&[Some(A), Some("null")]);
}

#[test]
fn the_new_url_is_preflighted_again() {
    let permission = |origin: &str| pf().allow_origin(origin).allow_methods("PUT");
    exchange("PUT", B)
        .responses([permission(A), shared(307, C), permission("null"), ok().allow_origin("null")])
        .delivered(Cors)
        .asks(0, "PUT", None)
        .asks(2, "PUT", None)
        .origins(&[Some(A), Some(A), Some("null"), Some("null")]);
}

#[test]
fn some_redirects_change_the_method_to_get() {
    let follows = |status: u16, method: &str, then: &str, body_goes: bool| {
        let body = if matches!(method, "GET" | "HEAD") { Body::None } else { Body::Replayable };
        let run = exchange(method, A1)
            .body(body)
            .responses([redirect(status, A2), ok()])
            .delivered(Basic)
            .sent(&[&format!("{method} {A1}"), &format!("{then} {A2}")]);
        let sent = run.sent[1].body == BodyToSend::AsGiven;
        assert_eq!(sent, body != Body::None && !body_goes, "{status} {method}");
    };
    for status in [301, 302] {
        follows(status, "POST", "GET", true);
        for method in ["GET", "HEAD", "PUT", "DELETE", "post-haste"] {
            follows(status, method, method, false);
        }
    }
    follows(303, "GET", "GET", false);
    follows(303, "HEAD", "HEAD", false);
    for method in ["POST", "PUT", "DELETE"] {
        follows(303, method, "GET", true);
    }
    for status in [307, 308] {
        for method in ["GET", "HEAD", "POST", "PUT"] {
            follows(status, method, method, false);
        }
    }
}

#[test]
fn headers_of_the_body_are_removed_with_the_body() {
    let post = exchange("POST", B).body(Body::Replayable).header("Content-Type", "application/json");
    let permission = || pf().allow_origin(A).allow_headers("content-type, content-encoding, x-a");
    let full = post
        .clone()
        .header("Content-Encoding", "br")
        .header("Content-Language", "en")
        .header("Content-Location", "/")
        .header("X-A", "1");
    let all = pf().allow_origin(A).allow_headers("content-type, content-encoding, content-location, x-a");
    let run = full
        .responses([all, shared(303, B2), permission(), ok_a()])
        .delivered(Cors)
        .asks(0, "POST", Some("content-encoding,content-location,content-type,x-a"))
        .asks(2, "GET", Some("x-a"));
    let names: Vec<_> = run.sent[3].headers.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(names, ["x-a", "origin"]);
    // If the type was the only unsafe header, there is no second preflight.
    post.responses([permission(), shared(303, B2), ok_a()]).delivered(Cors).sent(&[
        "OPTIONS https://b.test/",
        "POST https://b.test/",
        "GET https://b.test/2",
    ]);
}

#[test]
fn authorization_is_removed_at_the_first_other_origin() {
    let with = |url: &str| get(url).header("Authorization", "x");
    let run = with(A1)
        .responses([redirect(302, B), shared(302, A2), ok().allow_origin("null")])
        .delivered(Cors)
        .origins(&[None, Some(A), Some("null")]);
    let sent: Vec<_> = (0..3).map(|index| run.sent_header(index, "authorization").is_some()).collect();
    assert_eq!(sent, [true, false, false]);
    // Another scheme is another origin.
    let insecure = page("http://a.test/");
    let run = with("http://a.test/1")
        .by(insecure)
        .responses([redirect(302, A2), ok().allow_origin("http://a.test")])
        .delivered(Cors);
    assert_eq!(run.sent_header(1, "authorization"), None);
}

#[test]
fn authorization_is_kept_within_an_origin() {
    let permission = || pf().allow_origin(A).allow_headers("authorization");
    let run = get(B)
        .header("Authorization", "x")
        .responses([permission(), shared(302, B2), permission(), ok_a()])
        .delivered(Cors)
        .asks(2, "GET", Some("authorization"));
    assert_eq!(run.sent_header(3, "authorization").as_deref(), Some("x"));
}

#[test]
fn user_information_in_a_location_is_refused_in_cors() {
    let name = "LocationIncludesCredentials";
    refused_at(get(B).responses([shared(302, "https://u:p@c.test/")]), name, "9");
    refused_at(get(A1).responses([redirect(302, "https://u@b.test/")]), name, "9");
    refused_at(get(A1).responses([redirect(302, "https://:p@b.test/")]), name, "9");
    // The target has the page's own origin, but the tainting is "cors".
    refused_at(get(B).responses([shared(302, "https://u:p@a.test/")]), name, "10");

    get(A1).responses([redirect(302, "https://u:p@a.test/"), ok()]).delivered(Basic);
    get(A1).responses([redirect(302, "https://@b.test/"), ok_a()]).delivered(Cors);
    let no_cors = get(A1).mode(Mode::NoCors);
    no_cors.responses([redirect(302, "https://u:p@b.test/"), ok()]).delivered(Opaque);
    get(B).mode(Mode::NoCors).responses([redirect(302, "https://u:p@c.test/"), ok()]).delivered(Opaque);
}

#[test]
fn at_most_twenty_redirects_are_followed() {
    let chain = |length: u16| (0..length).map(|number| shared(302, &format!("/{number}")));
    get(B).responses(chain(20).chain([ok_a()])).delivered(Cors);
    let run = refused_at(get(B).responses(chain(21)), "TooManyRedirects", "7");
    assert_eq!((run.sent.len(), run.error().hop()), (21, 20));
    // A redirect status without a Location is an ordinary response.
    let run = get(B).responses(chain(20).chain([ok_a().status(302)])).delivered(Cors);
    assert_eq!(run.response().status().unwrap(), 302);
}

#[test]
fn only_one_valid_location_of_a_redirect_is_followed() {
    let run = get(B).responses([ok_a().status(302).with("x-a", "1")]).delivered(Cors);
    assert_eq!(run.response().status().unwrap(), 302);
    assert!(run.visible().is_empty());
    refused_at(get(B).responses([shared(302, "https://[")]), "LocationInvalid", "5");
    refused_at(get(B).responses([shared(302, B2).with("location", B2)]), "LocationMultiple", "5");
    // Only redirects use Location, and 300 and 304 are not redirect statuses.
    for status in [200, 201, 300, 304] {
        get(B).responses([shared(status, B2)]).delivered(Cors);
    }
}

#[test]
fn redirects_are_followed_to_http_only() {
    for location in ["data:,x", "blob:https://a.test/x", "ftp://b.test/", "about:blank", "javascript:1"] {
        refused_at(get(B).responses([shared(302, location)]), "LocationSchemeNotHttp", "6");
        refused_at(get(A1).responses([redirect(302, location)]), "LocationSchemeNotHttp", "6");
        get(B).redirect(RedirectMode::Manual).responses([shared(302, location)]).delivered(OpaqueRedirect);
    }
}

#[test]
fn a_fragment_is_inherited_unless_the_location_has_one() {
    for (location, then) in
        [("/y", "https://b.test/y#f"), ("/y#", "https://b.test/y#"), ("/y#g", "https://b.test/y#g")]
    {
        let run = get("https://b.test/x#f")
            .responses([shared(302, location), ok_a()])
            .delivered(Cors)
            .sent(&["GET https://b.test/x#f", &format!("GET {then}")]);
        // Scripts do not see the fragment.
        assert_eq!(run.response().url().unwrap().as_str(), "https://b.test/y");
    }
}

#[test]
fn a_stream_is_sent_once() {
    let post = || exchange("POST", B).body(Body::Stream);
    let permission = || pf().allow_origin(A);
    // 301 and 302 fail even though they would drop the body, because the stream is checked first.
    for status in [301, 302, 307, 308] {
        let run = post().responses([permission(), shared(status, B2)]);
        refused_at(run, "BodyNotReplayable", "11").asks(0, "POST", None);
    }
    // The stream has set the use-CORS-preflight flag, so there is another preflight.
    let run = post()
        .responses([permission(), shared(303, B2), permission(), ok_a()])
        .delivered(Cors)
        .asks(2, "GET", None);
    assert_eq!([run.sent[1].body, run.sent[3].body], [BodyToSend::AsGiven, BodyToSend::None]);
}

#[test]
fn the_cors_check_comes_before_the_redirect_mode() {
    let manual = get(B).redirect(RedirectMode::Manual);
    manual.responses([redirect(302, B2)]).refused("AllowOriginMissing", "CORS check 2");
    manual.responses([shared(302, B2)]).delivered(OpaqueRedirect);
    manual.responses([shared(302, "https://[")]).delivered(OpaqueRedirect);
    let run = manual.responses([ok_a().status(302)]).delivered(OpaqueRedirect);
    assert_eq!((run.response().status(), run.response().body_readable()), (None, false));
    assert!(run.visible().is_empty());
}

#[test]
fn redirect_mode_error_does_not_look_at_the_location() {
    let error = get(B).redirect(RedirectMode::Error);
    for response in [ok_a().status(302), shared(302, B2), shared(302, "https://[")] {
        error.responses([response]).refused("RedirectModeError", "HTTP fetch 6.3.1");
    }
    get(A1)
        .redirect(RedirectMode::Error)
        .responses([redirect(302, A2)])
        .refused("RedirectModeError", "HTTP fetch 6.3.1");
}

#[test]
fn no_cors_must_follow_redirects_of_other_origins() {
    for mode in [RedirectMode::Manual, RedirectMode::Error] {
        let no_cors = |url: &str| get(url).mode(Mode::NoCors).redirect(mode);
        no_cors(B).responses([]).refused("NoCorsRedirectModeNotFollow", "main fetch 12.1");
        no_cors(A1).responses([ok()]).delivered(Basic);
    }
}

#[test]
fn mode_same_origin_refuses_other_origins() {
    let run = get(A1)
        .mode(Mode::SameOrigin)
        .responses([redirect(302, B)])
        .refused("ModeSameOrigin", "main fetch 12");
    assert_eq!(run.error().hop(), 1);
    get(B).mode(Mode::SameOrigin).responses([]).refused("ModeSameOrigin", "main fetch 12");
    get(A1).mode(Mode::SameOrigin).responses([redirect(302, A2), ok()]).delivered(Basic);
}

#[test]
fn opaque_never_becomes_basic_again() {
    let no_cors = get(A1).mode(Mode::NoCors);
    no_cors.responses([redirect(302, B), redirect(302, A2), ok()]).delivered(Opaque);
    // The resource policy of a redirect is checked too.
    let policy = |response: ScriptedResponse| response.with("cross-origin-resource-policy", "same-origin");
    let run = no_cors
        .responses([redirect(302, B), policy(redirect(302, A2))])
        .refused("CorpSameOrigin", "cross-origin resource policy internal check 5");
    assert_eq!(run.error().hop(), 1);
    // While the tainting is "basic" it is not, and the responses of A pass.
    no_cors.responses([policy(redirect(302, B)), redirect(302, A2), policy(ok())]).delivered(Opaque);
}

#[test]
fn a_401_of_another_origin_is_delivered() {
    let run = get(B).responses([ok_a().status(401)]).delivered(Cors);
    assert_eq!(run.response().status().unwrap(), 401);
    get(B).responses([ok().status(401)]).refused("AllowOriginMissing", "CORS check 2");
}

#[test]
fn a_resent_request_has_one_origin_header() {
    // The retry after a 421 happens below this crate, and so does skipping the checks of that response: the
    // engine gets what HTTP-network-or-cache fetch returns. The engine must put `Origin` into the outgoing
    // request and not into the author's list, so that it is never repeated, neither by resending nor by
    // redirects.
    let run =
        get(B).header("Accept", "a").responses([shared(302, B2), shared(302, B), ok_a()]).delivered(Cors);
    for request in &run.sent {
        let names: Vec<_> = request.headers.iter().map(|(name, _)| name.as_str()).collect();
        assert_eq!(names, ["accept", "origin"]);
    }
    // If an embedder passes the 421 itself, it is checked as any other response.
    get(B).responses([ok_a().status(421)]).delivered(Cors);
    get(B).responses([lost(Failure::Network)]).refused("Network", "HTTP fetch 4.3");
}

#[test]
fn an_empty_location_leads_to_the_same_url() {
    let run = get("https://b.test/x?q#f").responses([shared(302, ""), ok_a()]).delivered(Cors);
    run.sent(&["GET https://b.test/x?q#f", "GET https://b.test/x?q#f"]);
}

#[test]
fn bytes_beyond_ascii_in_a_location_are_kept() {
    // After WPT fetch/api/redirect/redirect-location-escape.tentative.any.js.
    let vectors: [(&[u8], &str); 6] = [
        (b"/?\xE2\x98\x83", "?%E2%98%83"),
        (b"/?%e2%98%83\xE2\x98\x83", "?%e2%98%83%E2%98%83"),
        (b"/?%\xE2\x98\x83", "?%%E2%98%83"),
        (b"/?\xFF", "?%FF"),
        (b"/?%ff\xFF", "?%ff%FF"),
        (b"https://b\xC3\xBCcher.test/?", "https://xn--bcher-kva.test/?"),
    ];
    for (location, expected) in vectors {
        let redirect = ok_a().status(302).with("location", location);
        let run = get(B).responses([redirect, ok().allow_origin("*")]).delivered(Cors);
        let url = run.sent[1].url.as_str();
        assert!(url.ends_with(expected), "{url} {expected}");
    }
}

#[test]
fn only_tabs_and_spaces_are_stripped_from_a_referrer_policy() {
    let origins = |policy: &[u8]| {
        let call = exchange("POST", A1).mode(Mode::NoCors).body(Body::Replayable);
        let redirect = redirect(307, B).with("referrer-policy", policy);
        call.responses([redirect, ok()]).sent_header(1, "origin").unwrap()
    };
    assert_eq!(origins(b"origin ,\tno-referrer\t"), "null");
    assert_eq!(origins(b"unsafe-url, no-referrer\x0C"), A);
    assert_eq!(origins(b"no-referrer, newer-policy, "), "null");
}
