//! A page can read what the policy shares.

use std::cell::Cell;

use crossorigin::{
    browser::{CredentialsMode, Mode, OutgoingRequest, Page, Request, RequestKind},
    http::{HeaderMap, Method, header::ORIGIN},
    oracle::{Event, PolicyServer},
    origin::{OpaqueOrigin, Origin},
    server::{Policy, Verdict},
};
use proptest::prelude::*;

use super::scenario::{fresh, head, scenario, server, visible_outcome};
use crate::{
    proptest_config::cases,
    reference::policy,
    strategies::{handler_headers, http_origin, page, policy_settings, request},
};

proptest! {
    #![proptest_config(cases(512))]

    /// A page can always read a response of its own server. It can read a response of another server exactly
    /// if the policy there allows the origin, the credentials and, if a preflight is needed, the method and
    /// the headers.
    #[test]
    fn a_page_reads_what_the_policy_shares(it in scenario()) {
        let shared = policy::shares(&it.settings, it.request.origin.serialize(), &it.request, &it.profile);
        let expected = match (it.is_same_origin(), shared) {
            (true, _) => Some("basic"),
            (false, true) => Some("cors"),
            (false, false) => None,
        };
        let transcript = it.play();
        let found = transcript.outcome().as_ref().map(|response| response.response_type().as_str()).ok();
        prop_assert_eq!(found, expected, "{}", transcript);
    }

    /// Server and browser reach the same verdict, apart from credentials, which the server cannot see. The
    /// server refuses exactly the preflights of the fetches that fail, and no other request with an allowed
    /// origin.
    ///
    /// There is one exception, with the standard's profile: `*` without credentials does not cover
    /// `authorization` there. The server accepts the preflight, and the browser refuses.
    #[test]
    fn server_and_browser_agree(it in scenario()) {
        let policy = it.settings.to_builder().build().unwrap();
        let mut without_credentials = it.request.clone();
        without_credentials.credentials = CredentialsMode::Omit;
        let origin = it.request.origin.serialize();
        let shared = policy::allows(&it.settings, origin, &without_credentials, &it.profile);
        let transcript = it.play();
        for (index, outgoing) in transcript.requests().enumerate() {
            let headers = HeaderMap::try_from(&outgoing.headers).unwrap();
            let decision = policy.decide(&outgoing.method, &headers);
            let expected = match outgoing.headers.contains(&ORIGIN) {
                true if it.is_same_origin() => continue,
                true if index == 0 => shared,
                true => true,
                false => continue,
            };
            prop_assert_eq!(decision.verdict() == Verdict::Share, expected, "{:?} {}", decision, transcript);
        }
    }

}

proptest! {
    #![proptest_config(cases(256))]

    /// A page sees the headers that are always visible and those that the policy exposes. Of its own server
    /// it sees all headers except cookies.
    #[test]
    fn a_page_sees_what_the_policy_exposes(it in scenario()) {
        let transcript = it.play();
        let Some((_, status, visible)) = visible_outcome(transcript.outcome()) else { return Ok(()) };
        let Some(Event::Received(response)) =
            transcript.events().iter().rfind(|event| matches!(event, Event::Received(_)))
        else {
            return Err(TestCaseError::fail("delivered without a response"));
        };
        let lines = response.headers.iter().map(|(name, value)| (name.to_string(), value.to_vec()));
        let mut expected: Vec<_> = lines
            .filter(|(name, _)| match it.is_same_origin() {
                true => !name.starts_with("set-cookie"),
                false => policy::exposes(&it.settings, name),
            })
            .collect();
        expected.sort();
        prop_assert_eq!(visible, expected, "{}", transcript);
        prop_assert_eq!(status, Some(it.handler.status.as_u16()));
    }

    /// The handler runs for every request except preflights, whatever the policy says, because CORS is not
    /// access control.
    #[test]
    fn the_handler_runs_for_all_requests_except_preflights(it in scenario()) {
        let (runs, handler) = (Cell::new(0_usize), it.handler.clone());
        let mut server = PolicyServer::new(it.settings.to_builder().build().unwrap(), |request: &OutgoingRequest| {
            assert_eq!(request.kind, RequestKind::Actual);
            runs.set(runs.get() + 1);
            handler.clone()
        });
        let transcript = it.play_with(&mut server);
        let actual = transcript.requests().filter(|request| request.kind == RequestKind::Actual).count();
        prop_assert_eq!(runs.get(), actual, "{}", transcript);
    }

    /// A policy has no influence on requests that need no permission: same-origin and no-cors requests,
    /// navigations and WebSockets have the same outcome without one.
    #[test]
    fn other_modes_do_not_depend_on_the_policy(
        settings in policy_settings(),
        mut request in (page(), http_origin()).prop_flat_map(|(page, server)| request(&page, &server)),
        headers in handler_headers(),
    ) {
        if request.mode == Mode::Cors {
            request.mode = Mode::NoCors;
        }
        let handler = head(200, &headers);
        let with = fresh(&Default::default()).fetch(request.clone(), &mut server(&settings, &handler));
        let without = fresh(&Default::default()).fetch(request, &mut |_: &_| handler.clone());
        let type_of = |outcome| Option::map(outcome, |(kind, status, _): (&str, Option<u16>, _)| (kind, status));
        prop_assert_eq!(type_of(visible_outcome(with.outcome())), type_of(visible_outcome(without.outcome())), "{}", with);
    }

}

/// A policy that allows any origin with credentials echoes the origin. `null` is not an origin that it can
/// name.
#[test]
fn any_origin_with_credentials_excludes_null() {
    let policy = Policy::builder()
        .allow_any_origin()
        .allow_credentials()
        .dangerously_reflect_any_origin_with_credentials()
        .build()
        .unwrap();
    let page = Page::with_origin("data:text/html,x".parse().unwrap(), Origin::Opaque(OpaqueOrigin(0)));
    let request = Request::new(&page, Method::GET, "https://api.test/".parse().unwrap());
    let mut server = PolicyServer::new(policy, |_: &OutgoingRequest| head(200, &HeaderMap::new()));
    assert!(fresh(&Default::default()).fetch(request, &mut server).outcome().is_err());
}
