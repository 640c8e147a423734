//! What an embedder does with connections and prompts.

use crossorigin::browser::{
    AddressSpace, Connected, Exchange, Failure, Page, Permission, Profile, RequestKind, Step, Timestamp,
    UserAgent,
};

use super::{LOCAL, PUBLIC, allowing, get, ip, page_at, put, with_permissions};

const NOW: Timestamp = Timestamp::ZERO;

fn begin(user_agent: &mut UserAgent, request: crossorigin::browser::Request) -> Exchange {
    match user_agent.fetch(request, NOW) {
        Step::Send(exchange) => exchange,
        step => panic!("{step:?}"),
    }
}

fn sent(connected: Connected) -> Exchange {
    match connected {
        Connected::Send(exchange) => exchange,
        other => panic!("{other:?}"),
    }
}

fn reason(step: Step) -> &'static str {
    match step {
        Step::Done(Err(error)) => error.reason().name(),
        step => panic!("{step:?}"),
    }
}

#[test]
fn a_granted_permission_holds_for_the_rest_of_the_fetch() {
    let mut user_agent = UserAgent::new(Profile::chromium()).with_trace();
    let preflight = begin(&mut user_agent, put(&page_at(ip(PUBLIC))));
    let Connected::Ask(prompt) = preflight.connected(ip(LOCAL), &mut user_agent) else { panic!() };
    assert_eq!(prompt.space(), AddressSpace::Local);
    let preflight = prompt.grant();
    let finding = preflight.trace().last().unwrap();
    assert_eq!(finding.step.to_string(), "Local Network Access check 5.13.1");
    assert_eq!(preflight.request().kind, RequestKind::Preflight);

    let Step::Send(actual) = preflight.receive(allowing(), &mut user_agent, NOW) else { panic!() };
    let actual = sent(actual.connected(ip(LOCAL), &mut user_agent));
    let finding = actual.trace().last().unwrap();
    assert_eq!(finding.step.to_string(), "Local Network Access check 5.12");
    let step = actual.receive(allowing(), &mut user_agent, NOW);
    assert!(matches!(step, Step::Done(Ok(_))), "{step:?}");

    // The next fetch of the same page asks again.
    let next = begin(&mut user_agent, get(&page_at(ip(PUBLIC))));
    assert!(matches!(next.connected(ip(LOCAL), &mut user_agent), Connected::Ask(_)));
}

#[test]
fn a_permission_for_one_space_is_not_one_for_the_other() {
    let mut user_agent = UserAgent::new(Profile::chromium());
    let preflight = begin(&mut user_agent, put(&page_at(ip(PUBLIC))));
    let Connected::Ask(prompt) = preflight.connected(AddressSpace::Local, &mut user_agent) else { panic!() };
    let step = prompt.grant().receive(allowing(), &mut user_agent, NOW);
    let Step::Send(actual) = step else { panic!("{step:?}") };
    let Connected::Ask(prompt) = actual.connected(AddressSpace::Loopback, &mut user_agent) else { panic!() };
    assert_eq!(prompt.space(), AddressSpace::Loopback);
}

#[test]
fn a_prompt_that_is_denied_ends_the_fetch_and_forgets_the_permissions_of_the_cache() {
    let mut user_agent = UserAgent::new(Profile::standard().with_local_network_access(true));
    let page = with_permissions(page_at(ip(PUBLIC)), Permission::Prompt);
    let preflight = begin(&mut user_agent, put(&page));
    let Connected::Ask(prompt) = preflight.connected(ip(LOCAL), &mut user_agent) else { panic!() };
    let step = prompt.grant().receive(allowing(), &mut user_agent, NOW);
    assert!(matches!(step, Step::Send(_)));
    assert!(!user_agent.cache().is_empty());

    // The permission is cached, so the actual request goes first. The connection is another one.
    let actual = begin(&mut user_agent, put(&page));
    assert_eq!(actual.request().kind, RequestKind::Actual);
    let Connected::Ask(prompt) = actual.connected(ip(LOCAL), &mut user_agent) else { panic!() };
    let error = prompt.deny(&mut user_agent).unwrap_err();
    assert_eq!(error.reason().name(), "LocalNetworkDenied");
    assert!(user_agent.cache().is_empty()); // as after every network error
}

/// An embedder that gave the page's address cannot forget that of a connection, whatever the profile is.
#[test]
fn a_response_from_an_unknown_address_is_an_error() {
    for profile in Profile::all() {
        let mut user_agent = UserAgent::new(profile);
        let page = page_at(ip(PUBLIC));
        let exchange = begin(&mut user_agent, get(&page));
        assert_eq!(reason(exchange.receive(allowing(), &mut user_agent, NOW)), "AddressMissing");

        // Each request of a fetch needs it.
        let preflight = begin(&mut user_agent, put(&page));
        let preflight = sent(preflight.connected(AddressSpace::Public, &mut user_agent));
        let step = preflight.receive(allowing(), &mut user_agent, NOW);
        let Step::Send(actual) = step else { panic!("{step:?}") };
        assert_eq!(reason(actual.receive(allowing(), &mut user_agent, NOW)), "AddressMissing");

        // Without a connection, there is no address.
        let exchange = begin(&mut user_agent, get(&page));
        assert_eq!(reason(exchange.fail(&mut user_agent, Failure::Network)), "Network");
    }
}

/// Chromium stores the preflight of a canceled fetch, if it may have been sent.
#[test]
fn a_canceled_preflight_is_stored_only_if_its_address_was_checked() {
    for is_checked in [true, false] {
        let mut user_agent = UserAgent::new(Profile::chromium());
        let mut preflight = begin(&mut user_agent, put(&page_at(ip(PUBLIC))));
        if is_checked {
            preflight = sent(preflight.connected(ip(PUBLIC), &mut user_agent));
        }
        let step = preflight.receive_canceled(allowing(), &mut user_agent, NOW);
        assert_eq!(reason(step), "Canceled");
        assert_eq!(user_agent.cache().is_empty(), !is_checked);
    }
}

#[test]
fn without_an_address_of_the_page_connections_mean_nothing() {
    let page = Page::new("https://app.test/").unwrap();
    let page = with_permissions(page, Permission::Denied).with_secure_context(false);
    let mut user_agent = UserAgent::new(Profile::chromium()).with_trace();
    let exchange = sent(begin(&mut user_agent, get(&page)).connected(ip(LOCAL), &mut user_agent));
    let step = exchange.receive(allowing(), &mut user_agent, NOW);
    let Step::Done(Ok(response)) = step else { panic!("{step:?}") };
    assert!(response.trace().iter().all(|entry| entry.finding.name() != "AddressAllowed"));
}

/// A second connection, after the first one broke, is checked like the first.
#[test]
fn another_connection_is_checked_again() {
    let mut user_agent = UserAgent::new(Profile::chromium());
    let exchange = begin(&mut user_agent, get(&page_at(ip(PUBLIC))));
    let exchange = sent(exchange.connected(ip(PUBLIC), &mut user_agent));
    let Connected::Ask(prompt) = exchange.connected(ip(LOCAL), &mut user_agent) else { panic!() };
    drop(prompt);
}
