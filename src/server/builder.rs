use std::{fmt, sync::Arc, time::Duration};

use http::StatusCode;

use crate::origin::SerializedOrigin;

use super::{error::PolicyErrors, policy::Policy, settings::Dangers, validate};

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
#[derive(Clone, Default)]
#[must_use = "a builder does nothing until `build` is called"]
pub struct PolicyBuilder {
    pub(crate) origins: Vec<String>,
    pub(crate) predicates: Vec<OriginPredicate>,
    pub(crate) caller_decides_origins: bool,
    pub(crate) credentials: bool,
    pub(crate) methods: Vec<String>,
    pub(crate) headers: Vec<String>,
    pub(crate) expose: Vec<String>,
    pub(crate) max_age: Option<u64>,
    pub(crate) preflight_status: Option<u16>,
    pub(crate) refusal_status: Option<u16>,
    pub(crate) private_network: bool,
    pub(crate) development: bool,
    pub(crate) dangers: Dangers,
}

/// A test of origins, written by the user of the crate.
pub(crate) type OriginPredicate = Arc<dyn Fn(&SerializedOrigin<'_>) -> bool + Send + Sync>;

impl PolicyBuilder {
    /// Allows the origins of one [pattern](super::OriginPattern), such as `https://app.example`.
    pub fn allow_origin(mut self, pattern: impl AsRef<str>) -> Self {
        self.origins.push(pattern.as_ref().to_owned());
        self
    }

    /// Allows the origins of each [pattern](super::OriginPattern).
    pub fn allow_origins(mut self, patterns: impl IntoIterator<Item = impl AsRef<str>>) -> Self {
        self.origins.extend(texts(patterns));
        self
    }

    /// Allows every page, whatever its origin, to read what anybody can fetch: without credentials.
    ///
    /// Every response gets `Access-Control-Allow-Origin: *`, so that one copy in a cache serves everybody. The
    /// `Origin` header is not even looked at: malformed and repeated ones make no difference.
    pub fn allow_any_origin(self) -> Self {
        self.allow_origin("*")
    }

    /// Allows the origins for which `predicate` is true, beside the patterns.
    ///
    /// It is asked only about well-formed origins, never about `null`, and only when no pattern matches. It must
    /// look at nothing but the origin: the answer may be cached for that origin. To look an origin up in a
    /// database, see [`Policy::decide_with`].
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
        self.predicates.push(Arc::new(predicate));
        self
    }

    /// Says that the origins are decided elsewhere, with [`Policy::decide_with`], so that none has to be listed.
    pub fn caller_decides_origins(mut self) -> Self {
        self.caller_decides_origins = true;
        self
    }

    /// Allows requests with credentials: cookies, client certificates, `Authorization` kept by the browser.
    pub fn allow_credentials(mut self) -> Self {
        self.credentials = true;
        self
    }

    /// Allows a method. `GET`, `HEAD` and `POST` are always allowed. Case matters, but for the six names that
    /// browsers upper-case themselves.
    pub fn allow_method(mut self, method: impl AsRef<str>) -> Self {
        self.methods.push(method.as_ref().to_owned());
        self
    }

    /// Allows each of the methods.
    pub fn allow_methods(mut self, methods: impl IntoIterator<Item = impl AsRef<str>>) -> Self {
        self.methods.extend(texts(methods));
        self
    }

    /// Allows every method that a page can send.
    pub fn allow_any_method(self) -> Self {
        self.allow_method("*")
    }

    /// Allows a request-header. Case does not matter.
    ///
    /// `content-type` has to be listed for pages to send JSON: only three of its values need no preflight.
    pub fn allow_header(mut self, name: impl AsRef<str>) -> Self {
        self.headers.push(name.as_ref().to_owned());
        self
    }

    /// Allows each of the request-headers.
    pub fn allow_headers(mut self, names: impl IntoIterator<Item = impl AsRef<str>>) -> Self {
        self.headers.extend(texts(names));
        self
    }

    /// Allows every request-header that a page can send. Without credentials, `authorization` has to be listed
    /// beside it: the standard does not let `*` cover it.
    pub fn allow_any_header(self) -> Self {
        self.allow_header("*")
    }

    /// Lets pages read a response header, beside the seven that they can always read.
    pub fn expose_header(mut self, name: impl AsRef<str>) -> Self {
        self.expose.push(name.as_ref().to_owned());
        self
    }

    /// Lets pages read each of the response headers.
    pub fn expose_headers(mut self, names: impl IntoIterator<Item = impl AsRef<str>>) -> Self {
        self.expose.extend(texts(names));
        self
    }

    /// Lets pages read every response header but `Set-Cookie`. Not with credentials.
    pub fn expose_any_header(self) -> Self {
        self.expose_header("*")
    }

    /// How long browsers may keep the answer to a preflight; in whole seconds, the rest is dropped. Zero asks
    /// them not to keep it. Without this they keep it for five seconds.
    pub fn max_age(mut self, age: Duration) -> Self {
        self.max_age = Some(age.as_secs());
        self
    }

    /// The status of an accepted preflight, 204 unless this is called. Any of 200 to 299 will do for browsers.
    pub fn preflight_status(mut self, status: StatusCode) -> Self {
        self.preflight_status = Some(status.as_u16());
        self
    }

    /// The status of a refused preflight, 403 unless this is called. Browsers refuse either way, since the
    /// headers are missing; 200 to 299 and 400 to 599 are possible.
    pub fn refusal_status(mut self, status: StatusCode) -> Self {
        self.refusal_status = Some(status.as_u16());
        self
    }

    /// Answers `Access-Control-Request-Private-Network` on accepted preflights.
    ///
    /// Legacy: browsers have replaced private network access by a permission prompt.
    pub fn allow_private_network(mut self) -> Self {
        self.private_network = true;
        self
    }

    /// **Not for production.** Answers preflights that are refused for their method or headers as if they were
    /// accepted, with what the policy does allow, so that the browser's console names what is missing.
    ///
    /// The browser refuses them all the same, and [`Decision::verdict`](super::Decision::verdict) stays what it
    /// is. Preflights from origins that are not allowed are refused as ever. In production, a refusal tells
    /// nothing about the policy.
    pub fn development(mut self) -> Self {
        self.development = true;
        self
    }

    /// **Dangerous.** Allows `null`, which is what every sandboxed frame, `data:` URL and local file sends: any
    /// site can make a page with that origin.
    pub fn dangerously_allow_null_origin(mut self) -> Self {
        self.dangers.null_origin = true;
        self
    }

    /// **Dangerous.** Lets origins have credentials that are neither `https` nor on this machine: whoever
    /// controls the network on the way can act as the user.
    pub fn dangerously_allow_insecure_origins(mut self) -> Self {
        self.dangers.insecure_origins = true;
        self
    }

    /// **Dangerous.** Lets all subdomains of a public suffix, such as `https://*.github.io`, have credentials:
    /// anybody can register one.
    ///
    /// A single label such as `com` is always taken for a public suffix. With the feature `psl` the Public
    /// Suffix List is asked too.
    pub fn dangerously_allow_public_suffixes(mut self) -> Self {
        self.dangers.public_suffixes = true;
        self
    }

    /// **Dangerous.** Lets any origin have credentials, by repeating the origin in the answer: every site that a
    /// user visits can act as that user. Needs [`allow_any_origin`](Self::allow_any_origin), or a
    /// [predicate](Self::allow_origins_if) that lets in any, and [`allow_credentials`](Self::allow_credentials).
    pub fn dangerously_reflect_any_origin_with_credentials(mut self) -> Self {
        self.dangers.any_origin_with_credentials = true;
        self
    }

    /// Checks everything, and makes the policy.
    ///
    /// # Errors
    /// All errors, not only the first.
    pub fn build(&self) -> Result<Policy, PolicyErrors> {
        validate::build(self, Vec::new())
    }
}

fn texts(given: impl IntoIterator<Item = impl AsRef<str>>) -> impl Iterator<Item = String> {
    given.into_iter().map(|text| text.as_ref().to_owned())
}

impl fmt::Debug for PolicyBuilder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PolicyBuilder")
            .field("origins", &self.origins)
            .field("predicates", &self.predicates.len())
            .field("caller_decides_origins", &self.caller_decides_origins)
            .field("credentials", &self.credentials)
            .field("methods", &self.methods)
            .field("headers", &self.headers)
            .field("expose", &self.expose)
            .field("max_age", &self.max_age)
            .field("preflight_status", &self.preflight_status)
            .field("refusal_status", &self.refusal_status)
            .field("private_network", &self.private_network)
            .field("development", &self.development)
            .field("dangers", &self.dangers)
            .finish()
    }
}
