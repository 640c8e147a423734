//! Properties of local network access, over the random worlds of the model with addresses and permissions.

use std::net::IpAddr;

use crossorigin::browser::{
    AddressSpace, Failure, Mode, Outcome, OutgoingRequest, Profile, Step, Timestamp, UserAgent,
};
use proptest::{prelude::*, sample::select};

use crate::{
    distribution::reaches,
    model::{
        engine::{connect, head_of, local_response, request, sent_of},
        random_worlds::world_with_addresses,
        world::{Addresses, Fetch, World},
    },
    proptest_config::cases,
};

/// A fetch in a profile: the requests that went out, each with its address, and the end.
struct Played {
    sent: Vec<(OutgoingRequest, Option<IpAddr>)>,
    outcome: Outcome,
}

impl Played {
    fn end(&self) -> String {
        match &self.outcome {
            Ok(response) => format!("{} {:?}", response.response_type(), response.status()),
            Err(error) => error.to_string(),
        }
    }

    fn requests(&self) -> Vec<&OutgoingRequest> {
        self.sent.iter().map(|(request, _)| request).collect()
    }

    fn is_refused(&self) -> bool {
        let names = ["LocalNetworkDenied", "LocalNetworkInsecureContext", "AddressSpaceMismatch"];
        self.outcome.as_ref().is_err_and(|error| names.contains(&error.reason().name()))
    }
}

/// Plays the fetches of a world. The user agent and its cache are the same for all.
fn play(world: &World, profile: &Profile) -> Vec<Played> {
    let mut user_agent = UserAgent::new(profile.clone());
    world.fetches.iter().map(|fetch| play_fetch(world, fetch, &mut user_agent)).collect()
}

fn play_fetch(world: &World, fetch: &Fetch, user_agent: &mut UserAgent) -> Played {
    let (mut network, mut sent, mut connections) = (fetch.network(), Vec::new(), 0);
    let mut step = user_agent.fetch(request(world.origin, fetch), Timestamp::ZERO);
    let outcome = loop {
        step = match step {
            Step::Send(exchange) => {
                let address = fetch.addresses.as_ref().map(|addresses| address_of(addresses, connections));
                let exchange = match connect(exchange, fetch.addresses.as_ref(), connections, user_agent) {
                    Ok(exchange) => exchange,
                    Err(outcome) => break outcome,
                };
                connections += 1;
                sent.push((exchange.request().clone(), address));
                match network(&sent_of(&exchange)) {
                    None => exchange.fail(user_agent, Failure::Network),
                    Some(response) => exchange.receive(head_of(&response), user_agent, Timestamp::ZERO),
                }
            }
            Step::Local(local) => local_response(local, user_agent),
            Step::Redirect(redirect) => redirect.follow(user_agent, Timestamp::ZERO),
            Step::Done(outcome) => break outcome,
        };
    };
    Played { sent, outcome }
}

fn address_of(addresses: &Addresses, number: usize) -> IpAddr {
    addresses.servers[number % addresses.servers.len()].parse().unwrap()
}

/// The world with other facts about addresses.
fn with(world: &World, change: impl Fn(&mut Addresses)) -> World {
    let mut world = world.clone();
    world.fetches.iter_mut().filter_map(|fetch| fetch.addresses.as_mut()).for_each(change);
    world
}

fn any_profile() -> impl Strategy<Value = Profile> {
    select(Profile::all().to_vec())
}

fn checking_profile() -> impl Strategy<Value = Profile> {
    select(super::checking().to_vec())
}

proptest! {
    #![proptest_config(cases(300))]

    /// An embedder that gives no address of the page sees no change at all: whatever it says of connections,
    /// permissions, secure contexts and target address spaces.
    #[test]
    fn without_an_address_nothing_changes(world in world_with_addresses(), profile in any_profile()) {
        let given = with(&world, |addresses| addresses.page = "");
        let mut absent = world;
        absent.fetches.iter_mut().for_each(|fetch| fetch.addresses = None);
        for (given, absent) in play(&given, &profile).iter().zip(play(&absent, &profile)) {
            prop_assert_eq!(given.requests(), absent.requests());
            prop_assert_eq!(given.end(), absent.end());
        }
    }

    /// Nothing is sent to an address that a public page may not reach: no request, and no preflight. URLs with a
    /// local address or a name under `.local`, and target address spaces, are no way around.
    #[test]
    fn without_a_permission_nothing_is_sent(world in world_with_addresses(), profile in checking_profile()) {
        let denied = with(&world, |addresses| {
            addresses.page = "203.0.113.10";
            addresses.is_granted = false;
            let withheld = |state: &mut &'static str| {
                if *state == "granted" {
                    *state = "prompt";
                }
            };
            withheld(&mut addresses.permissions.0);
            withheld(&mut addresses.permissions.1);
        });
        for (fetch, played) in denied.fetches.iter().zip(play(&denied, &profile)) {
            let page_origin = request(denied.origin, fetch).origin;
            for (sent, address) in &played.sent {
                let is_public = address.is_none_or(|ip| AddressSpace::from(ip) == AddressSpace::Public);
                let is_own = page_origin.as_tuple().is_some_and(|own| own.to_string() == sent.url.origin().ascii_serialization());
                let is_exempt = sent.mode == Mode::Navigate && sent.destination.as_str() == "document"
                    || sent.mode == Mode::WebSocket && profile == Profile::firefox();
                prop_assert!(is_public || is_own || is_exempt, "{:?} to {:?}", sent, address);
            }
        }
    }

    /// A permission refuses nothing: what goes out without it goes out with it, too.
    #[test]
    fn granting_never_refuses(world in world_with_addresses(), profile in any_profile()) {
        // One fetch at a time: with a permission, an earlier fetch may leave more in the cache.
        for fetch in &world.fetches {
            let one = World { fetches: vec![fetch.clone()], ..world.clone() };
            let granted = with(&one, |addresses| addresses.permissions = ("granted", "granted"));
            let (before, after) = (&play(&one, &profile)[0], &play(&granted, &profile)[0]);
            let (sent, with_permission) = (before.requests(), after.requests());
            prop_assert!(with_permission.starts_with(&sent), "{:?}\n{:?}", sent, with_permission);
            if !before.is_refused() {
                prop_assert_eq!(before.end(), after.end());
            }
        }
    }
}

/// The worlds reach refusals in both profiles, with and without anything sent before.
#[test]
fn worlds_reach_refusals() {
    let expected =
        ["chromium at once", "chromium later", "firefox at once", "firefox later", "sent to a local address"];
    reaches(world_with_addresses(), 2_000, &expected, |world, counts| {
        for profile in super::checking() {
            for played in play(world, &profile) {
                let is_local = |address: &IpAddr| AddressSpace::from(*address) != AddressSpace::Public;
                if played.sent.iter().any(|(_, address)| address.as_ref().is_some_and(is_local)) {
                    counts.add("sent to a local address");
                }
                if played.is_refused() {
                    let when = if played.sent.is_empty() { "at once" } else { "later" };
                    counts.add(format!("{} {when}", profile.name()));
                }
            }
        }
    });
}
