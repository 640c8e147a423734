//! The decision of a policy about a request, and how it is applied to the response.

use std::{borrow::Cow, sync::Arc};

use http::{
    HeaderMap, HeaderName, HeaderValue, StatusCode, Uri,
    header::{
        ACCESS_CONTROL_ALLOW_HEADERS, ACCESS_CONTROL_ALLOW_METHODS, ACCESS_CONTROL_ALLOW_ORIGIN,
        MaxSizeReached, VARY,
    },
};

use super::{
    guard::HostGuard,
    headers::{ALLOW_PRIVATE_NETWORK, is_access_control},
    refusal::PolicyRefusal,
    rules::Rules,
    vary::VaryMembers,
};

static TRUE: HeaderValue = HeaderValue::from_static("true");

/// The decision of a [`Policy`](super::Policy) about one request: what to do now, and the headers of the
/// response.
///
/// If the [action](Self::action) is [`Action::CallHandler`], run the handler and [apply](Self::apply) the
/// decision to its response, error responses included. If it is [`Action::Respond`], apply the decision to an
/// empty header map, and send that with the status and without a body.
///
/// A decision borrows from the policy and from the request. [`into_owned`](Self::into_owned) makes one that
/// does not.
#[derive(Debug, Clone)]
#[must_use = "a decision has no effect until it is applied to a response"]
pub struct Decision<'a> {
    pub(crate) class: RequestClass,
    pub(crate) verdict: Verdict,
    pub(crate) action: Action,
    /// `None` if nothing is shared: then the response gets no header except `Vary`.
    pub(crate) cors: Option<CorsHeaders<'a>>,
    pub(crate) vary: VaryMembers,
}

/// The headers of a response that shares something, except `Vary`.
#[derive(Debug, Clone)]
pub(crate) struct CorsHeaders<'a> {
    /// Has the headers that are the same for all requests.
    pub(crate) rules: Cow<'a, Arc<Rules>>,
    /// The value of `Access-Control-Allow-Origin`.
    pub(crate) origin: Cow<'a, HeaderValue>,
    pub(crate) preflight: Option<PreflightHeaders>,
}

/// The headers of a preflight's response that depend on the request, beside the origin. [`Rules`] has the
/// others.
#[derive(Debug, Clone, Default)]
pub(crate) struct PreflightHeaders {
    /// The value of `Access-Control-Allow-Methods`, if it differs from the prepared one.
    pub(crate) methods: Option<HeaderValue>,
    /// The value of `Access-Control-Allow-Headers`, if it differs from the prepared one.
    pub(crate) headers: Option<HeaderValue>,
    pub(crate) private_network: bool,
}

/// The role of a request in the [CORS protocol](https://fetch.spec.whatwg.org/#http-cors-protocol).
///
/// These are all roles, so that a `match` can name each.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum RequestClass {
    /// A request without an `Origin` header.
    NotCors,
    /// A [CORS request](https://fetch.spec.whatwg.org/#cors-request) that is not a preflight: it has an
    /// `Origin` header.
    ///
    /// This does not mean that the request is cross-origin: browsers send `Origin` with same-origin requests
    /// too, except with `GET` and `HEAD`. See [`may_be_same_origin`](super::may_be_same_origin).
    Cors,
    /// A [CORS-preflight request](https://fetch.spec.whatwg.org/#cors-preflight-request): `OPTIONS` with
    /// `Origin` and `Access-Control-Request-Method`. Any other `OPTIONS` belongs to the application.
    Preflight,
}

/// Whether a policy shares the response with the page that sent the request, so that it passes the browser's
/// [CORS check](https://fetch.spec.whatwg.org/#concept-cors-check).
///
/// These are all verdicts, so that a `match` can name each. New reasons to refuse can come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Verdict {
    /// The request has no `Origin` header, so there is nothing to decide. A guard can refuse it nevertheless.
    NotApplicable,
    /// The page may read the response. If the request is a preflight, the page may send the actual request.
    Share,
    /// The page may not read the response. If the request is a preflight, the page may not send the actual
    /// request.
    ///
    /// CORS is not access control: the handler still runs, unless the request is a preflight or a
    /// [guard](HostGuard) refuses it. A server that wants to stop other refused requests must do so itself.
    Refuse(PolicyRefusal),
}

/// What a server does next with a request: run the handler, or respond without it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Action {
    /// Run the handler.
    CallHandler,
    /// Do not run the handler. Respond with this status, the headers of the decision and no body.
    Respond(StatusCode),
}

impl Verdict {
    /// The name for programs, logs and the labels of metrics: `not-applicable`, `share` or `refuse`.
    ///
    /// [`PolicyRefusal::name`] is the name of the reason to refuse.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        match self {
            Self::NotApplicable => "not-applicable",
            Self::Share => "share",
            Self::Refuse(_) => "refuse",
        }
    }
}

impl Decision<'_> {
    /// Applies a guard to the request: if the guard refuses it, the decision is to respond with 403 and no CORS
    /// headers. [`HostGuard`] says what it checks, and has an example.
    ///
    /// `uri` and `headers` are those of the request about which the policy has decided. With a guard, the
    /// response always depends on the origin.
    pub fn guarded(mut self, guard: &HostGuard, uri: &Uri, headers: &HeaderMap) -> Self {
        self.vary = self.vary.with(VaryMembers::ORIGIN);
        if let Err(refusal) = guard.check(uri, headers) {
            self.verdict = Verdict::Refuse(refusal);
            self.action = Action::Respond(StatusCode::FORBIDDEN);
            self.cors = None;
        }
        self
    }

    /// The role of the request in the CORS protocol.
    #[must_use]
    pub fn class(&self) -> RequestClass {
        self.class
    }

    /// Whether the policy shares the response with the page, and if not, why.
    #[must_use]
    pub fn verdict(&self) -> Verdict {
        self.verdict
    }

    /// The reason why the request is refused; `None` if it is not refused.
    #[must_use]
    pub fn refusal(&self) -> Option<PolicyRefusal> {
        match self.verdict {
            Verdict::Refuse(refusal) => Some(refusal),
            Verdict::Share | Verdict::NotApplicable => None,
        }
    }

    /// What the server does next.
    ///
    /// An application that handles preflights itself ignores this, and calls its handler for every request.
    #[doc(alias = "preflight_continue")]
    #[doc(alias = "preflightContinue")]
    #[must_use]
    pub fn action(&self) -> Action {
        self.action
    }

    /// The `Access-Control-*` headers to set, each name once.
    ///
    /// `Vary` is not among them, because it is [merged](Self::vary) into what the response has.
    /// [`apply`](Self::apply) and [`edits`](Self::edits) do both.
    pub fn headers(&self) -> impl Iterator<Item = (&HeaderName, &HeaderValue)> {
        self.cors.iter().flat_map(CorsHeaders::headers)
    }

    /// The request headers that the response depends on, to be merged into its `Vary` header.
    #[must_use]
    pub fn vary(&self) -> VaryMembers {
        self.vary
    }

    /// Sets the headers of the decision on a response.
    ///
    /// `Access-Control-*` headers that the response has are removed or replaced. `Vary` keeps its members and
    /// gets those of [`vary`](Self::vary) that are missing; repeated members are removed. All other headers
    /// stay. Applying a decision twice is the same as applying it once.
    ///
    /// Apply one decision to one response. If several policies decide about a response, the one applied last
    /// wins, and `Vary` keeps the members of all.
    ///
    /// A [`HeaderMap`] holds at most 24,576 names. If the headers do not fit, the response gets no
    /// `Access-Control-*` header, so that no page can read it.
    pub fn apply(&self, response: &mut HeaderMap) {
        let applied = match &self.cors {
            // Copying the prepared map takes less time than filling an empty one.
            Some(cors) if response.capacity() == 0 && cors.is_prepared(self.vary) => {
                *response = cors.all_headers();
                // Only `OPTIONS`, a guard and the development switch lead to another `Vary`.
                if self.vary == cors.prepared_vary() { Ok(()) } else { self.vary.put_into(response) }
            }
            None if response.is_empty() => self.vary.put_into(response),
            _ => self.apply_to_filled(response),
        };
        if applied.is_err() {
            remove_access_control(response);
            // If `Vary` does not fit either, a cache may give this response to anybody, because it shares
            // nothing.
            self.vary.merge_into(response).ok();
        }
    }

    fn apply_to_filled(&self, response: &mut HeaderMap) -> Result<(), MaxSizeReached> {
        remove_access_control(response);
        for (name, value) in self.headers() {
            response.try_insert(name, value.clone())?;
        }
        self.vary.merge_into(response)
    }

    /// Converts the decision into one that borrows nothing, to be kept while the handler owns the request.
    ///
    /// It copies no bytes of headers: values are shared.
    ///
    /// ```
    /// use crossorigin::{http::{Request, Response}, server::{Action, Policy}};
    ///
    /// fn serve(policy: &Policy, request: Request<()>, handler: fn(Request<()>) -> Response<()>) -> Response<()> {
    ///     let decision = policy.decide(request.method(), request.headers()).into_owned();
    ///     let mut response = Response::default();
    ///     match decision.action() {
    ///         Action::CallHandler => response = handler(request),
    ///         Action::Respond(status) => *response.status_mut() = status,
    ///     }
    ///     decision.apply(response.headers_mut());
    ///     response
    /// }
    ///
    /// let policy = Policy::builder().allow_any_origin().build()?;
    /// let response = serve(&policy, Request::new(()), |_| Response::new(()));
    /// assert_eq!(response.headers()["access-control-allow-origin"], "*");
    /// # Ok::<(), crossorigin::server::PolicyErrors>(())
    /// ```
    pub fn into_owned(self) -> Decision<'static> {
        Decision { cors: self.cors.map(CorsHeaders::into_owned), ..self }
    }
}

/// Adds names to the `Vary` of a response. If they do not fit, the response gets no `Access-Control-*` header, as in
/// [`Decision::apply`].
#[cfg(feature = "tower")]
pub(crate) fn add_to_vary(names: &[HeaderName], response: &mut HeaderMap) {
    if super::vary::add_names(names, response).is_err() {
        remove_access_control(response);
    }
}

/// Removes every `Access-Control-*` header.
fn remove_access_control(response: &mut HeaderMap) {
    let foreign = response.keys().filter(|name| is_access_control(name.as_str()));
    // Most responses have no such header, and an empty list does not allocate.
    for name in foreign.cloned().collect::<Vec<_>>() {
        response.remove(name);
    }
}

impl CorsHeaders<'_> {
    fn into_owned(self) -> CorsHeaders<'static> {
        CorsHeaders {
            rules: Cow::Owned(self.rules.into_owned()),
            origin: Cow::Owned(self.origin.into_owned()),
            preflight: self.preflight,
        }
    }

    /// The headers that are the same for all requests, except the value of `Access-Control-Allow-Origin`.
    fn prepared(&self) -> &HeaderMap {
        let prepared = &self.rules.prepared;
        if self.preflight.is_some() { &prepared.preflight } else { &prepared.actual }
    }

    /// The `Vary` of the prepared headers.
    fn prepared_vary(&self) -> VaryMembers {
        let prepared = &self.rules.prepared;
        if self.preflight.is_some() { prepared.preflight_vary } else { prepared.vary }
    }

    /// Returns whether the prepared headers are all headers of a response with this `Vary`, except the values of the
    /// origin and of `Vary`. A `Vary` that must be added would make the copy of the prepared map grow.
    fn is_prepared(&self, vary: VaryMembers) -> bool {
        let has_vary = self.prepared_vary().value().is_some() || vary.value().is_none();
        has_vary && self.preflight.as_ref().is_none_or(|own| own.lines().next().is_none())
    }

    /// All headers, if they [are prepared](Self::is_prepared), with the prepared `Vary`.
    fn all_headers(&self) -> HeaderMap {
        let mut headers = self.prepared().clone();
        // The origin was inserted first, so the search from the front is faster than a look-up. It is right
        // in any order.
        let mut lines = headers.iter_mut();
        if let Some((_, origin)) = lines.find(|(name, _)| *name == ACCESS_CONTROL_ALLOW_ORIGIN) {
            origin.clone_from(&self.origin);
        }
        headers
    }

    fn headers(&self) -> impl Iterator<Item = (&HeaderName, &HeaderValue)> {
        let prepared = self.prepared().iter().filter(|(name, _)| *name != VARY);
        let prepared = prepared.map(|(name, value)| match *name == ACCESS_CONTROL_ALLOW_ORIGIN {
            true => (name, &*self.origin),
            false => (name, value),
        });
        prepared.chain(self.preflight.iter().flat_map(PreflightHeaders::lines))
    }
}

/// The headers of [`PreflightHeaders`], in its order.
static PREFLIGHT_NAMES: [HeaderName; 3] =
    [ACCESS_CONTROL_ALLOW_METHODS, ACCESS_CONTROL_ALLOW_HEADERS, ALLOW_PRIVATE_NETWORK];

impl PreflightHeaders {
    fn lines(&self) -> impl Iterator<Item = (&HeaderName, &HeaderValue)> {
        let private_network = self.private_network.then_some(&TRUE);
        let values = [self.methods.as_ref(), self.headers.as_ref(), private_network];
        PREFLIGHT_NAMES.iter().zip(values).filter_map(|(name, value)| Some((name, value?)))
    }
}
