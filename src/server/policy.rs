//! The policy, which decides about requests.

use std::{fmt, sync::Arc};

use http::{HeaderMap, Method};

use super::{
    builder::PolicyBuilder,
    config_path::ConfigPath,
    decide::decide,
    decision::Decision,
    error::{PolicyError, PolicyErrorKind, PolicyErrors},
    explain::explain,
    explanation::Explanation,
    origin_rules::{self, OriginDecision},
    rules::Rules,
    settings::Settings,
    validate,
    warning::{PolicyWarning, PolicyWarningKind},
};

/// A validated CORS policy: which pages may read a server's responses, and which requests they may send.
///
/// A policy is built by a [`PolicyBuilder`], or with the feature `serde` read from a configuration. It never
/// changes. Cloning is cheap, and threads can share it.
///
/// Two policies are equal if they have the same settings, in any order. Two predicates are equal only if one
/// is a clone of the other.
///
/// ```
/// use crossorigin::{http::{HeaderMap, HeaderValue, Method, header::{ACCESS_CONTROL_ALLOW_ORIGIN, ORIGIN, VARY}}};
/// use crossorigin::server::{Policy, PolicyErrors};
///
/// let policy = Policy::builder()
///     .allow_origin("https://app.example")
///     .allow_credentials()
///     .allow_method("PUT")
///     .allow_header("content-type")
///     .build()?;
///
/// let mut request = HeaderMap::new();
/// request.insert(ORIGIN, HeaderValue::from_static("https://app.example"));
/// let mut response = HeaderMap::new();
/// policy.decide(&Method::GET, &request).apply(&mut response);
/// assert_eq!(response[ACCESS_CONTROL_ALLOW_ORIGIN], "https://app.example");
/// assert_eq!(response[VARY], "origin");
/// # Ok::<(), PolicyErrors>(())
/// ```
#[doc(alias = "cors")]
#[derive(Clone)]
pub struct Policy(Arc<Rules>);

impl PolicyBuilder {
    /// Validates all settings, and builds the policy.
    ///
    /// # Errors
    /// Returns all errors, not only the first.
    pub fn build(&self) -> Result<Policy, PolicyErrors> {
        Policy::new(self.settings(), Vec::new(), &ConfigPath::WHOLE)
    }
}

impl Policy {
    /// Returns a builder that allows nothing yet.
    pub fn builder() -> PolicyBuilder {
        PolicyBuilder::default()
    }

    /// `errors` are those that reading a configuration has found, and `path` is where it was read.
    pub(crate) fn new(
        settings: &Settings,
        errors: Vec<PolicyError>,
        path: &ConfigPath,
    ) -> Result<Self, PolicyErrors> {
        let mut checked = validate::check(settings, errors).map_err(|errors| errors.under(path))?;
        for warning in &mut checked.warnings {
            warning.path = std::mem::take(&mut warning.path).under(path);
        }
        Ok(Self(Arc::new(Rules::new(checked))))
    }

    pub(crate) fn settings(&self) -> &Settings {
        &self.0.settings
    }

    /// Decides about a request: what the server does next, and which headers the response gets.
    ///
    /// `method` and `headers` are those of the request. Call it before the handler runs, because the handler
    /// must not run for a preflight. [Apply](Decision::apply) the decision to the response, whatever its
    /// status.
    ///
    /// It reads all lines of these headers, and no other header:
    ///
    /// | header | of which requests |
    /// |---|---|
    /// | `Origin` | all, unless the policy allows any origin without credentials: then it only matters whether there is one |
    /// | `Access-Control-Request-Method` | `OPTIONS` |
    /// | `Access-Control-Request-Headers` | preflights |
    /// | `Access-Control-Request-Private-Network` | preflights, if the policy calls [`allow_private_network`](PolicyBuilder::allow_private_network) |
    ///
    /// If your server has header types of its own, [`request_headers`](super::request_headers) copies these
    /// headers.
    ///
    /// The time is linear in the size of the headers that it reads, and does not grow with the number of
    /// allowed origins.
    pub fn decide<'a>(&'a self, method: &Method, headers: &'a HeaderMap) -> Decision<'a> {
        decide(&self.0, method, headers, None)
    }

    /// Decides about a request as [`decide`](Self::decide) does, except that the caller has decided about its
    /// origin.
    ///
    /// The policy must be built with
    /// [`caller_decides_origins`](super::PolicyBuilder::caller_decides_origins). The caller's decision replaces
    /// all patterns and predicates, for example with a look-up in a database.
    /// [`request_origin`](super::request_origin) parses the origin to look up. Malformed and repeated
    /// `Origin` headers are still refused, and so is `null` unless the policy allows it.
    ///
    /// **Look up the whole origin.** `http` pages and other ports have the same host.
    ///
    /// ```
    /// use crossorigin::{http::{HeaderMap, HeaderValue, Method, header::ORIGIN}};
    /// use crossorigin::server::{OriginDecision, Policy, RequestOrigin, Verdict, request_origin};
    ///
    /// let policy = Policy::builder().caller_decides_origins().build()?;
    /// let verdict = |origin| {
    ///     let request = HeaderMap::from_iter([(ORIGIN, HeaderValue::from_static(origin))]);
    ///     let decided = match request_origin(&request) {
    ///         RequestOrigin::Origin(origin) if origin.as_str() == "https://tenant.example" => OriginDecision::Allowed, // .await
    ///         _ => OriginDecision::NotAllowed,
    ///     };
    ///     policy.decide_with(&Method::GET, &request, decided).verdict()
    /// };
    /// assert_eq!(verdict("https://tenant.example"), Verdict::Share);
    /// assert_ne!(verdict("http://tenant.example"), Verdict::Share);
    /// # Ok::<(), crossorigin::server::PolicyErrors>(())
    /// ```
    #[doc(alias = "async_predicate")]
    pub fn decide_with<'a>(
        &'a self,
        method: &Method,
        headers: &'a HeaderMap,
        decided: OriginDecision,
    ) -> Decision<'a> {
        decide(&self.0, method, headers, Some(decided))
    }

    /// Explains a decision to people: which rule matched, what was requested, everything that is refused, and
    /// what to change.
    ///
    /// [`Explanation::decision`] is the same decision as that of [`decide`](Self::decide). An explanation
    /// takes longer and allocates, so call this for logs and tests, not for each request.
    #[must_use]
    pub fn explain(&self, method: &Method, headers: &HeaderMap) -> Explanation {
        explain(&self.0, method, headers, None)
    }

    /// Explains the decision of [`decide_with`](Self::decide_with).
    #[must_use]
    pub fn explain_with(&self, method: &Method, headers: &HeaderMap, decided: OriginDecision) -> Explanation {
        explain(&self.0, method, headers, Some(decided))
    }

    /// Returns whether the policy allows an origin, given as the value of an `Origin` header.
    ///
    /// Use it for other checks against the same list, such as WebSocket handshakes, which browsers do not
    /// check.
    ///
    /// A value that is not exactly a serialized origin is not allowed, even if any origin is: no path, no
    /// final slash, no upper case, no default port. `null` is allowed only if the policy allows it.
    ///
    /// ```
    /// use crossorigin::server::Policy;
    ///
    /// let policy = Policy::builder().allow_origin("https://*.example.com").build()?;
    /// assert!(policy.allows_origin("https://chat.example.com"));
    /// assert!(!policy.allows_origin("https://chat.example.com/"));
    /// # Ok::<(), crossorigin::server::PolicyErrors>(())
    /// ```
    #[must_use]
    pub fn allows_origin(&self, origin: impl AsRef<[u8]>) -> bool {
        origin_rules::allows(&self.0, origin.as_ref())
    }

    /// The settings that are legal but probably mistakes, sorted by path. A server should print them when it
    /// starts, or [deny](Self::deny_warnings) them.
    #[must_use]
    pub fn warnings(&self) -> &[PolicyWarning] {
        &self.0.warnings
    }

    /// Returns the policy, unless it has warnings: for servers and tests in which nobody may overlook one.
    ///
    /// `accepted` has the names of warnings that may stay. The name of a warning is `warning.kind.name()`
    /// ([`PolicyWarningKind::name`]).
    ///
    /// ```
    /// use crossorigin::server::Policy;
    ///
    /// let policy = Policy::builder().allow_origin("https://app.example").allow_method("GET").development().build()?;
    /// let errors = policy.clone().deny_warnings(&["Development"]).unwrap_err();
    /// assert_eq!(
    ///     errors.to_string(),
    ///     "methods[0]: this method is always allowed, so it need not be listed \
    ///      (change the setting, or accept the warning `SafelistedMethod` by its name)",
    /// );
    /// assert!(policy.deny_warnings(&["Development", "SafelistedMethod"]).is_ok());
    /// # Ok::<(), crossorigin::server::PolicyErrors>(())
    /// ```
    ///
    /// # Errors
    /// Returns an error for each other warning, with the path of its setting, and for each accepted name that
    /// no warning has.
    #[doc(alias = "strict")]
    pub fn deny_warnings(self, accepted: &[&str]) -> Result<Self, PolicyErrors> {
        let denied = self.warnings().iter().filter(|warning| !accepted.contains(&warning.kind.name()));
        let denied = denied.map(|warning| {
            PolicyError::new(warning.path.clone(), PolicyErrorKind::DeniedWarning(warning.kind.clone()))
        });
        let unknown =
            accepted.iter().enumerate().filter(|(_, name)| !PolicyWarningKind::NAMES.contains(*name));
        let unknown = unknown.map(|(index, name)| {
            PolicyError::with_seen(
                ConfigPath::element("accepted", index),
                name,
                PolicyErrorKind::UnknownWarning,
            )
        });
        PolicyErrors::check(denied.chain(unknown).collect())?;
        Ok(self)
    }

    /// Returns whether the policy allows credentials.
    #[must_use]
    pub fn allows_credentials(&self) -> bool {
        self.settings().credentials
    }

    /// Returns a builder with the settings of this policy, to build one that differs.
    pub fn to_builder(&self) -> PolicyBuilder {
        PolicyBuilder::from_settings(self.settings().clone())
    }
}

impl PartialEq for Policy {
    fn eq(&self, other: &Self) -> bool {
        self.settings() == other.settings()
    }
}

impl fmt::Debug for Policy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Policy").field(self.settings()).finish()
    }
}
