//! Servers that send arbitrary responses. The browser's own rules hold, whatever the server sends.

use crossorigin::{
    browser::{CredentialsMode, Profile, Request, RequestKind, ResponseHead, ResponseType},
    http::{
        Method,
        header::{ACCESS_CONTROL_ALLOW_CREDENTIALS, ACCESS_CONTROL_ALLOW_ORIGIN, ORIGIN},
    },
    oracle::{Event, Script, Transcript},
};
use proptest::prelude::*;

use super::scenario::{fresh, profile_with_standard_preflights};
use crate::{
    proptest_config::cases,
    strategies::{http_origin, page, request, responses},
};

fn exchange() -> impl Strategy<Value = (Request, Vec<ResponseHead>, Profile)> {
    let requests = (page(), http_origin()).prop_flat_map(|(page, server)| request(&page, &server));
    let requests = requests.boxed();
    requests.prop_flat_map(|request| {
        let responses = responses(&request);
        (Just(request), responses, profile_with_standard_preflights())
    })
}

fn play(request: &Request, responses: &[ResponseHead], profile: &Profile) -> Transcript {
    let mut script: Script = responses.iter().cloned().collect();
    fresh(profile).fetch(request.clone(), &mut script)
}

/// Every request that was sent, with its response.
fn exchanges(transcript: &Transcript) -> Vec<(crossorigin::browser::OutgoingRequest, ResponseHead)> {
    let received = transcript.events().iter().filter_map(|event| match event {
        Event::Received(head) => Some(head.clone()),
        _ => None,
    });
    transcript.requests().cloned().zip(received).collect()
}

/// The CORS check, computed from the request and the response.
fn passes(outgoing: &crossorigin::browser::OutgoingRequest, response: &ResponseHead, include: bool) -> bool {
    let allowed = response.headers.get(&ACCESS_CONTROL_ALLOW_ORIGIN).map(|value| value.into_owned());
    let credentials = response.headers.get(&ACCESS_CONTROL_ALLOW_CREDENTIALS);
    let is_own =
        allowed.is_some() && allowed == outgoing.headers.get(&ORIGIN).map(|value| value.into_owned());
    if include {
        is_own && credentials.as_deref() == Some(b"true")
    } else {
        is_own || allowed.as_deref() == Some(b"*")
    }
}

proptest! {
    #![proptest_config(cases(256))]

    /// A response delivered as "cors" passed the CORS check, and so did every redirect and preflight before
    /// it. No request follows a response that failed the check.
    #[test]
    fn only_shared_responses_are_delivered((request, responses, profile) in exchange()) {
        let transcript = play(&request, &responses, &profile);
        let include = request.credentials == CredentialsMode::Include;
        let exchanges = exchanges(&transcript);
        let delivered = transcript.outcome().as_ref().is_ok_and(|it| it.response_type() == ResponseType::Cors);
        for (index, (outgoing, response)) in exchanges.iter().enumerate() {
            let is_preflight = outgoing.kind == RequestKind::Preflight;
            let is_last = index + 1 == exchanges.len();
            // The result of the check matters if the response was delivered or the fetch went on after it.
            let counted = if is_last { delivered } else { is_preflight };
            prop_assert!(!counted || passes(outgoing, response, include), "{}", transcript);
            prop_assert!(!is_preflight || is_last || response.status.is_success(), "{}", transcript);
        }
    }

    /// A preflight has no credentials and no body. It names an origin, a method and sorted header names. The
    /// request after an accepted preflight is the one that the preflight described.
    #[test]
    fn preflights_describe_the_request_that_follows((request, responses, profile) in exchange()) {
        let transcript = play(&request, &responses, &profile);
        let sent: Vec<_> = transcript.requests().collect();
        for (index, outgoing) in sent.iter().enumerate().filter(|(_, it)| it.kind == RequestKind::Preflight) {
            prop_assert_eq!(&outgoing.method, Method::OPTIONS);
            prop_assert!(!outgoing.credentials && outgoing.headers.contains(&ORIGIN));
            let requested_method = outgoing.headers.get(&"access-control-request-method".parse().unwrap()).unwrap_or_default();
            let Some(next) = sent.get(index + 1) else { continue };
            prop_assert_eq!((next.kind, &next.url), (RequestKind::Actual, &outgoing.url), "{}", transcript);
            prop_assert_eq!(next.method.as_str().as_bytes(), &*requested_method);
            let names = outgoing.headers.get(&"access-control-request-headers".parse().unwrap()).unwrap_or_default();
            let names: Vec<_> = names.split(|byte| *byte == b',').filter(|name| !name.is_empty()).collect();
            prop_assert!(names.is_sorted());
            for name in names {
                prop_assert!(next.headers.iter().any(|(there, _)| there.as_str().as_bytes() == name));
            }
        }
    }

    /// The same request and responses always give the same events, and a fetch uses no more responses than it
    /// needs.
    #[test]
    fn a_fetch_depends_only_on_its_request_and_the_responses((request, responses, profile) in exchange()) {
        let (one, other) = (play(&request, &responses, &profile), play(&request, &responses, &profile));
        prop_assert_eq!(one.events(), other.events());
        let used = exchanges(&one).len();
        let cut = play(&request, responses.get(..used).unwrap_or_default(), &profile);
        if one.outcome().is_ok() {
            prop_assert_eq!(one.events(), cut.events());
        }
    }
}
