//! The CORS-preflight cache: its bounds, partitions, expiry and inspection.

use std::time::Duration;

use crossorigin::{
    browser::{
        CacheLimits, CachedPermission, Page, PartitionKey, PreflightCache, Profile, RequestKind, Step,
        Timestamp, UserAgent,
    },
    origin::{OpaqueOrigin, Origin},
};

use super::support::{A, B, Browser, C, Cors, ScriptedResponse, exchange, ok, page, pf, redirect};

/// The most methods, and the most header names, that are cached for one origin and URL.
const MAX_KEPT_NAMES: usize = 256;

fn user_agent(limits: CacheLimits) -> UserAgent {
    UserAgent::new(Profile::standard()).with_cache(PreflightCache::new(limits))
}

/// Sends a preflight for a PUT to this URL, and stores this response.
#[track_caller]
fn store(user_agent: &mut UserAgent, url: &str, permission: &ScriptedResponse, now: Timestamp) {
    let request = exchange("PUT", url).request();
    let Step::Send(preflight) = user_agent.fetch(request, now) else { panic!() };
    let _ = preflight.receive(permission.head(), user_agent, now);
}

fn permission() -> ScriptedResponse {
    pf().allow_origin(A).allow_methods("PUT").max_age("600")
}

fn holds(user_agent: &UserAgent, url: &str, now: Timestamp) -> bool {
    user_agent.cache().entries(now).any(|entry| entry.url == url)
}

#[test]
fn both_bounds_hold_and_the_newest_entries_stay() {
    let now = Timestamp::ZERO;
    for limits in [
        CacheLimits { entries: 50, bytes: usize::MAX },
        CacheLimits { entries: usize::MAX, bytes: 10_000 },
        CacheLimits { entries: 1, bytes: 10_000 },
        CacheLimits::default(),
    ] {
        let mut user_agent = user_agent(limits);
        for number in 0..500 {
            let url = format!("https://b.test/{number}");
            store(&mut user_agent, &url, &permission(), now);
            assert!(user_agent.cache().len() <= limits.entries && user_agent.cache().bytes() <= limits.bytes);
            assert!(holds(&user_agent, &url, now));
        }
        assert_eq!(holds(&user_agent, "https://b.test/0", now), limits == CacheLimits::default());
    }
    let mut none = user_agent(CacheLimits { entries: 0, bytes: 0 });
    store(&mut none, B, &permission(), now);
    assert!(none.cache().is_empty());
    assert_eq!(none.cache().bytes(), 0);
}

#[test]
fn the_size_of_a_record_is_counted_as_documented() {
    let mut stored = user_agent(CacheLimits::default());
    assert!(stored.cache().is_empty());
    let longer = permission().allow_methods("PUT, PATCH").allow_headers("x-a");
    store(&mut stored, B, &longer, Timestamp::ZERO);
    // The key is partition, origin and URL. The names are in three entries.
    let expected = A.len() + A.len() + "https://b.test/".len() + 400 + "PUTPATCHx-a".len() + 3 * 80;
    assert_eq!((stored.cache().len(), stored.cache().bytes()), (3, expected));
    assert!(!stored.cache().is_empty());

    // A record of exactly the limit fits, and one byte less is too little.
    for (entries, bytes, fits) in
        [(3, expected, true), (2, expected, false), (3, expected - 1, false), (usize::MAX, expected, true)]
    {
        let mut bounded = user_agent(CacheLimits { entries, bytes });
        store(&mut bounded, B, &longer, Timestamp::ZERO);
        assert_eq!(holds(&bounded, "https://b.test/", Timestamp::ZERO), fits, "{entries} {bytes}");
    }
}

#[test]
fn the_first_names_of_a_long_list_are_stored() {
    let names = (0..1000).map(|number| format!("x-{number}")).collect::<Vec<_>>().join(",");
    let mut user_agent = user_agent(CacheLimits::default());
    let long = permission().allow_methods(&names).allow_headers(&names);
    store(&mut user_agent, B, &long, Timestamp::ZERO);
    assert_eq!(user_agent.cache().len(), 2 * MAX_KEPT_NAMES);
}

#[test]
fn a_record_that_is_too_large_evicts_no_other() {
    let names = (0..100).map(|number| format!("x-{number}")).collect::<Vec<_>>().join(",");
    for limits in
        [CacheLimits { entries: 50, bytes: usize::MAX }, CacheLimits { entries: usize::MAX, bytes: 3_000 }]
    {
        let mut user_agent = user_agent(limits);
        store(&mut user_agent, B, &permission(), Timestamp::ZERO);
        store(&mut user_agent, C, &permission().allow_headers(&names), Timestamp::ZERO);
        assert!(holds(&user_agent, "https://b.test/", Timestamp::ZERO));
        assert_eq!(user_agent.cache().len(), 1);
    }
}

#[test]
fn expired_entries_are_neither_used_nor_shown() {
    let mut browser = Browser::standard();
    let put = exchange("PUT", B);
    browser.run(&put, [permission().max_age("0600"), ok().allow_origin(A)]);
    let mut browser = Browser::standard();
    browser.run(&put, [permission(), ok().allow_origin(A)]).delivered(Cors);
    browser.wait(599).run(&put, [ok().allow_origin(A)]).delivered(Cors);
    assert_eq!(browser.cached().len(), 1);
    // An entry expires at exactly its max-age.
    browser.wait(1);
    assert!(browser.cached().is_empty());
    browser.run(&put, [permission(), ok().allow_origin(A)]).delivered(Cors);

    // An expired entry needs space until it is removed, or until its record is changed.
    let mut user_agent = user_agent(CacheLimits::default());
    let later = Timestamp::from_secs(1000);
    store(&mut user_agent, B, &permission(), Timestamp::ZERO);
    store(&mut user_agent, C, &permission().allow_headers("x-a, x-b"), later);
    assert_eq!((user_agent.cache().len(), user_agent.cache().entries(later).count()), (4, 3));
    user_agent.cache_mut().remove_expired(later);
    assert_eq!(user_agent.cache().len(), 3);
    user_agent.cache_mut().remove_expired(Timestamp::from_secs(9999));
    assert_eq!((user_agent.cache().len(), user_agent.cache().bytes()), (0, 0));
}

#[test]
fn a_clock_that_goes_back_expires_nothing() {
    let mut user_agent = user_agent(CacheLimits::default());
    store(&mut user_agent, B, &permission(), Timestamp::from_secs(1000));
    assert!(holds(&user_agent, "https://b.test/", Timestamp::ZERO));
}

#[test]
fn entries_show_what_was_stored() {
    let mut browser = Browser::standard();
    let call = exchange("PUT", "https://b.test/x?y#z").include().header("X-A", "1");
    let credentials = |response: ScriptedResponse| response.allow_origin(A).allow_credentials("true");
    let permission = credentials(pf()).allow_methods("PUT, *").allow_headers("X-a").max_age("7");
    browser.wait(3).run(&call, [permission, credentials(ok())]).delivered(Cors);
    let now = browser.oracle().now();
    let entries: Vec<_> = browser.oracle().user_agent().cache().entries(now).collect();
    let grants: Vec<_> = entries.iter().map(|entry| entry.permission).collect();
    // A header name keeps the case in which the server wrote it.
    assert_eq!(
        grants,
        [
            CachedPermission::Method(b"PUT"),
            CachedPermission::Method(b"*"),
            CachedPermission::HeaderName(b"X-a")
        ]
    );
    for entry in entries {
        assert_eq!(entry.partition.map(PartitionKey::as_str), Some(A));
        assert_eq!((entry.origin, &*entry.url), (A, "https://b.test/x?y#z"));
        assert!(entry.credentials);
        assert_eq!((entry.stored, entry.max_age), (Timestamp::from_secs(3), Duration::from_secs(7)));
    }
}

#[test]
fn clearing_a_partition_keeps_the_others() {
    let mut browser = Browser::standard();
    let keys =
        [Some(PartitionKey::new("https://one.test")), Some(PartitionKey::new("https://two.test")), None];
    for key in &keys {
        for url in [B, C] {
            let call = exchange("PUT", url).by(page(A).with_partition(key.clone()));
            browser.run(&call, [permission(), ok().allow_origin(A)]).delivered(Cors);
        }
    }
    let partitions = |browser: &mut Browser| {
        let now = browser.oracle().now();
        let cache = browser.oracle().user_agent().cache();
        let mut keys: Vec<_> = cache.entries(now).map(|entry| entry.partition.cloned()).collect();
        keys.sort();
        keys
    };
    let [one, two, null] = keys;
    assert_eq!(partitions(&mut browser).len(), 6);
    browser.oracle().user_agent_mut().cache_mut().clear_partition(two.as_ref());
    assert_eq!(partitions(&mut browser), [null.clone(), null, one.clone(), one.clone()]);
    browser.oracle().user_agent_mut().cache_mut().clear_partition(None);
    assert_eq!(partitions(&mut browser), [one.clone(), one.clone()]);
    // Clearing an absent partition changes nothing.
    browser.oracle().user_agent_mut().cache_mut().clear_partition(two.as_ref());
    assert_eq!(partitions(&mut browser).len(), 2);
    browser.oracle().user_agent_mut().cache_mut().clear_partition(one.as_ref());
    let cache = browser.oracle().user_agent().cache();
    assert_eq!((cache.len(), cache.bytes(), cache.is_empty()), (0, 0, true));
}

#[test]
fn clearing_the_cache_keeps_its_bounds() {
    let mut user_agent = user_agent(CacheLimits { entries: 1, bytes: 10_000 });
    store(&mut user_agent, B, &permission(), Timestamp::ZERO);
    user_agent.cache_mut().clear();
    assert_eq!((user_agent.cache().len(), user_agent.cache().bytes()), (0, 0));
    store(&mut user_agent, B, &permission(), Timestamp::ZERO);
    store(&mut user_agent, C, &permission(), Timestamp::ZERO);
    assert_eq!(user_agent.cache().len(), 1);
}

#[test]
fn equal_caches_have_equal_debug_output() {
    let [one, other] = [(); 2].map(|()| {
        let mut user_agent = user_agent(CacheLimits::default());
        for number in 0..20 {
            let url = format!("https://b.test/{number}");
            store(&mut user_agent, &url, &permission(), Timestamp::ZERO);
        }
        format!("{:?}", user_agent.cache())
    });
    assert!(one == other && one.find("/3\"") < one.find("/4\""), "{one}");
}

const NOW: Timestamp = Timestamp::ZERO;

/// If an engine stores an entry for one fetch only, no other fetch uses it, whatever happens to the user
/// agent in the meantime.
#[test]
fn an_entry_for_one_fetch_is_not_used_by_another() {
    let page = |number| {
        Page::with_origin("https://sandboxed.example/".parse().unwrap(), Origin::Opaque(OpaqueOrigin(number)))
            .with_partition(Some(PartitionKey::new("one partition")))
    };
    let put = |number| page(number).fetch(B).method("PUT").build().unwrap();
    let permission = pf().allow_origin("*").allow_methods("PUT").max_age("600").head();
    // The user agent is changed while the first fetch waits for its preflight. Then a second fetch begins.
    let changes: [fn(UserAgent) -> UserAgent; 4] = [
        |mut user_agent| {
            user_agent.cache_mut().clear();
            user_agent
        },
        |user_agent| user_agent.with_cache(PreflightCache::default()),
        |user_agent| user_agent.clone(),
        |_| UserAgent::new(Profile::chromium()),
    ];
    for change in changes {
        let mut user_agent = UserAgent::new(Profile::chromium());
        let Step::Send(first) = user_agent.fetch(put(1), NOW) else { panic!() };
        let mut user_agent = change(user_agent);
        let _ = first.receive(permission.clone(), &mut user_agent, NOW);
        for number in [1, 2] {
            let Step::Send(second) = user_agent.fetch(put(number), NOW) else { panic!() };
            assert_eq!(second.request().kind, RequestKind::Preflight);
        }
        assert!(user_agent.cache().is_empty());
    }
}

/// The fetch itself uses the entry when a redirect leads back to its URL.
#[test]
fn an_entry_for_one_fetch_is_used_by_that_fetch() {
    let page =
        Page::with_origin("https://sandboxed.example/".parse().unwrap(), Origin::Opaque(OpaqueOrigin(1)));
    let mut user_agent = UserAgent::new(Profile::chromium());
    let request = page.fetch(B).method("PUT").build().unwrap();
    let permission = pf().allow_origin("*").allow_methods("PUT").max_age("600").head();
    let Step::Send(preflight) = user_agent.fetch(request, NOW) else { panic!() };
    let Step::Send(actual) = preflight.receive(permission, &mut user_agent, NOW) else { panic!() };
    let back = redirect(307, B).allow_origin("*").head();
    let Step::Redirect(redirect) = actual.receive(back, &mut user_agent, NOW) else { panic!() };
    let Step::Send(again) = redirect.follow(&mut user_agent, NOW) else { panic!() };
    assert_eq!(again.request().kind, RequestKind::Actual);
}
