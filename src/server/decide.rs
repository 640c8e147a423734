//! The decision: short, and without an allocation of its own.

use std::borrow::Cow;

use http::{
    HeaderMap, HeaderValue, Method,
    header::{ACCESS_CONTROL_REQUEST_HEADERS, ACCESS_CONTROL_REQUEST_METHOD},
};

use crate::{bytes::is_token, method::is_forbidden_method};

use super::{
    allowed_names::requested_names,
    decision::{Action, Decision, Permissions, RequestClass, Shared, Verdict},
    names::REQUEST_PRIVATE_NETWORK,
    origin_rules::{OriginAnswer, OriginHeader, allow_origin},
    policy::{Compiled, Policy},
    refusal::PolicyRefusal,
    vary::VaryMembers,
};

pub(crate) fn decide<'a>(
    policy: &'a Policy,
    method: &Method,
    headers: &'a HeaderMap,
    answer: Option<OriginAnswer>,
) -> Decision<'a> {
    let compiled = policy.compiled();
    let origin = OriginHeader::of(headers);
    let requested = RequestedMethod::of(method, headers);
    let kind = match (origin, requested) {
        (OriginHeader::Absent, _) => RequestClass::NotCors,
        (_, RequestedMethod::Absent) => RequestClass::Cors,
        _ => RequestClass::Preflight,
    };
    let mut decision = Decision {
        kind,
        verdict: Verdict::NotApplicable,
        answer: match kind {
            RequestClass::NotCors | RequestClass::Cors => Action::CallHandler,
            RequestClass::Preflight => Action::Respond(compiled.settings.refusal_status),
        },
        shared: None,
        // Who else decides may do so by the origin.
        vary: if answer.is_some() { VaryMembers::ORIGIN } else { compiled.ready.vary },
    };
    let share = |origin, preflight| {
        Some(Shared { policy: Cow::Borrowed(policy), origin: Cow::Borrowed(origin), preflight })
    };
    match (allow_origin(compiled, origin, answer), kind) {
        // `*` is on every response, so that one copy in a cache serves those who ask and those who do not.
        (Ok(value), RequestClass::NotCors) => decision.shared = share(value, None),
        (Err(_), RequestClass::NotCors) => {}
        (Err(refusal), _) => decision.verdict = Verdict::Refuse(refusal),
        (Ok(value), RequestClass::Cors) => {
            decision.verdict = Verdict::Share;
            decision.shared = share(value, None);
        }
        (Ok(value), RequestClass::Preflight) => {
            if let Some(permissions) = answer_preflight(&mut decision, compiled, requested, headers) {
                decision.answer = Action::Respond(compiled.settings.preflight_status);
                decision.shared = share(value, Some(permissions));
            }
        }
    }
    decision
}

/// The origin is allowed; the method and the headers are looked at, in this order, the one of browsers.
///
/// An accepting answer that lists all that is allowed is the right answer to every preflight of the origin: a browser
/// that asks for more refuses by itself. It depends on nothing else. By `*` browsers let more headers pass than the
/// policy does, `authorization` and any number of them, so an answer with it depends on the names that were asked for. A
/// refusal depends on all that was looked at until then.
fn answer_preflight(
    decision: &mut Decision<'_>,
    policy: &Compiled,
    requested: RequestedMethod<'_>,
    headers: &HeaderMap,
) -> Option<Permissions> {
    let settings = &policy.settings;
    let echoes_method = settings.methods.any && settings.credentials;
    let echoes_headers = settings.headers.any && settings.credentials;

    let method = check_method(policy, requested);
    let names = if method.is_ok() { policy.headers.check(headers) } else { Ok(()) };
    if echoes_method || method.is_err() || names.is_err() {
        decision.vary = decision.vary.with(VaryMembers::REQUEST_METHOD);
    }
    if settings.headers.any || names.is_err() {
        decision.vary = decision.vary.with(VaryMembers::REQUEST_HEADERS);
    }

    let accepted = method.and(names);
    decision.verdict = accepted.map_or_else(Verdict::Refuse, |()| Verdict::Share);
    // The development switch sends what would be allowed, so that the browser can tell what is missing.
    if accepted.is_err() && !settings.development {
        return None;
    }
    let missing = accepted.err().map(|refusal| Missing::new(refusal, policy, headers));
    let missing = missing.unwrap_or_default();
    if settings.private_network {
        decision.vary = decision.vary.with(VaryMembers::REQUEST_PRIVATE_NETWORK);
    }
    Some(Permissions {
        methods: match requested {
            RequestedMethod::One(method) if echoes_method && accepted.is_ok() => Some(method.clone()),
            _ => missing.methods,
        },
        headers: if echoes_headers && accepted.is_ok() { repeated(headers) } else { missing.headers },
        private_network: settings.private_network && asks_for_private_network(headers),
    })
}

/// What the answer to a refused preflight says for development where the lists of the policy would let it pass: not all
/// browsers, and not the standard in all points, come to the verdict of the policy by these.
#[derive(Default)]
struct Missing {
    methods: Option<HeaderValue>,
    headers: Option<HeaderValue>,
}

impl Missing {
    fn new(refusal: PolicyRefusal, policy: &Compiled, headers: &HeaderMap) -> Self {
        // Without a list, the text of the standard allows the method of a preflight that a page forced.
        let allowed = &policy.settings.methods;
        let methods =
            (allowed.items.is_empty() && !allowed.any).then_some(HeaderValue::from_static("GET, HEAD, POST"));
        // Browsers let `*` cover `authorization`, against the standard; so all else is listed instead. A header that is
        // itself called `*` cannot be.
        let headers = match refusal {
            PolicyRefusal::AuthorizationNotListed { .. } => {
                let lines = headers.get_all(ACCESS_CONTROL_REQUEST_HEADERS);
                let is_listed = |name: &&[u8]| {
                    is_token(name) && *name != b"*" && !name.eq_ignore_ascii_case(b"authorization")
                };
                let names = requested_names(&lines).filter(is_listed);
                // Names, joined by a comma and a space, are a valid value: this never fails.
                HeaderValue::from_bytes(&names.collect::<Vec<_>>().join(&b", "[..])).ok()
            }
            _ => None,
        };
        Self { methods, headers }
    }
}

/// What a request with method `OPTIONS` says in `Access-Control-Request-Method`; other methods are no preflights, and
/// are not asked.
#[derive(Clone, Copy)]
pub(crate) enum RequestedMethod<'a> {
    Absent,
    One(&'a HeaderValue),
    Several,
}

impl<'a> RequestedMethod<'a> {
    pub(crate) fn of(method: &Method, headers: &'a HeaderMap) -> Self {
        if *method != Method::OPTIONS {
            return Self::Absent;
        }
        let mut lines = headers.get_all(ACCESS_CONTROL_REQUEST_METHOD).into_iter();
        match (lines.next(), lines.next()) {
            (None, _) => Self::Absent,
            (Some(value), None) => Self::One(value),
            (Some(_), Some(_)) => Self::Several,
        }
    }
}

pub(crate) fn check_method(policy: &Compiled, requested: RequestedMethod<'_>) -> Result<(), PolicyRefusal> {
    let RequestedMethod::One(method) = requested else { return Err(PolicyRefusal::InvalidMethod) };
    let method = method.as_bytes();
    let listed = || policy.settings.methods.items.iter().any(|item| item.as_str().as_bytes() == method);
    // Upload listeners and streams make browsers ask for these three as well.
    if matches!(method, b"GET" | b"HEAD" | b"POST") || listed() {
        Ok(())
    } else if !is_token(method) {
        Err(PolicyRefusal::InvalidMethod)
    } else if is_forbidden_method(method) {
        Err(PolicyRefusal::ForbiddenMethod)
    } else if policy.settings.methods.any {
        Ok(())
    } else {
        Err(PolicyRefusal::MethodNotAllowed)
    }
}

/// What was asked for, once it is known to be names of headers; `None` where no name is asked for.
///
/// Browsers send one line without empty elements, which is repeated as it is. Everything else is put in order.
fn repeated(headers: &HeaderMap) -> Option<HeaderValue> {
    let lines = headers.get_all(ACCESS_CONTROL_REQUEST_HEADERS);
    let (first, another) = (lines.iter().next()?, lines.iter().nth(1));
    if another.is_none() && requested_names(&lines).all(|name| !name.is_empty()) {
        return Some(first.clone());
    }
    let names: Vec<_> = requested_names(&lines).filter(|name| !name.is_empty()).collect();
    // Names, joined by a comma and a space, are a valid value: this never fails.
    HeaderValue::from_bytes(&names.join(&b", "[..])).ok().filter(|_| !names.is_empty())
}

fn asks_for_private_network(headers: &HeaderMap) -> bool {
    headers.get(REQUEST_PRIVATE_NETWORK).is_some_and(|value| value == "true")
}
