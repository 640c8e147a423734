//! `CacheLimits::bytes` bounds the memory of a preflight cache.

use allocation_counter::measure;
use crossorigin::{
    browser::{CacheLimits, Page, PartitionKey, PreflightCache, Profile, Step, Timestamp, UserAgent},
    http::Response,
    site::Sites,
};

/// Memory that does not depend on the content of the cache: the first node of a tree, and a small table.
const CONSTANT: usize = 1_000;

/// The partition of a top-level page with this origin.
fn site(origin: &str) -> PartitionKey {
    PartitionKey::of_top_level(Page::new(origin).unwrap().origin(), Sites::default())
}

/// A request, and what the response to its preflight allows.
struct Permission {
    page: Page,
    url: String,
    methods: String,
    header_names: String,
}

impl Permission {
    /// The method PUT and one header, for a URL of its own.
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

/// Stores permissions, and checks the memory after each round of ten.
fn assert_memory_is_counted(permission: impl Fn(usize) -> Permission, count: usize) {
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
        // The count is not much larger than the memory, so the cache can use most of its limit.
        let counted = user_agent.cache().bytes();
        assert!(usize::try_from(live).unwrap() * 5 / 2 > counted, "{live} bytes live, {counted} counted");
    }
}

#[test]
fn the_memory_of_many_urls_is_counted() {
    assert_memory_is_counted(Permission::numbered, 2_000);
}

#[test]
fn the_memory_of_many_origins_is_counted() {
    let of_origin = |number| Permission {
        page: Page::new(&format!("https://app-{number}.example/"))
            .unwrap()
            .with_partition(Some(site("https://app.example"))),
        ..Permission::numbered(0)
    };
    assert_memory_is_counted(of_origin, 2_000);
}

#[test]
fn the_memory_of_many_partitions_is_counted() {
    let with_partition = |number| Permission {
        page: Page::new("https://app.example/")
            .unwrap()
            .with_partition(Some(site(&format!("https://top-{number}.example")))),
        ..Permission::numbered(0)
    };
    assert_memory_is_counted(with_partition, 2_000);
}

#[test]
fn the_memory_of_long_urls_and_names_is_counted() {
    let long = |number| Permission {
        url: format!("https://api.example/{number}?{}", "q".repeat(2_000)),
        methods: format!("PUT, {}", "m".repeat(1_000)),
        header_names: format!("x-a, {}", "x".repeat(1_000)),
        ..Permission::numbered(0)
    };
    assert_memory_is_counted(long, 200);
}

#[test]
fn the_memory_of_many_names_is_counted() {
    let names = (0..300).map(|number| format!("x{number}")).collect::<Vec<_>>().join(",");
    let many = |number| Permission {
        methods: format!("PUT,{names}"),
        header_names: names.clone(),
        ..Permission::numbered(number)
    };
    assert_memory_is_counted(many, 50);
}

/// Each response allows another header, so the record is rewritten each time.
#[test]
fn the_memory_of_a_rewritten_record_is_counted() {
    let again = |number| Permission { header_names: format!("x-{number}"), ..Permission::numbered(0) };
    let mut user_agent = with_limits(CacheLimits::default());
    let live = measure(|| (0..500).for_each(|number| store(&mut user_agent, &again(number))));
    let counted = user_agent.cache().bytes();
    assert!(usize::try_from(live.bytes_current).unwrap() <= counted + CONSTANT);
}

/// The memory of many short records is freed after a few long records have evicted them.
#[test]
fn the_memory_of_evicted_short_records_is_freed() {
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

/// Expired and cleared entries use no memory.
#[test]
fn the_memory_of_removed_entries_is_freed() {
    let removals: [fn(&mut PreflightCache); 3] = [
        PreflightCache::clear,
        |cache| cache.remove_expired(Timestamp::from_secs(7_200)),
        |cache| cache.clear_partition(Some(&site("https://app.example"))),
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
