//! The header lines with which a response passes the CORS check.

use http::header::{ACCESS_CONTROL_ALLOW_CREDENTIALS, ACCESS_CONTROL_ALLOW_ORIGIN, HeaderName};

use crate::browser::{
    diagnosis::Reason,
    fetch::{CorsCheckInput, Fetch, allows_credentials, cors_check},
    response_head::ResponseHead,
    trustworthy::is_local_host,
};

/// A server needs a dangerous switch to allow such an origin with credentials.
const INSECURE_CAUTION: &str =
    "The page's origin is not https, so anyone who controls its network can act as the user.";

/// The headers with which the response would pass the CORS check.
pub(super) fn cors_lines(
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
            let any = !with_credentials && (origin == "null" || means_any(response));
            let value = if any { "*" } else { origin };
            headers.push((ACCESS_CONTROL_ALLOW_ORIGIN, Some(value.to_owned())));
            if with_credentials && !allows_credentials(response) {
                headers.push((ACCESS_CONTROL_ALLOW_CREDENTIALS, Some("true".to_owned())));
            }
        }
    }
    headers
}

/// Returns whether the server means any origin, but repeats the `*` or puts it in quotes.
fn means_any(response: &ResponseHead) -> bool {
    let mut lines = response.headers.lines(&ACCESS_CONTROL_ALLOW_ORIGIN).peekable();
    let is_any = |element: &[u8]| matches!(element.trim_ascii(), b"*" | b"'*'" | b"\"*\"");
    lines.peek().is_some() && lines.all(|line| line.split(|byte| *byte == b',').all(is_any))
}

/// The caution for a request with credentials from an origin that is neither `https` nor on this machine.
pub(super) fn caution(fetch: &Fetch) -> Option<&'static str> {
    let origin = fetch.request.origin.as_tuple()?;
    let is_insecure = origin.scheme() != "https" && !is_local_host(origin.host());
    (is_insecure && fetch.request.includes_credentials_mode()).then_some(INSECURE_CAUTION)
}
