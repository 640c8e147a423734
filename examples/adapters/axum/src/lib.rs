//! axum: the layer of the feature `tower` is the adapter.

use axum::Router;
use crossorigin::{server::Policy, tower::CorsLayer};

/// Wraps all routes and fallbacks that the router has by now.
pub fn with_policy(router: Router, policy: Policy) -> Router {
    router.layer(CorsLayer::new(policy))
}
