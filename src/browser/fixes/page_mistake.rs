//! Mistakes of the page that no server should allow: headers of responses in a request, methods in another
//! case.

use http::{HeaderName, Method};

use super::{cors_lines, lists::is_mistaken_request_header, preflight, refused_response::RefusedResponse};
use crate::{
    browser::{
        diagnosis::{Fix, RequestChange, Side, enumerated},
        fetch::PreflightLists,
    },
    method::is_forbidden_method,
};

/// Methods that are written in upper case, beside those that pages may write in any case.
const UPPER_CASE_METHODS: [&str; 12] = [
    "ACL",
    "COPY",
    "LINK",
    "LOCK",
    "MKCOL",
    "MOVE",
    "PATCH",
    "PROPFIND",
    "PROPPATCH",
    "QUERY",
    "REPORT",
    "UNLOCK",
];

/// The fix, if the page made such a mistake. It has the lines that the response needs even without the mistake.
pub(super) fn fix(refused: &RefusedResponse<'_>) -> Option<Fix> {
    if is_forbidden_method(refused.request().method.as_str().as_bytes()) {
        return Some(Fix::new(
            Side::Page,
            "Use another method in the page, because browsers do not let pages use this one.",
        ));
    }
    let without_headers = mistaken_headers(refused);
    let method = usual_method(refused);
    let texts: Vec<_> = [text_of_headers(&without_headers), text_of_method(refused, method.as_ref())]
        .into_iter()
        .flatten()
        .collect();
    if texts.is_empty() {
        return None;
    }
    let change = RequestChange { without_headers, method, ..RequestChange::default() };
    let changed = refused.fetch.changed(&change);
    let needed = preflight::needed_change(&changed, refused.head());
    let lead = texts.join(" ");
    let fix = match !changed.makes_preflight() || needed.is_empty() {
        true => Fix::new(Side::Page, lead),
        false => Fix::of_response(&(lead + " Then"), refused.head(), needed)
            .with_side(Side::Page)
            .with_caution(cors_lines::caution(refused.fetch)),
    };
    Some(fix.with_change(change))
}

fn mistaken_headers(refused: &RefusedResponse<'_>) -> Vec<HeaderName> {
    let headers = refused.request().headers.iter();
    let mistaken = headers.filter(|(name, value)| is_mistaken_request_header(name, value));
    let mut names: Vec<_> = mistaken.map(|(name, _)| name.clone()).collect();
    names.sort_by(|one, other| one.as_str().cmp(other.as_str()));
    names.dedup();
    names
}

fn text_of_headers(names: &[HeaderName]) -> Option<String> {
    let shown: Vec<_> = names.iter().map(|name| format!("`{name}`")).collect();
    let what = match names {
        [] => return None,
        [name] if name.as_str().starts_with("access-control-") => "it is a header of responses",
        names if names.iter().all(|name| name.as_str().starts_with("access-control-")) => {
            "they are headers of responses"
        }
        _ => "only the browser sends such headers",
    };
    Some(format!("Do not send {} in the page: {what}.", enumerated(&shown)))
}

/// The method as it is usually written, if the page wrote it differently and the server does not list it so.
fn usual_method(refused: &RefusedResponse<'_>) -> Option<Method> {
    let method = &refused.request().method;
    let usual = method.as_str().to_ascii_uppercase();
    let lists = PreflightLists::extract(refused.head());
    let is_usual =
        UPPER_CASE_METHODS.contains(&usual.as_str()) || lists.methods.contains_bytes(usual.as_bytes());
    let is_mistake = usual != method.as_str() && is_usual && refused.fetch.allows_method(&lists).is_err();
    is_mistake.then(|| Method::from_bytes(usual.as_bytes()).ok()).flatten()
}

fn text_of_method(refused: &RefusedResponse<'_>, usual: Option<&Method>) -> Option<String> {
    let (usual, written) = (usual?, &refused.request().method);
    Some(format!(
        "Write the method as `{usual}` in the page: methods are case-sensitive, and browsers send `{written}` \
         as it is."
    ))
}
