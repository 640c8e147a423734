//! What the table says about an initiator.

use crate::{
    browser::{
        destination::Destination,
        modes::{CacheMode, CredentialsMode, Mode, RedirectMode},
    },
    standard::Algorithm,
};

/// The entry of an initiator: the request that it makes, and what a page or the user agent may set.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Entry {
    pub(crate) mode: ModeRule,
    pub(crate) credentials: CredentialsRule,
    /// The possible destinations. The first one is the default.
    pub(crate) destinations: &'static [Destination],
    pub(crate) redirect: RedirectMode,
    /// The possible methods. The first one is the default. If the list is empty, a script chooses any method,
    /// and the default is `GET`.
    pub(crate) methods: &'static [&'static str],
    pub(crate) body: BodyRule,
    /// The headers that the initiator itself sets.
    pub(crate) own_headers: &'static [(&'static str, &'static str)],
    pub(crate) headers: HeaderRule,
    pub(crate) url: UrlRule,
    pub(crate) cache: CacheMode,
    /// Whether the referrer is the page's URL. If not, it is "no-referrer".
    pub(crate) has_referrer: bool,
    pub(crate) unsafe_request: bool,
    /// The algorithm that makes the request.
    pub(crate) algorithm: Algorithm,
}

/// Where the mode comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ModeRule {
    /// "no-cors" without the attribute `crossorigin`, and "cors" with it.
    Attribute,
    /// "same-origin" without the attribute `crossorigin`, and "cors" with it: the same-origin fallback flag.
    AttributeOrSameOrigin,
    /// "same-origin" for the script of a worker, and "cors" for all other modules.
    Module,
    /// "no-cors" if the type of the body is absent or safelisted, otherwise "cors".
    BodyType,
    /// A script chooses it; "cors" by default.
    Script,
    /// Always this mode.
    Fixed(Mode),
}

/// Where the credentials mode comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum CredentialsRule {
    /// "same-origin" if the attribute `crossorigin` is in the state Anonymous, otherwise "include".
    Attribute,
    /// "include" if the attribute `crossorigin` is in the state Use Credentials, otherwise "same-origin".
    AttributeOrSameOrigin,
    /// `withCredentials`: "include" if it is true, otherwise "same-origin".
    WithCredentials,
    /// A script chooses it; "same-origin" by default.
    Script,
    /// Always this credentials mode.
    Fixed(CredentialsMode),
}

/// Which body the request has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum BodyRule {
    /// The request has no body.
    None,
    /// The initiator makes the body.
    Own,
    /// A script chooses any body that is no stream.
    Replayable,
    /// A `POST` request has a body with one of the types of forms.
    Form,
    /// A script chooses any body.
    Any,
}

/// Which headers may be set.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum HeaderRule {
    /// Only these, in lower case.
    Only(&'static [&'static str]),
    /// All that a script may set.
    Script,
}

/// Which URLs the initiator accepts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum UrlRule {
    /// All URLs.
    Any,
    /// URLs whose scheme is an HTTP(S) scheme.
    Http,
    /// The URLs of WebSockets.
    WebSocket,
    /// The URLs of WebTransport.
    WebTransport,
}

impl Entry {
    /// A `GET` request of an element with an attribute `crossorigin`.
    pub(super) const ELEMENT: Self = Self {
        mode: ModeRule::Attribute,
        credentials: CredentialsRule::Attribute,
        destinations: &[Destination::Empty],
        redirect: RedirectMode::Follow,
        methods: &["GET"],
        body: BodyRule::None,
        own_headers: &[],
        headers: HeaderRule::Only(&[]),
        url: UrlRule::Any,
        cache: CacheMode::Default,
        has_referrer: true,
        unsafe_request: false,
        algorithm: Algorithm::CreatePotentialCorsRequest,
    };

    /// A `GET` request in mode "cors" with credentials mode "same-origin", without an attribute.
    pub(super) const CORS: Self = Self {
        mode: ModeRule::Fixed(Mode::Cors),
        credentials: CredentialsRule::Fixed(CredentialsMode::SameOrigin),
        ..Self::ELEMENT
    };

    /// A request of a script that chooses everything.
    pub(super) const SCRIPT: Self = Self {
        mode: ModeRule::Script,
        credentials: CredentialsRule::Script,
        methods: &[],
        body: BodyRule::Any,
        headers: HeaderRule::Script,
        unsafe_request: true,
        ..Self::ELEMENT
    };

    /// A `POST` request in mode "no-cors" with credentials mode "include".
    pub(super) const NO_CORS_POST: Self = Self {
        mode: ModeRule::Fixed(Mode::NoCors),
        credentials: CredentialsRule::Fixed(CredentialsMode::Include),
        methods: &["POST"],
        body: BodyRule::Own,
        ..Self::ELEMENT
    };

    /// A navigation, whose body is that of a form.
    pub(super) const NAVIGATION: Self = Self {
        mode: ModeRule::Fixed(Mode::Navigate),
        credentials: CredentialsRule::Fixed(CredentialsMode::Include),
        methods: &["GET", "POST"],
        body: BodyRule::Form,
        ..Self::ELEMENT
    };

    /// Returns whether the page has the attribute `crossorigin` there.
    pub(crate) fn has_attribute(&self) -> bool {
        matches!(self.credentials, CredentialsRule::Attribute | CredentialsRule::AttributeOrSameOrigin)
    }
}
