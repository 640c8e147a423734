//! A policy and a request, compared with a reference that computes the response from the settings, and with a
//! browser.
//!
//! The input is the head of a request, an empty line, and the settings of the policy. Each setting has a line
//! with elements separated by commas.

use std::collections::{BTreeMap, BTreeSet};

use crossorigin::{
    http::{HeaderMap, HeaderName, HeaderValue, Method, header},
    method::is_forbidden_method,
    server::{Action, Decision, Edit, OriginPattern, Policy, RequestClass, Verdict, request_headers},
};

use crate::{
    head::Head,
    patterns::near,
    reference::{
        browser,
        response::{self, Expected},
        settings::{PolicySettings, allows_origin},
    },
};

type Request = (Method, HeaderMap);

pub fn check(bytes: &[u8]) {
    let end = bytes.windows(2).position(|pair| pair == b"\n\n").unwrap_or(bytes.len());
    let Head { method, headers, .. } = Head::read(&bytes[..end]);
    let Ok(text) = std::str::from_utf8(bytes.get(end + 2..).unwrap_or_default()) else { return };
    let settings = settings(text);
    match settings.to_builder().build() {
        Err(errors) => {
            assert!(!is_valid(&settings), "{errors}");
            assert!(!errors.to_string().is_empty());
        }
        Ok(policy) => {
            assert!(is_valid(&settings), "{settings:?}");
            check_origins(&settings, &policy, &headers);
            let request = (method, headers);
            check_any_request(&policy, &request);
            if browser::is_browser_request(&request) {
                check_response(&settings, &policy, &request);
                check_browser(&settings, &policy, &request);
            }
        }
    }
}

fn settings(text: &str) -> PolicySettings {
    let mut settings = PolicySettings {
        origins: Vec::new(),
        null_origin: false,
        credentials: false,
        methods: Vec::new(),
        headers: Vec::new(),
        expose: Vec::new(),
        max_age: None,
        preflight_status: 204,
        refusal_status: 403,
        private_network: false,
        development: false,
    };
    for line in text.split('\n') {
        let (name, value) = line.split_once(':').unwrap_or((line, ""));
        let items = || value.split(',').map(|item| item.trim_matches(' ').to_owned());
        match name {
            "origins" => settings.origins.extend(items()),
            "methods" => settings.methods.extend(items()),
            "headers" => settings.headers.extend(items()),
            "expose" => settings.expose.extend(items()),
            "null-origin" => settings.null_origin = true,
            "credentials" => settings.credentials = true,
            "private-network" => settings.private_network = true,
            "development" => settings.development = true,
            "max-age" => settings.max_age = value.trim_matches(' ').parse().ok(),
            "statuses" => (settings.preflight_status, settings.refusal_status) = (200, 500),
            _ => {}
        }
    }
    settings
}

/// Returns whether a policy can be built from the settings.
fn is_valid(settings: &PolicySettings) -> bool {
    let is_header = |name: &String| name == "*" || is_token(name);
    let is_protocol = |name: &str| name.to_ascii_lowercase().starts_with("access-control-");
    let only_requests = [
        "origin",
        "access-control-request-method",
        "access-control-request-headers",
        "access-control-request-private-network",
    ];
    let only_preflights = [
        "access-control-allow-methods",
        "access-control-allow-headers",
        "access-control-max-age",
        "access-control-allow-private-network",
    ];
    let hidden = |name: &String| {
        let name = name.to_ascii_lowercase();
        ["set-cookie", "set-cookie2"].contains(&&*name)
            || only_requests.contains(&&*name)
            || only_preflights.contains(&&*name)
    };
    let forbidden = |name: &String| {
        let key = HeaderName::from_bytes(name.as_bytes()).expect("a token is the name of a header");
        crossorigin::request_header::is_forbidden_request_header(&key, b"") || is_protocol(name)
    };
    let off = !settings.origins.is_empty() && settings.origins.iter().all(|text| text == "off");
    let is_origin = |text: &String| text == "*" || OriginPattern::parse(text).is_ok();
    (if off { !settings.null_origin } else { settings.origins.iter().all(is_origin) })
        && (!settings.origins.is_empty() || settings.null_origin)
        && settings.methods.iter().all(|method| is_token(method) && !is_forbidden_method(method.as_bytes()))
        && settings.headers.iter().all(|name| is_header(name) && !forbidden(name))
        && settings.expose.iter().all(|name| is_header(name) && !hidden(name))
        && !(settings.credentials && settings.expose.iter().any(|name| name == "*"))
        && !(settings.credentials
            && settings.origins.iter().any(|pattern| pattern.contains("://*") && !pattern.contains("://*.")))
}

fn is_token(text: &str) -> bool {
    !text.is_empty() && text.chars().all(|it| it.is_ascii_alphanumeric() || "!#$%&'*+-.^_`|~".contains(it))
}

fn check_origins(settings: &PolicySettings, policy: &Policy, headers: &HeaderMap) {
    let of_request = headers.get_all(header::ORIGIN).iter().filter_map(|line| line.to_str().ok());
    let of_patterns = settings.origins.iter().flat_map(|pattern| near(pattern));
    for origin in of_request.map(str::to_owned).chain(of_patterns) {
        let expected = allows_origin(settings, &origin);
        assert_eq!(policy.allows_origin(&origin), expected, "{origin:?} and {:?}", settings.origins);
    }
}

/// Properties of all requests, including those that no browser sends.
fn check_any_request(policy: &Policy, (method, headers): &Request) {
    let decision = policy.decide(method, headers);
    let explanation = policy.explain(method, headers);
    assert!(!explanation.to_string().is_empty());
    assert_eq!(serialized(&explanation.decision), serialized(&decision));
    assert_eq!(policy.to_builder().build().as_ref(), Ok(policy));
    check_filled_response(&decision, headers);
    let copied = request_headers(|name| headers.get_all(name));
    assert_eq!(serialized(&policy.decide(method, &copied)), serialized(&decision));
    // A header that is neither in `Vary` nor a CORS header changes nothing.
    let is_of_the_protocol =
        |name: &HeaderName| name == header::ORIGIN || name.as_str().starts_with("access-control-request-");
    let mut fewer = HeaderMap::new();
    for (name, value) in headers {
        if decision.vary().contains(name) || is_of_the_protocol(name) {
            fewer.append(name, value.clone());
        }
    }
    assert_eq!(serialized(&policy.decide(method, &fewer)), serialized(&decision));
}

fn serialized(decision: &Decision) -> String {
    serde_json::to_string(decision).expect("decisions can be serialized")
}

/// The handler sets every CORS header, and others. After applying the decision, the response has exactly the
/// CORS headers of the decision, and its other headers are unchanged. Applying it again changes nothing.
fn check_filled_response(decision: &Decision, others: &HeaderMap) {
    let mut handler = others.clone();
    for name in PROTOCOL {
        handler.append(name, HeaderValue::from_static("true"));
    }
    let mut response = handler.clone();
    decision.apply(&mut response);
    let mut fresh = HeaderMap::new();
    decision.apply(&mut fresh);
    let ours = |headers: &HeaderMap| -> BTreeMap<String, Vec<HeaderValue>> {
        let ours = headers.keys().filter(|name| name.as_str().starts_with("access-control-"));
        ours.map(|name| (name.to_string(), headers.get_all(name).iter().cloned().collect())).collect()
    };
    assert_eq!(ours(&response), ours(&fresh), "the CORS headers of the handler are replaced");
    let set = decision.headers().map(|(name, value)| (name.to_string(), vec![value.clone()]));
    assert_eq!(ours(&fresh), set.collect());
    for name in handler.keys().filter(|name| !name.as_str().starts_with("access-control-")) {
        let is_kept = handler.get_all(name).iter().eq(response.get_all(name).iter());
        assert!(is_kept || *name == header::VARY, "{name} is kept");
    }
    let named = vary(&response);
    assert!(named.contains("*") || decision.vary().iter().all(|name| named.contains(name.as_str())));
    let mut twice = response.clone();
    decision.apply(&mut twice);
    assert_eq!(twice, response);
    assert_eq!(edited(decision, &handler), response);
}

/// Makes the edits of the decision as a server with plain types does, which keeps lines with names in any
/// case.
fn edited(decision: &Decision, handler: &HeaderMap) -> HeaderMap {
    let lines = handler.iter().enumerate().map(|(index, (name, value))| match index % 2 {
        0 => (name.to_string(), value.as_bytes().to_vec()),
        _ => (name.as_str().to_ascii_uppercase(), value.as_bytes().to_vec()),
    });
    let mut lines: Vec<_> = lines.collect();
    for edit in decision.edits(lines.iter().map(|(name, value)| (name, value))) {
        match edit {
            Edit::Remove(name) => lines.retain(|line| line.0 != name),
            Edit::Add(name, value) => lines.push((name.to_owned(), value.into_owned())),
        }
    }
    let mut headers = HeaderMap::new();
    for (name, value) in lines {
        let name = HeaderName::from_bytes(name.as_bytes()).expect("the name of a header in another case");
        headers.append(name, HeaderValue::from_bytes(&value).expect("the value of a header"));
    }
    headers
}

const PROTOCOL: [&str; 9] = [
    "access-control-allow-credentials",
    "access-control-allow-headers",
    "access-control-allow-methods",
    "access-control-allow-origin",
    "access-control-allow-private-network",
    "access-control-expose-headers",
    "access-control-max-age",
    "access-control-of-tomorrow",
    "access-control-request-method",
];

fn vary(response: &HeaderMap) -> BTreeSet<String> {
    let lines = response.get_all(header::VARY).iter().map(|line| String::from_utf8_lossy(line.as_bytes()));
    let names = lines
        .flat_map(|line| line.split(',').map(|name| name.trim().to_ascii_lowercase()).collect::<Vec<_>>());
    names.collect()
}

/// The response is the one that the reference computes from the settings.
fn check_response(settings: &PolicySettings, policy: &Policy, request: &Request) {
    let (method, headers) = request;
    let expected = response::expected(settings, method, headers);
    let decision = policy.decide(method, headers);
    let mut response = HeaderMap::new();
    decision.apply(&mut response);
    assert_eq!(Expected::observed(&decision, &response), expected);
    let named: BTreeSet<_> = expected.vary.iter().map(|name| (*name).to_owned()).collect();
    assert_eq!(vary(&response), named, "`Vary` has the headers of the decision");
}

/// Returns whether a browser with these request headers accepts the response to the request.
fn browser_accepts(policy: &Policy, request: &Request, headers: &HeaderMap, credentials: bool) -> bool {
    let decision = policy.decide(&request.0, &request.1);
    let mut response = HeaderMap::new();
    decision.apply(&mut response);
    match decision.action() {
        Action::CallHandler => browser::shares(headers, &response, credentials),
        Action::Respond(status) => {
            status.is_success() && browser::accepts_preflight(headers, &response, credentials)
        }
    }
}

/// A browser reaches the verdict of the policy, even if a cache gives it the response to another request that
/// has the same values in all headers of `Vary`.
fn check_browser(settings: &PolicySettings, policy: &Policy, request: &Request) {
    let (method, headers) = request;
    let decision = policy.decide(method, headers);
    if decision.class() == RequestClass::NotCors {
        return;
    }
    let credentials = [false, settings.credentials];
    let mut response = HeaderMap::new();
    decision.apply(&mut response);
    for credentials in credentials {
        let accepts = browser_accepts(policy, request, headers, credentials);
        // By the standard, `*` does not cover `authorization`.
        let needs_name = browser::needs_authorization(headers, &response, credentials);
        let is_shared = decision.verdict() == Verdict::Share && !needs_name;
        assert_eq!(accepts, is_shared, "credentials {credentials}");
    }
    assert!(settings.credentials || !browser_accepts(policy, request, headers, true));
    for (name, value) in alternatives(settings) {
        let (Ok(name), Ok(value)) = (HeaderName::try_from(name), HeaderValue::try_from(value)) else {
            continue;
        };
        if decision.vary().contains(&name) || !headers.contains_key(&name) {
            continue;
        }
        let mut other = headers.clone();
        other.insert(name, value);
        let other = (method.clone(), other);
        if !browser::is_browser_request(&other) {
            continue;
        }
        for credentials in credentials {
            let is_shared = browser_accepts(policy, &other, &other.1, credentials);
            let from_cache = browser_accepts(policy, request, &other.1, credentials);
            assert_eq!(from_cache, is_shared, "the response to {headers:?} cached for {:?}", other.1);
        }
    }
}

/// Values of the request headers that responses depend on.
fn alternatives(settings: &PolicySettings) -> impl Iterator<Item = (&'static str, &str)> {
    let of = |name: &'static str, few: [&'static str; 3], list| {
        few.into_iter().chain(Vec::as_slice(list).iter().map(String::as_str)).map(move |value| (name, value))
    };
    of("origin", ["null", "https://a.test", "https://evil.test"], &settings.origins)
        .chain(of("access-control-request-method", ["GET", "PUT", "x"], &settings.methods))
        .chain(of("access-control-request-headers", ["", "x-a", "authorization"], &settings.headers))
}
