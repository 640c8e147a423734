//! Pages of documentation that belong to no single item.
//!
//! The modules are empty, and exist only in the documentation.

#[cfg(feature = "server")]
/// [`may_be_same_origin`]: crate::server::may_be_same_origin
/// [console]: mod@crate::_documentation::console
///
#[doc = include_str!("../docs/behind-a-proxy.md")]
pub mod behind_a_proxy {}

#[cfg(feature = "browser")]
#[doc = include_str!("../docs/browser-differences.md")]
pub mod browser_differences {}

#[cfg(feature = "browser")]
/// [`NetworkError::fixes`]: crate::browser::NetworkError::fixes
/// [`Reason`]: crate::browser::Reason
/// [`Warning::AuthorizationCoveredByWildcard`]: crate::browser::Warning::AuthorizationCoveredByWildcard
///
#[doc = include_str!("../docs/console.md")]
pub mod console {}

/// [`standard`]: mod@crate::standard
///
#[doc = include_str!("../docs/coverage.md")]
pub mod coverage {}

#[cfg(feature = "browser")]
/// [`Page::request`]: crate::browser::Page::request
/// [differences]: mod@crate::_documentation::browser_differences
///
#[doc = include_str!("../docs/initiators.md")]
pub mod initiators {}

#[cfg(feature = "server")]
/// [actix-cors]: mod@crate::_documentation::migration::actix_cors
/// [express]: mod@crate::_documentation::migration::express
/// [jub0bs-cors]: mod@crate::_documentation::migration::jub0bs_cors
/// [proxy]: mod@crate::_documentation::behind_a_proxy
/// [rs-cors]: mod@crate::_documentation::migration::rs_cors
/// [spring]: mod@crate::_documentation::migration::spring
/// [tower-http]: mod@crate::_documentation::migration::tower_http
///
#[doc = include_str!("../docs/migration/README.md")]
pub mod migration {
    /// [migration]: mod@crate::_documentation::migration
    ///
    #[doc = include_str!("../docs/migration/actix-cors.md")]
    pub mod actix_cors {}

    /// [migration]: mod@crate::_documentation::migration
    ///
    #[doc = include_str!("../docs/migration/express.md")]
    pub mod express {}

    /// [migration]: mod@crate::_documentation::migration
    ///
    #[doc = include_str!("../docs/migration/jub0bs-cors.md")]
    pub mod jub0bs_cors {}

    /// [migration]: mod@crate::_documentation::migration
    /// [needs]: mod@crate::_documentation::server_needs
    ///
    #[doc = include_str!("../docs/migration/rs-cors.md")]
    pub mod rs_cors {}

    /// [migration]: mod@crate::_documentation::migration
    /// [needs]: mod@crate::_documentation::server_needs
    ///
    #[doc = include_str!("../docs/migration/spring.md")]
    pub mod spring {}

    #[cfg(feature = "tower")]
    /// [migration]: mod@crate::_documentation::migration
    /// [needs]: mod@crate::_documentation::server_needs
    ///
    #[doc = include_str!("../docs/migration/tower-http.md")]
    pub mod tower_http {}
}

// One of its examples needs the feature `serde`.
#[cfg(all(feature = "server", any(feature = "serde", not(doctest))))]
/// [`allow_no_origin`]: crate::server::PolicyBuilder::allow_no_origin
/// [`allow_origins_if`]: crate::server::PolicyBuilder::allow_origins_if
/// [`allow_private_network`]: crate::server::PolicyBuilder::allow_private_network
/// [`AnyOriginWithCredentials`]: crate::server::PolicyErrorKind::AnyOriginWithCredentials
/// [`AuthorizationNotCovered`]: crate::server::PolicyWarningKind::AuthorizationNotCovered
/// [`build`]: crate::server::PolicyBuilder::build
/// [`dangerously_allow_insecure_origins`]: crate::server::PolicyBuilder::dangerously_allow_insecure_origins
/// [`dangerously_allow_null_origin`]: crate::server::PolicyBuilder::dangerously_allow_null_origin
/// [`dangerously_reflect_any_origin_with_credentials`]: crate::server::PolicyBuilder::dangerously_reflect_any_origin_with_credentials
/// [`Decision::action`]: crate::server::Decision::action
/// [`Decision::apply`]: crate::server::Decision::apply
/// [`Decision::edits`]: crate::server::Decision::edits
/// [`Decision::vary`]: crate::server::Decision::vary
/// [`deny_warnings`]: crate::server::Policy::deny_warnings
/// [`development`]: crate::server::PolicyBuilder::development
/// [`Exchange::connected`]: crate::browser::Exchange::connected
/// [`expose_verdict`]: crate::tower::CorsLayer::expose_verdict
/// [`ExposeAnyWithCredentials`]: crate::server::PolicyErrorKind::ExposeAnyWithCredentials
/// [`HostGuard`]: crate::server::HostGuard
/// [layer]: mod@crate::tower
/// [`max_age`]: crate::server::PolicyBuilder::max_age
/// [`MAX_REQUEST_HEADERS_BYTES`]: crate::server::MAX_REQUEST_HEADERS_BYTES
/// [`MAX_REQUEST_HEADERS_NAMES`]: crate::server::MAX_REQUEST_HEADERS_NAMES
/// [`may_be_same_origin`]: crate::server::may_be_same_origin
/// [`MethodCase`]: crate::server::PolicyWarningKind::MethodCase
/// [`oracle`]: mod@crate::oracle
/// [`on_decision`]: crate::tower::CorsLayer::on_decision
/// [`OriginPattern`]: crate::server::OriginPattern
/// [`overridable`]: crate::tower::CorsLayer::overridable
/// [`Policy::allows_origin`]: crate::server::Policy::allows_origin
/// [`Policy::decide_with`]: crate::server::Policy::decide_with
/// [`Policy::explain`]: crate::server::Policy::explain
/// [`PolicyConfig`]: crate::server::PolicyConfig
/// [`PolicyError::suggestion`]: crate::server::PolicyError::suggestion
/// [`PolicyRefusal`]: crate::server::PolicyRefusal
/// [`PolicyServer`]: crate::oracle::PolicyServer
/// [`PolicySource`]: crate::tower::PolicySource
/// [`preflight_status`]: crate::server::PolicyBuilder::preflight_status
/// [`Reason::AllowOriginMultiple`]: crate::browser::Reason::AllowOriginMultiple
/// [`refusal_status`]: crate::server::PolicyBuilder::refusal_status
/// [`request_headers`]: crate::server::request_headers
/// [`reject_refused`]: crate::tower::CorsLayer::reject_refused
/// [`RequestClass`]: crate::server::RequestClass
/// [`SerializedOrigin`]: crate::origin::SerializedOrigin
/// [proxy]: mod@crate::_documentation::behind_a_proxy
/// [`StrangersWithCredentials`]: crate::server::PolicyErrorKind::StrangersWithCredentials
/// [`Suggestion::SendMethodAs`]: crate::server::Suggestion::SendMethodAs
/// [`SwappablePolicy`]: crate::server::SwappablePolicy
/// [`tower`]: mod@crate::tower
///
#[doc = include_str!("../docs/needs.md")]
pub mod server_needs {}
