//! `new Request(request)` and `new Request(request, init)`.

use crossorigin::browser::{
    Body, CacheMode, CredentialsMode, Destination, FetchCall, Initiator, Mode, RedirectMode, Referrer,
    ReferrerPolicy, Request,
};

use super::{
    request_builder::{by, line_of_headers},
    support::{A, B, page},
};

fn first() -> Request {
    let page = page(A);
    let call = page.fetch(B).method("POST").mode(Mode::Cors).credentials(CredentialsMode::Include);
    let call = call
        .redirect(RedirectMode::Error)
        .cache(CacheMode::NoCache)
        .header("X-A", "1")
        .header("Accept", "a/b");
    call.body(Body::Replayable, Some("application/json")).build().unwrap()
}

#[test]
fn makes_the_same_request_again() {
    let first = first();
    let again = page(A).fetch_request(&first).build().unwrap();
    assert_eq!(format!("{again:?}"), format!("{first:?}"));
    // The destination is not the request's.
    let image = by(Initiator::Image).build().unwrap();
    let again = page(A).fetch_request(&image).build().unwrap();
    assert_eq!(
        (again.destination, again.mode, again.unsafe_request),
        (Destination::Empty, Mode::NoCors, true)
    );
    // A service worker passes on the headers that scripts may not set, as long as it sets no option.
    let media = by(Initiator::Media).header("Range", "bytes=0-").build().unwrap();
    let again = page(A).fetch_request(&media).build().unwrap();
    assert_eq!((line_of_headers(&again), again.warnings.len()), ("range:bytes=0-".to_owned(), 0));
    let changed = page(A).fetch_request(&media).method("GET").build().unwrap();
    assert_eq!((line_of_headers(&changed), changed.warnings.len()), (String::new(), 1));
    // A navigation stays a navigation, with the origin of its page.
    let navigation = by(Initiator::Navigation).build().unwrap();
    let again = page(B).fetch_request(&navigation).build().unwrap();
    assert_eq!((again.mode, again.origin.serialize()), (Mode::Navigate, A));
}

#[test]
fn takes_what_the_options_do_not_change() {
    let first = first();
    let page = page(A);
    let put = page.fetch_request(&first).method("PUT").build().unwrap();
    assert_eq!(put.method, "PUT");
    assert_eq!((put.mode, put.credentials, put.redirect), (first.mode, first.credentials, first.redirect));
    assert_eq!((put.cache, put.body), (CacheMode::NoCache, Body::Replayable));
    assert_eq!(put.headers, first.headers);
    let replaced = page.fetch_request(&first).header("X-B", "2").build().unwrap();
    assert_eq!(line_of_headers(&replaced), "x-b:2");
    let body = page.fetch_request(&first).body(Body::Replayable, Some("text/plain")).build().unwrap();
    assert_eq!(body.headers, first.headers, "the type stays");
}

#[test]
fn drops_the_headers_that_the_new_mode_does_not_allow() {
    let page = page(A);
    let no_cors = page.fetch_request(&first()).mode(Mode::NoCors).build().unwrap();
    assert_eq!(line_of_headers(&no_cors), "accept:a/b");
    let names: Vec<_> = no_cors.warnings.iter().map(|warning| warning.name()).collect();
    assert_eq!(names, ["NoCorsHeaderDropped", "NoCorsHeaderDropped"]);
}

#[test]
fn is_refused_if_the_combination_is() {
    let page = page(A);
    let name = |call: FetchCall<'_>| call.build().unwrap_err().reason().name();
    assert_eq!(name(page.fetch_request(&first()).method("GET")), "BodyWithGetOrHead");
    let put = page.fetch(B).method("PUT").build().unwrap();
    assert_eq!(name(page.fetch_request(&put).mode(Mode::NoCors)), "NoCorsMethodNotSafelisted");
    let stream = page.fetch(B).method("POST").body(Body::Stream, None).build().unwrap();
    assert_eq!(name(page.fetch_request(&stream).mode(Mode::NoCors)), "StreamBodyMode");
    assert!(page.fetch_request(&stream).build().unwrap().use_cors_preflight);
    assert_eq!(name(page.fetch_request(&put).mode(Mode::Navigate)), "ModeNotAvailable");
}

#[test]
fn makes_a_navigation_a_request_of_the_same_origin() {
    let navigation = by(Initiator::Navigation).build().unwrap();
    let page = page(B).with_referrer_policy(ReferrerPolicy::Origin);
    let request = page.fetch_request(&navigation).header("X-A", "1").build().unwrap();
    assert_eq!((request.mode, request.origin.serialize()), (Mode::SameOrigin, B));
    assert_eq!(request.referrer_policy, ReferrerPolicy::Origin);
}

#[test]
fn the_referrer_stays_without_options_only() {
    let page = page(A);
    let call = page.fetch(B).referrer("").referrer_policy(ReferrerPolicy::UnsafeUrl);
    let first = call.build().unwrap();
    let again = page.fetch_request(&first).build().unwrap();
    assert_eq!((again.referrer, again.referrer_policy), (Referrer::NoReferrer, ReferrerPolicy::UnsafeUrl));
    let changed = page.fetch_request(&first).credentials(CredentialsMode::Omit).build().unwrap();
    let of_the_page = (Referrer::Client, ReferrerPolicy::default());
    assert_eq!((changed.referrer, changed.referrer_policy), of_the_page);
    let own = page.fetch_request(&first).referrer("/x").build().unwrap();
    assert_eq!(own.referrer, Referrer::Url("https://a.test/x".parse().unwrap()));
}
