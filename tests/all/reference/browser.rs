//! How a browser reads responses: the CORS check and the end of the CORS-preflight fetch, written as plainly
//! as possible. It shares no code with the crate.

use crossorigin::http::{HeaderMap, HeaderValue, Method};

fn values(headers: &HeaderMap, name: &str) -> Option<String> {
    let lines: Vec<_> = headers
        .get_all(name)
        .iter()
        .map(|line| String::from_utf8_lossy(line.as_bytes()).into_owned())
        .collect();
    (!lines.is_empty()).then(|| lines.join(", "))
}

fn items(headers: &HeaderMap, name: &str) -> Vec<String> {
    let value = values(headers, name).unwrap_or_default();
    value.split(',').map(|item| item.trim().to_owned()).filter(|item| !item.is_empty()).collect()
}

fn is_token(text: &str) -> bool {
    !text.is_empty() && text.chars().all(|it| it.is_ascii_alphanumeric() || "!#$%&'*+-.^_`|~".contains(it))
}

/// Returns whether a browser could have sent the request: it has one origin or `null`, and a preflight names
/// one valid method and valid header names.
pub(crate) fn could_send((method, headers): &(Method, HeaderMap)) -> bool {
    let origins = headers.get_all("origin").iter().count();
    let origin = values(headers, "origin").unwrap_or_default();
    let asked = headers.get_all("access-control-request-method").iter().count();
    let asks = values(headers, "access-control-request-method").unwrap_or_default();
    origins == 1
        && (origin == "null" || super::patterns::origin(&origin).is_some())
        && (*method != Method::OPTIONS || asked == 0 || (asked == 1 && is_token(&asks) && asks != "TRACE"))
        && items(headers, "access-control-request-headers").iter().all(|name| is_token(name))
}

/// The most names that a preflight may have without a refusal for their number alone.
const FEW_NAMES: usize = 16;

/// Returns whether a browser could have sent the request, with or without `Origin`, and with few names.
pub(crate) fn is_browser_request(request: &(Method, HeaderMap)) -> bool {
    let (method, headers) = request;
    let lines = headers.get_all("access-control-request-headers").iter();
    let names: usize = lines.map(|line| line.as_bytes().split(|byte| *byte == b',').count()).sum();
    let without_origin = !headers.contains_key("origin") && *method != Method::OPTIONS;
    names <= FEW_NAMES && (without_origin || could_send(request))
}

/// The CORS check.
pub(crate) fn shares(request: &HeaderMap, response: &HeaderMap, credentials: bool) -> bool {
    let origin = values(response, "access-control-allow-origin");
    match origin.as_deref() {
        None => false,
        Some("*") if !credentials => true,
        Some(origin) if values(request, "origin").as_deref() != Some(origin) => false,
        Some(_) => {
            !credentials || values(response, "access-control-allow-credentials").as_deref() == Some("true")
        }
    }
}

/// The CORS-preflight fetch from the CORS check on, without the check of the status.
pub(crate) fn accepts_preflight(request: &HeaderMap, response: &HeaderMap, credentials: bool) -> bool {
    let method = values(request, "access-control-request-method").unwrap_or_default();
    let methods = items(response, "access-control-allow-methods");
    shares(request, response, credentials)
        && (methods.contains(&method)
            || ["GET", "HEAD", "POST"].contains(&&*method)
            || (methods.contains(&"*".to_owned()) && !credentials))
        && accepts_names(request, response, credentials, |name| !name.eq_ignore_ascii_case("authorization"))
}

/// Returns whether one of the engines accepts the response to a preflight. They let `*` cover every name.
pub(crate) fn some_engine_accepts_preflight(
    request: &HeaderMap,
    response: &HeaderMap,
    credentials: bool,
) -> bool {
    let mut without_names = request.clone();
    without_names.remove("access-control-request-headers");
    accepts_preflight(&without_names, response, credentials)
        && accepts_names(request, response, credentials, |_| true)
}

/// Returns whether a browser that follows the standard accepts the response if the page forced the preflight.
/// It does so without a list of methods.
pub(crate) fn accepts_forced_preflight(request: &HeaderMap, response: &HeaderMap, credentials: bool) -> bool {
    let mut request = request.clone();
    if values(response, "access-control-allow-methods").is_none() {
        request.insert("access-control-request-method", HeaderValue::from_static("GET"));
    }
    accepts_preflight(&request, response, credentials)
}

/// Returns whether a preflight asks for `authorization`, and the response has only a `*` for it.
pub(crate) fn needs_authorization(request: &HeaderMap, response: &HeaderMap, credentials: bool) -> bool {
    let has = |headers, name, text: &str| items(headers, name).iter().any(|it| it.eq_ignore_ascii_case(text));
    let lists = |text| has(response, "access-control-allow-headers", text);
    has(request, "access-control-request-headers", "authorization")
        && lists("*")
        && !lists("authorization")
        && !credentials
}

fn accepts_names(
    request: &HeaderMap,
    response: &HeaderMap,
    credentials: bool,
    wildcard_covers: impl Fn(&str) -> bool,
) -> bool {
    let allowed = items(response, "access-control-allow-headers");
    let lists = |name: &str| allowed.iter().any(|item| item.eq_ignore_ascii_case(name));
    let wildcard = lists("*") && !credentials;
    let names = items(request, "access-control-request-headers");
    names.iter().all(|name| lists(name) || (wildcard && wildcard_covers(name)))
}
