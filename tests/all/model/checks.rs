//! CORS check, TAO check, cross-origin resource policy check.

use super::{
    Headers, Origin, Request,
    headers::{get, get_decode_and_split},
    origin::{
        byte_serialize_a_request_origin, is_same_origin, is_schemelessly_same_site, origin_of,
        serialize_a_request_origin,
    },
    types::Response,
};

/// CORS check; the failure is the step that returns it.
pub(crate) fn cors_check(request: &Request, response_headers: &Headers) -> Result<(), &'static str> {
    // 1. Let origin be the result of getting `Access-Control-Allow-Origin`. 2. If origin is null, then return
    // failure.
    let Some(origin) = get(response_headers, "Access-Control-Allow-Origin") else {
        return Err("CORS check 2");
    };
    // 3. If request's credentials mode is not "include" and origin is `*`, then return success.
    if request.credentials_mode != "include" && origin == b"*" {
        return Ok(());
    }
    // 4. If the result of byte-serializing a request origin with request is not origin, then return failure.
    if byte_serialize_a_request_origin(request) != origin {
        return Err("CORS check 4");
    }
    // 5. If request's credentials mode is not "include", then return success.
    if request.credentials_mode != "include" {
        return Ok(());
    }
    // 6. Let credentials be the result of getting `Access-Control-Allow-Credentials`.
    let credentials = get(response_headers, "Access-Control-Allow-Credentials");
    // 7. If credentials is `true`, then return success.
    if credentials.as_deref() == Some(b"true") {
        return Ok(());
    }
    // 8. Return failure.
    Err("CORS check 8")
}

/// TAO check: true for success.
pub(crate) fn tao_check(request: &Request, response: &Response) -> bool {
    // 2. If request's timing allow failed flag is set, then return failure.
    if request.timing_allow_failed_flag {
        return false;
    }
    // 3. Let values be the result of getting, decoding, and splitting `Timing-Allow-Origin`.
    let values = get_decode_and_split(&response.header_list, "Timing-Allow-Origin").unwrap_or_default();
    // 4. If values contains "*", then return success.
    if values.iter().any(|value| value == "*") {
        return true;
    }
    // 5. If values contains the result of serializing a request origin with request, then return success.
    if values.contains(&serialize_a_request_origin(request)) {
        return true;
    }
    // 6. If request's mode is "navigate" and request's current URL's origin is not same origin with request's
    // origin, then return failure.
    if request.mode == "navigate" && !is_same_origin(&origin_of(request.current_url()), &request.origin) {
        return false;
    }
    // 7. If request's response tainting is "basic", then return success. 8. Return failure.
    request.response_tainting == "basic"
}

/// Cross-origin resource policy check, where forNavigation is false; the failure is the step that blocks.
pub(crate) fn cross_origin_resource_policy_check(
    request: &Request,
    response: &Response,
) -> Result<(), &'static str> {
    // 2. Let embedderPolicy be settingsObject's policy container's embedder policy.
    let embedder_policy = request.client.as_ref().map_or("unsafe-none", |client| client.embedder_policy);
    // 3. If the internal check with "unsafe-none" returns blocked, then return blocked.
    internal_check(&request.origin, "unsafe-none", response)?;
    // 4 and 6. Reports are the embedder's. 5. If the internal check with embedderPolicy's value returns
    // allowed, then return allowed. 7. Return blocked.
    internal_check(&request.origin, embedder_policy, response)
}

/// Cross-origin resource policy internal check, where forNavigation is false.
fn internal_check(
    origin: &Origin,
    embedder_policy_value: &str,
    response: &Response,
) -> Result<(), &'static str> {
    const BLOCKED: &str = "cross-origin resource policy internal check 5";
    // 1. forNavigation is false. 2. Let policy be the result of getting `Cross-Origin-Resource-Policy`.
    let mut policy = get(&response.header_list, "Cross-Origin-Resource-Policy");
    // 3. If policy is neither of three, then set policy to null.
    if let Some(value) = &policy {
        if value != b"same-origin" && value != b"same-site" && value != b"cross-origin" {
            policy = None;
        }
    }
    // 4. If policy is null, then switch on embedderPolicyValue:
    if policy.is_none() {
        match embedder_policy_value {
            "unsafe-none" => {}
            "credentialless" => {
                if response.request_includes_credentials {
                    policy = Some(b"same-origin".to_vec());
                }
            }
            "require-corp" => policy = Some(b"same-origin".to_vec()),
            other => panic!("no embedder policy value: {other}"),
        }
    }
    // 5. Switch on policy:
    let response_url = response.url_list.last().unwrap();
    let allowed = match policy.as_deref() {
        None | Some(b"cross-origin") => true,
        Some(b"same-origin") => is_same_origin(origin, &origin_of(response_url)),
        Some(b"same-site") => {
            let scheme = if let Origin::Tuple(scheme, ..) = origin { scheme } else { "" };
            is_schemelessly_same_site(origin, &origin_of(response_url))
                && (scheme == "https" || response_url.scheme() != "https")
        }
        Some(other) => panic!("no policy: {other:?}"),
    };
    if allowed { Ok(()) } else { Err(BLOCKED) }
}
