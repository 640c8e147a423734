//! Pitfalls of max-age and of the CORS-preflight cache.

use std::time::Duration;

use crossorigin::{
    browser::{Failure, Page, PartitionKey, Profile},
    origin::{OpaqueOrigin, Origin},
};

use crate::browser::support::{
    A, B, Browser, C, Call, Cors, ScriptedResponse, exchange, lost, ok, page, pf, redirect, rule,
};

fn put() -> Call {
    exchange("PUT", B)
}

fn permission() -> ScriptedResponse {
    pf().allow_origin(A).allow_methods("PUT")
}

fn response() -> ScriptedResponse {
    ok().allow_origin(A)
}

/// Asserts that the preflight's response is cached for exactly this many seconds.
#[track_caller]
fn assert_cached_for(browser: &mut Browser, permission: ScriptedResponse, seconds: u64) {
    browser.run(&put(), [permission.clone(), response()]).delivered(Cors);
    if let Some(almost) = seconds.checked_sub(1) {
        browser.wait(almost).run(&put(), [response()]).delivered(Cors);
        browser.wait(1);
    }
    browser.run(&put(), [permission, response()]).delivered(Cors);
}

#[test]
fn a_max_age_that_is_not_a_number_means_five_seconds() {
    assert_cached_for(&mut Browser::standard(), permission(), 5);
    for value in ["", "abc", "1.5", "+10", "10,20", "10 s", "0x10"] {
        let mut browser = Browser::standard();
        assert_cached_for(&mut browser, permission().max_age(value), 5);
    }
    assert_cached_for(&mut Browser::standard(), permission().max_age("10").max_age("10"), 5);
    // Leading zeros are allowed.
    assert_cached_for(&mut Browser::standard(), permission().max_age("010"), 10);
}

#[test]
fn a_negative_max_age_means_five_seconds_or_zero() {
    // By the standard, it is not a number.
    assert_cached_for(&mut Browser::standard(), permission().max_age("-1"), 5);
    // All three engines and WPT cors/preflight-cache.htm cache nothing.
    let mut browser = Browser::with(rule("cache.max_age_syntax", Profile::chromium()));
    assert_cached_for(&mut browser, permission().max_age("-1"), 0);
    // Other invalid values are not affected.
    let mut browser = Browser::with(rule("cache.max_age_syntax", Profile::chromium()));
    assert_cached_for(&mut browser, permission().max_age("-"), 5);
}

#[test]
fn a_max_age_of_zero_expires_at_once() {
    assert_cached_for(&mut Browser::standard(), permission().max_age("0"), 0);
}

#[test]
fn a_huge_max_age_means_the_limit() {
    let huge = permission().max_age("99999999999999999999");
    let mut browser = Browser::standard();
    browser.run(&put(), [huge.clone(), response()]).delivered(Cors);
    browser.wait(u64::MAX / 2).run(&put(), [response()]).delivered(Cors);

    let limited = || {
        Browser::with(|profile| {
            *profile = profile.clone().with_max_age_limit(Some(Duration::from_secs(7200)))
        })
    };
    assert_cached_for(&mut limited(), huge, 7200);
    assert_cached_for(&mut limited(), permission().max_age("7201"), 7200);
    assert_cached_for(&mut limited(), permission().max_age("7200"), 7200);
    assert_cached_for(&mut limited(), permission(), 5);
    assert_cached_for(
        &mut Browser::with(|profile| {
            *profile = profile.clone().with_max_age_limit(Some(Duration::from_secs(2)))
        }),
        permission(),
        2,
    );
}

#[test]
fn entries_stored_with_credentials_match_requests_without() {
    let include = || put().include();
    let permission = || permission().allow_credentials("true").max_age("60");
    let response = || response().allow_credentials("true");
    let mut browser = Browser::standard();
    browser.run(&include(), [permission(), response()]).delivered(Cors);
    browser.run(&put().omit(), [response()]).delivered(Cors);
    // But not the other way round.
    let mut browser = Browser::standard();
    browser.run(&put().omit(), [permission(), response()]).delivered(Cors);
    browser.run(&include(), [permission(), response()]).delivered(Cors);
}

#[test]
fn methods_in_the_cache_keep_their_case() {
    let mut browser = Browser::standard();
    let both = || pf().allow_origin(A).allow_methods("PUT, PATCH").max_age("60");
    browser.run(&put(), [both(), response()]).delivered(Cors);
    browser.run(&exchange("put", B), [response()]).delivered(Cors);
    browser.run(&exchange("PATCH", B), [response()]).delivered(Cors);
    browser.run(&exchange("patch", B), [both()]).refused("MethodNotAllowed", "CORS-preflight fetch 7.5");
}

#[test]
fn a_network_error_clears_the_entries_of_its_url() {
    let mut browser = Browser::standard();
    browser.run(&put(), [permission().max_age("600"), response()]).delivered(Cors);
    browser.run(&put(), [lost(Failure::Network)]).refused("Network", "HTTP fetch 4.3");
    assert!(browser.cached().is_empty());
    browser.run(&put(), [permission(), response()]).delivered(Cors);

    // Only if the request had a preflight, or would have had one without the cache.
    let mut browser = Browser::standard();
    browser.run(&put(), [permission().max_age("600"), response()]).delivered(Cors);
    browser.run(&exchange("GET", B), [lost(Failure::Network)]).refused("Network", "HTTP fetch 4.3");
    browser.run(&put(), [response()]).delivered(Cors);

    // In the three engines it does not.
    let mut browser = Browser::with(rule("cache.network_error_clears", Profile::chromium()));
    browser.run(&put(), [permission().max_age("600"), response()]).delivered(Cors);
    browser.run(&put(), [lost(Failure::Network)]).refused("Network", "HTTP fetch 4.3");
    browser.run(&put(), [response()]).delivered(Cors);
}

/// B/p is preflighted and redirects to C/q. The second preflight of C/q fails.
fn redirected_and_failed(browser: &mut Browser) {
    let (p, q) = ("https://b.test/p", "https://c.test/q");
    let permission_at_c = || pf().allow_origin("*").allow_methods("PUT").allow_headers("x-a").max_age("600");
    let at_b = || redirect(307, q).allow_origin(A);
    let permission_at_b = permission().allow_headers("x-a").max_age("600");
    let responses = [permission_at_b, at_b(), permission_at_c(), ok().allow_origin("*")];
    browser.run(&exchange("PUT", p).header("X-A", "1"), responses).delivered(Cors);
    assert_eq!(
        browser.cached(),
        [
            "https://a.test https://b.test/p PUT",
            "https://a.test https://b.test/p x-a",
            "null https://c.test/q PUT",
            "null https://c.test/q x-a",
        ]
    );
    browser.run(&exchange("PUT", p), [at_b(), lost(Failure::Network)]).refused("Network", "HTTP fetch 4.3");
}

#[test]
fn a_failure_clears_the_entries_of_the_current_url() {
    let mut browser = Browser::standard();
    redirected_and_failed(&mut browser);
    let of_b = ["https://a.test https://b.test/p PUT", "https://a.test https://b.test/p x-a"];
    assert_eq!(browser.cached(), of_b);
}

#[test]
fn the_fragment_is_part_of_the_key() {
    let mut browser = Browser::standard();
    for url in ["https://b.test/x#1", "https://b.test/x#2"] {
        browser.run(&exchange("PUT", url), [permission().max_age("60"), response()]).delivered(Cors);
    }
    browser.run(&exchange("PUT", "https://b.test/x#1"), [response()]).delivered(Cors);
}

#[test]
fn an_updated_max_age_counts_from_the_first_store() {
    let run = |browser: &mut Browser, updated: &str| {
        browser.run(&put(), [permission().max_age("600"), response()]).delivered(Cors);
        browser.wait(100);
        // Another header forces a preflight although PUT is cached.
        let with_header = put().header("X-A", "1");
        let permission = permission().allow_headers("x-a").max_age(updated);
        browser.run(&with_header, [permission, response()]).delivered(Cors);
    };
    // By the standard, PUT is cached for 150 s from t=0.
    let mut browser = Browser::standard();
    run(&mut browser, "150");
    browser.wait(49).run(&put(), [response()]).delivered(Cors);
    browser.wait(1);
    assert_eq!(browser.cached(), ["https://a.test https://b.test/ x-a"]);
    browser.run(&put(), [permission(), response()]).delivered(Cors);

    // Engines that have one record per URL replace it, together with its time.
    let mut browser = Browser::with(rule("cache.max_age_starts_again", Profile::firefox()));
    run(&mut browser, "150");
    browser.wait(149).run(&put(), [response()]).delivered(Cors);
    browser.wait(1).run(&put(), [permission(), response()]).delivered(Cors);

    // 50 s have passed since t=0, so the entry expires at once. Then no entry matches, and PUT is stored
    // again at t=100.
    for engine in [Profile::standard(), Profile::firefox()] {
        let mut browser = Browser::with(rule("cache.max_age_starts_again", engine));
        run(&mut browser, "50");
        let both = ["https://a.test https://b.test/ PUT", "https://a.test https://b.test/ x-a"];
        assert_eq!(browser.cached(), both);
        browser.wait(49).run(&put(), [response()]).delivered(Cors);
        browser.wait(1).run(&put(), [permission(), response()]).delivered(Cors);
    }
}

#[test]
fn opaque_origins_of_one_partition_share_entries() {
    let partition = Some(PartitionKey::new("https://top.test"));
    let sandboxed = |number| {
        let origin = Origin::Opaque(OpaqueOrigin(number));
        put().by(Page::with_origin(A.parse().unwrap(), origin).with_partition(partition.clone()))
    };
    let permission = || pf().allow_origin("null").allow_methods("PUT").max_age("60");
    let response = || ok().allow_origin("null");
    let mut browser = Browser::standard();
    browser.run(&sandboxed(1), [permission(), response()]).delivered(Cors);
    browser.run(&sandboxed(2), [response()]).delivered(Cors);

    // Chromium and WebKit distinguish them.
    let mut browser = Browser::with(rule("cache.key_origin", Profile::firefox()));
    browser.run(&sandboxed(1), [permission(), response()]).delivered(Cors);
    browser.run(&sandboxed(2), [permission(), response()]).delivered(Cors);
    browser.run(&sandboxed(1), [response()]).delivered(Cors);
}

/// The site of an opaque origin is the origin itself, so sandboxed pages in two tabs have two partitions.
#[test]
fn opaque_origins_in_different_tabs_share_no_entries() {
    let tab = |number| put().by(Page::with_origin(A.parse().unwrap(), Origin::Opaque(OpaqueOrigin(number))));
    let permission = || pf().allow_origin("null").allow_methods("PUT").max_age("60");
    let response = || ok().allow_origin("null");
    let mut browser = Browser::standard();
    browser.run(&tab(1), [permission(), response()]).delivered(Cors);
    browser.run(&tab(2), [permission(), response()]).delivered(Cors);
    browser.run(&tab(1), [response()]).delivered(Cors);
}

#[test]
fn a_tainted_origin_has_its_own_entries() {
    // WPT fetch/api/cors/cors-preflight-cache-tainted.any.js: requests to C have origin `null` after a
    // redirect, and A directly.
    let run = |browser: &mut Browser| {
        let permission = || pf().allow_origin("*").allow_methods("PUT").max_age("60");
        let redirected = redirect(307, C).allow_origin("*");
        let responses = [permission(), redirected, permission(), ok().allow_origin("*")];
        browser.run(&put(), responses).delivered(Cors);
    };
    let directly = exchange("PUT", C);
    let mut browser = Browser::standard();
    run(&mut browser);
    browser.run(&directly, [permission(), response()]).delivered(Cors);

    // Chromium and Firefox always use the page's own origin.
    let mut browser = Browser::with(rule("cache.key_origin", Profile::firefox()));
    run(&mut browser);
    browser.run(&directly, [response()]).delivered(Cors);
}

#[test]
fn partitions_share_no_entries() {
    let under = |top: &str| put().by(page(A).with_partition(Some(PartitionKey::new(top))));
    let mut browser = Browser::standard();
    for top in ["https://one.test", "https://two.test"] {
        let run = browser.run(&under(top), [permission().max_age("60"), response()]).delivered(Cors);
        // By the standard, the connection of a preflight has no partition, unlike that of the actual request.
        assert_eq!(run.sent[0].partition, None);
        assert_eq!(run.sent[1].partition.as_ref().map(PartitionKey::as_str), Some(top));
    }
    browser.run(&under("https://one.test"), [response()]).delivered(Cors);

    // In all three engines it has the page's partition.
    let mut browser = Browser::with(rule("preflight.is_partitioned", Profile::chromium()));
    let run = browser.run(&under("https://one.test"), [permission(), response()]).delivered(Cors);
    assert_eq!(run.sent[0].partition.as_ref().map(PartitionKey::as_str), Some("https://one.test"));
}
