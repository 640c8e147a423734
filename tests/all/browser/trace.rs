//! The trace of a fetch: each decision with its step, in one sentence.

use std::time::Duration;

use crossorigin::{
    browser::{AllowedBy, Failure, Finding, MaxAge, Mode, Profile, Step, Timestamp, TraceEntry, UserAgent},
    http::Method,
    request_header::NotSafelisted,
};

use super::support::{A, B, Browser, C, Call, Run, ScriptedResponse, exchange, ok, pf, redirect, rule};

/// The name of the finding and the step of each decision.
fn named<'a>(decisions: impl IntoIterator<Item = &'a TraceEntry>) -> Vec<String> {
    decisions.into_iter().map(|it| format!("{} [{}]", it.finding.name(), it.step)).collect()
}

#[track_caller]
fn assert_trace(run: &Run, expected: &[&str]) {
    assert_eq!(named(run.response().trace()), expected);
}

/// The first finding at a step.
fn found(run: &Run, step: &str) -> Finding {
    let mut decisions = run.response().trace().iter();
    decisions.find(|it| it.step.to_string() == step).unwrap().finding.clone()
}

const CORS: &str = "CorsWithoutPreflight [main fetch 12]";
const CREDENTIALS: &str = "Credentials [HTTP-network-or-cache fetch 8.3]";
const IS_ORIGIN: &str = "CorsCheckPassed [CORS check 5]";
const IS_STAR: &str = "CorsCheckPassed [CORS check 3]";
const REDIRECTED: &str = "Redirected [HTTP-redirect fetch 3]";
const REDIRECTED_AS_GET: &str = "Redirected [HTTP-redirect fetch 12]";
const DELIVERED: &str = "Delivered [main fetch 14]";

#[test]
fn the_trace_names_every_permission_of_a_preflighted_request() {
    let call = exchange("PUT", B).include().header("X-A", "1");
    let allowed = |response: ScriptedResponse| response.allow_origin(A).allow_credentials("true");
    let permission = allowed(pf()).allow_methods("PUT").allow_headers("x-a").max_age("600");
    let mut browser = Browser::standard();
    let run = browser.run(&call, [permission, allowed(ok())]);
    assert_trace(
        &run,
        &[
            "CorsWithPreflight [main fetch 12]",
            "CorsCheckPassed [CORS check 7]",
            "PreflightStatusOk [CORS-preflight fetch 7]",
            "MethodAllowed [CORS-preflight fetch 7.5]",
            "HeadersAllowed [CORS-preflight fetch 7.7]",
            "PreflightStored [CORS-preflight fetch 7.8]",
            CREDENTIALS,
            "CorsCheckPassed [CORS check 7]",
            "TimingHidden [TAO check 8]",
            DELIVERED,
        ],
    );
    let Finding::CorsWithPreflight(cause) = found(&run, "main fetch 12") else { panic!() };
    assert_eq!(cause.method, Some(Method::PUT));
    assert_eq!(cause.headers, [("x-a".parse().unwrap(), NotSafelisted::Name)]);
    assert!(!cause.forced && !cause.repeated && !cause.too_long_together);
    assert_eq!(found(&run, "HTTP-network-or-cache fetch 8.3"), Finding::Credentials { included: true });

    let again = browser.run(&call, [allowed(ok())]);
    assert!(named(again.response().trace()).contains(&"PreflightCached [HTTP fetch 4.1]".to_owned()));
}

/// The finding at this step of CORS-preflight fetch.
fn of_preflight(call: &Call, permission: ScriptedResponse, step: &str) -> Finding {
    let run = call.responses([permission.allow_origin("*"), ok().allow_origin("*")]);
    found(&run, &format!("CORS-preflight fetch {step}"))
}

#[test]
fn the_trace_names_the_rule_that_allows_a_method() {
    let by = |call: Call, permission: ScriptedResponse| match of_preflight(&call, permission, "7.5") {
        Finding::MethodAllowed { by, .. } => by,
        finding => panic!("{finding}"),
    };
    assert_eq!(by(exchange("PUT", B), pf().allow_methods("PUT")), AllowedBy::Name);
    assert_eq!(by(exchange("PUT", B), pf().allow_methods("*")), AllowedBy::Wildcard);
    assert_eq!(by(exchange("GET", B).header("X-A", "1"), pf().allow_headers("x-a")), AllowedBy::Safelist);
    assert_eq!(by(exchange("PUT", B).forced_preflight(), pf()), AllowedBy::ForcedPreflight);
}

#[test]
fn the_trace_names_the_allowed_headers() {
    let names = |call: Call| {
        let permission = pf().allow_methods("PUT").allow_headers("*");
        let Finding::HeadersAllowed { names } = of_preflight(&call, permission, "7.7") else { panic!() };
        names.iter().map(ToString::to_string).collect::<Vec<_>>()
    };
    assert_eq!(names(exchange("PUT", B)), [""; 0]);
    assert_eq!(names(exchange("PUT", B).header("X-B", "1").header("X-A", "1")), ["x-a", "x-b"]);
}

#[test]
fn the_trace_has_the_lifetime_of_cache_entries() {
    let put = || exchange("PUT", B);
    let stored = |call: Call, permission: ScriptedResponse, step| {
        let permission = permission.allow_methods("PUT");
        let Finding::PreflightStored(max_age) = of_preflight(&call, permission, step) else { panic!() };
        max_age
    };
    assert_eq!(stored(put(), pf(), "7.9"), MaxAge::Default);
    assert_eq!(stored(put(), pf().max_age("0"), "7.8"), MaxAge::Given(Duration::ZERO));
    assert_eq!(stored(put(), pf().max_age("5400"), "7.8"), MaxAge::Given(Duration::from_secs(5400)));
    let limited = |seconds| {
        put().in_browser_with(move |profile| {
            *profile = profile.clone().with_max_age_limit(Some(Duration::from_secs(seconds)))
        })
    };
    let two_hours = Duration::from_secs(7200);
    assert_eq!(stored(limited(7200), pf().max_age("7200"), "7.8"), MaxAge::Given(two_hours));
    assert_eq!(stored(limited(7200), pf().max_age("7201"), "7.10"), MaxAge::Limited(two_hours));
    assert_eq!(stored(limited(0), pf().max_age("1"), "7.10"), MaxAge::Limited(Duration::ZERO));
    assert_eq!(stored(limited(5), pf(), "7.9"), MaxAge::Default);
    assert_eq!(stored(limited(4), pf(), "7.10"), MaxAge::Limited(Duration::from_secs(4)));
    let negative = put().in_browser_with(rule("cache.max_age_syntax", Profile::chromium()));
    assert_eq!(stored(negative, pf().max_age("-1"), "7.8"), MaxAge::NotCached);
}

#[test]
fn the_trace_has_the_changes_of_a_redirect() {
    let post = exchange("POST", "https://a.test/1").header("Authorization", "x");
    let shared = |response: ScriptedResponse| response.allow_origin("*").with("timing-allow-origin", "*");
    let run = post.responses([
        redirect(302, B),
        shared(redirect(307, "/2")),
        shared(redirect(307, C)),
        shared(redirect(308, "/3")),
        shared(ok()),
    ]);
    let at_another_origin = [CORS, CREDENTIALS, IS_STAR];
    let tainted = "OriginTainted [HTTP-redirect fetch 18]";
    let expected = [
        &["SameOrigin [main fetch 12]", CREDENTIALS, REDIRECTED_AS_GET][..],
        &at_another_origin,
        &[REDIRECTED],
        &at_another_origin,
        // Only this redirect taints, so the next request sends `Origin: null`.
        &[REDIRECTED, tainted],
        &at_another_origin,
        &[REDIRECTED],
        &at_another_origin,
        &[DELIVERED],
    ];
    assert_trace(&run, &expected.concat());

    let redirects = run.response().trace().iter().filter_map(|it| match &it.finding {
        Finding::Redirected { status, location, method_became_get, authorization_removed } => {
            Some((status.as_u16(), location.as_str(), *method_became_get, *authorization_removed))
        }
        _ => None,
    });
    assert_eq!(
        redirects.collect::<Vec<_>>(),
        [
            (302, "https://b.test/", true, true),
            (307, "https://b.test/2", false, false),
            (307, "https://c.test/", false, false),
            (308, "https://c.test/3", false, false),
        ]
    );

    let with_token = exchange("GET", "https://a.test/1").header("Authorization", "x");
    let run = with_token.responses([redirect(307, B), shared(ok())]);
    assert_trace(
        &run,
        &[
            "SameOrigin [main fetch 12]",
            CREDENTIALS,
            "Redirected [HTTP-redirect fetch 13]",
            CORS,
            CREDENTIALS,
            IS_STAR,
            DELIVERED,
        ],
    );
}

#[test]
fn the_trace_of_other_modes_is_shorter() {
    let shared = || ok().allow_origin("*").with("timing-allow-origin", "*");
    assert_trace(
        &exchange("GET", B).mode(Mode::NoCors).responses([shared()]),
        &[
            "Opaque [main fetch 12]",
            CREDENTIALS,
            "ResourcePolicyPassed [cross-origin resource policy internal check 5]",
            DELIVERED,
        ],
    );
    let navigation = exchange("GET", B).mode(Mode::Navigate).responses([shared()]);
    assert_eq!(named(navigation.response().trace())[0], "NotSubjectToCors [main fetch 12]");
}

#[test]
fn an_error_has_the_decisions_before_it() {
    let redirected = redirect(302, C).allow_origin(A).with("timing-allow-origin", A);
    let run = exchange("GET", B).responses([redirected, ok()]);
    let decisions = run.error().trace();
    assert_eq!(named(decisions)[..3], [CORS, CREDENTIALS, IS_ORIGIN]);
    // The redirect and the change of `Origin` belong to the response of the redirect.
    assert_eq!(decisions.iter().map(|it| it.hop).collect::<Vec<_>>(), [0, 0, 0, 0, 1, 1, 1]);
}

#[test]
fn decisions_are_recorded_only_with_a_trace() {
    for keeps in [false, true] {
        let mut user_agent = UserAgent::new(Profile::standard());
        if keeps {
            user_agent = user_agent.with_trace();
        }
        let step = user_agent.fetch(exchange("GET", B).request(), Timestamp::ZERO);
        let Step::Send(exchange) = step else { panic!("{step:?}") };
        assert_eq!(!exchange.trace().is_empty(), keeps);
        let Step::Done(Err(error)) = exchange.fail(&mut user_agent, Failure::Network) else { panic!() };
        assert_eq!(!error.trace().is_empty(), keeps);
    }
}

/// Decisions that change nothing are not recorded.
#[test]
fn kept_headers_and_absent_limits_are_not_in_the_trace() {
    let auth = exchange("GET", A).header("Authorization", "x");
    for (location, is_removed) in [("/2", false), (B, true)] {
        let run = Browser::standard().run(&auth, [redirect(302, location), ok().allow_origin("*")]);
        let step = if is_removed { "HTTP-redirect fetch 13" } else { "HTTP-redirect fetch 3" };
        let Finding::Redirected { authorization_removed, .. } = found(&run, step) else { panic!() };
        assert_eq!(authorization_removed, is_removed, "{location}");
    }
    let long = exchange("PUT", B).lines(9, "accept", "a".repeat(128));
    for (profile, is_limited) in [(Profile::standard(), true), (Profile::firefox(), false)] {
        let permission = pf().allow_origin(A).allow_methods("PUT").allow_headers("accept");
        let mut browser = Browser::with(|it| *it = profile);
        let run = browser.run(&long, [permission, ok().allow_origin(A)]);
        let Finding::CorsWithPreflight(cause) = found(&run, "main fetch 12") else { panic!() };
        assert_eq!(cause.too_long_together, is_limited);
    }
    // A header that is never safelisted is not reported as too long.
    let long = exchange("GET", B).header("x-a", "a".repeat(129));
    let mut browser = Browser::with(|it| *it = Profile::chromium());
    let run = browser.run(&long, [pf().allow_origin(A).allow_headers("x-a"), ok().allow_origin(A)]);
    let Finding::CorsWithPreflight(cause) = found(&run, "main fetch 12") else { panic!() };
    assert_eq!(cause.headers, [("x-a".parse().unwrap(), NotSafelisted::Name)]);
}
