//! What the tests of the server side compare with: origins and browsers, as plainly as they can be written.

#[allow(dead_code, reason = "the tests of the crate use all of it, the laws here a part")]
#[path = "../../tests/all/reference/browser.rs"]
pub(crate) mod browser;
#[path = "../../tests/all/reference/patterns.rs"]
pub(crate) mod patterns;
