//! Pages of documentation that belong to no single item.
//!
//! These modules are empty, and exist in the documentation only.

#[cfg(feature = "browser")]
#[doc = include_str!("../docs/browser-differences.md")]
pub mod browser_differences {}

#[cfg(feature = "browser")]
#[doc = include_str!("../docs/console.md")]
pub mod console {}

#[doc = include_str!("../docs/coverage.md")]
pub mod coverage {}

#[cfg(feature = "tower")]
#[doc = include_str!("../docs/migration-from-tower-http.md")]
pub mod migration_from_tower_http {}

#[cfg(feature = "server")]
#[doc = include_str!("../docs/needs.md")]
pub mod server_needs {}
