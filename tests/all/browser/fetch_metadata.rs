//! The headers `Sec-Fetch-*`.

use crossorigin::{
    browser::{
        Body, Destination, Initiator, Mode, OutgoingRequest, Page, Profile, Request, RequestKind, Step,
        Timestamp, UserAgent, UserInvolvement,
    },
    http::{Method, Response},
    origin::{OpaqueOrigin, Origin},
    site::Sites,
};

use super::support::page;

const NOW: Timestamp = Timestamp::ZERO;

/// The headers of a request that goes out, in one line; `none` for no headers.
fn shown(out: &OutgoingRequest) -> String {
    let Some(metadata) = out.fetch_metadata else { return "none".to_owned() };
    let lines = metadata
        .lines()
        .map(|(name, value)| format!("{} {value}", name.as_str().strip_prefix("sec-fetch-").unwrap()));
    lines.collect::<Vec<_>>().join(", ")
}

/// The headers at each URL of a chain of redirects.
fn along(mut request: Request, urls: &[&str]) -> Vec<String> {
    let mut user_agent = UserAgent::new(Profile::standard()).with_sites(Sites::two_labels());
    let (first, locations) = urls.split_first().unwrap();
    request.url = first.parse().unwrap();
    let mut step = user_agent.fetch(request, NOW);
    let mut all = Vec::new();
    for location in locations.iter().map(Some).chain([None]) {
        let Step::Send(exchange) = step else { panic!("{step:?}") };
        all.push(shown(exchange.request()));
        let Some(location) = location else { break };
        let response = Response::builder().status(302).header("Location", *location).body(()).unwrap();
        let Step::Redirect(redirect) = exchange.receive(&response, &mut user_agent, NOW) else { panic!() };
        step = redirect.follow(&mut user_agent, NOW);
    }
    all
}

fn image(page: &Page) -> Request {
    let mut request = page.request(Initiator::Element, "/").build().unwrap();
    request.destination = Destination::Image;
    request
}

fn navigation(page: &Page, involvement: UserInvolvement) -> Request {
    let mut request = Request::new(page, Method::GET, page.url().clone());
    (request.mode, request.destination) = (Mode::Navigate, Destination::Document);
    request.user_involvement = involvement;
    request
}

#[test]
fn the_site_is_that_of_all_urls() {
    let a = page("https://a.test");
    let opaque = Page::with_origin("https://a.test/".parse().unwrap(), Origin::Opaque(OpaqueOrigin(0)));
    let address = page("http://127.0.0.1:9001");
    for (page, urls, sites) in [
        (
            &a,
            &["https://a.test/", "https://sub.a.test/", "https://a.test/"][..],
            "same-origin same-site same-site",
        ),
        (&a, &["https://a.test/", "https://b.test/", "https://a.test/"], "same-origin cross-site cross-site"),
        (&a, &["https://a.test:8443/"], "same-site"),
        (&a, &["https://a.b.test/"], "cross-site"),
        (&opaque, &["https://a.test/"], "cross-site"),
        // Two ports of an address are one site, two addresses are not, and neither are two schemes.
        (&address, &["http://127.0.0.1:9001/", "http://127.0.0.1:9002/"], "same-origin same-site"),
        (&address, &["http://127.0.0.2:9001/"], "cross-site"),
        (&address, &["https://127.0.0.1:9001/"], "cross-site"),
    ] {
        let expected: Vec<_> =
            sites.split(' ').map(|site| format!("dest image, mode no-cors, site {site}")).collect();
        assert_eq!(along(image(page), urls), expected, "{} {urls:?}", page.origin());
    }
}

#[test]
fn they_go_to_potentially_trustworthy_urls_only() {
    let a = page("https://a.test");
    assert_eq!(
        along(image(&a), &["http://a.test/", "https://a.test/", "http://localhost:3000/"]),
        ["none", "dest image, mode no-cors, site cross-site", "dest image, mode no-cors, site cross-site"]
    );
}

#[test]
fn the_user_s_part_is_said_for_navigations_only() {
    use UserInvolvement::{Activation, BrowserUi, None};
    let a = page("https://a.test");
    let urls = ["https://a.test/", "https://b.test/"];
    for (involvement, first, second) in [
        (None, "site same-origin", "site cross-site"),
        (Activation, "site same-origin, user ?1", "site cross-site, user ?1"),
        (BrowserUi, "site none, user ?1", "site none, user ?1"),
    ] {
        let expected = [first, second].map(|rest| format!("dest document, mode navigate, {rest}"));
        assert_eq!(along(navigation(&a, involvement), &urls), expected);
        let mut request = image(&a);
        request.user_involvement = involvement;
        assert_eq!(along(request, &urls[..1]), ["dest image, mode no-cors, site same-origin"]);
    }
}

#[test]
fn a_preflight_has_mode_cors_and_the_destination_of_the_request() {
    let a = page("https://a.test");
    let call = a.fetch("https://b.test/").method("PUT");
    let request = call.body(Body::Replayable, None).build().unwrap();
    let step = UserAgent::new(Profile::standard()).fetch(request, NOW);
    let Step::Send(exchange) = step else { panic!("{step:?}") };
    assert_eq!(exchange.request().kind, RequestKind::Preflight);
    assert_eq!(shown(exchange.request()), "dest empty, mode cors, site cross-site");
}
