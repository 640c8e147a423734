//! All tests of what is public.
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    clippy::cast_possible_truncation,
    reason = "a test that panics has failed, which is what it is for"
)]

#[cfg(feature = "psl")]
mod public_suffix;
#[cfg(feature = "server")]
mod server;
mod vocabulary;
