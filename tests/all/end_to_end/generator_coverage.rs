//! The strategies reach what they are there for: a pool that is misspelt would make the laws empty.

use std::collections::BTreeMap;

use crossorigin::{
    origin::HostKind,
    strategies::{
        answers, arriving_request, http_origin, near_misses, origin_pattern, page, policy, policy_settings,
        request, tuple_origin,
    },
};
use proptest::{prelude::*, strategy::ValueTree, test_runner::TestRunner};

use super::scenario::{fresh, scenario};

/// How often each of the named things is drawn, of 1000.
#[track_caller]
fn count<T>(
    strategy: impl Strategy<Value = T>,
    names: impl Fn(&T) -> Vec<String>,
) -> BTreeMap<String, usize> {
    let (mut runner, mut counts) = (TestRunner::deterministic(), BTreeMap::new());
    for _ in 0..1000 {
        for name in names(&strategy.new_tree(&mut runner).unwrap().current()) {
            *counts.entry(name).or_default() += 1;
        }
    }
    counts
}

#[track_caller]
fn assert_all(counts: &BTreeMap<String, usize>, least: usize, names: &[&str]) {
    for name in names {
        let found = counts.get(*name).copied().unwrap_or_default();
        assert!(found >= least, "{name}: {found} of 1000, in {counts:?}");
    }
}

#[test]
fn origins_of_all_kinds() {
    let counts = count(tuple_origin(), |origin| {
        let port = if origin.port().is_some() { "port" } else { "no port" };
        vec![format!("{:?}", origin.host_kind()), port.to_owned(), origin.scheme().to_owned()]
    });
    assert_all(&counts, 5, &["Domain", "Ipv4", "Ipv6", "port", "no port", "https", "http", "app"]);
    let mapped = count(tuple_origin(), |origin| vec![origin.host().starts_with("[::ffff:").to_string()]);
    assert_all(&mapped, 1, &["true"]);
    let hosts = count(http_origin(), |origin| vec![format!("{:?}", origin.host_kind() == HostKind::Domain)]);
    assert_all(&hosts, 20, &["true", "false"]);
}

/// Near misses differ in each part of an origin, and in what stands around it.
#[test]
fn near_misses_of_all_kinds() {
    let origin = "https://app.example:8443".parse().unwrap();
    let counts = count(near_misses(&origin), |bytes| vec![String::from_utf8_lossy(bytes).into_owned()]);
    let texts = [
        "https://app.example:8443/",
        "https://app.example:8443,https://app.example:8443",
        "http://app.example:8443",
        "//app.example:8443",
        "https://evil.app.example:8443",
        "https://app.example.evil.test:8443",
        "https://app.example",
        "https://app.example:8444",
        "https://app.example:84430",
        "https://app.example:8443\u{FFFD}",
    ];
    assert_all(&counts, 1, &texts);
    assert_eq!(counts.get("https://app.example:8443"), None);
}

/// A policy has to let somebody in: where no origin is listed, that is `null`.
#[test]
fn settings_of_all_kinds() {
    let counts = count(policy_settings(), |settings| {
        vec![format!("origins {}, null {}", !settings.origins.is_empty(), settings.null_origin)]
    });
    assert_all(
        &counts,
        20,
        &["origins true, null true", "origins true, null false", "origins false, null true"],
    );
    assert_eq!(counts.len(), 3, "{counts:?}");
    // `*` exposes nothing to a request with credentials, so it is not drawn for one, but names are.
    let exposing = count(policy_settings(), |settings| {
        let star = settings.expose.iter().any(|name| name == "*");
        let names = settings.expose.iter().any(|name| name != "*");
        vec![format!("credentials {}, star {star}, names {names}", settings.credentials)]
    });
    let names = ["credentials true, star false, names true", "credentials false, star true, names true"];
    assert_all(&exposing, 20, &names);
    assert_eq!(exposing.get("credentials true, star true, names true"), None);
}

#[test]
fn patterns_of_all_kinds() {
    let counts = count(origin_pattern(), |text| {
        let kind = format!("{} {}", text.contains("*."), text.ends_with(":*"));
        vec![kind]
    });
    assert_all(&counts, 20, &["true true", "true false", "false true", "false false"]);
}

/// Policies that share and refuse, for every reason.
#[test]
fn situations_of_all_kinds() {
    let counts = count(scenario(), |it| {
        let transcript = it.play();
        let end = match transcript.outcome() {
            Ok(response) => response.response_type().as_str().to_owned(),
            Err(error) => error.reason().name().to_owned(),
        };
        vec![end, format!("{} sent", transcript.requests().count())]
    });
    assert_all(
        &counts,
        30,
        &["cors", "basic", "AllowOriginMissing", "AllowCredentialsMissing", "1 sent", "2 sent"],
    );
}

#[test]
fn arrivals_of_all_kinds() {
    let counts = count((policy(), arriving_request()), |(policy, (method, headers))| {
        let decision = policy.decide(method, headers);
        let verdict = format!("{:?}", decision.verdict());
        let verdict = decision.refusal().map_or(verdict.as_str(), |refusal| refusal.name());
        vec![format!("{:?} {verdict}", decision.class())]
    });
    let often = [
        "Cors OriginNotAllowed",
        "Cors Share",
        "NotCors NotApplicable",
        "Preflight OriginNotAllowed",
        "Preflight Share",
    ];
    assert_all(&counts, 5, &often);
    let seldom = [
        "Cors InvalidOrigin",
        "Cors NullOrigin",
        "Cors SeveralOrigins",
        "Preflight MethodNotAllowed",
        "Preflight HeaderNotAllowed",
    ];
    assert_all(&counts, 1, &seldom);
}

/// Answers that are nearly right lead to every reason of the browser side.
#[test]
fn answers_of_all_kinds() {
    let requests = (page(), http_origin()).prop_flat_map(|(page, server)| request(&page, &server)).boxed();
    let exchanges = requests.prop_flat_map(|request| (answers(&request), Just(request)));
    let counts = count(exchanges, |(answers, request)| {
        let mut script: crossorigin::oracle::Script = answers.iter().cloned().collect();
        match fresh(&Default::default()).fetch(request.clone(), &mut script).outcome() {
            Ok(response) => vec![response.response_type().as_str().to_owned()],
            Err(error) => vec![error.reason().name().to_owned()],
        }
    });
    let reasons = [
        "basic",
        "cors",
        "opaque",
        "AllowOriginMissing",
        "AllowOriginMultiple",
        "AllowOriginMismatch",
        "AllowOriginInvalid",
        "AllowCredentialsNotTrue",
        "PreflightStatus",
        "PreflightRedirect",
        "MethodNotAllowed",
        "HeaderNotAllowed",
        "AllowMethodsInvalid",
        "AllowHeadersInvalid",
        "AuthorizationNeedsExplicitListing",
        "ModeSameOrigin",
        "LocationInvalid",
        "LocationMultiple",
        "LocationSchemeNotHttp",
        "LocationIncludesCredentials",
        "RedirectModeError",
        "BodyNotReplayable",
        "CorpSameOrigin",
    ];
    assert_all(&counts, 1, &reasons);
}
