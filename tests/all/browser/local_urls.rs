//! URLs for which nothing goes over the network: the embedder makes their responses.

use crossorigin::{
    browser::{
        Failure, Initiator, LocalFetch, Mode, Outcome, Page, Profile, Request, ResponseType, Step, Timestamp,
        UserAgent,
    },
    http::{HeaderName, Method, Response},
    origin::Origin,
};

use super::support::{B, ok, page, redirect};

const NOW: Timestamp = Timestamp::ZERO;

fn user_agent() -> UserAgent {
    UserAgent::new(Profile::standard())
}

/// The local fetch to which a request leads.
#[track_caller]
fn local(request: Request) -> LocalFetch {
    match user_agent().fetch(request, NOW) {
        Step::Local(local) => local,
        step => panic!("{step:?}"),
    }
}

fn outcome(step: Step) -> Outcome {
    match step {
        Step::Done(outcome) => outcome,
        step => panic!("{step:?}"),
    }
}

fn fetch(url: &str) -> Request {
    page("https://a.test").fetch(url).build().unwrap()
}

#[test]
fn the_embedder_makes_the_response() {
    for url in ["data:text/plain,x#f", "about:blank", "blob:https://a.test/1"] {
        let mut request = fetch(url);
        // CORS refuses `about:blank` before anybody could respond.
        request.mode = if url == "about:blank" { Mode::NoCors } else { Mode::Cors };
        let local = local(request);
        assert_eq!(local.url().as_str(), url);
        let response = Response::builder()
            .status(206)
            .header("Content-Type", "text/plain")
            .header("Set-Cookie", "a=1")
            .body("x")
            .unwrap();
        let delivered = outcome(local.respond(&response, &mut user_agent())).unwrap();
        let is_opaque = url == "about:blank";
        let expected = if is_opaque { ResponseType::Opaque } else { ResponseType::Basic };
        assert_eq!(delivered.response_type(), expected, "{url}");
        let visible = |name| delivered.headers().contains(&HeaderName::from_static(name));
        assert_eq!((visible("content-type"), visible("set-cookie")), (!is_opaque, false), "{url}");
        assert_eq!(delivered.body_readable(), !is_opaque);
        assert_eq!(delivered.internal().status, 206);
    }
}

#[test]
fn a_local_url_without_a_response_is_a_network_error() {
    for (failure, name, step) in [
        (Failure::Network, "SchemeNotFetchable", "scheme fetch 3"),
        (Failure::Canceled, "Canceled", "HTTP-network-or-cache fetch 9"),
    ] {
        for url in ["data:x", "blob:https://a.test/1"] {
            let error = outcome(local(fetch(url)).fail(&mut user_agent(), failure)).unwrap_err();
            assert_eq!((error.reason().name(), error.step().to_string().as_str()), (name, step));
        }
    }
}

#[test]
fn only_what_may_be_read_is_asked_for() {
    let refused = |request: Request| outcome(user_agent().fetch(request, NOW)).unwrap_err().reason().name();
    // Another origin's blob, and a file, in CORS.
    assert_eq!(refused(fetch("blob:https://b.test/1")), "SchemeNotHttp");
    assert_eq!(refused(fetch("file:///x")), "SchemeNotHttp");
    // Only a GET reads a blob.
    let mut post = fetch("blob:https://a.test/1");
    post.method = Method::POST;
    assert_eq!(refused(post), "SchemeNotFetchable");
    // A page that may load files is up to the embedder.
    let image = page("https://a.test").request(Initiator::Image, "file:///x.png").build().unwrap();
    assert_eq!(local(image).url().as_str(), "file:///x.png");
    let mut config = fetch("about:config");
    config.mode = Mode::NoCors;
    assert_eq!(refused(config), "SchemeNotFetchable");
}

/// WebKit follows the redirect of an element to a `data:` URL.
#[test]
fn a_redirect_may_lead_to_a_local_url() {
    let mut webkit = UserAgent::new(Profile::webkit()).with_trace();
    let image = page("https://a.test").request(Initiator::Image, B).build().unwrap();
    let Step::Send(exchange) = webkit.fetch(image, NOW) else { panic!() };
    let step = exchange.receive(redirect(302, "data:image/png,x").head(), &mut webkit, NOW);
    let Step::Redirect(redirect) = step else { panic!("{step:?}") };
    let Step::Local(local) = redirect.follow(&mut webkit, NOW) else { panic!() };
    assert!(!local.trace().is_empty());
    let delivered = outcome(local.respond(ok().head(), &mut webkit)).unwrap();
    assert_eq!(delivered.url_list().len(), 2);
}

/// A page of an app has an origin of its own. It reads its own files, which the embedder has, and takes part in CORS as
/// any other page.
#[test]
fn an_app_reads_its_own_files() {
    let origin = |origin: &str| Origin::Tuple(origin.parse().unwrap());
    let own = Page::with_origin("my-app://main/".parse().unwrap(), origin("my-app://main"));
    for (app, another) in [(page("tauri://localhost/"), "tauri://other/x"), (own, "my-app://other/x")] {
        let get = |url: &str| app.fetch(url).build().unwrap();
        let url = app.url().join("/app.js").unwrap();
        let local = local(get("/app.js"));
        assert_eq!(local.url(), &url);
        let delivered = outcome(local.respond(ok().head(), &mut user_agent())).unwrap();
        assert_eq!((delivered.response_type(), delivered.body_readable()), (ResponseType::Basic, true));
        // Files of another app, and other schemes, are not its own.
        for other in [another, "other-app://main/x"] {
            let error = outcome(user_agent().fetch(get(other), NOW)).unwrap_err();
            assert_eq!(error.reason().name(), "SchemeNotHttp", "{other}");
        }
        let Step::Send(exchange) = user_agent().fetch(get(B), NOW) else { panic!() };
        let sent = exchange.request().headers.get(&HeaderName::from_static("origin")).unwrap();
        assert_eq!(sent, app.origin().serialize().as_bytes());
    }
    // An origin with a scheme of the web makes no files of its own.
    let files = Page::with_origin("ftp://a.test/".parse().unwrap(), origin("ftp://a.test"));
    let refused = outcome(user_agent().fetch(files.fetch("/x").build().unwrap(), NOW)).unwrap_err();
    assert_eq!(refused.reason().name(), "SchemeNotFetchable");
    // A web page does not read them in CORS. Whether it may load them is up to the embedder.
    let refused = outcome(user_agent().fetch(fetch("tauri://localhost/x"), NOW)).unwrap_err();
    assert_eq!(refused.reason().name(), "SchemeNotHttp");
    let image = page("https://a.test").request(Initiator::Image, "tauri://localhost/x").build().unwrap();
    assert_eq!(local(image).url().host_str(), Some("localhost"));
}
