//! The trace: the decisions of a fetch, in order.

use std::fmt;

use http::{HeaderName, Method, StatusCode};
use url::Url;

use crate::{
    browser::{max_age::MaxAge, response_head::ResponseType},
    request_header::NotSafelisted,
    standard::{Algorithm, StandardStep},
};

/// One decision of a fetch: what was found, and by which step of the standard.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct TraceEntry {
    /// How many redirects had been followed.
    pub hop: usize,
    /// The step that decided.
    pub step: StandardStep,
    /// What it found.
    pub finding: Finding,
}

/// What a step found. `Display` is one sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Finding {
    /// The URL is same origin with the request, and the response tainting is still "basic".
    SameOrigin,
    /// A `data:` URL, or a mode to which the CORS protocol does not apply.
    NotSubjectToCors,
    /// Mode "no-cors" to another origin: the response will be opaque.
    Opaque,
    /// CORS applies, and the request needs no preflight.
    CorsWithoutPreflight,
    /// CORS applies, and the request needs a preflight unless one is cached.
    CorsWithPreflight(PreflightCause),
    /// The cache covers the method and every CORS-unsafe request-header name.
    PreflightCached,
    /// The `Origin` header of the request is tainted by its redirects: `null`.
    OriginTainted,
    /// Whether credentials go with the request.
    Credentials {
        /// They do.
        included: bool,
    },
    /// The CORS check passed.
    CorsCheckPassed {
        /// `Access-Control-Allow-Origin` is `*`, and not the origin.
        by_wildcard: bool,
        /// The credentials mode is "include", so `Access-Control-Allow-Credentials` had to be `true`, and is.
        with_credentials: bool,
    },
    /// WebKit: the response is refused, but only when the next request would go out.
    RefusedLater,
    /// The preflight's status is an ok status.
    PreflightStatusOk(StatusCode),
    /// The method is allowed.
    MethodAllowed {
        /// The method.
        method: Method,
        /// By which rule.
        by: AllowedBy,
    },
    /// Every CORS-unsafe request-header name is allowed.
    HeadersAllowed {
        /// The names.
        names: Vec<HeaderName>,
    },
    /// The preflight's lists were put into the cache, or not.
    PreflightStored(MaxAge),
    /// The cross-origin resource policy check passed.
    ResourcePolicyPassed,
    /// A redirect will be followed.
    Redirected {
        /// Its status.
        status: StatusCode,
        /// Where to.
        location: Box<Url>,
        /// The method became GET, and body and body headers went.
        method_became_get: bool,
        /// `Authorization` went, because the target is of another origin.
        authorization_removed: bool,
    },
    /// The timing of the response may not be read.
    TimingHidden,
    /// The fetch is done; a response of this type is delivered.
    Delivered(ResponseType),
}

variant_names! {
    /// The name of the variant: a short word for programs.
    #[doc(hidden)]
    pub fn name of Finding {
        SameOrigin,
        NotSubjectToCors,
        Opaque,
        CorsWithoutPreflight,
        CorsWithPreflight,
        PreflightCached,
        OriginTainted,
        Credentials,
        CorsCheckPassed,
        RefusedLater,
        PreflightStatusOk,
        MethodAllowed,
        HeadersAllowed,
        PreflightStored,
        ResourcePolicyPassed,
        Redirected,
        TimingHidden,
        Delivered,
    }
}

/// Why a request needs a preflight.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[non_exhaustive]
pub struct PreflightCause {
    /// The use-CORS-preflight flag is set: an upload listener or a stream body.
    pub forced: bool,
    /// Firefox and WebKit: an earlier hop had a preflight, which is repeated at every redirect.
    pub repeated: bool,
    /// The method, if it is not CORS-safelisted.
    pub method: Option<Method>,
    /// Each header line that is not CORS-safelisted, and why.
    pub headers: Vec<(HeaderName, NotSafelisted)>,
    /// All safelisted values together are more than 1,024 bytes long.
    pub too_long_together: bool,
}

/// By which rule a method is allowed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum AllowedBy {
    /// It is CORS-safelisted, whatever the answer says.
    Safelist,
    /// It is listed.
    Name,
    /// `*` is listed.
    Wildcard,
    /// There is no list, and the preflight was forced.
    ForcedPreflight,
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::SameOrigin => f.write_str("the URL is of the page's own origin, so CORS does not apply"),
            Self::NotSubjectToCors => f.write_str("CORS does not apply to this kind of request"),
            Self::Opaque => f.write_str(
                "another origin is involved, and the mode is \"no-cors\": scripts will see nothing of the answer",
            ),
            Self::CorsWithoutPreflight => f.write_str(
                "another origin is involved, so CORS applies; method and headers need no preflight",
            ),
            Self::CorsWithPreflight(cause) => {
                write!(f, "another origin is involved, so CORS applies, and a preflight must permit this: {cause}")
            }
            Self::PreflightCached => f.write_str(
                "an earlier preflight permitted this, and that is still cached, so none is sent",
            ),
            Self::OriginTainted => f.write_str(
                "a server outside the page's own origin redirected to another origin: from now on, Origin is `null`",
            ),
            Self::Credentials { included: true } => {
                f.write_str("the request goes with cookies and HTTP authentication, as far as there are any")
            },
            Self::Credentials { included: false } => {
                f.write_str("the request goes without cookies and HTTP authentication")
            },
            Self::CorsCheckPassed { by_wildcard: true, .. } => f.write_str(
                "the CORS check passes: Access-Control-Allow-Origin is `*`, which is enough unless the credentials mode \
                 is \"include\"",
            ),
            Self::CorsCheckPassed { with_credentials: false, .. } => {
                f.write_str("the CORS check passes: Access-Control-Allow-Origin is exactly the request's Origin")
            }
            Self::CorsCheckPassed { with_credentials: true, .. } => f.write_str(
                "the CORS check passes: Access-Control-Allow-Origin is exactly the request's Origin, and \
                 Access-Control-Allow-Credentials is `true`",
            ),
            Self::RefusedLater => f.write_str(
                "the answer is refused, but this browser finds that out only when the next request would go out",
            ),
            Self::PreflightStatusOk(status) => {
                write!(f, "the preflight's status, {}, is an ok status (200 to 299)", status.as_u16())
            }
            Self::MethodAllowed { method, by } => write!(f, "method {method} is allowed: {by}"),
            Self::HeadersAllowed { names } if names.is_empty() => {
                f.write_str("no request header needs permission")
            }
            Self::HeadersAllowed { names } => {
                f.write_str("Access-Control-Allow-Headers covers every header that needs permission: ")?;
                write_list(f, names)
            }
            Self::PreflightStored(max_age) => write!(f, "{max_age}"),
            Self::ResourcePolicyPassed => {
                f.write_str("Cross-Origin-Resource-Policy does not forbid it")
            },
            Self::Redirected { status, location, method_became_get, authorization_removed } => {
                write!(f, "the status {} redirects to {location}", status.as_u16())?;
                if *method_became_get {
                    f.write_str("; the method becomes GET, and the body is dropped")?;
                }
                if *authorization_removed {
                    f.write_str("; that is another origin, so Authorization is dropped")?;
                }
                Ok(())
            }
            Self::TimingHidden => {
                f.write_str("detailed timing stays hidden: no Timing-Allow-Origin allows it, or not at every redirect")
            },
            Self::Delivered(kind) => write!(f, "delivered: a response of type \"{}\"", kind.as_str()),
        }
    }
}

impl fmt::Display for PreflightCause {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut separator = "";
        if self.forced {
            f.write_str("an upload listener or a body that is a stream asks for one")?;
            separator = "; ";
        }
        if self.repeated {
            write!(f, "{separator}there was one before the redirect, and this browser repeats it")?;
            separator = "; ";
        }
        if let Some(method) = &self.method {
            write!(f, "{separator}the method {method} is not GET, HEAD or POST")?;
            separator = "; ";
        }
        for (name, why) in &self.headers {
            write!(f, "{separator}the header `{name}` is not safelisted, because {why}")?;
            separator = "; ";
        }
        if self.too_long_together {
            write!(f, "{separator}the safelisted headers are more than 1024 bytes long together")?;
        }
        Ok(())
    }
}

impl fmt::Display for AllowedBy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Safelist => "GET, HEAD and POST always are",
            Self::Name => "Access-Control-Allow-Methods lists it",
            Self::Wildcard => "Access-Control-Allow-Methods has `*`",
            Self::ForcedPreflight => "there is no Access-Control-Allow-Methods, and the preflight was forced",
        })
    }
}

fn write_list(f: &mut fmt::Formatter<'_>, names: &[HeaderName]) -> fmt::Result {
    for (index, name) in names.iter().enumerate() {
        write!(f, "{}{name}", if index == 0 { "" } else { ", " })?;
    }
    Ok(())
}

/// Where the decisions of a fetch are kept; nowhere, and at no cost, unless the user agent keeps a trace.
#[derive(Debug, Clone, Default)]
pub(crate) struct Trace(Option<Vec<TraceEntry>>);

impl Trace {
    pub(crate) fn new(kept: bool) -> Self {
        Self(kept.then(Vec::new))
    }

    /// Notes what a step found after that many redirects. If no trace is kept, `finding` is not called.
    pub(crate) fn note(
        &mut self,
        hop: usize,
        (algorithm, number): (Algorithm, &'static str),
        finding: impl FnOnce() -> Finding,
    ) {
        if let Some(entries) = &mut self.0 {
            let step = StandardStep::new(algorithm, number);
            entries.push(TraceEntry { hop, step, finding: finding() });
        }
    }

    pub(crate) fn entries(&self) -> &[TraceEntry] {
        self.0.as_deref().unwrap_or_default()
    }
}
