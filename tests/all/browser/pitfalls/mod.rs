//! Pitfalls: points of the Fetch Standard that implementations get wrong, with one test each.

mod cache;
mod cors_check;
mod preflight;
mod redirects;
mod requests;
mod responses;
mod service_worker;
