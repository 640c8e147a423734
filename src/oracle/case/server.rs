//! The server of a case that is a policy in front of a handler.

use super::{CaseAnswer, InvalidCase, Latin1};
use crate::browser::OutgoingRequest;
use crate::oracle::{Answer, PolicyServer, Server};
use crate::server::PolicyConfig;
use serde::Deserialize;

/// A policy in front of a handler that always answers the same.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct CaseServer {
    /// The policy, as configuration.
    pub policy: PolicyConfig,
    /// The handler's status, 200 if absent.
    #[serde(default)]
    pub status: Option<u16>,
    /// The handler's header lines.
    #[serde(default)]
    pub headers: Vec<(String, Latin1)>,
}

impl CaseServer {
    pub(super) fn build(&self) -> Result<impl Server + use<>, InvalidCase> {
        let policy = self.policy.build().map_err(|faults| InvalidCase::new("policy", faults))?;
        let answer = CaseAnswer { network_error: false, status: self.status, headers: self.headers.clone() };
        let answer = answer.to_answer()?;
        Ok(PolicyServer::new(policy, move |_: &OutgoingRequest| -> Answer { answer.clone() }))
    }
}
