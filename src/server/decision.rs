//! What a policy decided about a request, and what follows for the response.

use http::{
    HeaderMap, HeaderName, HeaderValue, StatusCode,
    header::{
        ACCESS_CONTROL_ALLOW_CREDENTIALS, ACCESS_CONTROL_ALLOW_HEADERS, ACCESS_CONTROL_ALLOW_METHODS,
        ACCESS_CONTROL_ALLOW_ORIGIN, ACCESS_CONTROL_EXPOSE_HEADERS, ACCESS_CONTROL_MAX_AGE,
    },
};

use super::{
    names::{ALLOW_PRIVATE_NETWORK, is_access_control},
    policy::Policy,
    refusal::Refusal,
    vary::VaryMembers,
};

static TRUE: HeaderValue = HeaderValue::from_static("true");

/// A decision about one request. Owns what it needs, so that it can wait until the response is there.
///
/// For an [answer](Self::answer) of [`Answer::CallHandler`], run the handler and [apply](Self::apply) the decision to
/// its response, errors included. For [`Answer::Respond`], apply it to an empty header map and send that, with
/// the status and no body.
#[derive(Debug, Clone)]
#[must_use = "a decision has no effect until it is applied to a response"]
pub struct Decision {
    pub(crate) kind: RequestKind,
    pub(crate) verdict: Verdict,
    pub(crate) answer: Answer,
    /// Without it, nothing is sent but `Vary`.
    pub(crate) shared: Option<Shared>,
    pub(crate) vary: VaryMembers,
}

/// What a response says that shares something.
#[derive(Debug, Clone)]
pub(crate) struct Shared {
    /// Has everything ready that is the same for all requests.
    pub(crate) policy: Policy,
    /// `Access-Control-Allow-Origin`.
    pub(crate) origin: HeaderValue,
    pub(crate) preflight: Option<Permissions>,
}

/// What the answer to a preflight says beyond the origin. The policy has the rest ready.
#[derive(Debug, Clone, Default)]
pub(crate) struct Permissions {
    /// The methods where they are not constant.
    pub(crate) methods: Option<HeaderValue>,
    /// The headers where they are not constant.
    pub(crate) headers: Option<HeaderValue>,
    pub(crate) private_network: bool,
}

/// What a request is to the CORS protocol.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum RequestKind {
    /// It has no `Origin` header.
    NotCors,
    /// It has one, and is not a preflight. Browsers send `Origin` with same-origin requests too, unless they are
    /// `GET` or `HEAD`, so this does not mean that the request is cross-origin.
    Cors,
    /// A [CORS-preflight request](https://fetch.spec.whatwg.org/#cors-preflight-request): `OPTIONS` with `Origin` and
    /// `Access-Control-Request-Method`. Any other `OPTIONS` belongs to the application.
    Preflight,
}

/// What a policy says about a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// The request is not a CORS request: nobody asks.
    NotApplicable,
    /// The page may read the response; or send what it asked for, if this is a preflight.
    Share,
    /// It may not. CORS is not access control: unless it was a preflight, the handler runs all the same, and it is
    /// up to the server to answer otherwise.
    Refuse(Refusal),
}

/// What to do with a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Answer {
    /// Run the handler.
    CallHandler,
    /// Do not run it: answer with this status and no body.
    Respond(StatusCode),
}

impl Decision {
    /// What the request is.
    #[must_use]
    pub fn kind(&self) -> RequestKind {
        self.kind
    }

    /// What the policy says about it.
    #[must_use]
    pub fn verdict(&self) -> Verdict {
        self.verdict
    }

    /// Why it was refused, if it was.
    #[must_use]
    pub fn refusal(&self) -> Option<Refusal> {
        match self.verdict {
            Verdict::Refuse(refusal) => Some(refusal),
            Verdict::Share | Verdict::NotApplicable => None,
        }
    }

    /// What to do now.
    #[must_use]
    pub fn answer(&self) -> Answer {
        self.answer
    }

    /// The headers to set, each once. `Vary` is not among them: it is [merged](Self::vary).
    pub fn headers(&self) -> impl Iterator<Item = (HeaderName, &HeaderValue)> {
        self.shared.iter().flat_map(Shared::headers)
    }

    /// Is this header to be removed from the response, if the handler has set it? Every header of the protocol is,
    /// unless it is one of [`Self::headers`], and so replaced.
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
    /// Two policies do not belong on one response: the one applied last decides, and the `Vary` of both stays.
    pub fn apply(&self, response: &mut HeaderMap) {
        let is_fresh = response.is_empty();
        if !is_fresh {
            let foreign = response.keys().filter(|name| is_access_control(name.as_str()));
            // An empty list allocates nothing, and mostly this is one.
            for name in foreign.cloned().collect::<Vec<_>>() {
                response.remove(name);
            }
        }
        if let Some(shared) = &self.shared {
            shared.headers().for_each(|(name, value)| drop(response.insert(name, value.clone())));
        }
        if is_fresh { self.vary.put_into(response) } else { self.vary.merge_into(response) }
    }
}

impl Shared {
    fn headers(&self) -> impl Iterator<Item = (HeaderName, &HeaderValue)> {
        let compiled = self.policy.compiled();
        let (settings, ready) = (&compiled.settings, &compiled.ready);
        let preflight = self.preflight.as_ref();
        [
            (ACCESS_CONTROL_ALLOW_ORIGIN, Some(&self.origin)),
            (ACCESS_CONTROL_ALLOW_CREDENTIALS, settings.credentials.then_some(&TRUE)),
            (
                ACCESS_CONTROL_ALLOW_METHODS,
                preflight.and_then(|asked| asked.methods.as_ref().or(ready.methods.as_ref())),
            ),
            (
                ACCESS_CONTROL_ALLOW_HEADERS,
                preflight.and_then(|asked| asked.headers.as_ref().or(ready.headers.as_ref())),
            ),
            (ACCESS_CONTROL_MAX_AGE, preflight.and(ready.max_age.as_ref())),
            (ALLOW_PRIVATE_NETWORK, preflight.filter(|asked| asked.private_network).map(|_| &TRUE)),
            (ACCESS_CONTROL_EXPOSE_HEADERS, ready.expose.as_ref().filter(|_| preflight.is_none())),
        ]
        .into_iter()
        .filter_map(|(name, value)| Some((name, value?)))
    }
}
