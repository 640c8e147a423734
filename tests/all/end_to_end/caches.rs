//! Caches change no outcome: neither the preflight cache of a browser, nor an HTTP cache that obeys `Vary`.

use std::time::Duration;

use crossorigin::{
    browser::{OutgoingRequest, Profile, Request, RequestKind, ResponseHead},
    header_list::HeaderList,
    http::{HeaderName, header::VARY},
    oracle::{Server, ServerResponse, Transcript},
};
use proptest::{collection, prelude::*, sample::select};

use super::scenario::{
    fresh, full_outcome, handler, page_near, request_of, request_to, scenario, server, visible_outcome,
};
use crate::{
    distribution::reaches,
    proptest_config::cases,
    reference::settings::PolicySettings,
    strategies::{http_origin, policy_settings, profile},
};

/// Several requests of several pages to one server, and the seconds that pass before each.
#[derive(Debug, Clone)]
struct Sequence {
    settings: PolicySettings,
    requests: Vec<(u64, Request)>,
    profile: Profile,
    handler: ResponseHead,
}

fn sequence() -> impl Strategy<Value = Sequence> {
    let servers = (policy_settings(), http_origin()).boxed();
    let parts = servers.prop_flat_map(|(settings, server)| {
        let pause = select(&[0_u64, 0, 1, 4, 5, 6, 600, 100_000][..]);
        // One page that sends several requests, with requests of other pages in between.
        let of_others = collection::vec((pause.clone(), request_to(&settings, &server)), 0..3);
        let of_one = page_near(&settings, &server).prop_flat_map({
            let settings = settings.clone();
            move |page| collection::vec((pause.clone(), request_of(&settings, &page, &server)), 2..5)
        });
        let same_url = prop_oneof![4 => Just(true), 1 => Just(false)];
        (Just(settings), of_one, of_others, same_url, profile(), handler())
    });
    parts.prop_map(|(settings, mut requests, others, same_url, profile, handler)| {
        requests.splice(1..1, others);
        let first = requests.first().map(|(_, request)| request.clone()).filter(|_| same_url);
        for (_, request) in &mut requests {
            if let Some(first) = &first {
                // All requests are of one tab. Otherwise the partitions would separate them, and not their
                // origins.
                (request.url, request.partition) = (first.url.clone(), first.partition.clone());
            }
        }
        Sequence { settings, requests, profile, handler }
    })
}

proptest! {
    #![proptest_config(cases(256))]

    /// A repeated fetch has the outcome of the first one, and of one in a fresh user agent, no matter how
    /// much time has passed. The cache saves preflights only: all other requests are sent as before.
    #[test]
    fn a_repeated_fetch_has_the_same_outcome(it in scenario(), seconds in select(&[0_u64, 1, 5, 6, 1000][..])) {
        let (mut oracle, mut server) = (fresh(&it.profile), server(&it.settings, &it.handler));
        let first = oracle.fetch(it.request.clone(), &mut server);
        oracle.advance(Duration::from_secs(seconds));
        let second = oracle.fetch(it.request.clone(), &mut server);
        prop_assert_eq!(full_outcome(first.outcome()), full_outcome(second.outcome()), "{}\nthen\n{}", first, second);
        prop_assert_eq!(full_outcome(it.play().outcome()), full_outcome(second.outcome()));
        prop_assert_eq!(actual_requests(&first), actual_requests(&second));
        prop_assert!(second.requests().count() <= first.requests().count());
    }

    /// No earlier fetch, of this page or of another one, changes the outcome of a fetch. A cache entry allows
    /// no more than the server allowed. No request is sent, for example with credentials, that a fresh user
    /// agent would not send.
    #[test]
    fn earlier_fetches_change_no_outcome(it in sequence()) {
        let (mut oracle, mut server) = (fresh(&it.profile), server(&it.settings, &it.handler));
        for (seconds, request) in &it.requests {
            oracle.advance(Duration::from_secs(*seconds));
            let used = oracle.fetch(request.clone(), &mut server);
            let new = fresh(&it.profile).fetch(request.clone(), &mut server);
            prop_assert_eq!(full_outcome(used.outcome()), full_outcome(new.outcome()), "{}\nfresh:\n{}", used, new);
            prop_assert_eq!(actual_requests(&used), actual_requests(&new));
        }
    }

    /// An HTTP cache between browser and server changes no outcome either. It serves every request that has
    /// the same values in the headers which `Vary` names. So `Vary` names everything that a response depends
    /// on.
    ///
    /// The cache stores responses to `OPTIONS` too, although they are not cacheable.
    #[test]
    fn a_cache_that_obeys_vary_changes_nothing(it in sequence()) {
        let mut cached = Caching { server: server(&it.settings, &it.handler), kept: Vec::new() };
        let mut plain = server(&it.settings, &it.handler);
        for (_, request) in &it.requests {
            let with = fresh(&it.profile).fetch(request.clone(), &mut cached);
            let without = fresh(&it.profile).fetch(request.clone(), &mut plain);
            prop_assert_eq!(visible_outcome(with.outcome()), visible_outcome(without.outcome()), "{}\nwithout:\n{}", with, without);
        }
    }

}

fn actual_requests(transcript: &Transcript) -> Vec<OutgoingRequest> {
    transcript.requests().filter(|request| request.kind == RequestKind::Actual).cloned().collect()
}

/// A cache that stores every response forever.
struct Caching<S> {
    server: S,
    kept: Vec<(OutgoingRequest, ResponseHead)>,
}

impl<S: Server> Server for Caching<S> {
    fn respond(&mut self, request: &OutgoingRequest) -> ServerResponse {
        let serves = |(kept, head): &&(OutgoingRequest, ResponseHead)| {
            let same = (&kept.method, &kept.url) == (&request.method, &request.url);
            same && vary(&head.headers).iter().all(|name| {
                let name = name.parse::<HeaderName>().unwrap();
                name != "*" && kept.headers.get(&name) == request.headers.get(&name)
            })
        };
        if let Some((_, head)) = self.kept.iter().find(serves) {
            return head.clone().into();
        }
        let response = self.server.respond(request);
        if let ServerResponse::Response(head) | ServerResponse::Judged(head, _) = &response {
            self.kept.push((request.clone(), head.clone()));
        }
        response
    }
}

fn vary(headers: &HeaderList) -> Vec<String> {
    let value = headers.get(&VARY).unwrap_or_default();
    let members =
        value.split(|byte| *byte == b',').map(|it| String::from_utf8_lossy(it.trim_ascii()).to_lowercase());
    members.filter(|member| !member.is_empty()).collect()
}

/// A cache gives an accepting response to no preflight that the policy refuses. By the standard, a browser
/// would accept it for any method if the page forced the preflight and the response lists no methods.
#[test]
fn a_forced_preflight_does_not_get_past_a_cache() {
    use crossorigin::{browser::Page, http::HeaderMap, oracle::PolicyServer, server::Policy};

    let page = Page::new("https://a.test/").unwrap();
    let [mut get, mut put] =
        ["GET", "PUT"].map(|method| page.fetch("https://b.test/").method(method).build().unwrap());
    (get.use_cors_preflight, put.use_cors_preflight) = (true, true);
    let policy = Policy::builder().allow_origin("https://a.test").build().unwrap();
    let server =
        PolicyServer::new(policy, |_: &OutgoingRequest| super::scenario::head(200, &HeaderMap::new()));
    let mut cached = Caching { server, kept: Vec::new() };
    assert!(fresh(&Profile::standard()).fetch(get.clone(), &mut cached).outcome().is_ok());
    assert!(fresh(&Profile::standard()).fetch(put, &mut cached).outcome().is_err());
    let kept = cached.kept.len();
    assert!(fresh(&Profile::standard()).fetch(get, &mut cached).outcome().is_ok());
    assert_eq!(cached.kept.len(), kept, "the first preflight and its request are served from the cache");
}

/// The only exception to the property that server and browser agree: the policy allows any header, the browser
/// follows the standard, and `*` does not cover `authorization`.
#[test]
fn a_wildcard_does_not_cover_authorization_by_the_standard() {
    use crossorigin::{browser::Page, http::HeaderMap, oracle::PolicyServer, server::Policy};

    let page = Page::new("https://a.test/").unwrap();
    let call = page.fetch("https://b.test/").header("authorization", "1").build().unwrap();
    for (profile, is_readable) in Profile::all().into_iter().map(|it| (it.clone(), it != Profile::standard()))
    {
        for names in [&["*"][..], &["*", "authorization"]] {
            let policy =
                Policy::builder().allow_origin("https://a.test").allow_headers(names).build().unwrap();
            let mut server = PolicyServer::new(policy, |_: &OutgoingRequest| {
                super::scenario::head(200, &HeaderMap::new())
            });
            let transcript = fresh(&profile).fetch(call.clone(), &mut server);
            assert_eq!(transcript.outcome().is_ok(), is_readable || names.len() == 2, "{transcript}");
            if let Err(error) = transcript.outcome() {
                assert_eq!(error.reason().name(), "AuthorizationNeedsExplicitListing");
            }
        }
    }
}

/// The properties above would prove little if the caches were never used.
#[test]
fn caches_are_used() {
    let expected = ["a preflight is spared", "a response is kept"];
    reaches((scenario(), sequence()), 2_000, &expected, |(it, sequence), counts| {
        let (mut oracle, mut server) = (fresh(&it.profile), server(&it.settings, &it.handler));
        let first = oracle.fetch(it.request.clone(), &mut server).requests().count();
        if oracle.fetch(it.request.clone(), &mut server).requests().count() < first {
            counts.add("a preflight is spared");
        }

        let server = super::scenario::server(&sequence.settings, &sequence.handler);
        let mut cached = Caching { server, kept: Vec::new() };
        let requests = sequence.requests.iter();
        let sent = requests.map(|(_, request)| fresh(&sequence.profile).fetch(request.clone(), &mut cached));
        if sent.map(|transcript| transcript.requests().count()).sum::<usize>() > cached.kept.len() {
            counts.add("a response is kept");
        }
    });
}
