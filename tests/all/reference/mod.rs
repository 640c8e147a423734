//! Parts of the subject once more, as plainly as they can be written. They share no code with `src`; tests, fuzz targets and
//! the recorder hold the crate against them.

pub(crate) mod browser;
pub(crate) mod patterns;
#[cfg(feature = "oracle")]
pub(crate) mod policy;
pub(crate) mod response;
pub(crate) mod settings;
