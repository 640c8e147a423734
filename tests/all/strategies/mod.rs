//! Strategies for `proptest`: random origins, patterns, policies, pages, requests and responses.
//!
//! The values are chosen to be interesting. They come from small pools, so that requests and policies often
//! name the same things. Each rule has values on both sides of it, and each origin has [near
//! misses](near_misses). All values are made by the checked constructors, so every value of a type is valid.

mod header;
#[cfg(feature = "server")]
mod incoming_request;
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
mod response;

pub(crate) use self::{
    header::{method, request_headers},
    near_miss::near_misses,
    origin::{http_origin, origin, tuple_origin},
};
#[cfg(feature = "server")]
pub(crate) use self::{
    incoming_request::{handler_headers, incoming_request},
    pattern::{matching_origin, nearly_matching_origin, origin_pattern},
    policy::{policy, policy_settings},
};
#[cfg(feature = "browser")]
pub(crate) use self::{
    page::{page, page_of, url_of},
    profile::profile,
    request::{cors_request, request},
    response::responses,
};
