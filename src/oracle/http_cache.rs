//! What an HTTP cache would give for a request, from the responses of one earlier fetch. This is not an HTTP cache: the case says
//! that the response was stored, and only what changes the result of a CORS check is looked at.

use std::{collections::HashSet, time::Duration};

use http::{
    HeaderName, Method, StatusCode,
    header::{CONTENT_LENGTH, ETAG, IF_MODIFIED_SINCE, IF_NONE_MATCH, LAST_MODIFIED},
};

use super::{
    http_caching::{CacheControl, vary},
    transcript::{Event, Transcript},
};
use crate::{
    browser::{Address, CacheMode, Exchange, OutgoingRequest, ResponseHead},
    header_list::HeaderList,
    standard::Algorithm,
};

/// How many members of `Vary` are looked at. A response with more is not used again.
const MAX_VARY: usize = 64;

/// The cache that has the responses of an earlier fetch.
#[derive(Debug)]
pub(super) struct HttpCache<'a> {
    stored: &'a Transcript,
    /// The time since the responses were stored.
    age: Duration,
    is_shared: bool,
}

/// What a cache does with a request.
#[derive(Debug)]
pub(super) enum Lookup {
    /// The request goes to the server: the cache has no response that fits.
    Miss,
    /// The cache responds, with the address that the response came from.
    Fresh { head: ResponseHead, address: Option<Address> },
    /// The cache asks the server whether the response is still valid.
    Stale(ResponseHead),
}

impl<'a> HttpCache<'a> {
    /// The cache of the browser, in which the fetch was stored some time ago.
    pub(super) fn of_browser(stored: &'a Transcript, age: Duration) -> Self {
        Self { stored, age, is_shared: false }
    }

    /// A cache between the browser and the server, such as that of a CDN.
    pub(super) fn between(stored: &'a Transcript, age: Duration) -> Self {
        Self { stored, age, is_shared: true }
    }

    pub(super) fn is_shared(&self) -> bool {
        self.is_shared
    }

    /// What the cache does with the request that is about to go out.
    pub(super) fn look_up(&self, exchange: &Exchange) -> Lookup {
        let request = exchange.request();
        let bypasses = matches!(request.cache, CacheMode::NoStore | CacheMode::Reload);
        // Preflights have the method OPTIONS.
        if request.method != Method::GET || bypasses {
            return Lookup::Miss;
        }
        let Some((response, address)) = self.response_for(exchange) else { return Lookup::Miss };
        let control = CacheControl::of(&response.headers);
        if control.no_store || self.is_shared && control.is_private {
            return Lookup::Miss;
        }
        let lifetime = control.lifetime(self.is_shared).map(Duration::from_secs);
        let is_fresh = match (request.cache, lifetime) {
            (CacheMode::ForceCache | CacheMode::OnlyIfCached, _) => true,
            (CacheMode::NoCache, _) => false,
            (_, Some(lifetime)) => self.age < lifetime,
            // Caches guess a lifetime, and the case says that the response was used.
            (_, None) => true,
        };
        match is_fresh {
            true => Lookup::Fresh { head: response.clone(), address },
            false if has_validator(&response.headers) => Lookup::Stale(response.clone()),
            false => Lookup::Miss,
        }
    }

    /// The last response that was stored for a request like this, and its address.
    fn response_for(&self, exchange: &Exchange) -> Option<(&'a ResponseHead, Option<Address>)> {
        let request = exchange.request();
        let fits = |sent: &OutgoingRequest, response: &ResponseHead| {
            (&sent.method, &sent.url) == (&request.method, &request.url)
                && (self.is_shared
                    || sent.partition == request.partition && exchange.shares_http_cache_with(sent))
                && varies_alike(response, sent, request)
        };
        let is_refused = |response: &ResponseHead| match self.stored.outcome() {
            Err(error) => {
                error.step().algorithm() == Algorithm::CorsCheck && error.response() == Some(response)
            }
            Ok(_) => false,
        };
        let mut last = None;
        let mut sent = None;
        let mut addresses = self.stored.addresses.iter();
        let mut address = None;
        for event in self.stored.events() {
            match event {
                Event::Sent(request) => {
                    sent = Some(request);
                    address = addresses.next().copied().flatten();
                }
                Event::Received(response) => {
                    let is_stored = exchange.stores_refused_responses() || !is_refused(response);
                    if sent.take().is_some_and(|sent| is_stored && fits(sent, response)) {
                        last = Some((response, address));
                    }
                }
                _ => {}
            }
        }
        last
    }
}

/// Returns whether a cache can ask the server if its copy is still valid.
fn has_validator(headers: &HeaderList) -> bool {
    headers.contains(&ETAG) || headers.contains(&LAST_MODIFIED)
}

/// Returns whether the two requests have the same values of the headers that `Vary` names.
fn varies_alike(response: &ResponseHead, one: &OutgoingRequest, other: &OutgoingRequest) -> bool {
    let members = vary(&response.headers);
    // Nobody varies on more.
    members.len() <= MAX_VARY
        && members.iter().all(|member| {
            let name = HeaderName::from_bytes(member.as_bytes());
            member != "*" && name.is_ok_and(|name| one.headers.get(&name) == other.headers.get(&name))
        })
}

/// The request with which a cache asks whether a response is still valid.
pub(super) fn conditional(request: &OutgoingRequest, stored: &ResponseHead) -> OutgoingRequest {
    let mut request = request.clone();
    for (validator, condition) in [(ETAG, IF_NONE_MATCH), (LAST_MODIFIED, IF_MODIFIED_SINCE)] {
        if let Some(value) = stored.headers.get(&validator)
            && !request.headers.contains(&condition)
        {
            request.headers.push_valid(condition, value.into_owned());
        }
    }
    request
}

/// The stored response as the cache gives it after the server's response: with the headers of a 304 in place of its own of the
/// same names. `None` if the server sent another response.
pub(super) fn refreshed(stored: &ResponseHead, response: &ResponseHead) -> Option<ResponseHead> {
    if response.status != StatusCode::NOT_MODIFIED {
        return None;
    }
    let updates = || response.headers.iter().filter(|(name, _)| *name != CONTENT_LENGTH);
    let updated: HashSet<_> = updates().map(|(name, _)| name).collect();
    let kept = stored.headers.iter().filter(|(name, _)| !updated.contains(name));
    let mut headers = HeaderList::new();
    for (name, value) in kept.chain(updates()) {
        headers.push_valid(name.clone(), value);
    }
    Some(ResponseHead { status: stored.status, headers })
}
