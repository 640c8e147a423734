//! The scripted responses of a case, sent in the same order as by `Routes` of the crate.

use std::collections::HashMap;

use serde_json::Value;

use crate::http::{Request, Response, ServerResponse};

const PLACEHOLDERS: [&str; 3] = ["origin", "access-control-request-method", "access-control-request-headers"];

/// The routes of a case, and the number of responses that each has sent.
#[derive(Debug, Clone, Default)]
pub struct ScriptedResponses {
    routes: Value,
    given: HashMap<(String, &'static str), usize>,
}

impl ScriptedResponses {
    pub fn new(case: &Value) -> Self {
        Self { routes: case["routes"].clone(), given: HashMap::new() }
    }

    /// The next response of this URL; 404 if it has none.
    pub fn next(&mut self, url: &str, request: &Request) -> ServerResponse {
        let kind = if request.is_preflight() { "preflight" } else { "actual" };
        let given = self.given.entry((url.to_owned(), kind)).or_default();
        let list = self.routes[url][kind].as_array();
        let response = list.and_then(|list| list.get(*given).or(list.last()));
        *given += 1;
        response
            .map_or_else(|| ServerResponse::Response(Response::new(404)), |script| filled(script, request))
    }
}

fn filled(script: &Value, request: &Request) -> ServerResponse {
    if script["network_error"] == true {
        return ServerResponse::Invalid;
    }
    let status = script["status"].as_u64().and_then(|status| u16::try_from(status).ok()).unwrap_or(200);
    let mut response = Response::new(status);
    for pair in script["headers"].as_array().into_iter().flatten() {
        let (name, value) = (pair[0].as_str().unwrap_or_default(), pair[1].as_str().unwrap_or_default());
        if name.eq_ignore_ascii_case("content-length") {
            response.body = vec![b' '; value.parse().unwrap_or(0)];
        }
        response = response.with(name, &expand(value, request));
    }
    ServerResponse::Response(response)
}

/// Replaces each known `{name}` of the script with this header of the request, or with nothing if the request
/// does not have it.
fn expand(value: &str, request: &Request) -> String {
    let mut expanded = String::new();
    let mut rest = value;
    while let Some(start) = rest.find('{') {
        let (before, found) = rest.split_at(start);
        expanded.push_str(before);
        let known = PLACEHOLDERS
            .iter()
            .find_map(|name| Some((name, found[1..].strip_prefix(name)?.strip_prefix('}')?)));
        match known {
            Some((name, after)) => {
                expanded.push_str(&request.header(name).unwrap_or_default());
                rest = after;
            }
            None => {
                expanded.push('{');
                rest = &found[1..];
            }
        }
    }
    expanded + rest
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn request(method: &str, headers: &[(&str, &str)]) -> Request {
        let headers = headers.iter().map(|&(name, value)| (name.to_owned(), value.to_owned())).collect();
        Request { method: method.to_owned(), target: "/".to_owned(), headers, ..Request::default() }
    }

    #[test]
    fn the_last_response_is_repeated_separately_for_preflights() {
        let case = json!({"routes": {"http://b/": {
            "preflight": [{"status": 204}],
            "actual": [{"status": 302}, {"headers": [["a", "{origin}!{b}{access-control-request-method}"]]}]}}});
        let mut responses = ScriptedResponses::new(&case);
        let preflight = request("OPTIONS", &[("origin", "null"), ("access-control-request-method", "PUT")]);
        let actual = request("PUT", &[("origin", "null")]);
        assert_eq!(responses.next("http://b/", &actual), ServerResponse::Response(Response::new(302)));
        assert_eq!(responses.next("http://b/", &preflight), ServerResponse::Response(Response::new(204)));
        for _ in 0..2 {
            let echo = Response::new(200).with("a", "null!{b}");
            assert_eq!(responses.next("http://b/", &actual), ServerResponse::Response(echo));
        }
        assert_eq!(responses.next("http://c/", &actual), ServerResponse::Response(Response::new(404)));
    }
}
