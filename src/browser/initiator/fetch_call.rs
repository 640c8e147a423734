//! `fetch()`: [`new Request(url, init)`](https://fetch.spec.whatwg.org/#dom-request).

use http::{HeaderName, Method, header::CONTENT_TYPE};

use super::{AuthorHeader, checked_header};
use crate::{
    ByteString,
    browser::{
        diagnosis::{Refusal, RefusalReason, Warning},
        modes::{Body, CredentialsMode, Initiator, Mode, RedirectMode},
        page::Page,
        referrer::Referrer,
        referrer_policy::ReferrerPolicy,
        request::Request,
        url_credentials::{GivenUrl, includes_credentials},
        url_origin::origin_is_same_as_url,
    },
    bytes::trim_whitespace,
    header_list::is_header_value,
    method::{is_cors_safelisted_method, is_forbidden_method, normalize_method},
    request_header::{is_forbidden_request_header, is_no_cors_safelisted_request_header},
};

/// A call of [`fetch()`](https://fetch.spec.whatwg.org/#fetch-method), for which [`build`](Self::build) makes
/// the request.
///
/// The methods are the members of `RequestInit` that matter for CORS.
///
/// ```
/// use crossorigin::browser::{Body, CredentialsMode, Page};
/// let page = Page::new("https://app.example/shop/")?;
/// let request = page
///     .fetch("https://api.example/items/7")
///     .method("put")
///     .header("Content-Type", "application/json")
///     .credentials(CredentialsMode::Include)
///     .body(Body::Replayable, None)
///     .build()?;
/// assert_eq!(request.method, "PUT"); // normalized
///
/// let refusal = page.fetch("https://user:pass@api.example/").build().unwrap_err();
/// assert_eq!(refusal.reason().name(), "UrlIncludesCredentials");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone)]
#[must_use = "a call makes a request only when it is built"]
pub struct FetchCall<'a> {
    page: &'a Page,
    url: GivenUrl,
    method: Vec<u8>,
    headers: Vec<AuthorHeader>,
    mode: Mode,
    credentials: CredentialsMode,
    redirect: RedirectMode,
    body: Body,
    body_type: Option<Vec<u8>>,
    referrer: Option<GivenUrl>,
    referrer_policy: Option<ReferrerPolicy>,
}

impl<'a> FetchCall<'a> {
    pub(crate) fn new(page: &'a Page, url: &str) -> Self {
        Self {
            page,
            url: GivenUrl(url.to_owned()),
            method: b"GET".to_vec(),
            headers: Vec::new(),
            // Step 5.5: mode "cors" unless set.
            mode: Mode::default(),
            credentials: CredentialsMode::default(),
            redirect: RedirectMode::default(),
            body: Body::default(),
            body_type: None,
            referrer: None,
            referrer_policy: None,
        }
    }

    /// Sets `method`, which is "GET" by default.
    pub fn method(mut self, method: impl AsRef<[u8]>) -> Self {
        self.method = method.as_ref().to_vec();
        self
    }

    /// Appends an entry to `headers`. The same name may be appended more than once.
    pub fn header(mut self, name: impl AsRef<[u8]>, value: impl AsRef<[u8]>) -> Self {
        self.headers.push((name.as_ref().to_vec(), value.as_ref().to_vec()));
        self
    }

    /// Sets `mode`, which is "cors" by default.
    pub fn mode(mut self, mode: Mode) -> Self {
        self.mode = mode;
        self
    }

    /// Sets `credentials`, which is "same-origin" by default.
    pub fn credentials(mut self, credentials: CredentialsMode) -> Self {
        self.credentials = credentials;
        self
    }

    /// Sets `redirect`, which is "follow" by default.
    pub fn redirect(mut self, redirect: RedirectMode) -> Self {
        self.redirect = redirect;
        self
    }

    /// Sets `body`, and the `Content-Type` that it implies if the author sets none.
    ///
    /// A string implies `text/plain;charset=UTF-8`, for instance, and an `ArrayBuffer` implies no type. A
    /// type that is not a header value is ignored.
    pub fn body(mut self, body: Body, content_type: Option<&str>) -> Self {
        self.body = body;
        self.body_type =
            content_type.map(str::as_bytes).filter(|bytes| is_header_value(bytes)).map(<[u8]>::to_vec);
        self
    }

    /// Sets `referrer`, which is the page's URL by default.
    ///
    /// `url` may be relative to the page. The empty string is no referrer. A URL of another origin than the
    /// page's, like `about:client`, is the default.
    pub fn referrer(mut self, url: &str) -> Self {
        self.referrer = Some(GivenUrl(url.to_owned()));
        self
    }

    /// Sets `referrerPolicy`, which is the page's by default.
    pub fn referrer_policy(mut self, policy: ReferrerPolicy) -> Self {
        self.referrer_policy = Some(policy);
        self
    }

    /// Makes the request ([`new Request(url, init)`](https://fetch.spec.whatwg.org/#dom-request)).
    ///
    /// Headers that a browser drops silently become [warnings](Request::warnings).
    ///
    /// # Errors
    /// If a browser would throw a `TypeError`.
    pub fn build(self) -> Result<Request, Refusal> {
        self.construct().map_err(|reason| Refusal::new(Initiator::Fetch, reason))
    }

    /// The steps of the constructor that can throw, or that matter for CORS.
    fn construct(self) -> Result<Request, RefusalReason> {
        // Step 5: the input is a string. Steps 5.1 and 5.2: parse the URL against the page's.
        let url = self
            .page
            .url()
            .join(&self.url.0)
            .map_err(|_| RefusalReason::UrlInvalid { url: self.url.shown() })?;
        // Step 5.3: it must not include credentials.
        if includes_credentials(&url) {
            return Err(RefusalReason::UrlIncludesCredentials);
        }
        // Step 12: a new request, with the unsafe-request flag set.
        let mut request = Request::new(self.page, Method::GET, url);
        request.construction.initiator = Some(Initiator::Fetch);
        // Step 14: the referrer.
        request.referrer = match &self.referrer {
            Some(referrer) => referrer_of(self.page, referrer)?,
            None => Referrer::Client,
        };
        // Step 15: the referrer policy.
        request.referrer_policy = self.referrer_policy.unwrap_or(request.referrer_policy);
        // Step 17: mode "navigate" throws. A mode that `RequestMode` of Web IDL does not have throws, too.
        if !matches!(self.mode, Mode::Cors | Mode::NoCors | Mode::SameOrigin) {
            return Err(RefusalReason::ModeNotAvailable { mode: self.mode });
        }
        // Steps 18, 19 and 22: mode, credentials mode, redirect mode.
        request.mode = self.mode;
        request.credentials = self.credentials;
        request.redirect = self.redirect;
        // Step 25: the method. Steps 25.1 and 25.2: it must be a method, and not a forbidden method.
        // Steps 25.3 and 25.4: normalize it.
        request.method = normalize_method(&self.method)
            .map_err(|_| RefusalReason::MethodInvalid { method: ByteString::from(&self.method) })?;
        if is_forbidden_method(&self.method) {
            return Err(RefusalReason::ForbiddenMethod { method: request.method });
        }
        // Step 32: mode "no-cors". Step 32.1: the method must be a CORS-safelisted method.
        if request.mode == Mode::NoCors && !is_cors_safelisted_method(&request.method) {
            return Err(RefusalReason::NoCorsMethodNotSafelisted { method: request.method });
        }
        // Step 33.5: fill the headers, under the guard "request" (step 31) or, by step 32.2,
        // "request-no-cors".
        for header in &self.headers {
            let (name, value) = checked_header(header)?;
            append(&mut request, name, value);
        }
        // Headers append, step 5: there are no privileged no-CORS request-headers to remove, because step 3.4
        // drops them. Step 35: GET and HEAD must not have a body.
        if self.body != Body::None && matches!(request.method, Method::GET | Method::HEAD) {
            return Err(RefusalReason::BodyWithGetOrHead { method: request.method });
        }
        // Step 42: the body. Step 37.4: its type, if the author set none.
        request.body = self.body;
        if let Some(body_type) = self.body_type.as_deref().filter(|_| self.body != Body::None) {
            let body_type = trim_whitespace(body_type);
            request.construction.body_type = Some(ByteString::from(body_type));
            if !request.headers.contains(&CONTENT_TYPE) {
                append(&mut request, CONTENT_TYPE, body_type);
            }
        }
        // Step 39: the body's source is null. Step 39.2: the mode must be "same-origin" or "cors". Step 39.3:
        // set the use-CORS-preflight flag.
        if self.body == Body::Stream {
            if request.mode == Mode::NoCors {
                return Err(RefusalReason::StreamBodyMode { mode: request.mode });
            }
            request.use_cors_preflight = true;
        }
        Ok(request)
    }
}

/// Steps 14.2 and 14.3: the referrer that a script gave.
fn referrer_of(page: &Page, given: &GivenUrl) -> Result<Referrer, RefusalReason> {
    // Step 14.2: the empty string is "no-referrer".
    if given.0.is_empty() {
        return Ok(Referrer::NoReferrer);
    }
    // Step 14.3.1: parse the referrer against the page's URL. Step 14.3.2: failure.
    let url = page.url().join(&given.0);
    let url = url.map_err(|_| RefusalReason::ReferrerInvalid { url: given.shown() })?;
    // Step 14.3.3: it is `about:client`, or it is not of the page's origin. Step 14.3.4: otherwise, the URL.
    let is_client = url.scheme() == "about" && url.path() == "client";
    Ok(match is_client || !origin_is_same_as_url(page.origin(), &url) {
        true => Referrer::Client,
        false => Referrer::Url(url),
    })
}

/// [Appends a header to a `Headers` object](https://fetch.spec.whatwg.org/#concept-headers-append), whose
/// guard follows from the request's mode. Browsers drop a header silently because of its guard; here it
/// becomes a warning.
fn append(request: &mut Request, name: HeaderName, value: &[u8]) {
    // Step 2: validate. Validate a header, step 3: the guard "request" drops a forbidden request-header.
    // (With the guard "request-no-cors", the next step drops it.)
    if request.mode != Mode::NoCors && is_forbidden_request_header(&name, value) {
        return request.warnings.push(Warning::ForbiddenRequestHeader { name });
    }
    // Step 3: the guard "request-no-cors".
    if request.mode == Mode::NoCors {
        // Steps 3.1 to 3.3: the value combined with the values of the lines before it.
        // Step 3.4: it must be a no-CORS-safelisted request-header.
        if !is_no_cors_safelisted_request_header(&name, &request.headers.get_with(&name, value)) {
            return request.warnings.push(Warning::NoCorsHeaderDropped { name });
        }
    }
    // Step 4: append.
    request.headers.push_valid(name, value);
}
