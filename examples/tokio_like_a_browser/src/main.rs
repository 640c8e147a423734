//! Two fetches at once, with a body that is a stream.
#![allow(clippy::print_stdout, reason = "the program prints what happens")]

use std::{convert::Infallible, error::Error, future::pending};

use crossorigin::browser::{Body, Page, Profile};
use crossorigin_tokio_example::{Client, server};
use futures_util::stream;

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let api = server::start().await?;
    let client = Client::new(Profile::standard())?;
    let page = Page::new("https://app.example/")?;

    let upload = page.fetch(format!("{api}/items/7")).method("PUT").body(Body::Stream, None).build()?;
    let mut chunks = Some(stream::iter(["one ", "two"].map(Ok::<_, Infallible>)));
    // A stream can be taken once. The preflight before it does not take it.
    let upload = client.fetch(
        upload,
        || chunks.take().map_or_else(reqwest::Body::default, reqwest::Body::wrap_stream),
        pending(),
    );
    let download =
        client.fetch(page.fetch(format!("{api}/chunks")).build()?, reqwest::Body::default, pending());
    let (upload, download) = tokio::try_join!(upload, download)?;

    for fetched in [upload, download] {
        let status = fetched.response.status().map_or(0, |status| status.as_u16());
        let text = fetched.body.ok_or("the page may not read the body")?.text().await?;
        println!("{status}: {text}");
    }
    Ok(())
}
