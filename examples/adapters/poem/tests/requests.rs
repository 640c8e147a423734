//! A running server responds as `decide` and `apply` say.

use crossorigin_adapter_requests::{OTHERS, TOTAL, check_server, policy};
use crossorigin_poem_adapter::Cors;
use poem::{
    EndpointExt as _, Error, Response, Route, Server, endpoint::make_sync, get, http::StatusCode,
    listener::TcpAcceptor,
};

fn response(lines: &[(&'static str, &'static str)]) -> Response {
    let mut response = Response::default();
    for (name, value) in lines {
        response.headers_mut().append(*name, value.parse().unwrap());
    }
    response
}

#[tokio::main(flavor = "current_thread")]
async fn serve(listener: std::net::TcpListener) {
    let item = || make_sync(|_| response(&[TOTAL]));
    let app = Route::new()
        .at("/item", get(item()).options(item()))
        .at("/others", get(make_sync(|_| response(&OTHERS))))
        .at("/any", get(make_sync(|_| response(&[("vary", "*")]))))
        .at("/session", get(make_sync(|_| Err::<(), _>(Error::from_status(StatusCode::UNAUTHORIZED)))))
        .with(Cors(policy()));
    Server::new_with_acceptor(TcpAcceptor::from_std(listener).unwrap()).run(app).await.unwrap();
}

#[test]
fn responses_are_those_of_decide_and_apply() {
    check_server(serve);
}
