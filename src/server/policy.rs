//! The policy: what a server asks.

use std::{fmt, sync::Arc};

use http::{HeaderMap, Method};

use super::{
    builder::{PolicyBuilder, Settings},
    decide::decide,
    decision::Decision,
    error::{PolicyError, PolicyErrors},
    explain::explain,
    explanation::Explanation,
    origin_rules::{self, OriginDecision},
    rules::Rules,
    validate,
    warning::PolicyWarning,
};

/// What a server shares with which pages: checked, immutable, cheap to clone and to share between threads.
///
/// A policy is made by a [builder](Self::builder), or with the feature `serde` read from configuration. Two are
/// equal when they were made from the same settings, whatever their order; predicates are equal when they are
/// the same value, as in a clone.
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
#[derive(Clone)]
pub struct Policy(Arc<Rules>);

impl PolicyBuilder {
    /// Checks everything, and makes the policy.
    ///
    /// # Errors
    /// All errors, not only the first.
    pub fn build(&self) -> Result<Policy, PolicyErrors> {
        Policy::new(self.settings(), Vec::new())
    }
}

impl Policy {
    /// Begins with a policy that allows nothing.
    pub fn builder() -> PolicyBuilder {
        PolicyBuilder::default()
    }

    /// `errors` are those that were found on the way here, in a configuration file.
    pub(crate) fn new(settings: &Settings, errors: Vec<PolicyError>) -> Result<Self, PolicyErrors> {
        let checked = validate::check(settings, errors)?;
        Ok(Self(Arc::new(Rules::new(checked))))
    }

    pub(crate) fn settings(&self) -> &Settings {
        &self.0.settings
    }

    /// Decides about a request. Reads its head once and changes nothing.
    ///
    /// Ask before the handler runs, so that it does not run for preflights; [apply](Decision::apply) the decision
    /// to the response afterwards, whatever the response is: errors need the headers too.
    pub fn decide<'a>(&'a self, method: &Method, headers: &'a HeaderMap) -> Decision<'a> {
        decide(&self.0, method, headers, None)
    }

    /// As [`Self::decide`], with an answer about the origin that was found elsewhere, in a database for example.
    ///
    /// The answer takes the place of all patterns and predicates. Malformed and repeated `Origin` headers are
    /// refused all the same, and `null` unless the policy allows it. [`request_origin`](super::request_origin)
    /// gives the origin to look up. Look up all of it: a host alone is also that of `http` pages, and of other ports.
    ///
    /// ```
    /// use crossorigin::{http::{HeaderMap, HeaderValue, Method, header::ORIGIN}};
    /// use crossorigin::server::{OriginDecision, Policy, RequestOrigin, Verdict, request_origin};
    ///
    /// let policy = Policy::builder().caller_decides_origins().build()?;
    /// let verdict = |origin| {
    ///     let request = HeaderMap::from_iter([(ORIGIN, HeaderValue::from_static(origin))]);
    ///     let answer = match request_origin(&request) {
    ///         RequestOrigin::Origin(origin) if origin.as_str() == "https://tenant.example" => OriginDecision::Allowed, // .await
    ///         _ => OriginDecision::NotAllowed,
    ///     };
    ///     policy.decide_with(&Method::GET, &request, answer).verdict()
    /// };
    /// assert_eq!(verdict("https://tenant.example"), Verdict::Share);
    /// assert_ne!(verdict("http://tenant.example"), Verdict::Share);
    /// # Ok::<(), crossorigin::server::PolicyErrors>(())
    /// ```
    pub fn decide_with<'a>(
        &'a self,
        method: &Method,
        headers: &'a HeaderMap,
        decided: OriginDecision,
    ) -> Decision<'a> {
        decide(&self.0, method, headers, Some(decided))
    }

    /// The slow, talkative twin of [`Self::decide`]: the same decision, with which rule matched, what was seen,
    /// what was needed, and what to change. For people; `decide` is for servers.
    #[must_use]
    pub fn explain(&self, method: &Method, headers: &HeaderMap) -> Explanation {
        explain(&self.0, method, headers, None)
    }

    /// The twin of [`Self::decide_with`].
    #[must_use]
    pub fn explain_with(&self, method: &Method, headers: &HeaderMap, decided: OriginDecision) -> Explanation {
        explain(&self.0, method, headers, Some(decided))
    }

    /// Returns whether this value of an `Origin` header is allowed. For everything that is not the CORS protocol but wants the
    /// same list, such as upgrading to a WebSocket, where browsers do not check anything.
    ///
    /// Strict, as ever: what is not exactly a serialized origin is not allowed, even where any origin is.
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

    /// What is strange about the configuration, but allowed.
    #[must_use]
    pub fn warnings(&self) -> &[PolicyWarning] {
        &self.0.warnings
    }

    /// Returns whether credentials are allowed.
    #[must_use]
    pub fn allows_credentials(&self) -> bool {
        self.settings().credentials
    }

    /// A builder with the same settings, to make a policy that differs a little.
    pub fn to_builder(&self) -> PolicyBuilder {
        PolicyBuilder::from_settings(self.settings().clone())
    }
}

impl PartialEq for Policy {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0) || self.settings() == other.settings()
    }
}

impl fmt::Debug for Policy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Policy").field(self.settings()).finish()
    }
}
