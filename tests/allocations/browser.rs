//! Classification of headers and look-ups in the preflight cache do not allocate.

use crossorigin::{
    browser::{Page, Profile, Request, RequestKind, Step, Timestamp, UserAgent},
    header_list::HeaderList,
    http::{HeaderName, Response},
    request_header::{cors_unsafe_request_header_names, is_cors_safelisted_request_header},
};

use super::allocations;

#[test]
fn classification_allocates_only_the_list_of_names() {
    let mut headers = HeaderList::new();
    for (name, value) in [
        ("accept", "application/json"),
        ("accept-language", "en-US,en;q=0.5"),
        ("content-language", "en"),
        ("content-type", "multipart/form-data; boundary=\u{2d}\u{2d}x"),
        ("range", "bytes=0-1023"),
    ] {
        headers.append(HeaderName::from_static(name), value).unwrap();
    }
    assert_eq!(allocations(|| cors_unsafe_request_header_names(&headers)), 0);
    for (name, value) in [("content-type", "application/json"), ("range", "bytes=-1"), ("x-other", "")] {
        let name = HeaderName::from_static(name);
        assert!(!is_cors_safelisted_request_header(&name, value.as_bytes()));
        assert_eq!(allocations(|| is_cors_safelisted_request_header(&name, value.as_bytes())), 0);
    }
}

const RECORDS: usize = 1000;

/// A user agent whose cache has the entries of many preflights.
fn after_preflights(page: &Page) -> UserAgent {
    let permission = Response::builder()
        .header("access-control-allow-origin", "*")
        .header("access-control-allow-methods", "PUT")
        .header("access-control-allow-headers", "x-request-id")
        .header("access-control-max-age", "600")
        .body(())
        .unwrap();
    let mut user_agent = UserAgent::new(Profile::standard());
    for record in 0..RECORDS {
        let Step::Send(sent) = user_agent.fetch(put(page, record), Timestamp::ZERO) else { panic!() };
        let step = sent.receive(&permission, &mut user_agent, Timestamp::ZERO);
        assert!(matches!(step, Step::Send(_)));
    }
    user_agent
}

fn put(page: &Page, record: usize) -> Request {
    let url = format!("https://api.example/items/{record:04}");
    page.fetch(&url).method("PUT").header("x-request-id", "1").build().unwrap()
}

#[test]
fn a_look_up_allocates_nothing() {
    let page = Page::new("https://app.example/").unwrap();
    let mut user_agent = after_preflights(&page);
    let mut start = |request: Request| {
        let mut requests = vec![request.clone(), request];
        allocations(|| {
            let step = user_agent.fetch(requests.pop().unwrap(), Timestamp::ZERO);
            assert!(matches!(&step, Step::Send(sent) if sent.request().kind == RequestKind::Actual));
            step
        })
    };
    // The same number of headers without a look-up: only the outgoing request allocates.
    let simple = page.fetch("https://api.example/items/0000").header("accept", "1").build().unwrap();
    let without_look_up = start(simple);
    for record in [0, RECORDS / 2, RECORDS - 1] {
        assert_eq!(start(put(&page, record)), without_look_up);
    }
}
