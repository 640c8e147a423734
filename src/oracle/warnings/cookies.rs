//! Cookies that are not sent or not kept, although the page or the server expects it.

use http::{
    StatusCode,
    header::{ACCESS_CONTROL_ALLOW_CREDENTIALS, AUTHORIZATION, SET_COOKIE},
};

use super::Exchanged;
use crate::{
    ByteString,
    browser::{CookieProblem, Destination, ResponseType, Warning},
    oracle::transcript::Transcript,
    origin::{Origin, TupleOrigin},
    site::Sites,
};

/// How many cookies of a response are looked at.
const MAX_COOKIES: usize = 16;

pub(super) fn find(transcript: &Transcript, exchanges: &[Exchanged<'_>]) -> Vec<Warning> {
    let (Ok(response), Some(exchange)) = (transcript.outcome(), exchanges.last()) else { return Vec::new() };
    let (request, head) = (exchange.request, exchange.response);
    // Only scripts depend on it, and only where CORS applies.
    let applies = response.response_type() == ResponseType::Cors && request.destination == Destination::Empty;
    if !applies {
        return Vec::new();
    }
    let is_cross_site = is_cross_site(&transcript.request().origin, request.url.origin());
    let allows_credentials =
        head.headers.get(&ACCESS_CONTROL_ALLOW_CREDENTIALS).is_some_and(|value| *value == *b"true");
    if !request.credentials {
        // Many servers set cookies that nobody needs. This one means its cookies for pages like this.
        let not_kept = head.headers.lines(&SET_COOKIE).take(MAX_COOKIES).filter(|_| allows_credentials);
        return not_kept.map(|line| not_kept_because(line, CookieProblem::NotIncluded)).collect();
    }
    if !is_cross_site {
        return Vec::new();
    }
    let cookies = head.headers.lines(&SET_COOKIE).take(MAX_COOKIES);
    let mut warnings: Vec<_> =
        cookies.filter_map(|line| Some(not_kept_because(line, cross_site_problem(line)?))).collect();
    let is_unknown = matches!(head.status, StatusCode::UNAUTHORIZED | StatusCode::FORBIDDEN);
    if is_unknown && !request.headers.contains(&AUTHORIZATION) {
        warnings.push(Warning::CookieNotSent { status: head.status });
    }
    warnings
}

fn is_cross_site(page: &Origin, server: url::Origin) -> bool {
    let server = TupleOrigin::parse(server.ascii_serialization().as_bytes());
    match (page.as_tuple(), server) {
        (Some(page), Ok(server)) => !Sites::default().are_same_site(page, &server),
        _ => true,
    }
}

fn not_kept_because(line: &[u8], why: CookieProblem) -> Warning {
    let name = line.split(|byte| matches!(byte, b'=' | b';')).next().unwrap_or_default();
    Warning::CookieNotKept { name: ByteString::from(name.trim_ascii()), why }
}

/// Why browsers do not keep a cookie of a response to another site.
fn cross_site_problem(line: &[u8]) -> Option<CookieProblem> {
    let attributes: Vec<_> = line
        .split(|byte| *byte == b';')
        .skip(1)
        .map(|attribute| attribute.trim_ascii().to_ascii_lowercase())
        .collect();
    let has = |wanted: &[u8]| attributes.iter().any(|attribute| attribute == wanted);
    match (has(b"samesite=none"), has(b"secure")) {
        (true, true) => None,
        (true, false) => Some(CookieProblem::NotSecure),
        (false, _) => Some(CookieProblem::NotForOtherSites),
    }
}
