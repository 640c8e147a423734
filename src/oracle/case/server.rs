//! The server of a case that is a policy in front of a handler.

use serde::Deserialize;

use super::{invalid::InvalidCase, latin1::Latin1, response::CaseResponse};
use crate::{
    browser::OutgoingRequest,
    oracle::{
        policy_server::PolicyServer,
        server::{Server, ServerResponse},
    },
    server::PolicyConfig,
};

/// A policy in front of a handler whose response is always the same.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct CaseServer {
    policy: PolicyConfig,
    /// 200 if absent.
    #[serde(default)]
    status: Option<u16>,
    #[serde(default)]
    headers: Vec<(String, Latin1)>,
}

impl CaseServer {
    pub(super) fn build(&self) -> Result<impl Server + use<>, InvalidCase> {
        let policy = self.policy.build().map_err(|errors| InvalidCase::new("policy", errors))?;
        let handler = CaseResponse::of_handler(self.status, self.headers.clone());
        let response = handler.to_response()?;
        Ok(PolicyServer::new(policy, move |_: &OutgoingRequest| -> ServerResponse { response.clone() }))
    }
}
