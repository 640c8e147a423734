//! Sources of policies: swapped, chosen by request, or with a decision in the extensions.

use std::{
    convert::Infallible,
    sync::{Arc, Mutex},
    thread,
};

use ::tower::{Layer as _, Service as _, service_fn};
use crossorigin::{
    http::{Request, Response},
    server::{OriginDecision, Policy, PolicyRefusal, SwappablePolicy, Verdict},
    tower::{CorsLayer, RequestHead},
};

use super::{Body, call, fine, never_called, policy, preflight, request, values, verdict};

fn open() -> Policy {
    Policy::builder().allow_any_origin().build().unwrap()
}

#[test]
fn a_swapped_policy_takes_effect_in_running_services() {
    let current = SwappablePolicy::new(policy());
    let layer = CorsLayer::new(current.clone()).expose_verdict();
    let mut service = layer.layer(service_fn(async |request| Ok::<_, Infallible>(fine(request))));
    let mut clone = service.clone();
    let mut ask = |request| pollster::block_on(service.call(request)).unwrap();

    let get = || request("GET", &[("origin", "https://other.example")]);
    assert_eq!(verdict(&ask(get())), Some(Verdict::Refuse(PolicyRefusal::OriginNotAllowed)));
    let old = current.swap(open());
    assert_eq!((old, current.get()), (policy(), open()));
    assert_eq!(verdict(&ask(get())), Some(Verdict::Share));
    assert_eq!(verdict(&pollster::block_on(clone.call(get())).unwrap()), Some(Verdict::Share));
    current.swap(policy());
    assert_eq!(verdict(&ask(get())), Some(Verdict::Refuse(PolicyRefusal::OriginNotAllowed)));
}

#[test]
fn a_request_keeps_the_policy_of_its_arrival() {
    let current = SwappablePolicy::new(policy());
    let response =
        call(&CorsLayer::new(current.clone()), request("GET", &[("origin", "https://app.example")]), {
            |request| {
                current.swap(open());
                fine(request)
            }
        });
    assert_eq!(values(&response, "access-control-allow-origin"), ["https://app.example"]);
    assert_eq!(values(&response, "vary"), ["origin"]);
}

#[test]
fn concurrent_swaps_give_one_policy_or_the_other() {
    let current = SwappablePolicy::new(policy());
    let layer = CorsLayer::new(current.clone());
    thread::scope(|scope| {
        scope.spawn(|| {
            for turn in 0..1000 {
                current.swap(if turn % 2 == 0 { open() } else { policy() });
            }
        });
        for _ in 0..1000 {
            let response = call(&layer, request("GET", &[("origin", "https://app.example")]), fine);
            let (origin, credentials) = (
                values(&response, "access-control-allow-origin"),
                values(&response, "access-control-allow-credentials"),
            );
            assert!(
                matches!((&origin[..], &credentials[..]), (["*"], []) | (["https://app.example"], ["true"])),
                "{origin:?} {credentials:?}",
            );
        }
    });
}

#[test]
fn a_function_can_choose_the_policy_by_the_head() {
    let seen = Arc::new(Mutex::new(Vec::new()));
    let layer = CorsLayer::new({
        let seen = Arc::clone(&seen);
        move |head: RequestHead<'_>| {
            seen.lock().unwrap().push(head.uri.path().to_owned());
            if head.uri.path().starts_with("/public/") { open() } else { policy() }
        }
    });
    let get =
        |path| Request::get(path).header("origin", "https://app.example").body(Body::default()).unwrap();
    assert_eq!(values(&call(&layer, get("/public/a"), fine), "access-control-allow-origin"), ["*"]);
    let account = call(&layer, get("/account"), fine);
    assert_eq!(values(&account, "access-control-allow-origin"), ["https://app.example"]);
    assert_eq!(*seen.lock().unwrap(), ["/public/a", "/account"]);
}

#[test]
fn a_decision_in_the_extensions_is_for_policies_that_expect_one_and_only_for_them() {
    let told = Policy::builder()
        .caller_decides_origins()
        .allow_origin("https://app.example")
        .allow_method("PUT")
        .build()
        .unwrap();
    let ask = |policy: &Policy, origin: &str, decision: Option<OriginDecision>| {
        let mut request = preflight(origin, "PUT");
        if let Some(decision) = decision {
            request.extensions_mut().insert(decision);
        }
        let layer = CorsLayer::new(policy.clone()).expose_verdict();
        match verdict(&call(&layer, request, never_called)).unwrap() {
            Verdict::Refuse(refusal) => refusal.name(),
            verdict => verdict.name(),
        }
    };
    let (allowed, not_allowed) = (Some(OriginDecision::Allowed), Some(OriginDecision::NotAllowed));
    for (policy, origin, decision, expected) in [
        (&told, "https://tenant.example", allowed, "share"),
        (&told, "https://tenant.example", not_allowed, "OriginNotAllowed"),
        (&told, "https://tenant.example", None, "OriginNotDecided"),
        (&told, "https://app.example", not_allowed, "OriginNotAllowed"),
        (&told, "https://app.example", None, "share"),
        (&told, "https://tenant.example/", allowed, "InvalidOrigin"),
        (&told, "null", allowed, "NullOrigin"),
        (&told, "null", None, "NullOrigin"),
        (&policy(), "https://tenant.example", allowed, "UnexpectedOriginDecision"),
        (&policy(), "https://app.example", not_allowed, "UnexpectedOriginDecision"),
        (&open(), "https://app.example", allowed, "UnexpectedOriginDecision"),
        (&policy(), "https://app.example", None, "share"),
    ] {
        assert_eq!(ask(policy, origin, decision), expected, "{origin} {decision:?} {policy:?}");
    }
}

#[test]
fn a_policy_can_come_with_the_request() {
    let layer = CorsLayer::new(|head: RequestHead<'_>| head.extensions.get().cloned().unwrap_or_else(policy));
    let mut request = request("GET", &[("origin", "https://other.example")]);
    request.extensions_mut().insert(open());
    let response: Response<Body> = call(&layer, request, fine);
    assert_eq!(values(&response, "access-control-allow-origin"), ["*"]);
}
