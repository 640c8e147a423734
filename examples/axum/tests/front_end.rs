//! Can our front end call this API? A page fetches from the application, in this process, as a browser does.

use axum::{
    Router,
    body::Body,
    http::{HeaderName, Response},
};
use crossorigin::{
    browser::{self, BodyToSend, CredentialsMode, OutgoingRequest, Page},
    oracle::{Oracle, Transcript},
};
use crossorigin_axum_example::app;
use tower::ServiceExt as _;

const FRONT_END: &str = "https://app.example";

/// Does what an HTTP client does with a request of the browser: adds its own headers, and sends the request.
async fn send(router: &Router, outgoing: OutgoingRequest) -> Response<Body> {
    let mut request = outgoing.to_http().unwrap().map(|()| match outgoing.body {
        BodyToSend::None => Body::empty(),
        _ => Body::from(r#"{"name": "Grace"}"#),
    });
    if outgoing.credentials {
        request.headers_mut().insert("cookie", "session=ada".parse().unwrap());
    }
    router.clone().oneshot(request).await.unwrap()
}

/// Returns everything that happens when a page with this URL makes a request, from the preflight to what the page can read.
async fn fetch(page: &str, request: impl FnOnce(&Page) -> browser::Request) -> Transcript {
    let router = app(FRONT_END).unwrap();
    let mut oracle = Oracle::new(Page::new(page).unwrap());
    let request = request(oracle.page());
    oracle.fetch_async(request, async |outgoing| send(&router, outgoing).await).await
}

#[tokio::test]
async fn our_front_end_can_change_an_account() {
    let transcript = fetch("https://app.example/settings", |page| {
        page.fetch("https://api.example/account")
            .method("PUT")
            .header("content-type", "application/json")
            .credentials(CredentialsMode::Include)
            .body(browser::Body::Replayable, None)
            .build()
            .unwrap()
    })
    .await;
    // If this fails, the transcript says why, and what to change.
    let response = transcript.outcome().as_ref().unwrap_or_else(|_| panic!("{transcript}"));
    assert_eq!(response.status().unwrap(), 200);
    assert!(response.body_readable());
    assert_eq!(
        transcript.requests().map(|request| request.method.as_str()).collect::<Vec<_>>(),
        ["OPTIONS", "PUT"]
    );
}

#[tokio::test]
async fn the_browser_keeps_the_answer_to_the_preflight() {
    let router = app(FRONT_END).unwrap();
    let mut oracle = Oracle::new(Page::new("https://app.example/").unwrap());
    let mut requests = Vec::new();
    for _ in 0..2 {
        let call = oracle.page().fetch("https://api.example/account").method("PUT");
        let request = call.credentials(CredentialsMode::Include).build().unwrap();
        let transcript = oracle.fetch_async(request, async |outgoing| send(&router, outgoing).await).await;
        requests.extend(transcript.requests().map(|request| request.method.to_string()));
    }
    assert_eq!(requests, ["OPTIONS", "PUT", "PUT"]);
}

#[tokio::test]
async fn without_its_cookie_it_can_read_that_it_has_to_log_in() {
    let transcript = fetch("https://app.example/", |page| {
        page.fetch("https://api.example/account").credentials(CredentialsMode::Omit).build().unwrap()
    })
    .await;
    assert_eq!(transcript.outcome().as_ref().unwrap().status().unwrap(), 401);
}

#[tokio::test]
async fn nobody_else_can_read_an_account() {
    for page in ["https://evil.example/", "https://app.example.evil.example/", "http://app.example/"] {
        let transcript = fetch(page, |page| {
            page.fetch("https://api.example/account").credentials(CredentialsMode::Include).build().unwrap()
        })
        .await;
        let error = transcript.outcome().as_ref().unwrap_err();
        let origin = page.trim_end_matches('/');
        // The first fix says where a 403 without the headers may come from. The next has the lines that would share it.
        let fix = error.fixes().iter().find(|fix| !fix.lines().is_empty()).unwrap();
        assert_eq!(
            fix.lines(),
            [
                format!("Access-Control-Allow-Origin: {origin}"),
                "Access-Control-Allow-Credentials: true".to_owned()
            ],
        );
    }
}

#[tokio::test]
async fn anybody_can_read_the_catalogue_and_its_total() {
    let transcript = fetch("https://anybody.example/", |page| {
        page.fetch("https://api.example/catalogue").build().unwrap()
    })
    .await;
    let response = transcript.outcome().as_ref().unwrap();
    assert!(response.headers().contains(&HeaderName::from_static("x-total-count")));
    assert_eq!(transcript.requests().count(), 1); // no preflight
}

#[tokio::test]
async fn nobody_gets_the_catalogue_with_cookies() {
    let transcript = fetch("https://anybody.example/", |page| {
        page.fetch("https://api.example/catalogue").credentials(CredentialsMode::Include).build().unwrap()
    })
    .await;
    let error = transcript.outcome().as_ref().unwrap_err();
    assert_eq!(error.reason().name(), "AllowOriginWildcardWithCredentials");
}
