//! Errors and warnings of a policy, and what it says about a request.

use std::{collections::BTreeSet, error::Error as _, time::Duration};

use crossorigin::server::{
    Explanation, HostGuard, MatchedRule, NearMiss, OriginDecision, Policy, PolicyBuilder, PolicyConfig,
    PolicyError, PolicyErrorKind, PolicyRefusal, PolicyWarningKind, Suggestion,
};

use super::Section;
use crate::server::short_form::request;

pub(super) fn sections() -> Vec<Section> {
    vec![errors(), not_serializable(), warnings(), refusals(), guards(), explanations()]
}

/// Configurations with errors.
const WRONG: [&str; 16] = [
    "{}",
    r#"{"origins": ["*"], "credentials": true}"#,
    r#"{"origins": ["moz-extension://*"], "credentials": true}"#,
    r#"{"origins": ["https://a.test"], "origins": ["https://b.test"]}"#,
    r#"{"origins": ["https://a.test"], "credentials": true, "expose": ["*"]}"#,
    r#"{"origins": ["https://a.test"], "methods": ["CONNECT", "GE T", "", "PUT "]}"#,
    r#"{"origins": ["https://a.test"], "headers": ["cookie", "x y", "access-control-allow-origin"],
        "expose": ["set-cookie", "access-control-allow-methods", "origin"]}"#,
    r#"{"origins": ["http://a.test", "https://*.com", "null", "x", "https://a.test/"], "credentials": true}"#,
    r#"{"origins": ["localhost:3000", "localhost.test", "https://a.test, https://*.b.test", "https://a.test x"]}"#,
    r#"{"origins": ["https://a.test"], "max_age": -1, "preflight_status": 404, "refusal_status": 300}"#,
    r#"{"origins": 5, "max_age": 1.5, "credentials": "x", "methods": [1], "preflight_status": {}}"#,
    r#"{"origins": ["https://a.test"], "origin": 1, "dangerous": {"x": true}}"#,
    r#"{"origins": "", "max_age": "10m", "credentials": "yes", "methods": "", "preflight_status": " ", "development": ""}"#,
    r#"{"origins": "off, https://a.test"}"#,
    r#"{"origins": ["'*'", "\"https://a.test\"", "/\\Ahttps?://a\\.test\\z/", "https://.*\\.a\\.test"]}"#,
    r#"[]"#,
];

fn errors() -> Section {
    let mut section = Section::new("Errors of a policy: server::PolicyErrorKind");
    for text in WRONG {
        let configuration: PolicyConfig = serde_json::from_str(text).unwrap();
        show(&mut section, &text.split_whitespace().collect::<Vec<_>>().join(" "), configuration.build());
    }
    // A file cannot have this.
    let anybody = Policy::builder().allow_origins_if(|_| true).allow_credentials();
    show(&mut section, "allow_origins_if(|_| true), allow_credentials()", anybody.build());
    let strange = Policy::builder().allow_any_origin().allow_method("GET").development().build().unwrap();
    show(&mut section, "deny_warnings(&[\"Developmant\"])", strange.deny_warnings(&["Developmant"]));
    section.complete(PolicyErrorKind::NAMES)
}

fn show(section: &mut Section, heading: &str, built: Result<Policy, crossorigin::server::PolicyErrors>) {
    let errors = built.unwrap_err();
    let name = |error: &PolicyError| match error.kind {
        PolicyErrorKind::InvalidOrigin(_) => "InvalidOrigin",
        PolicyErrorKind::DeniedWarning(_) => "DeniedWarning",
        ref kind => kind.name(),
    };
    section.shown.extend(errors.iter().map(name));
    section.entry(
        heading,
        errors.iter().map(|error| format!("{}: {error}", error.kind.name())).collect::<Vec<_>>().join("\n"),
    );
}

fn not_serializable() -> Section {
    let mut section = Section::new("Policies that cannot be written as configuration");
    let policies = [
        ("caller_decides_origins()", Policy::builder().caller_decides_origins()),
        ("allow_origins_if(|_| true)", Policy::builder().allow_origins_if(|_| true)),
    ];
    for (calls, policy) in policies {
        section.entry(calls, serde_json::to_string(&policy.build().unwrap()).unwrap_err());
    }
    section
}

fn warnings() -> Section {
    let mut section = Section::new("Warnings of a policy: server::PolicyWarningKind");
    for policy in strange_policies() {
        for warning in policy.build().unwrap().warnings() {
            section.add(warning.kind.name(), warning);
        }
    }
    section.complete(PolicyWarningKind::NAMES)
}

fn strange_policies() -> [PolicyBuilder; 3] {
    let builder = Policy::builder;
    [
        builder().allow_any_origin().allow_any_header().allow_private_network().expose_header("content-type"),
        builder()
            .allow_origins(["https://1.2.3.4", "https://*.a.test", "https://x.a.test", "wss://a.test"])
            .allow_methods(["patch", "GET", "x-*"])
            .allow_credentials()
            .development()
            .dangerously_allow_null_origin()
            .dangerously_allow_insecure_origins()
            .max_age(Duration::from_secs(1_000_000)),
        builder().allow_origin("https://*.com").dangerously_allow_public_suffixes(),
    ]
}

/// One origin, its subdomains, a port, one method and one header.
fn policy() -> Policy {
    let origins = ["https://a.test", "https://*.example.com", "http://localhost:3000"];
    Policy::builder()
        .allow_origins(origins)
        .allow_methods(["PUT", "PATCH"])
        .allow_header("x-a")
        .build()
        .unwrap()
}

fn any_header() -> Policy {
    let policy = Policy::builder().allow_origin("https://a.test").allow_any_header().allow_any_method();
    policy.allow_credentials().build().unwrap()
}

fn refusals() -> Section {
    let mut section = Section::new("Why a policy refuses a request: server::PolicyRefusal");
    let long = format!("OPTIONS | O: https://a.test | M: GET | H: {}", "x".repeat(10_000));
    let many = format!("OPTIONS | O: https://a.test | M: GET | H: {}", ",".repeat(300));
    let caller = Policy::builder().caller_decides_origins().build().unwrap();
    for (policy, text) in [
        (caller, "GET | O: https://b.test"),
        (policy(), "GET | O: https://b.test"),
        (policy(), "GET | O: null"),
        (policy(), "GET | O: https://a.test/"),
        (policy(), "GET | O: https://a.test | O: https://a.test"),
        (policy(), "OPTIONS | O: https://a.test | M: DELETE"),
        (policy(), "OPTIONS | O: https://a.test | M: P UT"),
        (any_header(), "OPTIONS | O: https://a.test | M: TRACE"),
        (policy(), "OPTIONS | O: https://a.test | M: GET | H: x-a,x-b"),
        (policy(), "OPTIONS | O: https://a.test | M: GET | H: x y"),
        (any_header(), &long),
        (any_header(), &many),
    ] {
        let (method, headers) = request(text);
        let refusal = policy.decide(&method, &headers).refusal().unwrap();
        // The text of a refusal says what no text of its sources does.
        let source = refusal.source().map(|source| format!(": {source}"));
        section.add(refusal.name(), format!("{refusal}{}", source.unwrap_or_default()));
    }
    let (method, headers) = request("GET | O: https://a.test");
    let refusal = policy().decide_with(&method, &headers, OriginDecision::Allowed).refusal().unwrap();
    section.add(refusal.name(), refusal);
    for text in ["GET", "GET | host: evil.test", "GET | host: localhost | host: localhost"] {
        let (_, headers) = request(text);
        let refusal = HostGuard::loopback().check(&"/".parse().unwrap(), &headers).unwrap_err();
        section.add(refusal.name(), refusal);
    }
    section.complete(PolicyRefusal::NAMES)
}

fn guards() -> Section {
    let mut section = Section::new("Guards that cannot be built: server::GuardError");
    for hosts in [&[][..], &["localhost:3000"], &["*.[::1]"]] {
        let error = HostGuard::new(hosts).unwrap_err();
        let source = error.source().map(|source| format!(": {source}"));
        section.entry(&format!("{hosts:?}"), format!("{error}{}", source.unwrap_or_default()));
    }
    section
}

fn explanations() -> Section {
    let mut section =
        Section::new("Explanations: server::Explanation, with MatchedRule, NearMiss and Suggestion");
    let mut explained = Explained::default();
    for text in [
        "GET",
        "OPTIONS | M: PUT",
        "OPTIONS | O: https://a.test",
        "OPTIONS | O: https://a.example.com | M: PUT | H: x-a",
        "OPTIONS | O: https://a.test | M: PUT | H: x-a,X-B,x-c",
        "OPTIONS | O: https://b.test | M: DELETE | H: x-a,X-B",
        "OPTIONS | O: https://a.test | M: patch",
        "GET | O: null",
        "GET | O: a.test",
        "GET | O: https://a.test | O: null",
        "GET | O: http://a.test",
        "GET | O: https://a.test:8443",
        "GET | O: https://x.a.test",
        "GET | O: https://example.com",
    ] {
        explained.add(&mut section, "", &policy(), text, None);
    }
    let mut add = |policy: Policy, calls: &str, text: &str, answer: Option<OriginDecision>| {
        explained.add(&mut section, calls, &policy, text, answer);
    };
    let wildcard = policy().to_builder().allow_any_header().build().unwrap();
    add(wildcard, "allow_any_header()", "OPTIONS | O: https://a.test | M: GET | H: authorization", None);
    let many = format!("OPTIONS | O: https://a.test | M: GET | H: {}", ",".repeat(300));
    add(any_header(), "allow_any_header(), allow_credentials()", &many, None);
    let any = Policy::builder().allow_any_origin().build().unwrap();
    add(any, "allow_any_origin()", "GET | O: https://a.test", None);
    let asked = Policy::builder().allow_origins_if(|_| true).build().unwrap();
    add(asked, "allow_origins_if(|_| true)", "GET | O: https://a.test", None);
    let null = Policy::builder().dangerously_allow_null_origin().build().unwrap();
    add(null, "dangerously_allow_null_origin()", "GET | O: null", None);
    let caller = || Policy::builder().caller_decides_origins().build().unwrap();
    add(caller(), "caller_decides_origins()", "GET | O: https://a.test", Some(OriginDecision::Allowed));
    add(caller(), "caller_decides_origins()", "GET | O: https://a.test", None);
    add(policy(), "", "GET | O: https://a.test", Some(OriginDecision::Allowed));

    for text in [
        "GET | host: evil.test:3000",
        "POST | host: localhost | O: null",
        "OPTIONS | O: https://a.test | M: GET",
    ] {
        let (method, headers) = request(text);
        let explanation = policy().explain(&method, &headers);
        let explanation = explanation.guarded(&HostGuard::loopback(), &"/".parse().unwrap(), &headers);
        explained.suggestions.extend(explanation.suggestions.iter().map(Suggestion::name));
        section.entry(&format!("guarded(HostGuard::loopback()) | {text}"), &explanation);
    }

    assert_eq!(explained.rules, MatchedRule::NAMES.iter().copied().collect());
    assert_eq!(explained.near_misses, NearMiss::NAMES.iter().copied().collect());
    assert_eq!(explained.suggestions, Suggestion::NAMES.iter().copied().collect());
    section
}

/// The variants that explanations showed.
#[derive(Default)]
struct Explained {
    rules: BTreeSet<&'static str>,
    near_misses: BTreeSet<&'static str>,
    suggestions: BTreeSet<&'static str>,
}

impl Explained {
    fn add(
        &mut self,
        section: &mut Section,
        calls: &str,
        policy: &Policy,
        text: &str,
        answer: Option<OriginDecision>,
    ) {
        let (method, headers) = request(text);
        let explanation: Explanation = match answer {
            None => policy.explain(&method, &headers),
            Some(answer) => policy.explain_with(&method, &headers, answer),
        };
        self.rules.extend(explanation.rule.as_ref().map(MatchedRule::name));
        self.near_misses.extend(explanation.near_misses.iter().map(NearMiss::name));
        self.suggestions.extend(explanation.suggestions.iter().map(Suggestion::name));
        let request = text.replace(&",".repeat(300), ",,,\u{2026}");
        let heading = if calls.is_empty() { request } else { format!("{calls} | {request}") };
        section.entry(&heading, &explanation);
    }
}
