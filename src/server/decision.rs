//! What a policy decided about a request, and what follows for the response.

use std::{borrow::Cow, sync::Arc};

use http::{
    HeaderMap, HeaderName, HeaderValue, StatusCode,
    header::{
        ACCESS_CONTROL_ALLOW_HEADERS, ACCESS_CONTROL_ALLOW_METHODS, ACCESS_CONTROL_ALLOW_ORIGIN,
        MaxSizeReached, VARY,
    },
};

use super::{
    headers::{ALLOW_PRIVATE_NETWORK, is_access_control},
    refusal::PolicyRefusal,
    rules::Rules,
    vary::VaryMembers,
};

static TRUE: HeaderValue = HeaderValue::from_static("true");

/// A decision about one request.
///
/// It borrows from policy and request. [Owned](Self::into_owned), it can wait until the response is there.
///
/// For an [action](Self::action) of [`Action::CallHandler`], run the handler and [apply](Self::apply) the decision to
/// its response, errors included. For [`Action::Respond`], apply it to an empty header map and send that, with
/// the status and no body.
#[derive(Debug, Clone)]
#[must_use = "a decision has no effect until it is applied to a response"]
pub struct Decision<'a> {
    pub(crate) class: RequestClass,
    pub(crate) verdict: Verdict,
    pub(crate) action: Action,
    /// Without it, nothing is sent but `Vary`.
    pub(crate) cors: Option<CorsHeaders<'a>>,
    pub(crate) vary: VaryMembers,
}

/// What a response says that shares something.
#[derive(Debug, Clone)]
pub(crate) struct CorsHeaders<'a> {
    /// Has everything ready that is the same for all requests.
    pub(crate) rules: Cow<'a, Arc<Rules>>,
    /// `Access-Control-Allow-Origin`.
    pub(crate) origin: Cow<'a, HeaderValue>,
    pub(crate) preflight: Option<PreflightHeaders>,
}

/// What the answer to a preflight says beyond the origin. The policy has the rest ready.
#[derive(Debug, Clone, Default)]
pub(crate) struct PreflightHeaders {
    /// The methods where they are not constant.
    pub(crate) methods: Option<HeaderValue>,
    /// The header names where they are not constant.
    pub(crate) headers: Option<HeaderValue>,
    pub(crate) private_network: bool,
}

/// What a request is to the CORS protocol. There is no fourth class.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum RequestClass {
    /// It has no `Origin` header.
    NotCors,
    /// It has one, and is not a preflight. Browsers send `Origin` with same-origin requests too, unless they are
    /// `GET` or `HEAD`, so this does not mean that the request is cross-origin.
    Cors,
    /// A [CORS-preflight request](https://fetch.spec.whatwg.org/#cors-preflight-request): `OPTIONS` with `Origin` and
    /// `Access-Control-Request-Method`. Any other `OPTIONS` belongs to the application.
    Preflight,
}

/// What a policy says about a request. There is no fourth verdict; reasons to refuse will be added.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Verdict {
    /// The request is not a CORS request: nobody asks.
    NotApplicable,
    /// The page may read the response; or send what it asked for, if this is a preflight.
    Share,
    /// It may not. CORS is not access control: unless it was a preflight, the handler runs all the same, and it is
    /// up to the server to answer otherwise.
    Refuse(PolicyRefusal),
}

/// What to do with a request. There is no third action: the handler runs, or it does not.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Action {
    /// Run the handler.
    CallHandler,
    /// Do not run it: answer with this status and no body.
    Respond(StatusCode),
}

impl Decision<'_> {
    /// What the request is.
    #[must_use]
    pub fn class(&self) -> RequestClass {
        self.class
    }

    /// What the policy says about it.
    #[must_use]
    pub fn verdict(&self) -> Verdict {
        self.verdict
    }

    /// Why it was refused, if it was.
    #[must_use]
    pub fn refusal(&self) -> Option<PolicyRefusal> {
        match self.verdict {
            Verdict::Refuse(refusal) => Some(refusal),
            Verdict::Share | Verdict::NotApplicable => None,
        }
    }

    /// What to do now.
    #[must_use]
    pub fn action(&self) -> Action {
        self.action
    }

    /// The headers to set, each once. `Vary` is not among them: it is [merged](Self::vary).
    pub fn headers(&self) -> impl Iterator<Item = (HeaderName, &HeaderValue)> {
        self.cors.iter().flat_map(CorsHeaders::headers)
    }

    /// Returns whether this header is to be removed from the response, if the handler has set it. Every header of the
    /// protocol is, unless it is one of [`Self::headers`], and so replaced.
    #[must_use]
    pub fn removes(&self, name: &HeaderName) -> bool {
        is_access_control(name.as_str()) && self.headers().all(|(set, _)| set != name)
    }

    /// The request headers that the answer depends on, to be merged into `Vary`.
    #[must_use]
    pub fn vary(&self) -> VaryMembers {
        self.vary
    }

    /// Makes the response say what was decided, whatever it says before.
    ///
    /// Headers of the protocol that are there are removed or replaced; `Vary` keeps its members and gets ours,
    /// none of them twice. Everything else stays. Applying twice is applying once.
    ///
    /// A [`HeaderMap`] holds 24,576 different names at most. Where the headers do not fit, the response gets none of
    /// them: it has no `Access-Control-*` header at all then, so that no page can read it.
    ///
    /// Two policies do not belong on one response: the one applied last decides, and the `Vary` of both stays.
    pub fn apply(&self, response: &mut HeaderMap) {
        let applied = match &self.cors {
            // A map that holds no memory yet is replaced by a copy of the one that is ready.
            Some(cors) if response.capacity() == 0 && cors.is_prepared(self.vary) => {
                *response = cors.all_headers();
                Ok(())
            }
            None if response.is_empty() => self.vary.put_into(response),
            _ => self.apply_to_filled(response),
        };
        if applied.is_err() {
            remove_access_control(response);
            // A response that shares nothing with anybody may be given to anybody, if there is no room for this either.
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

    /// A decision that borrows nothing, to be kept while the handler has the request. Copies no bytes.
    ///
    /// ```
    /// use crossorigin::{http::{Request, Response}, server::{Action, Policy}};
    ///
    /// fn answer(policy: &Policy, request: Request<()>, handler: fn(Request<()>) -> Response<()>) -> Response<()> {
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
    /// let response = answer(&policy, Request::new(()), |_| Response::new(()));
    /// assert_eq!(response.headers()["access-control-allow-origin"], "*");
    /// # Ok::<(), crossorigin::server::PolicyErrors>(())
    /// ```
    pub fn into_owned(self) -> Decision<'static> {
        Decision { cors: self.cors.map(CorsHeaders::into_owned), ..self }
    }
}

/// Removes every header of the protocol.
fn remove_access_control(response: &mut HeaderMap) {
    let foreign = response.keys().filter(|name| is_access_control(name.as_str()));
    // An empty list allocates nothing, and mostly this is one.
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

    /// The headers that are the same for all requests, but for the origin.
    fn prepared(&self) -> &HeaderMap {
        let prepared = &self.rules.prepared;
        if self.preflight.is_some() { &prepared.preflight } else { &prepared.actual }
    }

    /// Returns whether nothing comes to what is ready, with this `Vary`, except the origin. Whatever else differs from answer
    /// to answer depends on something of the request, which `Vary` names.
    fn is_prepared(&self, vary: VaryMembers) -> bool {
        vary == self.rules.prepared.vary
    }

    /// Then these are all headers of a response that has no others.
    fn all_headers(&self) -> HeaderMap {
        let mut headers = self.prepared().clone();
        // It stands first, so this is found sooner than by its hash; but nothing promises the order of a map.
        let mut lines = headers.iter_mut();
        if let Some((_, origin)) = lines.find(|(name, _)| *name == ACCESS_CONTROL_ALLOW_ORIGIN) {
            origin.clone_from(&self.origin);
        }
        headers
    }

    fn headers(&self) -> impl Iterator<Item = (HeaderName, &HeaderValue)> {
        let own = || self.preflight.iter().flat_map(PreflightHeaders::lines);
        let is_replaced = move |name: &HeaderName| own().any(|(own, _)| own == name);
        let prepared = self.prepared().iter().filter(move |(name, _)| *name != VARY && !is_replaced(name));
        let prepared = prepared.map(|(name, value)| match *name == ACCESS_CONTROL_ALLOW_ORIGIN {
            true => (name.clone(), &*self.origin),
            false => (name.clone(), value),
        });
        prepared.chain(own())
    }
}

impl PreflightHeaders {
    fn lines(&self) -> impl Iterator<Item = (HeaderName, &HeaderValue)> {
        let private_network = self.private_network.then_some(&TRUE);
        [
            (ACCESS_CONTROL_ALLOW_METHODS, self.methods.as_ref()),
            (ACCESS_CONTROL_ALLOW_HEADERS, self.headers.as_ref()),
            (ALLOW_PRIVATE_NETWORK, private_network),
        ]
        .into_iter()
        .filter_map(|(name, value)| Some((name, value?)))
    }
}
