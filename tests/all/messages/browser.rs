//! Reasons, refusals, warnings, and the findings of a trace.

use std::{collections::BTreeMap, time::Duration};

use crossorigin::{
    browser::{
        AddressSpace, AllowedBy, Finding, Fix, MaxAge, NetworkError, PreflightCause, Reason, Refusal,
        RefusalReason, ResponseType, Warning,
    },
    http::{Method, StatusCode},
    request_header::NotSafelisted,
};

use super::Section;
use crate::browser::{reasons, warnings};

pub(super) fn sections() -> Vec<Section> {
    vec![network_errors(), refusals(), links(), warnings_of_fetches(), findings()]
}

fn network_errors() -> Section {
    let mut section =
        Section::new("Network errors: browser::Reason, with Chromium's and Firefox's names and the fixes");
    for error in reasons::produced() {
        section.add(error.reason().name(), text_of(&error));
    }
    section.complete(Reason::NAMES)
}

fn text_of(error: &NetworkError) -> String {
    let mut text = error.to_string();
    text += &error.chromium().map(|name| format!("\nChromium: {name}")).unwrap_or_default();
    text += &error.reason().firefox().map(|name| format!("\nFirefox: {name}")).unwrap_or_default();
    text + &fixes(error.fixes())
}

/// Each fix with its side, its lines, and its caution.
fn fixes(fixes: &[Fix]) -> String {
    let mut text = String::new();
    for fix in fixes {
        text += &format!("\nFix ({}): {}", fix.side().name(), fix.text());
        text.extend(fix.lines().iter().map(|line| format!("\n  {line}")));
        text += &fix.caution().map(|caution| format!("\n  Caution: {caution}")).unwrap_or_default();
    }
    text
}

fn refusals() -> Section {
    let mut section = Section::new("Refused before anything is sent: browser::RefusalReason, with the fixes");
    for refusal in reasons::refusals() {
        section.add(refusal.reason().name(), format!("{refusal}{}", fixes(refusal.fixes())));
    }
    section.complete(RefusalReason::NAMES)
}

fn links() -> Section {
    let mut section = Section::new("Links to the algorithms that refuse: standard::StandardStep::link");
    let errors = reasons::produced();
    let refusals = reasons::refusals();
    let steps = errors.iter().map(NetworkError::step).chain(refusals.iter().map(Refusal::step));
    let links: BTreeMap<_, _> = steps.map(|step| (step.algorithm().name(), step.link())).collect();
    for (algorithm, link) in links {
        section.entry(algorithm, link);
    }
    section
}

fn warnings_of_fetches() -> Section {
    let mut section = Section::new("Warnings of a fetch: browser::Warning, with the fixes");
    for warning in warnings::produced() {
        let text = format!("{warning}{}", fixes(&warning.fixes()));
        section.add(warning.name(), text);
    }
    section.complete(Warning::NAMES)
}

fn findings() -> Section {
    let mut section = Section::new("Decisions of a fetch: browser::Finding");
    for finding in all_findings() {
        section.add(finding.name(), finding);
    }
    section.complete(Finding::NAMES)
}

fn all_findings() -> Vec<Finding> {
    let passed = |by_wildcard, with_credentials| Finding::CorsCheckPassed { by_wildcard, with_credentials };
    let allowed = |by| Finding::MethodAllowed { method: Method::PUT, by };
    let names = |names: &[&str]| Finding::HeadersAllowed {
        names: names.iter().map(|name| name.parse().unwrap()).collect(),
    };
    let mut findings = vec![
        Finding::SameOrigin,
        Finding::NotSubjectToCors,
        Finding::Opaque,
        Finding::CorsNotEnforced,
        Finding::CorsWithoutPreflight,
        Finding::PreflightCached,
        Finding::OriginTainted,
        Finding::Credentials { included: true },
        Finding::Credentials { included: false },
        Finding::AddressAllowed { space: AddressSpace::Public, by_permission: false },
        Finding::AddressAllowed { space: AddressSpace::Local, by_permission: true },
        Finding::CheckedAsInclude,
        Finding::RefusedLater,
        passed(true, false),
        passed(false, false),
        passed(false, true),
        Finding::PreflightStatusOk(StatusCode::NO_CONTENT),
        allowed(AllowedBy::Safelist),
        allowed(AllowedBy::Name),
        allowed(AllowedBy::Wildcard),
        allowed(AllowedBy::ForcedPreflight),
        names(&[]),
        names(&["x-a", "x-b"]),
        Finding::ResourcePolicyPassed,
        Finding::TimingHidden,
        Finding::Delivered(ResponseType::Cors),
    ];
    findings.extend(causes_of_a_preflight().into_iter().map(Finding::CorsWithPreflight));
    findings.extend(max_ages().into_iter().map(Finding::PreflightStored));
    findings.extend([(false, false), (true, true)].map(|(method_became_get, authorization_removed)| {
        Finding::Redirected {
            status: StatusCode::FOUND,
            location: Box::new("https://b.test/".parse().unwrap()),
            method_became_get,
            authorization_removed,
        }
    }));
    findings
}

fn causes_of_a_preflight() -> Vec<PreflightCause> {
    let cause = |change: &dyn Fn(&mut PreflightCause)| {
        let mut cause = PreflightCause::default();
        change(&mut cause);
        cause
    };
    let header = |reason| ("x-a".parse().unwrap(), reason);
    vec![
        cause(&|it| it.forced = true),
        cause(&|it| it.repeated = true),
        cause(&|it| it.method = Some(Method::PUT)),
        cause(&|it| it.headers = vec![header(NotSafelisted::Name)]),
        cause(&|it| it.too_long_together = true),
        cause(&|it| {
            (it.forced, it.repeated, it.too_long_together) = (true, true, true);
            it.method = Some(Method::PUT);
            it.headers = vec![header(NotSafelisted::Name), header(NotSafelisted::Name)];
        }),
    ]
}

fn max_ages() -> Vec<MaxAge> {
    let given = [0, 1, 59, 60, 3_600, 5_400, 7_200, 86_400, 172_800];
    let given = given.map(|seconds| MaxAge::Given(Duration::from_secs(seconds)));
    let others = [MaxAge::Default, MaxAge::Limited(Duration::from_secs(7_200)), MaxAge::NotCached];
    [&given[..], &others].concat()
}
