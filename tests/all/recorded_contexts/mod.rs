//! What three browser engines did in pages, workers and frames: all the ways in which a page starts a
//! request.
//!
//! The corpus in `tests/cases/contexts` was recorded in real browsers, with a page of its own for each case.
//! The tests here need no browser. `differences.toml` in that folder lists and explains each difference
//! between an engine and its profile; an unlisted difference fails, and so does a listed one that no longer
//! exists.

mod differences;
pub(crate) mod observation;
mod replay;
