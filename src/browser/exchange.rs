//! What has to be sent, and the states a driver moves through.

use crate::browser::fetch_state::{Fetch, ResponseTainting};
use crate::browser::trace::Finding;
use crate::browser::url_credentials::{UrlCredentials, without_credentials};
use crate::browser::url_origin::without_fragment;
use crate::browser::{
    Body, Decision, PartitionKey, Phase, Reason, ReferrerPolicy, RepeatedLocation, ResponseHead, Step,
    Timestamp, UserAgent,
};
use crate::header_list::{HeaderList, HeaderMapError};
use crate::standard::Algorithm::HttpNetworkOrCacheFetch;
use http::Method;
use http::header::{LOCATION, ORIGIN};
use url::Url;

/// Whether a request that goes out is a preflight.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum RequestKind {
    /// A CORS-preflight request. Its answer's body is to be thrown away, without waiting for its end.
    Preflight,
    /// The request itself, or what a redirect made of it.
    Actual,
}

/// What becomes of the request's body.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum BodyToSend {
    /// No body goes out.
    None,
    /// The request's body goes out; after a redirect, once more from its start.
    AsGiven,
}

/// A request that has to go out.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct OutgoingRequest {
    /// Preflight or not.
    pub kind: RequestKind,
    /// The method.
    pub method: Method,
    /// The URL, without user name and password: see [`Exchange::url_credentials`]. Its fragment does not go over the wire.
    pub url: Url,
    /// The author's headers and those of the CORS protocol. Everything else (`Host`, `Cookie`, `User-Agent`,
    /// `Content-Length`, `Referer`, …) is for the HTTP client to add, `Accept: */*` too where there is no `Accept`.
    pub headers: HeaderList,
    /// Whether cookies, HTTP authentication and client certificates go with it, and whether cookies of its answer are
    /// kept.
    pub credentials: bool,
    /// Whether the request's body goes with it.
    pub body: BodyToSend,
    /// How many redirects have been followed.
    pub hop: usize,
    /// The referrer policy, as redirects have left it: for the `Referer` header.
    pub referrer_policy: ReferrerPolicy,
    /// The network partition key of its connection.
    pub partition: Option<PartitionKey>,
}

impl OutgoingRequest {
    /// The head as the `http` crate has it.
    ///
    /// # Errors
    /// If the URL is no `http::Uri`, or a header value has bytes that `http::HeaderValue` cannot hold.
    pub fn to_http(&self) -> Result<http::Request<()>, ToHttpError> {
        self.to_http_with(())
    }

    /// Whether a server that gets the one could tell it from the other, apart from the connection.
    #[cfg(feature = "oracle")]
    pub(crate) fn is_like(&self, other: &Self) -> bool {
        let parts = |request: &Self| {
            (request.kind, request.method.clone(), request.url.clone(), request.credentials, request.body)
        };
        parts(self) == parts(other) && self.headers.sort_and_combine() == other.headers.sort_and_combine()
    }

    /// The head with the body, if it goes out with this request; otherwise with the empty one that is its type's default.
    ///
    /// ```
    /// use crossorigin::browser::{Body, Page, Profile, Step, Timestamp, UserAgent};
    /// let page = Page::new("https://app.example/")?;
    /// let request = page.fetch("https://api.example/").method("PUT").body(Body::Replayable, None).build()?;
    /// let step = UserAgent::new(Profile::standard()).fetch(request, Timestamp::ZERO);
    /// let Step::Send(preflight) = step else { panic!("{step:?}") };
    /// assert_eq!(preflight.request().to_http_with("new name")?.body(), &""); // not yet
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    /// As for [`to_http`](Self::to_http).
    pub fn to_http_with<B: Default>(&self, body: B) -> Result<http::Request<B>, ToHttpError> {
        let url = without_fragment(&self.url);
        let body = match self.body {
            BodyToSend::None => B::default(),
            BodyToSend::AsGiven => body,
        };
        let mut request =
            http::Request::builder().method(self.method.clone()).uri(url.as_str()).body(body)?;
        *request.headers_mut() = (&self.headers).try_into()?;
        Ok(request)
    }
}

/// Why a request cannot be expressed in the types of the `http` crate.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ToHttpError {
    /// The URL or the method.
    #[error(transparent)]
    Head(#[from] http::Error),
    /// A header.
    #[error(transparent)]
    Header(#[from] HeaderMapError),
}

/// Why there is no answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
#[non_exhaustive]
pub enum Failure {
    /// The network failed: no connection, no TLS, no answer.
    #[default]
    Network,
    /// Somebody canceled.
    Canceled,
    /// The embedder allows no CORS requests.
    CorsDisabled,
    /// The embedder could not add the `Origin` header.
    OriginHeaderUnavailable,
    /// The page may not reach the local network.
    LocalNetworkDenied,
    /// The connection led to another address space than announced.
    AddressSpaceMismatch,
}

impl Failure {
    pub(crate) fn reason(self) -> Reason {
        match self {
            Self::Network => Reason::Network,
            Self::Canceled => Reason::Canceled,
            Self::CorsDisabled => Reason::CorsDisabledByEmbedder,
            Self::OriginHeaderUnavailable => Reason::OriginHeaderUnavailable,
            Self::LocalNetworkDenied => Reason::LocalNetworkDenied,
            Self::AddressSpaceMismatch => Reason::AddressSpaceMismatch,
        }
    }
}

/// A request on its way: send it, then say what came back. Dropping it cancels the fetch.
///
/// It can be answered once: each transition consumes it.
///
/// ```compile_fail,E0382
/// # use crossorigin::browser::{Exchange, ResponseHead, Timestamp, UserAgent};
/// fn answer_twice(exchange: Exchange, head: ResponseHead, user_agent: &mut UserAgent) {
///     let _ = exchange.receive(head.clone(), user_agent, Timestamp::ZERO);
///     let _ = exchange.receive(head, user_agent, Timestamp::ZERO); // already moved
/// }
/// ```
#[derive(Debug, Clone)]
#[must_use = "a fetch goes on only when its exchange is answered"]
pub struct Exchange {
    request: OutgoingRequest,
    fetch: Box<Fetch>,
}

impl Exchange {
    pub(crate) fn new(request: OutgoingRequest, fetch: Box<Fetch>) -> Self {
        Self { request, fetch }
    }

    /// What has to be sent.
    #[must_use]
    pub fn request(&self) -> &OutgoingRequest {
        &self.request
    }

    /// Whether the user may be asked for a name and a password if the status of the answer is 401, and the request sent
    /// again with them: before [`receive`](Self::receive), which is given the last answer. Never where CORS applies.
    ///
    /// ```
    /// use crossorigin::browser::{CredentialsMode, Page, Step, Timestamp, UserAgent};
    /// let page = Page::new("https://app.example/")?;
    /// let may_ask = |request| match UserAgent::default().fetch(request, Timestamp::ZERO) {
    ///     Step::Send(exchange) => exchange.may_ask_user(),
    ///     step => panic!("{step:?}"),
    /// };
    /// assert!(may_ask(page.fetch("/account").build()?));
    /// let elsewhere = page.fetch("https://api.example/").credentials(CredentialsMode::Include);
    /// assert!(!may_ask(elsewhere.build()?)); // although it goes with credentials
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn may_ask_user(&self) -> bool {
        // HTTP-network-or-cache fetch, step 15: response tainting is not "cors", and credentials are included.
        self.fetch.tainting != ResponseTainting::Cors && self.request.credentials
    }

    /// The user name and password of the request's URL, for the case in which they take the place of asking the user: where
    /// [`may_ask_user`](Self::may_ask_user) is true and the status of the response is 401. `None` in every other case, and
    /// for a URL that has neither.
    ///
    /// ```
    /// use crossorigin::browser::{Page, Step, Timestamp, UserAgent};
    /// let page = Page::new("https://app.example/")?;
    /// let request = page.xml_http_request("GET", "https://user:secret@app.example/account").send()?;
    /// let Step::Send(exchange) = UserAgent::default().fetch(request, Timestamp::ZERO) else { panic!() };
    /// assert_eq!(exchange.request().url.as_str(), "https://app.example/account");
    /// let credentials = exchange.url_credentials().unwrap();
    /// assert_eq!((credentials.username, credentials.password), ("user", "secret"));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn url_credentials(&self) -> Option<UrlCredentials<'_>> {
        // HTTP-network-or-cache fetch, steps 8.21.2.3 and 15.4: in an authentication fetch, the URL's credentials become an
        // `Authorization` header.
        UrlCredentials::of(self.fetch.current_url()).filter(|_| self.may_ask_user())
    }

    /// The decisions so far, if the user agent keeps a trace.
    #[must_use]
    pub fn decisions(&self) -> &[Decision] {
        self.fetch.trace.decisions()
    }

    /// The head of the answer is here: what HTTP-network-or-cache fetch returns, so after revalidation (a 304 of the
    /// user agent's own), authentication and retries, which are below this crate.
    pub fn receive(
        self,
        response: impl Into<ResponseHead>,
        user_agent: &mut UserAgent,
        now: Timestamp,
    ) -> Step {
        let mut response = response.into();
        if !user_agent.profile().response.empty_lines_count {
            // The one header whose lines have to be equal.
            response.headers.drop_empty_lines_except(&LOCATION);
        }
        // HTTP-network-or-cache fetch, step 11: for some, what the network returns is no response.
        if user_agent.profile().redirect.repeated_location == RepeatedLocation::FollowedIfEqual
            && has_several_locations(&response.headers)
        {
            let phase = match self.request.kind {
                RequestKind::Preflight => Phase::Preflight,
                RequestKind::Actual => Phase::Actual,
            };
            return self.fetch.fail(user_agent, phase, Reason::LocationMultiple);
        }
        match self.request.kind {
            RequestKind::Preflight => self.fetch.receive_preflight(&response, user_agent, now),
            // HTTP-network-or-cache fetch, step 14: the response's request-includes-credentials is what was sent.
            RequestKind::Actual => {
                self.fetch.receive_actual(response.into(), self.request.credentials, user_agent)
            }
        }
    }

    /// There is no answer.
    pub fn fail(self, user_agent: &mut UserAgent, failure: Failure) -> Step {
        let (phase, reason) = match (self.request.kind, failure) {
            (RequestKind::Preflight, Failure::Network) => (Phase::Preflight, Reason::PreflightNetworkError),
            (RequestKind::Preflight, failure) => (Phase::Preflight, failure.reason()),
            (RequestKind::Actual, failure) => (Phase::Actual, failure.reason()),
        };
        self.fetch.fail(user_agent, phase, reason)
    }
}

/// Whether there are `Location` lines that are not equal.
fn has_several_locations(headers: &HeaderList) -> bool {
    let mut lines = headers.lines(&LOCATION);
    let first = lines.next();
    lines.any(|line| Some(line) != first)
}

impl Fetch {
    /// [HTTP-network-or-cache fetch](https://fetch.spec.whatwg.org/#concept-http-network-or-cache-fetch), steps 8.3, 8.4
    /// and 8.12; everything else of it is below this crate.
    pub(crate) fn send_actual(mut self: Box<Self>, user_agent: &UserAgent) -> Step {
        let profile = user_agent.profile();
        // Steps 8.3 and 8.4: whether to include credentials.
        let credentials = self.include_credentials(profile);
        self.note((HttpNetworkOrCacheFetch, "8.3"), |_| Finding::Credentials { included: credentials });
        // Step 8.12: append a request `Origin` header, to a copy: the author's list stays as it is.
        let is_first = self.hop() == 0 && self.request.body != Body::None;
        let mut headers = profile.request_headers.lines_to_send(&self.request.headers, is_first);
        let origin = self.origin_header(user_agent).map(str::to_owned);
        self.origin_went_out = origin.is_some() && self.tainting != ResponseTainting::Cors;
        if let Some(origin) = origin {
            headers.push_valid(ORIGIN, origin);
        }
        Step::Send(Exchange::new(
            OutgoingRequest {
                kind: RequestKind::Actual,
                method: self.request.method.clone(),
                url: without_credentials(self.current_url().clone()),
                headers,
                credentials,
                body: match self.request.body {
                    Body::None => BodyToSend::None,
                    Body::Replayable | Body::Stream => BodyToSend::AsGiven,
                },
                hop: self.hop(),
                referrer_policy: self.request.referrer_policy,
                partition: self.request.partition.clone(),
            },
            self,
        ))
    }
}
