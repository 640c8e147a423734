//! The browser side: whole fetches, and a cache of any size.

use std::hint::black_box;

use crossorigin::{
    browser::{Failure, Outcome, Page, Profile, Request, RequestKind, Step, Timestamp, UserAgent},
    header_list::HeaderList,
    http::{HeaderName, Response},
};

/// The page that sends the requests.
pub fn page() -> Page {
    Page::new("https://app.example/shop/").unwrap()
}

/// Eight headers as a page sets them. Two of them need a preflight.
pub fn eight_headers() -> HeaderList {
    let mut headers = HeaderList::new();
    for (name, value) in [
        ("accept", "application/json"),
        ("accept-language", "en-US,en;q=0.5"),
        ("content-language", "en"),
        ("content-type", "application/x-www-form-urlencoded;charset=UTF-8"),
        ("range", "bytes=0-1023"),
        ("accept", "text/plain"),
        ("authorization", "Bearer 0123456789abcdef"),
        ("x-request-id", "6f1c2d3e"),
    ] {
        headers.append(HeaderName::from_static(name), value).unwrap();
    }
    headers
}

/// A fetch of a page, with the responses of the server.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Job {
    /// `GET`, which needs no preflight.
    WithoutPreflight,
    /// `PUT` with two unsafe headers, including the preflight.
    WithPreflight,
    /// The same fetch with a cached preflight.
    CachedPreflight,
    /// Five redirects within the server's origin.
    Redirects,
    /// `GET`, and a response with 30 headers, six of them exposed.
    ThirtyHeaders,
}

impl Job {
    pub const ALL: [Self; 5] = [
        Self::WithoutPreflight,
        Self::WithPreflight,
        Self::CachedPreflight,
        Self::Redirects,
        Self::ThirtyHeaders,
    ];

    pub fn name(self) -> &'static str {
        match self {
            Self::WithoutPreflight => "fetch without preflight",
            Self::WithPreflight => "fetch with a preflight",
            Self::CachedPreflight => "fetch with a cached preflight",
            Self::Redirects => "fetch with five redirects",
            Self::ThirtyHeaders => "fetch of a response with 30 headers",
        }
    }
}

/// Everything that a job needs, made before the clock starts.
pub struct PreparedFetch {
    job: Job,
    page: Page,
    user_agent: UserAgent,
    preflight: Response<()>,
    redirect: Response<()>,
    actual: Response<()>,
}

impl PreparedFetch {
    pub fn new(job: Job) -> Self {
        let mut prepared = Self {
            job,
            page: page(),
            user_agent: UserAgent::new(Profile::standard()),
            preflight: preflight_response(match job {
                Job::CachedPreflight => "7200",
                _ => "0",
            }),
            redirect: redirect_response(),
            actual: actual_response(if job == Job::ThirtyHeaders { 30 } else { 6 }),
        };
        prepared.run();
        prepared
    }

    /// One complete fetch, from the call of `fetch()` with strings to the response that the page sees.
    pub fn run(&mut self) {
        let call = self.page.fetch(black_box("https://api.example/items/7"));
        let request = match self.job {
            Job::WithPreflight | Job::CachedPreflight => call
                .method("PUT")
                .header("Content-Type", "application/json")
                .header("X-Request-Id", "6f1c2d3e"),
            _ => call,
        };
        let outcome = self.drive(request.build().unwrap());
        assert!(black_box(outcome).is_ok());
    }

    fn drive(&mut self, request: Request) -> Outcome {
        let mut step = self.user_agent.fetch(request, Timestamp::ZERO);
        loop {
            step = match step {
                Step::Send(exchange) => {
                    let sent = exchange.request();
                    let response = match (sent.kind, self.job) {
                        (RequestKind::Preflight, _) => &self.preflight,
                        (RequestKind::Actual, Job::Redirects) if sent.hop < 5 => &self.redirect,
                        (RequestKind::Actual, _) => &self.actual,
                    };
                    exchange.receive(black_box(response), &mut self.user_agent, Timestamp::ZERO)
                }
                Step::Local(local) => local.fail(&mut self.user_agent, Failure::Network),
                Step::Redirect(redirect) => redirect.follow(&mut self.user_agent, Timestamp::ZERO),
                Step::Done(outcome) => return outcome,
            };
        }
    }
}

fn preflight_response(max_age: &str) -> Response<()> {
    Response::builder()
        .status(204)
        .header("access-control-allow-origin", "https://app.example")
        .header("access-control-allow-methods", "PUT, PATCH, DELETE")
        .header("access-control-allow-headers", "authorization, content-type, x-request-id")
        .header("access-control-max-age", max_age)
        .header("vary", "origin")
        .body(())
        .unwrap()
}

fn redirect_response() -> Response<()> {
    Response::builder()
        .status(307)
        .header("location", "/items/8")
        .header("access-control-allow-origin", "https://app.example")
        .body(())
        .unwrap()
}

/// A response with this many headers.
fn actual_response(headers: usize) -> Response<()> {
    let mut response = Response::builder()
        .header("access-control-allow-origin", "https://app.example")
        .header("access-control-expose-headers", "etag, x-1, x-2, x-3, x-4, x-5")
        .header("content-type", "application/json")
        .header("cache-control", "no-store")
        .header("etag", "\"0123456789\"")
        .header("vary", "origin");
    for index in 6..headers {
        response = response.header(format!("x-{}", index - 5), "some value of a usual length");
    }
    response.body(()).unwrap()
}
