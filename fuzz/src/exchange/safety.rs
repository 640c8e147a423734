//! What every profile keeps, however it differs from the standard.

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

/// How long a permission without `Access-Control-Max-Age` is kept.
const DEFAULT_MAX_AGE: u64 = 5;

pub(super) fn check(world: &World) {
    // One profile of four is played twice: playing is what takes the time.
    let twice = world.fetches.len() % Profile::all().len();
    for (index, profile) in Profile::all().into_iter().enumerate() {
        let mut player = Player::with_profile(profile.clone());
        let mut again = (index == twice).then(|| Player::with_profile(profile.clone()));
        let mut permissions = Vec::new();
        for fetch in &world.fetches {
            let completed = player.play(world, fetch);
            if let Some(again) = &mut again {
                let repeated = again.play(world, fetch);
                assert_eq!(seen(&completed), seen(&repeated), "the same input, the same outcome");
            }
            check_preflights(&completed);
            check_authorization(&completed, profile.name());
            check_delivery(&completed, profile.name());
            check_permissions(&completed, &mut permissions);
        }
    }
}

fn seen(completed: &CompletedFetch) -> impl PartialEq + Debug {
    let sent: Vec<_> = completed.exchanges.iter().map(|exchange| &exchange.sent).collect();
    let outcome = match &completed.outcome {
        Ok(response) => Ok((response.response_type(), response.status(), response.headers())),
        Err(error) => Err(error.to_string()),
    };
    (sent, outcome)
}

/// A preflight carries no credentials and no body, and nothing of the page but method and names. There are 21 at most, and
/// 21 other requests.
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

/// What a page sets as `Authorization` goes to no other origin than the first one; in Firefox it returns at a second redirect.
fn check_authorization(completed: &CompletedFetch, profile: &str) {
    for exchange in &completed.exchanges {
        let returns = profile == "firefox" && exchange.sent.hop > 1;
        let is_at_home = exchange.sent.url.origin() == completed.request.url.origin();
        assert!(
            exchange.header("authorization").is_none() || is_at_home || returns,
            "{profile}: {completed:#?}"
        );
    }
}

/// A response that a page of another origin reads was shared with it, and so was the response to each preflight that another
/// request followed.
fn check_delivery(completed: &CompletedFetch, profile: &str) {
    for (index, exchange) in completed.exchanges.iter().enumerate() {
        let is_preflight = exchange.sent.kind == RequestKind::Preflight;
        let is_last = index + 1 == completed.exchanges.len();
        let is_read =
            is_last && completed.outcome.as_ref().is_ok_and(|it| it.response_type() == ResponseType::Cors);
        // Firefox believes any response to a preflight of the page's own origin, which nobody else can send.
        let asks_own =
            completed.request.origin.serialize() == exchange.sent.url.origin().ascii_serialization();
        if !is_read && (!is_preflight || is_last || asks_own && profile == "firefox") {
            continue;
        }
        let Some(head) = &exchange.response else { panic!("nothing was answered: {completed:#?}") };
        assert!(!is_preflight || head.status.is_success(), "{completed:#?}");
        let allowed = answered(exchange, "access-control-allow-origin");
        let origin = exchange.header("origin");
        let include = completed.request.credentials == CredentialsMode::Include;
        let is_for_all = allowed.as_deref() == Some("*") && !include;
        // A page that sets `Origin` itself cannot: the user agent appends its own.
        let is_own = origin.zip(allowed).is_some_and(|(origin, allowed)| origin.ends_with(&allowed));
        assert!(is_for_all || is_own, "{completed:#?}");
        let credentials = answered(exchange, "access-control-allow-credentials");
        assert!(!include || credentials.as_deref() == Some("true"), "{completed:#?}");
    }
}

/// The lines of a response header, combined; some browsers skip empty ones.
fn answered(exchange: &CompletedExchange, name: &str) -> Option<String> {
    let value = exchange.response_header(name)?;
    Some(value.split(", ").filter(|line| !line.is_empty()).collect::<Vec<_>>().join(", "))
}

/// What a server permitted by its response to a preflight.
#[derive(Debug)]
pub(super) struct Permission {
    partition: Option<String>,
    url: Url,
    methods: Vec<String>,
    received_at: Timestamp,
    max_age: Duration,
}

/// An actual request with another method than the safelisted ones follows a preflight, or was permitted before: for the same
/// URL and partition, not longer ago than the server said.
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

/// The network partition key of the page: a preflight of its own has none by the standard.
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
    // Browsers read a value that the standard does not in ways of their own, but as no number that is not in it.
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

/// Whether two URLs are equal, fragments aside.
fn is_same_url(one: &Url, other: &Url) -> bool {
    one[..url::Position::AfterQuery] == other[..url::Position::AfterQuery]
}
