//! Why a policy refuses a request.

use super::headers::MAX_REQUEST_HEADERS_BYTES;
use crate::origin::OriginError;

/// Why nothing is shared with a request.
///
/// Small and without text of its own, since refusing costs nothing; [`Policy::explain`](super::Policy::explain)
/// has the names, and what to change.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, thiserror::Error)]
#[non_exhaustive]
pub enum PolicyRefusal {
    /// The preflight asks for `authorization`, any header is allowed, and by the standard that leaves this one out.
    #[error(
        "the preflight asks for `authorization` (name {position} of Access-Control-Request-Headers), which `*` \
         does not cover and the policy does not list"
    )]
    AuthorizationNotListed {
        /// Which of the names it is, from 0, counting empty ones.
        position: usize,
    },
    /// The preflight asks for `CONNECT`, `TRACE` or `TRACK`. No browser does.
    #[error("the preflight asks for a method that is forbidden to pages")]
    ForbiddenMethod,
    /// The preflight asks for a header that the policy does not list.
    #[error("the policy does not allow the header that is name {position} of Access-Control-Request-Headers")]
    HeaderNotAllowed {
        /// Which of the names it is, from 0, counting empty ones.
        position: usize,
    },
    /// `Access-Control-Request-Method` is no method, or there are several.
    #[error("Access-Control-Request-Method is not one method")]
    InvalidMethod,
    /// The `Origin` header is not the serialization of an origin. No browser sends it.
    #[error("the `Origin` header is not a serialized origin")]
    InvalidOrigin(#[source] OriginError),
    /// The preflight asks for a header with a name that none can have.
    #[error("name {position} of Access-Control-Request-Headers is not the name of a header")]
    InvalidRequestHeader {
        /// Which of the names it is, from 0, counting empty ones.
        position: usize,
    },
    /// The preflight asks for a method that the policy does not list.
    #[error("the policy does not allow the method in Access-Control-Request-Method")]
    MethodNotAllowed,
    /// `Origin: null`, from a sandboxed frame, a local file or the like.
    #[error("the origin is `null`, which the policy does not allow")]
    NullOrigin,
    /// The policy does not allow the origin.
    #[error("the policy does not allow the origin")]
    OriginNotAllowed,
    /// More than [`MAX_REQUEST_HEADERS_BYTES`].
    #[error("Access-Control-Request-Headers is longer than {MAX_REQUEST_HEADERS_BYTES} bytes")]
    RequestHeadersTooLong,
    /// More than one `Origin` header. No browser sends that.
    #[error("there are several `Origin` headers")]
    SeveralOrigins,
    /// More elements than [`MAX_REQUEST_HEADERS_NAMES`](super::MAX_REQUEST_HEADERS_NAMES) says.
    #[error("Access-Control-Request-Headers has more elements than any browser would send")]
    TooManyRequestHeaders,
}

variant_names! {
    /// The name of the variant: a short word for programs, logs and the labels of metrics.
    ///
    /// ```
    /// use std::collections::BTreeMap;
    /// use crossorigin::{http::{HeaderMap, HeaderValue, Method, header::ORIGIN}, server::Policy};
    ///
    /// let policy = Policy::builder().allow_origin("https://app.example").build()?;
    /// let mut request = HeaderMap::new();
    /// request.insert(ORIGIN, HeaderValue::from_static("https://other.example"));
    ///
    /// let mut counts = BTreeMap::new();
    /// if let Some(refusal) = policy.decide(&Method::GET, &request).refusal() {
    ///     *counts.entry(refusal.name()).or_insert(0) += 1;
    /// }
    /// assert_eq!(counts["OriginNotAllowed"], 1);
    /// # Ok::<(), crossorigin::server::PolicyErrors>(())
    /// ```
    pub fn name of PolicyRefusal {
        AuthorizationNotListed,
        ForbiddenMethod,
        HeaderNotAllowed,
        InvalidMethod,
        InvalidOrigin,
        InvalidRequestHeader,
        MethodNotAllowed,
        NullOrigin,
        OriginNotAllowed,
        RequestHeadersTooLong,
        SeveralOrigins,
        TooManyRequestHeaders,
    }
}
