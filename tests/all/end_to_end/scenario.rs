//! One page, one server behind a policy, and the request of the page to the server.

use crossorigin::{
    browser::{Outcome, OutgoingRequest, Page, Profile, Reason, Request, ResponseHead, UserAgent},
    header_list::HeaderList,
    http::{HeaderMap, StatusCode},
    method::normalize_method,
    oracle::{Oracle, PolicyServer, Server, Transcript},
    origin::{OpaqueOrigin, Origin, TupleOrigin},
    server::OriginPattern,
};
use proptest::{
    prelude::*,
    sample::{select, subsequence},
    strategy::BoxedStrategy,
};

use crate::{
    reference::settings::PolicySettings,
    strategies::{
        cors_request, handler_headers, http_origin, matching_origin, nearly_matching_origin, origin, page_of,
        policy_settings, profile,
    },
};

/// A request to a server behind a policy.
#[derive(Debug, Clone)]
pub(crate) struct Scenario {
    pub(crate) settings: PolicySettings,
    pub(crate) request: Request,
    pub(crate) profile: Profile,
    pub(crate) handler: ResponseHead,
}

pub(crate) fn scenario() -> impl Strategy<Value = Scenario> {
    let server = (policy_settings(), http_origin()).boxed();
    let parts = server.prop_flat_map(|(settings, server)| {
        let requests = request_to(&settings, &server);
        (Just(settings), requests, profile_that_sends_streams(), handler())
    });
    parts.prop_map(|(settings, request, profile, handler)| Scenario { settings, request, profile, handler })
}

/// Every profile, except that a stream is sent as a stream. Firefox sends a text instead, and WebKit sends nothing.
pub(crate) fn profile_that_sends_streams() -> impl Strategy<Value = Profile> {
    profile().prop_map(|profile| profile.with_rule_of("request_headers.streams", &Profile::standard()))
}

/// These profiles, except that a preflight after a redirect describes the request that follows, with its
/// origin. In Firefox and WebKit it describes headers that the redirect removed. Firefox sends the page's
/// origin with it, even if the request itself is sent with another one.
pub(crate) fn profile_with_standard_preflights() -> impl Strategy<Value = Profile> {
    profile_that_sends_streams().prop_map(|profile| {
        let rules = ["preflight.sends_page_origin", "preflight.headers", "redirect.body_type_is_a_header"];
        rules.into_iter().fold(profile, |profile, rule| profile.with_rule_of(rule, &Profile::standard()))
    })
}

/// Pages with origins that the policy allows, that it nearly allows, with the server's own origin, and
/// others.
pub(crate) fn page_near(settings: &PolicySettings, server: &TupleOrigin) -> BoxedStrategy<Page> {
    let patterns: Vec<_> = settings.origins.iter().filter_map(|text| text.parse().ok()).collect();
    let (tuple, near) = if patterns.is_empty() {
        (http_origin().boxed(), http_origin().boxed())
    } else {
        let pattern = select(patterns);
        let nearly = pattern.clone().prop_flat_map(|pattern: OriginPattern| nearly_matching_origin(&pattern));
        (pattern.prop_flat_map(|pattern| matching_origin(&pattern)).boxed(), nearly.boxed())
    };
    prop_oneof![
        12 => tuple.prop_map(Origin::Tuple),
        3 => near.prop_map(Origin::Tuple),
        1 => Just(Origin::Tuple(server.clone())),
        1 => Just(Origin::Opaque(OpaqueOrigin(0))),
        1 => origin(),
    ]
    .prop_flat_map(|origin| page_of(&origin))
    .boxed()
}

pub(crate) fn request_to(settings: &PolicySettings, server: &TupleOrigin) -> BoxedStrategy<Request> {
    let (settings, server) = (settings.clone(), server.clone());
    page_near(&settings, &server).prop_flat_map(move |page| request_of(&settings, &page, &server)).boxed()
}

/// Requests of a page. Half of them have a method and headers that the policy lists or nearly lists, because
/// few others would pass a preflight.
pub(crate) fn request_of(
    settings: &PolicySettings,
    page: &Page,
    server: &TupleOrigin,
) -> BoxedStrategy<Request> {
    let cases =
        |text: &String| [text.clone(), text.clone(), text.to_ascii_uppercase(), text.to_ascii_lowercase()];
    let mut methods: Vec<_> = settings.methods.iter().flat_map(cases).collect();
    methods.push("PUT".to_owned());
    let mut names = settings.headers.clone();
    names.extend(["authorization", "x-a"].map(str::to_owned));
    let names = subsequence(names, 0..3);
    let changed =
        (cors_request(page, server), select(methods), names).prop_map(|(mut request, method, names)| {
            request.method = normalize_method(method.as_bytes()).unwrap();
            request.headers = HeaderList::new();
            for name in names {
                request.headers.append(name.parse().unwrap(), "1").unwrap();
            }
            request
        });
    prop_oneof![1 => cors_request(page, server), 1 => changed].boxed()
}

/// The response of a handler: any status except redirects, and headers that it should leave to the policy.
pub(crate) fn handler() -> impl Strategy<Value = ResponseHead> + Clone {
    let status = select(&[200_u16, 200, 201, 204, 404, 500][..]);
    (status, handler_headers()).prop_map(|(status, headers)| head(status, &headers))
}

pub(crate) fn head(status: u16, headers: &HeaderMap) -> ResponseHead {
    ResponseHead { status: StatusCode::from_u16(status).unwrap(), headers: headers.into() }
}

/// A server behind the policy, whose handler always sends the same response.
pub(crate) fn server(settings: &PolicySettings, handler: &ResponseHead) -> impl Server + use<> {
    let handler = handler.clone();
    PolicyServer::new(settings.to_builder().build().unwrap(), move |_: &OutgoingRequest| handler.clone())
}

/// A user agent without any history.
pub(crate) fn fresh(profile: &Profile) -> Oracle {
    // The page is not used, because the requests have their own origins.
    let page = Page::new("https://unused.test/").unwrap();
    Oracle::with_user_agent(page, UserAgent::new(profile.clone()))
}

impl Scenario {
    /// Fetches in a fresh user agent.
    pub(crate) fn play(&self) -> Transcript {
        self.play_with(&mut server(&self.settings, &self.handler))
    }

    pub(crate) fn play_with(&self, server: &mut impl Server) -> Transcript {
        fresh(&self.profile).fetch(self.request.clone(), server)
    }

    /// The same scenario with other settings.
    pub(crate) fn under(&self, settings: PolicySettings) -> Self {
        Self { settings, ..self.clone() }
    }

    pub(crate) fn is_same_origin(&self) -> bool {
        is_same_origin(&self.request.origin, &self.request)
    }
}

/// Returns whether the URL has the page's origin. Compares text, serialized by the `url` crate.
pub(crate) fn is_same_origin(origin: &Origin, request: &Request) -> bool {
    origin.as_tuple().is_some_and(|tuple| tuple.as_str() == request.url.origin().ascii_serialization())
}

/// What a page can see of an outcome: nothing, or type, status and headers.
pub(crate) type VisibleOutcome = Option<(&'static str, Option<u16>, Vec<(String, Vec<u8>)>)>;

pub(crate) fn visible_outcome(outcome: &Outcome) -> VisibleOutcome {
    let response = outcome.as_ref().ok()?;
    let lines = response.headers().iter().map(|(name, value)| (name.to_string(), value.to_vec()));
    let mut lines: Vec<_> = lines.collect();
    lines.sort();
    let status = response.status().map(|status| status.as_u16());
    Some((response.response_type().as_str(), status, lines))
}

/// What a developer can see of an outcome: the reason too.
pub(crate) fn full_outcome(outcome: &Outcome) -> (VisibleOutcome, Option<Reason>) {
    (visible_outcome(outcome), outcome.as_ref().err().map(|error| error.reason().clone()))
}
