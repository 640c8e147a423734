//! Checks that browsers make beside the CORS protocol, as pure functions: bad ports, mixed content, MIME types.
//!
//! A fetch does not call them, because an embedder may have other rules, and settings of its user. Call them
//! where the [main fetch](crate::standard::Algorithm::MainFetch) of a browser does, and end the fetch with the
//! [`Failure`](crate::browser::Failure) of the same name if one returns true:
//!
//! | main fetch | check | where | failure |
//! |---|---|---|---|
//! | step 6 | [`upgrade_mixed_content`] | before the fetch, and at each redirect | |
//! | step 7 | [`should_be_blocked_due_to_a_bad_port`] | before the fetch, and at each redirect | `BadPort` |
//! | step 7 | [`should_be_blocked_as_mixed_content`] | before the fetch, and at each redirect | `MixedContent` |
//! | step 20 | [`should_be_blocked_due_to_its_mime_type`] | after the response | `MimeType` |
//! | step 20 | [`should_be_blocked_due_to_nosniff`] | after the response | `Nosniff` |
//!
//! Chromium: with [local network access](crate::browser::Exchange::connected), some requests to the local network are no
//! mixed content, which [`should_be_blocked_as_mixed_content`] lists. A client that does as Chromium does must not call
//! the check for them.
//!
//! ```
//! use crossorigin::browser::{Destination, Failure, Initiator, Page, Request, Step, Timestamp, UserAgent, checks};
//! # use crossorigin::http::Response;
//!
//! fn start(user_agent: &mut UserAgent, page: &Page, mut request: Request, now: Timestamp) -> Step {
//!     let clients = [page.origin()]; // and the origin of each page around a frame
//!     if let Some(upgraded) = checks::upgrade_mixed_content(clients, &request.url, request.destination) {
//!         request.url = upgraded;
//!     }
//!     if checks::should_be_blocked_due_to_a_bad_port(&request.url) {
//!         return user_agent.refuse(request, Failure::BadPort);
//!     }
//!     // A client with Chromium's local network access first lets requests to the local network pass.
//!     if checks::should_be_blocked_as_mixed_content(clients, &request.url, request.destination) {
//!         return user_agent.refuse(request, Failure::MixedContent);
//!     }
//!     user_agent.fetch(request, now)
//! }
//!
//! let page = Page::new("https://app.example/")?;
//! let mut user_agent = UserAgent::default();
//! let request = page.fetch("http://api.example/").build()?;
//! let step = start(&mut user_agent, &page, request, Timestamp::ZERO);
//! let Step::Done(Err(error)) = step else { panic!("{step:?}") };
//! assert_eq!(error.reason().name(), "MixedContent");
//!
//! // After the response, the headers of the internal response count.
//! let request = page.request(Initiator::Script, "https://cdn.example/x.js").build()?;
//! let Step::Send(exchange) = start(&mut user_agent, &page, request, Timestamp::ZERO) else { panic!() };
//! let response = Response::builder().header("Content-Type", "image/png").body(())?;
//! let step = exchange.receive(&response, &mut user_agent, Timestamp::ZERO);
//! let Step::Done(Ok(response)) = step else { panic!("{step:?}") };
//! let headers = &response.internal().headers;
//! assert!(checks::should_be_blocked_due_to_its_mime_type(headers, Destination::Script));
//! assert_eq!(response.into_error(Failure::MimeType).reason().name(), "MimeType");
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod mime_type;
mod mixed_content;
mod nosniff;
mod port_blocking;

use crate::browser::destination::Destination;

pub use mime_type::should_be_blocked_due_to_its_mime_type;
pub use mixed_content::{should_be_blocked_as_mixed_content, upgrade_mixed_content};
pub use nosniff::should_be_blocked_due_to_nosniff;
pub use port_blocking::should_be_blocked_due_to_a_bad_port;

/// Returns whether a destination is [script-like](https://fetch.spec.whatwg.org/#request-destination-script-like).
fn is_script_like(destination: Destination) -> bool {
    matches!(
        destination,
        Destination::AudioWorklet
            | Destination::PaintWorklet
            | Destination::Script
            | Destination::ServiceWorker
            | Destination::SharedWorker
            | Destination::Worker
    )
}
