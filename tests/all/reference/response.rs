//! The response of a policy, computed plainly from its settings.

use std::collections::{BTreeMap, BTreeSet};

use crossorigin::{
    http::{HeaderMap, HeaderName, Method},
    server::{Action, Decision, Verdict},
};

use super::settings::{PolicySettings, allows_header, allows_method, allows_origin, normalized};

const ANY: &str = "*";

fn has_any(list: &[String]) -> bool {
    list.iter().any(|it| it == ANY)
}

/// What a policy does with a request that a browser could have sent.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Expected {
    /// Whether the response is shared; `None` if the request has no `Origin`.
    pub(crate) shared: Option<bool>,
    /// The status of a preflight's response. Other requests go to the handler.
    pub(crate) status: Option<u16>,
    /// The `Access-Control-*` headers, with lists as sorted elements.
    pub(crate) headers: BTreeMap<String, Vec<String>>,
    /// The request headers that `Vary` names.
    pub(crate) vary: BTreeSet<&'static str>,
}

impl Expected {
    /// The same for a decision, and for a new response to which it was applied.
    pub(crate) fn observed(decision: &Decision, response: &HeaderMap) -> Self {
        let is_refused = matches!(decision.verdict(), Verdict::Refuse(_));
        let mut headers = protocol_headers(response);
        if is_refused {
            headers.retain(|name, _| !ONLY_FOR_CONSOLES.contains(&name.as_str()));
        }
        Self {
            shared: (decision.verdict() != Verdict::NotApplicable).then_some(!is_refused),
            status: match decision.action() {
                Action::CallHandler => None,
                Action::Respond(status) => Some(status.as_u16()),
            },
            headers,
            vary: decision.vary().iter().map(HeaderName::as_str).collect(),
        }
    }
}

/// The headers that the development switch adds to a refusal.
const ONLY_FOR_CONSOLES: [&str; 2] = ["access-control-allow-methods", "access-control-allow-headers"];

const ORIGIN: &str = "origin";
const REQUEST_METHOD: &str = "access-control-request-method";
const REQUEST_HEADERS: &str = "access-control-request-headers";
const REQUEST_PRIVATE_NETWORK: &str = "access-control-request-private-network";

/// The response of a policy. If the development switch is on, the lists of a refused preflight are left out,
/// because they only serve the browser's console.
pub(crate) fn expected(settings: &PolicySettings, method: &Method, request: &HeaderMap) -> Expected {
    let line = |name: &str| Some(request.get(name)?.to_str().ok()?.to_owned());
    let for_all = has_any(&settings.origins) && !settings.credentials;
    let mut vary = BTreeSet::from_iter((!for_all).then_some(ORIGIN));
    if method == Method::OPTIONS {
        vary.insert(REQUEST_METHOD);
        vary.extend(request.contains_key(REQUEST_METHOD).then_some(ORIGIN));
    }
    let Some(origin) = line(ORIGIN) else {
        let headers = if for_all { shared_headers(settings, ANY) } else { BTreeMap::new() };
        return Expected { shared: None, status: None, headers, vary };
    };
    let allowed = allows_origin(settings, &origin);
    let value = if for_all { ANY } else { &origin };
    match line(REQUEST_METHOD).filter(|_| method == Method::OPTIONS) {
        Some(method) if allowed => {
            let names = elements(request, REQUEST_HEADERS);
            preflight(settings, (value, &method, &names), line(REQUEST_PRIVATE_NETWORK).as_deref(), vary)
        }
        Some(_) => {
            let status = Some(settings.refusal_status);
            Expected { shared: Some(false), status, headers: BTreeMap::new(), vary }
        }
        None => {
            let headers = if allowed { shared_headers(settings, value) } else { BTreeMap::new() };
            Expected { shared: Some(allowed), status: None, headers, vary }
        }
    }
}

fn preflight(
    settings: &PolicySettings,
    (origin, method, names): (&str, &str, &[String]),
    private_network: Option<&str>,
    mut vary: BTreeSet<&'static str>,
) -> Expected {
    let method_allowed = allows_method(settings, method);
    let refused_name = method_allowed && !names.iter().all(|name| allows_header(settings, name));
    let accepted = method_allowed && !refused_name;
    // A response depends on the names if they were checked, or if they are echoed although the method was
    // refused.
    let wildcard = has_any(&settings.headers) && !settings.credentials;
    let echoes = has_any(&settings.headers) && settings.credentials;
    if method_allowed && !wildcard || settings.development && echoes {
        vary.insert(REQUEST_HEADERS);
    }
    if !accepted && !settings.development {
        let (status, headers) = (Some(settings.refusal_status), BTreeMap::new());
        return Expected { shared: Some(false), status, headers, vary };
    }
    let mut headers = origin_headers(settings, origin);
    if settings.private_network {
        vary.insert(REQUEST_PRIVATE_NETWORK);
        let allows = private_network == Some("true");
        headers.extend(allows.then(|| pair("access-control-allow-private-network", "true")));
    }
    headers.extend(settings.max_age.map(|seconds| pair("access-control-max-age", &seconds.to_string())));
    if accepted {
        let methods = match has_any(&settings.methods) && settings.credentials {
            true => vec![method.to_owned()],
            false => without_covered(&settings.methods, |_| true).iter().map(|it| normalized(it)).collect(),
        };
        let names = match has_any(&settings.headers) && settings.credentials {
            true => names.to_vec(),
            false => without_covered(&settings.headers, |name| !name.eq_ignore_ascii_case("authorization")),
        };
        let names = names.iter().map(|it| it.to_ascii_lowercase()).collect();
        headers.extend(list("access-control-allow-methods", methods));
        headers.extend(list("access-control-allow-headers", names));
    }
    Expected { shared: Some(accepted), status: Some(settings.preflight_status), headers, vary }
}

/// The headers of a shared response to anything but a preflight.
fn shared_headers(settings: &PolicySettings, origin: &str) -> BTreeMap<String, Vec<String>> {
    let mut headers = origin_headers(settings, origin);
    let names = without_covered(&settings.expose, |_| true);
    let names = names.iter().map(|it| it.to_ascii_lowercase()).collect();
    headers.extend(list("access-control-expose-headers", names));
    headers
}

fn origin_headers(settings: &PolicySettings, origin: &str) -> BTreeMap<String, Vec<String>> {
    let credentials = settings.credentials.then(|| pair("access-control-allow-credentials", "true"));
    [pair("access-control-allow-origin", origin)].into_iter().chain(credentials).collect()
}

/// The list without the elements that its `*` covers, if it has a `*`.
fn without_covered(list: &[String], wildcard_covers: impl Fn(&str) -> bool) -> Vec<String> {
    let is_sent = |it: &&String| *it == ANY || !has_any(list) || !wildcard_covers(it);
    list.iter().filter(is_sent).cloned().collect()
}

fn pair(name: &str, value: &str) -> (String, Vec<String>) {
    (name.to_owned(), vec![value.to_owned()])
}

fn list(name: &str, elements: Vec<String>) -> Option<(String, Vec<String>)> {
    let elements: BTreeSet<_> = elements.into_iter().collect();
    (!elements.is_empty()).then(|| (name.to_owned(), elements.into_iter().collect()))
}

/// The elements of all lines, without the empty ones.
fn elements(headers: &HeaderMap, name: &str) -> Vec<String> {
    let lines = headers.get_all(name).iter().filter_map(|line| line.to_str().ok());
    let elements = lines.flat_map(|line| line.split(',')).map(|it| it.trim().to_owned());
    elements.filter(|it| !it.is_empty()).collect()
}

/// The `Access-Control-*` headers of a response, in the form of [`Expected::headers`].
pub(crate) fn protocol_headers(response: &HeaderMap) -> BTreeMap<String, Vec<String>> {
    let names = response.keys().filter(|name| name.as_str().starts_with("access-control-"));
    let form = |name: &str| {
        let is_of_names = matches!(name, "access-control-allow-headers" | "access-control-expose-headers");
        let mut elements = elements(response, name);
        if is_of_names {
            elements.iter_mut().for_each(|element| element.make_ascii_lowercase());
        }
        elements.sort();
        elements.dedup();
        elements
    };
    names.map(|name| (name.to_string(), form(name.as_str()))).collect()
}
