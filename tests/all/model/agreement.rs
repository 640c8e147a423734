//! Engine and model agree about every fetch, whatever the page requests and the network responds.

use crossorigin::browser::{self as engine, Page, Request};
use proptest::{prelude::*, sample::select};

use super::{
    Body, Browser, Kind,
    engine::builder_of,
    headers::byte_lowercase,
    initiators::{Made, make},
    main_fetch::is_cors_safelisted_method,
    observation::{disagreement, model_origin, run_model},
    random_worlds::{by_initiator, world, world_with_addresses},
};
use crate::{distribution::reaches, proptest_config::cases};

proptest! {
    #![proptest_config(cases(1_000))]

    /// Engine and model send the same requests, have the same outcome (the same failing step, or the same
    /// visible response), and store the same cache entries, fetch by fetch, while time passes.
    #[test]
    fn engine_and_model_agree(world in world()) {
        let disagreement = disagreement(&world);
        prop_assert!(disagreement.is_none(), "{}", disagreement.unwrap_or_default());
    }
}

proptest! {
    #![proptest_config(cases(1_000))]

    /// Engine and model agree about local network access, in every combination with all else.
    #[test]
    fn engine_and_model_agree_about_addresses(world in world_with_addresses()) {
        let disagreement = disagreement(&world);
        prop_assert!(disagreement.is_none(), "{}", disagreement.unwrap_or_default());
    }
}

/// These worlds reach every step of the check, before preflights and before actual requests, and after redirects.
#[test]
fn worlds_with_addresses_reach_every_step() {
    let steps = ["4.2", "5.2", "5.8", "5.9", "5.11", "5.13.2"];
    let expected = steps.map(|step| format!("Local Network Access check {step}"));
    let expected: Vec<_> = expected.iter().map(String::as_str).collect();
    let expected = [&expected[..], &["after a redirect", "after a preflight", "granted"]].concat();
    reaches(world_with_addresses(), 5_000, &expected, |world, counts| {
        let mut model = Browser::new();
        for fetch in &world.fetches {
            let seen = run_model(&mut model, &model_origin(world), fetch);
            let is_granted = [model.permissions.0, model.permissions.1].contains(&"granted");
            if is_granted && seen.outcome.is_ok() {
                counts.add("granted");
            }
            let Err(step) = seen.outcome else { continue };
            if let Some(last) = seen.sent.last().filter(|_| step.starts_with("Local Network")) {
                counts.add(if last.kind == Kind::Preflight {
                    "after a preflight"
                } else {
                    "after a redirect"
                });
            }
            counts.add(step);
        }
    });
}

proptest! {
    #![proptest_config(cases(2_000))]

    /// Engine and model make the same request for an initiator, and refuse the same settings and URLs.
    #[test]
    fn initiators_of_engine_and_model_agree(by in by_initiator(), url in select(URLS.to_vec())) {
        let page = Page::new("https://a.test/dir/page").unwrap();
        let built = builder_of(&page, &by, url).build();
        let made = make(&by, page.url(), url);
        prop_assert_eq!(built.is_ok(), made.is_some(), "{:?}", built);
        if let (Ok(built), Some(made)) = (built, made) {
            prop_assert_eq!(described(&built), expected(&made));
        }
    }
}

const URLS: [&str; 9] = [
    "x",
    "https://b.test/",
    "http://b.test/",
    "https://b.test/#f",
    "ws://b.test/",
    "wss://b.test/#f",
    "data:,x",
    "ftp://b.test/",
    "https://[",
];

/// Everything that an initiator sets, in the standard's words.
fn described(built: &Request) -> Vec<String> {
    let lines = built.headers.iter().map(|(name, value)| format!("{name}: {}", value.escape_ascii()));
    let words = [
        built.url.to_string(),
        built.method.to_string(),
        format!("{:?}", built.body != engine::Body::None),
        built.destination.to_string(),
        built.mode.to_string(),
        built.credentials.to_string(),
        built.redirect.to_string(),
        format!("{:?}", built.unsafe_request),
        format!("{:?}", built.use_cors_preflight),
        format!("{:?}", built.referrer == engine::Referrer::NoReferrer),
    ];
    words.into_iter().chain(lines).collect()
}

fn expected(made: &Made) -> Vec<String> {
    let lines = made
        .header_list
        .iter()
        .map(|(name, value)| format!("{}: {}", byte_lowercase(name).escape_ascii(), value.escape_ascii()));
    let words = [
        made.url.to_string(),
        made.method.escape_ascii().to_string(),
        format!("{:?}", made.body != Body::Null),
        made.destination.to_owned(),
        made.mode.to_owned(),
        made.credentials_mode.to_owned(),
        made.redirect_mode.to_owned(),
        format!("{:?}", made.unsafe_request_flag),
        "false".to_owned(),
        format!("{:?}", made.no_referrer),
    ];
    words.into_iter().chain(lines).collect()
}

/// The worlds reach every case: every step that can fail does, every kind of response is delivered, and cache
/// entries are used.
#[test]
fn worlds_reach_every_step() {
    let expected = [
        "main fetch 12",
        "main fetch 12.1",
        "scheme fetch 3",
        "scheme fetch 4",
        "HTTP fetch 4.3",
        "HTTP fetch 6.3.1",
        "CORS check 2",
        "CORS check 4",
        "CORS check 8",
        "CORS-preflight fetch 7.3",
        "CORS-preflight fetch 7.5",
        "CORS-preflight fetch 7.6",
        "CORS-preflight fetch 7.7",
        "CORS-preflight fetch 8",
        "HTTP-redirect fetch 5",
        "HTTP-redirect fetch 6",
        "HTTP-redirect fetch 7",
        "HTTP-redirect fetch 9",
        "HTTP-redirect fetch 10",
        "HTTP-redirect fetch 11",
        "cross-origin resource policy internal check 5",
        "basic after 0 redirects",
        "basic after 1 redirects",
        "cors after 0 redirects",
        "cors after 2 redirects",
        "opaque after 0 redirects",
        "opaque after 2 redirects",
        "opaqueredirect after 0 redirects",
        "permitted by the cache",
        "made by beacon",
        "made by event-source",
        "made by font",
        "made by web-socket",
    ];
    reaches(world(), 15_000, &expected, |world, counts| {
        let mut model = Browser::new();
        for fetch in &world.fetches {
            let seen = run_model(&mut model, &model_origin(world), fetch);
            let end = match &seen.outcome {
                Ok(delivered) => {
                    format!("{} after {} redirects", delivered.kind, delivered.url_list.len().min(4) - 1)
                }
                Err(step) => step.clone(),
            };
            counts.add(end);
            if let Some((by, _)) = fetch.made() {
                counts.add(format!("made by {}", by.name));
            }
            let needs_preflight = fetch.use_cors_preflight
                || (fetch.unsafe_request && !is_cors_safelisted_method(fetch.method.as_bytes()));
            let is_direct = seen.outcome.is_ok_and(|it| it.kind == "cors" && it.url_list.len() == 1);
            if needs_preflight && is_direct && seen.sent.len() == 1 {
                counts.add("permitted by the cache");
            }
        }
    });
}
