//! Sites: which origins belong to one registrable domain, and are *same site*.
//!
//! ```
//! use crossorigin::{origin::TupleOrigin, site::Sites};
//!
//! let page = TupleOrigin::parse(b"https://app.example.test")?;
//! let api = TupleOrigin::parse(b"https://api.example.test:8443")?;
//! assert!(Sites::default().are_same_site(&page, &api));
//! # Ok::<(), crossorigin::origin::OriginError>(())
//! ```

use crate::origin::{HostKind, TupleOrigin};

/// The rule that finds a [registrable domain](https://url.spec.whatwg.org/#host-registrable-domain), and so
/// decides whether two origins are [same
/// site](https://html.spec.whatwg.org/multipage/browsers.html#same-site).
///
/// Browsers use the Public Suffix List, which changes weekly. An embedder can bring its own copy with
/// [`from_function`](Self::from_function). The default is
#[cfg_attr(feature = "psl", doc = "[`Sites::public_suffix_list`].")]
#[cfg_attr(
    not(feature = "psl"),
    doc = "[`Sites::two_labels`]; with the feature `psl`, the Public Suffix List."
)]
///
/// ```
/// use crossorigin::origin::TupleOrigin;
/// use crossorigin::site::Sites;
/// let page = TupleOrigin::parse(b"https://app.example.test")?;
/// let api = TupleOrigin::parse(b"http://api.example.test:8080")?;
/// assert!(Sites::two_labels().are_schemelessly_same_site(&page, &api));
/// # Ok::<(), crossorigin::origin::OriginError>(())
/// ```
#[derive(Debug, Clone, Copy)]
pub struct Sites {
    registrable_domain: fn(&str) -> Option<&str>,
}

impl Sites {
    /// Creates a rule from a function. It gets a domain in lower case and Punycode, and returns the
    /// registrable domain, or `None` if the domain has none.
    #[must_use]
    pub const fn from_function(registrable_domain: fn(&str) -> Option<&str>) -> Self {
        Self { registrable_domain }
    }

    /// Creates the rule that the last two labels are the registrable domain: the Public Suffix List's default
    /// rule, `*`.
    ///
    /// It is wrong for longer public suffixes: `a.co.uk` and `b.co.uk` count as one site.
    #[must_use]
    pub const fn two_labels() -> Self {
        Self::from_function(last_two_labels)
    }

    /// Creates the rule that browsers use: the [Public Suffix List](crate::public_suffix), in the version of
    /// the crate `psl`. Feature `psl`.
    #[cfg(feature = "psl")]
    #[must_use]
    pub const fn public_suffix_list() -> Self {
        Self::from_function(crate::public_suffix::registrable_domain)
    }

    /// Returns whether two origins are [schemelessly same
    /// site](https://html.spec.whatwg.org/multipage/browsers.html#schemelessly-same-site): they have the same
    /// registrable domain, or the same host if they have none. Scheme and port do not matter.
    #[must_use]
    pub fn are_schemelessly_same_site(self, left: &TupleOrigin, right: &TupleOrigin) -> bool {
        self.hosts_are_schemelessly_same_site(left.host(), right.host())
    }

    /// Returns whether two origins with these hosts are schemelessly same site.
    pub(crate) fn hosts_are_schemelessly_same_site(self, left: &str, right: &str) -> bool {
        match (self.of_host(left), self.of_host(right)) {
            (Some(left), Some(right)) => left == right,
            (None, None) => left == right,
            _ => false,
        }
    }

    /// Returns whether two origins are [same
    /// site](https://html.spec.whatwg.org/multipage/browsers.html#same-site): schemelessly same site with the
    /// same scheme.
    #[must_use]
    pub fn are_same_site(self, left: &TupleOrigin, right: &TupleOrigin) -> bool {
        left.scheme() == right.scheme() && self.are_schemelessly_same_site(left, right)
    }

    /// The registrable domain of an origin's host. `None` for addresses.
    #[cfg(feature = "browser")]
    pub(crate) fn of(self, origin: &TupleOrigin) -> Option<&str> {
        self.of_host(origin.host())
    }

    /// The registrable domain of a serialized host. `None` for addresses.
    fn of_host(self, host: &str) -> Option<&str> {
        (HostKind::of(host) == HostKind::Domain).then(|| (self.registrable_domain)(host)).flatten()
    }
}

impl Default for Sites {
    #[cfg(feature = "psl")]
    fn default() -> Self {
        Self::public_suffix_list()
    }

    #[cfg(not(feature = "psl"))]
    fn default() -> Self {
        Self::two_labels()
    }
}

fn last_two_labels(domain: &str) -> Option<&str> {
    let mut dots = domain.rmatch_indices('.');
    dots.next()?;
    let start = dots.next().map_or(0, |(index, _)| index + 1);
    domain.get(start..)
}
