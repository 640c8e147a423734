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
    // The caller's decision may depend on the origin.
    let mut vary = if decided.is_some() { VaryMembers::ORIGIN } else { rules.prepared.vary };
    if *method == Method::OPTIONS {
        // Whether it is a preflight depends on these.
        vary = vary.with(match requested {
            Lines::Absent => VaryMembers::REQUEST_METHOD,
            Lines::One(_) | Lines::Several => VaryMembers::OF_PREFLIGHT,
        });
    }
    let mut decision = Decision {
        class,
        verdict: Verdict::NotApplicable,
        action: match class {
            RequestClass::NotCors | RequestClass::Cors => Action::CallHandler,
            RequestClass::Preflight => Action::Respond(rules.refusal_status),
        },
        cors: None,
        vary,
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
/// Every response depends on the origin and the requested method. It depends on the requested names if it is
/// accepted or refused because of them, or if it echoes them, but not if the response lists `*`.
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
    let looks_at_names = method.is_ok() || settings.development && echoes_headers;
    let names = if looks_at_names { rules.headers.check(headers) } else { Ok(()) };
    if looks_at_names && !rules.headers.are_wildcard {
        decision.vary = decision.vary.with(VaryMembers::REQUEST_HEADERS);
    }

    let accepted = method.and(names);
    decision.verdict = accepted.map_or_else(Verdict::Refuse, |()| Verdict::Share);
    // With the development switch the response lists what is allowed, so that the browser can report what is
    // missing.
    if accepted.is_err() && !settings.development {
        return None;
    }
    if settings.private_network {
        decision.vary = decision.vary.with(VaryMembers::REQUEST_PRIVATE_NETWORK);
    }
    Some(PreflightHeaders {
        methods: match requested {
            Lines::One(value) if echoes_method && method.is_ok() => Some(value.clone()),
            // Without a list, the standard allows the method of a preflight that an upload listener forced.
            _ if accepted.is_err() && !rules.methods.any && rules.methods.items.is_empty() => {
                Some(HeaderValue::from_static("GET, HEAD, POST"))
            }
            _ => None,
        },
        headers: if echoes_headers && names.is_ok() { echoed_names(headers) } else { None },
        private_network: settings.private_network && asks_for_private_network(headers),
    })
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
