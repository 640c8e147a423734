//! The responses of a server.

use crossorigin::{
    browser::{Failure, Fix, RequestKind, ResponseHead},
    header_list::HeaderList,
    http::StatusCode,
    oracle::ServerResponse,
};

/// A response, and the kind of request that it belongs to.
#[derive(Debug, Clone)]
pub(crate) struct ScriptedResponse {
    pub(super) kind: RequestKind,
    pub(crate) server_response: ServerResponse,
}

/// A response to a preflight, with status 204.
pub(crate) fn pf() -> ScriptedResponse {
    ScriptedResponse::new(RequestKind::Preflight, 204)
}

/// A response to an actual request, with status 200.
pub(crate) fn ok() -> ScriptedResponse {
    ScriptedResponse::new(RequestKind::Actual, 200)
}

/// A redirect of an actual request.
pub(crate) fn redirect(status: u16, location: &str) -> ScriptedResponse {
    ok().status(status).with("location", location)
}

/// A failure instead of a response to an actual request.
pub(crate) fn lost(failure: Failure) -> ScriptedResponse {
    ScriptedResponse { server_response: failure.into(), ..ok() }
}

/// A failure instead of a response to a preflight.
pub(crate) fn lost_preflight(failure: Failure) -> ScriptedResponse {
    ScriptedResponse { server_response: failure.into(), ..pf() }
}

impl ScriptedResponse {
    fn new(kind: RequestKind, status: u16) -> Self {
        let status = StatusCode::from_u16(status).unwrap();
        Self { kind, server_response: ResponseHead { status, headers: HeaderList::new() }.into() }
    }

    fn change(mut self, change: impl FnOnce(&mut ResponseHead)) -> Self {
        if let ServerResponse::Response(head) = &mut self.server_response {
            change(head);
        }
        self
    }

    pub(crate) fn head(&self) -> ResponseHead {
        let ServerResponse::Response(head) = self.server_response.clone() else {
            panic!("there is no response")
        };
        head
    }

    pub(crate) fn into_response(self) -> ServerResponse {
        self.server_response
    }

    pub(crate) fn status(self, status: u16) -> Self {
        self.change(|head| head.status = StatusCode::from_u16(status).unwrap())
    }

    pub(crate) fn with(self, name: &str, value: impl AsRef<[u8]>) -> Self {
        self.change(|head| head.headers.append(name.parse().unwrap(), value).unwrap())
    }

    pub(crate) fn allow_origin(self, value: impl AsRef<[u8]>) -> Self {
        self.with("access-control-allow-origin", value)
    }

    pub(crate) fn allow_credentials(self, value: impl AsRef<[u8]>) -> Self {
        self.with("access-control-allow-credentials", value)
    }

    pub(crate) fn allow_methods(self, value: impl AsRef<[u8]>) -> Self {
        self.with("access-control-allow-methods", value)
    }

    pub(crate) fn allow_headers(self, value: impl AsRef<[u8]>) -> Self {
        self.with("access-control-allow-headers", value)
    }

    pub(crate) fn expose_headers(self, value: impl AsRef<[u8]>) -> Self {
        self.with("access-control-expose-headers", value)
    }

    pub(crate) fn max_age(self, value: impl AsRef<[u8]>) -> Self {
        self.with("access-control-max-age", value)
    }

    /// Changes the response as the fix says. Returns whether it changed.
    pub(super) fn apply(&mut self, fix: &Fix) -> bool {
        match &mut self.server_response {
            ServerResponse::Response(head) => fix.apply_to_response(head),
            _ => false,
        }
    }
}
