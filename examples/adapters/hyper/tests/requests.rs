//! A running server responds as `decide` and `apply` say.

use std::{convert::Infallible, thread};

use crossorigin_adapter_requests::{OTHERS, TOTAL, check, is_short, listener, over_tcp, policy};
use crossorigin_hyper_adapter::with_policy;
use hyper::{
    Method, Request, Response, StatusCode, body::Incoming, server::conn::http1, service::service_fn,
};
use hyper_util::rt::TokioIo;

async fn handler(request: Request<Incoming>) -> Response<String> {
    let mut response = Response::builder();
    match (request.method(), request.uri().path()) {
        (&Method::GET | &Method::OPTIONS, "/item") => response = response.header(TOTAL.0, TOTAL.1),
        (&Method::GET, "/others") => {
            for (name, value) in OTHERS {
                response = response.header(name, value);
            }
        }
        (&Method::GET, "/any") => response = response.header("vary", "*"),
        (&Method::GET, "/session") => response = response.status(StatusCode::UNAUTHORIZED),
        (_, "/item") => response = response.status(StatusCode::METHOD_NOT_ALLOWED),
        _ => response = response.status(StatusCode::NOT_FOUND),
    }
    response.body(String::new()).unwrap()
}

#[tokio::main(flavor = "current_thread")]
async fn serve(listener: std::net::TcpListener) {
    listener.set_nonblocking(true).unwrap();
    let (listener, policy) = (tokio::net::TcpListener::from_std(listener).unwrap(), policy());
    loop {
        let (stream, _) = listener.accept().await.unwrap();
        let respond =
            service_fn(|request| async { Ok::<_, Infallible>(with_policy(&policy, request, handler).await) });
        http1::Builder::new().serve_connection(TokioIo::new(stream), respond).await.unwrap();
    }
}

#[test]
fn responses_are_those_of_decide_and_apply() {
    let (listener, address) = listener();
    thread::spawn(|| serve(listener));
    check(over_tcp(address), &[]);
}

#[test]
fn the_adapter_is_short() {
    is_short(include_str!("../src/lib.rs"));
}
