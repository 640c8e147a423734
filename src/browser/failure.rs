//! What the embedder refuses or cannot do.

use crate::browser::{
    diagnosis::Reason,
    outgoing_request::{RequestKind, ToHttpError},
};

/// The reason why the embedder ends a fetch in a network error: it has no response, or one of its own checks
/// refuses.
///
/// It can say so before the fetch ([`UserAgent::refuse`](crate::browser::UserAgent::refuse)), in place of a response
/// ([`Exchange::fail`](crate::browser::Exchange::fail)), at a redirect ([`Redirect::block`](crate::browser::Redirect::block)),
/// and after the response ([`Response::into_error`](crate::browser::Response::into_error)). The network error
/// has the trace and the warnings of the fetch, and a [`Reason`] of the same name with its fixes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
#[cfg_attr(
    all(feature = "oracle", feature = "serde"),
    derive(serde::Deserialize),
    serde(rename_all = "kebab-case")
)]
#[non_exhaustive]
pub enum Failure {
    /// The network failed: no connection, no TLS or no response. For [`Redirect::block`](crate::browser::Redirect::block):
    /// the embedder's policy forbids the redirect.
    #[default]
    Network,
    /// The fetch was canceled, for instance by an `AbortController`.
    Canceled,
    /// No response arrived in the time that the embedder allows.
    Timeout,
    /// The HTTP client of the embedder cannot send the request. A [`ToHttpError`] converts into it.
    UnsendableRequest,
    /// The page's Content Security Policy does not allow the URL.
    ContentSecurityPolicy,
    /// The page's `Integrity-Policy` requires integrity metadata, and the request has none.
    IntegrityPolicy,
    /// The request or the response is mixed content.
    MixedContent,
    /// The URL has a [bad port](https://fetch.spec.whatwg.org/#bad-port).
    BadPort,
    /// `X-Content-Type-Options: nosniff` forbids the response's MIME type.
    Nosniff,
    /// The response to a request for a script has the MIME type of an image, audio, video or CSV.
    MimeType,
    /// The body does not match the request's integrity metadata.
    Integrity,
    /// Opaque-response blocking: the response to a request in mode "no-cors" must not reach the page.
    OpaqueResponseBlocking,
    /// The embedder does not allow CORS requests.
    CorsDisabled,
    /// The embedder could not add the `Origin` header.
    OriginHeaderUnavailable,
    /// Nothing is sent: the responses are scripted, and no response is left for the request.
    #[cfg_attr(all(feature = "oracle", feature = "serde"), serde(skip))]
    NoScriptedResponse,
    /// Nothing is sent: the responses are scripted, and the next response is meant for a request of this kind, which the request is
    /// not.
    #[cfg_attr(all(feature = "oracle", feature = "serde"), serde(skip))]
    ScriptedForOtherRequest {
        /// The kind of request that the response is meant for.
        meant: RequestKind,
    },
}

impl Failure {
    /// Returns whether main fetch refuses the request in step 7, before anything is sent.
    #[cfg(feature = "oracle")]
    pub(crate) fn is_before_sending(self) -> bool {
        matches!(
            self,
            Self::ContentSecurityPolicy | Self::IntegrityPolicy | Self::MixedContent | Self::BadPort
        )
    }

    pub(crate) fn reason(self) -> Reason {
        match self {
            Self::Network => Reason::Network,
            Self::Canceled => Reason::Canceled,
            Self::Timeout => Reason::Timeout,
            Self::UnsendableRequest => Reason::UnsendableRequest,
            Self::ContentSecurityPolicy => Reason::ContentSecurityPolicy,
            Self::IntegrityPolicy => Reason::IntegrityPolicy,
            Self::MixedContent => Reason::MixedContent,
            Self::BadPort => Reason::BadPort,
            Self::Nosniff => Reason::Nosniff,
            Self::MimeType => Reason::MimeType,
            Self::Integrity => Reason::Integrity,
            Self::OpaqueResponseBlocking => Reason::OpaqueResponseBlocking,
            Self::CorsDisabled => Reason::CorsDisabledByEmbedder,
            Self::OriginHeaderUnavailable => Reason::OriginHeaderUnavailable,
            Self::NoScriptedResponse => Reason::NoScriptedResponse,
            Self::ScriptedForOtherRequest { meant } => Reason::ScriptedForOtherRequest { meant },
        }
    }
}

impl From<ToHttpError> for Failure {
    fn from(_: ToHttpError) -> Self {
        Self::UnsendableRequest
    }
}
