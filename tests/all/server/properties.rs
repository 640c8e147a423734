//! Properties of all policies, requests and responses.

use crossorigin::{
    http::{
        HeaderMap, HeaderName, HeaderValue, Method,
        header::{
            ACCESS_CONTROL_ALLOW_HEADERS, ACCESS_CONTROL_REQUEST_HEADERS, ACCESS_CONTROL_REQUEST_METHOD, VARY,
        },
    },
    server::{
        Action, Decision, OriginDecision, Policy, RequestClass, RequestOrigin, Suggestion, Verdict,
        request_origin,
    },
};
use proptest::prelude::*;

use super::strategies::{Request, policy_and_requests};
use crate::{
    distribution::reaches,
    proptest_config::cases,
    reference::{browser, response, settings::PolicySettings},
    strategies::handler_headers,
};

fn built(settings: &PolicySettings) -> Policy {
    settings.to_builder().build().unwrap()
}

/// The whole response: the action and the headers.
fn response(policy: &Policy, (method, headers): &Request, response: &HeaderMap) -> (Action, HeaderMap) {
    let decision = policy.decide(method, headers);
    let mut response = response.clone();
    decision.apply(&mut response);
    (decision.action(), response)
}

fn is_ours(name: &HeaderName) -> bool {
    name.as_str().starts_with("access-control-")
}

fn vary(headers: &HeaderMap) -> Vec<String> {
    let lines = headers.get_all(VARY).iter().map(|line| line.to_str().unwrap().to_ascii_lowercase());
    let members: Vec<_> =
        lines.flat_map(|line| line.split(',').map(|it| it.trim().to_owned()).collect::<Vec<_>>()).collect();
    members.into_iter().filter(|member| !member.is_empty()).collect()
}

/// The observable parts of a decision.
fn observable(decision: &Decision) -> impl PartialEq + std::fmt::Debug + use<> {
    let headers: Vec<_> = decision.headers().map(|(name, value)| (name.clone(), value.clone())).collect();
    (decision.class(), decision.verdict(), decision.action(), decision.vary(), headers)
}

/// A decision with its echoed names in one form.
fn without_form(decision: &Decision) -> impl PartialEq + std::fmt::Debug + use<> {
    let headers = decision.headers().map(|(name, value)| {
        let (name, value) = (name.clone(), value.to_str().unwrap().to_owned());
        if name != ACCESS_CONTROL_ALLOW_HEADERS {
            return (name, vec![value]);
        }
        let names = value.split(',').map(|item| item.trim().to_ascii_lowercase());
        (name, names.filter(|item| !item.is_empty()).collect())
    });
    let headers: Vec<_> = headers.collect();
    (decision.class(), decision.verdict(), decision.action(), decision.vary(), headers)
}

/// The other request, with the headers of the first one that `Vary` names.
fn agreeing_in_vary(decision: &Decision, first: &Request, other: &Request) -> Request {
    let mut headers = other.1.clone();
    for name in decision.vary().iter() {
        headers.remove(name);
        for value in first.1.get_all(name) {
            headers.append(name, value.clone());
        }
    }
    (first.0.clone(), headers)
}

proptest! {
    #![proptest_config(cases(500))]

    /// A response has exactly the CORS headers that the decision sets, each once, whatever the handler has
    /// set. The handler's other headers are kept.
    #[test]
    fn a_response_has_exactly_the_headers_of_the_decision((settings, [request]) in policy_and_requests(), handler in handler_headers()) {
        let policy = built(&settings);
        let decision = policy.decide(&request.0, &request.1);
        let mut response = handler.clone();
        decision.apply(&mut response);
        let mut set: Vec<_> = decision.headers().map(|(name, value)| (name.clone(), value.clone())).collect();
        let mut there: Vec<_> = response.iter().filter(|(name, _)| is_ours(name)).map(|(n, v)| (n.clone(), v.clone())).collect();
        set.sort_by(|one, other| one.0.as_str().cmp(other.0.as_str()));
        there.sort_by(|one, other| one.0.as_str().cmp(other.0.as_str()));
        prop_assert_eq!(set, there);

        for name in handler.keys() {
            if !is_ours(name) && name != VARY {
                prop_assert!(handler.get_all(name).iter().eq(response.get_all(name).iter()), "{}", name);
            }
        }
        prop_assert!(response.keys().all(|name| handler.contains_key(name) || is_ours(name) || name == VARY));
    }

    /// For requests of browsers, the class, the verdict, the status, the headers and `Vary` are what the
    /// settings say.
    #[test]
    fn a_response_is_the_one_that_the_settings_describe((settings, [request]) in policy_and_requests()) {
        prop_assume!(browser::is_browser_request(&request));
        let policy = built(&settings);
        let decision = policy.decide(&request.0, &request.1);
        let mut response = HeaderMap::new();
        decision.apply(&mut response);
        let expected = response::expected(&settings, &request.0, &request.1);
        prop_assert_eq!(response::Expected::observed(&decision, &response), expected);
    }

    /// A browser that follows the standard reaches the verdict of the policy, and so does one whose page forces
    /// the preflight. There is one exception: the response has `*`, which does not cover `authorization`. The
    /// engines let it.
    #[test]
    fn browsers_reach_the_verdict_of_the_policy((settings, [request]) in policy_and_requests()) {
        prop_assume!(browser::is_browser_request(&request) && request.1.contains_key("origin"));
        let policy = built(&settings);
        let decision = policy.decide(&request.0, &request.1);
        let (_, response) = response(&policy, &request, &HeaderMap::new());
        let is_shared = decision.verdict() == Verdict::Share;
        for credentials in [false, settings.credentials] {
            let Action::Respond(status) = decision.action() else {
                prop_assert_eq!(browser::shares(&request.1, &response, credentials), is_shared);
                continue;
            };
            let accepts = |it: fn(&HeaderMap, &HeaderMap, bool) -> bool| {
                status.is_success() && it(&request.1, &response, credentials)
            };
            let needs_name = is_shared && browser::needs_authorization(&request.1, &response, credentials);
            prop_assert_eq!(accepts(browser::some_engine_accepts_preflight), is_shared);
            prop_assert_eq!(accepts(browser::accepts_preflight), is_shared && !needs_name);
            prop_assert_eq!(accepts(browser::accepts_forced_preflight), is_shared && !needs_name);
        }
    }

    /// No member of `Vary` is lost and none is repeated. It contains the members of the decision, or `*`.
    #[test]
    fn vary_is_merged((settings, [request]) in policy_and_requests(), handler in handler_headers()) {
        let policy = built(&settings);
        let decision = policy.decide(&request.0, &request.1);
        let mut response = handler.clone();
        decision.apply(&mut response);
        let (before, after) = (vary(&handler), vary(&response));
        let mut once = after.clone();
        once.sort();
        once.dedup();
        prop_assert_eq!(once.len(), after.len(), "{:?}", after);
        prop_assert!(before.iter().all(|member| after.contains(member)), "{:?} {:?}", before, after);
        let any = after.iter().any(|member| member == "*");
        prop_assert!(any || decision.vary().iter().all(|name| after.iter().any(|member| member == name.as_str())));
        let is_ours = |member: &String| decision.vary().iter().any(|name| name.as_str() == member);
        prop_assert!(after.iter().all(|member| before.contains(member) || is_ours(member)));
    }

    /// A map without memory is replaced with a copy of a prepared map, and any other map gets the headers
    /// line by line. The result is the same. It also does not matter whether the decision borrows or owns its
    /// parts.
    #[test]
    fn a_new_response_and_an_empty_one_get_the_same_headers((settings, [request]) in policy_and_requests()) {
        let policy = built(&settings);
        let decision = policy.decide(&request.0, &request.1);
        let (mut new, mut empty) = (HeaderMap::new(), HeaderMap::with_capacity(1));
        decision.apply(&mut new);
        decision.apply(&mut empty);
        prop_assert_eq!(&new, &empty);
        let owned = decision.clone().into_owned();
        prop_assert_eq!(observable(&owned), observable(&decision));
        let mut by_owned = HeaderMap::new();
        owned.apply(&mut by_owned);
        prop_assert_eq!(by_owned, new);
    }

    /// Applying a decision twice has the effect of applying it once.
    #[test]
    fn applying_is_idempotent((settings, [request]) in policy_and_requests(), handler in handler_headers()) {
        let policy = built(&settings);
        let decision = policy.decide(&request.0, &request.1);
        let mut once = handler;
        decision.apply(&mut once);
        let mut twice = once.clone();
        decision.apply(&mut twice);
        prop_assert_eq!(once, twice);
    }

    /// A response depends only on the method and on the request headers that its `Vary` names: a change of
    /// other headers changes nothing. There is no exception; `vary_search` searches a small world completely.
    #[test]
    fn vary_names_everything_that_the_response_depends_on(
        (settings, [request, other]) in policy_and_requests(),
        handler in handler_headers(),
    ) {
        let policy = built(&settings);
        let first = response(&policy, &request, &handler);
        let decision = policy.decide(&request.0, &request.1);
        let other = agreeing_in_vary(&decision, &request, &other);
        prop_assert_eq!(&first, &response(&policy, &other, &handler), "{:?} {:?}", request, other);
    }

    /// The order of the headers, additional headers, the case of the requested names and their lines do not
    /// change the verdict, the position in the list or the response, except that echoed names keep their
    /// form.
    #[test]
    fn the_form_of_a_request_does_not_matter((settings, [request]) in policy_and_requests()) {
        let policy = built(&settings);
        let (method, headers) = &request;
        let mut changed = HeaderMap::new();
        changed.insert("x-first", HeaderValue::from_static("a"));
        for name in headers.keys().collect::<Vec<_>>().into_iter().rev() {
            for value in headers.get_all(name) {
                if name == ACCESS_CONTROL_REQUEST_HEADERS {
                    for item in value.to_str().unwrap().split(',') {
                        changed.append(name, HeaderValue::from_str(&item.to_ascii_uppercase()).unwrap());
                    }
                } else {
                    changed.append(name, value.clone());
                }
            }
        }
        changed.insert("cookie", HeaderValue::from_static("a=b"));
        prop_assert_eq!(without_form(&policy.decide(method, &changed)), without_form(&policy.decide(method, headers)));
    }

    /// `explain` never contradicts `decide`. It names a rule exactly for allowed origins.
    #[test]
    fn explain_and_decide_agree((settings, [request]) in policy_and_requests()) {
        let policy = built(&settings);
        let (method, headers) = &request;
        let (decision, explanation) = (policy.decide(method, headers), policy.explain(method, headers));
        prop_assert_eq!(observable(&decision), observable(&explanation.decision));
        let lets_in = policy.decide(&Method::GET, headers).headers().count() > 0;
        prop_assert_eq!(explanation.rule.is_some(), lets_in, "{}", explanation);
        let names_refused = explanation.to_string().contains(": not allowed\n");
        prop_assert!(!(names_refused && decision.verdict() == Verdict::Share));
        prop_assert_eq!(explanation.suggestions.is_empty(), match decision.verdict() {
            Verdict::Refuse(_) => false,
            _ => *method != Method::OPTIONS || decision.class() == RequestClass::Preflight,
        });
        prop_assert!(!explanation.to_string().is_empty());
    }

    /// The suggestions of an explanation are enough: with them, the request is allowed.
    #[test]
    fn the_suggested_changes_are_enough((settings, [request]) in policy_and_requests()) {
        let builder = settings.to_builder();
        let (method, mut headers) = request;
        let explanation = builder.build().unwrap().explain(&method, &headers);
        if explanation.decision.refusal().is_none() {
            return Ok(());
        }
        let changed = explanation.suggestions.iter().try_fold(builder, |builder, change| match change {
            Suggestion::AllowHeaders(names) => Some(builder.allow_headers(names)),
            Suggestion::AllowMethod(method) => Some(builder.allow_method(method)),
            Suggestion::AllowNullOrigin => Some(builder.dangerously_allow_null_origin()),
            // A predicate, because some origins match no pattern, and some patterns are not allowed with
            // credentials.
            Suggestion::AllowOrigin(origin) => {
                let origin = origin.clone();
                Some(builder.allow_origins_if(move |it| it.as_str() == origin))
            }
            Suggestion::SendMethodAs(method) => {
                headers.insert(ACCESS_CONTROL_REQUEST_METHOD, HeaderValue::from_str(method).unwrap());
                Some(builder)
            }
            _ => None,
        });
        // If the request is invalid, no change of the policy helps.
        let Some(changed) = changed else { return Ok(()) };
        let verdict = changed.build().unwrap().decide(&method, &headers).verdict();
        prop_assert_eq!(verdict, Verdict::Share, "{}", explanation);
    }

    /// A decision that is passed in counts as if a predicate had made it.
    #[test]
    fn a_passed_decision_counts_as_a_predicate((mut settings, [request]) in policy_and_requests(), allowed in any::<bool>()) {
        // A decision about `null` can only take away what the policy allows, and predicates do not see
        // `null`.
        if request_origin(&request.1) == RequestOrigin::Null {
            return Ok(());
        }
        settings.origins.clear();
        let policy = settings.to_builder().caller_decides_origins().build().unwrap();
        let with_predicate = settings.to_builder().allow_origins_if(move |_| allowed).build().unwrap();
        let given = if allowed { OriginDecision::Allowed } else { OriginDecision::NotAllowed };
        prop_assert_eq!(
            observable(&policy.decide_with(&request.0, &request.1, given)),
            observable(&with_predicate.decide(&request.0, &request.1))
        );
    }

    /// The development switch changes no verdict, and nothing for origins that are not allowed.
    #[test]
    fn the_development_switch_changes_no_verdict((mut settings, [request]) in policy_and_requests()) {
        settings.development = false;
        let builder = settings.to_builder();
        let (method, headers) = &request;
        let usual = builder.build().unwrap().decide(method, headers).into_owned();
        let development = builder.clone().development().build().unwrap().decide(method, headers).into_owned();
        prop_assert_eq!(usual.verdict(), development.verdict());
        prop_assert_eq!((usual.class(), usual.action() == Action::CallHandler), (development.class(), development.action() == Action::CallHandler));
        let get = builder.build().unwrap().decide(&Method::GET, headers).into_owned();
        if get.headers().count() == 0 {
            prop_assert_eq!(observable(&usual), observable(&development));
        }
    }
}

/// The property of `Vary` needs pairs that agree in the headers of `Vary` and differ otherwise.
#[test]
fn pairs_of_requests_exercise_the_property_of_vary() {
    reaches(
        policy_and_requests(),
        30_000,
        &["accepted preflights", "refused preflights", "other OPTIONS requests", "shared", "refused"],
        |(settings, [first, other]), counts| {
            let policy = built(settings);
            let decision = policy.decide(&first.0, &first.1);
            let other = agreeing_in_vary(&decision, first, other);
            if first.1 == other.1 {
                return;
            }
            counts.add(match (decision.class(), decision.refusal()) {
                (RequestClass::Preflight, None) => "accepted preflights",
                (RequestClass::Preflight, Some(_)) => "refused preflights",
                (_, None) if first.0 == Method::OPTIONS => "other OPTIONS requests",
                (_, None) => "shared",
                (_, Some(_)) => "refused",
            });
        },
    );
}

/// Random requests lead to every verdict.
#[test]
fn random_requests_reach_every_class_and_verdict() {
    let expected = [
        "Cors InvalidOrigin",
        "Cors NullOrigin",
        "Cors OriginNotAllowed",
        "Cors SeveralOrigins",
        "Cors Share",
        "NotCors NotApplicable",
        "Preflight ForbiddenMethod",
        "Preflight HeaderNotAllowed",
        "Preflight InvalidMethod",
        "Preflight InvalidOrigin",
        "Preflight InvalidRequestHeader",
        "Preflight MethodNotAllowed",
        "Preflight NullOrigin",
        "Preflight OriginNotAllowed",
        "Preflight SeveralOrigins",
        "Preflight Share",
    ];
    reaches(policy_and_requests(), 40_000, &expected, |(settings, [(method, headers)]), counts| {
        let policy = built(settings);
        let decision = policy.decide(method, headers);
        let verdict = format!("{:?}", decision.verdict());
        let name = decision.refusal().map_or(verdict.as_str(), |refusal| refusal.name());
        counts.add(format!("{:?} {name}", decision.class()));
    });
}
