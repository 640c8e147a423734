//! A running server responds as `decide` and `apply` say.

use std::{
    net::{Ipv4Addr, SocketAddr},
    sync::mpsc::{Sender, channel},
    thread,
};

use crossorigin_adapter_requests::{OTHERS, TOTAL, check, over_tcp, policy};
use crossorigin_rocket_adapter::Cors;
use rocket::{
    Config, Request, Response, fairing::AdHoc, get, http::Status, options, response::Responder, routes,
};

struct Lines(&'static [(&'static str, &'static str)]);

impl<'r> Responder<'r, 'static> for Lines {
    fn respond_to(self, _: &'r Request<'_>) -> rocket::response::Result<'static> {
        let mut response = Response::new();
        for (name, value) in self.0 {
            response.adjoin_raw_header(*name, *value);
        }
        Ok(response)
    }
}

#[get("/item")]
fn item() -> Lines {
    Lines(&[TOTAL])
}

#[options("/item")]
fn item_options() -> Lines {
    Lines(&[TOTAL])
}

#[get("/others")]
fn others() -> Lines {
    Lines(&OTHERS)
}

#[get("/any")]
fn any() -> Lines {
    Lines(&[("vary", "*")])
}

#[get("/session")]
fn session() -> Result<(), Status> {
    Err(Status::Unauthorized)
}

async fn serve(port: Sender<u16>) {
    let config = Config { port: 0, address: Ipv4Addr::LOCALHOST.into(), ..Config::default() };
    let tell = AdHoc::on_liftoff("port", move |rocket| {
        Box::pin(async move { port.send(rocket.config().port).unwrap() })
    });
    let routes = routes![item, item_options, others, any, session];
    rocket::custom(config).mount("/", routes).attach(Cors(policy())).attach(tell).launch().await.unwrap();
}

#[test]
fn responses_are_those_of_decide_and_apply() {
    let (send, receive) = channel();
    thread::spawn(|| rocket::execute(serve(send)));
    let address = SocketAddr::from((Ipv4Addr::LOCALHOST, receive.recv().unwrap()));
    let differences = [
        // Rocket has one response for both.
        ("no such method", 404),
        // Rocket skips such a header.
        ("a preflight for a header that is no UTF-8", 204),
    ];
    check(over_tcp(address), &differences);
}
