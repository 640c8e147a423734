//! What a policy shares, read off its settings, slowly and plainly. Nothing here asks a `Policy`, and of the browser side
//! nothing but which lines of a request are safelisted.

use crossorigin::{
    browser::{Body, CredentialsMode, Profile, Request},
    http::{Method, header::USER_AGENT},
};

use super::settings::{PolicySettings, allows_header, allows_method, allows_origin, is_safelisted, lists};

/// May a page of this origin (or `null`) read the answer to this request?
pub(crate) fn shares(settings: &PolicySettings, origin: &str, request: &Request, profile: &Profile) -> bool {
    let credentials = request.credentials == CredentialsMode::Include;
    allows_origin(settings, origin)
        && (settings.credentials || !credentials)
        && what_a_preflight_asks(request, profile).is_none_or(|(method, names)| {
            allows_method(settings, &method) && names.iter().all(|name| allows_header(settings, name))
        })
}

/// May a page that reads the answer to this request see this header?
pub(crate) fn shows(settings: &PolicySettings, name: &str) -> bool {
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

/// The method and the names of a preflight, if there is one before this request.
pub(crate) fn what_a_preflight_asks(request: &Request, profile: &Profile) -> Option<(String, Vec<String>)> {
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

/// What a redirect makes of a request; `None` if it cannot be followed.
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
        // The body goes too. Here it stays, since an upload listener asks for a preflight at every hop if there was a body
        // at first.
        request.method = Method::GET;
    }
    Some(request)
}
