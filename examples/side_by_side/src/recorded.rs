//! Recorded responses of libraries that need another runtime: Go, Node.js, the JVM.

use std::{
    collections::BTreeMap,
    fs,
    io::{Read as _, Write as _},
    net::TcpStream,
    path::PathBuf,
};

use crossorigin::http::{HeaderName, HeaderValue, Request, Response, StatusCode};
use serde::{Deserialize, Serialize};

/// The request headers that CORS libraries read.
const READ: [&str; 3] = ["origin", "access-control-request-method", "access-control-request-headers"];

type Lines = Vec<(String, String)>;

/// One exchange: a line of a file in `recorded`.
#[derive(Serialize, Deserialize)]
struct Exchange {
    method: String,
    path: String,
    request: Lines,
    status: u16,
    response: Lines,
}

fn file(peer: &str) -> PathBuf {
    [env!("CARGO_MANIFEST_DIR"), "recorded", &format!("{peer}.jsonl")].iter().collect()
}

fn key(request: &Request<()>) -> (String, String, Lines) {
    let line = |name: &str| Some((name.to_owned(), request.headers().get(name)?.to_str().ok()?.to_owned()));
    let lines = READ.iter().filter_map(|name| line(name)).collect();
    (request.method().to_string(), request.uri().path().to_owned(), lines)
}

/// A server that responds as the peer did when it was recorded.
///
/// # Panics
/// If the file cannot be read. The server panics if a request was not recorded.
pub fn replay(peer: &str) -> impl FnMut(Request<()>) -> Response<()> {
    let text = fs::read_to_string(file(peer)).expect("a file in `recorded`");
    let exchanges = text.lines().map(|line| serde_json::from_str::<Exchange>(line).expect("an exchange"));
    let by_request: BTreeMap<_, _> =
        exchanges.map(|it| ((it.method, it.path, it.request), (it.status, it.response))).collect();
    move |request| {
        let (status, lines) =
            by_request.get(&key(&request)).unwrap_or_else(|| panic!("record {request:?} first"));
        response(*status, lines)
    }
}

/// Sends requests to a running peer, and writes what it responds, when it is dropped.
pub struct Recorder {
    peer: String,
    address: String,
    exchanges: BTreeMap<(String, String, Lines), (u16, Lines)>,
}

impl Recorder {
    #[must_use]
    pub fn new(peer: &str, address: &str) -> Self {
        Self { peer: peer.to_owned(), address: address.to_owned(), exchanges: BTreeMap::new() }
    }

    /// Sends a request, or repeats the response to an equal one.
    ///
    /// # Panics
    /// If the peer cannot be reached, or its response is no HTTP.
    pub fn respond(&mut self, request: &Request<()>) -> Response<()> {
        let key = key(request);
        let (status, lines) = self.exchanges.entry(key).or_insert_with_key(|key| send(&self.address, key));
        response(*status, lines)
    }

    /// Writes the file.
    ///
    /// # Panics
    /// If it cannot be written.
    pub fn write(&self) {
        let lines = self.exchanges.iter().map(|((method, path, request), (status, response))| {
            let (method, path) = (method.clone(), path.clone());
            let exchange = Exchange {
                method,
                path,
                request: request.clone(),
                status: *status,
                response: response.clone(),
            };
            serde_json::to_string(&exchange).expect("text and numbers") + "\n"
        });
        fs::write(file(&self.peer), lines.collect::<String>()).expect("the folder `recorded`");
    }
}

/// Only the headers that matter here are kept.
fn send(address: &str, (method, path, request): &(String, String, Lines)) -> (u16, Lines) {
    let mut message = format!("{method} {path} HTTP/1.1\r\nhost: api.example\r\nconnection: close\r\n");
    for (name, value) in request {
        message += &format!("{name}: {value}\r\n");
    }
    let mut stream = TcpStream::connect(address).expect("a running peer");
    stream.write_all((message + "\r\n").as_bytes()).expect("an open connection");
    let mut bytes = Vec::new();
    stream.read_to_end(&mut bytes).expect("a response");
    let mut lines = [httparse::EMPTY_HEADER; 64];
    let mut parsed = httparse::Response::new(&mut lines);
    assert!(parsed.parse(&bytes).expect("a response").is_complete());
    let is_kept =
        |name: &str| name.starts_with("access-control-") || ["vary", crate::TOTAL.0].contains(&name);
    let line = |it: &httparse::Header<'_>| {
        let name = it.name.to_ascii_lowercase();
        is_kept(&name).then(|| (name, String::from_utf8_lossy(it.value).into_owned()))
    };
    (parsed.code.expect("a status"), parsed.headers.iter().filter_map(line).collect())
}

fn response(status: u16, lines: &Lines) -> Response<()> {
    let mut response = Response::new(());
    *response.status_mut() = StatusCode::from_u16(status).expect("a status");
    for (name, value) in lines {
        let name = HeaderName::try_from(name).expect("the name of a header");
        response.headers_mut().append(name, HeaderValue::try_from(value).expect("the value of a header"));
    }
    response
}
