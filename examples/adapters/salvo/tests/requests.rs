//! A running server responds as `decide` and `apply` say.

use crossorigin_adapter_requests::{OTHERS, TOTAL, check_server, policy};
use crossorigin_salvo_adapter::Cors;
use salvo::{conn::tcp::TcpAcceptor, prelude::*};

fn set(res: &mut Response, lines: &[(&'static str, &'static str)]) {
    for (name, value) in lines {
        res.headers_mut().append(*name, value.parse().unwrap());
    }
    res.render("");
}

#[handler]
async fn item(res: &mut Response) {
    set(res, &[TOTAL]);
}

#[handler]
async fn others(res: &mut Response) {
    set(res, &OTHERS);
}

#[handler]
async fn any(res: &mut Response) {
    set(res, &[("vary", "*")]);
}

#[handler]
async fn session() -> Result<(), StatusError> {
    Err(StatusError::unauthorized())
}

#[tokio::main(flavor = "current_thread")]
async fn serve(listener: std::net::TcpListener) {
    let router = Router::new()
        .push(Router::with_path("item").get(item).options(item))
        .push(Router::with_path("others").get(others))
        .push(Router::with_path("any").get(any))
        .push(Router::with_path("session").get(session));
    let listener = tokio::net::TcpListener::from_std(listener).unwrap();
    let service = Service::new(router).hoop(Cors(policy()));
    Server::new(TcpAcceptor::try_from(listener).unwrap()).serve(service).await;
}

#[test]
fn responses_are_those_of_decide_and_apply() {
    check_server(serve);
}
