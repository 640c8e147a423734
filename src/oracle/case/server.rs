//! The server of a case that is a policy in front of a handler.

use std::net::IpAddr;

use serde::Deserialize;

use super::{invalid::InvalidCase, latin1::Latin1, response::CaseResponse};
use crate::{
    browser::{Address, OutgoingRequest},
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
    /// The address of the server.
    #[serde(default)]
    pub(super) ip: Option<IpAddr>,
    /// 200 if absent.
    #[serde(default)]
    status: Option<u16>,
    #[serde(default)]
    headers: Vec<(String, Latin1)>,
}

/// A handler with an address, whose response is always the same.
struct Handler {
    address: Option<Address>,
    response: ServerResponse,
}

impl Server for Handler {
    fn address(&mut self, _: &OutgoingRequest) -> Option<Address> {
        self.address
    }

    fn respond(&mut self, _: &OutgoingRequest) -> ServerResponse {
        self.response.clone()
    }
}

impl CaseServer {
    pub(super) fn build(&self) -> Result<impl Server + use<>, InvalidCase> {
        let policy = self.policy.build().map_err(|errors| InvalidCase::new("policy", errors))?;
        let handler = CaseResponse::of_handler(self.status, self.headers.clone());
        let response = handler.to_response()?;
        let handler = Handler { address: self.ip.map(Address::from), response };
        Ok(PolicyServer::new(policy, handler))
    }
}
