//! The Public Suffix List: the suffixes under which anyone can register a name, such as `com`, `co.uk` and
//! `github.io`.
//!
//! ```
//! use crossorigin::public_suffix::{is_public_suffix, registrable_domain};
//!
//! assert!(is_public_suffix("github.io"));
//! assert_eq!(registrable_domain("a.b.example.co.uk"), Some("example.co.uk"));
//! ```
//!
//! The list is that of the crate `psl`: update that crate to get a newer list. Domains must be written as in
//! origins: in lower case, and in Punycode if they have characters beyond ASCII.

/// Returns whether a domain is a [public suffix](https://url.spec.whatwg.org/#host-public-suffix): anyone can
/// register a name under it.
///
/// By the default rule of the list, every domain of one label is a public suffix.
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

/// Returns the [registrable domain](https://url.spec.whatwg.org/#host-registrable-domain) of a domain: its
/// public suffix and the label before it.
///
/// `None` if the domain is a public suffix itself. The result has no meaning for IP addresses.
///
/// ```
/// use crossorigin::public_suffix::registrable_domain;
///
/// assert_eq!(registrable_domain("a.b.example.co.uk"), Some("example.co.uk"));
/// assert_eq!(registrable_domain("co.uk"), None);
/// ```
#[doc(alias = "eTLD+1")]
#[must_use]
pub fn registrable_domain(domain: &str) -> Option<&str> {
    psl::domain_str(domain)
}
