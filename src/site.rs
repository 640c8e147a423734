//! Sites: which hosts belong to one registrable domain.

use crate::origin::{HostKind, TupleOrigin};

/// How a [registrable domain](https://url.spec.whatwg.org/#host-registrable-domain) is found, which decides what is
/// [same site](https://html.spec.whatwg.org/multipage/browsers.html#same-site).
///
/// The list of public suffixes is data that changes weekly, so the embedder may bring its own. The default is
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
    /// Sites by a function from a domain (lowercase ASCII) to its registrable domain, `None` if it has none.
    #[must_use]
    pub const fn from_function(registrable_domain: fn(&str) -> Option<&str>) -> Self {
        Self { registrable_domain }
    }

    /// The last two labels are the registrable domain: the rule `*` of the Public Suffix List, which holds where no
    /// other does. It takes `a.co.uk` and `b.co.uk` for one site.
    #[must_use]
    pub const fn two_labels() -> Self {
        Self::from_function(last_two_labels)
    }

    /// By the [Public Suffix List](crate::public_suffix) of the crate `psl`, as browsers do it.
    #[cfg(feature = "psl")]
    #[must_use]
    pub const fn public_suffix_list() -> Self {
        Self::from_function(crate::public_suffix::registrable_domain)
    }

    /// Whether two origins are [schemelessly same site](https://html.spec.whatwg.org/multipage/browsers.html#schemelessly-same-site).
    #[must_use]
    pub fn are_schemelessly_same_site(self, left: &TupleOrigin, right: &TupleOrigin) -> bool {
        match (self.of(left), self.of(right)) {
            (Some(left), Some(right)) => left == right,
            (None, None) => left.host() == right.host(),
            _ => false,
        }
    }

    /// Whether two origins are [same site](https://html.spec.whatwg.org/multipage/browsers.html#same-site).
    #[must_use]
    pub fn are_same_site(self, left: &TupleOrigin, right: &TupleOrigin) -> bool {
        left.scheme() == right.scheme() && self.are_schemelessly_same_site(left, right)
    }

    /// The registrable domain of an origin's host; addresses have none.
    pub(crate) fn of(self, origin: &TupleOrigin) -> Option<&str> {
        (origin.host_kind() == HostKind::Domain).then(|| (self.registrable_domain)(origin.host())).flatten()
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
