//! The other crates with equivalent configurations, each used as its documentation recommends.

pub mod actix;
pub mod bunner;
pub mod core;
pub mod tower;

/// Returns whether the origin is below one of the domains. Users of the other crates write this as a
/// predicate.
fn is_below(origin: &[u8], domains: &[String]) -> bool {
    let host = origin.strip_prefix(b"https://").unwrap_or_default();
    let below =
        |domain: &String| host.strip_suffix(domain.as_bytes()).is_some_and(|labels| labels.ends_with(b"."));
    domains.iter().any(below)
}
