//! The policies of the guides: what four configurations of another library become here.
//!
//! - `permissive`: everything that works without credentials, for development.
//! - `spa`: a front end with credentials, on a domain and its subdomains.
//! - `public` and `admin`: a public API, and a part of it for one front end with credentials.

use std::time::Duration;

use crossorigin::server::{Policy, PolicyBuilder};

/// Each configuration, by the path at which the other server has it.
pub type Configurations = [(&'static str, Policy); 4];

/// Everything that works without credentials.
fn anything() -> PolicyBuilder {
    // By the standard, `*` does not cover `authorization`.
    let any_header = Policy::builder().allow_any_header().allow_header("authorization");
    any_header.allow_any_origin().allow_any_method().expose_any_header()
}

fn build(permissive: PolicyBuilder) -> Configurations {
    let spa = Policy::builder()
        .allow_origins(["https://app.example", "https://*.app.example"])
        .allow_credentials()
        .allow_methods(["PUT", "DELETE"])
        .allow_headers(["content-type", "authorization"])
        .expose_header("x-total")
        .max_age(Duration::from_secs(600));
    let public = Policy::builder().allow_any_origin().expose_header("x-total");
    let admin = Policy::builder()
        .allow_origin("https://admin.example")
        .allow_credentials()
        .allow_method("PUT")
        .allow_header("content-type");
    [("permissive", permissive), ("spa", spa), ("public", public), ("admin", admin)]
        .map(|(name, builder)| (name, builder.build().expect("the policies are valid")))
}

/// `CorsLayer::permissive()`.
#[must_use]
pub fn of_tower_http() -> Configurations {
    build(anything())
}

/// `Cors::permissive()`: it repeats the origin, allows credentials, and exposes every header that the response has.
#[must_use]
pub fn of_actix_cors() -> Configurations {
    build(
        Policy::builder()
            .allow_any_origin()
            .allow_any_method()
            .allow_any_header()
            .allow_credentials()
            .expose_header("x-total")
            .dangerously_reflect_any_origin_with_credentials(),
    )
}

/// `cors()`: six methods, and all headers that are asked for, by name.
#[must_use]
pub fn of_express() -> Configurations {
    build(
        Policy::builder()
            .allow_any_origin()
            .allow_methods(["PUT", "PATCH", "DELETE"])
            .allow_any_header()
            .allow_header("authorization"),
    )
}

/// `AllowAll()`: six methods, and all headers.
#[must_use]
pub fn of_rs_cors() -> Configurations {
    of_express()
}

/// `*` in every list, and `Authorization`.
#[must_use]
pub fn of_jub0bs_cors() -> Configurations {
    build(anything())
}

/// `applyPermitDefaultValues()`: three methods, and all headers that are asked for, by name.
#[must_use]
pub fn of_spring() -> Configurations {
    build(
        Policy::builder()
            .allow_any_origin()
            .allow_any_header()
            .allow_header("authorization")
            .max_age(Duration::from_secs(1800)),
    )
}
