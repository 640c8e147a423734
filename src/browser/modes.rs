//! The modes of a request, and its kind of body.

use crate::browser::keywords::keywords;

/// A request's [mode](https://fetch.spec.whatwg.org/#concept-request-mode).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Mode {
    /// `"cors"`: a script may read the response if the server shares it. `fetch()` uses this mode by default.
    #[default]
    Cors,
    /// `"no-cors"`: only methods and headers that an element could send are allowed, and a cross-origin
    /// response is opaque.
    NoCors,
    /// `"same-origin"`: a cross-origin request is a network error.
    SameOrigin,
    /// `"navigate"`: the request is a navigation, by the address bar, a link or a frame. CORS does not apply.
    Navigate,
    /// `"websocket"`: the request is the handshake of a WebSocket. CORS does not apply.
    WebSocket,
    /// `"webtransport"`: the request establishes a WebTransport session. CORS does not apply.
    WebTransport,
}

keywords! {
    /// The mode's name in the standard, such as `no-cors`.
    Mode, "a mode", compared by str::eq:
    Cors = "cors",
    NoCors = "no-cors",
    SameOrigin = "same-origin",
    Navigate = "navigate",
    WebSocket = "websocket",
    WebTransport = "webtransport",
}

/// A request's [credentials mode](https://fetch.spec.whatwg.org/#concept-request-credentials-mode), which
/// says when cookies, HTTP authentication and client certificates are sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum CredentialsMode {
    /// `"omit"`: credentials are never sent.
    Omit,
    /// `"same-origin"`: credentials are sent while response tainting is "basic", so until a CORS or "no-cors"
    /// request goes to another origin.
    #[default]
    SameOrigin,
    /// `"include"`: credentials are always sent. `withCredentials` of `XMLHttpRequest` and
    /// `crossorigin=use-credentials` mean this mode.
    Include,
}

keywords! {
    /// The mode's name in the standard, such as `same-origin`.
    CredentialsMode, "a credentials mode", compared by str::eq:
    Omit = "omit",
    SameOrigin = "same-origin",
    Include = "include",
}

/// A request's [redirect mode](https://fetch.spec.whatwg.org/#concept-request-redirect-mode), which says what
/// happens at a redirect.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum RedirectMode {
    /// `"follow"`: a redirect becomes a [`Step::Redirect`](crate::browser::Step::Redirect), up to
    /// [`MAX_REDIRECTS`](crate::browser::MAX_REDIRECTS) times.
    #[default]
    Follow,
    /// `"error"`: a redirect is a network error.
    Error,
    /// `"manual"`: a redirect ends the fetch in an opaque-redirect filtered response, of which a script sees
    /// nothing except the URL.
    ///
    /// In mode "navigate", the redirect is delivered as it is: with type "basic", its status and its
    /// `Location` ([HTTP fetch](crate::standard::Algorithm::HttpFetch), step 6.3.1). HTML's navigate
    /// algorithm then continues with the same request. This API cannot continue it: a second
    /// [`Request`](crate::browser::Request) for the location has no URL list, so its redirect count starts
    /// again at zero, and its `Origin` does not become `null` although a redirect tainted it. For a
    /// navigation, use [`RedirectMode::Follow`], and follow or block each
    /// [`Step::Redirect`](crate::browser::Step::Redirect).
    ///
    /// ```
    /// use crossorigin::browser::{Mode, Page, RedirectMode, Request, ResponseType};
    /// use crossorigin::browser::{Step, Timestamp, UserAgent};
    /// use crossorigin::http::{HeaderName, Method, Response};
    /// let mut user_agent = UserAgent::default();
    /// let page = Page::new("https://a.example/")?;
    /// let redirect = Response::builder().status(307).header("Location", "https://c.example/").body(())?;
    ///
    /// let mut navigation = Request::new(&page, Method::POST, "https://b.example/".parse()?);
    /// (navigation.mode, navigation.redirect) = (Mode::Navigate, RedirectMode::Manual);
    /// let Step::Send(exchange) = user_agent.fetch(navigation.clone(), Timestamp::ZERO) else { panic!() };
    /// let step = exchange.receive(&redirect, &mut user_agent, Timestamp::ZERO);
    /// let Step::Done(Ok(response)) = step else { panic!("{step:?}") };
    /// assert_eq!(response.response_type(), ResponseType::Basic);
    /// assert_eq!(response.status().unwrap(), 307);
    ///
    /// // With "follow", the redirect from b.example taints the origin, as in a browser.
    /// navigation.redirect = RedirectMode::Follow;
    /// let Step::Send(exchange) = user_agent.fetch(navigation, Timestamp::ZERO) else { panic!() };
    /// let step = exchange.receive(&redirect, &mut user_agent, Timestamp::ZERO);
    /// let Step::Redirect(redirect) = step else { panic!("{step:?}") };
    /// let Step::Send(next) = redirect.follow(&mut user_agent, Timestamp::ZERO) else { panic!() };
    /// let origin = next.request().headers.get(&HeaderName::from_static("origin"));
    /// assert_eq!(origin.as_deref(), Some(&b"null"[..]));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    Manual,
}

keywords! {
    /// The mode's name in the standard, such as `follow`.
    RedirectMode, "a redirect mode", compared by str::eq:
    Follow = "follow",
    Error = "error",
    Manual = "manual",
}

/// The user's part in a navigation: its
/// [user navigation involvement](https://html.spec.whatwg.org/multipage/browsing-the-web.html#user-navigation-involvement).
///
/// It decides about `Sec-Fetch-User` and `Sec-Fetch-Site` of a
/// [navigation request](https://fetch.spec.whatwg.org/#navigation-request), which has the destination of a
/// document or of a frame.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
#[non_exhaustive]
pub enum UserInvolvement {
    /// `"none"`: a page navigated without its user.
    #[default]
    None,
    /// `"activation"`: the user activated something of a page, such as a link.
    Activation,
    /// `"browser UI"`: the user used the browser, such as its address bar or a bookmark.
    BrowserUi,
}

/// A request's [cache mode](https://fetch.spec.whatwg.org/#concept-request-cache-mode), which says how the
/// request uses the HTTP cache. The embedder has this cache.
///
/// [`Profile::chromium`](crate::browser::Profile::chromium) and
/// [`Profile::firefox`](crate::browser::Profile::firefox) apply some cache modes to the preflight cache, too.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum CacheMode {
    /// `"default"`: the cache is used as HTTP says.
    #[default]
    Default,
    /// `"no-store"`: the cache is neither read nor updated.
    NoStore,
    /// `"reload"`: the cache is not read, and then updated.
    Reload,
    /// `"no-cache"`: a stored response is always revalidated.
    NoCache,
    /// `"force-cache"`: a stored response is used, even if it is stale.
    ForceCache,
    /// `"only-if-cached"`: a stored response is used, even if it is stale. Without one, the embedder ends
    /// the fetch in a network error. Only a request with mode "same-origin" can have this cache mode.
    OnlyIfCached,
}

keywords! {
    /// The cache mode's name in the standard, such as `no-store`.
    CacheMode, "a cache mode", compared by str::eq:
    Default = "default",
    NoStore = "no-store",
    Reload = "reload",
    NoCache = "no-cache",
    ForceCache = "force-cache",
    OnlyIfCached = "only-if-cached",
}

/// The kind of [body](https://fetch.spec.whatwg.org/#concept-body) that a request has. The bytes stay with
/// the embedder.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Body {
    /// No body.
    #[default]
    None,
    /// Bytes with a source, which can be sent again after a redirect: a string, a `Blob` or `FormData`.
    Replayable,
    /// A stream, whose source is null. It can be sent only once.
    Stream,
}
