//! All tests of the public API, as one program. `tests/README.md` says how to run a part of it.
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::cast_possible_truncation,
    clippy::panic,
    clippy::string_slice,
    reason = "a panic is how a test fails"
)]
#![cfg_attr(
    not(feature = "oracle"),
    allow(dead_code, unused_imports, reason = "most helpers are for tests of both sides together")
)]

// The public types are `Send`, `Sync` and `'static`.
mod auto_traits;
// The browser side: exchanges, pitfalls, profiles, warnings and reasons.
#[cfg(feature = "oracle")]
mod browser;
// The JSON format: cases, questions and verdicts.
#[cfg(feature = "oracle")]
mod case_format;
// The initiators in that format.
#[cfg(feature = "oracle")]
mod case_initiators;
// The recorded facts of web-platform-tests, checked with the oracle.
#[cfg(feature = "oracle")]
mod cases;
// The same fetch under every profile, and its report.
#[cfg(feature = "oracle")]
mod comparison;
// The development switch of a policy changes messages in the console, and no verdict.
#[cfg(feature = "oracle")]
mod development_switch;
// The evidence in a verdict: the refused response, consoles, decisions, and what a policy said.
#[cfg(feature = "oracle")]
mod evidence;
// A helper that checks what generators draw.
#[cfg(feature = "server")]
mod distribution;
// What the README shows, where links lead, and which functions the table of steps names.
#[cfg(feature = "oracle")]
mod documents;
// Properties of browser and server end to end: random pages, servers and policies.
#[cfg(feature = "oracle")]
mod end_to_end;
// Local network access: address spaces, permissions, and the check of each connection.
#[cfg(feature = "oracle")]
mod local_network;
// Responses from HTTP caches, as cases say it.
#[cfg(feature = "oracle")]
mod http_caches;
// How often warnings are right, on labelled exchanges.
#[cfg(feature = "oracle")]
mod labelled_warnings;
// The messages of errors, warnings and fixes.
#[cfg(feature = "oracle")]
mod messages;
// A literal transcription of the standard, and the property that the engine agrees with it.
#[cfg(feature = "oracle")]
mod model;
// A policy as a server in the oracle.
#[cfg(feature = "oracle")]
mod policy_server;
// Processor time, which does not depend on the load of the machine.
#[cfg(feature = "server")]
mod processor_time;
// Properties of every fetch: what is sent, delivered and cached, whatever the network responds.
#[cfg(feature = "oracle")]
mod properties;
// The number of cases per property.
mod proptest_config;
// The Public Suffix List.
#[cfg(feature = "psl")]
mod public_suffix;
// What three browsers were recorded doing, replayed.
#[cfg(feature = "oracle")]
mod recorded_browsers;
// What three browser engines did in pages, workers and frames, and the profiles that follow them.
#[cfg(feature = "oracle")]
mod recorded_contexts;
// What three browsers were recorded doing with servers behind policies, replayed.
#[cfg(feature = "oracle")]
mod recorded_policies;
// Plain reimplementations that the crate is compared with.
#[cfg(feature = "server")]
mod reference;
// Printed transcripts and network errors.
#[cfg(feature = "oracle")]
mod report;
// Problems that people reported in public, and what helped them.
#[cfg(feature = "oracle")]
mod reports;
// A server with a list of responses for each URL.
#[cfg(feature = "oracle")]
mod routes;
// The server side: policies, decisions, facts about other libraries, properties.
#[cfg(feature = "server")]
mod server;
// Schemeful "same site".
mod site;

// Random origins, policies, pages, requests and responses.
#[cfg(feature = "server")]
mod strategies;
// The layer for tower.
#[cfg(feature = "tower")]
mod tower;
// The shared vocabulary: origins, methods, headers.
mod vocabulary;
// The rules of the oracle's warnings.
#[cfg(feature = "oracle")]
mod warning_rules;
