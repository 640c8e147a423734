//! A real HTTP client that behaves like a browser: the engine decides, `ureq` sends. The program makes two fetches over
//! loopback. The first has a preflight, a redirect, and another preflight. The second finds its permission in the preflight cache.
#![allow(clippy::print_stdout, reason = "the program prints what happens")]

use std::{error::Error, time::Instant};

use crossorigin::browser::{Body, Failure, Page, Profile, Step, Timestamp, UserAgent};

mod server;

fn main() -> Result<(), Box<dyn Error>> {
    let api = server::start()?;
    // The engine follows redirects, and it must see every response, whatever its status is.
    let client = ureq::Agent::config_builder().max_redirects(0).http_status_as_error(false).proxy(None);
    let client = client.build().new_agent();
    let page = Page::new("https://app.example/")?;
    let mut user_agent = UserAgent::new(Profile::standard());
    let started = Instant::now();
    let now = || Timestamp::from_duration(started.elapsed());
    for path in ["/old/items/7", "/items/7"] {
        println!("A page of {} puts {path}:", page.origin());
        let call =
            page.fetch(format!("{api}{path}")).method("PUT").header("Content-Type", "application/json");
        let mut step = user_agent.fetch(call.body(Body::Replayable, None).build()?, now());
        let mut last = None;
        let response = loop {
            step = match step {
                Step::Send(exchange) => {
                    println!("> {} {}", exchange.request().method, exchange.request().url);
                    match client.run(exchange.request().to_http_with(|| r#"{"name":"bolt"}"#)?) {
                        // The engine needs only the head. The body is read later, if the page may read it.
                        Ok(response) => exchange.receive(&*last.insert(response), &mut user_agent, now()),
                        Err(_) => exchange.fail(&mut user_agent, Failure::Network),
                    }
                }
                Step::Local(local) => local.fail(&mut user_agent, Failure::Network),
                Step::Redirect(redirect) => redirect.follow(&mut user_agent, now()),
                Step::Done(outcome) => break outcome?,
            };
        };
        let body = last.filter(|_| response.body_readable()).map(|last| last.into_body().read_to_string());
        let status = response.status().map_or(0, |status| status.as_u16());
        let body = body.transpose()?.unwrap_or_default();
        println!("= {status}, a response of type \"{}\": {body}", response.response_type().as_str());
    }
    Ok(())
}
