//! The fixes for a refused response to the actual request.

use http::header::{HeaderName, LOCATION};

use super::{
    cors_lines, credentials, elements, not_application, opaque_origin, origin_mistake, ranked::Ranked,
    redirect, refused_response::RefusedResponse, resource_policy, third_party, two_writers,
};
use crate::browser::{
    diagnosis::{Fix, Reason, ResponseChange},
    fetch::CorsCheckInput,
    outgoing_request::RequestKind,
    state::ResponseTainting,
};

/// The fixes, best first.
pub(super) fn fixes(refused: &RefusedResponse<'_>) -> Vec<Fix> {
    match refused.reason {
        Reason::CorpSameOrigin | Reason::CorpSameSite | Reason::CorpDefaultedByCoep => {
            resource_policy::fixes(refused)
        }
        _ if refused.is_of_cors_check() => fixes_of_cors_check(refused),
        _ => of_server(refused),
    }
}

fn fixes_of_cors_check(refused: &RefusedResponse<'_>) -> Vec<Fix> {
    let mut ranked = Ranked { first: redirect::fixes_after_login(refused), later: Vec::new() };
    // Beyond a login, redirects do not matter.
    if ranked.first.is_empty() {
        redirect::rank(refused, &mut ranked);
    }
    ranked.add(true, elements::beacon(refused));
    ranked.add(true, opaque_origin::fix(refused));
    not_application::rank(refused, &mut ranked);
    ranked
        .add(origin_mistake::page_has_dynamic_port(refused), origin_mistake::page_at_allowed_origin(refused));
    ranked.add(false, credentials::fix(refused));
    ranked.add(false, elements::without_attribute(refused));
    ranked.add(false, third_party::fix(refused));
    ranked.with_response(of_server(refused))
}

/// The fixes of the server. If the response is a redirect that would be refused next, and no header helps against
/// that, no header helps at all.
pub(super) fn of_server(refused: &RefusedResponse<'_>) -> Vec<Fix> {
    let (fetch, head) = (refused.fetch, refused.head());
    let mut headers = headers(refused);
    let then = match refused.reason {
        // An engine that refuses it late lets it pass here.
        Reason::LocationIncludesCredentials { .. } => Some(refused.reason.clone()),
        _ => fetch.redirect_refusal(refused.received),
    };
    match then {
        None => {}
        Some(Reason::LocationIncludesCredentials { without_credentials, .. })
            if !fetch.cannot_send_again_after(head.status) =>
        {
            headers.push((LOCATION, Some(without_credentials)));
        }
        Some(Reason::LocationIncludesCredentials { .. }) => {
            return of_next(refused, &Reason::BodyNotReplayable { status: head.status });
        }
        Some(then) => return of_next(refused, &then),
    }
    let change = ResponseChange { kind: RequestKind::Actual, status: None, headers };
    if change.is_empty() {
        return Fix::of_reason(refused.reason);
    }
    let fix = Fix::of_response(&origin_mistake::lead(refused), head, change)
        .with_caution(cors_lines::caution(fetch));
    vec![two_writers::with_side(refused, fix)]
}

/// The headers with which the response passes.
fn headers(refused: &RefusedResponse<'_>) -> Vec<(HeaderName, Option<String>)> {
    let fetch = refused.fetch;
    match refused.reason {
        Reason::CorpSameOrigin | Reason::CorpSameSite | Reason::CorpDefaultedByCoep => {
            vec![resource_policy::line(refused)]
        }
        _ if fetch.request.tainting == ResponseTainting::Cors && fetch.engine.enforces_cors() => {
            let mut input = CorsCheckInput::of_request(&fetch.request);
            input.with_credentials |= fetch.engine.checks_again_as_include(&fetch.request, refused.head());
            cors_lines::cors_lines(&input, refused.head())
        }
        _ => Vec::new(),
    }
}

/// The fixes for the reason that would refuse the redirect after this one. If there are two reasons, a change of the
/// request does not help against both.
fn of_next(refused: &RefusedResponse<'_>, then: &Reason) -> Vec<Fix> {
    let mut fixes = match then {
        Reason::RedirectModeError { .. } => redirect::fixes_of_error_mode(refused),
        _ => Fix::of_reason(then),
    };
    fixes.retain(|fix| refused.reason == then || fix.change().is_none());
    fixes
}
