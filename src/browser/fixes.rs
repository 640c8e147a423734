//! Finds the fixes for a refusal. The header lines that a response needs come from running the checks again.

mod request_change;

use http::{
    StatusCode,
    header::{
        ACCESS_CONTROL_ALLOW_CREDENTIALS, ACCESS_CONTROL_ALLOW_HEADERS, ACCESS_CONTROL_ALLOW_METHODS,
        ACCESS_CONTROL_ALLOW_ORIGIN, HeaderName, LOCATION,
    },
};

use crate::{
    browser::{
        diagnosis::{Fix, Phase, Reason, Refused, ResponseChange},
        fetch::{CorsCheckInput, Fetch, PreflightLists, allows_credentials, cors_check},
        outgoing_request::RequestKind,
        response_head::{Received, ResponseHead},
        state::ResponseTainting,
    },
    status::is_ok_status,
};

/// The fixes for a refusal in which a fetch ended, best first.
pub(crate) fn fixes(fetch: &Fetch, refused: &Refused) -> Vec<Fix> {
    match (&refused.response, refused.phase) {
        (None, _) => Fix::of_reason(&refused.reason),
        (Some(response), Phase::Preflight) => fix_of_preflight(fetch, &response.head).into_iter().collect(),
        (Some(response), _) => fixes_of_response(fetch, &refused.reason, response),
    }
}

/// The fixes for a refused response to the actual request. If it is a redirect that would be refused next, and no header helps
/// against that, no header helps at all.
fn fixes_of_response(fetch: &Fetch, reason: &Reason, response: &Received) -> Vec<Fix> {
    let mut headers = match reason {
        Reason::CorpSameOrigin | Reason::CorpSameSite | Reason::CorpDefaultedByCoep => {
            let name = HeaderName::from_static("cross-origin-resource-policy");
            vec![(name, Some("cross-origin".to_owned()))]
        }
        _ if fetch.request.tainting == ResponseTainting::Cors && fetch.engine.enforces_cors() => {
            let mut input = CorsCheckInput::of_request(&fetch.request);
            input.with_credentials |= fetch.engine.checks_again_as_include(&fetch.request, &response.head);
            cors_check_headers(&input, &response.head)
        }
        _ => Vec::new(),
    };
    let then = match reason {
        // An engine that refuses it late lets it pass here.
        Reason::LocationIncludesCredentials { .. } => Some(reason.clone()),
        _ => fetch.redirect_refusal(response),
    };
    let status = response.head.status;
    match then {
        None => {}
        Some(Reason::LocationIncludesCredentials { without_credentials, .. })
            if !fetch.cannot_send_again_after(status) =>
        {
            headers.push((LOCATION, Some(without_credentials)));
        }
        Some(Reason::LocationIncludesCredentials { .. }) => {
            return fixes_of_next(reason, &Reason::BodyNotReplayable { status });
        }
        Some(then) => return fixes_of_next(reason, &then),
    }
    let change = ResponseChange { kind: RequestKind::Actual, status: None, headers };
    match change.is_empty() {
        true => Fix::of_reason(reason),
        false => vec![Fix::of_response("", &response.head, change)],
    }
}

/// The fixes for a reason that would refuse the redirect after this one. If there are two, a change of the request does not help
/// against both.
fn fixes_of_next(reason: &Reason, then: &Reason) -> Vec<Fix> {
    let mut fixes = Fix::of_reason(then);
    fixes.retain(|fix| reason == then || fix.change().is_none());
    fixes
}

/// The fix for a refused response to a preflight. It has everything that the response needs, and not only what refused it.
fn fix_of_preflight(fetch: &Fetch, response: &ResponseHead) -> Option<Fix> {
    let status = (!is_ok_status(response.status)).then_some(StatusCode::NO_CONTENT);
    let mut headers = match fetch.check_preflight(response) {
        Ok(_) => Vec::new(),
        Err(_) => cors_check_headers(&fetch.preflight_check_input(), response),
    };
    let lists = PreflightLists::extract(response);
    if lists.methods.is_invalid() || fetch.allows_method(&lists).is_err() {
        let value = with_listed(lists.methods.items(), [fetch.request.method.as_str()]);
        headers.push((ACCESS_CONTROL_ALLOW_METHODS, Some(value)));
    }
    let missing = fetch.names_not_allowed(&lists);
    if lists.header_names.is_invalid() || !missing.is_empty() {
        let value = with_listed(lists.header_names.items(), missing.iter().map(HeaderName::as_str));
        headers.push((ACCESS_CONTROL_ALLOW_HEADERS, (!value.is_empty()).then_some(value)));
    }
    let change = ResponseChange { kind: RequestKind::Preflight, status, headers };
    (!change.is_empty()).then(|| Fix::of_response("", response, change))
}

/// The headers with which the response would pass the CORS check.
fn cors_check_headers(
    input: &CorsCheckInput<'_>,
    response: &ResponseHead,
) -> Vec<(HeaderName, Option<String>)> {
    let mut headers = Vec::new();
    let CorsCheckInput { origin, with_credentials } = *input;
    match cors_check(input, response) {
        Ok(_) => {}
        Err(Reason::AllowCredentialsMissing | Reason::AllowCredentialsNotTrue { .. }) => {
            headers.push((ACCESS_CONTROL_ALLOW_CREDENTIALS, Some("true".to_owned())));
        }
        Err(_) => {
            // Every site can have the origin `null`, so `*` shares no more than `null` would.
            let value = if origin == "null" && !with_credentials { "*" } else { origin };
            headers.push((ACCESS_CONTROL_ALLOW_ORIGIN, Some(value.to_owned())));
            if with_credentials && !allows_credentials(response) {
                headers.push((ACCESS_CONTROL_ALLOW_CREDENTIALS, Some("true".to_owned())));
            }
        }
    }
    headers
}

/// The elements that are listed already, then those that are missing.
fn with_listed<'a>(listed: &[&[u8]], needed: impl IntoIterator<Item = &'a str>) -> String {
    let listed = listed.iter().map(|element| String::from_utf8_lossy(element).into_owned());
    listed.chain(needed.into_iter().map(str::to_owned)).collect::<Vec<_>>().join(", ")
}
