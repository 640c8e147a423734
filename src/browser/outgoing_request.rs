//! Requests that go out.

use http::{HeaderValue, Method, header::REFERER};
use url::Url;

use crate::{
    browser::{
        destination::Destination,
        fetch_metadata::FetchMetadata,
        modes::{CacheMode, Mode},
        partition_key::PartitionKey,
        referrer_policy::ReferrerPolicy,
        url_origin::without_fragment,
    },
    header_list::{HeaderList, HeaderMapError},
};

/// The kind of a request that goes out: preflight or actual request.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum RequestKind {
    /// A CORS-preflight request. The body of its response must be discarded; there is no need to read it to
    /// the end.
    Preflight,
    /// The request of the page, as redirects have changed it.
    Actual,
}

/// Whether the body of the page's request is sent with a request that goes out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum BodyToSend {
    /// No body is sent.
    None,
    /// The body of the page's request is sent. After a redirect it is sent again from its start.
    AsGiven,
}

/// A request that goes out, for the HTTP client of the embedder.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct OutgoingRequest {
    /// The kind of request: preflight or actual request.
    pub kind: RequestKind,
    /// The method.
    pub method: Method,
    /// The URL without user name and password, for which see
    /// [`Exchange::url_credentials`](crate::browser::Exchange::url_credentials). Its fragment must not be
    /// sent.
    pub url: Url,
    /// The header list: the author's headers and those of the CORS protocol.
    ///
    /// [`to_http`](Self::to_http) adds `Referer` and `Sec-Fetch-*`, from the fields below. The HTTP client adds
    /// everything else (`Host`, `Cookie`, `User-Agent`, `Content-Length`, …), and `Accept: */*` if there is no
    /// `Accept`.
    pub headers: HeaderList,
    /// Whether cookies, HTTP authentication and client certificates are sent, and whether cookies that the
    /// response sets are stored.
    pub credentials: bool,
    /// Whether the body of the page's request is sent.
    pub body: BodyToSend,
    /// The mode. A preflight has mode "cors".
    pub mode: Mode,
    /// The cache mode, for the HTTP cache of the embedder. A preflight has cache mode "default".
    pub cache: CacheMode,
    /// What the response is for. A preflight has the destination of the page's request.
    pub destination: Destination,
    /// The headers `Sec-Fetch-*`, which are not in [`headers`](Self::headers); `None` if the URL is not
    /// [potentially trustworthy](https://w3c.github.io/webappsec-secure-contexts/#is-url-trustworthy), so that
    /// none is sent.
    pub fetch_metadata: Option<FetchMetadata>,
    /// The number of redirects that the fetch has followed.
    pub hop: usize,
    /// The value of the `Referer` header, which is not in [`headers`](Self::headers); `None` if none is sent.
    ///
    /// It has no user name, no password and no fragment.
    pub referrer: Option<Url>,
    /// The referrer policy after all redirects.
    pub referrer_policy: ReferrerPolicy,
    /// The network partition key of the connection.
    pub partition: Option<PartitionKey>,
}

impl OutgoingRequest {
    /// Converts the request's head into an `http::Request` without a body.
    ///
    /// It has the headers of [`headers`](Self::headers), then `Referer` and `Sec-Fetch-*`. The URL loses its
    /// fragment.
    ///
    /// ```
    /// use crossorigin::browser::{Initiator, Page, Step, Timestamp, UserAgent};
    /// let page = Page::new("https://app.example/shop/")?;
    /// let request = page.request(Initiator::Image, "https://cdn.example/photo.jpg").build()?;
    /// let step = UserAgent::default().fetch(request, Timestamp::ZERO);
    /// let Step::Send(exchange) = step else { panic!("{step:?}") };
    /// let request = exchange.request().to_http()?;
    /// assert_eq!(request.headers()["referer"], "https://app.example/");
    /// assert_eq!(request.headers()["sec-fetch-dest"], "image");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    /// If the URL is not an `http::Uri`, or a header value has bytes that `http::HeaderValue` cannot hold.
    pub fn to_http(&self) -> Result<http::Request<()>, ToHttpError> {
        let url = without_fragment(&self.url);
        let mut request = http::Request::builder().method(self.method.clone()).uri(url.as_str()).body(())?;
        *request.headers_mut() = (&self.headers).try_into()?;
        // HTTP-network-or-cache fetch, step 8.11: append `Referer`.
        if let Some(referrer) = &self.referrer {
            let value = HeaderValue::from_str(referrer.as_str()).map_err(http::Error::from)?;
            request.headers_mut().append(REFERER, value);
        }
        // Step 8.13: append the fetch metadata headers, each of which is set.
        for (name, value) in self.fetch_metadata.iter().flat_map(FetchMetadata::lines) {
            request.headers_mut().insert(name, HeaderValue::from_static(value));
        }
        Ok(request)
    }

    /// Converts the request into an `http::Request` with the body that `body` returns, or with an empty one
    /// if no body is sent.
    ///
    /// `body` is called only if [the body is sent](Self::body). Therefore a stream survives the preflight
    /// that goes out before it. `B::default()` must be the empty body.
    ///
    /// ```
    /// use crossorigin::browser::{Body, Page, Profile, Step, Timestamp, UserAgent};
    /// use crossorigin::http::Response;
    /// let mut user_agent = UserAgent::new(Profile::standard());
    /// let page = Page::new("https://app.example/")?;
    /// let request = page.fetch("https://api.example/").method("PUT").body(Body::Stream, None).build()?;
    /// // A stream cannot be sent twice, so it is taken when it is sent.
    /// let mut stream = Some(vec!["new ", "name"].into_iter());
    ///
    /// let Step::Send(preflight) = user_agent.fetch(request, Timestamp::ZERO) else { panic!() };
    /// let sent = preflight.request().to_http_with(|| stream.take().unwrap_or_default())?;
    /// assert_eq!(sent.into_body().count(), 0); // a preflight has no body
    /// let response = Response::builder()
    ///     .header("Access-Control-Allow-Origin", "*")
    ///     .header("Access-Control-Allow-Methods", "PUT")
    ///     .body(())?;
    /// let step = preflight.receive(response, &mut user_agent, Timestamp::ZERO);
    /// let Step::Send(exchange) = step else { panic!("{step:?}") };
    /// let sent = exchange.request().to_http_with(|| stream.take().unwrap_or_default())?;
    /// assert_eq!(sent.into_body().collect::<String>(), "new name");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    /// As for [`to_http`](Self::to_http). `body` is not called then.
    pub fn to_http_with<B: Default>(
        &self,
        body: impl FnOnce() -> B,
    ) -> Result<http::Request<B>, ToHttpError> {
        Ok(self.to_http()?.map(|()| match self.body {
            BodyToSend::None => B::default(),
            BodyToSend::AsGiven => body(),
        }))
    }

    /// Returns whether a server sees no difference between two requests, apart from the connection, `Referer`
    /// and `Sec-Fetch-*`, which matter to no server's CORS.
    #[cfg(feature = "oracle")]
    pub(crate) fn is_like(&self, other: &Self) -> bool {
        let fields = |request: &Self| {
            (request.kind, request.method.clone(), request.url.clone(), request.credentials, request.body)
        };
        fields(self) == fields(other) && self.headers.sort_and_combine() == other.headers.sort_and_combine()
    }
}

/// The reason why a request cannot be converted into an `http::Request`.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ToHttpError {
    /// The URL or the method cannot be converted.
    #[error(transparent)]
    Head(#[from] http::Error),
    /// A header cannot be converted.
    #[error(transparent)]
    Header(#[from] HeaderMapError),
}
