//! A policy in the oracle says why it refused.

use crossorigin::browser::Page;
use crossorigin::http::Response;
use crossorigin::oracle::{Oracle, PolicyServer};
use crossorigin::server::{Policy, Refusal};

#[test]
fn it_explains_the_last_request_and_no_other() {
    let policy = Policy::builder().allow_origin("https://app.example").allow_any_header().build().unwrap();
    let mut server = PolicyServer::new(policy, |_: &_| Response::new(()));
    let mut oracle = Oracle::new(Page::new("https://app.example/").unwrap());
    let mut last = |method: &str, header: (&str, &[u8])| {
        let call = oracle.page().fetch("https://api.example/").method(method).header(header.0, header.1);
        let is_ok = oracle.fetch(call.build().unwrap(), &mut server).outcome().is_ok();
        let explanation = server.explain_last();
        (
            is_ok,
            explanation
                .map(|it| (it.method.to_string(), it.decision.refusal().map(|refusal| refusal.name()))),
        )
    };
    let seen = |is_ok, method: &str, refusal: Option<Refusal>| {
        (is_ok, Some((method.to_owned(), refusal.map(|refusal| refusal.name()))))
    };
    let accept = ("accept", &b"*/*"[..]);
    assert_eq!(last("GET", accept), seen(true, "GET", None));
    assert_eq!(last("PUT", accept), seen(false, "OPTIONS", Some(Refusal::MethodNotAllowed)));
    let authorization = Refusal::AuthorizationNotListed { position: 0 };
    assert_eq!(last("GET", ("authorization", b"x")), seen(false, "OPTIONS", Some(authorization)));
    // The preflight passes, and the request has a value that `http` does not take.
    assert_eq!(last("GET", ("x-a", b"a\x0bb")), (false, None));

    let unasked =
        PolicyServer::new(Policy::builder().allow_any_origin().build().unwrap(), |_: &_| Response::new(()));
    assert!(unasked.explain_last().is_none());
}
