//! The server side: policies, decisions, and how they change responses.

mod bad_input;
#[cfg(feature = "serde")]
mod configuration;
mod explanations;
mod facts;
mod guard;
mod pattern_properties;
mod patterns;
mod plain_types;
#[cfg(feature = "oracle")]
mod properties;
#[cfg(feature = "serde")]
mod recorded_guard;
mod rules;
pub(crate) mod short_form;
pub(crate) mod strategies;
#[cfg(feature = "serde")]
mod untyped;
#[cfg(feature = "browser")]
mod url_parser;
mod vary_search;
