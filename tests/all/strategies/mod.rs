//! Strategies for `proptest`: random origins, patterns, policies, pages, requests and responses.
//!
//! What is drawn is biased to be interesting. Things come from small pools, so that what is asked for and what is allowed
//! meet; each rule has values on both sides of it; an origin has its [near misses](near_misses). Everything is drawn through
//! the checked constructors, so that it is what its type says.

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
pub(crate) use self::{
    answer::answers,
    page::{page, page_of, url_of},
    profile::profile,
    request::{cors_request, request},
};
#[cfg(feature = "server")]
pub(crate) use self::{
    arrival::{arriving_request, handler_headers},
    pattern::{origin_let_in, origin_nearly_let_in, origin_pattern},
    policy::{policy, policy_settings},
};
pub(crate) use self::{
    header::{method, request_headers},
    near_miss::near_misses,
    origin::{http_origin, origin, tuple_origin},
};
