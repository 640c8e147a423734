//! The oracle simulates a page, a browser and a server, without a network. Ask what a browser would do, and
//! get an explanation.
//!
//! ```text
//!                          Oracle                                 Server
//!   ┌─────────────────────────────────────────────────┐   ┌───────────────────┐
//!   │  Page ──── Request ───► UserAgent ──── request ─┼──►│ closure,          │
//!   │                            ▲                    │   │ Script, Routes or │
//!   │                            └───────── response ─┼───│ PolicyServer      │
//!   └────────────────────────┬────────────────────────┘   └───────────────────┘
//!                            ▼
//!                       Transcript: every message and decision; if the fetch fails, the reason and the fix
//! ```
//!
//! The server is a closure, a list of prepared responses ([`Script`]), prepared responses for each URL
//! ([`Routes`]), or a policy ([`PolicyServer`]).
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
//! Nothing is sent over a network, no time passes, and two runs have the same result: the clock moves only
//! when [`Oracle::advance`] moves it.
//!
//! Does it work in every browser? A [`Comparison`] runs the same fetch under every profile, and
//! shows where they differ.

#[cfg(feature = "serde")]
pub mod case;
mod comparison;
#[cfg(feature = "serde")]
mod http_cache;
mod http_caching;
mod policy_report;
mod policy_server;
mod report;
mod routes;
mod run;
mod server;
mod transcript;
mod warnings;

pub use self::{
    comparison::Comparison,
    policy_report::PolicyReport,
    policy_server::PolicyServer,
    routes::Routes,
    run::Oracle,
    server::{Script, Server, ServerResponse},
    transcript::{Event, FirstDifference, Transcript},
};
