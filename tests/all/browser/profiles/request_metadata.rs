//! The rules for `Referer` and `Sec-Fetch-*`.

use crossorigin::{
    browser::{Destination, Initiator, Referrer, Step, Timestamp},
    http::Response,
    site::Sites,
};

use super::*;

const ADDRESS: &str = "http://127.0.0.1:9001";
const OTHER_PORT: &str = "http://127.0.0.1:9002";
const THIRD_PORT: &str = "http://127.0.0.1:9003";

/// The last request that goes out if every URL redirects to the next one, and every preflight is allowed.
fn last_request(request: &Request, locations: &[&str], change: impl FnOnce(&mut Profile)) -> OutgoingRequest {
    let mut profile = Profile::standard();
    change(&mut profile);
    let mut user_agent = UserAgent::new(profile).with_sites(Sites::two_labels());
    let mut step = user_agent.fetch(request.clone(), Timestamp::ZERO);
    let mut locations = locations.iter();
    loop {
        let Step::Send(exchange) = step else { panic!("{step:?}") };
        let out = exchange.request().clone();
        let allow = Response::builder()
            .header(
                "Access-Control-Allow-Origin",
                exchange
                    .request()
                    .headers
                    .get(&"origin".parse().unwrap())
                    .map_or("*".into(), |origin| String::from_utf8_lossy(&origin).into_owned()),
            )
            .header("Access-Control-Allow-Credentials", "true")
            .header("Access-Control-Allow-Methods", "PUT");
        if out.kind == RequestKind::Preflight && locations.len() > 0 {
            step = exchange.receive(allow.body(()).unwrap(), &mut user_agent, Timestamp::ZERO);
            continue;
        }
        let Some(location) = locations.next() else { return out };
        let response = allow.status(307).header("Location", *location).body(()).unwrap();
        let Step::Redirect(redirect) = exchange.receive(response, &mut user_agent, Timestamp::ZERO) else {
            panic!("{location} is not followed")
        };
        step = redirect.follow(&mut user_agent, Timestamp::ZERO);
    }
}

fn referrer(out: &OutgoingRequest) -> String {
    out.referrer.as_ref().map_or("nothing".to_owned(), ToString::to_string)
}

/// The value of one of the headers `Sec-Fetch-*`.
fn metadata(name: &str) -> impl Fn(&OutgoingRequest) -> String {
    move |out| {
        let mut lines = out.fetch_metadata.iter().flat_map(|metadata| metadata.lines());
        let value = lines.find(|line| line.0.as_str() == format!("sec-fetch-{name}"));
        value.map_or("nothing".to_owned(), |line| line.1.to_owned())
    }
}

/// What the last request says by the standard, and with the rule of an engine.
#[track_caller]
fn differs(
    request: &Request,
    locations: &[&str],
    (name, of): (&'static str, Profile),
    says: impl Fn(&OutgoingRequest) -> String,
    expected: [&str; 2],
) {
    let standard = says(&last_request(request, locations, |_| {}));
    let engine = says(&last_request(request, locations, rule(name, of)));
    assert_eq!([standard.as_str(), &engine], expected);
}

fn at(document: &str) -> Page {
    page("https://a.test/shop").with_document_url(document.parse().unwrap())
}

fn image(page: &Page, url: &str, destination: Destination) -> Request {
    with(page.request(Initiator::Element, url).build().unwrap(), |request| request.destination = destination)
}

#[test]
fn referrers_of_frames_and_workers() {
    let get = |page: &Page| page.fetch("https://a.test/x").build().unwrap();
    let webkit = |name| (name, Profile::webkit());
    let firefox = |name| (name, Profile::firefox());
    let all = ["nothing", "https://a.test/shop"];
    let sandboxed =
        Page::with_origin("https://a.test/shop".parse().unwrap(), Origin::Opaque(OpaqueOrigin(0)));
    differs(&get(&sandboxed), &[], webkit("referrer.sent_by_opaque_origins"), referrer, all);
    let none = ["https://a.test/shop", "nothing"];
    differs(&get(&at("about:srcdoc")), &[], webkit("referrer.sent_by_srcdoc"), referrer, none);
    differs(&get(&at("about:blank")), &[], firefox("referrer.sent_by_about_blank"), referrer, all);
    let worker = get(&page("blob:https://a.test/1"));
    let origin = ["nothing", "https://a.test/"];
    differs(&worker, &[], firefox("referrer.blob_urls_send_their_origin"), referrer, origin);
    let shop = get(&page("https://a.test/shop"));
    let whole = ["https://a.test/shop"; 2];
    differs(&shop, &[], firefox("referrer.blob_urls_send_their_origin"), referrer, whole);
}

#[test]
fn referrers_of_what_others_request() {
    let import =
        with(image(&page("https://a.test/shop"), "https://b.test/x", Destination::Script), |request| {
            request.referrer = Referrer::Url("https://b.test/module.js".parse().unwrap());
        });
    let rule = ("referrer.imports_send_the_page", Profile::webkit());
    differs(&import, &[], rule.clone(), referrer, ["https://b.test/module.js", "https://a.test/"]);
    // A later hop, and `fetch()`, have what they had.
    let locations = ["https://b.test/y"];
    differs(&import, &locations, rule.clone(), referrer, ["https://b.test/module.js", "https://a.test/"]);
    let call = page("https://a.test/shop");
    let call = call.fetch("https://a.test/x").referrer("/other").build().unwrap();
    differs(&call, &[], rule, referrer, ["https://a.test/other"; 2]);
    for destination in [Destination::Track, Destination::ServiceWorker, Destination::Report] {
        let request = image(&page("https://a.test/shop"), "https://a.test/x", destination);
        let rule = ("referrer.never_sent_with", Profile::firefox());
        differs(&request, &[], rule, referrer, ["https://a.test/shop", "nothing"]);
    }
}

#[test]
fn requests_with_sec_fetch_headers() {
    let socket = with(request("GET", "wss://b.test/"), |request| request.mode = Mode::WebSocket);
    let chromium = ("fetch_metadata.sent_with_web_sockets", Profile::chromium());
    differs(&socket, &[], chromium, metadata("mode"), ["websocket", "nothing"]);
    let webkit = ("fetch_metadata.web_sockets_have_a_destination", Profile::webkit());
    differs(&socket, &[], webkit, metadata("dest"), ["empty", "websocket"]);
    // The rules for WebSockets change no other request.
    let get = page(A).fetch(B).build().unwrap();
    for (name, engine) in [
        ("fetch_metadata.sent_with_web_sockets", Profile::chromium()),
        ("fetch_metadata.web_sockets_have_a_destination", Profile::webkit()),
    ] {
        differs(&get, &[], (name, engine), metadata("dest"), ["empty"; 2]);
    }

    let rule = ("fetch_metadata.sent_after_redirects_in_cors", Profile::webkit());
    let cors = page(A).fetch(B).build().unwrap();
    differs(&cors, &[C], rule.clone(), metadata("mode"), ["cors", "nothing"]);
    differs(&cors, &["https://b.test/2"], rule.clone(), metadata("mode"), ["cors"; 2]);
    let put = page(A).fetch(B).method("PUT").build().unwrap();
    differs(&put, &[C], rule.clone(), metadata("mode"), ["cors"; 2]); // a preflight
    // The last redirect decides.
    differs(&cors, &[C, "https://c.test/2"], rule.clone(), metadata("mode"), ["cors"; 2]);
    differs(
        &page(A).request(Initiator::Element, B).build().unwrap(),
        &[C],
        rule,
        metadata("mode"),
        ["no-cors"; 2],
    );
}

#[test]
fn sites_after_redirects() {
    let put = page(ADDRESS).fetch(OTHER_PORT).method("PUT").build().unwrap();
    let get = page(ADDRESS).fetch(OTHER_PORT).build().unwrap();
    let site = || metadata("site");
    let rule = ("fetch_metadata.addresses_stay_sites_after_redirects", Profile::firefox());
    differs(&get, &[THIRD_PORT], rule.clone(), site(), ["same-site", "cross-site"]);
    differs(&get, &[], rule.clone(), site(), ["same-site"; 2]);
    differs(&put, &[THIRD_PORT], rule.clone(), site(), ["same-site"; 2]); // a preflight
    let (sub, sub2) = ("https://sub.a.test/", "https://sub.a.test/2");
    let get_name = page(A).fetch(sub).build().unwrap();
    differs(&get_name, &[sub2], rule, site(), ["same-site"; 2]); // no address
    let rule = ("fetch_metadata.tainted_preflights_are_cross_site", Profile::webkit());
    differs(&put, &[THIRD_PORT], rule.clone(), site(), ["same-site", "cross-site"]);
    differs(&put, &[], rule.clone(), site(), ["same-site"; 2]);
    differs(&get_name, &["https://other.a.test/"], rule, site(), ["same-site"; 2]); // an actual request
    let put = page(A).fetch(sub).method("PUT").build().unwrap();
    for profile in [Profile::chromium(), Profile::firefox()] {
        let rule = ("fetch_metadata.preflights_compare_all_urls", profile);
        differs(&put, &[B, sub2], rule.clone(), site(), ["cross-site", "same-site"]);
        differs(&get_name, &[B, sub2], rule, site(), ["cross-site"; 2]); // an actual request
    }
}

#[test]
fn other_sites_get_the_origin_as_referrer() {
    let page = page("https://a.test/page");
    for policy in [ReferrerPolicy::UnsafeUrl, ReferrerPolicy::NoReferrerWhenDowngrade] {
        let with_policy = |url: &str| page.fetch(url).referrer_policy(policy).build().unwrap();
        for profile in [Profile::firefox(), Profile::webkit()] {
            let rule = || ("referrer.whole_to_other_sites", profile.clone());
            let whole = "https://a.test/page";
            differs(&with_policy(B), &[], rule(), referrer, [whole, "https://a.test/"]);
            differs(&with_policy("https://sub.a.test/"), &[], rule(), referrer, [whole, whole]);
            // The next URL decides again.
            differs(&with_policy(B), &["https://a.test/2"], rule(), referrer, [whole, whole]);
        }
    }
}

/// In WebKit, preflights after a redirect have the referrer of the first request.
#[test]
fn preflights_after_a_redirect_have_the_first_referrer() {
    let shop = page("https://a.test/shop");
    let put = |url: &str| shop.fetch(url).method("PUT").build().unwrap();
    let rule = || ("referrer.preflights_have_the_first", Profile::webkit());
    let (whole, origin) = ("https://a.test/shop", "https://a.test/");
    differs(&put(A), &[B], rule(), referrer, [origin, whole]);
    differs(&put(A), &[B, C], rule(), referrer, [origin, whole]);
    differs(&put(B), &[A], rule(), referrer, [origin; 2]);
    // The actual request has its own referrer.
    differs(&shop.fetch(A).build().unwrap(), &[B], rule(), referrer, [origin; 2]);
    let hidden = shop.fetch(A).method("PUT").referrer_policy(ReferrerPolicy::SameOrigin).build().unwrap();
    differs(&hidden, &[B], rule(), referrer, ["nothing", whole]);
}

/// Redirected navigations keep no more than the origin of the referrer in two engines.
#[test]
fn navigations_reduce_the_referrer_for_good() {
    let shop = page("https://a.test/shop");
    let (a2, sub) = ("https://a.test/2", "https://sub.a.test/");
    let (whole, origin) = ("https://a.test/shop", "https://a.test/");
    let by = |initiator, url: &str, policy| {
        with(shop.request(initiator, url).build().unwrap(), |request| request.referrer_policy = policy)
    };
    let rules = [
        ("referrer.reduced_for_good_in_navigations", Profile::firefox()),
        ("referrer.redirected_navigations_send_the_origin", Profile::webkit()),
    ];
    for (first, locations, by_firefox, by_webkit) in [
        (A, &[][..], whole, whole),
        (B, &[], origin, whole),
        (A, &[a2], whole, whole),
        (A, &[sub], whole, origin),
        (sub, &[sub], whole, origin),
        (sub, &[a2], whole, whole),
        (A, &[B], origin, origin),
        (B, &[a2], origin, whole),
        (A, &[B, a2], origin, origin),
        (A, &[sub, a2], whole, origin),
    ] {
        for policy in [ReferrerPolicy::UnsafeUrl, ReferrerPolicy::NoReferrerWhenDowngrade] {
            for (rule, expected) in rules.iter().zip([by_firefox, by_webkit]) {
                let frame = by(Initiator::Frame, first, policy);
                differs(&frame, locations, rule.clone(), referrer, [whole, expected]);
                let image = by(Initiator::Image, first, policy);
                differs(&image, locations, rule.clone(), referrer, [whole, whole]);
            }
        }
    }
    let [firefox, webkit] = rules;
    let own = by(Initiator::Frame, A, ReferrerPolicy::SameOrigin);
    differs(&own, &[B], webkit.clone(), referrer, ["nothing", origin]);
    differs(&own, &[B], firefox, referrer, ["nothing"; 2]);
    for policy in [ReferrerPolicy::NoReferrer, ReferrerPolicy::Origin, ReferrerPolicy::StrictOrigin] {
        let frame = by(Initiator::Frame, A, policy);
        let expected = if policy == ReferrerPolicy::NoReferrer { "nothing" } else { origin };
        differs(&frame, &[B], webkit.clone(), referrer, [expected; 2]);
    }
}

#[test]
fn destinations_of_webkit() {
    let dest = || metadata("dest");
    for (destination, rule, expected) in [
        (Destination::Object, "fetch_metadata.embeds_are_iframes", ["object", "iframe"]),
        (Destination::Embed, "fetch_metadata.embeds_are_iframes", ["embed", "iframe"]),
        (Destination::Report, "fetch_metadata.reports_are_empty", ["report", "empty"]),
        (Destination::Image, "fetch_metadata.embeds_are_iframes", ["image", "image"]),
    ] {
        differs(&image(&page(A), B, destination), &[], (rule, Profile::webkit()), dest(), expected);
    }
}
