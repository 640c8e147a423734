//! How `Access-Control-Allow-Origin` misses the origin of the request: the usual mistakes.

use http::header::ACCESS_CONTROL_ALLOW_ORIGIN;

use super::{refused_response::RefusedResponse, two_writers};
use crate::{
    browser::{
        diagnosis::{Fix, Side},
        trustworthy::is_local_host,
        url_origin::origin_is_same_as_url,
    },
    origin::{Origin, TupleOrigin},
};

/// The first dynamic port, which no server has for long
/// ([RFC 6335](https://www.rfc-editor.org/rfc/rfc6335#section-6)).
const FIRST_DYNAMIC_PORT: u16 = 49_152;

/// What stands before the lines that the response needs; empty if there is no usual mistake.
pub(super) fn lead(refused: &RefusedResponse<'_>) -> String {
    two_writers::lead(refused).or_else(|| mistake(refused).map(str::to_owned)).unwrap_or_default()
}

/// The value of the header, and the origin of the request.
fn values<'a>(refused: &RefusedResponse<'a>) -> Option<(&'a str, &'a str)> {
    let got = refused.head().headers.lines(&ACCESS_CONTROL_ALLOW_ORIGIN).next()?;
    let is_refused = refused.is_of_cors_check() && got != b"*";
    Some((str::from_utf8(got).ok()?, refused.request().serialized_origin())).filter(|_| is_refused)
}

fn mistake(refused: &RefusedResponse<'_>) -> Option<&'static str> {
    let (got, expected) = values(refused)?;
    let is_quoted = |quote| got.len() > 1 && got.starts_with(quote) && got.ends_with(quote);
    let path = got.strip_prefix(expected);
    Some(match got {
        "" => return None,
        _ if got == expected => return None,
        _ if is_quoted('\'') || is_quoted('"') => {
            "The quotes belong to a configuration file, and not to the header:"
        }
        _ if is_variable(got) => "The value is a variable that was not replaced:",
        _ if got.contains(['^', '\\', '(', '*', '|']) => {
            "The header takes no pattern; let the server compare the request's Origin with the pattern, and"
        }
        _ if got.contains([',', ' ', ';']) => {
            "The header takes one origin; let the server look up the request's Origin in its list, and"
        }
        _ if names_server(refused, got) => {
            "The header must name the origin of the page, and not that of the server:"
        }
        _ if path == Some("/") => "An origin does not end with a slash:",
        _ if matches!(path, Some(":443" | ":80")) => "An origin does not have the default port:",
        _ if path.is_some_and(|path| path.starts_with('/')) => "An origin has no path:",
        _ if got.eq_ignore_ascii_case(expected) => "Origins are compared byte by byte, in lower case:",
        _ if !got.contains("://") && got != "null" => "The origin lacks its scheme:",
        _ => return only_difference(got, expected),
    })
}

/// Returns whether the value is the name of a variable, or what languages print for none.
fn is_variable(value: &str) -> bool {
    let mut after_dollars = value.split('$').skip(1);
    matches!(value, "undefined" | "None" | "nil")
        || after_dollars
            .any(|rest| rest.starts_with(|first: char| first == '{' || first.is_ascii_alphabetic()))
        || value.contains("{{")
}

fn names_server(refused: &RefusedResponse<'_>, got: &str) -> bool {
    let got = got.parse().map(Origin::Tuple);
    got.is_ok_and(|got| origin_is_same_as_url(&got, refused.request().current_url()))
}

/// Says in what the two origins differ, if only one thing differs.
fn only_difference(got: &str, expected: &str) -> Option<&'static str> {
    let (got, expected): (TupleOrigin, TupleOrigin) = (got.parse().ok()?, expected.parse().ok()?);
    let same_scheme = got.scheme() == expected.scheme();
    let same_host = got.host() == expected.host();
    let same_port = got.port() == expected.port();
    let without_www = |host: &str| host.strip_prefix("www.").unwrap_or(host).to_owned();
    match (same_scheme, same_host, same_port) {
        (false, true, _) => Some("The two origins differ in their schemes:"),
        (true, true, false) => Some("The two origins differ in their ports:"),
        (true, false, true) if is_local_host(got.host()) && is_local_host(expected.host()) => {
            Some("To browsers, `localhost` and `127.0.0.1` are different hosts:")
        }
        (true, false, true) if without_www(got.host()) == without_www(expected.host()) => {
            Some("The host with `www.` is another host than the one without:")
        }
        _ => None,
    }
}

/// The fix that opens the page where the server allows it, if that is an origin of the same page.
pub(super) fn page_at_allowed_origin(refused: &RefusedResponse<'_>) -> Option<Fix> {
    let (got, expected) = values(refused)?;
    only_difference(got, expected)?;
    let text = format!("Open the page at `{got}`, which the server allows.");
    Some(Fix::new(Side::Page, text))
}

/// Returns whether the port of the page changes with each start of its server, so that no list can have it.
pub(super) fn page_has_dynamic_port(refused: &RefusedResponse<'_>) -> bool {
    let port = refused.request().origin.as_tuple().and_then(TupleOrigin::port);
    port.is_some_and(|port| port >= FIRST_DYNAMIC_PORT)
}
