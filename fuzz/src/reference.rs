//! The reference of the tests for the server side: plain reimplementations of origins, policies and browsers.
#![allow(dead_code, reason = "the targets use only a part of it")]

#[path = "../../tests/all/reference/browser.rs"]
pub(crate) mod browser;
#[path = "../../tests/all/reference/patterns.rs"]
pub(crate) mod patterns;
#[path = "../../tests/all/reference/policy.rs"]
pub(crate) mod policy;
#[path = "../../tests/all/reference/response.rs"]
pub(crate) mod response;
#[path = "../../tests/all/reference/settings.rs"]
pub(crate) mod settings;
