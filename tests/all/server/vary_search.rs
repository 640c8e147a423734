//! A search through all requests of a small world: no two of them agree in the method and in the headers that
//! `Vary` names, and get different responses. A longer run searches a larger world.

use std::collections::HashMap;

use crossorigin::{
    http::{HeaderMap, HeaderName, HeaderValue, Method, Uri, header::ORIGIN},
    server::{
        Action, Decision, HostGuard, MAX_REQUEST_HEADERS_BYTES, OriginDecision, Policy, PolicyBuilder,
        VaryMembers,
    },
};

use crate::proptest_config::cases;

type Request = (Method, HeaderMap);

/// The values of each header that a policy reads, and more of them for a longer run. A value is a list of lines,
/// separated by `|`.
const VALUES: [(&str, &[&str], &[&str]); 4] = [
    (
        "origin",
        &[
            "",
            "https://a.test",
            "https://b.a.test",
            "https://evil.test",
            "null",
            "a.test",
            "https://a.test|null",
        ],
        &["http://a.test:8080", "null|null"],
    ),
    ("access-control-request-method", &["", "GET", "PUT", "P UT", "PUT|PUT"], &["put", "CONNECT", "DELETE"]),
    (
        "access-control-request-headers",
        &["", "x-a", "x-b", "authorization", "LONG"],
        &["X-A", "x-a,x-b", ",x-a", "x-a|x-a", "x-a|x-b", "x a", "authorization,x-a"],
    ),
    ("access-control-request-private-network", &["", "true"], &["TRUE", "true|true", "false"]),
];

/// Whether this is a longer run.
fn is_long() -> bool {
    cases(1).cases > 1
}

/// `OPTIONS` with every combination of these values, and `GET` with every origin.
fn requests() -> Vec<Request> {
    let mut preflights = vec![(Method::OPTIONS, HeaderMap::new())];
    let mut others = vec![(Method::GET, HeaderMap::new())];
    for (name, few, more) in VALUES {
        let more = if is_long() { more } else { &[] };
        let with_each = |requests: Vec<Request>| -> Vec<Request> {
            let with_all = |request: &Request| {
                few.iter().chain(more).map(|lines| with(request, name, lines)).collect::<Vec<_>>()
            };
            requests.iter().flat_map(with_all).collect()
        };
        preflights = with_each(preflights);
        if name == ORIGIN {
            others = with_each(others);
        }
    }
    preflights.extend(others);
    preflights
}

fn with((method, headers): &Request, name: &'static str, lines: &str) -> Request {
    let mut headers = headers.clone();
    for line in lines.split('|').filter(|line| !line.is_empty()) {
        let long = "x".repeat(MAX_REQUEST_HEADERS_BYTES + 1);
        let line = if line == "LONG" { &long } else { line };
        headers.append(HeaderName::from_static(name), HeaderValue::from_str(line).unwrap());
    }
    (method.clone(), headers)
}

/// Every combination of the settings that responses depend on: of the first list in each row, and in a longer run
/// of the second one too.
fn policies() -> Vec<Policy> {
    type Change = fn(PolicyBuilder) -> PolicyBuilder;
    let settings: [(&[Change], &[Change]); 6] = [
        (
            &[
                |it| it.allow_origin("https://a.test"),
                |it| it.allow_origins(["https://a.test", "https://*.a.test"]),
                PolicyBuilder::allow_any_origin,
                |it| it.allow_origins_if(|origin| origin.is_subdomain_of("a.test")),
                |it| it.allow_origin("https://a.test").dangerously_allow_null_origin(),
            ],
            &[PolicyBuilder::allow_no_origin],
        ),
        (&[|it| it, |it| it.allow_credentials().dangerously_reflect_any_origin_with_credentials()], &[]),
        (
            &[|it| it, |it| it.allow_method("PUT"), PolicyBuilder::allow_any_method],
            &[|it| it.allow_methods(["put", "DELETE"])],
        ),
        (
            &[|it| it, |it| it.allow_header("x-a"), PolicyBuilder::allow_any_header],
            &[
                |it| it.allow_headers(["x-a", "x-b", "authorization"]),
                |it| it.allow_any_header().allow_header("authorization"),
            ],
        ),
        (&[|it| it, PolicyBuilder::allow_private_network], &[]),
        (&[|it| it, PolicyBuilder::development], &[]),
    ];
    let start = vec![Policy::builder().expose_header("x-a")];
    let builders = settings.into_iter().fold(start, |builders, (few, more)| {
        let more = if is_long() { more } else { &[] };
        let with_each = |builder: &PolicyBuilder| {
            few.iter().chain(more).map(|change| change(builder.clone())).collect::<Vec<_>>()
        };
        builders.iter().flat_map(with_each).collect()
    });
    builders.iter().map(|builder| builder.build().unwrap()).collect()
}

/// The requests in groups that agree in the method and in the headers of a `Vary`.
#[derive(Default)]
struct Groups(HashMap<String, Vec<usize>>);

impl Groups {
    /// The number of each request's group.
    fn of(&mut self, vary: VaryMembers, requests: &[Request]) -> &[usize] {
        self.0.entry(vary.to_string()).or_insert_with(|| {
            let mut numbers = HashMap::new();
            let number = |(method, headers): &Request| {
                let lines = |name| headers.get_all(name).iter().cloned().collect::<Vec<_>>();
                let next = numbers.len();
                *numbers.entry((method.clone(), vary.iter().map(lines).collect::<Vec<_>>())).or_insert(next)
            };
            requests.iter().map(number).collect()
        })
    }
}

/// The action, and the headers of a new response.
type Response = (Action, HeaderMap);

/// Returns two requests that get different responses, although they agree in the method and in the headers
/// that the first response's `Vary` names.
fn find(
    requests: &[Request],
    groups: &mut Groups,
    decide: impl Fn(&Request) -> (Response, VaryMembers),
) -> Option<(Request, Request)> {
    let responses: Vec<_> = requests.iter().map(decide).collect();
    let mut stored = HashMap::<(VaryMembers, usize), usize>::new();
    for (index, (_, vary)) in responses.iter().enumerate() {
        stored.entry((*vary, groups.of(*vary, requests)[index])).or_insert(index);
    }
    let mut kinds: Vec<_> = responses.iter().map(|(_, vary)| *vary).collect();
    kinds.sort_by_key(ToString::to_string);
    kinds.dedup();
    for vary in kinds {
        let groups = groups.of(vary, requests);
        for (index, (response, _)) in responses.iter().enumerate() {
            let Some(first) = stored.get(&(vary, groups[index])) else { continue };
            if responses[*first].0 != *response {
                return Some((requests[*first].clone(), requests[index].clone()));
            }
        }
    }
    None
}

fn respond(decision: &Decision<'_>) -> (Response, VaryMembers) {
    let mut response = HeaderMap::new();
    decision.apply(&mut response);
    ((decision.action(), response), decision.vary())
}

/// What a caller has found out about the origin.
fn decision_of_caller((_, headers): &Request) -> OriginDecision {
    match headers.get(ORIGIN).is_some_and(|origin| origin == "https://b.a.test") {
        true => OriginDecision::Allowed,
        false => OriginDecision::NotAllowed,
    }
}

#[test]
fn no_two_requests_that_agree_in_vary_get_different_responses() {
    let (requests, policies, mut groups) = (requests(), policies(), Groups::default());
    let expected = match is_long() {
        false => (7 * 5 * 5 * 2 + 7, 5 * 2 * 3 * 3 * 2 * 2),
        true => (9 * 8 * 12 * 5 + 9, 6 * 2 * 4 * 5 * 2 * 2),
    };
    assert_eq!((requests.len(), policies.len()), expected);
    let (guard, uri) = (HostGuard::loopback(), Uri::from_static("http://localhost/"));
    for policy in &policies {
        let decide = |(method, headers): &Request| respond(&policy.decide(method, headers));
        assert_eq!(find(&requests, &mut groups, decide), None, "{policy:?}");
        let guarded = |(method, headers): &Request| {
            respond(&policy.decide(method, headers).guarded(&guard, &uri, headers))
        };
        assert_eq!(find(&requests, &mut groups, guarded), None, "{policy:?} with a guard");
    }
    // The settings of origins do not matter if the caller decides.
    for policy in policies.iter().take(policies.len() / 5) {
        let policy = &policy.to_builder().caller_decides_origins().build().unwrap();
        let by_caller = |request: &Request| {
            let (method, headers) = request;
            respond(&policy.decide_with(method, headers, decision_of_caller(request)))
        };
        assert_eq!(find(&requests, &mut groups, by_caller), None, "{policy:?}");
    }
}

/// The search notices every member that is missing in `Vary`.
#[test]
fn the_search_finds_a_missing_member() {
    let (requests, mut groups) = (requests(), Groups::default());
    let policy = Policy::builder().allow_origin("https://a.test").allow_any_header().allow_credentials();
    let policy = policy.allow_private_network().build().unwrap();
    let decide = |(method, headers): &Request| respond(&policy.decide(method, headers));
    let all: Vec<_> = requests.iter().map(|request| decide(request).1).collect();
    let members = all.iter().max_by_key(|vary| vary.iter().count()).unwrap();
    assert_eq!(members.iter().count(), 4);
    for missing in members.iter() {
        let less = all.iter().find(|vary| vary.iter().count() == 3 && !vary.contains(missing));
        // Only the names and the network can be missing in the `Vary` of a response of this policy.
        let Some(less) = less else { continue };
        let found = find(&requests, &mut groups, |request| {
            let (response, vary) = decide(request);
            (response, if vary == *members { *less } else { vary })
        });
        assert!(found.is_some(), "without {missing}");
    }
}
