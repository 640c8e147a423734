//! `fetch()`: [`new Request(input, init)`](https://fetch.spec.whatwg.org/#dom-request).

use http::{HeaderName, Method, header::CONTENT_TYPE};

use super::{AuthorHeader, checked_header};
use crate::{
    ByteString,
    browser::{
        diagnosis::{Refusal, RefusalReason, Warning},
        initiators::Initiator,
        modes::{Body, CacheMode, CredentialsMode, Mode, RedirectMode},
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
/// // `new Request(request, { method: "DELETE" })`
/// let delete = page.fetch_request(&request).method("DELETE").build()?;
/// assert_eq!(delete.credentials, CredentialsMode::Include);
///
/// let refusal = page.fetch("https://user:pass@api.example/").build().unwrap_err();
/// assert_eq!(refusal.reason().name(), "UrlIncludesCredentials");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone)]
#[must_use = "a call makes a request only when it is built"]
pub struct FetchCall<'a> {
    page: &'a Page,
    input: Input,
    init: RequestInit,
}

/// The first argument of `fetch()`.
#[derive(Debug, Clone)]
enum Input {
    Url(GivenUrl),
    Request(Box<Request>),
}

/// The members of [`RequestInit`](https://fetch.spec.whatwg.org/#requestinit) that matter for CORS. A member
/// that does not exist is `None`.
#[derive(Debug, Clone, Default, PartialEq)]
struct RequestInit {
    method: Option<Vec<u8>>,
    headers: Option<Vec<AuthorHeader>>,
    mode: Option<Mode>,
    credentials: Option<CredentialsMode>,
    cache: Option<CacheMode>,
    redirect: Option<RedirectMode>,
    /// The body, and the type that it implies.
    body: Option<(Body, Option<Vec<u8>>)>,
    referrer: Option<GivenUrl>,
    referrer_policy: Option<ReferrerPolicy>,
}

impl<'a> FetchCall<'a> {
    pub(crate) fn new(page: &'a Page, url: &str) -> Self {
        Self { page, input: Input::Url(GivenUrl(url.to_owned())), init: RequestInit::default() }
    }

    pub(crate) fn with_request(page: &'a Page, request: &Request) -> Self {
        Self { page, input: Input::Request(Box::new(request.clone())), init: RequestInit::default() }
    }

    /// Sets `method`, which is "GET" by default.
    pub fn method(mut self, method: impl AsRef<[u8]>) -> Self {
        self.init.method = Some(method.as_ref().to_vec());
        self
    }

    /// Appends an entry to `headers`. The same name may be appended more than once.
    ///
    /// The first entry replaces the headers of the request that was given to
    /// [`Page::fetch_request`](crate::browser::Page::fetch_request).
    pub fn header(mut self, name: impl AsRef<[u8]>, value: impl AsRef<[u8]>) -> Self {
        let headers = self.init.headers.get_or_insert_default();
        headers.push((name.as_ref().to_vec(), value.as_ref().to_vec()));
        self
    }

    /// Sets `mode`, which is "cors" by default.
    pub fn mode(mut self, mode: Mode) -> Self {
        self.init.mode = Some(mode);
        self
    }

    /// Sets `credentials`, which is "same-origin" by default.
    pub fn credentials(mut self, credentials: CredentialsMode) -> Self {
        self.init.credentials = Some(credentials);
        self
    }

    /// Sets `cache`, which is "default" by default.
    pub fn cache(mut self, cache: CacheMode) -> Self {
        self.init.cache = Some(cache);
        self
    }

    /// Sets `redirect`, which is "follow" by default.
    pub fn redirect(mut self, redirect: RedirectMode) -> Self {
        self.init.redirect = Some(redirect);
        self
    }

    /// Sets `body`, and the `Content-Type` that it implies if the author sets none.
    ///
    /// A string implies `text/plain;charset=UTF-8`, for instance, and an `ArrayBuffer` implies no type. A
    /// type that is not a header value is ignored.
    pub fn body(mut self, body: Body, content_type: Option<&str>) -> Self {
        let body_type = content_type.map(str::as_bytes).filter(|bytes| is_header_value(bytes));
        self.init.body = Some((body, body_type.map(<[u8]>::to_vec)));
        self
    }

    /// Sets `referrer`, which is the page's URL by default.
    ///
    /// `url` may be relative to the page. The empty string is no referrer. A URL of another origin than the
    /// page's, like `about:client`, is the default.
    pub fn referrer(mut self, url: &str) -> Self {
        self.init.referrer = Some(GivenUrl(url.to_owned()));
        self
    }

    /// Sets `referrerPolicy`, which is the page's by default.
    pub fn referrer_policy(mut self, policy: ReferrerPolicy) -> Self {
        self.init.referrer_policy = Some(policy);
        self
    }

    /// Makes the request ([`new Request(input, init)`](https://fetch.spec.whatwg.org/#dom-request)).
    ///
    /// Headers that a browser drops silently become [warnings](Request::warnings).
    ///
    /// If a request was given ([`Page::fetch_request`](crate::browser::Page::fetch_request)), its URL,
    /// method, headers, mode, credentials mode, cache mode, redirect mode and body are the defaults. If any
    /// option is set, a navigation becomes a request with mode "same-origin", the referrer policy is the page's again,
    /// and headers that the new mode does not allow are dropped.
    ///
    /// # Errors
    /// If a browser would throw a `TypeError`.
    pub fn build(self) -> Result<Request, Refusal> {
        self.construct().map_err(|reason| Refusal::new(Initiator::Fetch, reason))
    }

    /// The steps of the constructor that can throw, or that matter for CORS.
    fn construct(self) -> Result<Request, RefusalReason> {
        let Self { page, input, init } = self;
        let is_init_empty = init == RequestInit::default();
        // Steps 5, 6 and 12: a new request, with the unsafe-request flag set.
        let (mut request, input_body) = match input {
            Input::Url(url) => (request_to(page, &url)?, Body::None),
            Input::Request(input) => (copy_of(page, &input, is_init_empty), input.body),
        };
        request.construction.initiator = Some(Initiator::Fetch);
        // Step 14: the referrer.
        if let Some(referrer) = &init.referrer {
            request.referrer = referrer_of(page, referrer)?;
        }
        // Step 15: the referrer policy.
        request.referrer_policy = init.referrer_policy.unwrap_or(request.referrer_policy);
        // Step 17: mode "navigate" throws. A mode that `RequestMode` of Web IDL does not have throws, too.
        let mode = init.mode.unwrap_or(request.mode);
        if init.mode.is_some() && !matches!(mode, Mode::Cors | Mode::NoCors | Mode::SameOrigin) {
            return Err(RefusalReason::ModeNotAvailable { mode });
        }
        // Steps 18, 19 and 20: mode, credentials mode, cache mode.
        request.mode = mode;
        request.credentials = init.credentials.unwrap_or(request.credentials);
        request.cache = init.cache.unwrap_or(request.cache);
        // Step 21: cache mode "only-if-cached" needs mode "same-origin".
        if request.cache == CacheMode::OnlyIfCached && mode != Mode::SameOrigin {
            return Err(RefusalReason::OnlyIfCachedMode { mode });
        }
        // Step 22: the redirect mode.
        request.redirect = init.redirect.unwrap_or(request.redirect);
        // Step 25: the method. Steps 25.1 and 25.2: it must be a method, and not a forbidden method.
        // Steps 25.3 and 25.4: normalize it.
        if let Some(method) = &init.method {
            request.method = normalize_method(method)
                .map_err(|_| RefusalReason::MethodInvalid { method: ByteString::from(method) })?;
            if is_forbidden_method(method) {
                return Err(RefusalReason::ForbiddenMethod { method: request.method });
            }
        }
        // Step 32: mode "no-cors". Step 32.1: the method must be a CORS-safelisted method.
        if request.mode == Mode::NoCors && !is_cors_safelisted_method(&request.method) {
            return Err(RefusalReason::NoCorsMethodNotSafelisted { method: request.method });
        }
        // Step 33: fill the headers, under the guard "request" (step 31) or, by step 32.2, "request-no-cors".
        if !is_init_empty {
            fill_headers(&mut request, init.headers.as_deref())?;
        }
        // Headers append, step 5: there are no privileged no-CORS request-headers to remove, because step 3.4
        // drops them. Step 34: the input's body. Step 35: GET and HEAD must not have a body.
        let (init_body, body_type) = init.body.unwrap_or_default();
        let has_body = init_body != Body::None || input_body != Body::None;
        if has_body && matches!(request.method, Method::GET | Method::HEAD) {
            return Err(RefusalReason::BodyWithGetOrHead { method: request.method });
        }
        // Step 37.4: the type of the body, if the author set none.
        if let Some(body_type) = body_type.as_deref().filter(|_| init_body != Body::None) {
            let body_type = trim_whitespace(body_type);
            request.construction.body_type = Some(ByteString::from(body_type));
            if !request.headers.contains(&CONTENT_TYPE) {
                append(&mut request, CONTENT_TYPE, body_type);
            }
        }
        // Steps 38 and 42: the body, which is the input's if `body` is absent.
        request.body = if init_body == Body::None { input_body } else { init_body };
        // Step 39: the body's source is null. Step 39.2: the mode must be "same-origin" or "cors". Step 39.3:
        // set the use-CORS-preflight flag.
        if request.body == Body::Stream {
            if !matches!(request.mode, Mode::SameOrigin | Mode::Cors) {
                return Err(RefusalReason::StreamBodyMode { mode: request.mode });
            }
            request.use_cors_preflight = true;
        }
        Ok(request)
    }
}

/// Step 5: the input is a string.
fn request_to(page: &Page, url: &GivenUrl) -> Result<Request, RefusalReason> {
    // Steps 5.1 and 5.2: parse the URL against the page's.
    let parsed = page.url().join(&url.0);
    let parsed = parsed.map_err(|_| RefusalReason::UrlInvalid { url: url.shown() })?;
    // Step 5.3: it must not include credentials.
    if includes_credentials(&parsed) {
        return Err(RefusalReason::UrlIncludesCredentials);
    }
    // Step 5.4: a new request. Step 5.5: its mode is "cors" unless set.
    Ok(Request::new(page, Method::GET, parsed))
}

/// Steps 6, 12 and 13: the input is a `Request`.
fn copy_of(page: &Page, input: &Request, is_init_empty: bool) -> Request {
    // Step 12: a new request with these properties of the input. All others, such as the destination, have
    // their defaults.
    let mut request = Request::new(page, input.method.clone(), input.url.clone());
    request.headers = input.headers.clone();
    request.mode = input.mode;
    request.credentials = input.credentials;
    request.cache = input.cache;
    request.redirect = input.redirect;
    request.target_address_space = input.target_address_space;
    if is_init_empty {
        request.origin = input.origin.clone();
        request.referrer.clone_from(&input.referrer);
        request.referrer_policy = input.referrer_policy;
        request.construction.body_type.clone_from(&input.construction.body_type);
    } else if input.mode == Mode::Navigate {
        // Step 13: `init` is not empty. A navigation gets mode "same-origin". Origin, referrer
        // and referrer policy are those of the page.
        request.mode = Mode::SameOrigin;
    }
    request
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
    // Step 14.3.3: it is `about:client`, whose origin is opaque, or it is not of the page's origin. Step 14.3.4:
    // otherwise, the URL.
    Ok(match origin_is_same_as_url(page.origin(), &url) {
        true => Referrer::Url(url),
        false => Referrer::Client,
    })
}

/// Step 33: the headers of `init`, or those of the input again.
fn fill_headers(request: &mut Request, headers: Option<&[AuthorHeader]>) -> Result<(), RefusalReason> {
    // Steps 33.1 to 33.3: a copy of the headers, and an empty header list.
    let earlier = std::mem::take(&mut request.headers);
    match headers {
        // Step 33.5: fill with the headers of `init`.
        Some(headers) => {
            for header in headers {
                let (name, value) = checked_header(header)?;
                append(request, name, value);
            }
        }
        // Step 33.4: append each header of the copy.
        None => earlier.iter().for_each(|(name, value)| append(request, name.clone(), value)),
    }
    Ok(())
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
