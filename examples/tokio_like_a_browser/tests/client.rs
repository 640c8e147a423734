//! The client against the server, over loopback.

use std::{future::pending, time::Duration};

use crossorigin::browser::{Body, CredentialsMode, Page, Profile};
use crossorigin_tokio_example::{Client, Fetched, server};

async fn started() -> (String, Client, Page) {
    let api = server::start().await.unwrap();
    (api, Client::new(Profile::standard()).unwrap(), Page::new("https://app.example/").unwrap())
}

async fn text(fetched: Fetched) -> String {
    fetched.body.unwrap().text().await.unwrap()
}

/// One user agent serves all fetches. Not one waits for another, and the cache saves most preflights.
#[tokio::test(flavor = "multi_thread")]
async fn two_hundred_fetches_share_one_user_agent() {
    let (api, client, page) = started().await;
    let fetches = (0..200).map(|number| {
        let client = client.clone();
        let call = page.fetch(format!("{api}/items/{}", number % 20)).method("PUT");
        let request = call.body(Body::Replayable, Some("application/json")).build().unwrap();
        tokio::spawn(async move { client.fetch(request, || "{}".into(), pending()).await })
    });
    for fetch in fetches.collect::<Vec<_>>() {
        assert_eq!(text(fetch.await.unwrap().unwrap()).await, "stored 2 bytes");
    }
}

#[tokio::test]
async fn a_redirect_repeats_the_body() {
    let (api, client, page) = started().await;
    let call = page.fetch(format!("{api}/old/items/7")).method("PUT").body(Body::Replayable, None);
    let mut times = 0;
    let body = || {
        times += 1;
        "bolt".into()
    };
    let fetched = client.fetch(call.build().unwrap(), body, pending()).await.unwrap();
    assert!(fetched.response.redirected());
    assert_eq!((text(fetched).await.as_str(), times), ("stored 4 bytes", 2));
}

#[tokio::test]
async fn cookies_go_along_only_with_credentials() {
    let (api, client, page) = started().await;
    let get = async |path: &str, credentials| {
        let request = page.fetch(format!("{api}{path}")).credentials(credentials).build().unwrap();
        text(client.fetch(request, reqwest::Body::default, pending()).await.unwrap()).await
    };
    assert_eq!(get("/login", CredentialsMode::Include).await, "welcome");
    assert_eq!(get("/cookies", CredentialsMode::Include).await, "a cookie");
    assert_eq!(get("/cookies", CredentialsMode::SameOrigin).await, "no cookie");
}

#[tokio::test]
async fn a_canceled_fetch_is_a_network_error() {
    let (api, client, page) = started().await;
    let request = page.fetch(format!("{api}/slow")).build().unwrap();
    let soon = tokio::time::sleep(Duration::from_millis(50));
    let error = client.fetch(request, reqwest::Body::default, soon).await.unwrap_err();
    assert_eq!(error.reason().name(), "Canceled");
}

#[tokio::test]
async fn a_refused_response_is_not_readable() {
    let (api, client, _) = started().await;
    let stranger = Page::new("https://other.example/").unwrap();
    let request = stranger.fetch(format!("{api}/chunks")).build().unwrap();
    let error = client.fetch(request, reqwest::Body::default, pending()).await.unwrap_err();
    assert_eq!(error.reason().name(), "AllowOriginMissing");
}
