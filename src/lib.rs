// The first definition of a link's name counts. The README has its own definitions, which lead to files of the repository.
//! [benches]: #in-the-repository
//! [browser]: mod@browser
//! [command]: #in-the-repository
//! [console]: mod@_documentation::console
//! [contributing]: #in-the-repository
//! [coverage]: mod@_documentation::coverage
//! [differences]: mod@_documentation::browser_differences
//! [examples]: #in-the-repository
//! [initiators]: mod@_documentation::initiators
//! [migration]: mod@_documentation::migration
//! [needs]: mod@_documentation::server_needs
//! [oracle]: mod@oracle
//! [profile]: browser::Profile
//! [proxy]: mod@_documentation::behind_a_proxy
//! [server]: mod@server
//! [standard]: mod@standard
//! [step]: browser::Step
//! [tests]: #in-the-repository
//! [tower]: mod@tower
//!
#![cfg_attr(feature = "oracle", doc = include_str!("../README.md"))]
// The examples on the front page need the oracle.
#![cfg_attr(not(feature = "oracle"), doc = "The CORS protocol of the WHATWG Fetch Standard, without I/O.")]
//!
//! # Where things are
//!
//! ```text
//! ┌ oracle ── both sides in one process, with a transcript ───────────┐
//! │                                                                   │
//! │   browser                              server            tower    │
//! │   a fetch, step by step      ⇄         a policy and      a layer  │
//! │   Page, UserAgent, Step                its decisions              │
//! │                                                                   │
//! └───────────────────────────────────────────────────────────────────┘
//!   origin, method, header_list, request_header, response_header, site, public_suffix, standard
//! ```
//!
//! - [`oracle`]: ask why a request is blocked, and get an explanation.
//! - [`browser`]: the browser side, with a walk-through of a whole fetch.
//! - [`server`]: the server side, policies and what they decide. With the feature `tower`, [`tower`] has
//!   a layer that applies a policy to a service.
//! - [`origin`], [`method`], [`site`], [`header_list`], [`request_header`], [`response_header`], and [`public_suffix`] with
//!   its feature: the types and parsers of the protocol, which can be used alone.
//! - [`standard`]: the version of the Fetch Standard that all step numbers refer to.
//! - [`_documentation`]: pages about more than one item:
//!   - [From a browser's console to the reason](_documentation::console)
//!   - [How browsers differ from the standard](_documentation::browser_differences)
//!   - [Initiators](_documentation::initiators)
//!   - [What servers need](_documentation::server_needs)
//!   - [Behind nginx, Apache, Caddy, a gateway](_documentation::behind_a_proxy)
//!   - [Migration from another library](_documentation::migration): tower-http, actix-cors, rs/cors, jub0bs/cors, express, Spring
//!   - [Every step that CORS touches](_documentation::coverage)
//!
//! Types and functions are named after the terms of the standard. Many people still call a request *simple* if it needs
//! no preflight: its method is a [CORS-safelisted method](method::is_cors_safelisted_method), and it has no [CORS-unsafe
//! request-header name](request_header::cors_unsafe_request_header_names).
//!
//! # Panics
//!
//! Nothing in this crate is meant to panic, whatever the input is: a request, a response, a configuration, a header of ten
//! megabytes, a clock that goes backwards. The source has no `unsafe`, and lints deny `unwrap`, `panic!`, indexing and slicing.
//! An `expect` states an invariant of the code itself. A panic is a bug.
//!
//! Work that grows faster than its input is a bug, too. Everything that keeps data has a named limit, such as
//! [`CacheLimits`](browser::CacheLimits) and [`MAX_REDIRECTS`](browser::MAX_REDIRECTS).
#![forbid(unsafe_code)]
#![cfg_attr(docsrs, feature(doc_cfg))]
#![deny(
    clippy::disallowed_macros,
    clippy::disallowed_methods,
    clippy::disallowed_types,
    reason = "the library is pure; clippy.toml lists what would make it impure"
)]
#![cfg_attr(
    not(all(feature = "oracle", feature = "psl", feature = "serde", feature = "tower")),
    allow(rustdoc::broken_intra_doc_links, reason = "what a feature brings is linked only where it is on")
)]

#[macro_use]
mod variant_names;

#[cfg(any(doc, doctest))]
pub mod _documentation;
#[cfg(feature = "browser")]
pub mod browser;
mod byte_string;
mod bytes;
pub mod header_list;
#[cfg(feature = "browser")]
mod header_values;
pub mod method;
mod mime_type;
#[cfg(feature = "server")]
mod nearest;
#[cfg(feature = "oracle")]
pub mod oracle;
pub mod origin;
#[cfg(feature = "psl")]
pub mod public_suffix;
mod range;
pub mod request_header;
pub mod response_header;
#[cfg(feature = "server")]
pub mod server;
pub mod site;
pub mod standard;
#[cfg(feature = "browser")]
mod status;
#[cfg(feature = "browser")]
mod structured_field;
#[cfg(feature = "tower")]
pub mod tower;

pub use byte_string::ByteString;
pub use http;
