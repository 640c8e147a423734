//! A literal transcription of the standard, and the property that the engine agrees with it.
//!
//! The algorithms in scope are transcribed from the pinned snapshot as plainly as possible: header lists are
//! lists of pairs of byte sequences, every look-up is a linear search, modes are the standard's strings, and
//! main fetch calls itself. The model shares no code with `src`. The number and the text of each step stand
//! above the code for it. The model exists to be obviously right, so nothing in it is clever, fast or
//! bounded.
//!
//! Steps of other standards (URL, HTML, MIME Sniffing, Referrer Policy) are transcribed as far as they are
//! needed. The crate `url` parses URLs, as in `src`. Steps that `src` leaves to the embedder are named and
//! left out.
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
pub(crate) mod engine;
#[cfg(test)]
mod examples;
mod fetch_metadata;
pub(crate) mod headers;
mod http_fetch;
pub(crate) mod initiators;
pub(crate) mod local_network;
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
mod referrer;
pub(crate) mod request_header;
mod types;
pub(crate) mod world;

pub(crate) use types::{
    Body, Browser, Bytes, CacheEntry, Client, Headers, Kind, NetworkResponse, Origin, Request, Sent,
};
