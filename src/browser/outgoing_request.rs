//! A request that goes out.

use http::Method;
use url::Url;

use crate::{
    browser::{page::PartitionKey, referrer_policy::ReferrerPolicy, url_origin::without_fragment},
    header_list::{HeaderList, HeaderMapError},
};

/// Whether a request that goes out is a preflight.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum RequestKind {
    /// A CORS-preflight request. The body of its response is to be thrown away, without waiting for its end.
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
    /// The URL, without user name and password: see
    /// [`Exchange::url_credentials`](crate::browser::Exchange::url_credentials). Its fragment does not go over the wire.
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
