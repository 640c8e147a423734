//! Properties of the CORS-preflight cache. They hold for all fetches and responses.

use std::{collections::BTreeMap, time::Duration};

use crossorigin::{
    browser::{
        CacheEntry, CacheLimits, CachedPermission, CredentialsMode, Page, PreflightCache, Profile, Reason,
        Request, RequestKind, Step, Timestamp, UserAgent,
    },
    http::Response,
    oracle::Oracle,
};
use proptest::{collection::vec, prelude::*, sample::select};

use super::player::{CompletedExchange, CompletedFetch, Player};
use crate::{
    distribution::reaches,
    model::{
        Kind, NetworkResponse, Sent,
        random_responses::{to_actual_request, to_preflight},
        random_worlds::world,
        world::{Template, World},
    },
    proptest_config::cases,
};

/// A server whose responses depend on the URL and the request only, never on earlier requests.
#[derive(Debug, Clone)]
struct ConsistentServer {
    to_preflights: Vec<Template>,
    to_actual_requests: Vec<Template>,
}

impl ConsistentServer {
    fn response(&self, sent: &Sent) -> Option<NetworkResponse> {
        let of_this_kind = match sent.kind {
            Kind::Preflight => &self.to_preflights,
            Kind::Actual => &self.to_actual_requests,
        };
        let url = sent.url.split('#').next().unwrap_or_default();
        let number: usize = url.bytes().map(usize::from).sum();
        of_this_kind[number % of_this_kind.len()].response(sent)
    }
}

/// Some servers allow by a wildcard beside a name, and some send no list of methods. The exceptions occur
/// there.
fn consistent_server() -> impl Strategy<Value = ConsistentServer> {
    let lists = select(vec![None, None, Some(&[][..]), Some(&["PUT, *"]), Some(&["PATCH,*"])]);
    (vec(to_preflight(), 1..3), vec(to_actual_request(), 1..4), lists).prop_map(
        |(mut to_preflights, to_actual_requests, lists)| {
            for (template, methods) in to_preflights.iter_mut().filter_map(|it| Some((it, lists?))) {
                template.headers.retain(|(name, _)| *name != "Access-Control-Allow-Methods");
                template.headers.extend(
                    methods.iter().map(|line| ("Access-Control-Allow-Methods".into(), (*line).into())),
                );
            }
            ConsistentServer { to_preflights, to_actual_requests }
        },
    )
}

/// A world with a consistent server. Most of its fetches go to one URL, so that cache entries are used.
fn steady_world() -> impl Strategy<Value = (World, ConsistentServer)> {
    let often = prop::bool::weighted;
    (world(), consistent_server(), often(0.8), often(0.4)).prop_map(
        |(mut world, server, one_url, include)| {
            // A third exception has a test of its own: a method that is named `*`.
            for fetch in &mut world.fetches {
                fetch.method = if fetch.method == "*" { "PUT".into() } else { fetch.method.clone() };
                fetch.headers.retain(|(name, _)| *name != "*");
            }
            let first = world.fetches[0].clone();
            for fetch in world.fetches.iter_mut().filter(|_| one_url) {
                (fetch.url, fetch.mode, fetch.unsafe_request) = ("https://b.test/".into(), "cors", true);
                (fetch.partition, fetch.by_another_page) = (first.partition, first.by_another_page);
                // The exception about wildcards needs credentials.
                fetch.credentials_mode = if include { "include" } else { first.credentials_mode };
            }
            (world, server)
        },
    )
}

/// Everything that can be seen of an outcome.
fn outcome_text(completed: &CompletedFetch) -> String {
    match &completed.outcome {
        Err(error) => error.step().to_string(),
        Ok(response) => {
            let mut lines: Vec<_> = response.headers().iter().map(|line| format!("{line:?}")).collect();
            lines.sort();
            let status = response.status().map(|status| status.as_u16());
            format!("{:?} {status:?} {:?} {lines:?}", response.response_type(), response.url_list())
        }
    }
}

/// The two ways in which, by the standard, a cache entry allows more than the response that it came from.
fn exception(without_cache: &CompletedFetch) -> Option<&'static str> {
    let error = without_cache.outcome.as_ref().err()?;
    let include = without_cache.request.credentials == CredentialsMode::Include;
    let has_list = without_cache.exchanges.last()?.response_header("access-control-allow-methods").is_some();
    match error.reason() {
        // A cache entry `*` matches, although `*` in a response does not cover a request with credentials.
        Reason::MethodNotAllowed { wildcard_ignored: true, .. }
        | Reason::HeaderNotAllowed { wildcard_ignored: true, .. }
            if include =>
        {
            Some("a cached wildcard serves credentials")
        }
        // The method of a forced preflight is cached, and then allows requests without a forced preflight.
        Reason::MethodNotAllowed { .. } if !has_list => Some("a cached method that was forced"),
        _ => None,
    }
}

/// Plays the world with a cache, and each fetch once more without it.
fn with_and_without((world, server): &(World, ConsistentServer)) -> Vec<(CompletedFetch, CompletedFetch)> {
    let mut player = Player::new();
    let fetches = world.fetches.iter().map(|fetch| {
        let with = player.play_against(world, fetch, &mut |sent| server.response(sent));
        let without = Player::new().play_against(world, fetch, &mut |sent| server.response(sent));
        (with, without)
    });
    fetches.collect()
}

fn actual_requests(completed: &CompletedFetch) -> Vec<String> {
    completed.of_kind(RequestKind::Actual).map(|it| format!("{:?}", it.sent)).collect()
}

/// Returns whether this request must not be sent without a permission. (It misses some requests, which is
/// enough here.)
fn needs_permission(completed: &CompletedFetch, exchange: &CompletedExchange) -> bool {
    let request = &completed.request;
    let method_is_safelisted = ["GET", "HEAD", "POST"].contains(&exchange.sent.method.as_str());
    let has_author_header =
        ["x-a", "x-b", "authorization"].iter().any(|name| exchange.header(name).is_some());
    exchange.sent.kind == RequestKind::Actual
        && completed.is_subject_to_cors(exchange)
        && (request.use_cors_preflight
            || (request.unsafe_request && (!method_is_safelisted || has_author_header)))
}

/// The seconds for which a preflight's response may be cached, read as plainly as possible.
fn permitted_seconds(response: &CompletedExchange) -> u64 {
    let value = response.response_header("access-control-max-age").unwrap_or_default();
    let is_number = !value.is_empty() && value.bytes().all(|byte| byte.is_ascii_digit());
    if is_number { value.parse().unwrap_or(u64::MAX) } else { 5 }
}

/// For a request without a preflight: how old each permission for it was, and for how many seconds it was
/// given.
fn permissions<'a>(
    earlier: &'a [(Option<String>, CompletedExchange)],
    completed: &'a CompletedFetch,
    request: &'a CompletedExchange,
) -> impl Iterator<Item = (Duration, u64)> + 'a {
    let partition = completed.request.partition.as_ref().map(|key| key.as_str().to_owned());
    let origin = request.header("origin").map(|value| value.rsplit(", ").next().unwrap().to_owned());
    let is_for_it = move |(key, preflight): &&(Option<String>, CompletedExchange)| {
        *key == partition && preflight.sent.url == request.sent.url && preflight.header("origin") == origin
    };
    earlier
        .iter()
        .filter(is_for_it)
        .map(|(_, it)| (request.sent_at.since(it.received_at), permitted_seconds(it)))
}

/// Calls `each` for every request that needed a permission and was sent without a preflight, with the
/// permissions given before.
fn sent_without_preflight(world: &World, mut each: impl FnMut(&[(Duration, u64)])) {
    let mut preflights = Vec::new();
    let mut player = Player::new();
    for fetch in &world.fetches {
        let completed = player.play(world, fetch);
        let partition = completed.request.partition.as_ref().map(|key| key.as_str().to_owned());
        for (index, exchange) in completed.exchanges.iter().enumerate() {
            let preflighted = index > 0 && completed.exchanges[index - 1].sent.kind == RequestKind::Preflight;
            if exchange.sent.kind == RequestKind::Preflight {
                preflights.push((partition.clone(), exchange.clone()));
            } else if needs_permission(&completed, exchange) && !preflighted {
                each(&permissions(&preflights, &completed, exchange).collect::<Vec<_>>());
            }
        }
    }
}

/// The number of bytes in the cache, counted from its entries.
fn counted_bytes<'a>(entries: impl Iterator<Item = CacheEntry<'a>>) -> usize {
    let mut records: BTreeMap<_, usize> = BTreeMap::new();
    for entry in entries {
        let partition = entry.partition.map_or("", |key| key.as_str());
        let (CachedPermission::Method(name) | CachedPermission::HeaderName(name)) = entry.permission;
        let key = (entry.partition.is_some(), partition, entry.origin, entry.url);
        *records.entry(key).or_default() += name.len() + 80;
    }
    records
        .iter()
        .map(|((_, partition, origin, url), names)| partition.len() + origin.len() + url.len() + 400 + names)
        .sum()
}

/// A server allows exactly the method that a page asks for. If that method is named `*`, the cache allows all
/// methods.
#[test]
fn a_method_named_like_the_wildcard_is_a_wildcard_in_the_cache() {
    let page = Page::new("https://a.test/").unwrap();
    for (first, then) in [("*", RequestKind::Actual), ("LOCK", RequestKind::Preflight)] {
        let mut user_agent = UserAgent::new(Profile::standard());
        let mut ask = |method: &str| {
            let request = page.fetch("https://b.test/").method(method).build().unwrap();
            let Step::Send(sent) = user_agent.fetch(request, Timestamp::ZERO) else { panic!("{method}") };
            let kind = sent.request().kind;
            let permission = Response::builder()
                .header("access-control-allow-origin", "*")
                .header("access-control-allow-methods", method)
                .body(())
                .unwrap();
            let _ = sent.receive(&permission, &mut user_agent, Timestamp::ZERO);
            kind
        };
        assert_eq!((ask(first), ask("PATCH")), (RequestKind::Preflight, then), "{first}");
    }
}

proptest! {
    #![proptest_config(cases(500))]

    /// Against a consistent server, a fetch has the same outcome and sends the same actual requests with and
    /// without a cache. The standard has two exceptions, and there is no other difference.
    #[test]
    fn a_fetch_has_the_same_outcome_with_and_without_a_cache(it in steady_world()) {
        for (with, without) in with_and_without(&it) {
            if exception(&without).is_none() {
                prop_assert_eq!(outcome_text(&with), outcome_text(&without), "{:#?}", with.exchanges);
                prop_assert_eq!(actual_requests(&with), actual_requests(&without));
            }
        }
    }

    /// No permission outlives its max-age: a request without a preflight has a permission that is younger
    /// than its max-age.
    #[test]
    fn a_permission_never_outlives_its_max_age(world in world()) {
        let mut expired_permissions = Vec::new();
        sent_without_preflight(&world, |permissions| {
            if !permissions.iter().any(|(age, seconds)| *age < Duration::from_secs(*seconds)) {
                expired_permissions.push(permissions.to_vec());
            }
        });
        prop_assert!(expired_permissions.is_empty(), "sent with expired permissions only: {:?}", expired_permissions);
    }

    /// The cache never exceeds its bounds, counts its size correctly, and shows no entry older than its
    /// max-age.
    #[test]
    fn the_cache_stays_within_its_bounds((world, limits) in (world(), limits())) {
        let mut player = Player::with_cache(PreflightCache::new(limits));
        for fetch in &world.fetches {
            let completed = player.play(&world, fetch);
            let now = player.now;
            let cache = player.user_agent.cache_mut();
            prop_assert!(cache.len() <= limits.entries && cache.bytes() <= limits.bytes, "{:?}", completed);
            prop_assert!(cache.entries(now).all(|entry| now.since(entry.stored) < entry.max_age));
            cache.remove_expired(now);
            prop_assert_eq!(cache.len(), cache.entries(now).count());
            // Entries show a URL without user name and password, but these are stored and counted.
            let shown = counted_bytes(cache.entries(now));
            let hides = world.fetches.iter().any(|fetch| fetch.url.contains('@'));
            prop_assert!(cache.bytes() == shown || (hides && cache.bytes() > shown), "{} {}", cache.bytes(), shown);
        }
    }
}

fn limits() -> impl Strategy<Value = CacheLimits> {
    (select(vec![0, 1, 2, 3, 5, 100]), select(vec![0, 500, 700, 1_200, 4_000, 40_000]))
        .prop_map(|(entries, bytes)| CacheLimits { entries, bytes })
}

/// The cases that these properties are about are drawn.
#[test]
fn these_properties_are_exercised() {
    reaches(
        steady_world(),
        30_000,
        &["spared, and delivered", "spared, and refused", "a cached wildcard serves credentials"],
        |it, counts| {
            for (with, without) in with_and_without(it) {
                if with.exchanges.len() < without.exchanges.len() {
                    counts.add(if with.outcome.is_ok() {
                        "spared, and delivered"
                    } else {
                        "spared, and refused"
                    });
                }
                if let Some(exception) =
                    exception(&without).filter(|_| outcome_text(&with) != outcome_text(&without))
                {
                    counts.add(exception);
                }
            }
        },
    );

    reaches(
        world(),
        15_000,
        &["sent without a preflight", "in the last second", "just expired"],
        |world, counts| {
            sent_without_preflight(world, |permissions| {
                counts.add("sent without a preflight");
                if permissions.iter().any(|(age, seconds)| age.as_secs() + 1 == *seconds) {
                    counts.add("in the last second");
                }
            });
            let mut player = Player::new();
            for fetch in &world.fetches {
                let before = player.user_agent.cache().clone();
                player.play(world, fetch);
                let over = |entry: &CacheEntry<'_>| player.now.since(entry.stored) == entry.max_age;
                if before.entries(Timestamp::ZERO).any(|entry| over(&entry)) {
                    counts.add("just expired");
                }
            }
        },
    );

    reaches(
        (world(), limits()),
        5_000,
        &["nothing kept", "a part kept", "all kept"],
        |(world, limits), counts| {
            let [mut bounded, mut free] =
                [*limits, CacheLimits::default()].map(|it| Player::with_cache(PreflightCache::new(it)));
            for fetch in &world.fetches {
                bounded.play(world, fetch);
                free.play(world, fetch);
                let [kept, all] = [&bounded, &free].map(|player| player.user_agent.cache().len());
                counts.add(match (kept, all) {
                    (0, 1..) => "nothing kept",
                    (kept, all) if kept < all => "a part kept",
                    _ => "all kept",
                });
            }
        },
    );
}

/// Returns whether a fetch is delivered in a user agent that has fetched `before`, and in one that has not.
fn delivered_after_and_afresh(before: &Request, request: &Request, methods: Option<&str>) -> [bool; 2] {
    let server = |_: &_| {
        let response = Response::builder()
            .header("access-control-allow-origin", "https://a.test")
            .header("access-control-allow-credentials", "true")
            .header("access-control-allow-headers", "*");
        let response = methods
            .into_iter()
            .fold(response, |it, methods| it.header("access-control-allow-methods", methods));
        response.body(()).unwrap()
    };
    [Some(before), None].map(|before| {
        let mut oracle = Oracle::new(Page::new("https://a.test/").unwrap());
        if let Some(before) = before {
            assert!(oracle.fetch(before.clone(), &mut { server }).outcome().is_ok());
        }
        oracle.fetch(request.clone(), &mut { server }).outcome().is_ok()
    })
}

/// The exceptions to the first property, from the standard: method cache entry match and header-name cache
/// entry match do not look at credentials if the entry is `*`, and the cache does not store that
/// CORS-preflight fetch 7.4 applied.
#[test]
fn the_exceptions_are_those_of_the_standard() {
    let page = Page::new("https://a.test/").unwrap();
    let call = |method: &str| {
        page.fetch("https://b.test/").credentials(CredentialsMode::Include).method(method).build().unwrap()
    };
    // A response that lists PUT and `*` does not allow DELETE, but its cache entries do.
    assert_eq!(delivered_after_and_afresh(&call("PUT"), &call("DELETE"), Some("PUT, *")), [true, false]);
    let mut with_header = call("PUT");
    with_header.headers.append("x-a".parse().unwrap(), "1").unwrap();
    assert_eq!(delivered_after_and_afresh(&call("PUT"), &with_header, Some("PUT, *")), [true, false]);
    // A response without a list allows PUT only if the preflight is forced, but its cache entry always does.
    let mut forced = call("PUT");
    forced.use_cors_preflight = true;
    assert_eq!(delivered_after_and_afresh(&forced, &call("PUT"), None), [true, false]);
    assert_eq!(delivered_after_and_afresh(&forced, &call("DELETE"), None), [false, false]);
}
