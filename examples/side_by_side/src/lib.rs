//! The same fetches of the same pages, from a server with another library and from a server with a policy: what a page can
//! read there, and here, by the standard and in each browser.
//!
//! Each guide in `docs/migration` has a table of the differences. A test writes it.

pub mod configurations;
mod fetches;
pub mod recorded;

use std::{
    cell::RefCell,
    collections::{BTreeMap, BTreeSet},
};

use crossorigin::{
    browser::{Outcome, OutgoingRequest, Profile},
    http::{HeaderName, HeaderValue, Method, Request, Response, StatusCode},
    oracle::Comparison,
    server::{Action, Policy},
};

/// The header that the handler sets, and that a page can read only if it is exposed.
pub const TOTAL: (&str, &str) = ("x-total", "2");

/// A server: responds to the head of a request.
pub type Server<'a> = &'a mut dyn FnMut(Request<()>) -> Response<()>;

/// Something that a page can read there and not here, or here and not there.
pub struct Difference {
    pub configuration: &'static str,
    pub request: &'static str,
    pub there: &'static str,
    pub here: &'static str,
    pub page: &'static str,
    pub profile: &'static str,
}

/// Makes all fetches in all profiles, and returns how many there were and what differs.
///
/// `there` is the server with the other library, which has each configuration at the path with its name. `policies` are the
/// equivalents here.
pub fn compare(there: Server, policies: &[(&'static str, Policy)]) -> (usize, Vec<Difference>) {
    let (mut count, mut differences) = (0, Vec::new());
    let there = RefCell::new(there);
    for (configuration, policy) in policies {
        for fetch in fetches::all() {
            let page = fetch.page();
            let request = fetch.request(&page, configuration);
            let here = Comparison::new(&page, &request, || {
                |request: &OutgoingRequest| respond(policy, &head(request))
            });
            let there = Comparison::new(&page, &request, || {
                |request: &OutgoingRequest| there.borrow_mut()(head(request))
            });
            for profile in Profile::all() {
                let profile = profile.name();
                let read = |comparison: &Comparison| read(comparison.transcript(profile).unwrap().outcome());
                let (there, here) = (read(&there), read(&here));
                count += 1;
                if there != here {
                    let (page, request) = (fetch.page, fetch.name);
                    differences.push(Difference { configuration, request, there, here, page, profile });
                }
            }
        }
    }
    (count, differences)
}

fn head(request: &OutgoingRequest) -> Request<()> {
    request.to_http().expect("the fetches have requests that HTTP libraries can express")
}

/// What the page can read.
fn read(outcome: &Outcome) -> &'static str {
    match outcome {
        Err(_) => "nothing",
        Ok(response) if !response.body_readable() => "nothing",
        Ok(response) if response.headers().contains(&HeaderName::from_static(TOTAL.0)) => "all",
        Ok(_) => "all but `x-total`",
    }
}

/// The server with the policy.
fn respond(policy: &Policy, request: &Request<()>) -> Response<()> {
    let decision = policy.decide(request.method(), request.headers());
    let mut response = match decision.action() {
        Action::CallHandler => handler(request),
        Action::Respond(status) => {
            let mut response = Response::new(());
            *response.status_mut() = status;
            response
        }
    };
    decision.apply(response.headers_mut());
    response
}

/// The application behind both: every method of `/…/item` has a response.
pub fn handler(request: &Request<()>) -> Response<()> {
    let mut response = Response::new(());
    if request.method() == Method::OPTIONS || !request.uri().path().ends_with("/item") {
        *response.status_mut() = StatusCode::NOT_FOUND;
    } else {
        response.headers_mut().insert(TOTAL.0, HeaderValue::from_static(TOTAL.1));
    }
    response
}

/// The table of the guide: what differs, for as many pages, requests and profiles at once as possible.
#[must_use]
pub fn table(count: usize, differences: &[Difference]) -> String {
    if differences.is_empty() {
        return format!("All {count} fetches read the same.\n");
    }
    // A row has its requests and the profiles by page, then the pages with the same ones.
    let mut by_page = BTreeMap::<_, BTreeMap<_, BTreeSet<_>>>::new();
    for it in differences {
        let requests = by_page.entry((it.configuration, it.there, it.here, it.page)).or_default();
        requests.entry(it.request).or_default().insert(it.profile);
    }
    let mut rows = BTreeMap::<_, Vec<_>>::new();
    for ((configuration, there, here, page), requests) in by_page {
        let mut by_profiles = BTreeMap::<_, BTreeSet<_>>::new();
        for (request, profiles) in requests {
            by_profiles.entry(profiles).or_default().insert(request);
        }
        for (profiles, requests) in by_profiles {
            rows.entry((configuration, there, here, profiles, requests)).or_default().push(page);
        }
    }
    let mut text = format!("{count} fetches, of which {} differ:\n\n", differences.len());
    text += "| configuration | pages | requests | profiles | there, the page can read | here |\n|---|---|---|---|---|---|\n";
    for ((configuration, there, here, profiles, requests), pages) in rows {
        let pages = list(pages.iter().map(|page| format!("`{page}`")), fetches::PAGES.len());
        let requests = list(requests, fetches::CALLS.len());
        let profiles = list(profiles, Profile::all().len());
        text += &format!("| `{configuration}` | {pages} | {requests} | {profiles} | {there} | {here} |\n");
    }
    text
}

fn list<T: ToString>(items: impl IntoIterator<Item = T>, all: usize) -> String {
    let items: Vec<_> = items.into_iter().map(|item| item.to_string()).collect();
    if items.len() == all { "all".to_owned() } else { items.join(", ") }
}
