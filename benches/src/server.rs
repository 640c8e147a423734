//! The server side: incoming requests, and policies that decide about them.

use std::time::Duration;

use crossorigin::{
    http::{HeaderMap, Request},
    server::Policy,
};

/// What the policies of all crates allow.
pub const METHODS: [&str; 3] = ["PUT", "PATCH", "DELETE"];
pub const HEADERS: [&str; 3] = ["authorization", "content-type", "x-request-id"];
pub const EXPOSED: [&str; 2] = ["etag", "x-request-id"];
pub const MAX_AGE: Duration = Duration::from_secs(7200);

/// The requests of the comparison.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Scenario {
    ActualAllowed,
    ActualRefused,
    PreflightAllowed,
    PreflightRefusedByOrigin,
    PreflightRefusedByMethod,
    PreflightRefusedByHeader,
    NoOrigin,
}

impl Scenario {
    pub const ALL: [Self; 7] = [
        Self::ActualAllowed,
        Self::ActualRefused,
        Self::PreflightAllowed,
        Self::PreflightRefusedByOrigin,
        Self::PreflightRefusedByMethod,
        Self::PreflightRefusedByHeader,
        Self::NoOrigin,
    ];

    pub fn name(self) -> &'static str {
        match self {
            Self::ActualAllowed => "actual, allowed",
            Self::ActualRefused => "actual, refused",
            Self::PreflightAllowed => "preflight, allowed",
            Self::PreflightRefusedByOrigin => "preflight, refused by origin",
            Self::PreflightRefusedByMethod => "preflight, refused by method",
            Self::PreflightRefusedByHeader => "preflight, refused by header",
            Self::NoOrigin => "no `Origin`",
        }
    }

    pub fn is_preflight(self) -> bool {
        !matches!(self, Self::ActualAllowed | Self::ActualRefused | Self::NoOrigin)
    }

    /// The request, from this origin unless the scenario needs another one.
    pub fn request(self, allowed: &str) -> Request<()> {
        let origin = match self {
            Self::ActualRefused | Self::PreflightRefusedByOrigin => "https://somebody-else.example",
            _ => allowed,
        };
        let (method, names) = match self {
            Self::PreflightRefusedByMethod => ("PURGE", "authorization,content-type,x-request-id"),
            Self::PreflightRefusedByHeader => ("PUT", "authorization,content-type,x-something"),
            _ => ("PUT", "authorization,content-type,x-request-id"),
        };
        let mut request = from_browser(if self.is_preflight() { "OPTIONS" } else { "GET" });
        let headers = request.headers_mut();
        if self != Self::NoOrigin {
            headers.insert("origin", origin.parse().unwrap());
        }
        if self.is_preflight() {
            headers.insert("access-control-request-method", method.parse().unwrap());
            headers.insert("access-control-request-headers", names.parse().unwrap());
        }
        request
    }
}

/// A request with the other headers that browsers send.
fn from_browser(method: &str) -> Request<()> {
    Request::builder()
        .method(method)
        .uri("/items/7?page=2")
        .header("host", "api.example")
        .header("user-agent", "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0")
        .header("accept", "*/*")
        .header("accept-language", "en-US,en;q=0.5")
        .header("accept-encoding", "gzip, deflate, br, zstd")
        .header("referer", "https://app.example/")
        .body(())
        .unwrap()
}

/// A preflight with `Access-Control-Request-Headers` as an attacker might send it.
pub fn hostile_preflight(allowed: &str, names: String) -> Request<()> {
    let mut request = Scenario::PreflightAllowed.request(allowed);
    request.headers_mut().insert("access-control-request-headers", names.try_into().unwrap());
    request
}

/// 16 KiB of commas.
pub fn commas() -> String {
    ",".repeat(16 << 10)
}

/// 2,000 names.
pub fn many_names() -> String {
    (0..2000).map(|index| format!("x-{index:04}")).collect::<Vec<_>>().join(",")
}

/// This many allowed origins, without wildcards.
pub fn origins(count: usize) -> Vec<String> {
    (0..count).map(|index| format!("https://tenant-{index:06}.example")).collect()
}

/// The origin in the middle, because some crates search in order.
pub fn middle(origins: &[String]) -> &str {
    &origins[origins.len() / 2]
}

/// The domain of every tenth origin. The policy has a pattern for its subdomains.
pub fn wildcard_domains(origins: &[String]) -> Vec<String> {
    let domains = origins.iter().map(|origin| origin.trim_start_matches("https://").to_owned());
    domains.step_by(10).collect()
}

/// An origin that only the wildcard in the middle matches.
pub fn under_wildcard(domains: &[String]) -> String {
    format!("https://www.{}", domains[domains.len() / 2])
}

/// The policy of the comparison, with these origins and the subdomains of these domains.
pub fn policy(origins: &[String], domains: &[String]) -> Policy {
    Policy::builder()
        .allow_origins(origins)
        .allow_origins(domains.iter().map(|domain| format!("https://*.{domain}")))
        .allow_credentials()
        .allow_methods(METHODS)
        .allow_headers(HEADERS)
        .expose_headers(EXPOSED)
        .max_age(MAX_AGE)
        .build()
        .unwrap()
}

/// The complete job of a server, from the head of a request to the headers of its response.
pub fn respond<B>(policy: &Policy, request: &Request<B>) -> HeaderMap {
    let decision = policy.decide(request.method(), request.headers());
    let mut response = HeaderMap::new();
    decision.apply(&mut response);
    response
}
