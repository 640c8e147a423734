//! The address check of local network access, between a connection and its request.

use super::{Exchange, Outcome, refuse};
use crate::browser::{
    address_space::{Address, AddressSpace},
    diagnosis::{Phase, Reason, Refused},
    fetch::Fetch,
    outgoing_request::RequestKind,
    user_agent::UserAgent,
};

/// What comes after a connection: see [`Exchange::connected`].
#[derive(Debug)]
#[must_use = "a fetch goes on only when its exchange does"]
pub enum Connected {
    /// The request may be sent.
    Send(Exchange),
    /// The user decides. Nothing may be sent before.
    Ask(PermissionPrompt),
    /// The fetch is over, and nothing may be sent.
    Done(Outcome),
}

/// A question to the user: may the page reach a local address? See [`Exchange::connected`].
///
/// Dropping this value ends the fetch without an [`Outcome`]: see [cancelling](crate::browser#cancelling).
#[derive(Debug)]
#[must_use = "a fetch goes on only when the user has decided"]
pub struct PermissionPrompt {
    exchange: Exchange,
    space: AddressSpace,
}

impl Exchange {
    /// Takes the address of the connection over which the request will be sent, and checks by
    /// [local network access](https://wicg.github.io/local-network-access/) whether the page may reach it.
    ///
    /// Call it before anything is sent: for each preflight, actual request and redirect, also if the connection is
    /// reused. For a response from your HTTP cache, call it with the address that the response came from. If the page
    /// has an [address](crate::browser::Page::with_address), [`receive`](Self::receive) without this call ends the
    /// fetch with [`Reason::AddressMissing`]. If the page has none, this call does nothing.
    ///
    /// Standard, WebKit: nothing is refused, and a [warning](crate::browser::Warning::LocalNetworkUnchecked) says so.
    /// Chromium, Firefox: a public page needs a permission for local addresses.
    ///
    /// ```
    /// use crossorigin::browser::{AddressSpace, Connected, Page, Profile, Step, Timestamp, UserAgent};
    /// use crossorigin::http::Response;
    /// use std::net::IpAddr;
    ///
    /// let mut user_agent = UserAgent::new(Profile::chromium());
    /// let page = Page::new("https://app.example/")?.with_address(AddressSpace::Public);
    /// let request = page.fetch("http://192.168.0.1/status").build()?;
    /// let Step::Send(exchange) = user_agent.fetch(request, Timestamp::ZERO) else { panic!() };
    ///
    /// let ip: IpAddr = "192.168.0.1".parse()?; // of the connection that your HTTP client has made
    /// let exchange = match exchange.connected(ip, &mut user_agent) {
    ///     Connected::Send(exchange) => exchange,
    ///     Connected::Ask(prompt) => {
    ///         assert_eq!(prompt.space(), AddressSpace::Local);
    ///         prompt.grant() // the user agrees; otherwise `deny`
    ///     }
    ///     Connected::Done(outcome) => panic!("{outcome:?}"),
    /// };
    /// // Now the request may be sent. Ordinary CORS follows.
    /// let step = exchange.receive(Response::new(()), &mut user_agent, Timestamp::ZERO);
    /// let Step::Done(Err(error)) = step else { panic!("{step:?}") };
    /// assert_eq!(error.reason().name(), "AllowOriginMissing");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn connected(mut self, address: impl Into<Address>, user_agent: &mut UserAgent) -> Connected {
        match self.fetch.check_address(self.phase(), address.into()) {
            Ok(None) => Connected::Send(Self { has_address: true, ..self }),
            Ok(Some(space)) => Connected::Ask(PermissionPrompt { exchange: self, space }),
            Err(refused) => Connected::Done(refuse(self.fetch, *refused, user_agent.cache_mut())),
        }
    }

    pub(super) fn phase(&self) -> Phase {
        match self.request.kind {
            RequestKind::Preflight => Phase::Preflight,
            RequestKind::Actual => Phase::Actual,
        }
    }

    /// The refusal of a response, if its address was not given and must be.
    pub(super) fn missing_address(&self) -> Option<Box<Refused>> {
        let is_missing = !self.has_address && self.fetch.needs_addresses();
        is_missing.then(|| Refused::without_response(self.phase(), Reason::AddressMissing))
    }
}

impl PermissionPrompt {
    /// The address space that the page wants to reach. The permission for [`AddressSpace::Loopback`] is called
    /// `loopback-network`, that for [`AddressSpace::Local`] is called `local-network`.
    #[must_use]
    pub fn space(&self) -> AddressSpace {
        self.space
    }

    /// Goes on, because the user grants the permission. It holds for the rest of this fetch. For later requests, make the
    /// page again [`with_permission`](crate::browser::Page::with_permission).
    pub fn grant(mut self) -> Exchange {
        self.exchange.fetch.grant(self.space);
        Exchange { has_address: true, ..self.exchange }
    }

    /// Ends the fetch, because the user does not grant the permission, or does not respond.
    pub fn deny(self, user_agent: &mut UserAgent) -> Outcome {
        let refused = Fetch::refuse_permission(self.exchange.phase(), self.space);
        refuse(self.exchange.fetch, *refused, user_agent.cache_mut())
    }
}
