//! Plain reimplementations of parts of the crate. They share no code with `src`. Tests, fuzz targets and the
//! recorder compare the crate with them.

pub(crate) mod browser;
pub(crate) mod patterns;
#[cfg(feature = "oracle")]
pub(crate) mod policy;
pub(crate) mod response;
pub(crate) mod settings;
