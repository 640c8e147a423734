//! Random requests of pages, made by every kind of initiator.

use crossorigin::{
    browser::{Body, CredentialsMode, CrossOriginAttribute, Initiator, Mode, Page, RedirectMode, Request},
    origin::TupleOrigin,
};
use proptest::{
    collection, option,
    prelude::{Just, Strategy, any, prop_oneof},
    sample::select,
    strategy::BoxedStrategy,
};
use url::Url;

use super::{
    header::{METHODS, line},
    method, request_headers, url_of,
};

const CREDENTIALS: [CredentialsMode; 3] =
    [CredentialsMode::Omit, CredentialsMode::SameOrigin, CredentialsMode::Include];

/// Requests of a page to a server with mode "cors" and redirect mode "follow". They are made by `fetch()`,
/// `XMLHttpRequest`, all kinds of elements with a `crossorigin` attribute, or built field by field.
pub(crate) fn cors_request(page: &Page, server: &TupleOrigin) -> impl Strategy<Value = Request> + use<> {
    let page = page.clone();
    url_of(server).prop_flat_map(move |url| {
        prop_oneof![
            4 => fetched(&page, &url),
            2 => by_xml_http_request(&page, &url),
            1 => by_element(&page, &url),
            4 => as_described(&page, &url),
        ]
    })
}

/// Requests of a page to a server with every mode and redirect mode.
pub(crate) fn request(page: &Page, server: &TupleOrigin) -> impl Strategy<Value = Request> + use<> {
    let modes =
        [Mode::Cors, Mode::NoCors, Mode::SameOrigin, Mode::Navigate, Mode::WebSocket, Mode::WebTransport];
    let redirects = [RedirectMode::Follow, RedirectMode::Error, RedirectMode::Manual];
    let others = (cors_request(page, server), select(modes.to_vec()), select(redirects.to_vec()));
    let others = others.prop_map(|(mut request, mode, redirect)| {
        request.mode = mode;
        request.redirect = redirect;
        request
    });
    prop_oneof![1 => cors_request(page, server).boxed(), 1 => others.boxed()]
}

/// A body and the `Content-Type` that it implies.
fn body() -> impl Strategy<Value = (Body, Option<&'static str>)> + Clone {
    prop_oneof![5 => none_or_bytes(), 1 => Just((Body::Stream, None))]
}

fn none_or_bytes() -> impl Strategy<Value = (Body, Option<&'static str>)> + Clone {
    let types = option::of(select(&["text/plain;charset=UTF-8", "application/json"][..]));
    prop_oneof![
        2 => Just((Body::None, None)),
        3 => types.prop_map(|body_type| (Body::Replayable, body_type)),
    ]
}

/// Methods as authors write them.
fn written_method() -> impl Strategy<Value = &'static str> + Clone {
    prop_oneof![8 => select(&METHODS[..]), 1 => select(&["put", "get", "Delete", "POST"][..])]
}

fn fetched(page: &Page, url: &Url) -> BoxedStrategy<Request> {
    let (page, url) = (page.clone(), url.clone());
    let parts = (written_method(), collection::vec(line(), 0..4), select(&CREDENTIALS[..]), body());
    let requests =
        parts.prop_filter_map("the initiator refuses", move |(method, lines, credentials, body)| {
            let has_no_body = matches!(method.to_ascii_uppercase().as_str(), "GET" | "HEAD");
            let (body, body_type) = if has_no_body { (Body::None, None) } else { body };
            let call = page.fetch(url.as_str()).method(method).credentials(credentials).body(body, body_type);
            lines.iter().fold(call, |call, (name, value)| call.header(name, value)).build().ok()
        });
    requests.boxed()
}

fn by_xml_http_request(page: &Page, url: &Url) -> BoxedStrategy<Request> {
    let (page, url) = (page.clone(), url.clone());
    let parts =
        (written_method(), collection::vec(line(), 0..4), any::<bool>(), any::<bool>(), none_or_bytes());
    let requests = parts.prop_filter_map("the initiator refuses", move |parts| {
        let (method, lines, with_credentials, listener, (body, body_type)) = parts;
        let xhr = page.xml_http_request(method, url.as_str()).with_credentials(with_credentials);
        let xhr = xhr.upload_listener(listener).body(body, body_type);
        lines.iter().fold(xhr, |xhr, (name, value)| xhr.header(name, value)).send().ok()
    });
    requests.boxed()
}

/// The initiators with an attribute `crossorigin`, for which no engine has a rule if the attribute is present.
const INITIATORS: [Initiator; 9] = [
    Initiator::Element,
    Initiator::Icon,
    Initiator::Image,
    Initiator::Manifest,
    Initiator::Media,
    Initiator::ModuleScript,
    Initiator::Script,
    Initiator::Stylesheet,
    Initiator::Track,
];

fn by_element(page: &Page, url: &Url) -> BoxedStrategy<Request> {
    let (page, url) = (page.clone(), url.clone());
    let attributes = select(&[CrossOriginAttribute::Anonymous, CrossOriginAttribute::UseCredentials][..]);
    let parts = (attributes, select(&INITIATORS[..]));
    let requests = parts.prop_filter_map("the initiator refuses", move |(attribute, initiator)| {
        page.request(initiator, url.as_str()).crossorigin(Some(attribute)).build().ok()
    });
    requests.boxed()
}

fn as_described(page: &Page, url: &Url) -> BoxedStrategy<Request> {
    let (page, url) = (page.clone(), url.clone());
    let mostly = prop_oneof![7 => Just(true), 1 => Just(false)];
    let parts = (method(), request_headers(), select(&CREDENTIALS[..]), body(), mostly, any::<bool>());
    let requests =
        parts.prop_map(move |(method, headers, credentials, (body, _), unsafe_request, forced)| {
            let mut request = Request::new(&page, method, url.clone());
            request.headers = headers;
            request.credentials = credentials;
            request.body = body;
            request.unsafe_request = unsafe_request;
            request.use_cors_preflight = forced;
            request
        });
    requests.boxed()
}
