//! The intended outcome of a case, computed from the settings of its policies without using a policy.

use crossorigin::{
    browser::{CredentialsMode, Profile, Request},
    http::header::LOCATION,
};
use serde_json::{Value, json};

use super::{
    case::{Case, Server},
    reference::policy,
};

/// The intended outcome of each step: whether the page may read the response, which of the handler's headers
/// it sees, the number of preflights, and whether cookies went to the first server, if they can be observed.
pub(crate) fn intent(case: &Case) -> Value {
    let profile = Profile::standard();
    let mut before: Vec<&Request> = Vec::new();
    let steps = case.requests.iter().map(|request| {
        let repeats = before.iter().any(|other| same_preflight(other, request));
        before.push(request);
        Way { case, profile: &profile, repeats, preflights: 0 }.walk(request)
    });
    steps.collect()
}

/// Returns whether two requests have equal preflights.
fn same_preflight(one: &Request, other: &Request) -> bool {
    let parts = |request: &Request| (request.url.clone(), request.method.clone(), request.credentials);
    let names = |request: &Request| request.headers.iter().map(|(name, _)| name.clone()).collect::<Vec<_>>();
    parts(one) == parts(other) && names(one) == names(other)
}

/// A request on its way from server to server.
struct Way<'a> {
    case: &'a Case,
    profile: &'a Profile,
    /// Whether the page has sent an equal request before.
    repeats: bool,
    preflights: usize,
}

impl Way<'_> {
    fn walk(mut self, initial: &Request) -> Value {
        let mut request = initial.clone();
        let page = request.origin.serialize().to_owned();
        let (mut origin, mut left) = (page.clone(), false);
        loop {
            let server = &self.case.servers[request.url.as_str()];
            let own = request.url.origin().ascii_serialization();
            left |= page != own;
            if left && !self.is_shared(server, &origin, &request) {
                return json!({"outcome": "error", "preflights": self.preflights});
            }
            let Some(location) = location(server) else {
                return self.delivered(server, initial, &page, left);
            };
            request.url = request.url.join(location).unwrap();
            let crosses = request.url.origin().ascii_serialization() != own;
            // A server of another origin redirects to a third origin, so the browser sends `Origin: null`.
            if left && crosses {
                origin = "null".to_owned();
            }
            request = policy::redirected(&request, server.status.as_u16(), crosses).unwrap();
        }
    }

    /// Returns whether the server shares with the page. Counts the preflight, if there is one.
    fn is_shared(&mut self, server: &Server, origin: &str, request: &Request) -> bool {
        let shared = policy::shares(&server.settings, origin, request, self.profile);
        let asks = policy::preflight_for(request, self.profile).is_some();
        let remembers = self.repeats && shared && server.settings.max_age != Some(0);
        self.preflights += usize::from(asks && !remembers);
        shared
    }

    fn delivered(&self, server: &Server, initial: &Request, page: &str, left: bool) -> Value {
        let names = server.headers.keys().map(|name| name.as_str());
        // The policy overwrites the CORS headers of the handler.
        let names = names.filter(|name| !name.starts_with("access-control-") && *name != "vary");
        let names = names.filter(|name| match left {
            true => policy::exposes(&server.settings, name),
            false => !name.starts_with("set-cookie"),
        });
        let mut names: Vec<_> = names.collect();
        names.sort_unstable();
        let mut intent = json!({
            "outcome": if left { "cors" } else { "basic" },
            "status": server.status.as_u16(),
            "headers": names,
            "preflights": self.preflights,
        });
        // Browsers have rules of their own for cookies of hosts other than the page's.
        if page != "null" && host(page) == host(&initial.url.origin().ascii_serialization()) {
            let own = page == initial.url.origin().ascii_serialization();
            intent["cookies"] = match initial.credentials {
                CredentialsMode::Include => true,
                CredentialsMode::SameOrigin => own,
                CredentialsMode::Omit => false,
            }
            .into();
        }
        intent
    }
}

/// The target of the server's redirect, if it redirects.
fn location(server: &Server) -> Option<&str> {
    let location = server.headers.get(LOCATION).filter(|_| server.status.is_redirection())?;
    location.to_str().ok()
}

fn host(origin: &str) -> &str {
    let (_, authority) = origin.split_once("://").unwrap_or_default();
    authority.rsplit_once(':').map_or(authority, |(host, _)| host)
}
