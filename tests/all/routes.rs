//! `Routes`, the server with a list of responses for each URL.

use crossorigin::{
    browser::{Body, Page},
    http::Response,
    oracle::{Oracle, Routes, ServerResponse},
};

fn response(status: u16) -> ServerResponse {
    let response = Response::builder().status(status).header("Access-Control-Allow-Origin", "{origin}");
    response.body(()).unwrap().into()
}

/// Fetches a URL and returns the status, or the reason of the failure.
fn outcome_of(oracle: &mut Oracle, method: &str, url: &str, routes: &mut Routes) -> String {
    let request = oracle.page().xml_http_request(method, url).body(Body::Replayable, None).send().unwrap();
    match oracle.fetch(request, routes).outcome() {
        Ok(response) => response.status().unwrap().as_u16().to_string(),
        Err(error) => error.reason().name().to_owned(),
    }
}

/// A server never sees the user name, the password and the fragment of a URL. They do not select a response,
/// neither those of the request nor those of the route.
#[test]
fn user_name_password_and_fragment_do_not_select_a_response() {
    let spellings = ["", "u@", "u:p@", ":p@", "v:%40@"];
    let fragments = ["", "#", "#f"];
    let urls =
        || spellings.iter().flat_map(|user| fragments.map(|part| format!("https://{user}b.test/x{part}")));
    let mut oracle = Oracle::new(Page::new("https://a.test/").unwrap());
    for set in urls() {
        let mut routes = Routes::default();
        routes.insert(&set.parse().unwrap(), vec![], vec![response(201)]);
        for url in urls() {
            assert_eq!(outcome_of(&mut oracle, "GET", &url, &mut routes), "201", "{url} where {set} is set");
        }
        for other in [
            "http://b.test/x",
            "https://b.test:1/x",
            "https://b.test/",
            "https://b.test/x?",
            "https://u.test/x",
        ] {
            assert_eq!(outcome_of(&mut oracle, "GET", other, &mut routes), "AllowOriginMissing", "{other}");
        }
    }
}

/// A route replaces an earlier route of the same URL, even if the user name differs.
#[test]
fn a_route_replaces_an_earlier_route_of_its_url() {
    let mut oracle = Oracle::new(Page::new("https://a.test/").unwrap());
    let mut routes = Routes::default();
    routes.insert(&"https://b.test/".parse().unwrap(), vec![], vec![response(201)]);
    routes.insert(&"https://u:p@b.test/#f".parse().unwrap(), vec![], vec![response(202)]);
    assert_eq!(outcome_of(&mut oracle, "GET", "https://b.test/", &mut routes), "202");
}

/// The responses of a route are used in order, separately for preflights and for actual requests. The last
/// one is repeated.
#[test]
fn responses_are_used_in_order_and_the_last_is_repeated() {
    let mut oracle = Oracle::new(Page::new("https://a.test/").unwrap());
    let mut routes = Routes::default();
    let url = "https://b.test/";
    routes.insert(
        &url.parse().unwrap(),
        vec![response(500), response(404)],
        vec![response(201), response(202)],
    );
    let outcomes = ["GET", "OPTIONS", "GET", "OPTIONS", "OPTIONS", "GET"]
        .map(|method| outcome_of(&mut oracle, method, url, &mut routes));
    assert_eq!(outcomes, ["201", "PreflightStatus", "202", "PreflightStatus", "PreflightStatus", "202"]);
}
