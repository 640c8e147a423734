//! A policy and a request, against origins and browsers as plainly as they can be written.
//!
//! The text is the head of a request, an empty line, and what the policy is made of: a line for each setting, its elements
//! parted by commas.

use crate::head::Head;
use crate::patterns::near;
use crate::server::{browser, patterns as reference};
use crossorigin::http::{HeaderMap, HeaderName, Method, header};
use crossorigin::method::is_forbidden_method;
use crossorigin::server::{Action, Decision, OriginPattern, Policy, RequestClass, Verdict};
use crossorigin::strategies::PolicySettings;

pub fn law(bytes: &[u8]) {
    let end = bytes.windows(2).position(|pair| pair == b"\n\n").unwrap_or(bytes.len());
    let Head { method, headers, .. } = Head::read(&bytes[..end]);
    let Ok(text) = std::str::from_utf8(bytes.get(end + 2..).unwrap_or_default()) else { return };
    let settings = settings(text);
    match settings.to_builder().build() {
        Err(faults) => {
            assert!(!is_sound(&settings), "{faults}");
            assert!(!faults.to_string().is_empty());
        }
        Ok(policy) => {
            assert!(is_sound(&settings), "{settings:?}");
            of_the_origin(&settings, &policy, &headers);
            of_the_decision(&settings, &policy, &(method, headers));
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
            _ => {}
        }
    }
    settings
}

/// Can a policy be made of it?
fn is_sound(settings: &PolicySettings) -> bool {
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
    (!settings.origins.is_empty() || settings.null_origin)
        && settings.origins.iter().all(|text| text == "*" || OriginPattern::parse(text).is_ok())
        && settings.methods.iter().all(|method| is_token(method) && !is_forbidden_method(method.as_bytes()))
        && settings.headers.iter().all(|name| is_header(name) && !forbidden(name))
        && settings.expose.iter().all(|name| is_header(name) && !hidden(name))
        && !(settings.credentials && settings.expose.iter().any(|name| name == "*"))
}

fn is_token(text: &str) -> bool {
    !text.is_empty() && text.chars().all(|it| it.is_ascii_alphanumeric() || "!#$%&'*+-.^_`|~".contains(it))
}

/// Is that origin let in? Every pattern is looked at, and nothing is looked up.
fn lets_in(settings: &PolicySettings, origin: &str) -> bool {
    let any = settings.origins.iter().any(|text| text == "*");
    if origin == "null" {
        return settings.null_origin || (any && !settings.credentials);
    }
    let matches = |text: &String| text != "*" && reference::matches(text, origin);
    (any && reference::origin(origin).is_some()) || settings.origins.iter().any(matches)
}

fn of_the_origin(settings: &PolicySettings, policy: &Policy, headers: &HeaderMap) {
    for line in headers.get_all(header::ORIGIN) {
        let expected = line.to_str().is_ok_and(|origin| lets_in(settings, origin));
        assert_eq!(policy.allows_origin(line.as_bytes()), expected, "{line:?} and {:?}", settings.origins);
    }
    for origin in settings.origins.iter().flat_map(|pattern| near(pattern)) {
        let expected = lets_in(settings, &origin);
        assert_eq!(policy.allows_origin(&origin), expected, "{origin:?} and {:?}", settings.origins);
    }
}

/// Is the request, which a browser could have sent, to be shared with?
fn is_to_be_shared(settings: &PolicySettings, kind: RequestClass, headers: &HeaderMap) -> bool {
    let value = |name| headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default();
    if !lets_in(settings, value("origin")) {
        return false;
    }
    if kind != RequestClass::Preflight {
        return true;
    }
    let method = value("access-control-request-method");
    let lists = |list: &[String], wanted: &str| list.iter().any(|item| item == wanted);
    // Six methods are upper-cased where a policy lists them, as browsers do it where a page writes them.
    let usual = ["DELETE", "GET", "HEAD", "OPTIONS", "POST", "PUT"];
    let listed =
        |item: &String| item == method || (usual.contains(&method) && item.eq_ignore_ascii_case(method));
    let method_is_allowed = lists(&settings.methods, "*")
        || ["GET", "HEAD", "POST"].contains(&method)
        || settings.methods.iter().any(listed);
    let name_is_allowed = |name: &str| {
        settings.headers.iter().any(|item| item.eq_ignore_ascii_case(name))
            || (lists(&settings.headers, "*")
                && (settings.credentials || !name.eq_ignore_ascii_case("authorization")))
    };
    let lines = headers.get_all("access-control-request-headers").iter();
    let mut names = lines.flat_map(|line| line.to_str().unwrap_or_default().split(',')).map(str::trim);
    method_is_allowed
        && !is_forbidden_method(method.as_bytes())
        && names.all(|name| name.is_empty() || name_is_allowed(name))
}

/// How many names a preflight may ask for before it is refused for their number alone.
const FEW_NAMES: usize = 16;

fn of_the_decision(settings: &PolicySettings, policy: &Policy, request: &(Method, HeaderMap)) {
    let (method, headers) = request;
    let decision = policy.decide(method, headers);
    of_the_response(&decision, headers);
    of_the_explanation(policy, request, &decision);
    of_vary(policy, request, &decision);
    let is_shared = decision.verdict() == Verdict::Share;
    let asked = headers.get_all(header::ACCESS_CONTROL_REQUEST_HEADERS);
    let commas = asked.iter().map(|line| line.as_bytes().iter().filter(|byte| **byte == b',').count() + 1);
    if !browser::could_send(request)
        || commas.sum::<usize>() > FEW_NAMES
        || decision.class() == RequestClass::NotCors
    {
        return;
    }
    assert_eq!(is_shared, is_to_be_shared(settings, decision.class(), headers), "{:?}", decision.verdict());
    // A browser that reads the answer comes to the verdict of the policy.
    let mut response = HeaderMap::new();
    decision.apply(&mut response);
    for credentials in [false, settings.credentials] {
        let accepts = match decision.action() {
            Action::CallHandler => browser::shares(headers, &response, credentials),
            Action::Respond(status) => {
                status.is_success() && browser::accepts_preflight(headers, &response, credentials)
            }
        };
        assert_eq!(accepts, is_shared, "credentials {credentials}: {response:?}");
    }
    assert!(settings.credentials || !browser::shares(headers, &response, true));
}

/// A response has what was decided and nothing else of the protocol, however often it is applied.
fn of_the_response(decision: &Decision, handler: &HeaderMap) {
    let is_ours = |name: &HeaderName| name.as_str().starts_with("access-control-");
    let mut response = handler.clone();
    decision.apply(&mut response);
    let set: Vec<_> = decision.headers().collect();
    assert_eq!(response.iter().filter(|(name, _)| is_ours(name)).count(), set.len());
    for (name, value) in set {
        assert_eq!(response.get(&name), Some(value));
    }
    for name in handler.keys().filter(|name| !is_ours(name) && *name != header::VARY) {
        assert!(handler.get_all(name).iter().eq(response.get_all(name).iter()), "{name} stays");
    }
    let mut twice = response.clone();
    decision.apply(&mut twice);
    assert_eq!(twice, response);
}

fn of_the_explanation(policy: &Policy, (method, headers): &(Method, HeaderMap), decision: &Decision) {
    let explanation = policy.explain(method, headers);
    assert!(!explanation.to_string().is_empty());
    let of = |decision: &Decision| serde_json::to_string(decision).expect("decisions are data");
    assert_eq!(of(&explanation.decision), of(decision));
    assert_eq!(policy.to_builder().build().as_ref(), Ok(policy));
}

/// What `Vary` does not name, and the protocol does not know, changes nothing.
fn of_vary(policy: &Policy, (method, headers): &(Method, HeaderMap), decision: &Decision) {
    let mut fewer = HeaderMap::new();
    for (name, value) in headers {
        let is_of_the_protocol =
            name == header::ORIGIN || name.as_str().starts_with("access-control-request-");
        if decision.vary().contains(name) || is_of_the_protocol {
            fewer.append(name, value.clone());
        }
    }
    let of = |decision: &Decision| serde_json::to_string(decision).expect("decisions are data");
    assert_eq!(of(&policy.decide(method, &fewer)), of(decision));
}
