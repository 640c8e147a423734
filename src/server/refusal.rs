//! The reasons why a policy, or a guard in front of it, refuses a request.

use http::HeaderMap;

use super::headers::{MAX_REQUEST_HEADERS_BYTES, requested_names};
use crate::origin::OriginError;

/// The reason why a policy, or a [`HostGuard`](super::HostGuard) in front of it, refuses a request.
///
/// It is small and has no text of its own, so that refusing costs little. [`header_name`](Self::header_name)
/// finds the name of the refused header, and [`Policy::explain`](super::Policy::explain) says what to change.
///
/// A `position` is the position of a name in `Access-Control-Request-Headers`, counted from 0 over all lines,
/// empty elements included.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, thiserror::Error)]
#[non_exhaustive]
pub enum PolicyRefusal {
    /// The preflight asks for `CONNECT`, `TRACE` or `TRACK`, which no browser does.
    #[error("pages cannot send the method in Access-Control-Request-Method")]
    ForbiddenMethod,
    /// The preflight asks for a header that the policy does not list.
    #[error("the policy does not allow header {} of Access-Control-Request-Headers", number(*.position))]
    HeaderNotAllowed {
        /// The position of the name.
        position: usize,
    },
    /// The request does not say which host it is meant for: it has no `Host`, and its target has no authority.
    /// No browser sends that.
    #[error("the request names no host")]
    HostMissing,
    /// The request is meant for a host that the guard does not list. In DNS rebinding this is the attacker's
    /// host.
    #[error("the guard does not list the host that the request is meant for")]
    HostNotAllowed,
    /// `Access-Control-Request-Method` is not a method, or the preflight has several.
    #[error("Access-Control-Request-Method is not a single valid method")]
    InvalidMethod,
    /// The `Origin` header is not a serialized origin. Browsers send such a value only for hosts that
    /// [`SerializedOrigin`](crate::origin::SerializedOrigin) does not accept, such as `a.test.` or `a*b`.
    #[error("the Origin header is not a valid origin")]
    InvalidOrigin(#[source] OriginError),
    /// The preflight asks for a header whose name is invalid. No browser does.
    #[error("header {} of Access-Control-Request-Headers is not a valid header name", number(*.position))]
    InvalidRequestHeader {
        /// The position of the name.
        position: usize,
    },
    /// The preflight asks for a method that the policy does not list.
    #[error("the policy does not allow the method in Access-Control-Request-Method")]
    MethodNotAllowed,
    /// The origin is `null`, as that of a sandboxed frame or a local file. The policy does not allow it, or
    /// there is a guard, which never does.
    #[error("the origin `null` is not allowed")]
    NullOrigin,
    /// The policy does not allow the origin.
    #[error("the policy does not allow the origin")]
    OriginNotAllowed,
    /// The caller decides about the origins of the policy, and has not decided about this one.
    #[error(
        "the caller must decide about the origin and did not: pass an OriginDecision to `decide_with`, or put it \
         into the extensions of the request before it reaches the layer"
    )]
    OriginNotDecided,
    /// `Access-Control-Request-Headers` is longer than [`MAX_REQUEST_HEADERS_BYTES`].
    #[error("Access-Control-Request-Headers is longer than {MAX_REQUEST_HEADERS_BYTES} bytes")]
    RequestHeadersTooLong,
    /// The request has more than one `Host` header. No browser sends that.
    #[error("the request has more than one Host header")]
    SeveralHosts,
    /// The request has more than one `Origin` header. No browser sends that.
    #[error("the request has more than one Origin header")]
    SeveralOrigins,
    /// `Access-Control-Request-Headers` has more elements than
    /// [`MAX_REQUEST_HEADERS_NAMES`](super::MAX_REQUEST_HEADERS_NAMES) allows.
    #[error("Access-Control-Request-Headers lists more headers than any browser sends")]
    TooManyRequestHeaders,
    /// The caller has decided about the origin, and the policy does not leave that to the caller.
    #[error(
        "the caller decided about the origin, and the policy is not built for that: build it with \
         `caller_decides_origins`, or do not pass an OriginDecision"
    )]
    UnexpectedOriginDecision,
}

impl PolicyRefusal {
    /// The name of the refused header, in the headers of the refused request. `None` if the reason is not a
    /// header.
    ///
    /// The name is as the client sent it, so escape it before you print it.
    ///
    /// ```
    /// use crossorigin::{http::Request, server::Policy};
    ///
    /// let policy = Policy::builder().allow_origin("https://app.example").allow_header("x-a").build()?;
    /// let request = Request::options("/")
    ///     .header("origin", "https://app.example")
    ///     .header("access-control-request-method", "GET")
    ///     .header("access-control-request-headers", "x-a,x-b")
    ///     .body(())
    ///     .unwrap();
    /// let refusal = policy.decide(request.method(), request.headers()).refusal().unwrap();
    /// let name = refusal.header_name(request.headers()).unwrap();
    /// assert_eq!(name.escape_ascii().to_string(), "x-b");
    /// # Ok::<(), crossorigin::server::PolicyErrors>(())
    /// ```
    #[must_use]
    pub fn header_name(self, request: &HeaderMap) -> Option<&[u8]> {
        match self {
            Self::HeaderNotAllowed { position } | Self::InvalidRequestHeader { position } => {
                requested_names(request).nth(position)
            }
            _ => None,
        }
    }
}

/// Counts from 1, as people do.
fn number(position: usize) -> usize {
    position.saturating_add(1)
}

variant_names! {
    /// The name of the variant, such as `OriginNotAllowed`, for programs, logs and the labels of metrics.
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
        ForbiddenMethod,
        HeaderNotAllowed,
        HostMissing,
        HostNotAllowed,
        InvalidMethod,
        InvalidOrigin,
        InvalidRequestHeader,
        MethodNotAllowed,
        NullOrigin,
        OriginNotAllowed,
        OriginNotDecided,
        RequestHeadersTooLong,
        SeveralHosts,
        SeveralOrigins,
        TooManyRequestHeaders,
        UnexpectedOriginDecision,
    }
}
