//! Why an initiator refuses to make a request.

use std::fmt;

use http::{HeaderName, Method};

use super::{Fix, Side};
use crate::{
    ByteString,
    browser::{initiators::Initiator, modes::Mode},
    standard::{Algorithm, StandardStep},
};

/// The refusal of a request before anything is sent. A script gets an exception, and an element loads nothing. No response of
/// a server helps.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    initiator: Initiator,
    reason: RefusalReason,
    fixes: Vec<Fix>,
}

/// Why an initiator refused to make a request. `Display` is one sentence.
#[derive(Debug, Clone, PartialEq, Eq, Hash, thiserror::Error)]
#[non_exhaustive]
pub enum RefusalReason {
    /// The URL cannot be parsed, or it is relative and the page's URL cannot be a base.
    #[error("`{url}` is not a valid URL")]
    UrlInvalid {
        /// What was given.
        url: String,
    },
    /// The URL includes a user name or password; `fetch()` only.
    #[error("the URL includes a user name or password, which fetch() does not accept")]
    UrlIncludesCredentials,
    /// `fetch()` was given a referrer that cannot be parsed.
    #[error("the referrer `{url}` is not a valid URL")]
    ReferrerInvalid {
        /// What was given.
        url: String,
    },
    /// The method is not a token.
    #[error("`{method}` is not a valid method")]
    MethodInvalid {
        /// What was given.
        method: ByteString,
    },
    /// CONNECT, TRACE or TRACK, in any case.
    #[error("scripts cannot use method {method}")]
    ForbiddenMethod {
        /// What was given.
        method: Method,
    },
    /// A mode that scripts cannot use.
    #[error("scripts cannot use mode \"{}\"", .mode.as_str())]
    ModeNotAvailable {
        /// The mode.
        mode: Mode,
    },
    /// Mode "no-cors" with a method other than GET, HEAD or POST.
    #[error("mode \"no-cors\" allows only the methods GET, HEAD and POST, not {method}")]
    NoCorsMethodNotSafelisted {
        /// The normalized method.
        method: Method,
    },
    /// A header name that is not a token.
    #[error("`{name}` is not a valid header name")]
    HeaderNameInvalid {
        /// What was given.
        name: ByteString,
    },
    /// A header value with a NUL, CR or LF.
    #[error("the value of header `{name}` contains a NUL, CR or LF: `{value}`")]
    HeaderValueInvalid {
        /// The header's name.
        name: HeaderName,
        /// What was given.
        value: ByteString,
    },
    /// A body with GET or HEAD; `fetch()` only.
    #[error("a request with method {method} cannot have a body")]
    BodyWithGetOrHead {
        /// The method.
        method: Method,
    },
    /// A stream body outside the modes "same-origin" and "cors".
    #[error("a request with mode \"{}\" cannot have a stream as its body", .mode.as_str())]
    StreamBodyMode {
        /// The mode.
        mode: Mode,
    },
    /// Cache mode "only-if-cached" outside mode "same-origin"; `fetch()` only.
    #[error("cache mode \"only-if-cached\" needs mode \"same-origin\", not \"{}\"", .mode.as_str())]
    OnlyIfCachedMode {
        /// The mode.
        mode: Mode,
    },
    /// A URL with a scheme that the initiator does not request, such as a beacon to a `data:` URL.
    #[error("{} cannot request a URL with the scheme `{scheme}`", .initiator.as_str())]
    UrlSchemeNotAvailable {
        /// The initiator.
        initiator: Initiator,
        /// The URL's scheme.
        scheme: String,
    },
    /// A URL with a fragment, which `WebSocket` and `WebTransport` do not accept.
    #[error("{} does not accept a URL with a fragment", .initiator.as_str())]
    UrlWithFragment {
        /// The initiator.
        initiator: Initiator,
    },
    /// A setting that the web platform does not let a page choose there, such as the method of an image.
    #[error("{} cannot have the {setting} `{value}`", .initiator.as_str())]
    SettingNotAvailable {
        /// The initiator.
        initiator: Initiator,
        /// The setting: `crossorigin attribute`, `credentials mode`, `method`, `header`, `body`, `body type` or
        /// `destination`.
        setting: &'static str,
        /// What was given; the name of a header.
        value: String,
    },
}

impl Refusal {
    pub(crate) fn new(initiator: Initiator, reason: RefusalReason) -> Self {
        let fixes = vec![reason.fix()];
        Self { initiator, reason, fixes }
    }

    /// What was to make the request, such as `fetch()`.
    #[must_use]
    pub fn initiator(&self) -> Initiator {
        self.initiator
    }

    /// The reason for the refusal.
    #[must_use]
    pub fn reason(&self) -> &RefusalReason {
        &self.reason
    }

    /// The step of the standard that refused.
    #[must_use]
    pub fn step(&self) -> StandardStep {
        let xhr = self.initiator == Initiator::XmlHttpRequest;
        let (in_fetch, in_open) = match self.reason {
            RefusalReason::UrlInvalid { .. } => ("5.2", "6"),
            RefusalReason::UrlIncludesCredentials => ("5.3", ""),
            RefusalReason::ReferrerInvalid { .. } => ("14.3.2", ""),
            RefusalReason::MethodInvalid { .. } => ("25.2", "2"),
            RefusalReason::ForbiddenMethod { .. } => ("25.2", "3"),
            RefusalReason::ModeNotAvailable { .. } => ("17", ""),
            RefusalReason::NoCorsMethodNotSafelisted { .. } => ("32.1", ""),
            RefusalReason::HeaderNameInvalid { .. } | RefusalReason::HeaderValueInvalid { .. } => {
                return match xhr {
                    true => StandardStep::new(Algorithm::XhrSetRequestHeader, "4"),
                    false => StandardStep::new(Algorithm::HeadersAppend, "2"),
                };
            }
            RefusalReason::BodyWithGetOrHead { .. } => ("35", ""),
            RefusalReason::StreamBodyMode { .. } => ("39.2", ""),
            RefusalReason::OnlyIfCachedMode { .. } => ("21", ""),
            RefusalReason::UrlSchemeNotAvailable { .. }
            | RefusalReason::UrlWithFragment { .. }
            | RefusalReason::SettingNotAvailable { .. } => ("", ""),
        };
        match self.initiator {
            Initiator::Fetch => StandardStep::new(Algorithm::RequestConstructor, in_fetch),
            Initiator::XmlHttpRequest => StandardStep::new(Algorithm::XhrOpen, in_open),
            other => StandardStep::new(other.entry().algorithm, ""),
        }
    }

    /// What to do about the refusal: at least one fix, the best first. Each of them changes the page.
    #[must_use]
    pub fn fixes(&self) -> &[Fix] {
        &self.fixes
    }
}

impl RefusalReason {
    fn fix(&self) -> Fix {
        Fix::new(
            Side::Page,
            match self {
                Self::UrlInvalid { .. } => "Use a valid URL in the page; no response header helps.",
                Self::UrlIncludesCredentials => {
                    "Send the user name and password in an Authorization header instead of the URL; no \
                 response header helps."
                }
                Self::ReferrerInvalid { .. } => {
                    "Use a valid URL as the referrer in the page; no response header helps."
                }
                Self::MethodInvalid { .. } => "Use a valid method in the page; no response header helps.",
                Self::ForbiddenMethod { .. } => "Use another method in the page; no response header helps.",
                Self::ModeNotAvailable { .. } => "Use mode \"cors\" in the page; no response header helps.",
                Self::NoCorsMethodNotSafelisted { .. } => {
                    "Use mode \"cors\" in the page, and let the server allow the method; no response header \
                 helps in mode \"no-cors\"."
                }
                Self::HeaderNameInvalid { .. } => {
                    "Use a valid header name in the page; no response header helps."
                }
                Self::HeaderValueInvalid { .. } => {
                    "Remove NUL, CR and LF from the header's value in the page; no response header helps."
                }
                Self::BodyWithGetOrHead { .. } => {
                    "Send no body in the page, or use a method such as POST; no response header helps."
                }
                Self::StreamBodyMode { .. } => {
                    "Use mode \"cors\" in the page, or send bytes instead of a stream; no response header helps."
                }
                Self::OnlyIfCachedMode { .. } => {
                    "Use mode \"same-origin\" or another cache mode in the page; no response header helps."
                }
                Self::UrlSchemeNotAvailable { .. } => {
                    "Use a URL with another scheme in the page; no response header helps."
                }
                Self::UrlWithFragment { .. } => {
                    "Remove the fragment from the URL in the page; no response header helps."
                }
                Self::SettingNotAvailable { .. } => {
                    "Remove the setting, or make the request with fetch() in the page; no response header helps."
                }
            },
        )
    }
}

variant_names! {
    /// The variant's name, as verdicts have it.
    pub fn name of RefusalReason {
        UrlInvalid,
        UrlIncludesCredentials,
        ReferrerInvalid,
        MethodInvalid,
        ForbiddenMethod,
        ModeNotAvailable,
        NoCorsMethodNotSafelisted,
        HeaderNameInvalid,
        HeaderValueInvalid,
        BodyWithGetOrHead,
        StreamBodyMode,
        OnlyIfCachedMode,
        UrlSchemeNotAvailable,
        UrlWithFragment,
        SettingNotAvailable,
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {} [{}]", self.initiator.as_str(), self.reason, self.step())
    }
}

/// The message says all; there is no source.
impl std::error::Error for Refusal {}
