//! Requests of all initiators, as HTML, CSS, Fetch, Beacon, Reporting, WebSockets and WebTransport describe
//! them.

use crossorigin::{
    browser::{
        Body, CacheMode, CredentialsMode, CrossOriginAttribute, Destination, Initiator, Mode, Page,
        RedirectMode, Referrer, Refusal, RefusalReason, Request, RequestBuilder, RequestKind, Step,
        Timestamp, UserAgent,
    },
    http::Response,
};

use super::support::{A, B, page};

const ANONYMOUS: Option<CrossOriginAttribute> = Some(CrossOriginAttribute::Anonymous);
const USE_CREDENTIALS: Option<CrossOriginAttribute> = Some(CrossOriginAttribute::UseCredentials);

pub(super) fn by(initiator: Initiator) -> RequestBuilder<'static> {
    let page: &'static Page = Box::leak(Box::new(page("https://a.test/dir/page")));
    page.request(initiator, "x")
}

/// Everything that an initiator determines, in one line. What has its default is left out.
fn line(request: &Request) -> String {
    let mut words =
        vec![request.method.to_string(), request.mode.to_string(), request.credentials.to_string()];
    words.extend(Some(request.destination.to_string()).filter(|destination| !destination.is_empty()));
    let differs = [
        (request.redirect != RedirectMode::Follow, format!("redirect={}", request.redirect)),
        (request.cache != CacheMode::Default, format!("cache={}", request.cache)),
        (request.body != Body::None, "body".to_owned()),
        (request.unsafe_request, "unsafe".to_owned()),
        (request.use_cors_preflight, "forced".to_owned()),
        (request.referrer == Referrer::NoReferrer, "no-referrer".to_owned()),
    ];
    words.extend(differs.into_iter().filter(|(differs, _)| *differs).map(|(_, word)| word));
    words.extend(
        request.headers.iter().map(|(name, value)| format!("{name}:{}", String::from_utf8_lossy(value))),
    );
    words.join(" ")
}

fn reason(built: Result<Request, Refusal>) -> String {
    let refusal = built.unwrap_err();
    assert!(!refusal.fixes().is_empty());
    refusal.reason().to_string()
}

/// What each initiator makes without any setting.
#[test]
fn each_initiator_makes_the_request_of_its_standard() {
    let expected = [
        ("fetch", "GET cors same-origin unsafe"),
        ("xhr", "GET cors same-origin unsafe"),
        ("element", "GET no-cors include"),
        ("image", "GET no-cors include image"),
        ("media", "GET no-cors include video"),
        ("track", "GET same-origin include track"),
        ("script", "GET no-cors include script"),
        ("module-script", "GET cors same-origin script"),
        ("stylesheet", "GET no-cors include style"),
        ("css-image", "GET cors same-origin image"),
        ("font", "GET cors same-origin font"),
        ("preload", "GET no-cors include"),
        ("module-preload", "GET cors same-origin script"),
        ("prefetch", "GET no-cors include sec-purpose:prefetch"),
        ("icon", "GET no-cors include image"),
        ("manifest", "GET cors same-origin manifest"),
        ("worker", "GET same-origin same-origin worker"),
        ("shared-worker", "GET same-origin same-origin sharedworker"),
        ("module-worker", "GET same-origin same-origin worker"),
        (
            "service-worker",
            "GET same-origin same-origin serviceworker redirect=error cache=no-cache service-worker:script",
        ),
        ("import-scripts", "GET no-cors same-origin script"),
        ("worklet", "GET cors same-origin audioworklet"),
        ("event-source", "GET cors same-origin cache=no-store accept:text/event-stream"),
        ("beacon", "POST no-cors include"),
        ("ping", "POST no-cors include body no-referrer content-type:text/ping"),
        (
            "report",
            "POST cors same-origin report body unsafe no-referrer content-type:application/reports+json",
        ),
        (
            "csp-report",
            "POST no-cors same-origin report redirect=error body content-type:application/csp-report",
        ),
        ("web-socket", "GET websocket include redirect=error cache=no-store no-referrer"),
        ("web-transport", "CONNECT webtransport omit redirect=error cache=no-store no-referrer"),
        ("navigation", "GET navigate include document"),
        ("frame", "GET navigate include iframe"),
        ("form", "GET navigate include document"),
    ];
    let made: Vec<_> = Initiator::ALL
        .iter()
        .map(|initiator| (initiator.name(), line(&by(*initiator).build().unwrap())))
        .collect();
    let made: Vec<_> = made.iter().map(|(name, line)| (*name, line.as_str())).collect();
    assert_eq!(made, expected);
    for initiator in Initiator::ALL {
        let request = by(*initiator).build().unwrap();
        assert_eq!((request.url.as_str(), request.origin.serialize()), ("https://a.test/dir/x", A));
    }
}

#[test]
fn the_attribute_chooses_mode_and_credentials() {
    let with = |initiator, attribute| {
        let request = by(initiator).crossorigin(attribute).build().unwrap();
        (request.mode, request.credentials)
    };
    use CredentialsMode::{Include, SameOrigin};
    use Initiator::{
        Element, Icon, Image, Manifest, Media, ModulePreload, ModuleScript, Prefetch, Preload, Script,
        Stylesheet, Track,
    };
    for initiator in [Element, Icon, Image, Media, Prefetch, Preload, Script, Stylesheet, Track] {
        assert_eq!(with(initiator, ANONYMOUS), (Mode::Cors, SameOrigin));
        assert_eq!(with(initiator, USE_CREDENTIALS), (Mode::Cors, Include));
    }
    for initiator in [Manifest, ModulePreload, ModuleScript] {
        assert_eq!(with(initiator, ANONYMOUS), (Mode::Cors, SameOrigin));
        assert_eq!(with(initiator, USE_CREDENTIALS), (Mode::Cors, Include));
    }
}

/// The settings that each initiator has. All others are refused, with the initiator and the setting.
#[test]
fn every_setting_is_available_or_refused() {
    type Setting = (&'static str, &'static str, fn(RequestBuilder<'static>) -> RequestBuilder<'static>);
    let settings: [Setting; 8] = [
        ("crossorigin attribute", "anonymous", |builder| builder.crossorigin(ANONYMOUS)),
        ("credentials mode", "include", |builder| builder.credentials(CredentialsMode::Include)),
        ("credentials mode", "omit", |builder| builder.credentials(CredentialsMode::Omit)),
        ("method", "PUT", |builder| builder.method("put")),
        ("method", "POST", |builder| builder.method("POST")),
        ("header", "x-a", |builder| builder.header("X-A", "1")),
        ("body", "bytes", |builder| builder.method("POST").body(Body::Replayable, None)),
        ("destination", "xslt", |builder| builder.destination(Destination::Xslt)),
    ];
    let available = [
        (
            "crossorigin attribute anonymous",
            "element icon image manifest media module-preload module-script prefetch \
          preload script stylesheet track",
        ),
        ("credentials mode include", "event-source fetch module-worker worklet xhr"),
        ("credentials mode omit", "fetch module-worker worklet"),
        ("method PUT", "fetch xhr"),
        ("method POST", "beacon csp-report fetch form frame navigation ping report xhr"),
        ("header x-a", "fetch web-transport xhr"),
        ("body bytes", "beacon fetch form frame navigation xhr"),
        ("destination xslt", ""),
    ];
    for ((setting, value, set), (of, names)) in settings.into_iter().zip(available) {
        assert_eq!(format!("{setting} {value}"), of);
        for initiator in Initiator::ALL {
            let built = set(by(*initiator)).build();
            let is_available = names.split(' ').any(|name| name == initiator.name());
            assert_eq!(built.is_ok(), is_available, "{initiator:?} {of}: {built:?}");
            let Err(refusal) = built else { continue };
            let RefusalReason::SettingNotAvailable { initiator: by, setting: refused, .. } = refusal.reason()
            else {
                panic!("{refusal}")
            };
            assert_eq!((refusal.initiator(), *by), (*initiator, *initiator));
            assert!(*refused == setting || (*refused, setting) == ("method", "body"), "{refusal}");
            assert!(refusal.to_string().starts_with(initiator.as_str()), "{refusal}");
        }
    }
    assert_eq!(
        reason(by(Initiator::EventSource).credentials(CredentialsMode::Omit).build()),
        "EventSource cannot have the credentials mode `omit`"
    );
}

#[test]
fn the_user_agent_sets_its_headers() {
    let line = |builder: RequestBuilder<'_>| line(&builder.build().unwrap());
    assert_eq!(
        line(by(Initiator::Media).destination(Destination::Audio).header("Range", " bytes=0- ")),
        "GET no-cors include audio range:bytes=0-"
    );
    assert_eq!(
        line(by(Initiator::EventSource).header("Last-Event-ID", "7").credentials(CredentialsMode::Include)),
        "GET cors include cache=no-store accept:text/event-stream last-event-id:7"
    );
    assert_eq!(
        line(by(Initiator::Ping).header("Ping-From", A).header("Ping-To", B)),
        format!("POST no-cors include body no-referrer content-type:text/ping ping-from:{A} ping-to:{B}")
    );
    assert_eq!(
        line(by(Initiator::WebSocket).header("Sec-WebSocket-Protocol", "chat")),
        "GET websocket include redirect=error cache=no-store no-referrer sec-websocket-protocol:chat"
    );
    let transport = by(Initiator::WebTransport).header("X-A", "1").header("Cookie", "c").build().unwrap();
    assert_eq!(line_of_headers(&transport), "x-a:1");
    assert_eq!(transport.warnings.len(), 1);
    assert_eq!(
        reason(by(Initiator::WebTransport).header("WT-Available-Protocols", "a").build()),
        "WebTransport cannot have the header `wt-available-protocols`"
    );
    assert_eq!(
        by(Initiator::Media).header("Ran ge", "").build().unwrap_err().reason().name(),
        "HeaderNameInvalid"
    );
    assert_eq!(
        by(Initiator::Media).header("Range", "\0").build().unwrap_err().reason().name(),
        "HeaderValueInvalid"
    );
}

pub(super) fn line_of_headers(request: &Request) -> String {
    let lines =
        request.headers.iter().map(|(name, value)| format!("{name}:{}", String::from_utf8_lossy(value)));
    lines.collect::<Vec<_>>().join(" ")
}

#[test]
fn the_destination_is_chosen_where_there_are_several() {
    let line = |initiator, destination| line(&by(initiator).destination(destination).build().unwrap());
    assert_eq!(line(Initiator::Preload, Destination::Font), "GET no-cors include font");
    assert_eq!(
        line(Initiator::ModuleWorker, Destination::SharedWorker),
        "GET same-origin same-origin sharedworker"
    );
    assert_eq!(line(Initiator::Worklet, Destination::PaintWorklet), "GET cors same-origin paintworklet");
    assert_eq!(line(Initiator::Frame, Destination::Object), "GET navigate include object");
    assert_eq!(line(Initiator::ModuleScript, Destination::Json), "GET cors same-origin json");
    // The script of a worker is of the page's origin. Its imports need not be.
    assert_eq!(line(Initiator::ModulePreload, Destination::Worker), "GET same-origin same-origin worker");
    assert_eq!(
        line(Initiator::ModulePreload, Destination::ServiceWorker),
        "GET same-origin same-origin serviceworker"
    );
    assert_eq!(line(Initiator::ModuleScript, Destination::Worker), "GET cors same-origin worker");
    // What the script of a service worker imports has the header and the cache mode of that script.
    assert_eq!(
        line(Initiator::ModuleScript, Destination::ServiceWorker),
        "GET cors same-origin serviceworker cache=no-cache service-worker:script"
    );
    assert_eq!(
        reason(by(Initiator::Preload).destination(Destination::Video).build()),
        "<link rel=preload> cannot have the destination `video`"
    );
}

#[test]
fn the_type_of_the_body_decides_about_a_beacon() {
    let beacon = |body_type| by(Initiator::Beacon).body(Body::Replayable, body_type).build();
    for (body_type, expected) in [
        (None, "POST no-cors include body"),
        (Some("text/plain;charset=UTF-8"), "POST no-cors include body content-type:text/plain;charset=UTF-8"),
        (Some("application/json"), "POST cors include body content-type:application/json"),
        // No header value.
        (Some("a\nb"), "POST no-cors include body"),
    ] {
        assert_eq!(line(&beacon(body_type).unwrap()), expected);
    }
    let without_body = by(Initiator::Beacon).body(Body::None, Some("text/plain")).build().unwrap();
    assert_eq!(line(&without_body), "POST no-cors include");
    assert_eq!(
        by(Initiator::Beacon).body(Body::Stream, None).build().unwrap_err().reason().name(),
        "StreamBodyMode"
    );
    // By the standard, a beacon has no unsafe-request flag, so it makes no preflight.
    let json = page(A)
        .request(Initiator::Beacon, B)
        .body(Body::Replayable, Some("application/json"))
        .build()
        .unwrap();
    let step = UserAgent::default().fetch(json, Timestamp::ZERO);
    let Step::Send(exchange) = step else { panic!("{step:?}") };
    assert_eq!(exchange.request().kind, RequestKind::Actual);
}

#[test]
fn a_form_has_a_body_with_post_only() {
    let line = |builder: RequestBuilder<'_>| line(&builder.build().unwrap());
    let url_encoded = "POST navigate include document body content-type:application/x-www-form-urlencoded";
    assert_eq!(line(by(Initiator::Form).method("post")), url_encoded);
    assert_eq!(line(by(Initiator::Form).method("POST").body(Body::Replayable, None)), url_encoded);
    let multipart = "multipart/form-data; boundary=b";
    assert_eq!(
        line(
            by(Initiator::Form)
                .method("POST")
                .body(Body::Replayable, Some(multipart))
                .destination(Destination::Iframe)
        ),
        format!("POST navigate include iframe body content-type:{multipart}")
    );
    let refused =
        |method, body, body_type| reason(by(Initiator::Form).method(method).body(body, body_type).build());
    assert_eq!(refused("GET", Body::Replayable, None), "a request with method GET cannot have a body");
    assert_eq!(refused("POST", Body::Stream, None), "<form> cannot have the body `stream`");
    assert_eq!(
        refused("POST", Body::Replayable, Some("application/json")),
        "<form> cannot have the body type `application/json`"
    );
    assert_eq!(refused("dia log", Body::None, None), "`dia log` is not a valid method");
}

/// A type is refused without a body.
#[test]
fn an_initiator_without_a_body_has_no_type() {
    for initiator in [Initiator::Image, Initiator::Ping] {
        let built = by(initiator).body(Body::None, Some("text/plain")).build();
        assert_eq!(built.unwrap_err().reason().name(), "SettingNotAvailable", "{initiator:?}");
    }
}

#[test]
fn the_scheme_of_a_web_socket_becomes_that_of_http() {
    let page = page("https://a.test/dir/page");
    let url =
        |initiator, url: &str| page.request(initiator, url).build().map(|request| request.url.to_string());
    for (given, expected) in [
        ("ws://b.test/x", "http://b.test/x"),
        ("wss://b.test:8443/x", "https://b.test:8443/x"),
        ("http://b.test/", "http://b.test/"),
        ("/x", "https://a.test/x"),
    ] {
        assert_eq!(url(Initiator::WebSocket, given).as_deref(), Ok(expected));
    }
    assert_eq!(url(Initiator::Image, "ws://b.test/x").as_deref(), Ok("ws://b.test/x"));
    let refused = |initiator, given: &str| url(initiator, given).unwrap_err().to_string();
    assert_eq!(
        refused(Initiator::WebSocket, "ftp://b.test/"),
        "WebSocket: WebSocket cannot request a URL with the scheme `ftp` [establish a WebSocket connection]"
    );
    assert_eq!(
        refused(Initiator::WebSocket, "wss://b.test/#f"),
        "WebSocket: WebSocket does not accept a URL with a fragment [establish a WebSocket connection]"
    );
    let name = |initiator, given: &str| url(initiator, given).unwrap_err().reason().name();
    assert_eq!(name(Initiator::WebTransport, "https://b.test/#f"), "UrlWithFragment");
    assert_eq!(name(Initiator::WebTransport, "http://b.test/"), "UrlSchemeNotAvailable");
    for initiator in [Initiator::Beacon, Initiator::Ping] {
        assert_eq!(name(initiator, "data:,x"), "UrlSchemeNotAvailable");
        assert!(url(initiator, "http://b.test/#f").is_ok());
    }
    assert!(url(Initiator::Image, "data:,x#f").is_ok());
    for initiator in Initiator::ALL {
        assert_eq!(name(*initiator, "https://["), "UrlInvalid");
    }
}

#[test]
fn only_if_cached_needs_the_same_origin() {
    let page = page(A);
    let call = |mode| page.fetch(B).mode(mode).cache(CacheMode::OnlyIfCached).build();
    let refusal = call(Mode::Cors).unwrap_err();
    assert_eq!(
        refusal.to_string(),
        "fetch(): cache mode \"only-if-cached\" needs mode \"same-origin\", not \"cors\" [new Request() 21]"
    );
    assert_eq!(call(Mode::NoCors).unwrap_err().reason().name(), "OnlyIfCachedMode");
    assert_eq!(call(Mode::SameOrigin).unwrap().cache, CacheMode::OnlyIfCached);
}

#[test]
fn the_cache_mode_goes_out_with_the_actual_request() {
    let put = page(A).fetch(B).method("PUT").cache(CacheMode::Reload).build().unwrap();
    let mut user_agent = UserAgent::default();
    let Step::Send(exchange) = user_agent.fetch(put, Timestamp::ZERO) else { panic!() };
    assert_eq!(
        (exchange.request().kind, exchange.request().cache),
        (RequestKind::Preflight, CacheMode::Default)
    );
    let allowed = Response::builder()
        .header("access-control-allow-origin", "*")
        .header("access-control-allow-methods", "PUT");
    let step = exchange.receive(allowed.body(()).unwrap(), &mut user_agent, Timestamp::ZERO);
    let Step::Send(exchange) = step else { panic!("{step:?}") };
    assert_eq!(exchange.request().cache, CacheMode::Reload);
}

/// The settings of `fetch()` and `XMLHttpRequest` that all initiators have.
#[test]
fn fetch_and_xml_http_request_are_initiators_too() {
    let line = |builder: RequestBuilder<'_>| line(&builder.build().unwrap());
    assert_eq!(
        line(
            by(Initiator::Fetch)
                .method("put")
                .header("X-A", "1")
                .body(Body::Stream, None)
                .credentials(CredentialsMode::Omit)
        ),
        "PUT cors omit body unsafe forced x-a:1"
    );
    assert_eq!(
        line(
            by(Initiator::XmlHttpRequest)
                .method("put")
                .header("X-A", "1")
                .credentials(CredentialsMode::Include)
        ),
        "PUT cors include unsafe x-a:1"
    );
    assert_eq!(
        line(by(Initiator::XmlHttpRequest).method("POST").body(Body::Replayable, Some("a/b"))),
        "POST cors same-origin body unsafe content-type:a/b"
    );
}
