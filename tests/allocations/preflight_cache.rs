//! `CacheLimits::bytes` bounds the memory that a preflight cache takes.

use allocation_counter::measure;
use crossorigin::{
    browser::{CacheLimits, Page, PartitionKey, PreflightCache, Profile, Step, Timestamp, UserAgent},
    http::Response,
};

/// Memory that does not depend on what the cache holds: the first node of a tree, a table of a few places.
const CONSTANT: usize = 1_000;

/// What a preflight permits, and for which request.
struct Permission {
    page: Page,
    url: String,
    methods: String,
    header_names: String,
}

impl Permission {
    /// The method PUT and one header, of a URL of its own.
    fn numbered(number: usize) -> Self {
        Self {
            page: Page::new("https://app.example/").unwrap(),
            url: format!("https://api.example/{number}"),
            methods: "PUT".to_owned(),
            header_names: "x-a".to_owned(),
        }
    }
}

fn with_limits(limits: CacheLimits) -> UserAgent {
    UserAgent::new(Profile::standard()).with_cache(PreflightCache::new(limits))
}

fn store(user_agent: &mut UserAgent, permission: &Permission) {
    let (header, _) = permission.header_names.split_once(',').unwrap_or((&permission.header_names, ""));
    let request = permission.page.fetch(&permission.url).method("PUT").header(header, "1").build().unwrap();
    let response = Response::builder()
        .header("access-control-allow-origin", "*")
        .header("access-control-allow-methods", &permission.methods)
        .header("access-control-allow-headers", &permission.header_names)
        .header("access-control-max-age", "7200")
        .body(())
        .unwrap();
    let Step::Send(exchange) = user_agent.fetch(request, Timestamp::ZERO) else { panic!("nothing to send") };
    assert!(matches!(exchange.receive(&response, user_agent, Timestamp::ZERO), Step::Send(_)));
}

/// Stores that many permissions, and looks at the memory after each round of a few.
fn takes_no_more_than_it_counts(permission: impl Fn(usize) -> Permission, count: usize) {
    const LIMIT: usize = 256 << 10;
    for limits in [
        CacheLimits { entries: usize::MAX, bytes: LIMIT },
        CacheLimits { entries: usize::MAX, bytes: usize::MAX },
    ] {
        let mut user_agent = with_limits(limits);
        let mut live = 0;
        for round in 0..count.div_ceil(10) {
            let measured = measure(|| {
                for number in 0..10 {
                    store(&mut user_agent, &permission(round * 10 + number));
                }
            });
            live += measured.bytes_current;
            let counted = user_agent.cache().bytes();
            assert!(counted <= limits.bytes);
            let live = usize::try_from(live).unwrap();
            assert!(live <= counted + CONSTANT, "{live} bytes live, {counted} counted, round {round}");
        }
        // Counted is not much more than there is, so that the cache holds about what the limit lets it hold.
        let counted = user_agent.cache().bytes();
        assert!(usize::try_from(live).unwrap() * 5 / 2 > counted, "{live} bytes live, {counted} counted");
    }
}

#[test]
fn many_urls() {
    takes_no_more_than_it_counts(Permission::numbered, 2_000);
}

#[test]
fn many_origins() {
    let of_origin = |number| Permission {
        page: Page::new(&format!("https://app-{number}.example/"))
            .unwrap()
            .with_partition(Some(PartitionKey::new("https://app.example"))),
        ..Permission::numbered(0)
    };
    takes_no_more_than_it_counts(of_origin, 2_000);
}

#[test]
fn many_partitions() {
    let with_partition = |number| Permission {
        page: Page::new("https://app.example/")
            .unwrap()
            .with_partition(Some(PartitionKey::new(&format!("https://top-{number}.example")))),
        ..Permission::numbered(0)
    };
    takes_no_more_than_it_counts(with_partition, 2_000);
}

#[test]
fn long_urls_and_names() {
    let long = |number| Permission {
        url: format!("https://api.example/{number}?{}", "q".repeat(2_000)),
        methods: format!("PUT, {}", "m".repeat(1_000)),
        header_names: format!("x-a, {}", "x".repeat(1_000)),
        ..Permission::numbered(0)
    };
    takes_no_more_than_it_counts(long, 200);
}

#[test]
fn many_names() {
    let names = (0..300).map(|number| format!("x{number}")).collect::<Vec<_>>().join(",");
    let many = |number| Permission {
        methods: format!("PUT,{names}"),
        header_names: names.clone(),
        ..Permission::numbered(number)
    };
    takes_no_more_than_it_counts(many, 50);
}

/// Each response names other methods, so the record is rewritten each time.
#[test]
fn one_record_stored_into_again_and_again() {
    let again = |number| Permission { header_names: format!("x-{number}"), ..Permission::numbered(0) };
    let mut user_agent = with_limits(CacheLimits::default());
    let live = measure(|| (0..500).for_each(|number| store(&mut user_agent, &again(number))));
    let counted = user_agent.cache().bytes();
    assert!(usize::try_from(live.bytes_current).unwrap() <= counted + CONSTANT);
}

/// The places of many short records in the table are given back once few long ones have pushed them out.
#[test]
fn few_long_records_after_many_short_ones() {
    let mut user_agent = with_limits(CacheLimits { entries: usize::MAX, bytes: 1 << 20 });
    let long = |number| Permission {
        url: format!("https://api.example/{number}?{}", "q".repeat(500_000)),
        ..Permission::numbered(0)
    };
    let live = measure(|| {
        (0..2_000).for_each(|number| store(&mut user_agent, &Permission::numbered(number)));
        (0..4).for_each(|number| store(&mut user_agent, &long(number)));
    });
    let counted = user_agent.cache().bytes();
    assert!(counted <= 1 << 20);
    assert!(usize::try_from(live.bytes_current).unwrap() <= counted + CONSTANT);
}

/// What expired, was cleared or was refused is not held.
#[test]
fn what_is_removed_is_given_back() {
    let removals: [fn(&mut PreflightCache); 3] = [
        PreflightCache::clear,
        |cache| cache.remove_expired(Timestamp::from_secs(7_200)),
        |cache| cache.clear_partition(Some(&PartitionKey::new("https://app.example"))),
    ];
    for remove in removals {
        let mut user_agent = with_limits(CacheLimits::default());
        let live = measure(|| {
            (0..500).for_each(|number| store(&mut user_agent, &Permission::numbered(number)));
            remove(user_agent.cache_mut());
        });
        assert!(user_agent.cache().is_empty());
        assert!(usize::try_from(live.bytes_current).unwrap() <= CONSTANT, "{}", live.bytes_current);
    }
}
