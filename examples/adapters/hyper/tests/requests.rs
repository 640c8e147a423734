//! A running server responds as `decide` and `apply` say.

use std::convert::Infallible;

use crossorigin_adapter_requests::{check_server, policy, route};
use crossorigin_hyper_adapter::with_policy;
use hyper::{Request, Response, body::Incoming, server::conn::http1, service::service_fn};
use hyper_util::rt::TokioIo;

async fn handler(request: Request<Incoming>) -> Response<String> {
    route(&request).map(|()| String::new())
}

#[tokio::main(flavor = "current_thread")]
async fn serve(listener: std::net::TcpListener) {
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
    check_server(serve);
}
