//! What three browser engines were seen to do, against what the engine of this crate says with the profile of each.
//!
//! The corpus under `tests/cases/browsers` was recorded in real browsers; nothing here needs one. Where standard or profile
//! and browser part, `deviations.toml` says so and why; see `replay.rs`.

pub(crate) mod compare;
mod corpus;
pub(crate) mod deviations;
mod documentation;
mod fields;
mod replay;
