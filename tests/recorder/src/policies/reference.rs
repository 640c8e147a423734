//! The meaning of a policy's settings, computed without the crate.

#[path = "../../../all/reference/patterns.rs"]
mod patterns;
#[path = "../../../all/reference/policy.rs"]
pub mod policy;
#[path = "../../../all/reference/settings.rs"]
pub mod settings;
