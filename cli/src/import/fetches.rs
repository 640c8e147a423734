//! From exchanges to fetches: which preflight belongs to which request, and which request follows which redirect.

use std::collections::{BTreeSet, HashMap};

use url::Url;

use super::capture::{Exchange, Request, Response};

/// How many redirects of a fetch are followed, as in the standard.
const MAX_REDIRECTS: usize = 20;

/// A fetch: what one call or element asked for, with all its redirects.
#[derive(Debug, Default)]
pub(super) struct Fetch {
    /// The number of its first request in the capture, from 1; without it, that of its preflight.
    pub(super) number: usize,
    /// At least one.
    pub(super) hops: Vec<Hop>,
}

/// A request of a fetch, with its preflight. At least one of them is there.
#[derive(Debug, Default)]
pub(super) struct Hop {
    pub(super) preflight: Option<Exchange>,
    pub(super) actual: Option<Exchange>,
}

impl Fetch {
    /// The first request, and its preflight. If only the preflight was captured, it is both.
    pub(super) fn first_requests(&self) -> Option<(&Request, Option<&Request>)> {
        let first = self.hops.first()?;
        let preflight = first.preflight.as_ref().map(|preflight| &preflight.request);
        let actual = first.actual.as_ref().map(|actual| &actual.request);
        Some((actual.or(preflight)?, preflight))
    }

    /// The profile of the browser that the requests name.
    pub(super) fn browser(&self) -> Option<&'static str> {
        let agent = self.first_requests()?.0.headers.get("user-agent")?;
        let known = [("Firefox/", "firefox"), ("Chrome/", "chromium"), ("AppleWebKit/", "webkit")];
        known.iter().find(|(part, _)| agent.contains(part)).map(|(_, profile)| *profile)
    }

    /// All exchanges.
    pub(super) fn exchanges_mut(&mut self) -> impl Iterator<Item = &mut Exchange> {
        self.hops.iter_mut().flat_map(|hop| hop.preflight.iter_mut().chain(hop.actual.iter_mut()))
    }
}

/// What a preflight and its actual request have in common: URL and method. Their origins differ in one engine after a redirect.
type Key = (String, String);

/// The exchanges that are not part of a fetch yet. Each has its place in the capture.
struct Rest {
    exchanges: Vec<Option<Exchange>>,
    preflights: HashMap<Key, BTreeSet<usize>>,
    actuals: HashMap<String, BTreeSet<usize>>,
}

/// Groups exchanges to fetches, in the order of their first exchanges.
pub(super) fn group(exchanges: Vec<Exchange>) -> Vec<Fetch> {
    let mut rest = Rest::of(exchanges);
    let mut fetches = Vec::new();
    for place in 0..rest.exchanges.len() {
        let is_preflight = |exchange: &Exchange| exchange.request.is_preflight();
        if rest.exchanges.get(place).and_then(Option::as_ref).is_some_and(|it| !is_preflight(it)) {
            fetches.extend(rest.take_fetch(place));
        }
    }
    // Preflights whose requests were not sent.
    for (place, preflight) in rest.exchanges.into_iter().enumerate() {
        if preflight.is_some() {
            let hops = vec![Hop { preflight, actual: None }];
            fetches.push(Fetch { number: place.saturating_add(1), hops });
        }
    }
    fetches.sort_by_key(|fetch| fetch.number);
    fetches
}

impl Rest {
    fn of(exchanges: Vec<Exchange>) -> Self {
        let (mut preflights, mut actuals) = (HashMap::new(), HashMap::new());
        for (place, Exchange { request, .. }) in exchanges.iter().enumerate() {
            if request.is_preflight() {
                let method = request.headers.get("access-control-request-method").unwrap_or_default();
                let key = key(&request.url, method);
                preflights.entry(key).or_insert_with(BTreeSet::new).insert(place);
            } else {
                actuals.entry(without_fragment(&request.url)).or_insert_with(BTreeSet::new).insert(place);
            }
        }
        Self { exchanges: exchanges.into_iter().map(Some).collect(), preflights, actuals }
    }

    /// Takes the fetch that begins with the actual request at that place.
    fn take_fetch(&mut self, place: usize) -> Option<Fetch> {
        let mut fetch = Fetch { number: place.saturating_add(1), hops: Vec::new() };
        let mut next = Some(place);
        while let Some(place) = next.filter(|_| fetch.hops.len() <= MAX_REDIRECTS) {
            let actual = self.take_actual(place)?;
            next = actual.response.as_ref().and_then(|response| self.place_after(place, &actual, response));
            let preflight = self.take_preflight(place, &actual);
            fetch.hops.push(Hop { preflight, actual: Some(actual) });
        }
        Some(fetch)
    }

    fn take_actual(&mut self, place: usize) -> Option<Exchange> {
        let actual = self.exchanges.get_mut(place)?.take()?;
        if let Some(places) = self.actuals.get_mut(&without_fragment(&actual.request.url)) {
            places.remove(&place);
        }
        Some(actual)
    }

    /// The place of the request that follows a redirect.
    fn place_after(&self, place: usize, redirected: &Exchange, response: &Response) -> Option<usize> {
        let url = Url::parse(&redirected.request.url).ok()?.join(response.location()?).ok()?;
        self.actuals.get(&without_fragment(url.as_str()))?.range(place..).next().copied()
    }

    /// Takes the preflight that is nearest to its request. Browsers write it before its request or after it.
    fn take_preflight(&mut self, place: usize, actual: &Exchange) -> Option<Exchange> {
        let request = &actual.request;
        let places = self.preflights.get_mut(&key(&request.url, &request.method))?;
        let before = places.range(..place).next_back().copied();
        let preflight = before.or_else(|| places.range(place..).next().copied())?;
        places.remove(&preflight);
        self.exchanges.get_mut(preflight)?.take()
    }
}

fn key(url: &str, method: &str) -> Key {
    (without_fragment(url), method.to_owned())
}

fn without_fragment(url: &str) -> String {
    url.split('#').next().unwrap_or_default().to_owned()
}
