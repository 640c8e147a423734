//! Worlds, played by the engine: everything that went over the network, and when.

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
    Answer, Sent,
    observation::{head_of, request, sent_of},
    world::{Fetch, World},
};

/// More requests than any fetch may send.
const FAR_TOO_MANY: usize = 60;

/// A request that went out, and what came back.
#[derive(Debug, Clone)]
pub(crate) struct Exchanged {
    pub(crate) sent: OutgoingRequest,
    pub(crate) answer: Option<ResponseHead>,
    /// When the request went out.
    pub(crate) at: Timestamp,
    /// When its answer was there.
    pub(crate) answered: Timestamp,
}

/// One fetch of a world, from what the page asked for to its end.
#[derive(Debug)]
pub(crate) struct CompletedFetch {
    pub(crate) request: Request,
    pub(crate) exchanges: Vec<Exchanged>,
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

    /// Plays one fetch, against the network of the world.
    pub(crate) fn play(&mut self, world: &World, fetch: &Fetch) -> CompletedFetch {
        let mut network = fetch.network();
        self.play_against(world, fetch, &mut network)
    }

    /// Plays one fetch, against another network.
    pub(crate) fn play_against(
        &mut self,
        world: &World,
        fetch: &Fetch,
        network: &mut dyn FnMut(&Sent) -> Option<Answer>,
    ) -> CompletedFetch {
        self.now = self.now.later_by(Duration::from_secs(fetch.wait));
        let request = request(world.origin, fetch);
        self.play_request(request, network)
    }

    pub(crate) fn play_request(
        &mut self,
        request: Request,
        network: &mut dyn FnMut(&Sent) -> Option<Answer>,
    ) -> CompletedFetch {
        let mut exchanges: Vec<Exchanged> = Vec::new();
        let mut step = self.user_agent.fetch(request.clone(), self.now);
        let outcome = loop {
            step = match step {
                Step::Send(exchange) => {
                    assert!(exchanges.len() < FAR_TOO_MANY, "{exchanges:#?}");
                    let (sent, at) = (exchange.request().clone(), self.now);
                    let answer = network(&sent_of(&sent));
                    let seconds = answer.as_ref().map_or(0, |answer| answer.seconds);
                    self.now = self.now.later_by(Duration::from_secs(seconds));
                    let answer = answer.as_ref().map(head_of);
                    exchanges.push(Exchanged { sent, answer: answer.clone(), at, answered: self.now });
                    match answer {
                        None => exchange.fail(&mut self.user_agent, Failure::Network),
                        Some(head) => exchange.receive(head, &mut self.user_agent, self.now),
                    }
                }
                Step::Redirect(redirect) => redirect.follow(&mut self.user_agent, self.now),
                Step::Done(outcome) => break outcome,
            };
        };
        CompletedFetch { request, exchanges, outcome }
    }
}

/// All fetches of a world, one after the other.
pub(crate) fn play(world: &World) -> Vec<CompletedFetch> {
    let mut player = Player::new();
    world.fetches.iter().map(|fetch| player.play(world, fetch)).collect()
}

impl CompletedFetch {
    pub(crate) fn of_kind(&self, kind: RequestKind) -> impl Iterator<Item = &Exchanged> {
        self.exchanges.iter().filter(move |exchanged| exchanged.sent.kind == kind)
    }

    /// Has the response tainting become "cors" by the time of this request? From the first URL on that is of another
    /// origin than the page's, in the only mode that asks for CORS.
    pub(crate) fn is_subject_to_cors(&self, exchanged: &Exchanged) -> bool {
        let crosses = |url: &Url| {
            let own = self.request.origin.as_tuple().map(ToString::to_string);
            own.is_none_or(|own| own != url.origin().ascii_serialization())
        };
        let mut earlier = self.of_kind(RequestKind::Actual).take(exchanged.sent.hop);
        self.request.mode == Mode::Cors
            && (crosses(&exchanged.sent.url) || earlier.any(|earlier| crosses(&earlier.sent.url)))
    }
}

impl Exchanged {
    pub(crate) fn header(&self, name: &str) -> Option<String> {
        text(self.sent.headers.get(&name.parse::<HeaderName>().unwrap()).as_deref())
    }

    /// The lines of one name in the answer, combined.
    pub(crate) fn answered_header(&self, name: &str) -> Option<String> {
        let head = self.answer.as_ref()?;
        text(head.headers.get(&name.parse::<HeaderName>().unwrap()).as_deref())
    }
}

fn text(value: Option<&[u8]>) -> Option<String> {
    value.map(|value| value.iter().copied().map(char::from).collect())
}
