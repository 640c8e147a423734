//! The browser side: whole exchanges, from what a page asks for to what it gets.
#![allow(clippy::panic, reason = "a test that panics has failed, which is what it is for")]

mod bad_input;
mod cache;
mod content_type;
mod decisions;
mod doors;
mod drivers;
mod laws;
mod pages;
mod profiles;
pub(crate) mod reasons;
mod support;
mod traps_cache;
mod traps_cors_check;
mod traps_preflight;
mod traps_redirects;
mod traps_requests;
mod traps_responses;
mod traps_service_worker;
mod warnings;
