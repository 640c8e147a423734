//! Responses that the application's CORS code has probably not made.

use http::{
    StatusCode,
    header::{HeaderName, SERVER, WWW_AUTHENTICATE},
};

use super::{ranked::Ranked, refused_response::RefusedResponse};
use crate::{
    browser::{
        diagnosis::{Fix, Reason, Side},
        response_head::ResponseHead,
    },
    mime_type::is_html,
};

/// What responds is not known.
const OF_FORBIDDEN: &str = "Look for what refuses the request with status 403: if it checks the Origin, let it allow this origin, \
                            and otherwise check the URL and the credentials of the request; add the CORS headers to errors, too.";

/// Headers with which gateways mark responses of their own.
const MARKS_OF_GATEWAYS: [HeaderName; 2] =
    [HeaderName::from_static("cf-mitigated"), HeaderName::from_static("x-amzn-errortype")];

const AUTHENTICATION: &str =
    "Check the credentials of the request, let the CORS code run before authentication";

/// Ranks the fix, if there is a sign of another program: an error, or an HTML page.
pub(super) fn rank(refused: &RefusedResponse<'_>, ranked: &mut Ranked) {
    let status = refused.status();
    let is_error = status.is_client_error() || status.is_server_error();
    if *refused.reason != Reason::AllowOriginMissing || !is_error && !refused.is_html() {
        return;
    }
    let preflight_passed = refused.fetch.makes_preflight();
    let fix = match may_be_refusal_of_origin(refused.head()) && !preflight_passed {
        true => Fix::new(Side::Server, OF_FORBIDDEN),
        false => Fix::new(Side::Between, text(refused, is_error, preflight_passed)),
    };
    ranked.add(is_error || preflight_passed, Some(fix));
}

/// Returns whether the response may be that of CORS code which refuses the origin: many libraries respond with 403 then. A page, or
/// the mark of a gateway, says that something else made the response.
pub(crate) fn may_be_refusal_of_origin(response: &ResponseHead) -> bool {
    response.status == StatusCode::FORBIDDEN
        && !is_html(&response.headers)
        && !MARKS_OF_GATEWAYS.iter().any(|name| response.headers.contains(name))
}

fn text(refused: &RefusedResponse<'_>, is_error: bool, preflight_passed: bool) -> String {
    let (what, who) = match is_error {
        true => of_error(refused),
        false => ("Open the URL in a tab to see the page", "a proxy, a tunnel or a login"),
    };
    let also = match is_error {
        true => ", and add the CORS headers to errors, too",
        false => "",
    };
    let nginx = match is_error && refused.has_header_with(&SERVER, "nginx") {
        true => " (in nginx, with `always` at the end of `add_header`)",
        false => "",
    };
    let sign = match is_error {
        true => format!("has status {} and", refused.status().as_u16()),
        false => "is an HTML page and has".to_owned(),
    };
    let preflight = match preflight_passed {
        true => ", although the response to the preflight had it",
        false => "",
    };
    // Many applications respond with pages, or do not set the type.
    let made = match is_error || preflight_passed {
        true => "probably made it",
        false => "may have made it",
    };
    format!(
        "{what}{also}{nginx}: the response {sign} no Access-Control-Allow-Origin header{preflight}, so {who} {made}, \
         and not the application."
    )
}

/// What to do about a response with the status of an error, and who probably made it.
fn of_error(refused: &RefusedResponse<'_>) -> (&'static str, &'static str) {
    let challenges = refused.head().headers.contains(&WWW_AUTHENTICATE);
    match refused.status().as_u16() {
        401 | 407 => (AUTHENTICATION, "authentication"),
        _ if challenges => (AUTHENTICATION, "authentication"),
        403 => {
            ("Check the URL and the credentials of the request", "a gateway, a firewall or authentication")
        }
        404 | 405 | 410 => ("Check the URL and the method", "a router or a proxy"),
        413 => ("Raise the limit on the size of requests", "a proxy"),
        429 => ("Send fewer requests", "a limiter of requests"),
        502..=504 => ("Check the server behind the gateway, which did not respond", "the gateway"),
        500..=599 => ("Read the server's log for the error", "an error handler"),
        _ => ("Read the response in the browser's network panel", "an error handler or a gateway"),
    }
}
