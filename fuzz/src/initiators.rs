//! The initiators of a page: `fetch()`, `XMLHttpRequest`, elements and all others. Each gets the head of a
//! request as text. The first byte chooses the page, the modes and the settings.

use std::borrow::Cow;

use crossorigin::{
    browser::{
        Body, BodyToSend, CredentialsMode, CrossOriginAttribute, Initiator, Mode, Page, Profile,
        RedirectMode, Refusal, Request, RequestKind, Step, Timestamp, UserAgent,
    },
    http::{
        HeaderName, Method,
        header::{CONTENT_TYPE, ORIGIN},
    },
    method::is_forbidden_method,
    origin::{OpaqueOrigin, Origin},
    request_header::is_forbidden_request_header,
};

use crate::{
    header_values::normalized,
    model::{
        engine::builder_of,
        initiators::{ByInitiator, make},
        mime_type::author_content_type_for_a_text,
    },
};

const PAGES: [&str; 4] = ["https://a.test/b/c?d", "http://a.test:8080/", "file:///a", "data:,a"];
/// A page whose URL has no origin has an opaque one.
fn page(url: &str) -> Page {
    Page::new(url).unwrap_or_else(|_| {
        Page::with_origin(url.parse().expect("it is a URL"), Origin::Opaque(OpaqueOrigin(0)))
    })
}

const MODES: [Mode; 4] = [Mode::Cors, Mode::NoCors, Mode::SameOrigin, Mode::Navigate];
const TYPE_OF_TEXT: &str = "text/plain;charset=UTF-8";
const BODIES: [Body; 3] = [Body::None, Body::Replayable, Body::Stream];

/// A request as an author writes it, with arbitrary bytes.
struct Written<'a> {
    page: Page,
    choice: usize,
    method: &'a [u8],
    url: String,
    headers: Vec<(&'a [u8], &'a [u8])>,
}

pub fn check(bytes: &[u8]) {
    let Some((choice, text)) = bytes.split_first() else { return };
    let choice = usize::from(*choice);
    let mut lines = text.split(|byte| *byte == b'\n');
    let mut first = lines.next().unwrap_or_default().splitn(2, |byte| *byte == b' ');
    let written = Written {
        page: page(PAGES[choice % 4]),
        choice,
        method: first.next().unwrap_or_default(),
        url: String::from_utf8_lossy(first.next().unwrap_or_default()).into_owned(),
        headers: lines.map(header).collect(),
    };
    of_a_request(&written, by_fetch(&written));
    let by_xml_http_request = by_xml_http_request(&written);
    by_xml_http_request.iter().for_each(|request| of_the_type(&written, request));
    of_a_request(&written, by_xml_http_request);
    of_a_request(&written, written.page.request(Initiator::Element, &written.url).build());
    let attribute = Some(CrossOriginAttribute::UseCredentials);
    of_a_request(
        &written,
        written.page.request(Initiator::Element, &written.url).crossorigin(attribute).build(),
    );
    for initiator in Initiator::ALL {
        of_an_initiator(&written, *initiator);
    }
}

/// What the first byte chooses for an initiator.
fn settings(written: &Written<'_>, name: &'static str) -> ByInitiator {
    let of = |pool: &[&'static str], divisor: usize| pool[written.choice / divisor % pool.len()];
    ByInitiator {
        name,
        crossorigin: of(&["", "anonymous", "use-credentials"], 1),
        credentials: of(&["", "", "include", "omit"], 3),
        method: of(&["", "", "POST", "GET"], 5),
        destination: of(&["", "", "", "font", "audio", "worker", "iframe"], 7),
        body_type: of(&["", "", "application/json", "text/plain", "-"], 11),
        header: ("", ""),
    }
}

/// Without the written headers, an initiator makes what the literal model makes, and refuses what it refuses.
fn of_an_initiator(written: &Written<'_>, initiator: Initiator) {
    let by = settings(written, initiator.name());
    let builder = builder_of(&written.page, &by, &written.url);
    let with_headers = written.headers.iter();
    let with_headers =
        with_headers.fold(builder.clone(), |builder, (name, value)| builder.header(name, value));
    let (built, with_headers) = (builder.build(), with_headers.build());
    if ![Initiator::Fetch, Initiator::XmlHttpRequest].contains(&initiator) {
        let made = make(&by, written.page.url(), &written.url);
        assert_eq!(built.is_ok(), made.is_some(), "{by:?}: {built:?}");
        if let (Ok(request), Some(made)) = (&built, made) {
            assert_eq!((&request.url, request.mode.as_str()), (&made.url, made.mode));
            assert_eq!(request.credentials.as_str(), made.credentials_mode);
        }
    }
    for built in [built, with_headers] {
        let request = match built {
            Ok(request) => request,
            Err(refusal) => {
                assert!(!refusal.to_string().is_empty());
                continue;
            }
        };
        assert_eq!(&request.origin, written.page.origin());
        for profile in Profile::all() {
            let _step = UserAgent::new(profile).fetch(request.clone(), Timestamp::ZERO);
        }
        let again = written.page.fetch_request(&request).build();
        assert_eq!(again.map(|again| (again.url, again.mode)), Ok((request.url, request.mode)));
    }
}

/// The name and the value, separated by the first colon.
fn header(line: &[u8]) -> (&[u8], &[u8]) {
    let colon = line.iter().position(|byte| *byte == b':').unwrap_or(line.len());
    (&line[..colon], line.get(colon + 1..).unwrap_or_default())
}

fn by_fetch(written: &Written<'_>) -> Result<Request, Refusal> {
    let call = written.page.fetch(&written.url).method(written.method).mode(MODES[written.choice / 4 % 4]);
    let call = call.body(BODIES[written.choice / 16 % 3], Some(TYPE_OF_TEXT));
    let call = call.redirect(RedirectMode::Manual).credentials(CredentialsMode::Include);
    written.headers.iter().fold(call, |call, (name, value)| call.header(name, value)).build()
}

fn by_xml_http_request(written: &Written<'_>) -> Result<Request, Refusal> {
    let xhr = written.page.xml_http_request(written.method, &written.url);
    let xhr = xhr
        .upload_listener(written.choice % 2 == 1)
        .body(BODIES[written.choice / 16 % 3], Some(TYPE_OF_TEXT));
    written.headers.iter().fold(xhr, |xhr, (name, value)| xhr.header(name, value)).send()
}

/// An `XMLHttpRequest` with a string body has the author's type as the model changes it.
fn of_the_type(written: &Written<'_>, request: &Request) {
    let is_type = |name: &[u8]| name.eq_ignore_ascii_case(b"content-type");
    let lines = written.headers.iter().filter(|(name, _)| is_type(name)).map(|(_, value)| normalized(value));
    let author_type = lines.collect::<Vec<_>>().join(&b", "[..]);
    let is_set = written.headers.iter().any(|(name, _)| is_type(name));
    let expected = match (is_set, request.body) {
        (true, Body::None) => Some(author_type),
        (true, _) => Some(author_content_type_for_a_text(&author_type)),
        (false, Body::None) => None,
        (false, _) => Some(TYPE_OF_TEXT.into()),
    };
    assert_eq!(request.headers.get(&CONTENT_TYPE).map(Cow::into_owned), expected);
}

/// A built request is one that a page may make, and a refusal has a message.
fn of_a_request(written: &Written<'_>, built: Result<Request, Refusal>) {
    let request = match built {
        Ok(request) => request,
        Err(refusal) => return assert!(!refusal.to_string().is_empty()),
    };
    assert_eq!(written.page.url().join(&written.url).as_ref(), Ok(&request.url));
    assert_eq!(&request.origin, written.page.origin());
    assert!(!is_forbidden_method(request.method.as_str().as_bytes()));
    let has_body = request.body != Body::None;
    assert!(!has_body || ![Method::GET, Method::HEAD].contains(&request.method));
    for (name, _) in &request.headers {
        // Each value of a header that overrides the method is checked separately, before XMLHttpRequest
        // combines them.
        assert!(!is_forbidden_request_header(name, b""), "{name}");
        assert!(
            request.mode != Mode::NoCors
                || ["accept", "accept-language", "content-language", "content-type"].contains(&name.as_str())
        );
    }
    assert!(request.headers.len() <= written.headers.len() + 1, "only the type of the body is added");
    let is_simple = [Method::GET, Method::HEAD, Method::POST].contains(&request.method);
    assert!(request.mode != Mode::NoCors || is_simple, "{} in mode no-cors", request.method);
    let is_cross_origin_only = matches!(request.mode, Mode::Cors | Mode::NoCors | Mode::SameOrigin);
    assert!(is_cross_origin_only, "a page cannot use other modes");
    for profile in Profile::all() {
        check_first_step(UserAgent::new(profile).fetch(request.clone(), Timestamp::ZERO));
    }
}

/// In every profile, the first request has nothing that a page may not send.
fn check_first_step(step: Step) {
    let exchange = match step {
        Step::Send(exchange) => exchange,
        Step::Redirect(_) => panic!("there is no redirect before a response"),
        Step::Local(_) | Step::Done(_) => return,
    };
    let sent = exchange.request();
    if sent.kind == RequestKind::Preflight {
        assert_eq!((&sent.method, sent.credentials, sent.body), (&Method::OPTIONS, false, BodyToSend::None));
        return;
    }
    let own = |name: &HeaderName| *name == ORIGIN;
    assert!(sent.headers.iter().all(|(name, _)| own(name) || !is_forbidden_request_header(name, b"")));
    assert!(sent.url.username().is_empty() && sent.url.password().is_none());
}
