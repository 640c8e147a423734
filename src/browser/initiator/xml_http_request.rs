//! [`XMLHttpRequest`](https://xhr.spec.whatwg.org/): `open()`, `setRequestHeader()` and `send()`.

use std::borrow::Cow;

use http::{Method, header::CONTENT_TYPE};

use super::{AuthorHeader, checked_header};
use crate::{
    ByteString,
    browser::{
        diagnosis::{Refusal, RefusalReason, Warning},
        initiators::Initiator,
        modes::{Body, CredentialsMode},
        page::Page,
        request::{FORM_CONTENT_TYPE, Request},
        url_credentials::GivenUrl,
    },
    header_list::{HeaderList, is_header_value},
    method::{is_forbidden_method, normalize_method},
    mime_type::with_charset_utf_8,
    request_header::is_forbidden_request_header,
};

/// The types that strings, `URLSearchParams` and documents imply. The capitals distinguish them from the type
/// of a `Blob`, which is in lower case.
const TYPES_OF_TEXTS: [&[u8]; 4] = [
    b"text/plain;charset=UTF-8",
    FORM_CONTENT_TYPE,
    b"text/html;charset=UTF-8",
    b"application/xml;charset=UTF-8",
];

/// An `XMLHttpRequest` from `open()` to `send()`, for which [`send`](Self::send) makes the request.
///
/// The request has mode "cors" and redirect mode "follow".
///
/// ```
/// use crossorigin::browser::{Body, Page};
/// let page = Page::new("https://app.example/")?;
/// let request = page
///     .xml_http_request("POST", "https://api.example/upload")
///     .header("Accept", "text/plain")
///     .header("Accept", "text/html") // combined, unlike in fetch()
///     .upload_listener(true)
///     .body(Body::Replayable, Some("text/plain;charset=UTF-8"))
///     .send()?;
/// assert_eq!(request.headers.len(), 2);
/// assert!(request.use_cors_preflight);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone)]
#[must_use = "an XMLHttpRequest makes a request only when it is sent"]
pub struct XmlHttpRequest<'a> {
    page: &'a Page,
    method: Vec<u8>,
    url: GivenUrl,
    headers: Vec<AuthorHeader>,
    with_credentials: bool,
    upload_listener: bool,
    body: Body,
    body_type: Option<Vec<u8>>,
}

impl<'a> XmlHttpRequest<'a> {
    pub(crate) fn new(page: &'a Page, method: &[u8], url: &str) -> Self {
        // open(), step 11: set the variables to their initial values.
        Self {
            page,
            method: method.to_vec(),
            url: GivenUrl(url.to_owned()),
            headers: Vec::new(),
            with_credentials: false,
            upload_listener: false,
            body: Body::None,
            body_type: None,
        }
    }

    /// Calls `setRequestHeader(name, value)`. Values of the same name are combined.
    pub fn header(mut self, name: impl AsRef<[u8]>, value: impl AsRef<[u8]>) -> Self {
        self.headers.push((name.as_ref().to_vec(), value.as_ref().to_vec()));
        self
    }

    /// Sets `withCredentials`, which is false by default.
    pub fn with_credentials(mut self, with_credentials: bool) -> Self {
        self.with_credentials = with_credentials;
        self
    }

    /// Sets whether `upload` has an event listener when `send()` is called, which is false by default.
    ///
    /// A listener sets the use-CORS-preflight flag: every cross-origin request then needs a preflight.
    pub fn upload_listener(mut self, upload_listener: bool) -> Self {
        self.upload_listener = upload_listener;
        self
    }

    /// Sets the body that is given to `send()`, and the `Content-Type` that it implies if the author sets
    /// none.
    ///
    /// The types are those of [`fetch()`](super::FetchCall::body). A document implies
    /// `text/html;charset=UTF-8` or `application/xml;charset=UTF-8`.
    ///
    /// The types of strings, documents and `URLSearchParams` end in `charset=UTF-8` in capitals. With one of
    /// these types, the body is text, and a charset that the author set becomes UTF-8 (`send()`, step 4.5).
    /// Give the type of a `Blob` as [it is](https://w3c.github.io/FileAPI/#dfn-type), in lower case.
    ///
    /// A type that is not a header value is ignored. `GET` and `HEAD` ignore body and type, except that
    /// WebKit sends the type of `URLSearchParams`.
    pub fn body(mut self, body: Body, content_type: Option<&str>) -> Self {
        self.body = body;
        self.body_type =
            content_type.map(str::as_bytes).filter(|bytes| is_header_value(bytes)).map(<[u8]>::to_vec);
        self
    }

    /// Calls `send()`, and makes the request. Nothing is sent yet.
    ///
    /// Headers that a browser drops silently become [warnings](Request::warnings).
    ///
    /// # Errors
    /// If a browser would throw a `SyntaxError` or a `SecurityError` in `open()`, `setRequestHeader()` or
    /// `send()`.
    pub fn send(self) -> Result<Request, Refusal> {
        self.construct().map_err(|reason| Refusal::new(Initiator::XmlHttpRequest, reason))
    }

    fn construct(self) -> Result<Request, RefusalReason> {
        // open(), steps 2 and 3: the method must be a method, and not a forbidden method. open(), step 4:
        // normalize it.
        let method = normalize_method(&self.method)
            .map_err(|_| RefusalReason::MethodInvalid { method: ByteString::from(&self.method) })?;
        if is_forbidden_method(&self.method) {
            return Err(RefusalReason::ForbiddenMethod { method });
        }
        // open(), steps 5 and 6: parse the URL against the page's. It may include credentials.
        let url = self
            .page
            .url()
            .join(&self.url.0)
            .map_err(|_| RefusalReason::UrlInvalid { url: self.url.shown() })?;
        // send(), steps 5 and 6: a new request with the unsafe-request flag set, mode "cors", and the
        // use-CORS-preflight flag set if there is an upload listener.
        let mut request = Request::new(self.page, method, url);
        request.use_cors_preflight = self.upload_listener;
        request.construction.initiator = Some(Initiator::XmlHttpRequest);
        request.construction.body_type =
            self.body_type.as_deref().filter(|_| self.body != Body::None).map(ByteString::from);
        if self.with_credentials {
            request.credentials = CredentialsMode::Include;
        }
        let mut lines = Vec::with_capacity(self.headers.len());
        for header in &self.headers {
            // setRequestHeader(), step 4: the name must be a header name, and the value a header value.
            let (name, value) = checked_header(header)?;
            // setRequestHeader(), step 5: a forbidden request-header is dropped.
            if is_forbidden_request_header(&name, value) {
                request.warnings.push(Warning::ForbiddenRequestHeader { name });
                continue;
            }
            lines.push((name, value));
        }
        // setRequestHeader(), step 6: combine each header with those before it.
        request.headers = HeaderList::combining(lines);
        // send(), step 3: GET and HEAD have no body. send(), step 4: the body is not null.
        if self.body != Body::None && !matches!(request.method, Method::GET | Method::HEAD) {
            request.body = self.body;
            // send(), step 4.4: get the author's `Content-Type`.
            let author_type = request.headers.get(&CONTENT_TYPE).map(Cow::into_owned);
            match (author_type, self.body_type) {
                // send(), step 4.5: for a string or a document, the charset becomes UTF-8.
                (Some(author_type), Some(body_type)) if TYPES_OF_TEXTS.contains(&&body_type[..]) => {
                    if let Some(serialized) = with_charset_utf_8(&author_type) {
                        request.headers.set_valid(CONTENT_TYPE, serialized);
                    }
                    request.construction.author_type_of_text = Some(ByteString::from(&author_type));
                }
                // send(), step 4.6: the body's type, if the author set none.
                (None, Some(body_type)) => {
                    request.headers.push_valid(CONTENT_TYPE, body_type);
                    request.construction.body_implied_type = true;
                }
                _ => {}
            }
        }
        Ok(request)
    }
}
