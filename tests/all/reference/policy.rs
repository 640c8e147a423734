//! What a policy shares, computed plainly from its settings. Nothing here uses a `Policy`. Of the browser
//! side, only the safelist of request-headers is used.

use crossorigin::{
    browser::{Body, CredentialsMode, Profile, Request},
    http::{Method, header::USER_AGENT},
};

use super::settings::{PolicySettings, allows_header, allows_method, allows_origin, is_safelisted, lists};

/// Returns whether a page of this origin (or `null`) may read the response to this request: the policy allows
/// it, and the browser does not refuse by itself.
pub(crate) fn shares(settings: &PolicySettings, origin: &str, request: &Request, profile: &Profile) -> bool {
    allows(settings, origin, request, profile) && !browser_refuses(settings, request, profile)
}

/// Returns whether a browser refuses a response that the policy shares. This is the only case: the policy
/// allows any header, without credentials, and the response has `*`. By the standard, `*` does not cover
/// `authorization`.
fn browser_refuses(settings: &PolicySettings, request: &Request, profile: &Profile) -> bool {
    let covers = profile.rule("preflight.authorization_wildcard").unwrap() == "true";
    let any = settings.headers.iter().any(|it| it == "*") && !settings.credentials;
    let asks = preflight_for(request, profile).is_some_and(|(_, names)| lists(&names, "authorization"));
    asks && any && !covers && !lists(&settings.headers, "authorization")
}

/// Returns whether the policy shares the response to this request with a page of this origin (or `null`).
pub(crate) fn allows(settings: &PolicySettings, origin: &str, request: &Request, profile: &Profile) -> bool {
    let credentials = request.credentials == CredentialsMode::Include;
    allows_origin(settings, origin)
        && (settings.credentials || !credentials)
        && preflight_for(request, profile).is_none_or(|(method, names)| {
            allows_method(settings, &method) && names.iter().all(|name| allows_header(settings, name))
        })
}

/// Returns whether a page that may read the response sees this header.
pub(crate) fn exposes(settings: &PolicySettings, name: &str) -> bool {
    const ALWAYS: [&str; 7] = [
        "cache-control",
        "content-language",
        "content-length",
        "content-type",
        "expires",
        "last-modified",
        "pragma",
    ];
    let exposed = lists(&settings.expose, name) || settings.expose.iter().any(|it| it == "*");
    !name.starts_with("set-cookie") && (ALWAYS.contains(&name) || exposed)
}

/// The method and the header names of the preflight, if this request needs one.
pub(crate) fn preflight_for(request: &Request, profile: &Profile) -> Option<(String, Vec<String>)> {
    let mut headers = request.headers.clone();
    let has = |rule: &str| profile.rule(rule).unwrap() == "true";
    if has("request_headers.user_agent_is_forbidden") {
        headers.delete(&USER_AGENT);
    }
    let names = profile.cors_unsafe_request_header_names(&headers);
    let is_unsafe = !is_safelisted(request.method.as_str()) || !names.is_empty();
    let is_forced =
        request.use_cors_preflight && (request.body != Body::None || has("preflight.forced_without_body"));
    let asks = is_forced || (request.unsafe_request && is_unsafe);
    asks.then(|| (request.method.to_string(), names.iter().map(ToString::to_string).collect()))
}

/// The request after a redirect; `None` if the redirect cannot be followed.
pub(crate) fn redirected(request: &Request, status: u16, crosses: bool) -> Option<Request> {
    let mut request = request.clone();
    if request.body == Body::Stream && status != 303 {
        return None;
    }
    let becomes_get = match status {
        301 | 302 => request.method == Method::POST,
        303 => request.method != Method::GET && request.method != Method::HEAD,
        _ => false,
    };
    let gone: Vec<_> = request.headers.iter().map(|(name, _)| name.clone()).collect();
    for name in gone {
        let is_of_body = becomes_get && name.as_str().starts_with("content-");
        if is_of_body || (crosses && name == "authorization") {
            request.headers.delete(&name);
        }
    }
    if becomes_get {
        // The redirect drops the body. It stays here, because an upload listener forces a preflight at every
        // hop if there was a body at first.
        request.method = Method::GET;
    }
    Some(request)
}
