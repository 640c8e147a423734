//! Twenty requests, and the responses that they must get from every server with the [policy]: the status and headers of
//! `decide` and `apply`. Each adapter's test has a server with the routes below, and calls [`check_server`].
//!
//! | route | responds with |
//! |---|---|
//! | `GET /item`, `OPTIONS /item` | 200, and [`TOTAL`] |
//! | `GET /others` | 200, and the headers in [`OTHERS`], which no handler behind a policy should set |
//! | `GET /any` | 200, and `Vary: *` |
//! | `GET /session` | 401, in the way in which a handler of the framework fails |

use std::{
    io::{Read as _, Write as _},
    net::{SocketAddr, TcpListener, TcpStream},
    thread,
    time::Duration,
};

use crossorigin::{
    http::{HeaderMap, HeaderName, HeaderValue, Method, Request, Response, StatusCode, header::VARY},
    server::{Action, Policy},
};

/// A header of the application's own, which has to stay.
pub const TOTAL: (&str, &str) = ("x-total", "2");

/// Headers that contradict the policy, an unknown one among them, and a `Vary` with repeats.
pub const OTHERS: [(&str, &str); 6] = [
    ("access-control-allow-origin", "*"),
    ("access-control-allow-credentials", "true"),
    ("access-control-x", "1"),
    ("vary", "accept, Accept-Language"),
    ("vary", "Accept"),
    TOTAL,
];

/// The policy of every server.
///
/// # Panics
/// Never: the policy is valid.
#[must_use]
pub fn policy() -> Policy {
    let policy = Policy::builder()
        .allow_origins(["https://app.example", "https://*.app.example"])
        .allow_credentials()
        .allow_method("PUT")
        .allow_headers(["content-type", "x-trace"])
        .expose_header(TOTAL.0);
    policy.max_age(Duration::from_secs(600)).build().expect("the policy is valid")
}

/// The routes, for servers that have the types of `http` and no router.
///
/// # Panics
/// Never: the headers are valid.
#[must_use]
pub fn route<B>(request: &Request<B>) -> Response<()> {
    let (status, lines): (_, &[_]) = match (request.method(), request.uri().path()) {
        (&Method::GET | &Method::OPTIONS, "/item") => (StatusCode::OK, &[TOTAL]),
        (&Method::GET, "/others") => (StatusCode::OK, &OTHERS),
        (&Method::GET, "/any") => (StatusCode::OK, &[("vary", "*")]),
        (&Method::GET, "/session") => (StatusCode::UNAUTHORIZED, &[]),
        (_, "/item") => (StatusCode::METHOD_NOT_ALLOWED, &[]),
        _ => (StatusCode::NOT_FOUND, &[]),
    };
    let mut response = with_status(status);
    for (name, value) in lines {
        response.headers_mut().append(*name, HeaderValue::from_static(value));
    }
    response
}

fn with_status(status: StatusCode) -> Response<()> {
    let mut response = Response::new(());
    *response.status_mut() = status;
    response
}

/// The name of each exchange, and the lines of its request that matter: [`check`] adds `Host` and `Connection`.
#[rustfmt::skip]
const EXCHANGES: [(&str, &[u8]); 20] = [
    ("the page of the policy", b"GET /item\nOrigin: https://app.example"),
    ("a subdomain, in another spelling of the header", b"GET /item\nORIGIN: https://a.b.app.example"),
    ("no page", b"GET /item"),
    ("two `Origin` lines", b"GET /item\nOrigin: https://app.example\nOrigin: https://evil.example"),
    ("an `Origin` that is no UTF-8", b"GET /item\nOrigin: https://app.example\xff"),
    ("an opaque origin", b"GET /item\nOrigin: null"),
    ("headers of the handler's", b"GET /others\nOrigin: https://app.example"),
    ("headers of the handler's, for a stranger", b"GET /others\nOrigin: https://evil.example"),
    ("`Vary: *`", b"GET /any\nOrigin: https://app.example"),
    ("an error of the handler", b"GET /session\nOrigin: https://app.example"),
    ("no such route", b"GET /nowhere\nOrigin: https://app.example"),
    ("no such method", b"DELETE /item\nOrigin: https://app.example"),
    ("`OPTIONS` that is no preflight", b"OPTIONS /item\nOrigin: https://app.example"),
    ("a preflight", b"OPTIONS /item\nOrigin: https://app.example\nAccess-Control-Request-Method: PUT\nAccess-Control-Request-Headers: content-type,x-trace"),
    ("a preflight with names on two lines", b"OPTIONS /item\nOrigin: https://app.example\nAccess-Control-Request-Method: PUT\nAccess-Control-Request-Headers: X-Trace,\nAccess-Control-Request-Headers: , Content-Type"),
    ("a preflight for a route that is not there", b"OPTIONS /nowhere\nOrigin: https://app.example\nAccess-Control-Request-Method: PUT"),
    ("a preflight for another method", b"OPTIONS /item\nOrigin: https://app.example\nAccess-Control-Request-Method: DELETE"),
    ("a preflight for another header, on the second line", b"OPTIONS /item\nOrigin: https://app.example\nAccess-Control-Request-Method: PUT\nAccess-Control-Request-Headers: x-trace\nAccess-Control-Request-Headers: x-other"),
    ("a preflight for a header that is no UTF-8", b"OPTIONS /item\nOrigin: https://app.example\nAccess-Control-Request-Method: PUT\nAccess-Control-Request-Headers: x-trace,\xff"),
    ("a preflight with two `Origin` lines", b"OPTIONS /item\nOrigin: https://app.example\nOrigin: https://app.example\nAccess-Control-Request-Method: PUT"),
];

/// Sends all requests, and compares each response.
///
/// `differences` are the statuses that this framework's server responds with instead, by the name of the exchange.
///
/// # Panics
/// If a response differs, or a difference does not occur.
pub fn check(send: impl Fn(&[u8]) -> Response<Vec<u8>>, differences: &[(&str, u16)]) {
    for (name, request) in EXCHANGES {
        let first_end = request.iter().position(|byte| *byte == b'\n').unwrap_or(request.len());
        let (first, lines) = request.split_at(first_end);
        let lines = lines.split(|byte| *byte == b'\n').filter(|line| !line.is_empty());
        let mut message = [first, b" HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"].concat();
        for line in lines {
            message.extend([line, b"\r\n"].concat());
        }
        message.extend(b"\r\n");
        let (expected, observed) = (expected(&message), send(&message));
        let different = differences.iter().find(|(different, _)| *different == name);
        if let Some((_, status)) = different {
            assert_eq!(observed.status(), *status, "{name}");
            assert_ne!(observed.status(), expected.status(), "{name} has no difference");
            continue;
        }
        assert_eq!(observed.status(), expected.status(), "{name}");
        assert_eq!(relevant(observed.headers()), relevant(expected.headers()), "{name}");
        if name.contains("preflight") && observed.status() != StatusCode::OK {
            assert!(observed.body().is_empty(), "{name}");
        }
    }
    for (name, _) in differences {
        assert!(EXCHANGES.iter().any(|(exchange, _)| exchange == name), "{name}");
    }
}

/// What `decide` and `apply` say.
fn expected(message: &[u8]) -> Response<()> {
    let request = request(message);
    let policy = policy();
    let decision = policy.decide(request.method(), request.headers());
    let mut response = match decision.action() {
        Action::Respond(status) => with_status(status),
        Action::CallHandler => route(&request),
    };
    decision.apply(response.headers_mut());
    response
}

/// The headers of the protocol, `Vary`, and the application's own; not `Date`, `Content-Length` and the like.
fn relevant(headers: &HeaderMap) -> HeaderMap {
    let is_relevant =
        |name: &HeaderName| name.as_str().starts_with("access-control-") || *name == VARY || name == TOTAL.0;
    let mut relevant = HeaderMap::new();
    for (name, value) in headers.iter().filter(|(name, _)| is_relevant(name)) {
        relevant.append(name, value.clone());
    }
    relevant
}

/// Reads the head of a request.
///
/// # Panics
/// If it is malformed.
#[must_use]
pub fn request(message: &[u8]) -> Request<()> {
    let mut lines = [httparse::EMPTY_HEADER; 64];
    let mut parsed = httparse::Request::new(&mut lines);
    assert!(parsed.parse(message).expect("a request").is_complete());
    let method = Method::try_from(parsed.method.unwrap_or_default()).expect("a method");
    let request = Request::builder().method(method).uri(parsed.path.unwrap_or_default());
    let mut request = request.body(()).expect("a target");
    request.headers_mut().extend(header_lines(parsed.headers));
    request
}

fn header_lines(lines: &[httparse::Header<'_>]) -> Vec<(HeaderName, HeaderValue)> {
    let line = |line: &httparse::Header<'_>| {
        let name = HeaderName::try_from(line.name).expect("the name of a header");
        (name, HeaderValue::from_bytes(line.value).expect("the value of a header"))
    };
    lines.iter().map(line).collect()
}

/// Starts a server on a free port of this machine, and [checks](check) its responses.
///
/// # Panics
/// If a response differs, or no port is free.
pub fn check_server(serve: impl FnOnce(TcpListener) + Send + 'static) {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    // As asynchronous servers need it.
    listener.set_nonblocking(true).expect("a listener");
    let address = listener.local_addr().expect("the address of a listener");
    thread::spawn(move || serve(listener));
    check(over_tcp(address), &[]);
}

/// Sends requests to a server, each over a connection of its own.
pub fn over_tcp(address: SocketAddr) -> impl Fn(&[u8]) -> Response<Vec<u8>> {
    move |message| {
        let mut stream = TcpStream::connect(address).expect("a server");
        stream.set_read_timeout(Some(Duration::from_secs(60))).expect("a duration above zero");
        stream.write_all(message).expect("an open connection");
        let mut response = Vec::new();
        stream.read_to_end(&mut response).expect("a response");
        let mut lines = [httparse::EMPTY_HEADER; 64];
        let mut parsed = httparse::Response::new(&mut lines);
        let parsed_until = match parsed.parse(&response).expect("a response") {
            httparse::Status::Complete(length) => length,
            httparse::Status::Partial => panic!("the response has no end: {response:?}"),
        };
        let body = response.get(parsed_until..).unwrap_or_default().to_vec();
        let mut result = Response::new(body);
        *result.status_mut() = StatusCode::from_u16(parsed.code.unwrap_or_default()).expect("a status");
        result.headers_mut().extend(header_lines(parsed.headers));
        result
    }
}
