//! A server without a framework. Start it with `cargo run --example server_without_framework`, and send requests:
//!
//! ```text
//! curl -i localhost:3000 -H 'Origin: https://app.example'
//! curl -i localhost:3000 -H 'Origin: https://app.example' -X OPTIONS -H 'Access-Control-Request-Method: PUT'
//! ```
#![allow(clippy::print_stdout, clippy::print_stderr, reason = "the program prints its address and warnings")]

use std::{
    error::Error,
    io::{self, BufRead, BufReader, Write},
    net::{TcpListener, TcpStream},
    thread,
    time::Duration,
};

use crossorigin::{
    http::{HeaderName, HeaderValue, Request, Response},
    server::{Action, Policy},
};

fn main() -> Result<(), Box<dyn Error>> {
    let policy = Policy::builder()
        .allow_origins(["https://app.example", "http://localhost:*"])
        .allow_methods(["PUT", "DELETE"])
        .allow_header("content-type")
        .build()?;
    for warning in policy.warnings() {
        eprintln!("CORS policy: {warning}");
    }
    let listener = TcpListener::bind("localhost:3000")?;
    println!("http://{} shares with https://app.example and every port of localhost", listener.local_addr()?);
    for stream in listener.incoming() {
        let (stream, policy) = (stream?, policy.clone());
        thread::spawn(move || serve(&stream, &policy).ok()); // a malformed request gets no response
    }
    Ok(())
}

fn handle(request: &Request<()>) -> Response<String> {
    Response::new(format!("{} {}\n", request.method(), request.uri()))
}

fn serve(mut stream: &TcpStream, policy: &Policy) -> Result<(), Box<dyn Error>> {
    stream.set_read_timeout(Some(Duration::from_secs(5)))?;
    let request = read_head(stream)?;
    let decision = policy.decide(request.method(), request.headers());
    let mut response = match decision.action() {
        Action::CallHandler => handle(&request),
        Action::Respond(status) => Response::builder().status(status).body(String::new())?,
    };
    decision.apply(response.headers_mut());

    write!(stream, "HTTP/1.1 {}\r\nConnection: close\r\n", response.status())?;
    for (name, value) in response.headers() {
        stream.write_all(&[name.as_str().as_bytes(), b": ", value.as_bytes(), b"\r\n"].concat())?;
    }
    write!(stream, "\r\n{}", response.body())?;
    Ok(())
}

fn read_head(stream: &TcpStream) -> Result<Request<()>, Box<dyn Error>> {
    let mut head = Vec::new();
    let mut stream = BufReader::new(io::Read::take(stream, 16 * 1024));
    while !head.ends_with(b"\r\n\r\n") && stream.read_until(b'\n', &mut head)? > 0 {}
    let mut headers = [httparse::EMPTY_HEADER; 64];
    let mut parsed = httparse::Request::new(&mut headers);
    parsed.parse(&head)?.is_complete().then_some(()).ok_or("the head has no end")?;
    let (method, target) = (parsed.method.unwrap_or_default(), parsed.path.unwrap_or_default());
    let mut request = Request::builder().method(method).uri(target).body(())?;
    for line in parsed.headers {
        request.headers_mut().append(HeaderName::try_from(line.name)?, HeaderValue::from_bytes(line.value)?);
    }
    Ok(request)
}
