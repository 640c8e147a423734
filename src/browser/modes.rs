//! The modes of a request, and what started it.

/// What started a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Initiator {
    /// `fetch()`.
    Fetch,
    /// `XMLHttpRequest`.
    XmlHttpRequest,
    /// An element.
    Element,
}

impl Initiator {
    /// Its name in scripts and in HTML.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Fetch => "fetch()",
            Self::XmlHttpRequest => "XMLHttpRequest",
            Self::Element => "element",
        }
    }
}

/// A request's [mode](https://fetch.spec.whatwg.org/#concept-request-mode).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Mode {
    /// `"cors"`: the response may be read if the server shares it. What `fetch()` uses unless told otherwise.
    #[default]
    Cors,
    /// `"no-cors"`: anything may be requested that a plain element could request, and nothing of the answer is readable.
    NoCors,
    /// `"same-origin"`: another origin is an error.
    SameOrigin,
    /// `"navigate"`: the address bar, a link, a frame.
    Navigate,
    /// `"websocket"`: the handshake of a WebSocket.
    WebSocket,
    /// `"webtransport"`: the establishment of a WebTransport session.
    WebTransport,
}

impl Mode {
    /// The standard's name of the mode.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Cors => "cors",
            Self::NoCors => "no-cors",
            Self::SameOrigin => "same-origin",
            Self::Navigate => "navigate",
            Self::WebSocket => "websocket",
            Self::WebTransport => "webtransport",
        }
    }
}

/// A request's [credentials mode](https://fetch.spec.whatwg.org/#concept-request-credentials-mode): whether cookies,
/// HTTP authentication and client certificates go with it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum CredentialsMode {
    /// `"omit"`: never.
    Omit,
    /// `"same-origin"`: while the response tainting is "basic", that is until another origin is seen.
    #[default]
    SameOrigin,
    /// `"include"`: always. What `withCredentials` of `XMLHttpRequest` and `crossorigin=use-credentials` mean.
    Include,
}

impl CredentialsMode {
    /// The standard's name of the mode.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Omit => "omit",
            Self::SameOrigin => "same-origin",
            Self::Include => "include",
        }
    }
}

/// A request's [redirect mode](https://fetch.spec.whatwg.org/#concept-request-redirect-mode).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum RedirectMode {
    /// `"follow"`: redirects are followed, at most 20.
    #[default]
    Follow,
    /// `"error"`: a redirect is a network error.
    Error,
    /// `"manual"`: a redirect gives an opaque-redirect filtered response.
    Manual,
}

/// What kind of [body](https://fetch.spec.whatwg.org/#concept-body) a request has. The engine never holds the bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Body {
    /// None.
    #[default]
    None,
    /// Bytes with a source, which can be sent again after a redirect: a string, a `Blob`, `FormData`.
    Replayable,
    /// A stream, whose source is null: it can be sent once.
    Stream,
}
