//! Requests of all initiators, by the table in `initiators.rs`.

use http::{HeaderName, Method, header::CONTENT_TYPE};
use url::Url;

use super::{AuthorHeader, checked_header};
use crate::{
    ByteString,
    browser::{
        crossorigin_attribute::CrossOriginAttribute,
        destination::Destination,
        diagnosis::{Refusal, RefusalReason, Warning},
        initiators::{BodyRule, CredentialsRule, Entry, HeaderRule, Initiator, ModeRule, UrlRule},
        modes::{Body, CredentialsMode, Mode},
        page::Page,
        referrer::Referrer,
        request::Request,
        url_credentials::GivenUrl,
        url_origin::has_http_scheme,
    },
    bytes::trim_whitespace,
    header_list::is_header_value,
    method::normalize_method,
    request_header::{is_cors_safelisted_request_header, is_forbidden_request_header},
};

/// The types that the body of a form can have.
const FORM_TYPES: [&str; 3] = ["application/x-www-form-urlencoded", "multipart/form-data", "text/plain"];

/// The header that only a `WebTransport` itself sets.
const WT_AVAILABLE_PROTOCOLS: &str = "wt-available-protocols";

/// A request of any initiator, which [`build`](Self::build) makes.
///
/// Everything that the initiator determines is set by `build`: mode, credentials mode, redirect mode,
/// destination, method, headers. [The table of initiators](crate::_documentation::initiators) lists it. The
/// methods set what the web platform lets a page or the user agent choose. `build` refuses a setting that the
/// initiator does not have.
///
/// ```
/// use crossorigin::browser::{Body, CrossOriginAttribute, Destination, Initiator, Mode, Page};
/// let page = Page::new("https://app.example/")?;
///
/// // Without a `crossorigin` attribute, an image has mode "no-cors".
/// let image = page.request(Initiator::Image, "https://cdn.example/photo.jpg").build()?;
/// assert_eq!((image.mode, image.destination), (Mode::NoCors, Destination::Image));
/// let anonymous = Some(CrossOriginAttribute::Anonymous);
/// let image = page.request(Initiator::Image, "photo.jpg").crossorigin(anonymous).build()?;
/// assert_eq!(image.mode, Mode::Cors);
///
/// // An EventSource that connects again.
/// let events = page.request(Initiator::EventSource, "/events").header("Last-Event-ID", "7").build()?;
/// assert!(!events.unsafe_request); // no preflight
///
/// // The type of the body decides about a beacon.
/// let beacon = page.request(Initiator::Beacon, "/log").body(Body::Replayable, Some("application/json"));
/// assert_eq!(beacon.build()?.mode, Mode::Cors);
///
/// // An image has no method.
/// let refusal = page.request(Initiator::Image, "photo.jpg").method("PUT").build().unwrap_err();
/// assert_eq!(refusal.reason().to_string(), "<img> cannot have the method `PUT`");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone)]
#[must_use = "a builder makes a request only when it is built"]
pub struct RequestBuilder<'a> {
    page: &'a Page,
    initiator: Initiator,
    url: GivenUrl,
    crossorigin: Option<CrossOriginAttribute>,
    credentials: Option<CredentialsMode>,
    method: Option<Vec<u8>>,
    headers: Vec<AuthorHeader>,
    body: Body,
    body_type: Option<String>,
    destination: Option<Destination>,
}

impl<'a> RequestBuilder<'a> {
    pub(crate) fn new(page: &'a Page, initiator: Initiator, url: &str) -> Self {
        Self {
            page,
            initiator,
            url: GivenUrl(url.to_owned()),
            crossorigin: None,
            credentials: None,
            method: None,
            headers: Vec::new(),
            body: Body::None,
            body_type: None,
            destination: None,
        }
    }

    /// Sets the `crossorigin` attribute, which is absent by default.
    ///
    /// Images, scripts, style sheets, media, preloads and the like have one. For a module, it decides only
    /// about credentials.
    pub fn crossorigin(mut self, attribute: Option<CrossOriginAttribute>) -> Self {
        self.crossorigin = attribute;
        self
    }

    /// Sets the credentials mode where a script chooses it: the `credentials` of module workers, of worklets
    /// and of `fetch()`.
    ///
    /// The value "include" is `withCredentials` of `EventSource` and `XMLHttpRequest`, which do not have
    /// "omit".
    pub fn credentials(mut self, credentials: CredentialsMode) -> Self {
        self.credentials = Some(credentials);
        self
    }

    /// Sets the method of a form or of another navigation: `GET` or `POST`, in any case. It is `GET` by
    /// default.
    pub fn method(mut self, method: impl AsRef<[u8]>) -> Self {
        self.method = Some(method.as_ref().to_vec());
        self
    }

    /// Appends a header that a page or the user agent may set there: `Range` of media, `Last-Event-ID` of an
    /// `EventSource`, `Ping-From` and `Ping-To` of a ping, the handshake of a `WebSocket`, and any header of
    /// a `WebTransport`.
    pub fn header(mut self, name: impl AsRef<[u8]>, value: impl AsRef<[u8]>) -> Self {
        self.headers.push((name.as_ref().to_vec(), value.as_ref().to_vec()));
        self
    }

    /// Sets the body of a beacon or of a form, and its `Content-Type`.
    ///
    /// A form has the type `application/x-www-form-urlencoded`, `multipart/form-data` or `text/plain`; the
    /// first one is the default. A form with method `POST` always has a body. The types of a beacon's body
    /// are those of [`fetch()`](super::FetchCall::body). A type that is not a header value is ignored.
    pub fn body(mut self, body: Body, content_type: Option<&str>) -> Self {
        self.body = body;
        self.body_type = content_type.filter(|text| is_header_value(text.as_bytes())).map(str::to_owned);
        self
    }

    /// Sets the destination, if the initiator has more than one: `as` of a preload, [`Destination::Audio`]
    /// for media, the kind of a frame, the kind of a worker, the type of a module.
    pub fn destination(mut self, destination: Destination) -> Self {
        self.destination = Some(destination);
        self
    }

    /// Makes the request.
    ///
    /// # Errors
    /// If the initiator does not have a setting ([`RefusalReason::SettingNotAvailable`]), or if a browser
    /// would throw or load nothing: the URL is invalid, or its scheme is not one that the initiator requests.
    pub fn build(self) -> Result<Request, Refusal> {
        let initiator = self.initiator;
        self.check_choices().map_err(|reason| Refusal::new(initiator, reason))?;
        match initiator {
            Initiator::Fetch => self.by_fetch(),
            Initiator::XmlHttpRequest => self.by_xml_http_request(),
            _ => self.construct().map_err(|reason| Refusal::new(initiator, reason)),
        }
    }

    /// Checks the settings whose possible values are in the table.
    fn check_choices(&self) -> Result<(), RefusalReason> {
        let entry = self.initiator.entry();
        if let Some(attribute) = self.crossorigin.filter(|_| !entry.has_attribute()) {
            return Err(self.refuse("crossorigin attribute", attribute.as_str()));
        }
        let has_credentials = |credentials| match entry.credentials {
            CredentialsRule::Script => true,
            CredentialsRule::WithCredentials => credentials != CredentialsMode::Omit,
            _ => false,
        };
        if let Some(credentials) = self.credentials.filter(|credentials| !has_credentials(*credentials)) {
            return Err(self.refuse("credentials mode", credentials.as_str()));
        }
        match self.destination.filter(|destination| !entry.destinations.contains(destination)) {
            Some(destination) => Err(self.refuse("destination", destination.as_str())),
            None => Ok(()),
        }
    }

    fn refuse(&self, setting: &'static str, value: impl Into<String>) -> RefusalReason {
        RefusalReason::SettingNotAvailable { initiator: self.initiator, setting, value: value.into() }
    }

    fn by_fetch(self) -> Result<Request, Refusal> {
        let call = self.page.fetch(&self.url.0).method(self.method.as_deref().unwrap_or(b"GET"));
        let call = call.credentials(self.credentials.unwrap_or_default());
        let call = self.headers.iter().fold(call, |call, (name, value)| call.header(name, value));
        call.body(self.body, self.body_type.as_deref()).build()
    }

    fn by_xml_http_request(self) -> Result<Request, Refusal> {
        let xhr = self.page.xml_http_request(self.method.as_deref().unwrap_or(b"GET"), &self.url.0);
        let xhr = xhr.with_credentials(self.credentials == Some(CredentialsMode::Include));
        let xhr = self.headers.iter().fold(xhr, |xhr, (name, value)| xhr.header(name, value));
        xhr.body(self.body, self.body_type.as_deref()).send()
    }

    /// Makes the request by the initiator's entry in the table.
    fn construct(self) -> Result<Request, RefusalReason> {
        let entry = self.initiator.entry();
        let url = self.parse_url(entry.url)?;
        let mut request = Request::new(self.page, self.chosen_method(entry)?, url);
        request.construction.initiator = Some(self.initiator);
        request.redirect = entry.redirect;
        if !entry.has_referrer {
            request.referrer = Referrer::NoReferrer;
        }
        request.unsafe_request = entry.unsafe_request;
        request.destination = self.destination.or(entry.destinations.first().copied()).unwrap_or_default();
        let hook = self.fetch_hook(request.destination);
        request.cache = hook.cache;
        for (name, value) in hook.own_headers {
            request.headers.push_valid(HeaderName::from_static(name), *value);
        }
        self.append_headers(entry.headers, &mut request)?;
        self.set_body(entry.body, &mut request)?;
        request.mode = self.mode(entry.mode, &request);
        request.credentials = self.credentials_mode(entry.credentials);
        Ok(request)
    }

    /// The entry with the cache mode and the initiator's own headers. What the script of a service worker imports has
    /// those of that script (Service Workers, Update, "perform the fetch hook").
    fn fetch_hook(&self, destination: Destination) -> &'static Entry {
        let is_of_service_worker = destination == Destination::ServiceWorker;
        match self.initiator {
            Initiator::ModuleScript if is_of_service_worker => Initiator::ServiceWorker.entry(),
            initiator => initiator.entry(),
        }
    }

    /// Parses the URL against the page's, and checks that the initiator requests such a URL.
    fn parse_url(&self, rule: UrlRule) -> Result<Url, RefusalReason> {
        let url = self.page.url().join(&self.url.0);
        let mut url = url.map_err(|_| RefusalReason::UrlInvalid { url: self.url.shown() })?;
        let is_requested = match rule {
            UrlRule::Any => true,
            UrlRule::Http => has_http_scheme(&url),
            UrlRule::WebSocket => matches!(url.scheme(), "ws" | "wss") || has_http_scheme(&url),
            UrlRule::WebTransport => url.scheme() == "https",
        };
        if !is_requested {
            let scheme = url.scheme().to_owned();
            return Err(RefusalReason::UrlSchemeNotAvailable { initiator: self.initiator, scheme });
        }
        let needs_no_fragment = matches!(rule, UrlRule::WebSocket | UrlRule::WebTransport);
        if needs_no_fragment && url.fragment().is_some() {
            return Err(RefusalReason::UrlWithFragment { initiator: self.initiator });
        }
        // Establish a WebSocket connection, step 1: the scheme becomes `http` or `https`.
        let scheme = match url.scheme() {
            "ws" => "http",
            "wss" => "https",
            _ => return Ok(url),
        };
        if rule == UrlRule::WebSocket {
            url.set_scheme(scheme).expect("special schemes can replace each other");
        }
        Ok(url)
    }

    fn chosen_method(&self, entry: &Entry) -> Result<Method, RefusalReason> {
        let default = entry.methods.first().copied().unwrap_or("GET");
        let chosen = self.method.as_deref().unwrap_or(default.as_bytes());
        let method = normalize_method(chosen)
            .map_err(|_| RefusalReason::MethodInvalid { method: ByteString::from(chosen) })?;
        match entry.methods.contains(&method.as_str()) {
            true => Ok(method),
            false => Err(self.refuse("method", method.as_str())),
        }
    }

    fn append_headers(&self, rule: HeaderRule, request: &mut Request) -> Result<(), RefusalReason> {
        for header in &self.headers {
            let (name, value) = checked_header(header)?;
            let is_available = match rule {
                HeaderRule::Only(names) => names.contains(&name.as_str()),
                HeaderRule::Script => name != WT_AVAILABLE_PROTOCOLS,
            };
            if !is_available {
                return Err(self.refuse("header", name.as_str()));
            }
            // Validate a header, step 3: a script's header may be a forbidden request-header.
            if rule == HeaderRule::Script && is_forbidden_request_header(&name, value) {
                request.warnings.push(Warning::ForbiddenRequestHeader { name });
            } else {
                request.headers.push_valid(name, value);
            }
        }
        Ok(())
    }

    fn set_body(&self, rule: BodyRule, request: &mut Request) -> Result<(), RefusalReason> {
        let kind = match self.body {
            Body::None if self.body_type.is_some() => Some("type"),
            Body::None => None,
            Body::Replayable => Some("bytes"),
            Body::Stream => Some("stream"),
        };
        match (rule, kind) {
            (BodyRule::None | BodyRule::Own, Some(kind)) => Err(self.refuse("body", kind)),
            (BodyRule::None, None) => Ok(()),
            (BodyRule::Own, None) => {
                request.body = Body::Replayable;
                Ok(())
            }
            (BodyRule::Form, _) => self.set_form(request),
            (BodyRule::Replayable | BodyRule::Any, _) => self.set_any_body(request),
        }
    }

    fn set_form(&self, request: &mut Request) -> Result<(), RefusalReason> {
        if self.body == Body::Stream {
            return Err(self.refuse("body", "stream"));
        }
        if request.method == Method::GET {
            return match self.body {
                Body::None => Ok(()),
                _ => Err(RefusalReason::BodyWithGetOrHead { method: Method::GET }),
            };
        }
        let [default, ..] = FORM_TYPES;
        let body_type = self.body_type.as_deref().unwrap_or(default);
        let essence = body_type.split(';').next().unwrap_or_default();
        if !FORM_TYPES.contains(&essence.trim_ascii()) {
            return Err(self.refuse("body type", body_type));
        }
        request.body = Body::Replayable;
        request.headers.push_valid(CONTENT_TYPE, body_type.trim_ascii());
        Ok(())
    }

    fn set_any_body(&self, request: &mut Request) -> Result<(), RefusalReason> {
        // Extract a body, with keepalive: a stream throws.
        if self.body == Body::Stream {
            return Err(RefusalReason::StreamBodyMode { mode: Mode::NoCors });
        }
        request.body = self.body;
        if let Some(body_type) = self.body_type.as_deref().filter(|_| self.body != Body::None) {
            request.headers.push_valid(CONTENT_TYPE, trim_whitespace(body_type.as_bytes()));
            request.construction.body_implied_type = true;
        }
        Ok(())
    }

    fn mode(&self, rule: ModeRule, request: &Request) -> Mode {
        use Destination::{ServiceWorker, SharedWorker, Worker};
        match rule {
            // Create a potential-CORS request, step 1: the mode. Step 2: the same-origin fallback flag.
            ModeRule::Attribute if self.crossorigin.is_none() => Mode::NoCors,
            ModeRule::AttributeOrSameOrigin if self.crossorigin.is_none() => Mode::SameOrigin,
            // Fetch a single module script: the top-level script of a worker.
            ModeRule::Module if matches!(request.destination, Worker | SharedWorker | ServiceWorker) => {
                Mode::SameOrigin
            }
            // sendBeacon(): mode "cors" if the type of the body is not safelisted.
            ModeRule::BodyType if has_safelisted_type(request) => Mode::NoCors,
            ModeRule::Fixed(mode) => mode,
            ModeRule::Attribute
            | ModeRule::AttributeOrSameOrigin
            | ModeRule::Module
            | ModeRule::BodyType
            | ModeRule::Script => Mode::Cors,
        }
    }

    fn credentials_mode(&self, rule: CredentialsRule) -> CredentialsMode {
        match (rule, self.crossorigin) {
            (CredentialsRule::Fixed(credentials), _) => credentials,
            (CredentialsRule::Script | CredentialsRule::WithCredentials, _) => {
                self.credentials.unwrap_or_default()
            }
            // Create a potential-CORS request, steps 3 and 4: "same-origin" for the state Anonymous.
            (_, Some(CrossOriginAttribute::Anonymous)) => CredentialsMode::SameOrigin,
            (_, Some(CrossOriginAttribute::UseCredentials)) => CredentialsMode::Include,
            (CredentialsRule::Attribute, None) => CredentialsMode::Include,
            // CORS settings attribute credentials mode: "same-origin" for the state No CORS.
            (CredentialsRule::AttributeOrSameOrigin, None) => CredentialsMode::SameOrigin,
        }
    }
}

/// Returns whether the `Content-Type` is absent or a CORS-safelisted request-header.
fn has_safelisted_type(request: &Request) -> bool {
    request
        .headers
        .get(&CONTENT_TYPE)
        .is_none_or(|body_type| is_cors_safelisted_request_header(&CONTENT_TYPE, &body_type))
}
