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

use std::fmt;

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

    /// Names the site of an origin
    /// ([obtain a site](https://html.spec.whatwg.org/multipage/browsers.html#obtain-a-site)): its scheme, and its
    /// registrable domain, or its host if it has none.
    ///
    /// Two tuple origins are same site if their sites are equal.
    #[must_use]
    pub fn site_of(self, origin: &TupleOrigin) -> Site {
        // Step 2: the registrable domain. Step 3: or the host, if it is null.
        let host = self.of_host(origin.host()).unwrap_or(origin.host());
        Site(TupleOrigin::from_parts(origin.scheme(), host, None))
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

/// The [site](https://html.spec.whatwg.org/multipage/browsers.html#site) of a tuple origin: a scheme and a
/// host. [`Sites::site_of`] makes it.
///
/// ```
/// use crossorigin::site::Sites;
/// let site = |origin: &str| Ok(Sites::two_labels().site_of(&origin.parse()?).to_string());
/// assert_eq!(site("https://app.example.test:8443")?, "https://example.test");
/// assert_eq!(site("http://127.0.0.1:3000")?, "http://127.0.0.1");
/// # Ok::<(), crossorigin::origin::OriginError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Site(TupleOrigin);

impl Site {
    /// The site's scheme and host, such as `https://example.test`.
    #[must_use]
    pub fn as_str(&self) -> &str {
        self.0.as_str()
    }

    #[cfg(feature = "browser")]
    pub(crate) fn host(&self) -> &str {
        self.0.host()
    }
}

impl fmt::Display for Site {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
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
