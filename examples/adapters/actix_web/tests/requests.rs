//! A running server responds as `decide` and `apply` say.

use std::net::TcpListener;

use actix_web::{
    App, HttpResponse, HttpServer, body::MessageBody, dev::ServiceRequest, dev::ServiceResponse, error,
    middleware::Next, middleware::from_fn, web,
};
use crossorigin_actix_web_adapter::cors;
use crossorigin_adapter_requests::{OTHERS, TOTAL, check_server, policy};

async fn item() -> HttpResponse {
    HttpResponse::Ok().append_header(TOTAL).finish()
}

async fn others() -> HttpResponse {
    let mut response = HttpResponse::Ok();
    for line in OTHERS {
        response.append_header(line);
    }
    response.finish()
}

/// An inner middleware that fails, which most authentication is.
async fn require_session(
    _: ServiceRequest,
    _: Next<impl MessageBody>,
) -> Result<ServiceResponse, actix_web::Error> {
    Err(error::ErrorUnauthorized("no session"))
}

#[actix_web::main]
async fn serve(listener: TcpListener) {
    let policy = web::Data::new(policy());
    let app = move || {
        App::new()
            .app_data(policy.clone())
            .service(
                web::resource("/item")
                    .route(web::get().to(item))
                    .route(web::method(actix_web::http::Method::OPTIONS).to(item)),
            )
            .route("/others", web::get().to(others))
            .route(
                "/any",
                web::get().to(|| async { HttpResponse::Ok().append_header(("vary", "*")).finish() }),
            )
            .service(web::resource("/session").wrap(from_fn(require_session)).to(HttpResponse::Ok))
            .wrap(from_fn(cors))
    };
    HttpServer::new(app).workers(1).listen(listener).unwrap().run().await.unwrap();
}

#[test]
fn responses_are_those_of_decide_and_apply() {
    check_server(serve);
}
