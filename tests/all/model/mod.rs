//! A literal model of the standard, and the property that the engine agrees with it.
//!
//! The algorithms in scope are transcribed from the pinned snapshot as slowly and plainly as possible: header lists are
//! lists of pairs of byte sequences, every look-up is a linear search, modes are the standard's strings, and main fetch
//! calls itself. The model shares no code with `src`, and what it does stands under the number of the step that says so.
//! It exists to be obviously right, so nothing in it is clever, fast or bounded.
//!
//! Steps of other standards (URL, HTML, MIME Sniffing, Referrer Policy) are transcribed as far as they are needed; URLs
//! are parsed by the crate `url`, as in `src`. What `src` leaves to the embedder is left out here, and named.
#![allow(
    clippy::collapsible_if,
    clippy::collapsible_match,
    clippy::manual_is_ascii_check,
    reason = "a transcription keeps the shape of what it transcribes"
)]

pub(crate) mod abnf;
#[cfg(test)]
mod agreement;
pub(crate) mod checks;
#[cfg(test)]
mod examples;
pub(crate) mod headers;
mod http_fetch;
mod main_fetch;
pub(crate) mod mime_type;
mod network;
pub(crate) mod observation;
mod origin;
mod preflight;
mod preflight_cache;
pub(crate) mod random_responses;
pub(crate) mod random_worlds;
mod redirect_fetch;
pub(crate) mod request_header;
mod types;
pub(crate) mod world;

pub(crate) use types::{
    Body, Browser, Bytes, CacheEntry, Client, Headers, Kind, NetworkResponse, Origin, Request, Sent,
};
