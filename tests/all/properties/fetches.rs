//! Properties of every fetch. They hold for all responses of the network.

use crossorigin::{
    browser::{BodyToSend, CredentialsMode, MAX_REDIRECTS, RequestKind, ResponseType},
    http::Method,
};
use proptest::{prelude::*, sample::select};

use super::player::{CompletedExchange, CompletedFetch, play};
use crate::{
    distribution::reaches,
    model::{
        random_responses::one_of,
        random_worlds::world,
        world::{Template, Text, World},
    },
    proptest_config::cases,
};

/// The CORS check, computed from the exchange.
fn passes_the_cors_check(completed: &CompletedFetch, exchange: &CompletedExchange) -> bool {
    let include = completed.request.credentials == CredentialsMode::Include;
    let allowed = exchange.response_header("access-control-allow-origin");
    let is_own = allowed.is_some() && allowed == exchange.header("origin").map(last_item);
    match include {
        true => {
            is_own && exchange.response_header("access-control-allow-credentials").as_deref() == Some("true")
        }
        false => is_own || allowed.as_deref() == Some("*"),
    }
}

/// The last value of `Origin`: the user agent appends its own after a value that the page has set.
fn last_item(value: String) -> String {
    value.rsplit(", ").next().unwrap_or_default().to_owned()
}

/// The header names that a page may see of a response with tainting "cors"; `None` for all.
fn exposed_names(completed: &CompletedFetch, exchange: &CompletedExchange) -> Option<Vec<String>> {
    const SAFELISTED: [&str; 7] = [
        "cache-control",
        "content-language",
        "content-length",
        "content-type",
        "expires",
        "last-modified",
        "pragma",
    ];
    let value = exchange.response_header("access-control-expose-headers").unwrap_or_default();
    let items = value.split(',').map(|item| item.trim_matches([' ', '\t']).to_ascii_lowercase());
    let items: Vec<_> = items.filter(|item| !item.is_empty()).collect();
    let is_token = |item: &String| item.parse::<Method>().is_ok();
    let listed = if items.iter().all(is_token) { items } else { Vec::new() };
    let include = completed.request.credentials == CredentialsMode::Include;
    if !include && listed.contains(&"*".to_owned()) {
        return None;
    }
    Some(SAFELISTED.map(str::to_owned).into_iter().chain(listed).collect())
}

/// Returns whether all URLs of a fetch up to this request have one origin.
fn stayed_within_one_origin(completed: &CompletedFetch, exchange: &CompletedExchange) -> bool {
    let urls = completed.of_kind(RequestKind::Actual).take(exchange.sent.hop + 1).map(|it| &it.sent.url);
    let origins: Vec<_> = urls.chain([&exchange.sent.url]).map(url::Url::origin).collect();
    origins.iter().all(|origin| *origin == origins[0])
}

proptest! {
    #![proptest_config(cases(500))]

    /// A preflight never carries credentials or anything else of the page: it has no body, and at most four
    /// headers.
    #[test]
    fn a_preflight_never_carries_credentials(world in world()) {
        for completed in play(&world) {
            for preflight in completed.of_kind(RequestKind::Preflight) {
                prop_assert_eq!(&preflight.sent.method, Method::OPTIONS);
                prop_assert!(!preflight.sent.credentials && preflight.sent.body == BodyToSend::None);
                let names: Vec<_> = preflight.sent.headers.iter().map(|(name, _)| name.as_str()).collect();
                let all = ["accept", "access-control-request-method", "access-control-request-headers", "origin"];
                prop_assert!(names == all || names == [all[0], all[1], all[3]], "{:?}", names);
            }
        }
    }

    /// `Authorization` goes to the first origin only. It is not sent to another origin, and not to the first
    /// one after that.
    #[test]
    fn authorization_never_crosses_to_another_origin(world in world()) {
        for completed in play(&world) {
            for exchange in &completed.exchanges {
                let carries = exchange.header("authorization").is_some();
                prop_assert!(!carries || stayed_within_one_origin(&completed, exchange), "{:#?}", completed.exchanges);
            }
        }
    }

    /// Only safelisted and exposed headers are visible. Cookies never are, and an opaque response has no
    /// visible headers.
    #[test]
    fn only_exposed_headers_are_visible(world in world()) {
        for completed in play(&world) {
            let Ok(response) = &completed.outcome else { continue };
            let visible: Vec<_> = response.headers().iter().map(|(name, _)| name.to_string()).collect();
            prop_assert!(!visible.iter().any(|name| name == "set-cookie" || name == "set-cookie2"));
            match (response.response_type(), completed.exchanges.last()) {
                (ResponseType::Opaque | ResponseType::OpaqueRedirect, _) => prop_assert!(visible.is_empty()),
                (ResponseType::Cors, Some(last)) => {
                    let exposed = exposed_names(&completed, last);
                    let is_exposed = |name: &String| exposed.as_ref().is_none_or(|names| names.contains(name));
                    prop_assert!(visible.iter().all(is_exposed), "{:?} of {:?}", visible, last);
                }
                _ => {}
            }
        }
    }

    /// A delivered response passed the CORS check at every hop whose response tainting was "cors". Every
    /// preflight that was followed by another request passed it too, with an ok status.
    #[test]
    fn a_delivered_response_passed_every_cors_check(world in world()) {
        for completed in play(&world) {
            for (index, exchange) in completed.exchanges.iter().enumerate() {
                let went_on = index + 1 < completed.exchanges.len() || completed.outcome.is_ok();
                let is_preflight = exchange.sent.kind == RequestKind::Preflight;
                if went_on && (is_preflight || completed.is_subject_to_cors(exchange)) {
                    prop_assert!(passes_the_cors_check(&completed, exchange), "{:#?}", completed.exchanges);
                    let is_ok = exchange.response.as_ref().is_some_and(|head| head.status.is_success());
                    prop_assert!(!is_preflight || is_ok);
                }
            }
            let is_cors = completed.outcome.as_ref().is_ok_and(|it| it.response_type() == ResponseType::Cors);
            prop_assert!(!is_cors || completed.exchanges.last().is_some_and(|last| completed.is_subject_to_cors(last)));
        }
    }

    /// A fetch sends at most 21 requests and 21 preflights, whatever redirects it follows.
    #[test]
    fn a_fetch_sends_at_most_21_requests_and_21_preflights(world in restless_world()) {
        for completed in play(&world) {
            for kind in [RequestKind::Actual, RequestKind::Preflight] {
                let count = completed.of_kind(kind).count();
                prop_assert!(count <= MAX_REDIRECTS + 1 && MAX_REDIRECTS == 20, "{} times {:?}", count, kind);
            }
        }
    }
}

/// A world whose servers allow nearly everything, are cached for no time, and redirect nearly always.
pub(super) fn restless_world() -> impl Strategy<Value = World> {
    let location =
        select(vec!["https://b.test/", "https://a.test/", "/1", "https://c.test/", "https://sub.a.test/"]);
    let permissions = || {
        let lines = [
            ("Access-Control-Allow-Origin", "{origin}"),
            ("Access-Control-Allow-Credentials", "true"),
            ("Access-Control-Allow-Methods", "{method}"),
            ("Access-Control-Allow-Headers", "{names}"),
        ];
        lines.map(|(name, value)| (Text::from(name), Text::from(value))).to_vec()
    };
    let redirect = (one_of(&[(6, 307), (3, 308), (1, 302), (1, 303), (1, 200)]), location).prop_map(
        move |(status, location)| {
            let headers = [permissions(), vec![("Location".into(), location.into())]].concat();
            Template { lost: false, status, headers, seconds: 0 }
        },
    );
    let permission = select(vec!["0", "1", "60"]).prop_map(move |max_age| {
        let headers = [permissions(), vec![("Access-Control-Max-Age".into(), max_age.into())]].concat();
        Template { lost: false, status: 204, headers, seconds: 1 }
    });
    let responses = (prop::collection::vec(permission, 1..3), prop::collection::vec(redirect, 1..4));
    let http_url = select(vec!["https://b.test/", "https://a.test/", "https://c.test/"]);
    (world(), responses, http_url, prop::bool::weighted(0.8)).prop_map(|(mut world, responses, url, cors)| {
        for fetch in &mut world.fetches {
            (fetch.to_preflights, fetch.to_actual_requests) = responses.clone();
            (fetch.url, fetch.redirect_mode) = (url.into(), "follow");
            if cors {
                (fetch.mode, fetch.body) = ("cors", "");
            }
        }
        world
    })
}

/// The cases that these properties are about are drawn.
#[test]
fn these_properties_are_exercised() {
    reaches(
        world(),
        15_000,
        &[
            "a preflight before a request with credentials",
            "authorization goes on after a redirect",
            "authorization goes no further",
            "several hops were checked",
            "a hop before the first check",
            "a cookie hidden",
            "a cookie hidden from another origin",
            "exposed by a wildcard",
            "exposed by name",
            "no wildcard with credentials",
            "listed in a list that fails",
            "not exposed",
        ],
        |world, counts| {
            for completed in play(world) {
                let include = completed.request.credentials == CredentialsMode::Include;
                for pair in completed.exchanges.windows(2) {
                    if pair[0].sent.kind == RequestKind::Preflight && pair[1].sent.credentials {
                        counts.add("a preflight before a request with credentials");
                    }
                    let [before, after] = [&pair[0], &pair[1]].map(|it| it.header("authorization").is_some());
                    match (before, after, pair[0].sent.hop < pair[1].sent.hop) {
                        (true, true, true) => counts.add("authorization goes on after a redirect"),
                        (true, false, true) => counts.add("authorization goes no further"),
                        _ => {}
                    }
                }
                let checked = |it: &&CompletedExchange| completed.is_subject_to_cors(it);
                let checks = completed.of_kind(RequestKind::Actual).filter(checked).count();
                let (Ok(response), Some(last)) = (&completed.outcome, completed.exchanges.last()) else {
                    continue;
                };
                let sees =
                    |name: &str| response.headers().iter().any(|(visible, _)| visible.as_str() == name);
                let has = |name: &str| last.response_header(name).is_some();
                let is_cors = response.response_type() == ResponseType::Cors;
                if checks > 1 {
                    counts.add("several hops were checked");
                }
                if is_cors && checks < completed.of_kind(RequestKind::Actual).count() {
                    counts.add("a hop before the first check");
                }
                if has("set-cookie") && !sees("set-cookie") {
                    counts.add(if is_cors {
                        "a cookie hidden from another origin"
                    } else {
                        "a cookie hidden"
                    });
                }
                let exposed = last.response_header("access-control-expose-headers").unwrap_or_default();
                match (is_cors && has("x-r"), sees("x-r"), exposed.contains('*'), include) {
                    (true, true, true, _) => counts.add("exposed by a wildcard"),
                    (true, true, false, _) => counts.add("exposed by name"),
                    (true, false, true, true) => counts.add("no wildcard with credentials"),
                    (true, false, false, _) if exposed.contains("x-r") => {
                        counts.add("listed in a list that fails")
                    }
                    (true, false, ..) => counts.add("not exposed"),
                    _ => {}
                }
            }
        },
    );
    reaches(
        restless_world(),
        1_000,
        &["21 times Actual", "21 times Preflight", "0 times Preflight"],
        |world, counts| {
            for completed in play(world) {
                for kind in [RequestKind::Actual, RequestKind::Preflight] {
                    counts.add(format!("{} times {kind:?}", completed.of_kind(kind).count()));
                }
            }
        },
    );
}
