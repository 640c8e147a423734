//! The Public Suffix List: under which names anybody can register one, and what is the same site. Feature `psl`.
//!
//! The list is the one that the crate `psl` was published with; update that crate to get a newer one. Hosts are
//! given as in origins: lower case, Punycode, IPv6 addresses in brackets.

use crate::origin::{HostKind, SerializedOrigin};

/// Can anybody register a name under this domain, as under `com`, `co.uk` and `github.io`?
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
/// `None` for public suffixes. For IP addresses the answer has no meaning: see [`is_same_site`].
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

/// Are the two tuple origins [same site](https://html.spec.whatwg.org/multipage/browsers.html#same-site)?
///
/// ```
/// use crossorigin::{origin::{OriginError, SerializedOrigin}, public_suffix::is_same_site};
///
/// let app = SerializedOrigin::parse(b"https://app.example.com")?;
/// assert!(is_same_site(&app, &SerializedOrigin::parse(b"https://example.com:8443")?));
/// assert!(!is_same_site(&app, &SerializedOrigin::parse(b"http://app.example.com")?));
/// # Ok::<(), OriginError>(())
/// ```
#[must_use]
pub fn is_same_site(one: &SerializedOrigin<'_>, other: &SerializedOrigin<'_>) -> bool {
    one.scheme() == other.scheme() && is_schemelessly_same_site(one, other)
}

/// Are they [schemelessly same site](https://html.spec.whatwg.org/multipage/browsers.html#schemelessly-same-site)?
#[must_use]
pub fn is_schemelessly_same_site(one: &SerializedOrigin<'_>, other: &SerializedOrigin<'_>) -> bool {
    one.host() == other.host() || (registrable(one).is_some() && registrable(one) == registrable(other))
}

/// Addresses have no registrable domain.
fn registrable<'a>(origin: &SerializedOrigin<'a>) -> Option<&'a str> {
    match origin.host_kind() {
        HostKind::Domain => registrable_domain(origin.host()),
        HostKind::Ipv4 | HostKind::Ipv6 => None,
    }
}
