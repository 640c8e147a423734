//! The methods that set the settings of a policy.

use std::{sync::Arc, time::Duration};

use http::StatusCode;

use super::settings::{ANY, OFF, Settings};
use crate::origin::SerializedOrigin;

/// The settings of a [`Policy`](super::Policy), not yet validated.
///
/// Nothing is allowed unless a method here allows it. A new builder allows no origin, no credentials, no
/// methods except `GET`, `HEAD` and `POST`, no headers except those that need no preflight, and exposes no
/// response header.
///
/// Origins, methods and header names add to those of earlier calls. They are strings, so that
/// [`build`](Self::build) can report all errors together, each with its path: `origins[1]` is the second
/// origin, whichever method added it. The types and constants of the crate `http` can be passed too. In every
/// list, `*` means any. Among the origins, `off` means none.
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

impl PolicyBuilder {
    /// Allows the origins that a [pattern](super::OriginPattern) matches, such as `https://app.example`.
    ///
    /// The response gets
    /// [`Access-Control-Allow-Origin`](https://fetch.spec.whatwg.org/#http-access-control-allow-origin) with
    /// the origin of the request if the pattern matches it.
    ///
    /// **Subdomains of a suffix that others share**, such as `https://*.vercel.app`, can belong to anybody.
    /// Without the feature `psl`, only suffixes of one label are recognized, so such a pattern is accepted, even
    /// with credentials.
    #[doc(alias = "Access-Control-Allow-Origin")]
    #[doc(alias = "AllowOrigin")]
    #[doc(alias = "exact")]
    pub fn allow_origin(mut self, pattern: impl AsRef<str>) -> Self {
        self.0.origins.push(pattern.as_ref());
        self
    }

    /// Allows the origins that any of the [patterns](super::OriginPattern) matches.
    #[doc(alias = "Access-Control-Allow-Origin")]
    #[doc(alias = "AllowOrigin")]
    #[doc(alias = "list")]
    pub fn allow_origins(mut self, patterns: impl IntoIterator<Item = impl AsRef<str>>) -> Self {
        self.0.origins.extend(patterns);
        self
    }

    /// Allows any origin, without credentials: for responses that anyone can fetch.
    ///
    /// Every response except that to a refused preflight gets `Access-Control-Allow-Origin: *`, so that one
    /// cached copy serves everybody: only responses to `OPTIONS` have a `Vary`. The policy does not look at `Origin`, so malformed and repeated headers
    /// make no difference. With credentials, this is an error, unless
    /// [`dangerously_reflect_any_origin_with_credentials`](Self::dangerously_reflect_any_origin_with_credentials)
    /// is set.
    ///
    /// **Not for servers in a private network** that rely on not being reachable: a site that a user inside
    /// opens can read them, unless the user's browser prevents it.
    #[doc(alias = "any")]
    #[doc(alias = "wildcard")]
    #[doc(alias = "permissive")]
    #[doc(alias = "mirror_request")]
    pub fn allow_any_origin(self) -> Self {
        self.allow_origin(ANY)
    }

    /// Allows no origin: the policy shares no response. An error if anything else allows an origin.
    ///
    /// Pages of other origins cannot read any response, and their preflights are refused. Without any origin
    /// and without this, [`build`](Self::build) fails, so that nobody forgets the origins.
    ///
    /// A configuration says it with the word `off`: `origins = "off"`. To leave the headers of handlers alone
    /// instead, use no policy.
    ///
    /// ```
    /// use crossorigin::server::Policy;
    ///
    /// let policy = Policy::builder().allow_no_origin().build()?;
    /// assert!(!policy.allows_origin("https://app.example"));
    /// assert!(Policy::builder().build().is_err());
    /// # Ok::<(), crossorigin::server::PolicyErrors>(())
    /// ```
    #[doc(alias = "off")]
    #[doc(alias = "disabled")]
    pub fn allow_no_origin(self) -> Self {
        self.allow_origin(OFF)
    }

    /// Allows the origins for which `predicate` returns true, in addition to the patterns.
    ///
    /// The policy calls it only if no pattern matches, only with well-formed origins, and never with `null`.
    /// It must look at nothing except the origin, because a cache may keep the result for that origin. To
    /// look an origin up in a database, see [`Policy::decide_with`](super::Policy::decide_with).
    ///
    /// **A wrong predicate lets attackers in:**
    /// - Check the domain with [`is_subdomain_of`](SerializedOrigin::is_subdomain_of) or
    ///   [`labels_below`](SerializedOrigin::labels_below), and not with a search in the text. Anyone can
    ///   register a domain that begins like yours, such as `preview-7.evil.example`, or that ends like yours
    ///   without the dot, such as `evilapp.example`.
    /// - Check the scheme. Whoever controls the network can be any `http` origin.
    ///
    /// With credentials, [`build`](Self::build) probes the predicate with `https://nobody.invalid`, and fails
    /// if it allows that origin. Nothing else about it is checked.
    ///
    /// ```
    /// use crossorigin::server::Policy;
    ///
    /// let policy = Policy::builder()
    ///     .allow_origins_if(|origin| {
    ///         let labels = origin.labels_below("app.example");
    ///         origin.scheme() == "https" && labels.is_some_and(|labels| labels.starts_with("preview-"))
    ///     })
    ///     .build()?;
    /// assert!(policy.allows_origin("https://preview-7.app.example"));
    /// assert!(!policy.allows_origin("https://preview-7.evil.example"));
    /// assert!(!policy.allows_origin("https://preview-7-app.example"));
    /// assert!(!policy.allows_origin("http://preview-7.app.example"));
    /// # Ok::<(), crossorigin::server::PolicyErrors>(())
    /// ```
    #[doc(alias = "predicate")]
    #[doc(alias = "regex")]
    #[doc(alias = "glob")]
    pub fn allow_origins_if<F>(mut self, predicate: F) -> Self
    where
        F: Fn(&SerializedOrigin<'_>) -> bool + Send + Sync + 'static,
    {
        self.0.predicates.push(Arc::new(predicate));
        self
    }

    /// Lets the caller decide about origins, with [`Policy::decide_with`](super::Policy::decide_with).
    ///
    /// Such a policy need not allow any origin itself. [`tower`'s layer](crate::tower::CorsLayer::new) uses
    /// the decision that it finds in the request's extensions.
    ///
    /// Origins that the policy does not allow itself are refused without a decision of the caller, as
    /// [`OriginNotDecided`](super::PolicyRefusal::OriginNotDecided). Without this setting, a decision of the
    /// caller makes the policy refuse, as
    /// [`UnexpectedOriginDecision`](super::PolicyRefusal::UnexpectedOriginDecision).
    #[doc(alias = "async_predicate")]
    pub fn caller_decides_origins(mut self) -> Self {
        self.0.caller_decides_origins = true;
        self
    }

    /// Allows requests with credentials: cookies, TLS client certificates and HTTP authentication that the
    /// browser keeps.
    ///
    /// Allowed responses get
    /// [`Access-Control-Allow-Credentials: true`](https://fetch.spec.whatwg.org/#http-access-control-allow-credentials).
    /// A page on an allowed origin can then act as the user, so [`build`](Self::build) checks the origins
    /// more strictly: see the variants of [`PolicyErrorKind`](super::PolicyErrorKind) that end in
    /// `WithCredentials`.
    ///
    /// A header `Authorization` that the page sets itself is not a credential in this sense. It needs
    /// [`allow_header`](Self::allow_header).
    #[doc(alias = "Access-Control-Allow-Credentials")]
    #[doc(alias = "AllowCredentials")]
    #[doc(alias = "cookies")]
    pub fn allow_credentials(mut self) -> Self {
        self.0.credentials = true;
        self
    }

    /// Allows a method, such as `PUT`. `GET`, `HEAD` and `POST` are always allowed.
    ///
    /// The response to an accepted preflight lists the methods in
    /// [`Access-Control-Allow-Methods`](https://fetch.spec.whatwg.org/#http-access-control-allow-methods).
    ///
    /// Methods are case-sensitive, except the six that browsers
    /// [normalize](https://fetch.spec.whatwg.org/#concept-method-normalize) to upper case: `patch` and
    /// `PATCH` are two methods, `put` and `PUT` are one.
    #[doc(alias = "Access-Control-Allow-Methods")]
    #[doc(alias = "AllowMethods")]
    pub fn allow_method(mut self, method: impl AsRef<str>) -> Self {
        self.0.methods.push(method.as_ref());
        self
    }

    /// Allows several methods, each as [`allow_method`](Self::allow_method) does.
    #[doc(alias = "Access-Control-Allow-Methods")]
    #[doc(alias = "AllowMethods")]
    pub fn allow_methods(mut self, methods: impl IntoIterator<Item = impl AsRef<str>>) -> Self {
        self.0.methods.extend(methods);
        self
    }

    /// Allows every method that a page can send: all except `CONNECT`, `TRACE` and `TRACK`.
    ///
    /// Without credentials the response has `Access-Control-Allow-Methods: *`. With credentials it echoes the
    /// requested method, because browsers then take `*` as the name of a method.
    #[doc(alias = "any")]
    #[doc(alias = "wildcard")]
    #[doc(alias = "mirror_request")]
    pub fn allow_any_method(self) -> Self {
        self.allow_method(ANY)
    }

    /// Allows a request header by its name, in any case.
    ///
    /// The response to an accepted preflight lists the names in
    /// [`Access-Control-Allow-Headers`](https://fetch.spec.whatwg.org/#http-access-control-allow-headers).
    ///
    /// List `content-type` if pages send JSON. Only `application/x-www-form-urlencoded`,
    /// `multipart/form-data` and `text/plain` need no preflight, see
    /// [`cors_safelisted_request_header`](crate::request_header::cors_safelisted_request_header).
    #[doc(alias = "Access-Control-Allow-Headers")]
    #[doc(alias = "AllowHeaders")]
    pub fn allow_header(mut self, name: impl AsRef<str>) -> Self {
        self.0.headers.push(name.as_ref());
        self
    }

    /// Allows several request headers, each as [`allow_header`](Self::allow_header) does.
    #[doc(alias = "Access-Control-Allow-Headers")]
    #[doc(alias = "AllowHeaders")]
    pub fn allow_headers(mut self, names: impl IntoIterator<Item = impl AsRef<str>>) -> Self {
        self.0.headers.extend(names);
        self
    }

    /// Allows every request header that a page can send.
    ///
    /// Without credentials the response has `Access-Control-Allow-Headers: *`, whatever the preflight asks for.
    /// By the standard `*` does not cover `authorization`, although today's browsers let it: list that with
    /// [`allow_header`](Self::allow_header) too. With credentials the response echoes the requested names,
    /// because browsers then take `*` as the name of a header.
    #[doc(alias = "any")]
    #[doc(alias = "wildcard")]
    #[doc(alias = "mirror_request")]
    pub fn allow_any_header(self) -> Self {
        self.allow_header(ANY)
    }

    /// Lets pages read a response header, by its name in any case.
    ///
    /// Responses list the names in
    /// [`Access-Control-Expose-Headers`](https://fetch.spec.whatwg.org/#http-access-control-expose-headers).
    /// Pages can always read seven headers, see
    /// [`is_cors_safelisted_response_header_name`](crate::response_header::is_cors_safelisted_response_header_name).
    #[doc(alias = "Access-Control-Expose-Headers")]
    #[doc(alias = "ExposeHeaders")]
    pub fn expose_header(mut self, name: impl AsRef<str>) -> Self {
        self.0.expose.push(name.as_ref());
        self
    }

    /// Lets pages read several response headers, each as [`expose_header`](Self::expose_header) does.
    #[doc(alias = "Access-Control-Expose-Headers")]
    #[doc(alias = "ExposeHeaders")]
    pub fn expose_headers(mut self, names: impl IntoIterator<Item = impl AsRef<str>>) -> Self {
        self.0.expose.extend(names);
        self
    }

    /// Lets pages read every response header except `Set-Cookie`. With credentials, this is an error.
    #[doc(alias = "any")]
    #[doc(alias = "wildcard")]
    pub fn expose_any_header(self) -> Self {
        self.expose_header(ANY)
    }

    /// Sets for how long browsers may cache the response to a preflight, in whole seconds. A fraction is
    /// dropped.
    ///
    /// Responses to accepted preflights have it in
    /// [`Access-Control-Max-Age`](https://fetch.spec.whatwg.org/#http-access-control-max-age). Zero tells
    /// browsers not to cache it. Without this setting, browsers cache it for five seconds. Chromium caches
    /// for two hours at most, WebKit for ten minutes and Firefox for one day; more than a day is a warning.
    #[doc(alias = "Access-Control-Max-Age")]
    #[doc(alias = "MaxAge")]
    pub fn max_age(mut self, age: Duration) -> Self {
        self.0.max_age = Some(age.as_secs());
        self
    }

    /// Sets the status of accepted preflights: 200 to 299, by default 204.
    ///
    /// Browsers refuse a preflight whose response has another status.
    #[doc(alias = "optionsSuccessStatus")]
    pub fn preflight_status(mut self, status: StatusCode) -> Self {
        self.0.preflight_status = Some(status.as_u16());
        self
    }

    /// Sets the status of refused preflights: 200 to 299 or 400 to 599, by default 403.
    ///
    /// Browsers refuse the preflight with any status, because the response has no `Access-Control-*` headers.
    pub fn refusal_status(mut self, status: StatusCode) -> Self {
        self.0.refusal_status = Some(status.as_u16());
        self
    }

    /// Allows private network access: accepted preflights that ask for it get
    /// `Access-Control-Allow-Private-Network: true`.
    ///
    /// Legacy, and a warning: browsers have replaced private network access by a permission prompt, and
    /// ignore the header.
    #[doc(alias = "Access-Control-Allow-Private-Network")]
    #[doc(alias = "Access-Control-Request-Private-Network")]
    #[doc(alias = "AllowPrivateNetwork")]
    pub fn allow_private_network(mut self) -> Self {
        self.0.private_network = true;
        self
    }

    /// **Not for production.** Makes browser consoles name the missing method or header when a preflight is
    /// refused.
    ///
    /// If a preflight is refused for its method or headers, the response lists what the policy allows, with
    /// the status of an accepted preflight. The browser still refuses it, and
    /// [`Decision::verdict`](super::Decision::verdict) does not change. Preflights from origins that are not
    /// allowed get the usual response. In production this would reveal the policy.
    #[doc(alias = "debug")]
    pub fn development(mut self) -> Self {
        self.0.development = true;
        self
    }

    /// **Dangerous.** Allows `Origin: null`, which any site can send.
    ///
    /// Sandboxed frames, `data:` URLs and local files all send `null`. Any site can open a sandboxed frame,
    /// so this shares the response with every site; with credentials, every site can act as the user.
    #[doc(alias = "null")]
    pub fn dangerously_allow_null_origin(mut self) -> Self {
        self.0.dangerous.null_origin = true;
        self
    }

    /// **Dangerous.** Allows credentials for origins that are neither `https` nor on the local machine.
    ///
    /// Whoever controls the network between the user and such an origin can put a page there, and act as the
    /// user.
    pub fn dangerously_allow_insecure_origins(mut self) -> Self {
        self.0.dangerous.insecure_origins = true;
        self
    }

    /// **Dangerous.** Allows credentials for all subdomains of a public suffix, such as
    /// `https://*.github.io`.
    ///
    /// Anyone can register a name under a public suffix, and then act as the user. A single label such as
    /// `com` always counts as a public suffix. Longer suffixes are known only with the feature `psl`, which
    /// brings the Public Suffix List.
    pub fn dangerously_allow_public_suffixes(mut self) -> Self {
        self.0.dangerous.public_suffixes = true;
        self
    }

    /// **Dangerous.** Allows credentials for any origin: every site that a user visits can act as that user.
    ///
    /// The response echoes the origin of the request. The switch has an effect only together with
    /// [`allow_credentials`](Self::allow_credentials) and either [`allow_any_origin`](Self::allow_any_origin)
    /// or a [predicate](Self::allow_origins_if) that allows any origin.
    #[doc(alias = "very_permissive")]
    #[doc(alias = "mirror_request")]
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
