//! lambda_http: its service is a tower service, so the layer of the feature `tower` is the adapter.

use crossorigin::{
    server::Policy,
    tower::{CorsLayer, CorsService},
};
use tower::Layer as _;

/// Puts a policy around the service of a function, which `lambda_http::run` takes.
pub fn with_policy<S>(service: S, policy: Policy) -> CorsService<S> {
    CorsLayer::new(policy).layer(service)
}
