//! The request of the case that is made for a message.

use serde::Serialize;

/// The request of a case. Absent fields have the defaults of the API.
#[derive(Default, Serialize)]
pub(super) struct DraftRequest<'a> {
    pub(super) api: &'static str,
    pub(super) url: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) method: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) headers: Option<&'a [(String, String)]>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) mode: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) credentials: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) redirect: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) crossorigin: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) embedder_policy: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) target_address_space: Option<&'a str>,
}
