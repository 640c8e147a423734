//! Headers that two programs write, such as an application and a proxy in front of it.

use std::collections::HashSet;

use http::header::{ACCESS_CONTROL_ALLOW_CREDENTIALS, ACCESS_CONTROL_ALLOW_ORIGIN, HeaderName};

use super::refused_response::RefusedResponse;
use crate::browser::diagnosis::{CanonicalName, Fix, Reason, Side};

/// The fix of a response, on the side that has to change if two programs wrote the refused header.
pub(super) fn with_side(refused: &RefusedResponse<'_>, fix: Fix) -> Fix {
    match refused_header(refused).is_some_and(|name| has_two_writers(refused, &name)) {
        true => fix.with_side(Side::Between),
        false => fix,
    }
}

/// Says what to do about two writers.
pub(super) fn lead(refused: &RefusedResponse<'_>) -> Option<String> {
    let name = refused_header(refused).filter(|name| has_two_writers(refused, name))?;
    Some(format!(
        "Two programs add {}, such as the application and a proxy in front of it: request the application \
         directly, without the proxy, to see which line is its own, let only one of them add the header, and",
        CanonicalName(&name)
    ))
}

fn refused_header(refused: &RefusedResponse<'_>) -> Option<HeaderName> {
    match refused.reason {
        Reason::AllowOriginMultiple { .. } => Some(ACCESS_CONTROL_ALLOW_ORIGIN),
        Reason::AllowCredentialsNotTrue { .. } => Some(ACCESS_CONTROL_ALLOW_CREDENTIALS),
        _ => None,
    }
}

/// Several lines have several writers. A proxy may have combined them into one, which then repeats a value, or has
/// `*` beside an origin.
fn has_two_writers(refused: &RefusedResponse<'_>, name: &HeaderName) -> bool {
    let headers = &refused.head().headers;
    if headers.lines(name).count() > 1 {
        return true;
    }
    let mut seen = HashSet::new();
    let elements = headers.lines(name).flat_map(|line| line.split(|byte| *byte == b','));
    let elements: Vec<_> = elements.map(<[u8]>::trim_ascii).collect();
    elements.len() > 1 && elements.iter().any(|element| *element == b"*" || !seen.insert(*element))
}
