//! All tests of the public API, as one program. `tests/README.md` says how to run a part of it.
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::cast_possible_truncation,
    clippy::panic,
    clippy::string_slice,
    reason = "a test that panics has failed, which is what it is for"
)]
#![cfg_attr(
    not(feature = "oracle"),
    allow(dead_code, unused_imports, reason = "most helpers are for tests of both sides together")
)]

// The public types are `Send`, `Sync` and `'static`.
mod auto_traits;
// The browser side: stories, pitfalls, profiles, messages.
#[cfg(feature = "oracle")]
mod browser;
// Cases, questions and verdicts as data.
#[cfg(feature = "oracle")]
mod case_format;
// The recorded facts of web-platform-tests, played by the oracle.
#[cfg(feature = "oracle")]
mod cases;
// One fetch in all profiles, and the report of it.
#[cfg(feature = "oracle")]
mod comparison;
// A policy's development switch changes what a console says, and no verdict.
#[cfg(feature = "oracle")]
mod development_switch;
// What generators draw.
#[cfg(feature = "server")]
mod distribution;
// Properties of browser and server together: random pages, servers and policies.
#[cfg(feature = "oracle")]
mod end_to_end;
// The texts of errors, warnings and findings.
#[cfg(feature = "oracle")]
mod messages;
// The standard, transcribed literally, and the property that the engine agrees with it.
#[cfg(feature = "oracle")]
mod model;
// A policy as a server of the oracle.
#[cfg(feature = "oracle")]
mod policy_server;
// Time that a busy machine does not lengthen.
#[cfg(feature = "server")]
mod processor_time;
// Properties of every fetch: what is sent, delivered and cached, whatever the network answers.
#[cfg(feature = "oracle")]
mod properties;
// How many cases a property draws.
mod proptest_config;
// The Public Suffix List.
#[cfg(feature = "psl")]
mod public_suffix;
// What the README shows.
#[cfg(feature = "oracle")]
mod readme;
// What three browsers were recorded to do, replayed.
#[cfg(feature = "oracle")]
mod recorded_browsers;
// What three browsers were recorded to do with servers behind policies, replayed.
#[cfg(feature = "oracle")]
mod recorded_policies;
// Plain re-implementations that the crate is held against.
#[cfg(feature = "server")]
mod reference;
// Printed transcripts and refusals.
#[cfg(feature = "oracle")]
mod report;
// A server with a response for each URL.
#[cfg(feature = "oracle")]
mod routes;
// The server side: policies, decisions, facts about other libraries, properties.
#[cfg(feature = "server")]
mod server;
// Schemeful same site.
mod site;

// Random origins, policies, pages, requests and responses.
#[cfg(feature = "server")]
mod strategies;
// The layer for tower.
#[cfg(feature = "tower")]
mod tower;
// Origins, methods, headers, ranges: the vocabulary of both sides.
mod vocabulary;
