//! Twenty requests, and the responses that they must get from every server with the [policy]: the status and headers of
//! `decide` and `apply`. Each adapter's test starts a server with the routes below, and calls [`check`].
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

/// One request, and what the route responds with before the policy is applied. Preflights never reach the route.
struct Exchange {
    name: &'static str,
    request: &'static [u8],
    status: StatusCode,
    handler: &'static [(&'static str, &'static str)],
}

const fn exchange(
    name: &'static str,
    request: &'static [u8],
    status: StatusCode,
    handler: &'static [(&'static str, &'static str)],
) -> Exchange {
    Exchange { name, request, status, handler }
}

const ITEM: (StatusCode, &[(&str, &str)]) = (StatusCode::OK, &[TOTAL]);

/// Only the first lines and the headers that matter: [`check`] adds `Host` and `Connection`.
#[rustfmt::skip]
const EXCHANGES: [Exchange; 20] = [
    exchange("the page of the policy", b"GET /item\nOrigin: https://app.example", ITEM.0, ITEM.1),
    exchange("a subdomain, in another spelling of the header", b"GET /item\nORIGIN: https://a.b.app.example", ITEM.0, ITEM.1),
    exchange("no page", b"GET /item", ITEM.0, ITEM.1),
    exchange("two `Origin` lines", b"GET /item\nOrigin: https://app.example\nOrigin: https://evil.example", ITEM.0, ITEM.1),
    exchange("an `Origin` that is no UTF-8", b"GET /item\nOrigin: https://app.example\xff", ITEM.0, ITEM.1),
    exchange("an opaque origin", b"GET /item\nOrigin: null", ITEM.0, ITEM.1),
    exchange("headers of the handler's", b"GET /others\nOrigin: https://app.example", StatusCode::OK, &OTHERS),
    exchange("headers of the handler's, for a stranger", b"GET /others\nOrigin: https://evil.example", StatusCode::OK, &OTHERS),
    exchange("`Vary: *`", b"GET /any\nOrigin: https://app.example", StatusCode::OK, &[("vary", "*")]),
    exchange("an error of the handler", b"GET /session\nOrigin: https://app.example", StatusCode::UNAUTHORIZED, &[]),
    exchange("no such route", b"GET /nowhere\nOrigin: https://app.example", StatusCode::NOT_FOUND, &[]),
    exchange("no such method", b"DELETE /item\nOrigin: https://app.example", StatusCode::METHOD_NOT_ALLOWED, &[]),
    exchange("`OPTIONS` that is no preflight", b"OPTIONS /item\nOrigin: https://app.example", ITEM.0, ITEM.1),
    exchange("a preflight", b"OPTIONS /item\nOrigin: https://app.example\nAccess-Control-Request-Method: PUT\nAccess-Control-Request-Headers: content-type,x-trace", ITEM.0, ITEM.1),
    exchange("a preflight with names on two lines", b"OPTIONS /item\nOrigin: https://app.example\nAccess-Control-Request-Method: PUT\nAccess-Control-Request-Headers: X-Trace,\nAccess-Control-Request-Headers: , Content-Type", ITEM.0, ITEM.1),
    exchange("a preflight for a route that is not there", b"OPTIONS /nowhere\nOrigin: https://app.example\nAccess-Control-Request-Method: PUT", StatusCode::NOT_FOUND, &[]),
    exchange("a preflight for another method", b"OPTIONS /item\nOrigin: https://app.example\nAccess-Control-Request-Method: DELETE", ITEM.0, ITEM.1),
    exchange("a preflight for another header, on the second line", b"OPTIONS /item\nOrigin: https://app.example\nAccess-Control-Request-Method: PUT\nAccess-Control-Request-Headers: x-trace\nAccess-Control-Request-Headers: x-other", ITEM.0, ITEM.1),
    exchange("a preflight for a header that is no UTF-8", b"OPTIONS /item\nOrigin: https://app.example\nAccess-Control-Request-Method: PUT\nAccess-Control-Request-Headers: x-trace,\xff", ITEM.0, ITEM.1),
    exchange("a preflight with two `Origin` lines", b"OPTIONS /item\nOrigin: https://app.example\nOrigin: https://app.example\nAccess-Control-Request-Method: PUT", ITEM.0, ITEM.1),
];

/// Sends all requests, and compares each response.
///
/// `differences` are the statuses that this framework's server responds with instead, by the name of the exchange.
///
/// # Panics
/// If a response differs, or a difference does not occur.
pub fn check(send: impl Fn(&[u8]) -> Response<Vec<u8>>, differences: &[(&str, u16)]) {
    for exchange in &EXCHANGES {
        let (first, lines) = exchange.request.split_at(
            exchange.request.iter().position(|byte| *byte == b'\n').unwrap_or(exchange.request.len()),
        );
        let lines = lines.split(|byte| *byte == b'\n').filter(|line| !line.is_empty());
        let mut message = [first, b" HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"].concat();
        for line in lines {
            message.extend([line, b"\r\n"].concat());
        }
        message.extend(b"\r\n");
        let (expected, observed) = (expected(exchange, &message), send(&message));
        let different = differences.iter().find(|(name, _)| *name == exchange.name);
        if let Some((_, status)) = different {
            assert_eq!(observed.status(), *status, "{}", exchange.name);
            assert_ne!(observed.status(), expected.status(), "{} has no difference", exchange.name);
            continue;
        }
        assert_eq!(observed.status(), expected.status(), "{}", exchange.name);
        assert_eq!(relevant(observed.headers()), relevant(expected.headers()), "{}", exchange.name);
        if exchange.name.contains("preflight") && observed.status() != StatusCode::OK {
            assert!(observed.body().is_empty(), "{}", exchange.name);
        }
    }
    for (name, _) in differences {
        assert!(EXCHANGES.iter().any(|exchange| exchange.name == *name), "{name}");
    }
}

/// What `decide` and `apply` say.
fn expected(exchange: &Exchange, message: &[u8]) -> Response<()> {
    let request = request(message);
    let policy = policy();
    let decision = policy.decide(request.method(), request.headers());
    let mut response = Response::new(());
    match decision.action() {
        Action::Respond(status) => *response.status_mut() = status,
        Action::CallHandler => {
            *response.status_mut() = exchange.status;
            let lines = exchange
                .handler
                .iter()
                .map(|(name, value)| (HeaderName::from_static(name), HeaderValue::from_static(value)));
            response.headers_mut().extend(lines);
        }
    }
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

/// A listener on a free port of this machine, and its address.
///
/// # Panics
/// If no port is free.
#[must_use]
pub fn listener() -> (TcpListener, SocketAddr) {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let address = listener.local_addr().expect("the address of a listener");
    (listener, address)
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

/// Checks that an adapter has at most thirty lines, without imports, comments and empty lines.
///
/// # Panics
/// If it has more.
pub fn is_short(source: &str) {
    let (_, last_import) = source.rsplit_once("\nuse ").expect("an import");
    let (_, code) = last_import.split_once(";\n").expect("the end of the import");
    let lines = code.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with("//"));
    assert!(lines.clone().count() <= 30, "{} lines", lines.count());
}
