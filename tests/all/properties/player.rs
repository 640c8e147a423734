//! Plays a world with the engine, and records everything that went over the network, with the times.

use std::time::Duration;

use crossorigin::{
    browser::{
        Failure, Mode, Outcome, OutgoingRequest, PreflightCache, Profile, Request, RequestKind, ResponseHead,
        Step, Timestamp, UserAgent,
    },
    http::header::HeaderName,
    site::Sites,
};
use url::Url;

use crate::model::{
    NetworkResponse, Sent,
    engine::{connect, head_of, local_response, request, sent_of},
    world::{Addresses, Fetch, World},
};

/// More requests than a fetch may send.
const FAR_TOO_MANY: usize = 60;

/// A request that was sent, and its response.
#[derive(Debug, Clone)]
pub(crate) struct CompletedExchange {
    pub(crate) sent: OutgoingRequest,
    pub(crate) response: Option<ResponseHead>,
    /// When the request was sent.
    pub(crate) sent_at: Timestamp,
    /// When the response was received.
    pub(crate) received_at: Timestamp,
}

/// One fetch of a world: the request of the page, the exchanges, and the outcome.
#[derive(Debug)]
pub(crate) struct CompletedFetch {
    pub(crate) request: Request,
    pub(crate) exchanges: Vec<CompletedExchange>,
    pub(crate) outcome: Outcome,
}

/// A user agent with a clock.
pub(crate) struct Player {
    pub(crate) user_agent: UserAgent,
    pub(crate) now: Timestamp,
}

impl Player {
    pub(crate) fn new() -> Self {
        Self::with_cache(PreflightCache::default())
    }

    pub(crate) fn with_cache(cache: PreflightCache) -> Self {
        let mut player = Self::with_profile(Profile::standard());
        player.user_agent = player.user_agent.with_cache(cache);
        player
    }

    pub(crate) fn with_profile(profile: Profile) -> Self {
        let user_agent = UserAgent::new(profile).with_sites(Sites::two_labels());
        Self { user_agent, now: Timestamp::ZERO }
    }

    /// Plays one fetch with the network of the world.
    pub(crate) fn play(&mut self, world: &World, fetch: &Fetch) -> CompletedFetch {
        let mut network = fetch.network();
        self.play_against(world, fetch, &mut network)
    }

    /// Plays one fetch with another network.
    pub(crate) fn play_against(
        &mut self,
        world: &World,
        fetch: &Fetch,
        network: &mut dyn FnMut(&Sent) -> Option<NetworkResponse>,
    ) -> CompletedFetch {
        self.now = self.now.later_by(Duration::from_secs(fetch.wait));
        self.run(request(world.origin, fetch), fetch.addresses.as_ref(), network)
    }

    fn run(
        &mut self,
        request: Request,
        addresses: Option<&Addresses>,
        network: &mut dyn FnMut(&Sent) -> Option<NetworkResponse>,
    ) -> CompletedFetch {
        let mut connections = 0;
        let mut exchanges: Vec<CompletedExchange> = Vec::new();
        let mut step = self.user_agent.fetch(request.clone(), self.now);
        let outcome = loop {
            step = match step {
                Step::Send(exchange) => {
                    assert!(exchanges.len() < FAR_TOO_MANY, "{exchanges:#?}");
                    let exchange = match connect(exchange, addresses, connections, &mut self.user_agent) {
                        Ok(exchange) => exchange,
                        Err(outcome) => break outcome,
                    };
                    connections += 1;
                    let (sent, sent_at) = (exchange.request().clone(), self.now);
                    let response = network(&sent_of(&exchange));
                    let seconds = response.as_ref().map_or(0, |response| response.seconds);
                    self.now = self.now.later_by(Duration::from_secs(seconds));
                    let response = response.as_ref().map(head_of);
                    exchanges.push(CompletedExchange {
                        sent,
                        response: response.clone(),
                        sent_at,
                        received_at: self.now,
                    });
                    match response {
                        None => exchange.fail(&mut self.user_agent, Failure::Network),
                        Some(head) => exchange.receive(head, &mut self.user_agent, self.now),
                    }
                }
                Step::Local(local) => local_response(local, &mut self.user_agent),
                Step::Redirect(redirect) => redirect.follow(&mut self.user_agent, self.now),
                Step::Done(outcome) => break outcome,
            };
        };
        CompletedFetch { request, exchanges, outcome }
    }
}

/// Plays all fetches of a world, one after another.
pub(crate) fn play(world: &World) -> Vec<CompletedFetch> {
    let mut player = Player::new();
    world.fetches.iter().map(|fetch| player.play(world, fetch)).collect()
}

impl CompletedFetch {
    pub(crate) fn of_kind(&self, kind: RequestKind) -> impl Iterator<Item = &CompletedExchange> {
        self.exchanges.iter().filter(move |exchange| exchange.sent.kind == kind)
    }

    /// Returns whether the response tainting is "cors" for this request. It is from the first URL on that has
    /// another origin than the page, in mode "cors".
    pub(crate) fn is_subject_to_cors(&self, exchange: &CompletedExchange) -> bool {
        let crosses = |url: &Url| {
            let own = self.request.origin.as_tuple().map(ToString::to_string);
            own.is_none_or(|own| own != url.origin().ascii_serialization())
        };
        let mut earlier = self.of_kind(RequestKind::Actual).take(exchange.sent.hop);
        self.request.mode == Mode::Cors
            && (crosses(&exchange.sent.url) || earlier.any(|earlier| crosses(&earlier.sent.url)))
    }
}

impl CompletedExchange {
    pub(crate) fn header(&self, name: &str) -> Option<String> {
        text(self.sent.headers.get(&name.parse::<HeaderName>().unwrap()).as_deref())
    }

    /// The lines of one name in the response, combined.
    pub(crate) fn response_header(&self, name: &str) -> Option<String> {
        let head = self.response.as_ref()?;
        text(head.headers.get(&name.parse::<HeaderName>().unwrap()).as_deref())
    }
}

fn text(value: Option<&[u8]>) -> Option<String> {
    value.map(|value| value.iter().copied().map(char::from).collect())
}
