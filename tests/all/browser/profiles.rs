//! The effect of each rule of a profile: each story is played with the standard, and again with the rule of
//! an engine.

mod bodies;
mod cache;
mod initiators;
mod opaque_responses;
mod redirects;
mod request_metadata;
mod requests;
mod responses;

use std::time::Duration;

use crossorigin::{
    browser::{
        Body, CacheMode, CredentialsMode, CrossOriginAttribute, Destination, EmbedderPolicy, FetchCall,
        Initiator, Mode, OutgoingRequest, Page, PartitionKey, Phase, Profile, RedirectMode, Referrer,
        ReferrerPolicy, Request, RequestBuilder, RequestKind, Step, Timestamp, UserAgent, Warning,
    },
    http::{
        Method,
        header::{ACCEPT, AUTHORIZATION, CONTENT_TYPE},
    },
    oracle::{Oracle, Routes},
    origin::{OpaqueOrigin, Origin},
};

use super::support::{A, B, C, ScriptedResponse, ok, page, pf, redirect, rule};

/// The fetches of a page, one per second, and its servers.
#[derive(Clone, Default)]
struct Story {
    fetches: Vec<Request>,
    routes: Routes,
}

fn request(method: &str, url: &str) -> Request {
    Request::new(&page(A), Method::from_bytes(method.as_bytes()).unwrap(), url.parse().unwrap())
}

fn with_header(mut request: Request, name: &str, value: impl AsRef<[u8]>) -> Request {
    request.headers.append(name.parse().unwrap(), value).unwrap();
    request
}

fn with(mut request: Request, change: impl FnOnce(&mut Request)) -> Request {
    change(&mut request);
    request
}

fn sandboxed() -> Page {
    Page::with_origin(A.parse().unwrap(), Origin::Opaque(OpaqueOrigin(0)))
}

/// The response to a preflight that allows everything in these stories, for a minute.
fn permission() -> ScriptedResponse {
    let permission = pf().allow_origin("{origin}").allow_credentials("true").max_age("60");
    permission.allow_methods("PUT, PATCH, DELETE").allow_headers("x-a, authorization, content-type")
}

/// A response that any page may read.
fn shared(response: ScriptedResponse) -> ScriptedResponse {
    response.allow_origin("{origin}").allow_credentials("true")
}

fn fetches(fetches: impl IntoIterator<Item = Request>) -> Story {
    Story { fetches: fetches.into_iter().collect(), ..Story::default() }
}

impl Story {
    fn at(
        mut self,
        url: &str,
        preflight: ScriptedResponse,
        responses: impl IntoIterator<Item = ScriptedResponse>,
    ) -> Self {
        let responses = responses.into_iter().map(ScriptedResponse::into_response).collect();
        self.routes.insert(&url.parse().unwrap(), vec![preflight.into_response()], responses);
        self
    }

    /// The requests and the outcomes as text. A preflight begins with `?`, and the `Origin` follows `@`.
    fn play(&self, profile: Profile) -> String {
        let mut oracle = Oracle::with_user_agent(page(A), UserAgent::new(profile));
        let mut routes = self.routes.clone();
        let lines = self.fetches.iter().map(|request| {
            let transcript = oracle.fetch(request.clone(), &mut routes);
            oracle.advance(Duration::from_secs(1));
            let mut words: Vec<_> = transcript.requests().map(sent).collect();
            words.push(match transcript.outcome() {
                Ok(response) => response.response_type().as_str().to_owned(),
                Err(error) => error.reason().name().to_owned(),
            });
            words.join(", ")
        });
        lines.collect::<Vec<_>>().join(" | ")
    }

    /// Asserts the text of the story with the standard, and with a changed rule.
    #[track_caller]
    fn check(&self, change: impl FnOnce(&mut Profile), by_standard: &str, with_the_rule: &str) {
        assert_eq!(self.play(Profile::standard()), by_standard, "with the standard");
        let mut profile = Profile::standard();
        change(&mut profile);
        assert_eq!(self.play(profile), with_the_rule, "with the rule");
    }
}

fn sent(out: &OutgoingRequest) -> String {
    let header = |name: &str| {
        let value = out.headers.get(&name.parse().unwrap())?;
        Some(String::from_utf8_lossy(&value).into_owned())
    };
    let mut words = match out.kind {
        RequestKind::Preflight => {
            let names = header("access-control-request-headers").map(|names| format!("+{names}"));
            format!("?{}{}", header("access-control-request-method").unwrap(), names.unwrap_or_default())
        }
        RequestKind::Actual => out.method.to_string(),
    };
    if let Some(origin) = header("origin") {
        words += if origin == A { "@A" } else { "@null" };
    }
    for (name, sign) in [("content-type", " type"), ("authorization", " auth"), ("user-agent", " agent")] {
        words += header(name).map_or("", |_| sign);
    }
    if out.credentials { words + " cookies" } else { words }
}

/// A story of requests to B.
fn to_b(requests: impl IntoIterator<Item = Request>) -> Story {
    fetches(requests).at(B, permission(), [shared(ok())])
}

/// A story in which B redirects to C.
fn redirected(request: Request, status: u16) -> Story {
    fetches([request]).at(B, permission(), [shared(redirect(status, C))]).at(C, permission(), [shared(ok())])
}

/// Cases and people choose a profile by its name.
#[test]
fn profiles_are_known_by_name() {
    for profile in Profile::all() {
        assert_eq!(Profile::named(profile.name()), Some(profile));
    }
    assert_eq!(Profile::all().map(|profile| profile.name()), ["standard", "chromium", "firefox", "webkit"]);
    assert_eq!(Profile::named("safari"), None);
    assert_eq!(Profile::default(), Profile::standard());
}
