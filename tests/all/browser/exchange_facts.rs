//! The facts about the request of an exchange: initiator, origin, URL list, redirect-taint.

use crossorigin::{
    browser::{Initiator, Page, Profile, RedirectTaint, Request, RequestKind, Step, Timestamp, UserAgent},
    http::{Method, Response},
    origin::{OpaqueOrigin, Origin},
    site::Sites,
};

use super::support::page;

const NOW: Timestamp = Timestamp::ZERO;

fn user_agent() -> UserAgent {
    UserAgent::new(Profile::standard()).with_sites(Sites::two_labels())
}

/// The redirect-taint at each URL of a chain of redirects that a page's image follows.
fn taints(page: &Page, urls: &[&str]) -> Vec<RedirectTaint> {
    let mut user_agent = user_agent();
    let (first, locations) = urls.split_first().unwrap();
    let mut step = user_agent.fetch(page.request(Initiator::Element, first).build().unwrap(), NOW);
    let mut taints = Vec::new();
    for location in locations.iter().map(Some).chain([None]) {
        let Step::Send(exchange) = step else { panic!("{step:?}") };
        taints.push(exchange.redirect_taint());
        let Some(location) = location else { break };
        let response = Response::builder().status(302).header("Location", *location).body(()).unwrap();
        let Step::Redirect(redirect) = exchange.receive(&response, &mut user_agent, NOW) else { panic!() };
        step = redirect.follow(&mut user_agent, NOW);
    }
    taints
}

#[test]
fn redirect_taint_tells_same_site_from_cross_site() {
    use RedirectTaint::{CrossSite, SameOrigin, SameSite};
    let a = page("https://a.test");
    let opaque = Page::with_origin("https://a.test/".parse().unwrap(), Origin::Opaque(OpaqueOrigin(0)));
    // An address is a site, whatever its port is.
    let address = page("http://127.0.0.1:9001");
    for (page, urls, expected) in [
        (&a, &["https://a.test/", "https://b.test/", "https://b.test/2"][..], &[SameOrigin; 3][..]),
        (&a, &["https://b.test/", "https://a.test/"], &[SameOrigin, CrossSite]),
        (&a, &["https://sub.a.test/", "https://b.test/"], &[SameOrigin, SameSite]),
        (&a, &["https://sub.a.test/", "http://sub.a.test/"], &[SameOrigin, SameSite]),
        (&a, &["http://a.test/", "https://a.test/"], &[SameOrigin, CrossSite]),
        (&a, &["https://x.b.test/", "https://y.b.test/"], &[SameOrigin, SameSite]),
        (
            &a,
            &["https://sub.a.test/", "https://a.test/", "https://b.test/", "https://a.test/"],
            &[SameOrigin, SameSite, SameSite, CrossSite],
        ),
        (
            &opaque,
            &["https://a.test/", "https://a.test/2", "https://b.test/"],
            &[SameOrigin, SameOrigin, CrossSite],
        ),
        (&address, &["http://127.0.0.1:9002/", "http://127.0.0.1:9003/"], &[SameOrigin, SameSite]),
        (&address, &["http://127.0.0.1:9002/", "http://127.0.0.2:9002/"], &[SameOrigin, SameSite]),
        (&address, &["http://127.0.0.2:9002/", "http://127.0.0.1:9002/"], &[SameOrigin, CrossSite]),
    ] {
        assert_eq!(taints(page, urls), expected, "{} {urls:?}", page.origin());
    }
}

#[test]
fn a_preflight_has_the_facts_of_the_page_s_request() {
    let mut user_agent = user_agent();
    let page = page("https://a.test");
    let url = "https://user:s3cret@b.test/#f";
    let request = page.xml_http_request("PUT", url).send().unwrap();
    let Step::Send(exchange) = user_agent.fetch(request, NOW) else { panic!() };
    assert_eq!(exchange.request().kind, RequestKind::Preflight);
    assert_eq!(exchange.initiator(), Some(Initiator::XmlHttpRequest));
    assert_eq!(exchange.origin(), page.origin());
    let urls: Vec<_> = exchange.url_list().into_iter().map(String::from).collect();
    assert_eq!(urls, ["https://b.test/#f"]);
    assert_eq!(exchange.redirect_taint(), RedirectTaint::SameOrigin);

    let request = Request::new(&page, Method::GET, "https://a.test/".parse().unwrap());
    let Step::Send(exchange) = user_agent.fetch(request, NOW) else { panic!() };
    assert_eq!(exchange.initiator(), None);
}

#[test]
fn the_url_list_has_every_url_that_redirected() {
    let mut user_agent = user_agent();
    let request = page("https://a.test").request(Initiator::Element, "https://b.test/1").build().unwrap();
    let Step::Send(exchange) = user_agent.fetch(request, NOW) else { panic!() };
    let response =
        Response::builder().status(302).header("Location", "https://u:p@c.test/2").body(()).unwrap();
    let Step::Redirect(redirect) = exchange.receive(&response, &mut user_agent, NOW) else { panic!() };
    let Step::Send(exchange) = redirect.follow(&mut user_agent, NOW) else { panic!() };
    let urls: Vec<_> = exchange.url_list().into_iter().map(String::from).collect();
    assert_eq!(urls, ["https://b.test/1", "https://c.test/2"]);
    assert_eq!(exchange.request().hop, urls.len() - 1);
}
