//! The trace: the decisions of a fetch, in order.

use std::fmt;

use http::{HeaderName, Method, StatusCode};
use url::Url;

use crate::{
    browser::{address_space::AddressSpace, max_age::MaxAge, response_head::ResponseType},
    request_header::NotSafelisted,
    standard::{Algorithm, StandardStep},
};

/// One decision of a fetch: the step of the standard, and what it found.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct TraceEntry {
    /// The number of redirects that had been followed.
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
    /// A request to another origin, but the profile does not enforce CORS.
    CorsNotEnforced,
    /// CORS applies, and the request does not require a preflight.
    CorsWithoutPreflight,
    /// CORS applies, and the request requires a preflight, unless the cache covers it.
    CorsWithPreflight(PreflightCause),
    /// The cache covers the method and every CORS-unsafe request-header name.
    PreflightCached,
    /// The `Origin` header of the request is tainted by its redirects: `null`.
    OriginTainted,
    /// Whether the request is sent with credentials.
    Credentials {
        /// Whether it is.
        included: bool,
    },
    /// Local network access lets the page reach the server.
    AddressAllowed {
        /// The address space of the server.
        space: AddressSpace,
        /// Whether the page has a permission, and needs it.
        by_permission: bool,
    },
    /// The CORS check passed.
    CorsCheckPassed {
        /// Whether `Access-Control-Allow-Origin` is `*`, and not the origin.
        by_wildcard: bool,
        /// Whether the credentials mode is "include". `Access-Control-Allow-Credentials` is `true` then.
        with_credentials: bool,
    },
    /// WebKit: the CORS check takes credentials mode "same-origin" for "include", because the request began at the page's own
    /// origin.
    CheckedAsInclude,
    /// WebKit: the response is refused, but only when the next request is about to be sent.
    RefusedLater,
    /// The preflight's status is an ok status.
    PreflightStatusOk(StatusCode),
    /// The method is allowed.
    MethodAllowed {
        /// The method.
        method: Method,
        /// The rule that allows it.
        by: AllowedBy,
    },
    /// Every CORS-unsafe request-header name is allowed.
    HeadersAllowed {
        /// The names.
        names: Vec<HeaderName>,
    },
    /// Whether, and for how long, the methods and headers that the preflight allowed are cached.
    PreflightStored(MaxAge),
    /// The cross-origin resource policy check passed.
    ResourcePolicyPassed,
    /// A redirect will be followed.
    Redirected {
        /// The redirect's status.
        status: StatusCode,
        /// The URL that it leads to, without user name and password.
        location: Box<Url>,
        /// Whether the method became GET. The body and the headers that describe it were dropped then.
        method_became_get: bool,
        /// Whether `Authorization` was dropped, because the target has another origin.
        authorization_removed: bool,
    },
    /// The timing of the response may not be read.
    TimingHidden,
    /// A response of this type is delivered.
    Delivered(ResponseType),
}

variant_names! {
    /// The name of the variant: a short word for programs.
    #[doc(hidden)]
    pub fn name of Finding {
        SameOrigin,
        NotSubjectToCors,
        Opaque,
        CorsNotEnforced,
        CorsWithoutPreflight,
        CorsWithPreflight,
        PreflightCached,
        OriginTainted,
        Credentials,
        AddressAllowed,
        CorsCheckPassed,
        CheckedAsInclude,
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
    /// The use-CORS-preflight flag is set: the request has an upload listener, or a stream as its body.
    pub forced: bool,
    /// Firefox and WebKit: there was a preflight before a redirect, and it is repeated after every redirect.
    pub repeated: bool,
    /// The method, if it is not CORS-safelisted.
    pub method: Option<Method>,
    /// Each header line that is not CORS-safelisted, with the reason.
    pub headers: Vec<(HeaderName, NotSafelisted)>,
    /// The values of all CORS-safelisted headers have more than 1,024 bytes together.
    pub too_long_together: bool,
}

/// The rule that allows a method.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum AllowedBy {
    /// The method is CORS-safelisted.
    Safelist,
    /// `Access-Control-Allow-Methods` lists the method.
    Name,
    /// `Access-Control-Allow-Methods` has `*`.
    Wildcard,
    /// The response has no `Access-Control-Allow-Methods`, and the use-CORS-preflight flag is set: CORS-preflight fetch, step
    /// 7.4.
    ForcedPreflight,
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::SameOrigin => f.write_str("the URL has the page's own origin, so CORS does not apply"),
            Self::NotSubjectToCors => f.write_str("CORS does not apply to this kind of request"),
            Self::Opaque => f.write_str(
                "this is a cross-origin request in mode \"no-cors\": scripts cannot see the response",
            ),
            Self::CorsNotEnforced => f.write_str(
                "this is a cross-origin request, but CORS is not enforced: no preflight is sent, and scripts \
                 see the whole response",
            ),
            Self::CorsWithoutPreflight => {
                f.write_str("this is a cross-origin request, so CORS applies; it needs no preflight")
            }
            Self::CorsWithPreflight(cause) => {
                write!(
                    f,
                    "this is a cross-origin request, so CORS applies, and it requires a preflight: {cause}"
                )
            }
            Self::PreflightCached => f.write_str(
                "an earlier preflight allowed this request and is still cached, so no preflight is sent",
            ),
            Self::OriginTainted => f.write_str(
                "a cross-origin server redirected the request to another origin: from now on, the request's \
                 Origin header is `null`",
            ),
            Self::Credentials { included: true } => {
                f.write_str("the request is sent with cookies and HTTP authentication, if there are any")
            }
            Self::Credentials { included: false } => {
                f.write_str("the request is sent without cookies and HTTP authentication")
            }
            Self::AddressAllowed { space, by_permission: true } => write!(
                f,
                "the server is in the `{space}` address space, for which the page has the permission"
            ),
            Self::AddressAllowed { space, by_permission: false } => {
                write!(f, "the server is in the `{space}` address space, for which this page needs no permission")
            }
            Self::CorsCheckPassed { by_wildcard: true, .. } => f.write_str(
                "the CORS check passes: Access-Control-Allow-Origin is `*`, which is accepted unless the \
                 credentials mode is \"include\"",
            ),
            Self::CorsCheckPassed { with_credentials: false, .. } => {
                f.write_str("the CORS check passes: Access-Control-Allow-Origin equals the request's Origin")
            }
            Self::CorsCheckPassed { with_credentials: true, .. } => f.write_str(
                "the CORS check passes: Access-Control-Allow-Origin equals the request's Origin, and \
                 Access-Control-Allow-Credentials is `true`",
            ),
            Self::CheckedAsInclude => f.write_str(
                "by the standard, one check is enough; this browser checks again, as if the credentials mode \
                 were \"include\", because the request began at the page's own origin",
            ),
            Self::RefusedLater => f.write_str(
                "this check fails, but this browser still follows the redirect, and stops only before it \
                 sends the next actual request",
            ),
            Self::PreflightStatusOk(status) => {
                write!(f, "the response to the preflight has an ok status (200 to 299): {}", status.as_u16())
            }
            Self::MethodAllowed { method, by } => write!(f, "method {method} is allowed: {by}"),
            Self::HeadersAllowed { names } if names.is_empty() => {
                f.write_str("no request header requires permission")
            }
            Self::HeadersAllowed { names } => {
                f.write_str("Access-Control-Allow-Headers allows every header that requires permission: ")?;
                write_list(f, names)
            }
            Self::PreflightStored(max_age) => write!(f, "{max_age}"),
            Self::ResourcePolicyPassed => f.write_str(
                "the response has no valid Cross-Origin-Resource-Policy header, or one that permits this page",
            ),
            Self::Redirected { status, location, method_became_get, authorization_removed } => {
                write!(f, "the response redirects to {location} with status {}", status.as_u16())?;
                if *method_became_get {
                    f.write_str("; the method becomes GET, and the body is dropped")?;
                }
                if *authorization_removed {
                    f.write_str("; the target has another origin, so the Authorization header is dropped")?;
                }
                Ok(())
            }
            Self::TimingHidden => f.write_str(
                "detailed timing is hidden, because not every response allows it with Timing-Allow-Origin",
            ),
            Self::Delivered(kind) => write!(f, "a response of type \"{}\" is delivered", kind.as_str()),
        }
    }
}

impl fmt::Display for PreflightCause {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut separator = "";
        if self.forced {
            f.write_str("it has an upload listener, or a stream as its body")?;
            separator = "; ";
        }
        if self.repeated {
            write!(f, "{separator}there was a preflight before the redirect, and this browser repeats it")?;
            separator = "; ";
        }
        if let Some(method) = &self.method {
            write!(f, "{separator}the method {method} is not GET, HEAD or POST")?;
            separator = "; ";
        }
        for (name, why) in &self.headers {
            write!(f, "{separator}the header `{name}` is not CORS-safelisted, because {why}")?;
            separator = "; ";
        }
        if self.too_long_together {
            write!(f, "{separator}the CORS-safelisted headers have more than 1024 bytes together")?;
        }
        Ok(())
    }
}

impl fmt::Display for AllowedBy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Safelist => "GET, HEAD and POST are always allowed",
            Self::Name => "Access-Control-Allow-Methods lists it",
            Self::Wildcard => "Access-Control-Allow-Methods contains `*`",
            Self::ForcedPreflight => {
                "the response has no Access-Control-Allow-Methods header, and the request has an upload \
                 listener or a stream as its body"
            }
        })
    }
}

fn write_list(f: &mut fmt::Formatter<'_>, names: &[HeaderName]) -> fmt::Result {
    for (index, name) in names.iter().enumerate() {
        write!(f, "{}{name}", if index == 0 { "" } else { ", " })?;
    }
    Ok(())
}

/// The decisions of a fetch. They are kept only if the user agent keeps a trace.
#[derive(Debug, Clone, Default)]
pub(crate) struct Trace(Option<Vec<TraceEntry>>);

impl Trace {
    pub(crate) fn new(kept: bool) -> Self {
        Self(kept.then(Vec::new))
    }

    /// Notes what a step found after `hop` redirects. If no trace is kept, `finding` is not called.
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
