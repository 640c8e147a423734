//! The server with answers for each URL.

use crossorigin::{
    browser::{Body, Page},
    http::Response,
    oracle::{Oracle, Routes, ServerResponse},
};

fn answer(status: u16) -> ServerResponse {
    let response = Response::builder().status(status).header("Access-Control-Allow-Origin", "{origin}");
    response.body(()).unwrap().into()
}

/// What comes of a request for a URL: the status, or the reason.
fn asked(oracle: &mut Oracle, method: &str, url: &str, routes: &mut Routes) -> String {
    let request = oracle.page().xml_http_request(method, url).body(Body::Replayable, None).send().unwrap();
    match oracle.fetch(request, routes).outcome() {
        Ok(response) => response.status().unwrap().as_u16().to_string(),
        Err(error) => error.reason().name().to_owned(),
    }
}

/// No server is told user name, password and fragment of a URL, so they choose no answer: neither those of the request nor
/// those of the route.
#[test]
fn user_name_password_and_fragment_do_not_choose_the_answer() {
    let spellings = ["", "u@", "u:p@", ":p@", "v:%40@"];
    let fragments = ["", "#", "#f"];
    let urls =
        || spellings.iter().flat_map(|user| fragments.map(|part| format!("https://{user}b.test/x{part}")));
    let mut oracle = Oracle::new(Page::new("https://a.test/").unwrap());
    for set in urls() {
        let mut routes = Routes::default();
        routes.insert(&set.parse().unwrap(), vec![], vec![answer(201)]);
        for url in urls() {
            assert_eq!(asked(&mut oracle, "GET", &url, &mut routes), "201", "{url} where {set} is set");
        }
        for other in [
            "http://b.test/x",
            "https://b.test:1/x",
            "https://b.test/",
            "https://b.test/x?",
            "https://u.test/x",
        ] {
            assert_eq!(asked(&mut oracle, "GET", other, &mut routes), "AllowOriginMissing", "{other}");
        }
    }
}

/// What is set for a URL replaces what was set before, also under another user name.
#[test]
fn a_route_is_set_once() {
    let mut oracle = Oracle::new(Page::new("https://a.test/").unwrap());
    let mut routes = Routes::default();
    routes.insert(&"https://b.test/".parse().unwrap(), vec![], vec![answer(201)]);
    routes.insert(&"https://u:p@b.test/#f".parse().unwrap(), vec![], vec![answer(202)]);
    assert_eq!(asked(&mut oracle, "GET", "https://b.test/", &mut routes), "202");
}

/// Answers are given in turn, to preflights and to actual requests apart, and the last one again and again.
#[test]
fn answers_are_given_in_turn() {
    let mut oracle = Oracle::new(Page::new("https://a.test/").unwrap());
    let mut routes = Routes::default();
    let url = "https://b.test/";
    routes.insert(&url.parse().unwrap(), vec![answer(500), answer(404)], vec![answer(201), answer(202)]);
    let told = ["GET", "OPTIONS", "GET", "OPTIONS", "OPTIONS", "GET"]
        .map(|method| asked(&mut oracle, method, url, &mut routes));
    assert_eq!(told, ["201", "PreflightStatus", "202", "PreflightStatus", "PreflightStatus", "202"]);
}
