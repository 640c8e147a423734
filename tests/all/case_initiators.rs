//! The initiators in the JSON format of cases: what each `api` takes, and what is an error.

use crossorigin::browser::{Initiator, OutgoingRequest, Page, Step, Timestamp, UserAgent};
use serde_json::{Value, json};

use crate::case_format::evaluate;

fn case(request: &Value) -> Value {
    json!({"id": "c", "page": "https://a.test", "steps": [{"request": request, "responses": [{}, {}]}]})
}

/// The result of the only step.
fn played(request: &Value) -> Value {
    let verdict = evaluate(&case(request).to_string()).unwrap();
    let mut verdict: Value = serde_json::from_str(&verdict).unwrap();
    verdict["steps"][0].take()
}

fn invalid(request: &Value) -> String {
    let message = evaluate(&case(request).to_string()).unwrap_err();
    message.strip_prefix("steps[0].request.").unwrap_or(&message).to_owned()
}

/// The first request that a user agent sends.
fn first(request: crossorigin::browser::Request) -> OutgoingRequest {
    let step = UserAgent::default().fetch(request, Timestamp::ZERO);
    let Step::Send(exchange) = step else { panic!("{step:?}") };
    exchange.request().clone()
}

/// Each api makes the request that the initiator of this name makes.
#[test]
fn each_initiator_is_an_api() {
    let page = Page::new("https://a.test").unwrap();
    for initiator in Initiator::ALL {
        // The page's own server, because tracks and workers may go nowhere else.
        let step = played(&json!({"api": initiator.name(), "url": "https://a.test/x"}));
        let sent = first(page.request(*initiator, "https://a.test/x").build().unwrap());
        let request = &step["requests"][0];
        assert_eq!(request["method"], sent.method.as_str(), "{initiator:?}: {step}");
        assert_eq!(
            (&request["mode"], &request["destination"]),
            (&json!(sent.mode.as_str()), &json!(sent.destination.as_str()))
        );
        assert_eq!(request["credentials"], sent.credentials);
    }
}

/// What an api determines may be stated, if it is right.
#[test]
fn an_xml_http_request_may_say_what_it_always_is() {
    let with = |field: &str, value: &str| json!({"api": "xhr", "url": "https://a.test/x", field: value});
    for (field, right, wrong) in [
        ("mode", "cors", "no-cors"),
        ("redirect", "follow", "error"),
        ("cache", "default", "reload"),
        ("destination", "", "image"),
    ] {
        assert_eq!(played(&with(field, right))["outcome"], "basic", "{field}");
        let error = invalid(&with(field, wrong));
        assert_eq!(error, format!("{field}: a page cannot choose this with the api `xhr`"));
    }
}

#[test]
fn only_a_service_worker_gives_types_and_urls() {
    for response in [json!({"urls": ["https://b.test/"]}), json!({"type": "cors"})] {
        let step = json!({"request": {"url": "https://b.test/"}, "responses": [response]});
        let error =
            evaluate(&json!({"id": "c", "page": "https://a.test", "steps": [step]}).to_string()).unwrap_err();
        assert!(error.contains("only a response from a service worker can have `type` or `urls`"), "{error}");
    }
}

/// A script can choose only a referrer of its own origin.
#[test]
fn a_referrer_of_another_origin_is_the_default() {
    for (referrer, sent) in [("/own", "https://a.test/own"), ("https://c.test/other", "https://a.test/")] {
        let step = played(&json!({"url": "https://a.test/x", "referrer": referrer}));
        assert_eq!(step["requests"][0]["referrer"], sent);
    }
}

#[test]
fn an_api_takes_what_a_page_can_say_there() {
    let sent = |request: Value| {
        let step = played(&request);
        let request = &step["requests"][0];
        let (kind, mode, destination) = (&request["kind"], &request["mode"], &request["destination"]);
        let text = |value: &Value| value.as_str().unwrap().to_owned();
        let credentials = if request["credentials"] == true { " with credentials" } else { "" };
        let method = text(&request["method"]);
        format!("{} {method} {} {:?}{credentials}", text(kind), text(mode), text(destination))
    };
    let url = "https://b.test/";
    for (request, expected) in [
        (json!({"api": "image", "url": url, "crossorigin": "anonymous"}), r#"actual GET cors "image""#),
        (json!({"api": "script", "url": url}), r#"actual GET no-cors "script" with credentials"#),
        (
            json!({"api": "event-source", "url": url, "credentials": "include", "headers": [["last-event-id", "7"]]}),
            r#"actual GET cors "" with credentials"#,
        ),
        (
            json!({"api": "beacon", "url": url, "body": "bytes", "body_type": "application/json"}),
            r#"actual POST cors "" with credentials"#,
        ),
        (
            json!({"api": "preload", "url": url, "destination": "font"}),
            r#"actual GET no-cors "font" with credentials"#,
        ),
        (
            json!({"api": "media", "url": url, "destination": "audio", "headers": [["range", "bytes=0-"]]}),
            r#"actual GET no-cors "audio" with credentials"#,
        ),
        (
            json!({"api": "form", "url": url, "method": "POST", "body": "bytes", "body_type": "text/plain"}),
            r#"actual POST navigate "document" with credentials"#,
        ),
        (json!({"api": "web-socket", "url": "wss://b.test/"}), r#"actual GET websocket "" with credentials"#),
        (json!({"api": "worklet", "url": url, "credentials": "omit"}), r#"actual GET cors "audioworklet""#),
        (
            json!({"api": "raw", "url": url, "method": "PUT", "unsafe_request": false}),
            r#"actual PUT cors """#,
        ),
        (
            json!({"api": "raw", "url": url, "destination": "xslt", "mode": "no-cors"}),
            r#"actual GET no-cors "xslt""#,
        ),
        // A field may repeat what the initiator determines.
        (
            json!({"api": "font", "url": url, "mode": "cors", "credentials": "same-origin", "redirect": "follow",
                   "cache": "default", "unsafe_request": false, "method": "GET", "body": "none", "destination": "font"}),
            r#"actual GET cors "font""#,
        ),
    ] {
        assert_eq!(sent(request), expected);
    }
}

#[test]
fn what_a_page_cannot_say_there_is_an_error() {
    let url = "https://b.test/";
    for (request, expected) in [
        (
            json!({"api": "font", "url": url, "crossorigin": "anonymous"}),
            "crossorigin: @font-face cannot have the crossorigin attribute `anonymous`",
        ),
        (
            json!({"api": "image", "url": url, "method": "POST"}),
            "method: <img> cannot have the method `POST`",
        ),
        (
            json!({"api": "image", "url": url, "headers": [["x-a", "1"]]}),
            "headers: <img> cannot have the header `x-a`",
        ),
        (json!({"api": "image", "url": url, "body": "bytes"}), "body: <img> cannot have the body `bytes`"),
        (
            json!({"api": "image", "url": url, "destination": "font"}),
            "destination: <img> cannot have the destination `font`",
        ),
        (
            json!({"api": "form", "url": url, "method": "POST", "body": "bytes", "body_type": "a/b"}),
            "body_type: <form> cannot have the body type `a/b`",
        ),
        (
            json!({"api": "event-source", "url": url, "credentials": "omit"}),
            "credentials: EventSource cannot have the credentials mode `omit`",
        ),
        (
            json!({"api": "image", "url": url, "credentials": "omit"}),
            "credentials: a page cannot choose this with the api `image`",
        ),
        (
            json!({"api": "image", "url": url, "mode": "cors"}),
            "mode: a page cannot choose this with the api `image`",
        ),
        (
            json!({"api": "image", "url": url, "redirect": "error"}),
            "redirect: a page cannot choose this with the api `image`",
        ),
        (
            json!({"api": "image", "url": url, "cache": "reload"}),
            "cache: a page cannot choose this with the api `image`",
        ),
        (
            json!({"api": "image", "url": url, "unsafe_request": true}),
            "unsafe_request: a page cannot choose this with the api `image`",
        ),
        (
            json!({"api": "image", "url": url, "upload_listener": true}),
            "upload_listener: a page cannot choose this with the api `image`",
        ),
        (
            json!({"api": "xhr", "url": url, "cache": "reload"}),
            "cache: a page cannot choose this with the api `xhr`",
        ),
        (
            json!({"api": "xhr", "url": url, "crossorigin": "anonymous"}),
            "crossorigin: a page cannot choose this with the api `xhr`",
        ),
        (
            json!({"url": url, "destination": "image"}),
            "destination: a page cannot choose this with the api `fetch`",
        ),
        (
            json!({"url": url, "unsafe_request": false}),
            "unsafe_request: a page cannot choose this with the api `fetch`",
        ),
        (
            json!({"url": url, "crossorigin": "anonymous"}),
            "crossorigin: a page cannot choose this with the api `fetch`",
        ),
    ] {
        assert_eq!(invalid(&request), expected);
    }
    let unknown = invalid(&json!({"api": "img", "url": url}));
    assert!(
        unknown.starts_with("unknown variant `img`, expected one of `fetch`, `xhr`, `element`, "),
        "{unknown}"
    );
    let unknown = invalid(&json!({"url": url, "cache": "never"}));
    assert!(
        unknown.starts_with("unknown variant `never`, expected one of `default`, `no-store`"),
        "{unknown}"
    );
}

/// What a browser refuses is a result and not an error.
#[test]
fn a_refused_url_or_cache_mode_is_a_result() {
    let reason = |request: Value| played(&request)["reason"].as_str().unwrap().to_owned();
    assert_eq!(reason(json!({"api": "beacon", "url": "data:,x"})), "UrlSchemeNotAvailable");
    assert_eq!(reason(json!({"api": "web-socket", "url": "ws://b.test/#f"})), "UrlWithFragment");
    assert_eq!(reason(json!({"api": "beacon", "url": "/", "body": "stream"})), "StreamBodyMode");
    assert_eq!(reason(json!({"url": "/", "cache": "only-if-cached"})), "OnlyIfCachedMode");
    let step = played(&json!({"url": "/", "cache": "only-if-cached", "mode": "same-origin"}));
    assert_eq!(step["outcome"], "basic");
}
