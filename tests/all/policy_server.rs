//! A policy as a server in the oracle explains its last decision.

use crossorigin::{
    browser::{Page, ResponseHead},
    header_list::HeaderList,
    http::{HeaderName, Response, StatusCode},
    oracle::{Oracle, PolicyServer},
    server::{Policy, PolicyRefusal},
};

/// The first word of an explanation, which is the method.
fn first_word(text: &str) -> String {
    text.split(' ').take(1).collect()
}

#[test]
fn only_the_last_request_is_explained() {
    let policy = Policy::builder().allow_origin("https://app.example").allow_header("x-a").build().unwrap();
    let mut server = PolicyServer::new(policy, |_: &_| Response::new(()));
    let mut oracle = Oracle::new(Page::new("https://app.example/").unwrap());
    let mut last = |method: &str, header: (&str, &[u8])| {
        let call = oracle.page().fetch("https://api.example/").method(method).header(header.0, header.1);
        let is_ok = oracle.fetch(call.build().unwrap(), &mut server).outcome().is_ok();
        let explanation = server.explain_last();
        (
            is_ok,
            explanation
                .map(|it| (first_word(&it.to_string()), it.decision.refusal().map(|refusal| refusal.name()))),
        )
    };
    let seen = |is_ok, method: &str, refusal: Option<PolicyRefusal>| {
        (is_ok, Some((method.to_owned(), refusal.map(|refusal| refusal.name()))))
    };
    let accept = ("accept", &b"*/*"[..]);
    assert_eq!(last("GET", accept), seen(true, "GET", None));
    assert_eq!(last("PUT", accept), seen(false, "OPTIONS", Some(PolicyRefusal::MethodNotAllowed)));
    let authorization = PolicyRefusal::HeaderNotAllowed { position: 0 };
    assert_eq!(last("GET", ("authorization", b"x")), seen(false, "OPTIONS", Some(authorization)));
    // The preflight passes. The actual request has a value that `http` does not accept.
    assert_eq!(last("GET", ("x-a", b"a\x0bb")), (false, None));

    let unasked =
        PolicyServer::new(Policy::builder().allow_any_origin().build().unwrap(), |_: &_| Response::new(()));
    assert!(unasked.explain_last().is_none());
}

#[test]
fn a_response_without_room_for_the_headers_becomes_an_error() {
    let policy = Policy::builder().allow_origin("https://app.example").build().unwrap();
    for (names, status) in [
        (24_568, 200),
        (24_569, 500),
        (24_574, 500),
        (24_575, 500),
        (24_576, 500),
        (24_577, 500),
        (24_580, 500),
        (32_768, 500),
    ] {
        let mut server = PolicyServer::new(policy.clone(), |_: &_| {
            let mut headers = HeaderList::new();
            for number in 0..names {
                let name = HeaderName::try_from(format!("x-{number}")).unwrap();
                headers.append(name, "").unwrap();
            }
            ResponseHead { status: StatusCode::OK, headers }
        });
        let mut oracle = Oracle::new(Page::new("https://app.example/").unwrap());
        let call = oracle.page().fetch("https://api.example/").build().unwrap();
        let transcript = oracle.fetch(call, &mut server);
        let response = transcript.outcome().as_ref().unwrap();
        assert_eq!(response.status().map(|status| status.as_u16()), Some(status), "{names}");
    }
}
