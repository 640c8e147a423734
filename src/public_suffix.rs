//! The Public Suffix List: under which names anybody can register one.
//!
//! The list is the one that the crate `psl` was published with; update that crate to get a newer one. Hosts have the
//! form that they have in origins: lower case, Punycode, IPv6 addresses in brackets.

/// Returns whether anybody can register a name under this domain, as under `com`, `co.uk` and `github.io`.
///
/// By the default rule of the list, every single label is a public suffix.
///
/// ```
/// use crossorigin::public_suffix::is_public_suffix;
///
/// assert!(is_public_suffix("github.io"));
/// assert!(!is_public_suffix("example.com"));
/// ```
#[must_use]
pub fn is_public_suffix(domain: &str) -> bool {
    psl::suffix_str(domain) == Some(domain)
}

/// The [registrable domain](https://url.spec.whatwg.org/#host-registrable-domain): the public suffix and one label.
///
/// `None` for public suffixes. The result has no meaning for IP addresses.
///
/// ```
/// use crossorigin::public_suffix::registrable_domain;
///
/// assert_eq!(registrable_domain("a.b.example.co.uk"), Some("example.co.uk"));
/// assert_eq!(registrable_domain("co.uk"), None);
/// ```
#[must_use]
pub fn registrable_domain(domain: &str) -> Option<&str> {
    psl::domain_str(domain)
}
