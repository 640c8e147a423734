//! The other crates, with configurations that mean the same, each used as its documentation says.

pub mod actix;
pub mod bunner;
pub mod core;
pub mod tower;

/// Is the origin of one of the domains below? What the users of the other crates write as a predicate.
fn is_below(origin: &[u8], domains: &[String]) -> bool {
    let host = origin.strip_prefix(b"https://").unwrap_or_default();
    let below =
        |domain: &String| host.strip_suffix(domain.as_bytes()).is_some_and(|labels| labels.ends_with(b"."));
    domains.iter().any(below)
}
