//! What holds of the CORS-preflight cache, whatever is fetched and answered.

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

use super::player::{CompletedFetch, Exchanged, Player};
use crate::{
    distribution::reaches,
    model::{
        Answer, Kind, Sent,
        random_responses::{to_actual_request, to_preflight},
        random_worlds::world,
        world::{Template, World},
    },
    proptest_config::cases,
};

/// A server that answers alike: what it says depends on the URL and on what the request says, never on what was before.
#[derive(Debug, Clone)]
struct Alike {
    to_preflights: Vec<Template>,
    to_actual_requests: Vec<Template>,
}

impl Alike {
    fn answer(&self, sent: &Sent) -> Option<Answer> {
        let of_this_kind = match sent.kind {
            Kind::Preflight => &self.to_preflights,
            Kind::Actual => &self.to_actual_requests,
        };
        let url = sent.url.split('#').next().unwrap_or_default();
        let number: usize = url.bytes().map(usize::from).sum();
        of_this_kind[number % of_this_kind.len()].answer(sent)
    }
}

/// Some permit by a wildcard beside a name, and some have no list of methods: there the exceptions are.
fn alike() -> impl Strategy<Value = Alike> {
    let lists = select(vec![None, None, Some(&[][..]), Some(&["PUT, *"]), Some(&["PATCH,*"])]);
    (vec(to_preflight(), 1..3), vec(to_actual_request(), 1..4), lists).prop_map(
        |(mut to_preflights, to_actual_requests, lists)| {
            for (template, methods) in to_preflights.iter_mut().filter_map(|it| Some((it, lists?))) {
                template.headers.retain(|(name, _)| *name != "Access-Control-Allow-Methods");
                template.headers.extend(
                    methods.iter().map(|line| ("Access-Control-Allow-Methods".into(), (*line).into())),
                );
            }
            Alike { to_preflights, to_actual_requests }
        },
    )
}

/// A world in front of such a server. Most of its fetches go to one URL, so that they meet in the cache.
fn steady_world() -> impl Strategy<Value = (World, Alike)> {
    let often = prop::bool::weighted;
    (world(), alike(), often(0.8), often(0.4)).prop_map(|(mut world, server, one_url, include)| {
        // A third exception has a test of its own: what is itself called `*`.
        for fetch in &mut world.fetches {
            fetch.method = if fetch.method == "*" { "PUT".into() } else { fetch.method.clone() };
            fetch.headers.retain(|(name, _)| *name != "*");
        }
        let first = world.fetches[0].clone();
        for fetch in world.fetches.iter_mut().filter(|_| one_url) {
            (fetch.url, fetch.mode, fetch.unsafe_request) = ("https://b.test/".into(), "cors", true);
            (fetch.partition, fetch.by_another_page) = (first.partition, first.by_another_page);
            // The exception about wildcards is one of credentials.
            fetch.credentials_mode = if include { "include" } else { first.credentials_mode };
        }
        (world, server)
    })
}

/// All that can be seen of an end.
fn end(played: &CompletedFetch) -> String {
    match &played.outcome {
        Err(error) => error.step().to_string(),
        Ok(response) => {
            let mut lines: Vec<_> = response.headers().iter().map(|line| format!("{line:?}")).collect();
            lines.sort();
            let status = response.status().map(|status| status.as_u16());
            format!("{:?} {status:?} {:?} {lines:?}", response.response_type(), response.url_list())
        }
    }
}

/// The two ways in which the text lets a cached permission go further than the answer that it came from.
fn exception(without_cache: &CompletedFetch) -> Option<&'static str> {
    let error = without_cache.outcome.as_ref().err()?;
    let include = without_cache.request.credentials == CredentialsMode::Include;
    let has_list = without_cache.exchanges.last()?.answered_header("access-control-allow-methods").is_some();
    match error.reason() {
        // An entry `*` matches, although the same `*` does not count in an answer to a request with credentials.
        Reason::MethodNotAllowed { wildcard_ignored: true, .. }
        | Reason::HeaderNotAllowed { wildcard_ignored: true, .. }
            if include =>
        {
            Some("a cached wildcard serves credentials")
        }
        // The method of a preflight that was forced is cached, and serves requests that did not force theirs.
        Reason::MethodNotAllowed { .. } if !has_list => Some("a cached method that was forced"),
        _ => None,
    }
}

/// Plays it with a cache, and each fetch once more without.
fn with_and_without((world, server): &(World, Alike)) -> Vec<(CompletedFetch, CompletedFetch)> {
    let mut player = Player::new();
    let fetches = world.fetches.iter().map(|fetch| {
        let with = player.play_against(world, fetch, &mut |sent| server.answer(sent));
        let without = Player::new().play_against(world, fetch, &mut |sent| server.answer(sent));
        (with, without)
    });
    fetches.collect()
}

fn actual_requests(played: &CompletedFetch) -> Vec<String> {
    played.of_kind(RequestKind::Actual).map(|it| format!("{:?}", it.sent)).collect()
}

/// Whether this request may not go out without a permission. (A part of those that may not, which is enough here.)
fn needs_permission(played: &CompletedFetch, exchanged: &Exchanged) -> bool {
    let request = &played.request;
    let method_is_safelisted = ["GET", "HEAD", "POST"].contains(&exchanged.sent.method.as_str());
    let has_author_header =
        ["x-a", "x-b", "authorization"].iter().any(|name| exchanged.header(name).is_some());
    exchanged.sent.kind == RequestKind::Actual
        && played.is_subject_to_cors(exchanged)
        && (request.use_cors_preflight
            || (request.unsafe_request && (!method_is_safelisted || has_author_header)))
}

/// The seconds for which an answer to a preflight permits, read as plainly as can be.
fn permitted_for(answer: &Exchanged) -> u64 {
    let value = answer.answered_header("access-control-max-age").unwrap_or_default();
    let is_number = !value.is_empty() && value.bytes().all(|byte| byte.is_ascii_digit());
    if is_number { value.parse().unwrap_or(u64::MAX) } else { 5 }
}

/// How long before a request that was sent without a preflight the permissions for it were given, and for how long.
fn permissions<'a>(
    earlier: &'a [(Option<String>, Exchanged)],
    played: &'a CompletedFetch,
    request: &'a Exchanged,
) -> impl Iterator<Item = (Duration, u64)> + 'a {
    let partition = played.request.partition.as_ref().map(|key| key.as_str().to_owned());
    let origin = request.header("origin").map(|value| value.rsplit(", ").next().unwrap().to_owned());
    let is_for_it = move |(key, preflight): &&(Option<String>, Exchanged)| {
        *key == partition && preflight.sent.url == request.sent.url && preflight.header("origin") == origin
    };
    earlier.iter().filter(is_for_it).map(|(_, it)| (request.at.since(it.answered), permitted_for(it)))
}

/// Every request that needed a permission and was sent without asking for one, with those that had been given before.
fn sent_without_asking(world: &World, mut each: impl FnMut(&[(Duration, u64)])) {
    let mut preflights = Vec::new();
    let mut player = Player::new();
    for fetch in &world.fetches {
        let played = player.play(world, fetch);
        let partition = played.request.partition.as_ref().map(|key| key.as_str().to_owned());
        for (index, exchanged) in played.exchanges.iter().enumerate() {
            let asked = index > 0 && played.exchanges[index - 1].sent.kind == RequestKind::Preflight;
            if exchanged.sent.kind == RequestKind::Preflight {
                preflights.push((partition.clone(), exchanged.clone()));
            } else if needs_permission(&played, exchanged) && !asked {
                each(&permissions(&preflights, &played, exchanged).collect::<Vec<_>>());
            }
        }
    }
}

/// What the cache says that it holds, counted anew from its entries.
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

/// A server that permits just the method which a page asks for permits all that follow, once that is the method `*`.
#[test]
fn a_method_that_is_called_wildcard_is_one_in_the_cache() {
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

    /// The same fetch ends alike, and sends the same requests but for preflights, with a cache as without one, against a
    /// server that answers alike. The text has two exceptions, and no other difference is one.
    #[test]
    fn a_fetch_ends_alike_with_and_without_a_cache(it in steady_world()) {
        for (with, without) in with_and_without(&it) {
            if exception(&without).is_none() {
                prop_assert_eq!(end(&with), end(&without), "{:#?}", with.exchanges);
                prop_assert_eq!(actual_requests(&with), actual_requests(&without));
            }
        }
    }

    /// No permission outlives its max-age: what is sent without asking was permitted less than so many seconds ago.
    #[test]
    fn a_permission_never_outlives_its_max_age(world in world()) {
        let mut faults = Vec::new();
        sent_without_asking(&world, |permissions| {
            if !permissions.iter().any(|(age, seconds)| *age < Duration::from_secs(*seconds)) {
                faults.push(permissions.to_vec());
            }
        });
        prop_assert!(faults.is_empty(), "sent with no other permission than: {:?}", faults);
    }

    /// The cache never exceeds its bounds, counts right, and shows no entry that has outlived its max-age.
    #[test]
    fn the_cache_stays_within_its_bounds((world, limits) in (world(), limits())) {
        let mut player = Player::with_cache(PreflightCache::new(limits));
        for fetch in &world.fetches {
            let played = player.play(&world, fetch);
            let now = player.now;
            let cache = player.user_agent.cache_mut();
            prop_assert!(cache.len() <= limits.entries && cache.bytes() <= limits.bytes, "{:?}", played);
            prop_assert!(cache.entries(now).all(|entry| now.since(entry.stored) < entry.max_age));
            cache.remove_expired(now);
            prop_assert_eq!(cache.len(), cache.entries(now).count());
            // Entries show a URL without its user name and password, which are kept and counted.
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

/// Every property here is about something that happens.
#[test]
fn worlds_are_about_these_laws() {
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
                if let Some(exception) = exception(&without).filter(|_| end(&with) != end(&without)) {
                    counts.add(exception);
                }
            }
        },
    );

    reaches(
        world(),
        15_000,
        &["sent without asking", "in the last second", "over to the second"],
        |world, counts| {
            sent_without_asking(world, |permissions| {
                counts.add("sent without asking");
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
                    counts.add("over to the second");
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

/// A fetch in a user agent that has fetched what was `before`, and in one that has not: delivered or not?
fn after_and_afresh(before: &Request, request: &Request, methods: Option<&str>) -> [bool; 2] {
    let server = |_: &_| {
        let answer = Response::builder()
            .header("access-control-allow-origin", "https://a.test")
            .header("access-control-allow-credentials", "true")
            .header("access-control-allow-headers", "*");
        let answer = methods
            .into_iter()
            .fold(answer, |it, methods| it.header("access-control-allow-methods", methods));
        answer.body(()).unwrap()
    };
    [Some(before), None].map(|before| {
        let mut oracle = Oracle::new(Page::new("https://a.test/").unwrap());
        if let Some(before) = before {
            assert!(oracle.fetch(before.clone(), &mut { server }).outcome().is_ok());
        }
        oracle.fetch(request.clone(), &mut { server }).outcome().is_ok()
    })
}

/// The exceptions to the first property, each as the text has it: method cache entry match and header-name cache entry match
/// do not look at credentials where the entry is `*`, and CORS-preflight fetch 7.4 is not remembered as such.
#[test]
fn the_exceptions_are_those_of_the_text() {
    let page = Page::new("https://a.test/").unwrap();
    let call = |method: &str| {
        page.fetch("https://b.test/").credentials(CredentialsMode::Include).method(method).build().unwrap()
    };
    // By an answer that lists PUT and `*`, DELETE is not allowed; by the entries that it leaves, it is.
    assert_eq!(after_and_afresh(&call("PUT"), &call("DELETE"), Some("PUT, *")), [true, false]);
    let mut with_header = call("PUT");
    with_header.headers.append("x-a".parse().unwrap(), "1").unwrap();
    assert_eq!(after_and_afresh(&call("PUT"), &with_header, Some("PUT, *")), [true, false]);
    // By an answer without a list, PUT is allowed only if the preflight is forced; by the entry that it leaves, always.
    let mut forced = call("PUT");
    forced.use_cors_preflight = true;
    assert_eq!(after_and_afresh(&forced, &call("PUT"), None), [true, false]);
    assert_eq!(after_and_afresh(&forced, &call("DELETE"), None), [false, false]);
}
