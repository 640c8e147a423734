//! How a policy decides about a request. Nothing here allocates, except [`joined`].

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
        // The caller's decision may depend on the origin.
        vary: if decided.is_some() { VaryMembers::ORIGIN } else { rules.prepared.vary },
    };
    let cors_headers = |origin, preflight| {
        Some(CorsHeaders { rules: Cow::Borrowed(rules), origin: Cow::Borrowed(origin), preflight })
    };
    match (allow_origin(rules, origin, decided), class) {
        // `*` is on every response, so that one cached copy serves requests with and without `Origin`.
        (Ok(value), RequestClass::NotCors) => decision.cors = cors_headers(value, None),
        (Err(_), RequestClass::NotCors) => {}
        (Err(refusal), _) => decision.verdict = Verdict::Refuse(refusal),
        (Ok(value), RequestClass::Cors) => {
            decision.verdict = Verdict::Share;
            decision.cors = cors_headers(value, None);
        }
        (Ok(value), RequestClass::Preflight) => {
            if let Some(preflight) = decide_preflight(&mut decision, rules, requested, headers) {
                decision.action = Action::Respond(rules.preflight_status);
                decision.cors = cors_headers(value, Some(preflight));
            }
        }
    }
    decision
}

/// Checks the method and then the headers of a preflight whose origin is allowed, in the order of browsers.
/// Returns the headers of the response, unless the preflight is refused.
///
/// An accepting response that lists everything that is allowed is right for every preflight of the origin,
/// because a browser that asks for more refuses by itself. It depends on nothing else. Browsers let `*` cover
/// more headers than the policy does (`authorization`, and any number of names), so a response with `*`
/// depends on the requested names. A refusal depends on everything that was checked until then.
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
    // For development, the names that are allowed are echoed even if the method is not.
    let looks_at_names = method.is_ok() || settings.development;
    let names = if looks_at_names { rules.headers.check(headers) } else { Ok(()) };
    if echoes_method || method.is_err() || names.is_err() {
        decision.vary = decision.vary.with(VaryMembers::REQUEST_METHOD);
    }
    if rules.headers.any || method.is_ok() && names.is_err() {
        decision.vary = decision.vary.with(VaryMembers::REQUEST_HEADERS);
    }

    let accepted = method.and(names);
    decision.verdict = accepted.map_or_else(Verdict::Refuse, |()| Verdict::Share);
    // With the development switch the response lists what is allowed, so that the browser can report what is
    // missing.
    if accepted.is_err() && !settings.development {
        return None;
    }
    let development = accepted.err().map(|refusal| DevelopmentHeaders::new(refusal, rules, headers));
    let development = development.unwrap_or_default();
    if settings.private_network {
        decision.vary = decision.vary.with(VaryMembers::REQUEST_PRIVATE_NETWORK);
    }
    Some(PreflightHeaders {
        methods: match requested {
            Lines::One(value) if echoes_method && method.is_ok() => Some(value.clone()),
            _ => development.methods,
        },
        headers: if echoes_headers && names.is_ok() { echoed_names(headers) } else { development.headers },
        private_network: settings.private_network && asks_for_private_network(headers),
    })
}

/// The lists in the response to a refused preflight, with the development switch, if browsers would accept
/// the preflight by the lists of the policy. Some browsers, and in some points the standard, read those lists
/// differently than the policy.
#[derive(Default)]
struct DevelopmentHeaders {
    methods: Option<HeaderValue>,
    headers: Option<HeaderValue>,
}

impl DevelopmentHeaders {
    fn new(refusal: PolicyRefusal, rules: &Rules, headers: &HeaderMap) -> Self {
        // Without a list, the standard allows the method of a preflight that an upload listener forced.
        let allowed = &rules.methods;
        let methods =
            (allowed.items.is_empty() && !allowed.any).then_some(HeaderValue::from_static("GET, HEAD, POST"));
        // Browsers let `*` cover `authorization`, against the standard. The response therefore lists all
        // other names instead. It cannot list a header named `*`.
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

// Inlined although `explain` calls it too: `decide` is faster without the call.
#[inline]
pub(crate) fn check_method(rules: &Rules, requested: Lines<'_>) -> Result<(), PolicyRefusal> {
    let Lines::One(method) = requested else { return Err(PolicyRefusal::InvalidMethod) };
    let method = method.as_bytes();
    let listed = || rules.methods.items.iter().any(|item| item.as_str().as_bytes() == method);
    // These three are always allowed. Browsers ask for them if an upload listener or a streamed body forces a
    // preflight.
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

/// The requested header names, which are valid, to be sent back; `None` if no name is requested.
///
/// Browsers send one line without empty elements, which is echoed as it is. Everything else is put in order.
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
        .expect("names, joined by a comma and a space, are a header value")
}
