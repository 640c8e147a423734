//! The `Referer` header: whose URL it has, and how much of it.

use crossorigin::{
    browser::{
        Initiator, Page, Profile, Referrer, ReferrerPolicy, Request, RequestKind, Step, Timestamp, UserAgent,
    },
    http::Response,
    origin::{OpaqueOrigin, Origin},
};

use super::support::page;

const NOW: Timestamp = Timestamp::ZERO;
const PAGE: &str = "https://user:s3cret@a.test/shop/?q=1#f";

/// A response that redirects with a referrer policy; without a location, the last response.
type Hop<'a> = (&'a str, Option<&'a str>);

/// The referrer of each request of a fetch that follows these redirects.
fn along(mut request: Request, first: &str, hops: &[Hop<'_>]) -> Vec<Option<String>> {
    let mut user_agent = UserAgent::new(Profile::standard());
    request.url = first.parse().unwrap();
    let mut step = user_agent.fetch(request, NOW);
    let mut referrers = Vec::new();
    for hop in hops.iter().map(Some).chain([None]) {
        let Step::Send(exchange) = step else { panic!("{step:?}") };
        referrers.push(exchange.request().referrer.as_ref().map(ToString::to_string));
        let Some((location, policy)) = hop else { break };
        let mut response = Response::builder().status(302).header("Location", *location);
        if let Some(policy) = policy {
            response = response.header("Referrer-Policy", *policy);
        }
        let step_after = exchange.receive(response.body(()).unwrap(), &mut user_agent, NOW);
        let Step::Redirect(redirect) = step_after else { panic!("{step_after:?}") };
        step = redirect.follow(&mut user_agent, NOW);
    }
    referrers
}

fn image(page: &Page) -> Request {
    page.request(Initiator::Element, "https://b.test/").build().unwrap()
}

/// The referrer of one request.
fn referrer(page: &Page, url: &str) -> Option<String> {
    along(image(page), url, &[]).remove(0)
}

/// A policy decides between the whole URL, the origin and nothing, for a URL of the page's origin, for another one, and
/// for one that is not encrypted. User name, password and fragment are never sent.
#[test]
fn the_policy_decides_how_much_is_sent() {
    use ReferrerPolicy::{
        NoReferrer, NoReferrerWhenDowngrade, Origin, OriginWhenCrossOrigin, SameOrigin, StrictOrigin,
        StrictOriginWhenCrossOrigin, UnsafeUrl,
    };
    let (all, origin, nothing) = (Some("https://a.test/shop/?q=1"), Some("https://a.test/"), None);
    for (policy, expected) in [
        (NoReferrer, [nothing, nothing, nothing]),
        (NoReferrerWhenDowngrade, [all, all, nothing]),
        (SameOrigin, [all, nothing, nothing]),
        (Origin, [origin, origin, origin]),
        (StrictOrigin, [origin, origin, nothing]),
        (OriginWhenCrossOrigin, [all, origin, origin]),
        (StrictOriginWhenCrossOrigin, [all, origin, nothing]),
        (UnsafeUrl, [all, all, all]),
    ] {
        let page = page(PAGE).with_referrer_policy(policy);
        let found = ["https://a.test/x", "https://b.test/", "http://b.test/"].map(|url| referrer(&page, url));
        assert_eq!(found.each_ref().map(Option::as_deref), expected, "{policy}");
        // A server on the same machine is as good as an encrypted one.
        assert_eq!(referrer(&page, "http://localhost/").as_deref(), expected[1], "{policy}");
    }
}

/// Nothing is lost between two URLs that are not encrypted.
#[test]
fn a_page_without_encryption_has_no_downgrade() {
    use ReferrerPolicy::{NoReferrerWhenDowngrade, StrictOrigin, StrictOriginWhenCrossOrigin};
    for (policy, expected) in [
        (NoReferrerWhenDowngrade, "http://a.test/shop/"),
        (StrictOrigin, "http://a.test/"),
        (StrictOriginWhenCrossOrigin, "http://a.test/"),
    ] {
        let page = page("http://a.test/shop/").with_referrer_policy(policy);
        assert_eq!(referrer(&page, "http://b.test/").as_deref(), Some(expected), "{policy}");
    }
}

#[test]
fn a_page_without_a_url_of_its_own_sends_nothing() {
    let url = |url: &str| url.parse().unwrap();
    let a = || page(PAGE);
    let sandboxed = Page::with_origin(url(PAGE), Origin::Opaque(OpaqueOrigin(0)));
    assert_eq!(referrer(&sandboxed, "https://a.test/"), None);
    assert_eq!(referrer(&page("blob:https://a.test/1"), "https://a.test/"), None);
    assert_eq!(referrer(&a().with_document_url(url("about:blank")), "https://a.test/"), None);
    // A frame with `srcdoc` sends the URL of the page around it, and a page with `<base>` sends its own.
    let srcdoc = a().with_document_url(url("about:srcdoc"));
    assert_eq!(referrer(&srcdoc, "https://a.test/").unwrap(), "https://a.test/shop/?q=1");
    let based = page("https://cdn.test/base/").with_document_url(url("https://a.test/document"));
    assert_eq!(referrer(&based, "https://a.test/").unwrap(), "https://a.test/document");
}

#[test]
fn a_long_url_is_cut_down_to_its_origin() {
    let of_length =
        |length: usize| format!("https://a.test/{}", "x".repeat(length - "https://a.test/".len()));
    let (longest, too_long) = (of_length(4096), of_length(4097));
    assert_eq!(referrer(&page(&longest), "https://a.test/"), Some(longest));
    assert_eq!(referrer(&page(&too_long), "https://a.test/").unwrap(), "https://a.test/");
}

/// What a redirect has cut off does not come back: each referrer is made from the one before.
#[test]
fn each_hop_makes_the_referrer_from_the_one_before() {
    let found = along(
        image(&page("https://a.test/shop/")),
        "https://a.test/1",
        &[("https://b.test/2", None), ("https://a.test/3", Some("unsafe-url")), ("http://b.test/4", None)],
    );
    let origin = Some("https://a.test/");
    assert_eq!(
        found.iter().map(Option::as_deref).collect::<Vec<_>>(),
        [Some("https://a.test/shop/"), origin, origin, origin]
    );
    let found = along(
        image(&page("https://a.test/shop/")),
        "https://a.test/1",
        &[("https://b.test/2", Some("no-referrer")), ("https://a.test/3", Some("unsafe-url"))],
    );
    assert_eq!(found[1..], [None, None]);
}

#[test]
fn a_preflight_has_the_referrer_of_the_request() {
    let page = page("https://a.test/shop/");
    let request = page.fetch("https://b.test/").method("PUT").build().unwrap();
    let step = UserAgent::new(Profile::standard()).fetch(request, NOW);
    let Step::Send(exchange) = step else { panic!("{step:?}") };
    assert_eq!(exchange.request().kind, RequestKind::Preflight);
    assert_eq!(exchange.request().referrer.as_ref().unwrap().as_str(), "https://a.test/");
}

/// A script may choose any URL of the page's origin, or none.
#[test]
fn fetch_takes_a_referrer_of_the_page_s_origin() {
    let page = page("https://a.test/shop/");
    let of = |given: &str| {
        let request = page.fetch("https://a.test/x").referrer(given).build().unwrap();
        along(request, "https://a.test/x", &[]).remove(0)
    };
    assert_eq!(of("").as_deref(), None);
    assert_eq!(of("other#f").as_deref(), Some("https://a.test/shop/other"));
    assert_eq!(of("https://u:p@a.test/y").as_deref(), Some("https://a.test/y"));
    for given in ["about:client", "https://b.test/", "https://a.test:8443/", "data:,x"] {
        assert_eq!(of(given).as_deref(), Some("https://a.test/shop/"), "{given}");
    }
    let refusal = page.fetch("/").referrer("https://u:s3cret@[").build().unwrap_err();
    assert_eq!(
        refusal.to_string(),
        "fetch(): the referrer `https://***@[` is not a valid URL [new Request() 14.3.2]"
    );
}

#[test]
fn a_style_sheet_can_be_the_referrer() {
    let mut request = image(&page("https://a.test/"));
    request.referrer = Referrer::Url("https://u:s3cret@cdn.test/style.css".parse().unwrap());
    assert!(!format!("{request:?}").contains("s3cret"));
    let found = along(request.clone(), "https://cdn.test/background.png", &[]);
    assert_eq!(found[0].as_deref(), Some("https://cdn.test/style.css"));
    request.referrer = Referrer::NoReferrer;
    assert_eq!(along(request, "https://cdn.test/background.png", &[]), [None]);
}

/// A page can set neither `Referer` nor `Sec-Fetch-*`. A user agent can, and the headers of the standard replace or join
/// them.
#[test]
fn the_request_for_an_http_client_has_all_headers() {
    let mut request = image(&page("https://a.test/shop/"));
    for (name, value) in [("referer", "https://own.test/"), ("sec-fetch-mode", "own")] {
        request.headers.append(name.parse().unwrap(), value).unwrap();
    }
    let step = UserAgent::new(Profile::standard()).fetch(request, NOW);
    let Step::Send(exchange) = step else { panic!("{step:?}") };
    let head = exchange.request().to_http().unwrap();
    let all = |name: &str| head.headers().get_all(name).iter().cloned().collect::<Vec<_>>();
    assert_eq!(all("referer"), ["https://own.test/", "https://a.test/"]);
    assert_eq!(all("sec-fetch-mode"), ["no-cors"]);
    assert_eq!(all("sec-fetch-site"), ["cross-site"]);
    assert_eq!(all("sec-fetch-user").len(), 0);
    assert!(!exchange.request().headers.contains(&"sec-fetch-site".parse().unwrap()));
}
