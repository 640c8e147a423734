//! From a builder to a policy: every rule is looked at, and every fault reported.

use std::{collections::HashSet, fmt::Display};

use http::{
    HeaderName, Method, StatusCode,
    header::{
        ACCESS_CONTROL_ALLOW_HEADERS, ACCESS_CONTROL_ALLOW_METHODS, ACCESS_CONTROL_MAX_AGE,
        ACCESS_CONTROL_REQUEST_HEADERS, ACCESS_CONTROL_REQUEST_METHOD, ORIGIN,
    },
};

use crate::{
    method::{is_cors_safelisted_method, is_forbidden_method, normalize_method},
    request_header::{is_cors_non_wildcard_request_header_name, is_forbidden_request_header},
    response_header::{is_cors_safelisted_response_header_name, is_forbidden_response_header_name},
    status::is_ok_status,
};

use super::{
    builder::PolicyBuilder,
    fault::{Fault, FaultKind, PolicyFaults},
    names::{ALLOW_PRIVATE_NETWORK, REQUEST_PRIVATE_NETWORK, is_access_control},
    place::{Place, WHOLE},
    policy::Policy,
    settings::{AsText, Listed, Settings},
    warning::{Warning, WarningKind},
};

mod origins;

/// One day: no browser keeps the answer to a preflight for longer.
const LONGEST_MAX_AGE: u64 = 86_400;

/// What has been found so far.
pub(crate) struct Findings {
    /// Places that hold nothing that can be checked.
    unreadable: HashSet<Place>,
    faults: Vec<Fault>,
    warnings: Vec<Warning>,
}

impl Findings {
    /// Notes a fault. There is nothing to go on with then: always `None`.
    fn fault<T>(&mut self, at: Place, seen: impl Display, kind: FaultKind) -> Option<T> {
        self.add(Fault::with_seen(at, seen, kind));
        None
    }

    /// A value of the wrong type has nothing in it that could be wrong too.
    fn add(&mut self, fault: Fault) {
        if !self.unreadable.contains(&fault.at) {
            self.faults.push(fault);
        }
    }

    /// Was the list, something in it, or the whole policy of the wrong type? Then nobody knows what it should have said.
    fn is_misread(&self, list: &str) -> bool {
        let mut misread =
            self.faults.iter().filter(|fault| matches!(fault.kind, FaultKind::WrongType { .. }));
        misread.any(|fault| [list, WHOLE].contains(&fault.at.field()))
    }

    fn warn(&mut self, at: Place, kind: WarningKind) {
        self.warnings.push(Warning::new(at, kind));
    }
}

/// `faults` are those that were found on the way here, in a configuration file.
pub(crate) fn build(builder: &PolicyBuilder, faults: Vec<Fault>) -> Result<Policy, PolicyFaults> {
    let unreadable = faults.iter().map(|fault| fault.at.clone()).collect();
    let mut findings = Findings { unreadable, faults, warnings: Vec::new() };
    let settings = Settings {
        origins: origins::check(builder, &mut findings),
        predicates: builder.predicates.clone(),
        caller_decides_origins: builder.caller_decides_origins,
        credentials: builder.credentials,
        methods: methods(builder, &mut findings),
        headers: headers(builder, &mut findings),
        expose: expose(builder, &mut findings),
        max_age: builder.max_age,
        preflight_status: preflight_status(builder, &mut findings),
        refusal_status: refusal_status(builder, &mut findings),
        private_network: builder.private_network,
        development: builder.development,
        dangers: builder.dangers,
    };
    if builder.max_age.is_some_and(|seconds| seconds > LONGEST_MAX_AGE) {
        findings.warn(Place::at_field("max_age"), WarningKind::MaxAgeAboveEveryCap);
    }
    if builder.development {
        findings.warn(Place::at_field("development"), WarningKind::Development);
    }
    if builder.private_network {
        findings.warn(Place::at_field("private_network"), WarningKind::PrivateNetworkIsLegacy);
        if settings.origins.any {
            findings.warn(Place::at_field("private_network"), WarningKind::PrivateNetworkForAnyOrigin);
        }
    }
    PolicyFaults::check(findings.faults)?;
    findings.warnings.sort_by(|one, other| one.at.cmp(&other.at));
    Ok(Policy::new(settings, findings.warnings))
}

fn methods(builder: &PolicyBuilder, findings: &mut Findings) -> Listed<Method> {
    list(
        "methods",
        &builder.methods,
        findings,
        |_| true,
        |at, text, findings| {
            let method = match normalize_method(text.as_bytes()) {
                Ok(method) => method,
                Err(error) => return findings.fault(at, text, FaultKind::InvalidMethod(error)),
            };
            if is_forbidden_method(text.as_bytes()) {
                return findings.fault(at, text, FaultKind::ForbiddenMethod);
            }
            let usual = method.as_str().to_ascii_uppercase();
            if is_cors_safelisted_method(&method) {
                findings.warn(at.clone(), WarningKind::SafelistedMethod);
            } else if method.as_str() != usual {
                findings.warn(at.clone(), WarningKind::MethodCase { usual });
            }
            Some(method)
        },
    )
}

fn headers(builder: &PolicyBuilder, findings: &mut Findings) -> Listed<HeaderName> {
    // With credentials `*` is never sent, and what is sent in its place covers every header.
    let covered = |name: &HeaderName| builder.credentials || !is_cors_non_wildcard_request_header_name(name);
    let headers = list("headers", &builder.headers, findings, covered, |at, text, findings| {
        let Ok(name) = HeaderName::from_bytes(text.as_bytes()) else {
            return findings.fault(at, text, FaultKind::InvalidHeaderName);
        };
        if is_forbidden_request_header(&name, b"") {
            return findings.fault(at, text, FaultKind::ForbiddenRequestHeader);
        }
        if is_access_control(name.as_str()) {
            return findings.fault(at, text, FaultKind::ResponseHeaderAllowed);
        }
        Some(name)
    });
    if headers.any && headers.items.is_empty() && !builder.credentials {
        findings.warn(Place::at_field("headers"), WarningKind::AuthorizationNotCovered);
    }
    headers
}

fn expose(builder: &PolicyBuilder, findings: &mut Findings) -> Listed<HeaderName> {
    let exposed = list(
        "expose",
        &builder.expose,
        findings,
        |_| true,
        |at, text, findings| {
            let Ok(name) = HeaderName::from_bytes(text.as_bytes()) else {
                return findings.fault(at, text, FaultKind::InvalidHeaderName);
            };
            if is_forbidden_response_header_name(&name) {
                return findings.fault(at, text, FaultKind::ForbiddenResponseHeader);
            }
            if is_of_requests(&name) {
                return findings.fault(at, text, FaultKind::RequestHeaderExposed);
            }
            if is_preflight_answer(&name) {
                return findings.fault(at, text, FaultKind::PreflightHeaderExposed);
            }
            if is_cors_safelisted_response_header_name(&name, &[] as &[&[u8]]) {
                findings.warn(at.clone(), WarningKind::SafelistedResponseHeader);
            }
            Some(name)
        },
    );
    if exposed.any && builder.credentials {
        let index = builder.expose.iter().position(|text| text == "*").unwrap_or_default();
        findings.fault::<()>(Place::element("expose", index), "*", FaultKind::ExposeAnyWithCredentials);
    }
    exposed
}

fn is_of_requests(name: &HeaderName) -> bool {
    [ORIGIN, ACCESS_CONTROL_REQUEST_METHOD, ACCESS_CONTROL_REQUEST_HEADERS, REQUEST_PRIVATE_NETWORK]
        .contains(name)
}

/// The headers that only the answer to a preflight has, which no page gets to see.
fn is_preflight_answer(name: &HeaderName) -> bool {
    [
        ACCESS_CONTROL_ALLOW_METHODS,
        ACCESS_CONTROL_ALLOW_HEADERS,
        ACCESS_CONTROL_MAX_AGE,
        ALLOW_PRIVATE_NETWORK,
    ]
    .contains(name)
}

fn preflight_status(builder: &PolicyBuilder, findings: &mut Findings) -> StatusCode {
    let possible = "200 to 299, or browsers refuse the preflight";
    status(
        "preflight_status",
        builder.preflight_status,
        StatusCode::NO_CONTENT,
        findings,
        possible,
        is_ok_status,
    )
}

fn refusal_status(builder: &PolicyBuilder, findings: &mut Findings) -> StatusCode {
    let possible = "200 to 299, or 400 to 599";
    status("refusal_status", builder.refusal_status, StatusCode::FORBIDDEN, findings, possible, |status| {
        is_ok_status(status) || status.is_client_error() || status.is_server_error()
    })
}

fn status(
    field: &str,
    given: Option<u16>,
    default: StatusCode,
    findings: &mut Findings,
    possible: &'static str,
    is_possible: fn(StatusCode) -> bool,
) -> StatusCode {
    let Some(given) = given else { return default };
    match StatusCode::from_u16(given) {
        Ok(status) if is_possible(status) => status,
        _ => findings.fault(Place::at_field(field), given, FaultKind::Status(possible)).unwrap_or(default),
    }
}

/// Reads a list whose elements are texts, `*` among them, and leaves out what another element covers.
///
/// `covered` tells which elements are of no use beside `*`; `parse` reports the faults of one.
fn list<T: AsText>(
    field: &str,
    texts: &[String],
    findings: &mut Findings,
    covered: impl Fn(&T) -> bool,
    parse: impl Fn(Place, &str, &mut Findings) -> Option<T>,
) -> Listed<T> {
    let any = texts.iter().any(|text| text == "*");
    let (mut seen, mut items) = (HashSet::new(), Vec::new());
    for (index, text) in texts.iter().enumerate() {
        let at = Place::element(field, index);
        let (item, name) = if text == "*" {
            (None, text.clone())
        } else {
            let Some(item) = parse(at.clone(), text, findings) else { continue };
            if any && covered(&item) {
                findings.warn(at, WarningKind::Covered { by: "*".to_owned() });
                continue;
            }
            let name = item.text();
            (Some(item), name)
        };
        if seen.insert(name.clone()) {
            items.extend(item);
        } else {
            findings.warn(at, WarningKind::Covered { by: name });
        }
    }
    Listed { any, items }
}
