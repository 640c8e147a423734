//! What holds of every fetch, whatever the network answers.

use crossorigin::{
    browser::{BodyToSend, CredentialsMode, MAX_REDIRECTS, RequestKind, ResponseType},
    http::Method,
};
use proptest::{prelude::*, sample::select};

use super::player::{CompletedFetch, Exchanged, play};
use crate::{
    distribution::reaches,
    model::{
        random_responses::one_of,
        random_worlds::world,
        world::{Template, Text, World},
    },
    proptest_config::cases,
};

/// The CORS check, as it can be told from what went over the network.
fn passes_the_cors_check(played: &CompletedFetch, exchanged: &Exchanged) -> bool {
    let include = played.request.credentials == CredentialsMode::Include;
    let allowed = exchanged.answered_header("access-control-allow-origin");
    let is_own = allowed.is_some() && allowed == exchanged.header("origin").map(last_item);
    match include {
        true => {
            is_own && exchanged.answered_header("access-control-allow-credentials").as_deref() == Some("true")
        }
        false => is_own || allowed.as_deref() == Some("*"),
    }
}

/// The user agent appends its `Origin` behind one that the page has put there.
fn last_item(value: String) -> String {
    value.rsplit(", ").next().unwrap_or_default().to_owned()
}

/// The header names that a page may see of a response with tainting "cors": `None` for all.
fn exposed_names(played: &CompletedFetch, answer: &Exchanged) -> Option<Vec<String>> {
    const SAFELISTED: [&str; 7] = [
        "cache-control",
        "content-language",
        "content-length",
        "content-type",
        "expires",
        "last-modified",
        "pragma",
    ];
    let value = answer.answered_header("access-control-expose-headers").unwrap_or_default();
    let items = value.split(',').map(|item| item.trim_matches([' ', '\t']).to_ascii_lowercase());
    let items: Vec<_> = items.filter(|item| !item.is_empty()).collect();
    let is_token = |item: &String| item.parse::<Method>().is_ok();
    let listed = if items.iter().all(is_token) { items } else { Vec::new() };
    let include = played.request.credentials == CredentialsMode::Include;
    if !include && listed.contains(&"*".to_owned()) {
        return None;
    }
    Some(SAFELISTED.map(str::to_owned).into_iter().chain(listed).collect())
}

/// Whether all URLs of a fetch up to this request were of one origin.
fn stayed_at_home(played: &CompletedFetch, exchanged: &Exchanged) -> bool {
    let urls = played.of_kind(RequestKind::Actual).take(exchanged.sent.hop + 1).map(|it| &it.sent.url);
    let origins: Vec<_> = urls.chain([&exchanged.sent.url]).map(url::Url::origin).collect();
    origins.iter().all(|origin| *origin == origins[0])
}

proptest! {
    #![proptest_config(cases(500))]

    /// A preflight never carries credentials, nor anything else of the page: no body, and four headers at most.
    #[test]
    fn a_preflight_never_carries_credentials(world in world()) {
        for played in play(&world) {
            for preflight in played.of_kind(RequestKind::Preflight) {
                prop_assert_eq!(&preflight.sent.method, Method::OPTIONS);
                prop_assert!(!preflight.sent.credentials && preflight.sent.body == BodyToSend::None);
                let names: Vec<_> = preflight.sent.headers.iter().map(|(name, _)| name.as_str()).collect();
                let all = ["accept", "access-control-request-method", "access-control-request-headers", "origin"];
                prop_assert!(names == all || names == [all[0], all[1], all[3]], "{:?}", names);
            }
        }
    }

    /// `Authorization` goes to the origin that the page asked, and never on to another one; nor back, once it was gone.
    #[test]
    fn authorization_never_crosses_to_another_origin(world in world()) {
        for played in play(&world) {
            for exchanged in &played.exchanges {
                let carries = exchanged.header("authorization").is_some();
                prop_assert!(!carries || stayed_at_home(&played, exchanged), "{:#?}", played.exchanges);
            }
        }
    }

    /// Nothing is visible outside the safelisted and the exposed names; cookies never are, and of an opaque response
    /// nothing at all.
    #[test]
    fn only_exposed_headers_are_visible(world in world()) {
        for played in play(&world) {
            let Ok(response) = &played.outcome else { continue };
            let visible: Vec<_> = response.headers().iter().map(|(name, _)| name.to_string()).collect();
            prop_assert!(!visible.iter().any(|name| name == "set-cookie" || name == "set-cookie2"));
            match (response.response_type(), played.exchanges.last()) {
                (ResponseType::Opaque | ResponseType::OpaqueRedirect, _) => prop_assert!(visible.is_empty()),
                (ResponseType::Cors, Some(answer)) => {
                    let exposed = exposed_names(&played, answer);
                    let is_exposed = |name: &String| exposed.as_ref().is_none_or(|names| names.contains(name));
                    prop_assert!(visible.iter().all(is_exposed), "{:?} of {:?}", visible, answer);
                }
                _ => {}
            }
        }
    }

    /// A delivered response passed the CORS check at every hop whose response tainting was "cors"; every preflight that
    /// was followed by anything passed it, too, with an ok status.
    #[test]
    fn what_is_delivered_passed_every_cors_check(world in world()) {
        for played in play(&world) {
            for (index, exchanged) in played.exchanges.iter().enumerate() {
                let went_on = index + 1 < played.exchanges.len() || played.outcome.is_ok();
                let is_preflight = exchanged.sent.kind == RequestKind::Preflight;
                if went_on && (is_preflight || played.is_subject_to_cors(exchanged)) {
                    prop_assert!(passes_the_cors_check(&played, exchanged), "{:#?}", played.exchanges);
                    let is_ok = exchanged.answer.as_ref().is_some_and(|head| head.status.is_success());
                    prop_assert!(!is_preflight || is_ok);
                }
            }
            let is_cors = played.outcome.as_ref().is_ok_and(|it| it.response_type() == ResponseType::Cors);
            prop_assert!(!is_cors || played.exchanges.last().is_some_and(|last| played.is_subject_to_cors(last)));
        }
    }

    /// A fetch sends at most 21 requests and 21 preflights, wherever it is sent on to.
    #[test]
    fn a_fetch_sends_at_most_21_requests_and_21_preflights(world in restless_world()) {
        for played in play(&world) {
            for kind in [RequestKind::Actual, RequestKind::Preflight] {
                let count = played.of_kind(kind).count();
                prop_assert!(count <= MAX_REDIRECTS + 1 && MAX_REDIRECTS == 20, "{} times {:?}", count, kind);
            }
        }
    }
}

/// A world whose servers permit nearly everything, forget it at once, and send everybody on and on.
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
    let answers = (prop::collection::vec(permission, 1..3), prop::collection::vec(redirect, 1..4));
    let http_url = select(vec!["https://b.test/", "https://a.test/", "https://c.test/"]);
    (world(), answers, http_url, prop::bool::weighted(0.8)).prop_map(|(mut world, answers, url, cors)| {
        for fetch in &mut world.fetches {
            (fetch.to_preflights, fetch.to_actual_requests) = answers.clone();
            (fetch.url, fetch.redirect_mode) = (url.into(), "follow");
            if cors {
                (fetch.mode, fetch.body) = ("cors", "");
            }
        }
        world
    })
}

/// Every property here is about something that happens.
#[test]
fn worlds_are_about_these_laws() {
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
            for played in play(world) {
                let include = played.request.credentials == CredentialsMode::Include;
                for pair in played.exchanges.windows(2) {
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
                let checked = |it: &&Exchanged| played.is_subject_to_cors(it);
                let checks = played.of_kind(RequestKind::Actual).filter(checked).count();
                let (Ok(response), Some(last)) = (&played.outcome, played.exchanges.last()) else { continue };
                let sees =
                    |name: &str| response.headers().iter().any(|(visible, _)| visible.as_str() == name);
                let has = |name: &str| last.answered_header(name).is_some();
                let is_cors = response.response_type() == ResponseType::Cors;
                if checks > 1 {
                    counts.add("several hops were checked");
                }
                if is_cors && checks < played.of_kind(RequestKind::Actual).count() {
                    counts.add("a hop before the first check");
                }
                if has("set-cookie") && !sees("set-cookie") {
                    counts.add(if is_cors {
                        "a cookie hidden from another origin"
                    } else {
                        "a cookie hidden"
                    });
                }
                let exposed = last.answered_header("access-control-expose-headers").unwrap_or_default();
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
            for played in play(world) {
                for kind in [RequestKind::Actual, RequestKind::Preflight] {
                    counts.add(format!("{} times {kind:?}", played.of_kind(kind).count()));
                }
            }
        },
    );
}
