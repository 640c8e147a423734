//! The oracle: a page, a user agent and a server in one process. Ask it what a browser would do, and why.
//!
//! The server is a closure, a [`Script`] of responses, [`Routes`], or a [policy in front of one](PolicyServer). The clock
//! stands still until it is [moved](Oracle::advance). The result is a [`Transcript`]: every message, every decision, and,
//! if a request is refused, the fix.
//!
//! ```
//! use crossorigin::{browser::Page, http::Response, oracle::Oracle};
//!
//! let mut oracle = Oracle::new(Page::new("https://app.example/")?);
//! let request = oracle.page().fetch("https://api.example/items/7").method("PUT").build()?;
//! let transcript = oracle.fetch(request, &mut |_: &_| {
//!     Response::builder().header("Access-Control-Allow-Origin", "https://app.example").body(()).unwrap()
//! });
//! let error = transcript.outcome().as_ref().unwrap_err();
//! assert_eq!(error.step().to_string(), "CORS-preflight fetch 7.5");
//! assert_eq!(error.fixes()[0].lines(), ["Access-Control-Allow-Methods: PUT"]);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! Does it work in the other browsers, too? A [`Comparison`] has the same fetch in all profiles, and says where they differ.

#[cfg(feature = "serde")]
pub mod case;
mod comparison;
mod policy_server;
mod report;
mod routes;
mod run;
mod server;
mod transcript;

pub use self::{
    comparison::Comparison,
    policy_server::PolicyServer,
    routes::Routes,
    run::Oracle,
    server::{Script, Server, ServerResponse},
    transcript::{Event, FirstDifference, Transcript},
};
