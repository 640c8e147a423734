//! The responses of one step.

use std::collections::VecDeque;

use super::{invalid::InvalidCase, response::CaseResponse};
use crate::{
    browser::{Address, Failure, OutgoingRequest, RequestKind},
    oracle::server::{Server, ServerResponse},
};

/// Responses in the order of the requests. A response that is meant for a request of another kind is not sent: the requests are
/// not those for which the list was written.
#[derive(Debug, Default)]
pub(super) struct CaseScript {
    responses: VecDeque<Scripted>,
}

/// A response.
#[derive(Debug)]
struct Scripted {
    /// The address of the server.
    address: Option<Address>,
    response: ServerResponse,
    /// The kind of request that it is meant for, if it is known.
    meant: Option<RequestKind>,
}

impl CaseScript {
    /// The responses of a step, except the first `skipped`. `meant` has the kinds of the requests for which the step was written,
    /// as far as they are known; a response that names a kind itself is meant for that.
    pub(super) fn new(
        responses: &[CaseResponse],
        skipped: usize,
        meant: &[RequestKind],
    ) -> Result<Self, InvalidCase> {
        let mut script = Self::default();
        for (index, response) in responses.iter().enumerate().skip(skipped) {
            let inside = |invalid: InvalidCase| invalid.inside(format!("responses[{index}]"));
            let meant = meant.get(index.saturating_sub(skipped)).copied();
            let kind = response.to.map(RequestKind::from).or(meant);
            let address = response.ip.map(Address::from);
            let response = response.to_response().map_err(inside)?;
            script.responses.push_back(Scripted { address, response, meant: kind });
        }
        Ok(script)
    }
}

impl Server for CaseScript {
    fn address(&mut self, request: &OutgoingRequest) -> Option<Address> {
        let next = self.responses.front()?;
        next.address.filter(|_| next.meant.is_none_or(|meant| meant == request.kind))
    }

    fn respond(&mut self, request: &OutgoingRequest) -> ServerResponse {
        match self.responses.pop_front() {
            None => ServerResponse::Failure(Failure::NoScriptedResponse),
            Some(Scripted { meant: Some(meant), .. }) if meant != request.kind => {
                ServerResponse::Failure(Failure::ScriptedForOtherRequest { meant })
            }
            Some(Scripted { response, .. }) => response,
        }
    }
}
