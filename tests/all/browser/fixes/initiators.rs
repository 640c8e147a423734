//! What depends on the initiator: elements, workers, beacons, frames.

use super::*;

#[test]
fn a_page_without_an_origin_gets_one() {
    let opaque = |url: &str| Page::with_origin(url.parse().unwrap(), Origin::Opaque(OpaqueOrigin(1)));
    for (url, expected) in [
        ("file:///x.html", "page: Serve the page over http, for example with a web server on this computer"),
        ("data:text/html,x", "page: Give the page an http or https URL"),
        (A, "page: Give the frame its origin with `allow-same-origin`"),
        ("about:srcdoc", "page: Give the frame its origin with `allow-same-origin`"),
        ("app://x/", "page: Serve the page over http, or give its scheme `app` an origin in the app"),
    ] {
        let run = get().by(opaque(url)).responses([ok()]);
        assert_fixes(&run, &[expected, "server: Respond with `Access-Control-Allow-Origin: *`."]);
    }
    // The origin is not what this preflight lacks.
    let run = put().by(opaque(A)).responses([pf().allow_origin("null")]);
    assert_fixes(&run, &["server: Respond to the preflight with `Access-Control-Allow-Methods: PUT`."]);
    let module = |page: Page, url: &str| {
        let request = page.request(Initiator::ModuleScript, url).build().unwrap();
        fixes(&Browser::standard().run_request(request, [])).concat()
    };
    let file = || opaque("file:///x.html");
    assert!(module(file(), "x.js").starts_with("page: Serve the page and its files over http"));
    for text in [module(file(), "ftp://a.test/x.js"), module(page(A), "file:///x.js")] {
        assert!(text.starts_with("page: Use an http or https URL"), "{text}");
    }
}

#[test]
fn workers_and_tracks_have_fixes_of_their_own() {
    let unsent = |initiator| request_with(initiator, |request| request, []);
    for (initiator, expected) in [
        (Initiator::Worker, "page: Start the worker with a script of the page's own origin"),
        (Initiator::SharedWorker, "page: Start the worker with a script of the page's own origin"),
        (Initiator::ModuleWorker, "page: Start the worker with a module of the page's own origin"),
        (Initiator::ServiceWorker, "page: Register a script of the page's own origin"),
        (
            Initiator::Track,
            "page: Add the attribute `crossorigin` to the `<video>` or `<audio>` of the track",
        ),
    ] {
        assert_fixes(&unsent(initiator), &[expected]);
    }
    assert_fixes(&get().mode(Mode::SameOrigin).responses([]), &["page: Use mode \"cors\" in the page"]);
}

#[test]
fn a_beacon_of_a_text_needs_no_permission() {
    let run = request_with(Initiator::Beacon, with_json, [ok().allow_origin(A)]);
    let text = "page: Send the beacon's body as `text/plain` in the page";
    assert_fixes(&run, &[text, "server: Respond with `Access-Control-Allow-Credentials: true`."]);
}

/// Before the request and after the response.
#[test]
fn the_directive_of_a_content_security_policy_is_that_of_the_request() {
    use Destination::{
        AudioWorklet, Document, Embed, Empty, Frame, Iframe, Image, Json, Object, Style, Xslt,
    };
    for (initiator, destination, directive) in [
        (Initiator::Fetch, Empty, Some("connect-src")),
        (Initiator::XmlHttpRequest, Empty, Some("connect-src")),
        (Initiator::EventSource, Empty, Some("connect-src")),
        (Initiator::Beacon, Empty, Some("connect-src")),
        (Initiator::Fetch, Xslt, Some("script-src")),
        (Initiator::Image, Image, Some("img-src")),
        (Initiator::Icon, Image, Some("img-src")),
        (Initiator::Preload, Destination::Font, Some("font-src")),
        (Initiator::Font, Destination::Font, Some("font-src")),
        (Initiator::Script, Destination::Script, Some("script-src")),
        (Initiator::ModuleScript, Json, Some("connect-src")),
        (Initiator::Worklet, AudioWorklet, Some("script-src")),
        (Initiator::Stylesheet, Style, Some("style-src")),
        (Initiator::Media, Destination::Audio, Some("media-src")),
        (Initiator::Track, Destination::Track, Some("media-src")),
        (Initiator::Manifest, Destination::Manifest, Some("manifest-src")),
        (Initiator::Worker, Destination::Worker, Some("worker-src")),
        (Initiator::ServiceWorker, Destination::ServiceWorker, Some("worker-src")),
        (Initiator::Frame, Iframe, Some("frame-src")),
        (Initiator::Frame, Frame, Some("frame-src")),
        (Initiator::Frame, Object, Some("object-src")),
        (Initiator::Frame, Embed, Some("object-src")),
        (Initiator::Form, Document, Some("form-action")),
        (Initiator::Form, Iframe, Some("form-action")),
        (Initiator::Prefetch, Empty, Some("default-src")),
        (Initiator::Navigation, Document, None),
        (Initiator::Report, Destination::Report, None),
        (Initiator::Element, Empty, None),
    ] {
        let place = directive.map(|name| format!(", in `{name}`")).unwrap_or_default();
        let expected = format!(
            "Allow the URL in the Content-Security-Policy of the page{place}; no header of this response helps."
        );
        let mut request = page(A).request(initiator, A).build().unwrap();
        request.destination = destination;
        let mut user_agent = UserAgent::default();
        let step = user_agent.refuse(request.clone(), Failure::ContentSecurityPolicy);
        let Step::Done(Err(before)) = step else { panic!("{step:?}") };
        let Step::Send(exchange) = user_agent.fetch(request, Timestamp::ZERO) else {
            panic!("{initiator:?}")
        };
        let step = exchange.receive(ok().head(), &mut user_agent, Timestamp::ZERO);
        let Step::Done(Ok(response)) = step else { panic!("{step:?}") };
        let after = response.into_error(Failure::ContentSecurityPolicy);
        for error in [before, after] {
            assert_eq!(error.fixes()[0].text(), expected, "{initiator:?} {destination:?}");
        }
    }
}

#[test]
fn an_attribute_decides_about_an_image() {
    let with = |value: &str| ok().with("cross-origin-resource-policy", value);
    let server = "server: Respond with `Access-Control-Allow-Origin: https://a.test`.";
    let remove = "page: Remove the attribute `crossorigin` from the <img> in the page, if no script reads";
    assert_fixes(&request_with(Initiator::Image, anonymous, [ok()]), &[server, remove]);
    // Without the attribute, it would be refused as well.
    assert_fixes(&request_with(Initiator::Image, anonymous, [with("same-origin")]), &[server]);
    let isolated = page(A).with_embedder_policy(EmbedderPolicy::RequireCorp);
    let image = anonymous(isolated.request(Initiator::Image, B)).build().unwrap();
    assert_fixes(&Browser::standard().run_request(image, [ok()]), &[server]);
    let to_c = redirect(302, C).allow_origin(A);
    let any = "server: Respond with `Access-Control-Allow-Origin: *`.";
    assert_fixes(&request_with(Initiator::Image, anonymous, [to_c, ok()]), &[any]);

    let plain = |response| request_with(Initiator::Image, |request| request, [response]);
    let any = "server: Respond with `Cross-Origin-Resource-Policy: cross-origin`";
    assert_fixes(&plain(with("same-origin")), &[any]);
    let add = "page: Add the attribute `crossorigin` to the <img> in the page: the response allows it.";
    assert_fixes(&plain(with("same-origin").allow_origin("*")), &[any, add]);
    // fetch() has no attribute. What CORS would refuse does not matter here.
    let by_script = |origin| get().mode(Mode::NoCors).responses([with("same-origin").allow_origin(origin)]);
    for origin in ["*", "http://a.test"] {
        assert_fixes(&by_script(origin), &[any]);
    }
}

#[test]
fn the_user_looks_after_a_lost_request() {
    let user = "user: Open the URL in a tab of the same browser";
    assert_fixes(&get().responses([lost(Failure::Network)]), &[user, "server: Make sure that the server"]);
}
