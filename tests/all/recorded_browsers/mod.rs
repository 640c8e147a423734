//! What three browser engines did, compared with the engine of this crate under the profile of each.
//!
//! The corpus in `tests/cases/browsers` was recorded in real browsers; the tests here need none.
//! `deviations.toml` lists and explains each case in which the standard or a profile differs from a browser;
//! see `replay.rs`.

pub(crate) mod compare;
pub(crate) mod corpus;
pub(crate) mod deviations;
mod documentation;
mod fields;
mod replay;
