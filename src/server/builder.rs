//! The settings of a policy, and the methods that set them.

use std::{sync::Arc, time::Duration};

use http::StatusCode;

use super::settings::{ANY, List, Predicates};
#[cfg(feature = "serde")]
use super::settings::{Field, Fields};
use crate::origin::SerializedOrigin;

/// What a policy should be, not checked yet. [`build`](Self::build) checks everything at once.
///
/// Origins, methods and names are taken as text here, so that all errors can be reported together and with the
/// place where they stand: `origins[1]` is the second origin given, whichever method took it. In every list `*`
/// means any, as in configuration. The types and constants of the crate `http` are texts too.
///
/// What is not said is not allowed: no credentials, no methods but `GET`, `HEAD` and `POST`, no headers but those
/// that need no preflight, nothing exposed.
///
/// ```
/// use crossorigin::http::{Method, header::{AUTHORIZATION, CONTENT_TYPE, ETAG}};
/// use crossorigin::server::Policy;
///
/// let front_ends = vec!["https://app.example".to_owned(), "https://*.staging.example".to_owned()];
/// let policy = Policy::builder()
///     .allow_origins(&front_ends)
///     .allow_methods([Method::PUT, Method::DELETE])
///     .allow_headers([CONTENT_TYPE, AUTHORIZATION])
///     .allow_header("x-request-id")
///     .expose_header(ETAG)
///     .build()?;
/// assert!(policy.warnings().is_empty());
/// # Ok::<(), crossorigin::server::PolicyErrors>(())
/// ```
#[derive(Debug, Clone, Default)]
#[must_use = "a builder does nothing until `build` is called"]
pub struct PolicyBuilder(Settings);

/// All settings of a policy, as they are printed, compared, and written in configuration.
///
/// A new setting has its field here, its name in [`fields`](Self::fields), and its method of the builder.
#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) struct Settings {
    pub(crate) origins: List,
    pub(crate) predicates: Predicates,
    pub(crate) caller_decides_origins: bool,
    pub(crate) credentials: bool,
    pub(crate) methods: List,
    pub(crate) headers: List,
    pub(crate) expose: List,
    /// In seconds.
    pub(crate) max_age: Option<u64>,
    pub(crate) preflight_status: Option<u16>,
    pub(crate) refusal_status: Option<u16>,
    pub(crate) private_network: bool,
    pub(crate) development: bool,
    pub(crate) dangerous: DangerousSettings,
}

/// What only a method whose name begins with "dangerously" can switch on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct DangerousSettings {
    pub(crate) null_origin: bool,
    pub(crate) insecure_origins: bool,
    pub(crate) public_suffixes: bool,
    pub(crate) any_origin_with_credentials: bool,
}

impl Settings {
    /// The status of an accepted preflight, unless another one is set.
    pub(crate) const PREFLIGHT_STATUS: StatusCode = StatusCode::NO_CONTENT;

    /// The status of a refused preflight, unless another one is set.
    pub(crate) const REFUSAL_STATUS: StatusCode = StatusCode::FORBIDDEN;

    /// The settings that a configuration file can have.
    #[cfg(feature = "serde")]
    pub(crate) fn fields(&mut self) -> Fields<'_> {
        let dangerous = vec![
            ("null_origin", Field::Flag(&mut self.dangerous.null_origin)),
            ("insecure_origins", Field::Flag(&mut self.dangerous.insecure_origins)),
            ("public_suffixes", Field::Flag(&mut self.dangerous.public_suffixes)),
            ("any_origin_with_credentials", Field::Flag(&mut self.dangerous.any_origin_with_credentials)),
        ];
        vec![
            ("origins", Field::List(&mut self.origins)),
            ("credentials", Field::Flag(&mut self.credentials)),
            ("methods", Field::List(&mut self.methods)),
            ("headers", Field::List(&mut self.headers)),
            ("expose", Field::List(&mut self.expose)),
            ("max_age", Field::Seconds(&mut self.max_age)),
            ("preflight_status", Field::Status(&mut self.preflight_status, Self::PREFLIGHT_STATUS)),
            ("refusal_status", Field::Status(&mut self.refusal_status, Self::REFUSAL_STATUS)),
            ("private_network", Field::Flag(&mut self.private_network)),
            ("development", Field::Flag(&mut self.development)),
            ("dangerous", Field::Table(dangerous)),
        ]
    }
}

impl PolicyBuilder {
    /// Allows the origins of one [pattern](super::OriginPattern), such as `https://app.example`.
    pub fn allow_origin(mut self, pattern: impl AsRef<str>) -> Self {
        self.0.origins.push(pattern.as_ref());
        self
    }

    /// Allows the origins of each [pattern](super::OriginPattern).
    pub fn allow_origins(mut self, patterns: impl IntoIterator<Item = impl AsRef<str>>) -> Self {
        self.0.origins.extend(patterns);
        self
    }

    /// Allows every page, whatever its origin, to read what anybody can fetch: without credentials.
    ///
    /// Every response gets `Access-Control-Allow-Origin: *`, so that one copy in a cache serves everybody. The
    /// `Origin` header is not even looked at: malformed and repeated ones make no difference.
    pub fn allow_any_origin(self) -> Self {
        self.allow_origin(ANY)
    }

    /// Allows the origins for which `predicate` is true, beside the patterns.
    ///
    /// It is asked only about well-formed origins, never about `null`, and only when no pattern matches. It must
    /// look at nothing but the origin: the answer may be cached for that origin. To look an origin up in a
    /// database, see [`Policy::decide_with`](super::Policy::decide_with).
    ///
    /// A predicate on the host must look at its end: anybody can register a domain that begins as yours does, such as
    /// `preview-7.evil.example`. It must look at the scheme too: whoever controls the network on the way can be any
    /// `http` origin. With credentials, [`build`](Self::build) asks it about an origin that nobody has, and reports a
    /// error if it lets that in; nothing else about it is checked.
    ///
    /// ```
    /// use crossorigin::server::Policy;
    ///
    /// let policy = Policy::builder()
    ///     .allow_origins_if(|origin| {
    ///         let label = origin.host().strip_suffix(".app.example"); // the dot is part of it
    ///         origin.scheme() == "https" && label.is_some_and(|label| label.starts_with("preview-"))
    ///     })
    ///     .build()?;
    /// assert!(policy.allows_origin("https://preview-7.app.example"));
    /// assert!(!policy.allows_origin("https://preview-7.evil.example"));
    /// assert!(!policy.allows_origin("https://preview-7-app.example"));
    /// assert!(!policy.allows_origin("http://preview-7.app.example"));
    /// # Ok::<(), crossorigin::server::PolicyErrors>(())
    /// ```
    pub fn allow_origins_if<F>(mut self, predicate: F) -> Self
    where
        F: Fn(&SerializedOrigin<'_>) -> bool + Send + Sync + 'static,
    {
        self.0.predicates.push(Arc::new(predicate));
        self
    }

    /// Says that the origins are decided elsewhere, with [`Policy::decide_with`](super::Policy::decide_with), so that none has to be listed.
    pub fn caller_decides_origins(mut self) -> Self {
        self.0.caller_decides_origins = true;
        self
    }

    /// Allows requests with credentials: cookies, client certificates, `Authorization` kept by the browser.
    pub fn allow_credentials(mut self) -> Self {
        self.0.credentials = true;
        self
    }

    /// Allows a method. `GET`, `HEAD` and `POST` are always allowed. Case matters, but for the six names that
    /// browsers upper-case themselves.
    pub fn allow_method(mut self, method: impl AsRef<str>) -> Self {
        self.0.methods.push(method.as_ref());
        self
    }

    /// Allows each of the methods.
    pub fn allow_methods(mut self, methods: impl IntoIterator<Item = impl AsRef<str>>) -> Self {
        self.0.methods.extend(methods);
        self
    }

    /// Allows every method that a page can send.
    pub fn allow_any_method(self) -> Self {
        self.allow_method(ANY)
    }

    /// Allows a request-header. Case does not matter.
    ///
    /// `content-type` has to be listed for pages to send JSON: only three of its values need no preflight.
    pub fn allow_header(mut self, name: impl AsRef<str>) -> Self {
        self.0.headers.push(name.as_ref());
        self
    }

    /// Allows each of the request-headers.
    pub fn allow_headers(mut self, names: impl IntoIterator<Item = impl AsRef<str>>) -> Self {
        self.0.headers.extend(names);
        self
    }

    /// Allows every request-header that a page can send. Without credentials, `authorization` has to be listed
    /// beside it: the standard does not let `*` cover it.
    pub fn allow_any_header(self) -> Self {
        self.allow_header(ANY)
    }

    /// Lets pages read a response header, beside the seven that they can always read.
    pub fn expose_header(mut self, name: impl AsRef<str>) -> Self {
        self.0.expose.push(name.as_ref());
        self
    }

    /// Lets pages read each of the response headers.
    pub fn expose_headers(mut self, names: impl IntoIterator<Item = impl AsRef<str>>) -> Self {
        self.0.expose.extend(names);
        self
    }

    /// Lets pages read every response header but `Set-Cookie`. Not with credentials.
    pub fn expose_any_header(self) -> Self {
        self.expose_header(ANY)
    }

    /// How long browsers may keep the answer to a preflight; in whole seconds, the rest is dropped. Zero asks
    /// them not to keep it. Without this they keep it for five seconds.
    pub fn max_age(mut self, age: Duration) -> Self {
        self.0.max_age = Some(age.as_secs());
        self
    }

    /// The status of an accepted preflight, 204 unless this is called. Any of 200 to 299 will do for browsers.
    pub fn preflight_status(mut self, status: StatusCode) -> Self {
        self.0.preflight_status = Some(status.as_u16());
        self
    }

    /// The status of a refused preflight, 403 unless this is called. Browsers refuse either way, since the
    /// headers are missing; 200 to 299 and 400 to 599 are possible.
    pub fn refusal_status(mut self, status: StatusCode) -> Self {
        self.0.refusal_status = Some(status.as_u16());
        self
    }

    /// Answers `Access-Control-Request-Private-Network` on accepted preflights.
    ///
    /// Legacy: browsers have replaced private network access by a permission prompt.
    pub fn allow_private_network(mut self) -> Self {
        self.0.private_network = true;
        self
    }

    /// **Not for production.** Answers preflights that are refused for their method or headers as if they were
    /// accepted, with what the policy does allow, so that the browser's console names what is missing.
    ///
    /// The browser refuses them all the same, and [`Decision::verdict`](super::Decision::verdict) stays what it
    /// is. Preflights from origins that are not allowed are refused as ever. In production, a refusal tells
    /// nothing about the policy.
    pub fn development(mut self) -> Self {
        self.0.development = true;
        self
    }

    /// **Dangerous.** Allows `null`, which is what every sandboxed frame, `data:` URL and local file sends: any
    /// site can make a page with that origin.
    pub fn dangerously_allow_null_origin(mut self) -> Self {
        self.0.dangerous.null_origin = true;
        self
    }

    /// **Dangerous.** Lets origins have credentials that are neither `https` nor on this machine: whoever
    /// controls the network on the way can act as the user.
    pub fn dangerously_allow_insecure_origins(mut self) -> Self {
        self.0.dangerous.insecure_origins = true;
        self
    }

    /// **Dangerous.** Lets all subdomains of a public suffix, such as `https://*.github.io`, have credentials:
    /// anybody can register one.
    ///
    /// A single label such as `com` is always taken for a public suffix. With the feature `psl` the Public
    /// Suffix List is asked too.
    pub fn dangerously_allow_public_suffixes(mut self) -> Self {
        self.0.dangerous.public_suffixes = true;
        self
    }

    /// **Dangerous.** Lets any origin have credentials, by repeating the origin in the answer: every site that a
    /// user visits can act as that user. Needs [`allow_any_origin`](Self::allow_any_origin), or a
    /// [predicate](Self::allow_origins_if) that lets in any, and [`allow_credentials`](Self::allow_credentials).
    pub fn dangerously_reflect_any_origin_with_credentials(mut self) -> Self {
        self.0.dangerous.any_origin_with_credentials = true;
        self
    }

    pub(crate) fn from_settings(settings: Settings) -> Self {
        Self(settings)
    }

    pub(crate) fn settings(&self) -> &Settings {
        &self.0
    }
}
