//! The end of a fetch: a response as a script sees it, or a network error.

use std::{borrow::Cow, fmt};

use http::StatusCode;
use url::Url;

use crate::{
    browser::{
        diagnosis::{Fix, Phase, Reason, Refused, Trace, TraceEntry, Warning},
        engines::{OpaqueResponseVerdict, OpaqueResponses},
        failure::Failure,
        fetch::{Delivered, Fetch},
        fixes,
        response_head::{ResponseHead, ResponseType},
        state::UrlList,
        url_credentials::without_credentials,
        url_origin::without_fragment,
    },
    header_list::HeaderList,
    standard::{Algorithm, StandardStep},
};

/// A [filtered response](https://fetch.spec.whatwg.org/#concept-filtered-response): the part of a response
/// that a script may see.
///
/// [`internal`](Self::internal) is the complete head of the response, for the embedder.
#[derive(Debug, Clone)]
pub struct Response {
    delivered: Delivered,
    /// The URL list of the request.
    requested: UrlList,
    /// The fetch's rule of opaque-response blocking.
    opaque_responses: OpaqueResponses,
    /// The directive of a Content Security Policy that decides about the request, if it is known.
    directive: Option<&'static str>,
    warnings: Vec<Warning>,
    trace: Trace,
}

impl Response {
    pub(crate) fn new(delivered: Delivered, fetch: Fetch) -> Self {
        let opaque_responses = fetch.engine.opaque_responses();
        let directive = fixes::directive(&fetch.request);
        let requested = fetch.request.url_list;
        let (warnings, trace) = (fetch.warnings, fetch.trace);
        Self { delivered, requested, opaque_responses, directive, warnings, trace }
    }

    /// Turns the response into a network error of the same fetch, because a check of the embedder refuses it
    /// ([main fetch](crate::standard::Algorithm::MainFetch), steps 20 and 23).
    ///
    /// ```
    /// use crossorigin::browser::{Failure, Outcome, Page, Step, Timestamp, UserAgent};
    /// # use crossorigin::http::Response;
    /// fn matches_integrity(body: &[u8]) -> bool {
    ///     body == b"alert(1)" // a hash, in a real browser
    /// }
    /// # let request = Page::new("https://app.example/")?.fetch("/x.js").build()?;
    /// # let mut user_agent = UserAgent::default();
    /// # let Step::Send(exchange) = user_agent.fetch(request, Timestamp::ZERO) else { panic!() };
    /// # let step = exchange.receive(Response::new(()), &mut user_agent, Timestamp::ZERO);
    /// # let Step::Done(outcome) = step else { panic!() };
    /// # let body = b"alert(2)";
    /// let outcome: Outcome = match outcome {
    ///     Ok(response) if !matches_integrity(body) => Err(response.into_error(Failure::Integrity)),
    ///     outcome => outcome,
    /// };
    /// # assert_eq!(outcome.unwrap_err().reason().name(), "Integrity");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn into_error(self, failure: Failure) -> Box<NetworkError> {
        let reason = failure.reason();
        Box::new(NetworkError {
            phase: Phase::Actual,
            fixes: fixes::fixes_after_response(&reason, self.directive),
            reason,
            after_response: true,
            other_reasons: Vec::new(),
            response: Some(Box::new(self.delivered.head)),
            hop: self.requested.redirects(),
            url: without_credentials(self.requested.current().clone()),
            warnings: self.warnings,
            trace: self.trace,
        })
    }

    /// The response's type, as a script sees it.
    #[must_use]
    pub fn response_type(&self) -> ResponseType {
        self.delivered.kind
    }

    fn shows_nothing(&self) -> bool {
        matches!(self.delivered.kind, ResponseType::Opaque | ResponseType::OpaqueRedirect)
    }

    /// The status that a script sees; `None` for opaque and opaque-redirect responses, whose status is 0 to a
    /// script.
    #[must_use]
    pub fn status(&self) -> Option<StatusCode> {
        (!self.shows_nothing()).then_some(self.delivered.head.status)
    }

    /// The URL that a script sees, without its fragment; `None` for opaque responses, whose URL is empty to a
    /// script.
    #[must_use]
    pub fn url(&self) -> Option<Url> {
        self.delivered
            .url_list
            .0
            .last()
            .filter(|_| self.delivered.kind != ResponseType::Opaque)
            .map(without_fragment)
    }

    /// Returns whether a script sees that a redirect was followed.
    #[must_use]
    pub fn redirected(&self) -> bool {
        self.delivered.url_list.0.len() > 1 && self.delivered.kind != ResponseType::Opaque
    }

    /// The header list that a script sees.
    #[must_use]
    pub fn headers(&self) -> &HeaderList {
        &self.delivered.visible_headers.0
    }

    /// Returns whether a script may read the body.
    ///
    /// The embedder has the bytes. If the result is false, they must not reach the script.
    #[must_use]
    pub fn body_readable(&self) -> bool {
        !self.shows_nothing() && !self.delivered.null_body
    }

    /// Returns whether a script may read the timing of the response
    /// ([TAO check](https://fetch.spec.whatwg.org/#concept-tao-check)).
    #[must_use]
    pub fn timing_allowed(&self) -> bool {
        self.delivered.timing_allowed
    }

    /// Returns whether an image or a video from this response taints a canvas that it is drawn on, so that
    /// scripts can no longer read the canvas.
    ///
    /// It does if the response is
    /// [CORS-cross-origin](https://html.spec.whatwg.org/multipage/urls-and-fetching.html#cors-cross-origin):
    /// of type "opaque" or "opaqueredirect". A video taints a canvas if one of its responses does.
    ///
    /// ```
    /// use crossorigin::browser::{CrossOriginAttribute, Initiator, Page, Step, Timestamp, UserAgent};
    /// use crossorigin::http::Response;
    /// let page = Page::new("https://app.example/")?;
    /// let taints = |crossorigin| {
    ///     let image = page.request(Initiator::Element, "https://cdn.example/photo.jpg").crossorigin(crossorigin).build().unwrap();
    ///     let mut user_agent = UserAgent::default();
    ///     let Step::Send(exchange) = user_agent.fetch(image, Timestamp::ZERO) else { panic!() };
    ///     let response = Response::builder().header("Access-Control-Allow-Origin", "*").body(()).unwrap();
    ///     let step = exchange.receive(response, &mut user_agent, Timestamp::ZERO);
    ///     let Step::Done(Ok(response)) = step else { panic!("{step:?}") };
    ///     response.taints_canvas()
    /// };
    /// assert!(taints(None)); // although the server shares the image
    /// assert!(!taints(Some(CrossOriginAttribute::Anonymous)));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn taints_canvas(&self) -> bool {
        self.shows_nothing()
    }

    /// Judges the response by [opaque-response blocking](https://github.com/annevk/orb), from its type, its
    /// status and its headers.
    ///
    /// `is_known_media` says whether the page has received a response from this URL whose first bytes were
    /// audio or video. Media elements request the rest of a file in ranges.
    ///
    /// [`Profile::standard`](crate::browser::Profile::standard) and
    /// [`Profile::webkit`](crate::browser::Profile::webkit) allow every response.
    /// [`Profile::chromium`](crate::browser::Profile::chromium) and
    /// [`Profile::firefox`](crate::browser::Profile::firefox) allow every response whose type is not "opaque".
    /// An opaque response is allowed or blocked, or [its body decides](OpaqueResponseVerdict::NeedsBody). For an
    /// element, a blocked response becomes a network error:
    /// [`into_error`](Self::into_error) with [`Failure::OpaqueResponseBlocking`]. A blocked response to `fetch()`
    /// stays, with an empty body.
    ///
    /// ```
    /// use crossorigin::browser::{Initiator, OpaqueResponseVerdict, Page, Profile, Step, Timestamp, UserAgent};
    /// use crossorigin::http::Response;
    /// let page = Page::new("https://app.example/")?;
    /// let verdict = |profile: Profile| {
    ///     let mut user_agent = UserAgent::new(profile);
    ///     let image = page.request(Initiator::Image, "https://api.example/users").build().unwrap();
    ///     let Step::Send(exchange) = user_agent.fetch(image, Timestamp::ZERO) else { panic!() };
    ///     let json = Response::builder().header("Content-Type", "application/json");
    ///     let json = json.header("X-Content-Type-Options", "nosniff").body(()).unwrap();
    ///     let step = exchange.receive(json, &mut user_agent, Timestamp::ZERO);
    ///     let Step::Done(Ok(response)) = step else { panic!("{step:?}") };
    ///     response.opaque_response_blocking(false)
    /// };
    /// assert_eq!(verdict(Profile::chromium()), OpaqueResponseVerdict::Blocked);
    /// assert_eq!(verdict(Profile::webkit()), OpaqueResponseVerdict::Allowed);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn opaque_response_blocking(&self, is_known_media: bool) -> OpaqueResponseVerdict {
        self.opaque_responses.verdict(self.delivered.kind, &self.delivered.head, is_known_media)
    }

    /// Returns whether opaque-response blocking of Chromium or of Firefox blocks the response, whatever the profile is.
    #[cfg(feature = "oracle")]
    pub(crate) fn is_blocked_by_some_browser(&self) -> bool {
        [OpaqueResponses::MediaTypesAllowed, OpaqueResponses::ScriptTypesAllowed].into_iter().any(|rule| {
            rule.verdict(self.delivered.kind, &self.delivered.head, false) == OpaqueResponseVerdict::Blocked
        })
    }

    /// Returns whether the request was sent with credentials, for the embedder
    /// ([request-includes-credentials](https://fetch.spec.whatwg.org/#response-request-includes-credentials)).
    ///
    /// A service worker that passes this response on needs it in
    /// [`ServiceWorkerResponse::request_includes_credentials`](crate::browser::ServiceWorkerResponse::request_includes_credentials).
    #[must_use]
    pub fn request_includes_credentials(&self) -> bool {
        self.delivered.request_includes_credentials
    }

    /// The head of the [internal response](https://fetch.spec.whatwg.org/#concept-internal-response), for the
    /// embedder.
    ///
    /// An image decoder needs it, for instance. A script must never see it.
    #[must_use]
    pub fn internal(&self) -> &ResponseHead {
        &self.delivered.head
    }

    /// The response's URL list, for the embedder.
    ///
    /// It has every URL that was requested, in order, unless a service worker gave the response with a URL
    /// list of its own.
    #[must_use]
    pub fn url_list(&self) -> &[Url] {
        &self.delivered.url_list.0
    }

    /// The warnings about probable mistakes, which did not make the fetch fail.
    #[must_use]
    pub fn warnings(&self) -> &[Warning] {
        &self.warnings
    }

    /// The decisions of the fetch, in order; empty unless the user agent keeps a
    /// [trace](crate::browser::UserAgent::with_trace).
    #[must_use]
    pub fn trace(&self) -> &[TraceEntry] {
        self.trace.entries()
    }
}

/// A [network error](https://fetch.spec.whatwg.org/#concept-network-error), with the reason.
///
/// Scripts see only that the fetch failed. This type explains why, and what helps.
///
/// ```
/// use crossorigin::browser::{Page, Step, Timestamp, UserAgent};
/// use crossorigin::http::Response;
/// let mut user_agent = UserAgent::default();
/// let request = Page::new("https://app.example/")?.fetch("https://api.example/").build()?;
/// let Step::Send(exchange) = user_agent.fetch(request, Timestamp::ZERO) else { panic!() };
/// let step = exchange.receive(&Response::new(()), &mut user_agent, Timestamp::ZERO);
/// let Step::Done(Err(error)) = step else { panic!("{step:?}") };
/// assert_eq!(error.reason().name(), "AllowOriginMissing");
/// assert_eq!(error.step().to_string(), "CORS check 2");
/// assert_eq!(error.chromium().unwrap(), "kMissingAllowOriginHeader");
/// assert_eq!(error.fixes()[0].lines(), ["Access-Control-Allow-Origin: https://app.example"]);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone)]
pub struct NetworkError {
    phase: Phase,
    reason: Reason,
    /// Whether a check of the embedder refused the response that was delivered.
    after_response: bool,
    other_reasons: Vec<Reason>,
    /// The response that was refused, if there was one.
    response: Option<Box<ResponseHead>>,
    fixes: Vec<Fix>,
    hop: usize,
    url: Url,
    warnings: Vec<Warning>,
    trace: Trace,
}

impl NetworkError {
    pub(crate) fn new(refused: Refused, fetch: Fetch) -> Self {
        let fixes = fixes::fixes(&fetch, &refused);
        debug_assert!(!fixes.is_empty(), "{:?} has a fix", refused.reason);
        let Refused { phase, reason, also, response } = refused;
        Self {
            phase,
            reason,
            after_response: false,
            other_reasons: also,
            response: response.map(|response| Box::new(response.head)),
            fixes,
            hop: fetch.request.redirect_count(),
            url: without_credentials(fetch.request.current_url().clone()),
            warnings: fetch.warnings,
            trace: fetch.trace,
        }
    }

    /// The reason why the fetch failed.
    #[must_use]
    pub fn reason(&self) -> &Reason {
        &self.reason
    }

    /// Reasons for which the fetch would have failed, too.
    ///
    /// If the CORS check and the status of a response to a preflight are refused, this has the status: browsers
    /// differ in which of the two they name. All of them name a redirect, so the CORS check is the other reason
    /// then. If a check refuses a response that redirects, this has the
    /// reason for which following the redirect would have failed next.
    #[must_use]
    pub fn other_reasons(&self) -> &[Reason] {
        &self.other_reasons
    }

    /// The response that was refused, with all of its headers. A script must never see it.
    ///
    /// `None` if there was no response, or if the error is not about the response. If a check of the embedder refuses a
    /// response that was delivered, it is that response.
    ///
    /// ```
    /// use crossorigin::browser::{Page, Step, Timestamp, UserAgent};
    /// use crossorigin::http::Response;
    /// let mut user_agent = UserAgent::default();
    /// let request = Page::new("https://app.example/")?.fetch("https://api.example/").build()?;
    /// let Step::Send(exchange) = user_agent.fetch(request, Timestamp::ZERO) else { panic!() };
    /// let crash = Response::builder().status(500).body(())?;
    /// let Step::Done(Err(error)) = exchange.receive(&crash, &mut user_agent, Timestamp::ZERO) else { panic!() };
    /// assert_eq!(error.reason().name(), "AllowOriginMissing");
    /// assert_eq!(error.response().unwrap().status, 500); // the clue
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn response(&self) -> Option<&ResponseHead> {
        self.response.as_deref()
    }

    /// The step of the standard that returned the network error.
    #[must_use]
    pub fn step(&self) -> StandardStep {
        match self.reason {
            // These two check the request in step 7, and the response in step 20.
            Reason::ContentSecurityPolicy | Reason::MixedContent if self.after_response => {
                StandardStep::new(Algorithm::MainFetch, "20")
            }
            _ => self.reason.step(),
        }
    }

    /// Chromium's name of the error, such as `kMissingAllowOriginHeader`; `None` if Chromium has no name for
    /// it.
    ///
    /// It is [`Reason::chromium`], except that names of a failed CORS check of a preflight start with
    /// `kPreflight`.
    #[must_use]
    pub fn chromium(&self) -> Option<Cow<'static, str>> {
        let name = self.reason.chromium()?;
        let failed_check = self.step().algorithm() == Algorithm::CorsCheck;
        Some(match name.strip_prefix('k') {
            Some(rest) if failed_check && self.phase == Phase::Preflight => {
                format!("kPreflight{rest}").into()
            }
            _ => name.into(),
        })
    }

    /// The phase of the fetch in which it failed.
    #[must_use]
    pub fn phase(&self) -> Phase {
        self.phase
    }

    /// The number of redirects that the fetch had followed. A [blocked](crate::browser::Redirect::block) redirect counts.
    #[must_use]
    pub fn hop(&self) -> usize {
        self.hop
    }

    /// The URL that was being fetched when the fetch failed, without user name and password. If a redirect was
    /// [blocked](crate::browser::Redirect::block), it is the location.
    #[must_use]
    pub fn url(&self) -> &Url {
        &self.url
    }

    /// What to do about the refusal: at least one fix, the best first.
    #[must_use]
    pub fn fixes(&self) -> &[Fix] {
        &self.fixes
    }

    /// Other oddities worth reporting, which did not make the fetch fail.
    #[must_use]
    pub fn warnings(&self) -> &[Warning] {
        &self.warnings
    }

    /// The decisions of the fetch, in order; empty unless the user agent keeps a
    /// [trace](crate::browser::UserAgent::with_trace).
    #[must_use]
    pub fn trace(&self) -> &[TraceEntry] {
        self.trace.entries()
    }
}

impl fmt::Display for NetworkError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} ({}): {} [{}]", self.url, self.phase, self.reason, self.step())
    }
}

impl std::error::Error for NetworkError {}
