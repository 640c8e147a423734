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
    ///
    /// There is one exception, in which an engine reads more out of a cache entry than the policy means: in
    /// WebKit, a cached `*` covers `authorization`. See `a_cached_wildcard_covers_authorization_in_webkit`.
    #[test]
    fn earlier_fetches_change_no_outcome(mut it in sequence()) {
        it.profile = it.profile.with_rule_of("cache.authorization_wildcard", &Profile::standard());
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
    /// The cache separates preflights from other requests, as all caches do, because responses to `OPTIONS`
    /// are not cacheable. Responses to preflights do differ in one way: an accepting one lists everything
    /// that is allowed. If a page that needs more gets it from the cache, its browser refuses instead of the
    /// server. The page cannot tell the difference.
    ///
    /// There is one exception, in which browsers read more out of an accepting response than the policy
    /// means: by the standard, a forced preflight passes without a list of methods. This does not happen with
    /// the server itself, which refuses the preflight. See `a_forced_preflight_gets_past_a_cache`.
    #[test]
    fn a_cache_that_obeys_vary_changes_nothing(mut it in sequence()) {
        it.profile = it.profile.with_method_allowed_by_force(false);
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
            let same = (kept.kind, &kept.method, &kept.url) == (request.kind, &request.method, &request.url);
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

/// The exception to the property of HTTP caches, as the documentation of `server` describes it.
#[test]
fn a_forced_preflight_gets_past_a_cache() {
    use crossorigin::{browser::Page, http::HeaderMap, oracle::PolicyServer, server::Policy};

    let page = Page::new("https://a.test/").unwrap();
    let [mut get, mut put] =
        ["GET", "PUT"].map(|method| page.fetch("https://b.test/").method(method).build().unwrap());
    (get.use_cors_preflight, put.use_cors_preflight) = (true, true);
    for (methods, gets_past) in [(&[][..], true), (&["PATCH"], false)] {
        let policy = || {
            Policy::builder()
                .allow_origin("https://a.test")
                .allow_methods(methods.iter().copied())
                .build()
                .unwrap()
        };
        let server = || {
            PolicyServer::new(policy(), |_: &OutgoingRequest| super::scenario::head(200, &HeaderMap::new()))
        };
        for by_force in [true, false] {
            let profile = Profile::standard().with_method_allowed_by_force(by_force);
            assert!(fresh(&profile).fetch(put.clone(), &mut server()).outcome().is_err());
            let mut cached = Caching { server: server(), kept: Vec::new() };
            assert!(fresh(&profile).fetch(get.clone(), &mut cached).outcome().is_ok());
            let allowed = fresh(&profile).fetch(put.clone(), &mut cached).outcome().is_ok();
            assert_eq!(allowed, gets_past && by_force);
        }
    }
}

/// The exception to the property of earlier fetches, as the documentation of `server` describes it.
#[test]
fn a_cached_wildcard_covers_authorization_in_webkit() {
    use crossorigin::{browser::Page, http::HeaderMap, oracle::PolicyServer, server::Policy};

    let page = Page::new("https://a.test/").unwrap();
    let asking = |name| page.fetch("https://b.test/").header(name, "1").build().unwrap();
    let policy = || Policy::builder().allow_origin("https://a.test").allow_any_header().build().unwrap();
    let [text, chromium, firefox, webkit] =
        [Profile::standard(), Profile::chromium(), Profile::firefox(), Profile::webkit()];
    for (profile, gets_past) in [(text, false), (chromium, false), (firefox, false), (webkit, true)] {
        let mut server =
            PolicyServer::new(policy(), |_: &OutgoingRequest| super::scenario::head(200, &HeaderMap::new()));
        assert!(fresh(&profile).fetch(asking("authorization"), &mut server).outcome().is_err());
        let mut used = fresh(&profile);
        assert!(used.fetch(asking("x-a"), &mut server).outcome().is_ok());
        assert_eq!(used.fetch(asking("authorization"), &mut server).outcome().is_ok(), gets_past);
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
