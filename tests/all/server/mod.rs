//! The server side: policies, decisions, what they do to responses.

mod bad_input;
mod browser;
#[cfg(feature = "serde")]
mod configuration;
mod explanations;
mod facts;
mod laws;
mod pattern_laws;
mod patterns;
mod reference;
pub(crate) mod reply;
mod rules;
pub(crate) mod strategies;
