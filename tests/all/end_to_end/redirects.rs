//! A redirect from one server to another, each behind a policy of its own.

use crossorigin::{
    browser::{OutgoingRequest, Page, Profile, Request, ResponseHead},
    http::{HeaderMap, header::LOCATION},
    oracle::{PolicyServer, Server},
    origin::{Origin, TupleOrigin},
};
use proptest::{prelude::*, sample::select};

use super::scenario::{
    fresh, handler, head, is_same_origin, page_near, profile_of_true_preflights, request_of,
};
use crate::{
    distribution::reaches,
    proptest_config::cases,
    reference::{policy, settings::PolicySettings},
    strategies::{http_origin, policy_settings},
};

/// A page asks one server, which sends it to another.
#[derive(Debug, Clone)]
struct Detour {
    request: Request,
    first: PolicySettings,
    status: u16,
    second: PolicySettings,
    /// The request as if the page had asked the second server itself.
    onward: Request,
    profile: Profile,
    handler: ResponseHead,
}

fn detour() -> impl Strategy<Value = Detour> {
    let servers = (policy_settings(), http_origin(), policy_settings(), http_origin()).boxed();
    let parts = servers.prop_flat_map(|(first, server, second, other)| {
        // Pages that one of the two knows, and policies that often are the same.
        let known = second.clone();
        let second = prop_oneof![2 => Just(second.clone()), 1 => Just(first.clone())];
        let status = select(&[301_u16, 302, 303, 307, 308][..]);
        let pages = prop_oneof![2 => page_near(&first, &server), 1 => page_near(&known, &server)];
        let requests = pages.prop_flat_map({
            let (settings, server) = (first.clone(), server.clone());
            move |page| {
                // Its own server too, where that has a URL.
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
        (requests, Just(first), status, second, profile_by_the_text(), handler())
    });
    parts.prop_map(|((request, target), first, status, second, profile, handler)| {
        let mut onward = request.clone();
        onward.url = format!("{target}/elsewhere").parse().unwrap();
        Detour { request, first, status, second, onward, profile, handler }
    })
}

/// Redirects are what they are by the text, too: which are followed, and what they leave of a request, is told once below.
fn profile_by_the_text() -> impl Strategy<Value = Profile> {
    profile_of_true_preflights().prop_map(|mut profile| {
        for rule in Profile::rule_names().filter(|rule| rule.starts_with("redirect.")) {
            profile = profile.with_rule_of(&rule, &Profile::standard());
        }
        profile
    })
}

impl Detour {
    /// What comes of it, by the settings alone.
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
        // A server that is not the page's own could send it anywhere, in its name: so it goes on without one.
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

    /// A page reads what comes after a redirect exactly if both servers share with it: the second with `null`, once the
    /// page was sent on by a server that is not its own to one that is neither.
    #[test]
    fn both_servers_have_to_share(it in detour()) {
        let transcript = fresh(&it.profile).fetch(it.request.clone(), &mut it.servers());
        let found = transcript.outcome().as_ref().map(|response| response.response_type().as_str()).ok();
        prop_assert_eq!(found, it.expected(), "{}", transcript);
    }

    /// With what earlier fetches left in the cache, a fetch through a redirect ends alike.
    #[test]
    fn a_detour_again_ends_alike(it in detour(), direct in any::<bool>()) {
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

/// All ends are reached, by all ways: a property of detours that are all refused would prove little.
#[test]
fn detours_end_in_every_way() {
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
    // The rarest end, a stream within the page's own server, comes once in 130.
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
            end => panic!("{end:?}"),
        });
    });
}

/// A page of its own server, sent on by it, keeps its name.
#[test]
fn the_own_server_may_send_a_page_on() {
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
