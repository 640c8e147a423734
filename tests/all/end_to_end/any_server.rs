//! Servers that say anything: the browser's own rules hold whatever comes back.

use crossorigin::{
    browser::{CredentialsMode, Profile, Request, RequestKind, ResponseHead, ResponseType},
    http::{
        Method,
        header::{ACCESS_CONTROL_ALLOW_CREDENTIALS, ACCESS_CONTROL_ALLOW_ORIGIN, ORIGIN},
    },
    oracle::{Event, Script, Transcript},
};
use proptest::prelude::*;

use super::scenario::{fresh, profile_of_true_preflights};
use crate::{
    proptest_config::cases,
    strategies::{answers, http_origin, page, request},
};

fn exchange() -> impl Strategy<Value = (Request, Vec<ResponseHead>, Profile)> {
    let requests = (page(), http_origin()).prop_flat_map(|(page, server)| request(&page, &server));
    let requests = requests.boxed();
    requests.prop_flat_map(|request| {
        let answers = answers(&request);
        (Just(request), answers, profile_of_true_preflights())
    })
}

fn play(request: &Request, answers: &[ResponseHead], profile: &Profile) -> Transcript {
    let mut script: Script = answers.iter().cloned().collect();
    fresh(profile).fetch(request.clone(), &mut script)
}

/// Every request that went out with the answer that came back.
fn exchanges(transcript: &Transcript) -> Vec<(crossorigin::browser::OutgoingRequest, ResponseHead)> {
    let received = transcript.events().iter().filter_map(|event| match event {
        Event::Received(head) => Some(head.clone()),
        _ => None,
    });
    transcript.requests().cloned().zip(received).collect()
}

/// The CORS check, as it can be told from outside.
fn passes(outgoing: &crossorigin::browser::OutgoingRequest, answer: &ResponseHead, include: bool) -> bool {
    let allowed = answer.headers.get(&ACCESS_CONTROL_ALLOW_ORIGIN).map(|value| value.into_owned());
    let credentials = answer.headers.get(&ACCESS_CONTROL_ALLOW_CREDENTIALS);
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

    /// What is delivered as "cors" passed the CORS check, every redirect and every preflight on the way too, and no
    /// answer that failed it is followed by another request.
    #[test]
    fn nothing_is_delivered_that_was_not_shared((request, answers, profile) in exchange()) {
        let transcript = play(&request, &answers, &profile);
        let include = request.credentials == CredentialsMode::Include;
        let exchanges = exchanges(&transcript);
        let delivered = transcript.outcome().as_ref().is_ok_and(|it| it.response_type() == ResponseType::Cors);
        for (index, (outgoing, answer)) in exchanges.iter().enumerate() {
            let is_preflight = outgoing.kind == RequestKind::Preflight;
            let is_last = index + 1 == exchanges.len();
            // An answer that mattered: it was the one delivered, or it let the fetch go on.
            let counted = if is_last { delivered } else { is_preflight };
            prop_assert!(!counted || passes(outgoing, answer, include), "{}", transcript);
            prop_assert!(!is_preflight || is_last || answer.status.is_success(), "{}", transcript);
        }
    }

    /// Preflights have no credentials and no body, name an origin, a method, and sorted names of headers; and right after
    /// one that was accepted comes the request that was asked for.
    #[test]
    fn preflights_ask_for_what_follows((request, answers, profile) in exchange()) {
        let transcript = play(&request, &answers, &profile);
        let sent: Vec<_> = transcript.requests().collect();
        for (index, outgoing) in sent.iter().enumerate().filter(|(_, it)| it.kind == RequestKind::Preflight) {
            prop_assert_eq!(&outgoing.method, Method::OPTIONS);
            prop_assert!(!outgoing.credentials && outgoing.headers.contains(&ORIGIN));
            let asked = outgoing.headers.get(&"access-control-request-method".parse().unwrap()).unwrap_or_default();
            let Some(next) = sent.get(index + 1) else { continue };
            prop_assert_eq!((next.kind, &next.url), (RequestKind::Actual, &outgoing.url), "{}", transcript);
            prop_assert_eq!(next.method.as_str().as_bytes(), &*asked);
            let names = outgoing.headers.get(&"access-control-request-headers".parse().unwrap()).unwrap_or_default();
            let names: Vec<_> = names.split(|byte| *byte == b',').filter(|name| !name.is_empty()).collect();
            prop_assert!(names.is_sorted());
            for name in names {
                prop_assert!(next.headers.iter().any(|(there, _)| there.as_str().as_bytes() == name));
            }
        }
    }

    /// The same answers to the same request have the same end, and none is waited for that is not needed.
    #[test]
    fn a_fetch_is_its_request_and_the_answers((request, answers, profile) in exchange()) {
        let (one, other) = (play(&request, &answers, &profile), play(&request, &answers, &profile));
        prop_assert_eq!(one.events(), other.events());
        let used = exchanges(&one).len();
        let cut = play(&request, answers.get(..used).unwrap_or_default(), &profile);
        if one.outcome().is_ok() {
            prop_assert_eq!(one.events(), cut.events());
        }
    }
}
