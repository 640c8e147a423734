//! A redirect from one server to another, each behind its own policy.

use crossorigin::{
    browser::{OutgoingRequest, Page, Profile, Request, ResponseHead},
    http::{HeaderMap, header::LOCATION},
    oracle::{PolicyServer, Server},
    origin::{Origin, TupleOrigin},
};
use proptest::{prelude::*, sample::select};

use super::scenario::{
    fresh, handler, head, is_same_origin, page_near, profile_with_standard_preflights, request_of,
};
use crate::{
    distribution::reaches,
    proptest_config::cases,
    reference::{policy, settings::PolicySettings},
    strategies::{http_origin, policy_settings},
};

/// A page sends a request to one server, which redirects it to another.
#[derive(Debug, Clone)]
struct Detour {
    request: Request,
    first: PolicySettings,
    status: u16,
    second: PolicySettings,
    /// The request as if the page had sent it to the second server directly.
    onward: Request,
    profile: Profile,
    handler: ResponseHead,
}

fn detour() -> impl Strategy<Value = Detour> {
    let servers = (policy_settings(), http_origin(), policy_settings(), http_origin()).boxed();
    let parts = servers.prop_flat_map(|(first, server, second, other)| {
        // The first or the second policy knows the page, and the two policies are often equal.
        let known = second.clone();
        let second = prop_oneof![2 => Just(second.clone()), 1 => Just(first.clone())];
        let status = select(&[301_u16, 302, 303, 307, 308][..]);
        let pages = prop_oneof![2 => page_near(&first, &server), 1 => page_near(&known, &server)];
        let requests = pages.prop_flat_map({
            let (settings, server) = (first.clone(), server.clone());
            move |page| {
                // The page's own server too, if its origin has a URL.
                let own = page.origin().as_tuple().filter(|tuple| Page::new(tuple.as_str()).is_ok()).cloned();
                let own = own.filter(|tuple| tuple.scheme().starts_with("http"));
                let firsts = [Some(server.clone()), Some(server.clone()), own.clone()];
                let targets = [Some(server.clone()), Some(other.clone()), Some(other.clone()), own];
                let [firsts, targets] = [&firsts[..], &targets[..]]
                    .map(|some| some.iter().flatten().cloned().collect::<Vec<_>>());
                let settings = settings.clone();
                let request = select(firsts).prop_flat_map(move |first| request_of(&settings, &page, &first));
                (request, select(targets))
            }
        });
        (requests, Just(first), status, second, profile_with_standard_redirects(), handler())
    });
    parts.prop_map(|((request, target), first, status, second, profile, handler)| {
        let mut onward = request.clone();
        onward.url = format!("{target}/elsewhere").parse().unwrap();
        Detour { request, first, status, second, onward, profile, handler }
    })
}

/// Redirects follow the standard, too, because the expected outcome is computed with the rules of the
/// standard.
fn profile_with_standard_redirects() -> impl Strategy<Value = Profile> {
    profile_with_standard_preflights().prop_map(|mut profile| {
        for rule in Profile::rule_names().filter(|rule| rule.starts_with("redirect.")) {
            profile = profile.with_rule_of(&rule, &Profile::standard());
        }
        profile
    })
}

impl Detour {
    /// The outcome, computed from the settings alone.
    fn expected(&self) -> Option<&'static str> {
        let page = &self.request.origin;
        let is_shared =
            |settings, origin: &str, request| policy::shares(settings, origin, request, &self.profile);
        let leaves = !is_same_origin(page, &self.request);
        if leaves && !is_shared(&self.first, page.serialize(), &self.request) {
            return None;
        }
        let crosses = self.request.url.origin() != self.onward.url.origin();
        let onward = policy::redirected(&self.onward, self.status, crosses)?;
        if !leaves && !crosses {
            return Some("basic");
        }
        // A server of another origin redirects to a third origin, so the browser sends `Origin: null`.
        let origin = if leaves && crosses { "null" } else { page.serialize() };
        is_shared(&self.second, origin, &onward).then_some("cors")
    }

    fn servers(&self) -> impl Server + use<> {
        let mut location = HeaderMap::new();
        location.insert(LOCATION, self.onward.url.as_str().parse().unwrap());
        let redirect = head(self.status, &location);
        let mut first =
            PolicyServer::new(self.first.to_builder().build().unwrap(), move |_: &OutgoingRequest| {
                redirect.clone()
            });
        let mut second = super::scenario::server(&self.second, &self.handler);
        move |request: &OutgoingRequest| match request.url.path() {
            "/elsewhere" => second.respond(request),
            _ => first.respond(request),
        }
    }
}

proptest! {
    #![proptest_config(cases(256))]

    /// A page can read the response after a redirect exactly if both servers share with it. The second server
    /// must share with `null` if a server of another origin than the page's redirected the page to a third
    /// origin.
    #[test]
    fn both_servers_must_share(it in detour()) {
        let transcript = fresh(&it.profile).fetch(it.request.clone(), &mut it.servers());
        let found = transcript.outcome().as_ref().map(|response| response.response_type().as_str()).ok();
        prop_assert_eq!(found, it.expected(), "{}", transcript);
    }

    /// A fetch through a redirect has the same outcome with the cache entries of earlier fetches.
    #[test]
    fn a_repeated_detour_has_the_same_outcome(it in detour(), direct in any::<bool>()) {
        let (mut oracle, mut servers) = (fresh(&it.profile), it.servers());
        if direct {
            let _ = oracle.fetch(it.onward.clone(), &mut servers);
        }
        let first = oracle.fetch(it.request.clone(), &mut servers);
        let second = oracle.fetch(it.request.clone(), &mut servers);
        for transcript in [&first, &second] {
            let found = transcript.outcome().as_ref().map(|response| response.response_type().as_str()).ok();
            prop_assert_eq!(found, it.expected(), "{}", transcript);
        }
    }
}

/// Every outcome is reached in every way: the property would prove little if all detours were refused.
#[test]
fn detours_have_every_outcome() {
    let expected = [
        "to another server, which shares",
        "to another server, which does not share",
        "between other servers, which share",
        "between other servers, which do not share",
        "within another server, which shares",
        "within another server, which does not share",
        "within the page's own server",
        "within the page's own server, with a stream",
    ];
    // A stream within the page's own server is the rarest case, once in 130.
    reaches(detour(), 15_000, &expected, |it, counts| {
        let crosses = it.request.url.origin() != it.onward.url.origin();
        counts.add(match (is_same_origin(&it.request.origin, &it.request), crosses, it.expected()) {
            (true, true, Some("cors")) => "to another server, which shares",
            (true, true, None) => "to another server, which does not share",
            (false, true, Some("cors")) => "between other servers, which share",
            (false, true, None) => "between other servers, which do not share",
            (false, false, Some("cors")) => "within another server, which shares",
            (false, false, None) => "within another server, which does not share",
            (true, false, Some("basic")) => "within the page's own server",
            (true, false, None) => "within the page's own server, with a stream",
            other => panic!("{other:?}"),
        });
    });
}

/// A page whose own server redirects it to another server keeps its origin.
#[test]
fn a_redirect_by_its_own_server_keeps_the_origin_of_a_page() {
    let origin: TupleOrigin = "https://app.test".parse().unwrap();
    let page = Page::new("https://app.test/").unwrap();
    assert_eq!(page.origin(), &Origin::Tuple(origin));
    let mut servers = |request: &OutgoingRequest| {
        let mut headers = HeaderMap::new();
        if request.url.path() == "/" {
            headers.insert(LOCATION, "https://api.test/x".parse().unwrap());
            return head(307, &headers);
        }
        headers.insert("access-control-allow-origin", "https://app.test".parse().unwrap());
        head(200, &headers)
    };
    let request = page.fetch("/").build().unwrap();
    assert!(fresh(&Default::default()).fetch(request, &mut servers).outcome().is_ok());
}
