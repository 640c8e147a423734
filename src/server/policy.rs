use std::{fmt, sync::Arc};

use http::{HeaderMap, Method};

use super::{
    allowed_names::AllowedNames,
    builder::PolicyBuilder,
    decide,
    decision::Decision,
    explain::{self, Explanation},
    origin_index::OriginIndex,
    origin_rules,
    origin_rules::OriginAnswer,
    ready_answers::ReadyAnswers,
    settings::Settings,
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
pub struct Policy(Arc<Compiled>);

/// Everything that a decision needs, ready.
pub(crate) struct Compiled {
    pub(crate) settings: Settings,
    pub(crate) origins: OriginIndex,
    pub(crate) headers: AllowedNames,
    pub(crate) ready: ReadyAnswers,
    warnings: Vec<PolicyWarning>,
}

impl Policy {
    /// Begins with a policy that allows nothing.
    pub fn builder() -> PolicyBuilder {
        Default::default()
    }

    pub(crate) fn new(settings: Settings, warnings: Vec<PolicyWarning>) -> Self {
        let mut origins = OriginIndex::default();
        settings.origins.items.iter().for_each(|pattern| origins.insert(pattern));
        let headers = AllowedNames::new(&settings.headers, settings.credentials);
        let ready = ReadyAnswers::new(&settings);
        Self(Arc::new(Compiled { settings, origins, headers, ready, warnings }))
    }

    pub(crate) fn compiled(&self) -> &Compiled {
        &self.0
    }

    pub(crate) fn settings(&self) -> &Settings {
        &self.0.settings
    }

    /// Decides about a request. Reads its head once and changes nothing.
    ///
    /// Ask before the handler runs, so that it does not run for preflights; [apply](Decision::apply) the decision
    /// to the response afterwards, whatever the response is: errors need the headers too.
    pub fn decide<'a>(&'a self, method: &Method, headers: &'a HeaderMap) -> Decision<'a> {
        decide::decide(self, method, headers, None)
    }

    /// As [`Self::decide`], with an answer about the origin that was found elsewhere, in a database for example.
    ///
    /// The answer takes the place of all patterns and predicates. Malformed and repeated `Origin` headers are
    /// refused all the same, and `null` unless the policy allows it. [`request_origin`](super::request_origin)
    /// gives the origin to look up. Look up all of it: a host alone is also that of `http` pages, and of other ports.
    ///
    /// ```
    /// use crossorigin::{http::{HeaderMap, HeaderValue, Method, header::ORIGIN}};
    /// use crossorigin::server::{OriginAnswer, Policy, RequestOrigin, Verdict, request_origin};
    ///
    /// let policy = Policy::builder().caller_decides_origins().build()?;
    /// let verdict = |origin| {
    ///     let request = HeaderMap::from_iter([(ORIGIN, HeaderValue::from_static(origin))]);
    ///     let answer = match request_origin(&request) {
    ///         RequestOrigin::Origin(origin) if origin.as_str() == "https://tenant.example" => OriginAnswer::Allowed, // .await
    ///         _ => OriginAnswer::NotAllowed,
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
        answer: OriginAnswer,
    ) -> Decision<'a> {
        decide::decide(self, method, headers, Some(answer))
    }

    /// The slow, talkative twin of [`Self::decide`]: the same decision, with which rule matched, what was seen,
    /// what was needed, and what to change. For people; `decide` is for servers.
    #[must_use]
    pub fn explain(&self, method: &Method, headers: &HeaderMap) -> Explanation {
        explain::explain(self, method, headers, None)
    }

    /// The twin of [`Self::decide_with`].
    #[must_use]
    pub fn explain_with(&self, method: &Method, headers: &HeaderMap, answer: OriginAnswer) -> Explanation {
        explain::explain(self, method, headers, Some(answer))
    }

    /// Is this value of an `Origin` header allowed? For everything that is not the CORS protocol but wants the
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
        origin_rules::allows(self.compiled(), origin.as_ref())
    }

    /// What is strange about the configuration, but allowed.
    #[must_use]
    pub fn warnings(&self) -> &[PolicyWarning] {
        &self.0.warnings
    }

    /// Are credentials allowed?
    #[must_use]
    pub fn allows_credentials(&self) -> bool {
        self.settings().credentials
    }

    /// A builder with the same settings, to make a policy that differs a little.
    pub fn to_builder(&self) -> PolicyBuilder {
        let settings = self.settings();
        PolicyBuilder {
            origins: settings.origins.texts().collect(),
            predicates: settings.predicates.clone(),
            caller_decides_origins: settings.caller_decides_origins,
            credentials: settings.credentials,
            methods: settings.methods.texts().collect(),
            headers: settings.headers.texts().collect(),
            expose: settings.expose.texts().collect(),
            max_age: settings.max_age,
            preflight_status: Some(settings.preflight_status.as_u16()),
            refusal_status: Some(settings.refusal_status.as_u16()),
            private_network: settings.private_network,
            development: settings.development,
            dangers: settings.dangers,
        }
    }
}

impl PartialEq for Policy {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0) || self.settings() == other.settings()
    }
}

impl fmt::Debug for Policy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.settings().fmt(f)
    }
}
