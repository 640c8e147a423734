//! The strategies draw every kind of value, and often enough.

use std::collections::BTreeMap;

use crossorigin::{
    browser::Outcome,
    oracle::Script,
    origin::{HostKind, TupleOrigin},
};
use proptest::{prelude::*, strategy::ValueTree, test_runner::TestRunner};

use super::scenario::{fresh, scenario};
use crate::{
    distribution::reaches,
    strategies::{
        http_origin, incoming_request, near_misses, origin_pattern, page, policy, policy_settings, request,
        responses, tuple_origin,
    },
};

/// How many of 1000 values have each name.
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
fn origins_of_all_kinds_are_drawn() {
    let counts = count(tuple_origin(), |origin| {
        let port = if origin.port().is_some() { "port" } else { "no port" };
        vec![format!("{:?}", origin.host_kind()), port.to_owned(), origin.scheme().to_owned()]
    });
    assert_all(&counts, 5, &["Domain", "Ipv4", "Ipv6", "port", "no port", "https", "http", "app"]);
    reaches(tuple_origin(), 10_000, &["an IPv4 address in IPv6"], |origin, counts| {
        if origin.host().starts_with("[::ffff:") {
            counts.add("an IPv4 address in IPv6");
        }
    });
    let hosts = count(http_origin(), |origin| vec![format!("{:?}", origin.host_kind() == HostKind::Domain)]);
    assert_all(&hosts, 20, &["true", "false"]);
}

/// Near misses differ in every part of an origin, and in the text around it.
#[test]
fn near_misses_of_all_kinds_are_drawn() {
    let origin: TupleOrigin = "https://app.example:8443".parse().unwrap();
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
    reaches(near_misses(&origin), 10_000, &texts, |bytes, counts| {
        assert_ne!(bytes, origin.as_str().as_bytes());
        counts.add(String::from_utf8_lossy(bytes));
    });
}

/// A policy must allow some origin. If it lists none, it allows `null`.
#[test]
fn settings_of_all_kinds_are_drawn() {
    let counts = count(policy_settings(), |settings| {
        vec![format!("origins {}, null {}", !settings.origins.is_empty(), settings.null_origin)]
    });
    assert_all(
        &counts,
        20,
        &["origins true, null true", "origins true, null false", "origins false, null true"],
    );
    assert_eq!(counts.len(), 3, "{counts:?}");
    // With credentials `*` exposes nothing, so it is not drawn together with them. Names are.
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
fn patterns_of_all_kinds_are_drawn() {
    let counts = count(origin_pattern(), |text| {
        let kind = format!("{} {}", text.contains("*."), text.ends_with(":*"));
        vec![kind]
    });
    assert_all(&counts, 20, &["true true", "true false", "false true", "false false"]);
}

/// Some policies share, and some refuse.
#[test]
fn scenarios_of_all_kinds_are_drawn() {
    let expected = ["cors", "basic", "AllowOriginMissing", "AllowCredentialsMissing", "1 sent", "2 sent"];
    reaches(scenario(), 1_000, &expected, |it, counts| {
        let transcript = it.play();
        counts.add(outcome_name(transcript.outcome()));
        counts.add(format!("{} sent", transcript.requests().count()));
    });
}

fn outcome_name(outcome: &Outcome) -> &'static str {
    match outcome {
        Ok(response) => response.response_type().as_str(),
        Err(error) => error.reason().name(),
    }
}

#[test]
fn incoming_requests_of_all_kinds_are_drawn() {
    let expected = [
        "Cors InvalidOrigin",
        "Cors NullOrigin",
        "Cors OriginNotAllowed",
        "Cors SeveralOrigins",
        "Cors Share",
        "NotCors NotApplicable",
        "Preflight HeaderNotAllowed",
        "Preflight MethodNotAllowed",
        "Preflight OriginNotAllowed",
        "Preflight Share",
    ];
    reaches((policy(), incoming_request()), 10_000, &expected, |(policy, (method, headers)), counts| {
        let decision = policy.decide(method, headers);
        let verdict = format!("{:?}", decision.verdict());
        let verdict = decision.refusal().map_or(verdict.as_str(), |refusal| refusal.name());
        counts.add(format!("{:?} {verdict}", decision.class()));
    });
}

/// Nearly correct responses produce every reason of the browser side.
#[test]
fn responses_of_all_kinds_are_drawn() {
    let requests = (page(), http_origin()).prop_flat_map(|(page, server)| request(&page, &server)).boxed();
    let exchanges = requests.prop_flat_map(|request| (responses(&request), Just(request)));
    let expected = [
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
    reaches(exchanges, 20_000, &expected, |(responses, request), counts| {
        let mut script: Script = responses.iter().cloned().collect();
        counts.add(outcome_name(fresh(&Default::default()).fetch(request.clone(), &mut script).outcome()));
    });
}
