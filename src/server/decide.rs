//! The decision: short, and without an allocation of its own.

use std::{borrow::Cow, sync::Arc};

use http::{
    HeaderMap, HeaderValue, Method,
    header::{ACCESS_CONTROL_REQUEST_HEADERS, ORIGIN},
};

use super::{
    decision::{Action, CorsHeaders, Decision, PreflightHeaders, RequestClass, Verdict},
    headers::{Lines, asks_for_private_network, requested_names},
    origin_rules::{OriginDecision, allow_origin},
    refusal::PolicyRefusal,
    rules::Rules,
    vary::VaryMembers,
};
use crate::{bytes::is_token, method::is_forbidden_method};

pub(crate) fn decide<'a>(
    rules: &'a Arc<Rules>,
    method: &Method,
    headers: &'a HeaderMap,
    decided: Option<OriginDecision>,
) -> Decision<'a> {
    let origin = Lines::of(headers, ORIGIN);
    let requested = Lines::requested_method(method, headers);
    let class = match (origin, requested) {
        (Lines::Absent, _) => RequestClass::NotCors,
        (_, Lines::Absent) => RequestClass::Cors,
        _ => RequestClass::Preflight,
    };
    let mut decision = Decision {
        class,
        verdict: Verdict::NotApplicable,
        action: match class {
            RequestClass::NotCors | RequestClass::Cors => Action::CallHandler,
            RequestClass::Preflight => Action::Respond(rules.refusal_status),
        },
        cors: None,
        // An external answer may depend on the origin.
        vary: if decided.is_some() { VaryMembers::ORIGIN } else { rules.prepared.vary },
    };
    let share = |origin, preflight| {
        Some(CorsHeaders { rules: Cow::Borrowed(rules), origin: Cow::Borrowed(origin), preflight })
    };
    match (allow_origin(rules, origin, decided), class) {
        // `*` is on every response, so that one copy in a cache serves those who ask and those who do not.
        (Ok(value), RequestClass::NotCors) => decision.cors = share(value, None),
        (Err(_), RequestClass::NotCors) => {}
        (Err(refusal), _) => decision.verdict = Verdict::Refuse(refusal),
        (Ok(value), RequestClass::Cors) => {
            decision.verdict = Verdict::Share;
            decision.cors = share(value, None);
        }
        (Ok(value), RequestClass::Preflight) => {
            if let Some(preflight) = decide_preflight(&mut decision, rules, requested, headers) {
                decision.action = Action::Respond(rules.preflight_status);
                decision.cors = share(value, Some(preflight));
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
fn decide_preflight(
    decision: &mut Decision<'_>,
    rules: &Rules,
    requested: Lines<'_>,
    headers: &HeaderMap,
) -> Option<PreflightHeaders> {
    let settings = &rules.settings;
    let echoes_method = rules.methods.any && settings.credentials;
    let echoes_headers = rules.headers.any && settings.credentials;

    let method = check_method(rules, requested);
    let names = if method.is_ok() { rules.headers.check(headers) } else { Ok(()) };
    if echoes_method || method.is_err() || names.is_err() {
        decision.vary = decision.vary.with(VaryMembers::REQUEST_METHOD);
    }
    if rules.headers.any || names.is_err() {
        decision.vary = decision.vary.with(VaryMembers::REQUEST_HEADERS);
    }

    let accepted = method.and(names);
    decision.verdict = accepted.map_or_else(Verdict::Refuse, |()| Verdict::Share);
    // The development switch sends what would be allowed, so that the browser can tell what is missing.
    if accepted.is_err() && !settings.development {
        return None;
    }
    let missing = accepted.err().map(|refusal| DevelopmentHeaders::new(refusal, rules, headers));
    let missing = missing.unwrap_or_default();
    if settings.private_network {
        decision.vary = decision.vary.with(VaryMembers::REQUEST_PRIVATE_NETWORK);
    }
    Some(PreflightHeaders {
        methods: match requested {
            Lines::One(method) if echoes_method && accepted.is_ok() => Some(method.clone()),
            _ => missing.methods,
        },
        headers: if echoes_headers && accepted.is_ok() { echoed_names(headers) } else { missing.headers },
        private_network: settings.private_network && asks_for_private_network(headers),
    })
}

/// What the answer to a refused preflight says for development where the lists of the policy would let it pass: not all
/// browsers, and not the standard in all points, come to the verdict of the policy by these.
#[derive(Default)]
struct DevelopmentHeaders {
    methods: Option<HeaderValue>,
    headers: Option<HeaderValue>,
}

impl DevelopmentHeaders {
    fn new(refusal: PolicyRefusal, rules: &Rules, headers: &HeaderMap) -> Self {
        // Without a list, the text of the standard allows the method of a preflight that a page forced.
        let allowed = &rules.methods;
        let methods =
            (allowed.items.is_empty() && !allowed.any).then_some(HeaderValue::from_static("GET, HEAD, POST"));
        // Browsers let `*` cover `authorization`, against the standard; so all else is listed instead. A header that is
        // itself called `*` cannot be.
        let headers = match refusal {
            PolicyRefusal::AuthorizationNotListed { .. } => {
                let is_listed = |name: &&[u8]| {
                    is_token(name) && *name != b"*" && !name.eq_ignore_ascii_case(b"authorization")
                };
                Some(joined(requested_names(headers).filter(is_listed)))
            }
            _ => None,
        };
        Self { methods, headers }
    }
}

// `explain` calls it too, which is no reason for `decide` to make a call.
#[inline]
pub(crate) fn check_method(rules: &Rules, requested: Lines<'_>) -> Result<(), PolicyRefusal> {
    let Lines::One(method) = requested else { return Err(PolicyRefusal::InvalidMethod) };
    let method = method.as_bytes();
    let listed = || rules.methods.items.iter().any(|item| item.as_str().as_bytes() == method);
    // Upload listeners and streams make browsers ask for these three as well.
    if matches!(method, b"GET" | b"HEAD" | b"POST") || listed() {
        Ok(())
    } else if !is_token(method) {
        Err(PolicyRefusal::InvalidMethod)
    } else if is_forbidden_method(method) {
        Err(PolicyRefusal::ForbiddenMethod)
    } else if rules.methods.any {
        Ok(())
    } else {
        Err(PolicyRefusal::MethodNotAllowed)
    }
}

/// What was asked for, once it is known to be names of headers; `None` where no name is asked for.
///
/// Browsers send one line without empty elements, which is repeated as it is. Everything else is put in order.
fn echoed_names(headers: &HeaderMap) -> Option<HeaderValue> {
    let names = || requested_names(headers).filter(|name| !name.is_empty());
    match Lines::of(headers, ACCESS_CONTROL_REQUEST_HEADERS) {
        Lines::One(line) if requested_names(headers).all(|name| !name.is_empty()) => Some(line.clone()),
        _ => names().next().is_some().then(|| joined(names())),
    }
}

fn joined<'a>(names: impl Iterator<Item = &'a [u8]>) -> HeaderValue {
    let names: Vec<_> = names.collect();
    HeaderValue::from_bytes(&names.join(&b", "[..]))
        .expect("names, joined by a comma and a space, are a value")
}
