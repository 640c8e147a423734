//! Properties that hold with every profile, although profiles differ from the standard.

use std::{fmt::Debug, time::Duration};

use crossorigin::{
    browser::{
        BodyToSend, CredentialsMode, MAX_REDIRECTS, Mode, Profile, RequestKind, ResponseType, Timestamp,
    },
    http::Method,
};
use url::Url;

use crate::{
    model::world::World,
    player::{CompletedExchange, CompletedFetch, Player},
};

/// The seconds that a permission without `Access-Control-Max-Age` is cached.
const DEFAULT_MAX_AGE: u64 = 5;

pub(super) fn check(world: &World) {
    // Only one of the four profiles is played twice, because playing takes most of the time.
    let twice = world.fetches.len() % Profile::all().len();
    for (index, profile) in Profile::all().into_iter().enumerate() {
        let mut player = Player::with_profile(profile.clone());
        let mut again = (index == twice).then(|| Player::with_profile(profile.clone()));
        let mut permissions = Vec::new();
        for fetch in &world.fetches {
            let completed = player.play(world, fetch);
            if let Some(again) = &mut again {
                let repeated = again.play(world, fetch);
                assert_eq!(observable(&completed), observable(&repeated), "equal input gives equal outcomes");
            }
            check_preflights(&completed);
            check_authorization(&completed, profile.name());
            check_delivery(&completed, profile.name());
            check_permissions(&completed, &mut permissions);
        }
    }
}

fn observable(completed: &CompletedFetch) -> impl PartialEq + Debug {
    let sent: Vec<_> = completed.exchanges.iter().map(|exchange| &exchange.sent).collect();
    let outcome = match &completed.outcome {
        Ok(response) => Ok((response.response_type(), response.status(), response.headers())),
        Err(error) => Err(error.to_string()),
    };
    (sent, outcome)
}

/// A preflight carries no credentials and no body, and of the page only the method and the header names.
/// There are at most 21 preflights and 21 actual requests.
fn check_preflights(completed: &CompletedFetch) {
    const NAMES: [&str; 4] =
        ["accept", "access-control-request-headers", "access-control-request-method", "origin"];
    for preflight in completed.of_kind(RequestKind::Preflight) {
        let sent = &preflight.sent;
        assert_eq!((&sent.method, sent.credentials, sent.body), (&Method::OPTIONS, false, BodyToSend::None));
        let foreign = sent.headers.iter().find(|(name, _)| !NAMES.contains(&name.as_str()));
        assert_eq!(foreign, None);
    }
    for kind in [RequestKind::Preflight, RequestKind::Actual] {
        assert!(completed.of_kind(kind).count() <= MAX_REDIRECTS + 1);
    }
}

/// The `Authorization` of a page is sent to the first origin only, except that in Firefox it returns at a
/// second redirect.
fn check_authorization(completed: &CompletedFetch, profile: &str) {
    for exchange in &completed.exchanges {
        let returns = profile == "firefox" && exchange.sent.hop > 1;
        let is_at_first_origin = exchange.sent.url.origin() == completed.request.url.origin();
        assert!(
            exchange.header("authorization").is_none() || is_at_first_origin || returns,
            "{profile}: {completed:#?}"
        );
    }
}

/// A page can read a response of another origin only if it was shared with the page. The same holds for the
/// response to each preflight that was followed by a request.
fn check_delivery(completed: &CompletedFetch, profile: &str) {
    for (index, exchange) in completed.exchanges.iter().enumerate() {
        let is_preflight = exchange.sent.kind == RequestKind::Preflight;
        let is_last = index + 1 == completed.exchanges.len();
        let is_read =
            is_last && completed.outcome.as_ref().is_ok_and(|it| it.response_type() == ResponseType::Cors);
        // Firefox accepts any response to a preflight of the page's own origin, which no other server can
        // send.
        let is_own_origin =
            completed.request.origin.serialize() == exchange.sent.url.origin().ascii_serialization();
        if !is_read && (!is_preflight || is_last || is_own_origin && profile == "firefox") {
            continue;
        }
        let Some(head) = &exchange.response else { panic!("there is no response: {completed:#?}") };
        assert!(!is_preflight || head.status.is_success(), "{completed:#?}");
        let allowed = response_header(exchange, "access-control-allow-origin");
        let origin = exchange.header("origin");
        let include = completed.request.credentials == CredentialsMode::Include;
        let is_for_all = allowed.as_deref() == Some("*") && !include;
        // A page cannot replace `Origin`: the user agent appends its own value.
        let is_own = origin.zip(allowed).is_some_and(|(origin, allowed)| origin.ends_with(&allowed));
        assert!(is_for_all || is_own, "{completed:#?}");
        let credentials = response_header(exchange, "access-control-allow-credentials");
        assert!(!include || credentials.as_deref() == Some("true"), "{completed:#?}");
    }
}

/// The combined lines of a response header, without empty lines, which some browsers skip.
fn response_header(exchange: &CompletedExchange, name: &str) -> Option<String> {
    let value = exchange.response_header(name)?;
    Some(value.split(", ").filter(|line| !line.is_empty()).collect::<Vec<_>>().join(", "))
}

/// What the response to a preflight allows.
#[derive(Debug)]
pub(super) struct Permission {
    partition: Option<String>,
    url: Url,
    methods: Vec<String>,
    received_at: Timestamp,
    max_age: Duration,
}

/// An actual request with an unsafe method follows a preflight, or an earlier preflight allowed it, for the
/// same URL and partition and within its max-age.
fn check_permissions(completed: &CompletedFetch, permissions: &mut Vec<Permission>) {
    let mut before: Option<&CompletedExchange> = None;
    for exchange in &completed.exchanges {
        let sent = &exchange.sent;
        let is_preflight = |it: &CompletedExchange| it.sent.kind == RequestKind::Preflight;
        if is_preflight(exchange) {
            permissions.extend(permission(completed, exchange));
        } else if needs_permission(completed, exchange) && !before.is_some_and(is_preflight) {
            let is_permitted = permissions.iter().any(|it| {
                let is_named = it.methods.iter().any(|name| name == sent.method.as_str() || name == "*");
                it.partition == partition(completed)
                    && is_same_url(&it.url, &sent.url)
                    && is_named
                    && exchange.sent_at.since(it.received_at) < it.max_age
            });
            assert!(
                is_permitted,
                "{} {} {:?} at {:?} among {permissions:#?}",
                sent.method, sent.url, sent.partition, exchange.sent_at
            );
        }
        before = Some(exchange);
    }
}

/// The network partition key of the page. By the standard, a preflight has none.
fn partition(completed: &CompletedFetch) -> Option<String> {
    completed.request.partition.as_ref().map(|key| key.as_str().to_owned())
}

fn needs_permission(completed: &CompletedFetch, exchange: &CompletedExchange) -> bool {
    let is_safelisted = [Method::GET, Method::HEAD, Method::POST].contains(&exchange.sent.method);
    let request = &completed.request;
    request.mode == Mode::Cors
        && request.unsafe_request
        && !is_safelisted
        && completed.is_subject_to_cors(exchange)
}

fn permission(completed: &CompletedFetch, preflight: &CompletedExchange) -> Option<Permission> {
    let requested = preflight.header("access-control-request-method");
    let methods = preflight.response_header("access-control-allow-methods");
    let methods = methods.map(|list| list.split(',').map(|it| it.trim().to_owned()).collect());
    // Browsers read values that are invalid by the standard in their own ways, but only as a number in the
    // value.
    let max_age = preflight.response_header("access-control-max-age").unwrap_or_default();
    let numbers = max_age.split(|letter: char| !letter.is_ascii_digit()).filter(|digits| !digits.is_empty());
    let seconds = numbers.map(|digits| digits.parse().unwrap_or(u64::MAX)).max();
    let seconds = seconds.unwrap_or_default().max(DEFAULT_MAX_AGE);
    preflight.response.as_ref().map(|_| Permission {
        partition: partition(completed),
        url: preflight.sent.url.clone(),
        methods: methods.unwrap_or_else(|| requested.into_iter().collect()),
        received_at: preflight.received_at,
        max_age: Duration::from_secs(seconds),
    })
}

/// Returns whether two URLs are equal without their fragments.
fn is_same_url(one: &Url, other: &Url) -> bool {
    one[..url::Position::AfterQuery] == other[..url::Position::AfterQuery]
}
