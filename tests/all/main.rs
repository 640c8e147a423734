//! All tests of what is public.
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::cast_possible_truncation,
    clippy::panic,
    clippy::string_slice,
    reason = "a test that panics has failed, which is what it is for"
)]

mod auto_traits;
#[cfg(feature = "oracle")]
mod browser;
#[cfg(feature = "oracle")]
mod browsers;
#[cfg(feature = "oracle")]
mod cases;
#[cfg(feature = "oracle")]
mod comparison;
#[cfg(feature = "oracle")]
mod development;
#[cfg(feature = "oracle")]
#[path = "../../examples/explain/options.rs"]
mod explain_options;
#[cfg(feature = "oracle")]
#[path = "../../examples/explain/stories.rs"]
mod explain_stories;
#[cfg(feature = "oracle")]
mod halves;
#[cfg(feature = "oracle")]
mod laws;
#[cfg(feature = "oracle")]
mod messages;
#[cfg(feature = "oracle")]
mod model;
#[cfg(feature = "oracle")]
mod oracle_lines;
#[cfg(feature = "oracle")]
#[path = "../../examples/oracle/line.rs"]
mod oracle_program;
#[cfg(feature = "oracle")]
mod policy_server;
#[cfg(feature = "psl")]
mod public_suffix;
#[cfg(feature = "oracle")]
mod report;
#[cfg(feature = "oracle")]
mod routes;
#[cfg(feature = "server")]
mod server;
mod site;
#[cfg(feature = "oracle")]
mod stories;
#[cfg(feature = "tower")]
mod tower;
#[cfg(feature = "server")]
mod tries;
#[cfg(feature = "oracle")]
mod under_test;
mod vocabulary;
