//! A running server responds as `decide` and `apply` say.

use crossorigin_adapter_requests::{OTHERS, TOTAL, check_server, policy};
use warp::{Filter as _, Reply, http::StatusCode, reply::Response};

fn response(status: StatusCode, lines: &[(&'static str, &'static str)]) -> Response {
    let mut response = status.into_response();
    for (name, value) in lines {
        response.headers_mut().append(*name, value.parse().unwrap());
    }
    response
}

#[tokio::main(flavor = "current_thread")]
async fn serve(listener: std::net::TcpListener) {
    let item = warp::path!("item")
        .and(warp::get().or(warp::options()).unify())
        .map(|| response(StatusCode::OK, &[TOTAL]));
    let others = warp::path!("others").and(warp::get()).map(|| response(StatusCode::OK, &OTHERS));
    let any = warp::path!("any").and(warp::get()).map(|| response(StatusCode::OK, &[("vary", "*")]));
    let session = warp::path!("session").and(warp::get()).map(|| response(StatusCode::UNAUTHORIZED, &[]));
    let listener = tokio::net::TcpListener::from_std(listener).unwrap();
    let filter = item.or(others).or(any).or(session);
    crossorigin_warp_adapter::serve(listener, filter, policy()).await.unwrap();
}

#[test]
fn responses_are_those_of_decide_and_apply() {
    check_server(serve);
}
