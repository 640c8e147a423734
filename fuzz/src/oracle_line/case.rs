//! The verdict on a case: its fields, the credentials of its requests, and whether the responses of the case
//! allow the page to read what the verdict says it can read.

use crossorigin::http::{HeaderMap, HeaderName, Method};
use serde_json::Value;
use url::Url;

use super::{header_map, items, settings, text};
use crate::reference::{browser, response, settings::PolicySettings};

pub(super) fn check(case: &Value, verdict: &Value) {
    if let Some(profiles) = verdict["profiles"].as_object() {
        profiles.iter().for_each(|(profile, verdict)| check_profile(case, profile, verdict));
    } else {
        check_profile(case, text(case, "profile", "standard"), verdict);
    }
}

fn check_profile(case: &Value, profile: &str, verdict: &Value) {
    let (steps, verdicts) = (items(&case["steps"]), items(&verdict["steps"]));
    assert_eq!(steps.len(), verdicts.len());
    for (step, verdict) in steps.iter().zip(verdicts) {
        check_form(verdict);
        check_requests(verdict);
        let from_cache =
            ["from_cache_of", "from_shared_cache_of"].iter().any(|field| step[*field].is_number());
        let (request, responses) = (&step["request"], &step["responses"]);
        let step = Step { case, profile, request, responses, from_cache, verdict };
        step.check_credentials();
        step.check_reading();
    }
}

/// Errors and refusals have a reason with its step. Delivered responses have what a script sees.
fn check_form(verdict: &Value) {
    let outcome = text(verdict, "outcome", "");
    let is_delivered = ["basic", "cors", "opaque", "opaqueredirect"].contains(&outcome);
    assert!(is_delivered || ["error", "refused"].contains(&outcome), "{outcome}");
    for field in ["reason", "message", "step", "link"] {
        assert_eq!(
            verdict[field].as_str().is_some_and(|text| !text.is_empty()),
            !is_delivered,
            "{field}: {verdict}"
        );
    }
    for field in ["status", "url", "redirected", "headers", "timing_allowed"] {
        assert_eq!(verdict.get(field).is_some(), is_delivered, "{field}: {verdict}");
    }
    assert!(outcome != "refused" || items(&verdict["requests"]).is_empty());
    let is_opaque = outcome.starts_with("opaque");
    assert!(!is_opaque || (verdict["status"] == 0 && items(&verdict["headers"]).is_empty()), "{verdict}");
}

/// Properties of the requests of every fetch, in every profile.
fn check_requests(verdict: &Value) {
    let requests = items(&verdict["requests"]);
    assert!(requests.len() <= 42);
    for request in requests.iter().filter(|request| request["kind"] == "preflight") {
        assert_eq!((&request["method"], &request["credentials"]), (&"OPTIONS".into(), &false.into()));
        assert_eq!(request["body"], "none");
        let headers = header_map(&request["headers"]).expect("they can be sent");
        assert!(headers.contains_key("origin") && headers.contains_key("access-control-request-method"));
    }
    for pair in requests.windows(2).filter(|pair| pair[0]["kind"] == "preflight") {
        let preflight_headers = header_map(&pair[0]["headers"]).expect("they can be sent");
        assert_eq!((&pair[1]["kind"], &pair[1]["url"]), (&"actual".into(), &pair[0]["url"]));
        assert_eq!(
            pair[1]["method"].as_str().map(str::as_bytes),
            Some(preflight_headers["access-control-request-method"].as_bytes())
        );
    }
}

struct Step<'a> {
    case: &'a Value,
    profile: &'a str,
    request: &'a Value,
    responses: &'a Value,
    /// Whether an HTTP cache may respond in place of the server.
    from_cache: bool,
    verdict: &'a Value,
}

impl Step<'_> {
    /// All actual requests carry credentials, or none, or those whose URL has the page's own origin.
    fn check_credentials(&self) {
        let api = text(self.request, "api", "fetch");
        // Of the other initiators, attributes and specifications choose the mode and the credentials mode.
        let is_cors = text(self.request, "mode", "cors") == "cors" && matches!(api, "fetch" | "xhr" | "raw");
        let sent: Vec<_> = items(&self.verdict["requests"])
            .iter()
            .filter(|request| request["kind"] == "actual")
            .map(|request| request["credentials"] == true)
            .collect();
        match text(self.request, "credentials", "same-origin") {
            _ if !is_cors => {}
            "include" => assert!(sent.iter().all(|sent| *sent), "{}", self.verdict),
            "omit" if api != "xhr" => assert!(!sent.contains(&true), "{}", self.verdict),
            _ => {
                let Ok(page) = Url::parse(text(self.case, "page", "")) else { return };
                let Ok(url) = page.join(text(self.request, "url", "")) else { return };
                let is_same_origin = page.origin().is_tuple() && page.origin() == url.origin();
                assert!(sent.first().is_none_or(|sent| *sent == is_same_origin), "{}", self.verdict);
            }
        }
    }

    /// A request was followed by another one, or its response was delivered, exactly if its response allows
    /// it. This holds for the standard; other profiles allow it in more or fewer cases.
    fn check_reading(&self) {
        if self.profile != "standard" || self.from_cache {
            return;
        }
        let requests = items(&self.verdict["requests"]);
        for (index, request) in requests.iter().enumerate() {
            let (Some(headers), Some(response)) =
                (header_map(&request["headers"]), self.response(index, request))
            else {
                return;
            };
            // There is no CORS check for a request without `Origin`.
            if !headers.contains_key("origin") || text(self.request, "mode", "cors") != "cors" {
                continue;
            }
            let went_on = index + 1 < requests.len() || self.verdict["outcome"] != "error";
            let is_read = self.verdict["outcome"] == "cors" || index + 1 < requests.len();
            let allows =
                response.allows(&headers, request["kind"] == "preflight", self.includes_credentials());
            assert!(allows != Some(true) || went_on, "request {index}: {}", self.verdict);
            assert!(allows != Some(false) || !is_read, "request {index}: {}", self.verdict);
        }
    }

    fn includes_credentials(&self) -> bool {
        self.request["credentials"] == "include" || self.request["crossorigin"] == "use-credentials"
    }

    /// The response to the request with this index, if the case has it.
    fn response(&self, index: usize, request: &Value) -> Option<Response> {
        let server = &self.case["server"];
        if server.is_object() {
            return Response::of_policy(&settings(&server["policy"])?, server, request);
        }
        let response = self.responses.get(index).filter(|_| self.case.get("routes").is_none())?;
        // A response that is meant for a request of another kind is not sent.
        let is_for_other = response["to"].is_string() && response["to"] != request["kind"];
        let is_lost = response["network_error"] == true || response["failure"].is_string() || is_for_other;
        let status = response["status"].as_u64().unwrap_or(200);
        Some(Response { is_lost, status, headers: header_map(&response["headers"])? })
    }
}

struct Response {
    is_lost: bool,
    status: u64,
    headers: HeaderMap,
}

impl Response {
    /// The response that the reference computes from the settings of a policy.
    fn of_policy(settings: &PolicySettings, server: &Value, request: &Value) -> Option<Self> {
        let method = Method::from_bytes(request["method"].as_str()?.as_bytes()).ok()?;
        let expected = response::expected(settings, &method, &header_map(&request["headers"])?);
        let mut headers = HeaderMap::new();
        for (name, elements) in expected.headers {
            headers.insert(HeaderName::try_from(name).ok()?, elements.join(", ").try_into().ok()?);
        }
        let handler = server["status"].as_u64().unwrap_or(200);
        Some(Self { is_lost: false, status: expected.status.map_or(handler, u64::from), headers })
    }

    /// Returns whether the fetch may go on after the response, if that is simple to tell: the result of the
    /// CORS check and of the lists in a preflight's response.
    fn allows(&self, request: &HeaderMap, is_preflight: bool, credentials: bool) -> Option<bool> {
        if self.is_lost {
            return Some(false);
        }
        if !is_preflight {
            let is_redirect = [301, 302, 303, 307, 308].contains(&self.status);
            return Some(browser::shares(request, &self.headers, credentials)).filter(|_| !is_redirect);
        }
        let is_ok = (200..=299).contains(&self.status);
        // The preflight of an upload listener passes without a list of methods.
        let allows = is_ok && browser::accepts_preflight(request, &self.headers, credentials);
        let allows_forced = is_ok && browser::accepts_forced_preflight(request, &self.headers, credentials);
        let lists = ["access-control-allow-methods", "access-control-allow-headers"];
        let is_valid = lists.iter().all(|name| self.is_list_of_tokens(name));
        Some(allows).filter(|_| is_valid && allows == allows_forced)
    }

    fn is_list_of_tokens(&self, name: &str) -> bool {
        let is_of_list = |byte: &u8| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~,".contains(byte);
        let value = |line: &[u8]| {
            line.split(|byte| *byte == b',').all(|item| item.trim_ascii().iter().all(is_of_list))
        };
        self.headers.get_all(name).iter().all(|line| value(line.as_bytes()))
    }
}
