//! The fixes for a refused response to a preflight.

use http::{
    HeaderName, StatusCode,
    header::{ACCESS_CONTROL_ALLOW_HEADERS, ACCESS_CONTROL_ALLOW_METHODS, WWW_AUTHENTICATE},
};

use super::{
    avoidable, cors_lines, credentials, elements, lists::MeantList, opaque_origin, origin_mistake,
    page_mistake, ranked::Ranked, redirect, refused_response::RefusedResponse, two_writers,
};
use crate::{
    browser::{
        diagnosis::{Fix, Reason, ResponseChange, Side},
        fetch::{Fetch, PreflightLists},
        outgoing_request::RequestKind,
        response_head::ResponseHead,
    },
    status::is_ok_status,
};

/// The fixes, best first.
pub(super) fn fixes(refused: &RefusedResponse<'_>) -> Vec<Fix> {
    if let Some(fix) = page_mistake::fix(refused) {
        return vec![fix];
    }
    let caught_by_router = matches!(refused.status().as_u16(), 404 | 405 | 501);
    let mut ranked = Ranked { first: redirect::fixes_after_login(refused), later: Vec::new() };
    ranked.add(true, elements::beacon(refused));
    ranked.add(true, redirect::target_of_preflight(refused));
    avoidable::rank(refused, caught_by_router, &mut ranked);
    ranked.add(true, opaque_origin::fix(refused));
    ranked.add(true, html_page(refused));
    ranked.add(false, origin_mistake::page_at_allowed_origin(refused));
    ranked.add(false, credentials::fix(refused));

    let change = needed_change(refused.fetch, refused.head());
    let lead = lead_of(refused);
    let fix =
        Fix::of_response(&lead, refused.head(), change).with_caution(cors_lines::caution(refused.fetch));
    ranked.with_response([two_writers::with_side(refused, fix)])
}

/// Everything that the response to the preflight needs, and not only what refused it.
pub(super) fn needed_change(fetch: &Fetch, response: &ResponseHead) -> ResponseChange {
    let status = (!is_ok_status(response.status)).then_some(StatusCode::NO_CONTENT);
    let mut headers = match fetch.check_preflight(response) {
        Ok(_) => Vec::new(),
        Err(_) => cors_lines::cors_lines(&fetch.preflight_check_input(), response),
    };
    let with_credentials = fetch.request.includes_credentials_mode();
    let lists = PreflightLists::extract(response);
    let needs_method = fetch.allows_method(&lists).is_err();
    if lists.methods.is_invalid() || needs_method {
        let needed = needs_method.then_some(fetch.request.method.as_str());
        let value = MeantList::of_methods(response, with_credentials).with(needed);
        headers.push((ACCESS_CONTROL_ALLOW_METHODS, (!value.is_empty()).then_some(value)));
    }
    let missing = fetch.names_not_allowed(&lists);
    if lists.header_names.is_invalid() || !missing.is_empty() {
        let meant = MeantList::of_headers(response, with_credentials);
        let value = meant.with(missing.iter().map(HeaderName::as_str));
        headers.push((ACCESS_CONTROL_ALLOW_HEADERS, (!value.is_empty()).then_some(value)));
    }
    ResponseChange { kind: RequestKind::Preflight, status, headers }
}

/// What stands before the lines that the response needs: who caught the preflight, or how a value is wrong.
fn lead_of(refused: &RefusedResponse<'_>) -> String {
    let status = refused.status();
    let challenges = refused.head().headers.contains(&WWW_AUTHENTICATE);
    match status.as_u16() {
        _ if redirect::leads_to_login(refused) => {
            "Let preflights pass the login, because they never carry cookies:".to_owned()
        }
        401 | 407 => "Let preflights pass authentication, because they never carry credentials:".to_owned(),
        _ if challenges && !is_ok_status(status) => {
            "Let preflights pass authentication, because they never carry credentials:".to_owned()
        }
        403 => "Let preflights pass authentication and firewalls, because they never carry credentials, and \
                allow this origin in the CORS settings:"
            .to_owned(),
        404 | 405 | 501 => {
            format!("Status {} says that no route accepts OPTIONS requests at this URL:", status.as_u16())
        }
        500..=599 => {
            format!("Status {} says that the server failed; read its log, and", status.as_u16())
        }
        _ => origin_mistake::lead(refused),
    }
}

/// The fix for an HTML page in response to a preflight. Few applications make one.
fn html_page(refused: &RefusedResponse<'_>) -> Option<Fix> {
    let is_page = *refused.reason == Reason::AllowOriginMissing && is_ok_status(refused.status());
    (is_page && refused.is_html()).then(|| {
        Fix::new(
            Side::Between,
            "Let OPTIONS requests reach the application: the response is an HTML page, so a proxy, a tunnel or \
             a login probably made it.",
        )
    })
}
