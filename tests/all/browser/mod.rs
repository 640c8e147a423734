//! The browser side: whole exchanges, from the request of a page to the outcome.
#![allow(clippy::panic, reason = "a panic is how a test fails")]

mod bad_input;
mod cache;
mod checks;
mod content_type;
mod conversions;
mod embedder_choices;
mod embedding;
mod exchange_facts;
mod fetch_metadata;
mod fixes;
mod initiators;
mod initiators_page;
mod linear_work;
mod local_urls;
mod pages;
mod pitfalls;
mod profiles;
mod properties;
pub(crate) mod reasons;
mod referrer;
mod request_builder;
mod request_of_a_request;
mod support;
mod trace;
mod url_credentials;
pub(crate) mod warnings;
