//! From a builder to a policy: every rule is looked at, and every error reported.

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
};

use super::{
    builder::PolicyBuilder,
    error::{PolicyError, PolicyErrorKind, PolicyErrors},
    names::{ALLOW_PRIVATE_NETWORK, REQUEST_PRIVATE_NETWORK, is_access_control},
    place::{ConfigPath, WHOLE},
    policy::Policy,
    settings::{AsText, Listed, Settings},
    warning::{PolicyWarning, PolicyWarningKind},
};

mod origins;

/// One day: no browser keeps the answer to a preflight for longer.
const LONGEST_MAX_AGE: u64 = 86_400;

/// What has been found so far.
pub(crate) struct Findings {
    /// Places that hold nothing that can be checked.
    unreadable: HashSet<ConfigPath>,
    errors: Vec<PolicyError>,
    warnings: Vec<PolicyWarning>,
}

impl Findings {
    /// Notes an error. There is nothing to go on with then: always `None`.
    fn error<T>(&mut self, at: ConfigPath, seen: impl Display, kind: PolicyErrorKind) -> Option<T> {
        self.add(PolicyError::with_seen(at, seen, kind));
        None
    }

    /// A value of the wrong type has nothing in it that could be wrong too.
    fn add(&mut self, error: PolicyError) {
        if !self.unreadable.contains(&error.path) {
            self.errors.push(error);
        }
    }

    /// Was the list, something in it, or the whole policy of the wrong type? Then nobody knows what it should have said.
    fn is_misread(&self, list: &str) -> bool {
        let mut misread =
            self.errors.iter().filter(|error| matches!(error.kind, PolicyErrorKind::WrongType { .. }));
        misread.any(|error| [list, WHOLE].contains(&error.path.field()))
    }

    fn warn(&mut self, at: ConfigPath, kind: PolicyWarningKind) {
        self.warnings.push(PolicyWarning::new(at, kind));
    }
}

/// `errors` are those that were found on the way here, in a configuration file.
pub(crate) fn build(builder: &PolicyBuilder, errors: Vec<PolicyError>) -> Result<Policy, PolicyErrors> {
    let unreadable = errors.iter().map(|error| error.path.clone()).collect();
    let mut findings = Findings { unreadable, errors, warnings: Vec::new() };
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
        findings.warn(ConfigPath::at_field("max_age"), PolicyWarningKind::MaxAgeAboveEveryCap);
    }
    if builder.development {
        findings.warn(ConfigPath::at_field("development"), PolicyWarningKind::Development);
    }
    if builder.private_network {
        findings.warn(ConfigPath::at_field("private_network"), PolicyWarningKind::PrivateNetworkIsLegacy);
        if settings.origins.any {
            findings
                .warn(ConfigPath::at_field("private_network"), PolicyWarningKind::PrivateNetworkForAnyOrigin);
        }
    }
    PolicyErrors::check(findings.errors)?;
    findings.warnings.sort_by(|one, other| one.path.cmp(&other.path));
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
                Err(error) => return findings.error(at, text, PolicyErrorKind::InvalidMethod(error)),
            };
            if is_forbidden_method(text.as_bytes()) {
                return findings.error(at, text, PolicyErrorKind::ForbiddenMethod);
            }
            let usual = method.as_str().to_ascii_uppercase();
            if is_cors_safelisted_method(&method) {
                findings.warn(at.clone(), PolicyWarningKind::SafelistedMethod);
            } else if method.as_str() != usual {
                findings.warn(at.clone(), PolicyWarningKind::MethodCase { usual });
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
            return findings.error(at, text, PolicyErrorKind::InvalidHeaderName);
        };
        if is_forbidden_request_header(&name, b"") {
            return findings.error(at, text, PolicyErrorKind::ForbiddenRequestHeader);
        }
        if is_access_control(name.as_str()) {
            return findings.error(at, text, PolicyErrorKind::ResponseHeaderAllowed);
        }
        Some(name)
    });
    if headers.any && headers.items.is_empty() && !builder.credentials {
        findings.warn(ConfigPath::at_field("headers"), PolicyWarningKind::AuthorizationNotCovered);
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
                return findings.error(at, text, PolicyErrorKind::InvalidHeaderName);
            };
            if is_forbidden_response_header_name(&name) {
                return findings.error(at, text, PolicyErrorKind::ForbiddenResponseHeader);
            }
            if is_of_requests(&name) {
                return findings.error(at, text, PolicyErrorKind::RequestHeaderExposed);
            }
            if is_preflight_answer(&name) {
                return findings.error(at, text, PolicyErrorKind::PreflightHeaderExposed);
            }
            if is_cors_safelisted_response_header_name(&name, &[] as &[&[u8]]) {
                findings.warn(at.clone(), PolicyWarningKind::SafelistedResponseHeader);
            }
            Some(name)
        },
    );
    if exposed.any && builder.credentials {
        let index = builder.expose.iter().position(|text| text == "*").unwrap_or_default();
        findings.error::<()>(
            ConfigPath::element("expose", index),
            "*",
            PolicyErrorKind::ExposeAnyWithCredentials,
        );
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
        |status| status.is_success(),
    )
}

fn refusal_status(builder: &PolicyBuilder, findings: &mut Findings) -> StatusCode {
    let possible = "200 to 299, or 400 to 599";
    status("refusal_status", builder.refusal_status, StatusCode::FORBIDDEN, findings, possible, |status| {
        status.is_success() || status.is_client_error() || status.is_server_error()
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
        _ => findings
            .error(ConfigPath::at_field(field), given, PolicyErrorKind::Status(possible))
            .unwrap_or(default),
    }
}

/// Reads a list whose elements are texts, `*` among them, and leaves out what another element covers.
///
/// `covered` tells which elements are of no use beside `*`; `parse` reports the errors of one.
fn list<T: AsText>(
    field: &str,
    texts: &[String],
    findings: &mut Findings,
    covered: impl Fn(&T) -> bool,
    parse: impl Fn(ConfigPath, &str, &mut Findings) -> Option<T>,
) -> Listed<T> {
    let any = texts.iter().any(|text| text == "*");
    let (mut seen, mut items) = (HashSet::new(), Vec::new());
    for (index, text) in texts.iter().enumerate() {
        let at = ConfigPath::element(field, index);
        let (item, name) = if text == "*" {
            (None, text.clone())
        } else {
            let Some(item) = parse(at.clone(), text, findings) else { continue };
            if any && covered(&item) {
                findings.warn(at, PolicyWarningKind::Covered { by: "*".to_owned() });
                continue;
            }
            let name = item.text();
            (Some(item), name)
        };
        if seen.insert(name.clone()) {
            items.extend(item);
        } else {
            findings.warn(at, PolicyWarningKind::Covered { by: name });
        }
    }
    Listed { any, items }
}
