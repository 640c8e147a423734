//! The snapshot of the standards that this crate follows, and pointers into it.
//!
//! Step numbers drift when the standard is edited, so all numbers in this crate refer to one commit of
//! [whatwg/fetch](https://github.com/whatwg/fetch) and one of [whatwg/xhr](https://github.com/whatwg/xhr). An item of
//! a list without numbers (a "switch") carries the number of the step it belongs to.

use std::fmt;

#[doc = include_str!("../docs/coverage.md")]
pub mod coverage {}

/// The commit of <https://github.com/whatwg/fetch> (2 July 2026) whose step numbers are used throughout.
pub const FETCH_SNAPSHOT: &str = "586cd2a44c2a865b37c166dc0740f3fb8bb220d6";

/// The commit of <https://github.com/whatwg/xhr> (14 May 2026) whose step numbers are used for `XMLHttpRequest`.
pub const XHR_SNAPSHOT: &str = "d375b2858e46f8c253d1f1380744ee7ebec432b4";

/// An algorithm of the standards that this crate implements, or that it names when it refuses something.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Algorithm {
    /// [Main fetch](https://fetch.spec.whatwg.org/#concept-main-fetch).
    MainFetch,
    /// [Scheme fetch](https://fetch.spec.whatwg.org/#concept-scheme-fetch).
    SchemeFetch,
    /// [HTTP fetch](https://fetch.spec.whatwg.org/#concept-http-fetch).
    HttpFetch,
    /// [HTTP-redirect fetch](https://fetch.spec.whatwg.org/#concept-http-redirect-fetch).
    HttpRedirectFetch,
    /// [HTTP-network-or-cache fetch](https://fetch.spec.whatwg.org/#concept-http-network-or-cache-fetch).
    HttpNetworkOrCacheFetch,
    /// [CORS-preflight fetch](https://fetch.spec.whatwg.org/#cors-preflight-fetch).
    CorsPreflightFetch,
    /// [CORS check](https://fetch.spec.whatwg.org/#concept-cors-check).
    CorsCheck,
    /// [TAO check](https://fetch.spec.whatwg.org/#concept-tao-check).
    TaoCheck,
    /// [Cross-origin resource policy internal check](https://fetch.spec.whatwg.org/#cross-origin-resource-policy-internal-check).
    ResourcePolicyInternalCheck,
    /// [Append a header to a `Headers` object](https://fetch.spec.whatwg.org/#concept-headers-append).
    HeadersAppend,
    /// [`new Request()`](https://fetch.spec.whatwg.org/#dom-request), which `fetch()` runs first.
    RequestConstructor,
    /// [`XMLHttpRequest.open()`](https://xhr.spec.whatwg.org/#dom-xmlhttprequest-open).
    XhrOpen,
    /// [`XMLHttpRequest.setRequestHeader()`](https://xhr.spec.whatwg.org/#dom-xmlhttprequest-setrequestheader).
    XhrSetRequestHeader,
    /// [Create a potential-CORS request](https://html.spec.whatwg.org/multipage/urls-and-fetching.html#create-a-potential-cors-request),
    /// which HTML's elements run.
    CreatePotentialCorsRequest,
}

impl Algorithm {
    /// The algorithm's name as the standard writes it.
    #[must_use]
    pub fn name(self) -> &'static str {
        self.name_and_link().0
    }

    /// Where the algorithm stands in the living standard.
    #[must_use]
    pub fn link(self) -> &'static str {
        self.name_and_link().1
    }

    fn name_and_link(self) -> (&'static str, &'static str) {
        match self {
            Self::MainFetch => ("main fetch", "https://fetch.spec.whatwg.org/#concept-main-fetch"),
            Self::SchemeFetch => ("scheme fetch", "https://fetch.spec.whatwg.org/#concept-scheme-fetch"),
            Self::HttpFetch => ("HTTP fetch", "https://fetch.spec.whatwg.org/#concept-http-fetch"),
            Self::HttpRedirectFetch => {
                ("HTTP-redirect fetch", "https://fetch.spec.whatwg.org/#concept-http-redirect-fetch")
            }
            Self::HttpNetworkOrCacheFetch => (
                "HTTP-network-or-cache fetch",
                "https://fetch.spec.whatwg.org/#concept-http-network-or-cache-fetch",
            ),
            Self::CorsPreflightFetch => {
                ("CORS-preflight fetch", "https://fetch.spec.whatwg.org/#cors-preflight-fetch")
            }
            Self::CorsCheck => ("CORS check", "https://fetch.spec.whatwg.org/#concept-cors-check"),
            Self::TaoCheck => ("TAO check", "https://fetch.spec.whatwg.org/#concept-tao-check"),
            Self::ResourcePolicyInternalCheck => (
                "cross-origin resource policy internal check",
                "https://fetch.spec.whatwg.org/#cross-origin-resource-policy-internal-check",
            ),
            Self::HeadersAppend => {
                ("Headers append", "https://fetch.spec.whatwg.org/#concept-headers-append")
            }
            Self::RequestConstructor => ("new Request()", "https://fetch.spec.whatwg.org/#dom-request"),
            Self::XhrOpen => ("open()", "https://xhr.spec.whatwg.org/#dom-xmlhttprequest-open"),
            Self::XhrSetRequestHeader => {
                ("setRequestHeader()", "https://xhr.spec.whatwg.org/#dom-xmlhttprequest-setrequestheader")
            }
            Self::CreatePotentialCorsRequest => (
                "create a potential-CORS request",
                "https://html.spec.whatwg.org/multipage/urls-and-fetching.html#create-a-potential-cors-request",
            ),
        }
    }
}

/// A step of an algorithm: what a decision rests on.
///
/// ```
/// use crossorigin::standard::{Algorithm, StandardStep};
/// let step = StandardStep::new(Algorithm::CorsPreflightFetch, "7.5");
/// assert_eq!(step.to_string(), "CORS-preflight fetch 7.5");
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct StandardStep {
    algorithm: Algorithm,
    number: &'static str,
}

impl StandardStep {
    /// A step by its number in the snapshot; an empty number stands for the whole algorithm.
    #[must_use]
    pub const fn new(algorithm: Algorithm, number: &'static str) -> Self {
        Self { algorithm, number }
    }

    /// The algorithm that the step belongs to.
    #[must_use]
    pub const fn algorithm(self) -> Algorithm {
        self.algorithm
    }

    /// The step's number, such as `7.5`.
    #[must_use]
    pub const fn number(self) -> &'static str {
        self.number
    }
}

impl fmt::Display for StandardStep {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.algorithm.name())?;
        if self.number.is_empty() { Ok(()) } else { write!(formatter, " {}", self.number) }
    }
}
