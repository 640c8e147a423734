//! Rocket 0.5: a fairing. Rocket has header types of its own, so the decision is made of the copied headers, and comes back as
//! edits.
//!
//! - A fairing cannot respond. Rocket routes a preflight, and the fairing overwrites the response, which is usually a 404. If
//!   the application has a route for `OPTIONS`, that route runs for preflights too.
//! - Rocket skips request headers that are no UTF-8 before anybody sees them. A preflight that asks for such a header is
//!   therefore decided without it. No browser sends one.

use std::io::Cursor;

use crossorigin::server::{Action, Edit, Policy, request_headers};
use rocket::{
    Request, Response,
    fairing::{Fairing, Info, Kind},
    http::Status,
};

/// The fairing: `rocket::build().attach(Cors(policy))`.
pub struct Cors(pub Policy);

#[rocket::async_trait]
impl Fairing for Cors {
    fn info(&self) -> Info {
        Info { name: "CORS", kind: Kind::Response }
    }

    async fn on_response<'r>(&self, request: &'r Request<'_>, response: &mut Response<'r>) {
        let headers = request_headers(|name| request.headers().get(name));
        let decision = self.0.decide(&request.method().as_str().try_into().unwrap_or_default(), &headers);
        if let Action::Respond(status) = decision.action() {
            *response = Response::build()
                .status(Status::new(status.as_u16()))
                .sized_body(0, Cursor::new(""))
                .finalize();
        }
        let line = |it: rocket::http::Header<'_>| (it.name.to_string(), it.value.to_string());
        for edit in decision.edits(response.headers().iter().map(line)) {
            match edit {
                Edit::Remove(name) => response.remove_header(&name),
                Edit::Add(name, value) => {
                    let value = String::from_utf8_lossy(&value).into_owned();
                    response.adjoin_raw_header(name.to_owned(), value);
                }
            }
        }
    }
}
