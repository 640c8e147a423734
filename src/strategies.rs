//! Strategies for `proptest`: random origins, patterns, policies, pages, requests and answers.
//!
//! For the tests of whoever builds on this crate, and for its own. What is drawn is biased to be interesting: things come
//! from small pools, so that what is asked for and what is allowed meet; each rule has values on both sides of it; and an
//! origin has its [near misses](near_misses). Everything is drawn through the checked constructors, so that it is what its
//! type says.
//!
//! Here a server's test says that whatever page asks, it gets no credentials for a policy without them:
//!
//! ```
//! # #[cfg(feature = "oracle")] {
//! use crossorigin::browser::{CredentialsMode, Page};
//! use crossorigin::http::Response;
//! use crossorigin::oracle::{Oracle, PolicyServer};
//! use crossorigin::server::Policy;
//! use crossorigin::strategies::{cors_request, http_origin, page};
//! use proptest::{prelude::{Strategy, prop_assert}, test_runner::TestRunner};
//!
//! let policy = Policy::builder().allow_any_origin().allow_any_method().allow_any_header().build().unwrap();
//! let requests = (page(), http_origin()).prop_flat_map(|(page, server)| cors_request(&page, &server));
//! TestRunner::default().run(&requests, |mut request| {
//!     request.credentials = CredentialsMode::Include;
//!     let mut server = PolicyServer::new(policy.clone(), |_: &_| Response::new(()));
//!     let mut oracle = Oracle::new(Page::new("https://page.test/").unwrap());
//!     let cross_origin = !request.origin.serialize().starts_with(&request.url.origin().ascii_serialization());
//!     prop_assert!(!cross_origin || oracle.fetch(request, &mut server).outcome().is_err());
//!     Ok(())
//! }).unwrap();
//! # }
//! ```
//!
//! | for | there is | with the feature |
//! |---|---|---|
//! | both sides | [`tuple_origin`], [`http_origin`], [`origin`], [`near_misses`], [`method`], [`request_headers`] | |
//! | servers | `origin_pattern`, `origin_let_in`, `origin_nearly_let_in`, `policy`, `arriving_request`, `handler_headers` | `server` |
//! | browsers | `page`, `page_of`, `url_of`, `cors_request`, `request`, `profile`, `answer`, `answers` | `browser` |

#[cfg(feature = "browser")]
mod answer;
#[cfg(feature = "server")]
mod arrival;
mod header;
mod near_miss;
mod origin;
#[cfg(feature = "browser")]
mod page;
#[cfg(feature = "server")]
mod pattern;
#[cfg(feature = "server")]
mod policy;
#[cfg(feature = "browser")]
mod profile;
#[cfg(feature = "browser")]
mod request;

#[cfg(feature = "browser")]
pub use self::{
    answer::{answer, answers},
    page::{page, page_of, url_of},
    profile::profile,
    request::{cors_request, request},
};
#[cfg(feature = "server")]
pub use self::{
    arrival::{arriving_request, handler_headers},
    pattern::{origin_let_in, origin_nearly_let_in, origin_pattern},
    policy::{PolicySettings, policy, policy_settings},
};
pub use self::{
    header::{method, request_headers},
    near_miss::near_misses,
    origin::{http_origin, origin, tuple_origin},
};
