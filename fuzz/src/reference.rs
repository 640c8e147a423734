//! What the tests hold the server side against: origins, policies and browsers, as plainly as they can be written.
#![allow(dead_code, reason = "the tests of the crate use all of it, the targets a part")]

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
