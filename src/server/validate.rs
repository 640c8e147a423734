//! Validation: checks every setting, and reports every error and warning.

use std::{collections::HashSet, fmt::Display};

use http::{
    HeaderName, Method, StatusCode,
    header::{
        ACCESS_CONTROL_ALLOW_HEADERS, ACCESS_CONTROL_ALLOW_METHODS, ACCESS_CONTROL_MAX_AGE,
        ACCESS_CONTROL_REQUEST_HEADERS, ACCESS_CONTROL_REQUEST_METHOD, ORIGIN,
    },
};

use super::{
    config_path::ConfigPath,
    error::{PolicyError, PolicyErrorKind, PolicyErrors},
    headers::{ALLOW_PRIVATE_NETWORK, REQUEST_PRIVATE_NETWORK, is_access_control},
    pattern::OriginPattern,
    settings::{ANY, CheckedList, List, Settings},
    warning::{PolicyWarning, PolicyWarningKind},
};
use crate::{
    method::{is_cors_safelisted_method, is_forbidden_method, normalize_method},
    request_header::{is_cors_non_wildcard_request_header_name, is_forbidden_request_header},
    response_header::{is_cors_safelisted_response_header_name, is_forbidden_response_header_name},
};

mod origins;

/// One day, in seconds. No browser caches a preflight's response for longer.
const LONGEST_MAX_AGE: u64 = 86_400;

/// A configuration without errors, parsed.
pub(crate) struct Checked {
    /// The settings, without elements that others cover.
    pub(crate) settings: Settings,
    pub(crate) origins: CheckedList<OriginPattern>,
    pub(crate) methods: CheckedList<Method>,
    /// With `any`, the only other element can be `authorization`, and only without credentials.
    pub(crate) headers: CheckedList<HeaderName>,
    pub(crate) preflight_status: StatusCode,
    pub(crate) refusal_status: StatusCode,
    /// Sorted by path.
    pub(crate) warnings: Vec<PolicyWarning>,
}

/// The errors and warnings found so far.
struct Findings {
    /// The paths of values that reading could not make sense of. Further errors about them would only repeat
    /// that.
    unreadable: HashSet<ConfigPath>,
    errors: Vec<PolicyError>,
    warnings: Vec<PolicyWarning>,
}

impl Findings {
    fn error(&mut self, path: ConfigPath, seen: impl Display, kind: PolicyErrorKind) {
        self.add(PolicyError::with_seen(path, seen, kind));
    }

    /// Adds an error, unless its value was unreadable.
    fn add(&mut self, error: PolicyError) {
        if !self.unreadable.contains(&error.path) {
            self.errors.push(error);
        }
    }

    fn warn(&mut self, path: ConfigPath, kind: PolicyWarningKind) {
        self.warnings.push(PolicyWarning { path, kind });
    }

    fn warn_about_wildcard_in(&mut self, name: &str, path: &ConfigPath) {
        if name.contains(ANY) {
            self.warn(path.clone(), PolicyWarningKind::NameWithWildcard);
        }
    }
}

/// Validates the settings. `errors` are those that reading a configuration has found.
pub(crate) fn check(given: &Settings, errors: Vec<PolicyError>) -> Result<Checked, PolicyErrors> {
    let unreadable = errors.iter().map(|error| error.path.clone()).collect();
    let mut findings = Findings { unreadable, errors, warnings: Vec::new() };
    let origins = origins::check(given, &mut findings);
    let methods = methods(given, &mut findings);
    let headers = headers(given, &mut findings);
    let expose = expose(given, &mut findings);
    let preflight_status = preflight_status(given, &mut findings);
    let refusal_status = refusal_status(given, &mut findings);
    warn_about_switches(given, origins.any, &mut findings);

    PolicyErrors::check(findings.errors)?;
    findings.warnings.sort_by(|one, other| one.path.cmp(&other.path));
    let settings = Settings {
        origins: if given.allows_no_origin() { given.origins.clone() } else { origins.to_list() },
        methods: methods.to_list(),
        headers: headers.to_list(),
        expose: expose.to_list(),
        preflight_status: Some(preflight_status.as_u16()),
        refusal_status: Some(refusal_status.as_u16()),
        ..given.clone()
    };
    let warnings = findings.warnings;
    Ok(Checked { settings, origins, methods, headers, preflight_status, refusal_status, warnings })
}

fn warn_about_switches(given: &Settings, any_origin: bool, findings: &mut Findings) {
    if given.max_age.is_some_and(|seconds| seconds > LONGEST_MAX_AGE) {
        findings.warn(ConfigPath::of_field("max_age"), PolicyWarningKind::MaxAgeAboveEveryCap);
    }
    if given.development {
        findings.warn(ConfigPath::of_field("development"), PolicyWarningKind::Development);
    }
    if given.private_network {
        let path = ConfigPath::of_field("private_network");
        findings.warn(path.clone(), PolicyWarningKind::PrivateNetworkIsLegacy);
        if any_origin {
            findings.warn(path, PolicyWarningKind::PrivateNetworkForAnyOrigin);
        }
    }
}

fn methods(given: &Settings, findings: &mut Findings) -> CheckedList<Method> {
    let parse = |path: &ConfigPath, text: &str, findings: &mut Findings| {
        let method = normalize_method(text.as_bytes()).map_err(PolicyErrorKind::InvalidMethod)?;
        if is_forbidden_method(text.as_bytes()) {
            return Err(PolicyErrorKind::ForbiddenMethod);
        }
        let usual = method.as_str().to_ascii_uppercase();
        if is_cors_safelisted_method(&method) {
            findings.warn(path.clone(), PolicyWarningKind::SafelistedMethod);
        } else if method.as_str() != usual {
            findings.warn(path.clone(), PolicyWarningKind::MethodCase { usual });
        }
        findings.warn_about_wildcard_in(text, path);
        Ok(method)
    };
    list("methods", &given.methods, findings, |_| true, parse)
}

fn headers(given: &Settings, findings: &mut Findings) -> CheckedList<HeaderName> {
    // With credentials, `*` is never sent, and the echoed names cover `authorization` too. Without, browsers
    // that follow the standard need the name beside the `*`.
    let covered = |name: &HeaderName| given.credentials || !is_cors_non_wildcard_request_header_name(name);
    let parse = |path: &ConfigPath, text: &str, findings: &mut Findings| {
        let name = HeaderName::from_bytes(text.as_bytes()).map_err(|_| PolicyErrorKind::InvalidHeaderName)?;
        if is_forbidden_request_header(&name, b"") {
            return Err(PolicyErrorKind::ForbiddenRequestHeader);
        }
        if is_access_control(name.as_str()) {
            return Err(PolicyErrorKind::ResponseHeaderAllowed);
        }
        findings.warn_about_wildcard_in(text, path);
        Ok(name)
    };
    let headers = list("headers", &given.headers, findings, covered, parse);
    if headers.any && headers.items.is_empty() && !given.credentials {
        findings.warn(ConfigPath::of_field("headers"), PolicyWarningKind::AuthorizationNotCovered);
    }
    headers
}

fn expose(given: &Settings, findings: &mut Findings) -> CheckedList<HeaderName> {
    let parse = |path: &ConfigPath, text: &str, findings: &mut Findings| {
        let name = HeaderName::from_bytes(text.as_bytes()).map_err(|_| PolicyErrorKind::InvalidHeaderName)?;
        if is_forbidden_response_header_name(&name) {
            return Err(PolicyErrorKind::ForbiddenResponseHeader);
        }
        if is_request_header(&name) {
            return Err(PolicyErrorKind::RequestHeaderExposed);
        }
        if is_preflight_response_header(&name) {
            return Err(PolicyErrorKind::PreflightHeaderExposed);
        }
        if is_cors_safelisted_response_header_name(&name, &[] as &[&[u8]]) {
            findings.warn(path.clone(), PolicyWarningKind::SafelistedResponseHeader);
        }
        findings.warn_about_wildcard_in(text, path);
        Ok(name)
    };
    if let Some(index) = given.expose.position_of_any().filter(|_| given.credentials) {
        findings.error(ConfigPath::element("expose", index), ANY, PolicyErrorKind::ExposeAnyWithCredentials);
    }
    list("expose", &given.expose, findings, |_| true, parse)
}

fn is_request_header(name: &HeaderName) -> bool {
    [ORIGIN, ACCESS_CONTROL_REQUEST_METHOD, ACCESS_CONTROL_REQUEST_HEADERS, REQUEST_PRIVATE_NETWORK]
        .contains(name)
}

/// Returns whether only the response to a preflight has the header. No page can read such a response.
fn is_preflight_response_header(name: &HeaderName) -> bool {
    [
        ACCESS_CONTROL_ALLOW_METHODS,
        ACCESS_CONTROL_ALLOW_HEADERS,
        ACCESS_CONTROL_MAX_AGE,
        ALLOW_PRIVATE_NETWORK,
    ]
    .contains(name)
}

fn preflight_status(given: &Settings, findings: &mut Findings) -> StatusCode {
    let possible = "from 200 to 299, or browsers refuse the preflight";
    let path = ConfigPath::of_field("preflight_status");
    status(path, given.preflight_status, possible, |status| status.is_success(), findings)
        .unwrap_or(Settings::PREFLIGHT_STATUS)
}

fn refusal_status(given: &Settings, findings: &mut Findings) -> StatusCode {
    let possible = "from 200 to 299 or from 400 to 599";
    let is_possible =
        |status: StatusCode| status.is_success() || status.is_client_error() || status.is_server_error();
    let path = ConfigPath::of_field("refusal_status");
    status(path, given.refusal_status, possible, is_possible, findings).unwrap_or(Settings::REFUSAL_STATUS)
}

/// The status, if one is given. A status that is not possible adds an error.
fn status(
    path: ConfigPath,
    given: Option<u16>,
    possible: &'static str,
    is_possible: fn(StatusCode) -> bool,
    findings: &mut Findings,
) -> Option<StatusCode> {
    let status = StatusCode::from_u16(given?).ok().filter(|status| is_possible(*status));
    if let (Some(given), None) = (given, status) {
        findings.error(path, given, PolicyErrorKind::Status(possible));
    }
    status
}

/// Parses a list of strings in which `*` means any, and drops elements that another element covers.
///
/// `covered` says which elements `*` covers. `parse` parses one element.
fn list<T: ToString>(
    field: &str,
    texts: &List,
    findings: &mut Findings,
    covered: impl Fn(&T) -> bool,
    parse: impl Fn(&ConfigPath, &str, &mut Findings) -> Result<T, PolicyErrorKind>,
) -> CheckedList<T> {
    let any = texts.position_of_any().is_some();
    let (mut seen, mut items) = (HashSet::new(), Vec::new());
    for (index, text) in texts.iter().enumerate() {
        let path = ConfigPath::element(field, index);
        let (item, name) = if text == ANY {
            (None, text.clone())
        } else {
            match parse(&path, text, findings) {
                Err(kind) => {
                    findings.error(path, text, kind);
                    continue;
                }
                Ok(item) if any && covered(&item) => {
                    findings.warn(path, PolicyWarningKind::Covered { by: ANY.to_owned() });
                    continue;
                }
                Ok(item) => {
                    let name = item.to_string();
                    (Some(item), name)
                }
            }
        };
        if seen.insert(name.clone()) {
            items.extend(item);
        } else {
            findings.warn(path, PolicyWarningKind::Covered { by: name });
        }
    }
    CheckedList { any, items }
}
