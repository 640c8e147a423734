//! What the check says, in each profile.

use std::net::IpAddr;

use crossorigin::{
    browser::{
        Address, AddressSpace, Destination, Fix, Initiator, OutgoingRequest, Page, Permission, Profile,
        Request, Side, UserAgent,
    },
    http::Response,
    oracle::{Oracle, Script, Server, ServerResponse},
};

use super::{
    LOCAL, LOOPBACK, PUBLIC, SPACES, allowing, by, checking, fetch, get, ip, outcome, page_at, put,
    with_permissions,
};

fn in_profile(profile: &Profile, page: &Page, request: Request, server: &str) -> String {
    outcome(&fetch(profile.clone(), page, request, ip(server)))
}

fn with_target(mut request: Request, target: AddressSpace) -> Request {
    request.target_address_space = Some(target);
    request
}

#[test]
fn only_public_pages_need_a_permission_and_only_for_addresses_that_are_not_public() {
    for profile in checking() {
        for (page, server, expected) in [
            (PUBLIC, PUBLIC, "cors 1"),
            (PUBLIC, LOCAL, "LocalNetworkDenied 0"),
            (PUBLIC, LOOPBACK, "LocalNetworkDenied 0"),
            (LOCAL, PUBLIC, "cors 1"),
            (LOCAL, LOCAL, "cors 1"),
            (LOCAL, LOOPBACK, "cors 1"),
            (LOOPBACK, PUBLIC, "cors 1"),
            (LOOPBACK, LOCAL, "cors 1"),
            (LOOPBACK, LOOPBACK, "cors 1"),
        ] {
            let from = page_at(ip(page));
            assert_eq!(in_profile(&profile, &from, get(&from), server), expected, "{page} to {server}");
            // Not even a preflight goes out.
            let expected = expected.replace('1', "2");
            assert_eq!(in_profile(&profile, &from, put(&from), server), expected, "{page} to {server}");
        }
    }
}

#[test]
fn the_standard_and_webkit_check_nothing() {
    for profile in [
        Profile::standard(),
        Profile::webkit(),
        Profile::chromium().with_local_network_access(false),
        Profile::firefox().with_local_network_access(false),
    ] {
        let page = with_permissions(page_at(ip(PUBLIC)), Permission::Denied).with_secure_context(false);
        for server in [PUBLIC, LOCAL, LOOPBACK] {
            assert_eq!(in_profile(&profile, &page, get(&page), server), "cors 1");
        }
    }
    // A custom profile of the standard does what Chromium does.
    let page = page_at(ip(PUBLIC));
    let standard = Profile::standard().with_local_network_access(true);
    assert_eq!(in_profile(&standard, &page, get(&page), LOCAL), "LocalNetworkDenied 0");
}

#[test]
fn each_space_has_a_permission_of_its_own() {
    for profile in checking() {
        for (space, local, loopback) in [
            (AddressSpace::Local, "cors 1", "LocalNetworkDenied 0"),
            (AddressSpace::Loopback, "LocalNetworkDenied 0", "cors 1"),
            (AddressSpace::Public, "LocalNetworkDenied 0", "LocalNetworkDenied 0"),
        ] {
            let page = page_at(ip(PUBLIC)).with_permission(space, Permission::Granted);
            assert_eq!(in_profile(&profile, &page, get(&page), LOCAL), local);
            assert_eq!(in_profile(&profile, &page, get(&page), LOOPBACK), loopback);
        }
    }
}

#[test]
fn a_refusal_names_the_state_of_the_permission_its_step_and_a_fix() {
    for (permission, step, side, fix) in [
        (
            Permission::Prompt,
            "5.13.2",
            Side::User,
            "Let the site access devices on the local network when the browser asks; no response header helps, and \
             CORS applies after that.",
        ),
        (
            Permission::Denied,
            "5.11",
            Side::User,
            "Let the site access devices on the local network, in the browser's settings for the site; no response \
             header helps, and CORS applies after that.",
        ),
        (
            Permission::NotAllowed,
            "5.9",
            Side::Page,
            "Add `allow=\"local-network\"` to the element of the frame; no response header helps.",
        ),
        (
            Permission::NoDocument,
            "5.8",
            Side::Page,
            "Make the request in a page, so that the user can let the site access devices on the local network; no \
             response header helps.",
        ),
    ] {
        let page = with_permissions(page_at(ip(PUBLIC)), permission);
        let transcript = fetch(Profile::chromium(), &page, get(&page), ip(LOCAL));
        let error = transcript.into_outcome().unwrap_err();
        assert_eq!(error.step().to_string(), format!("Local Network Access check {step}"));
        assert_eq!(error.fixes().first().map(Fix::side), Some(side));
        assert_eq!(error.fixes()[0].text(), fix);
    }
}

#[test]
fn a_refusal_names_the_space_and_its_permission() {
    let page = page_at(ip(PUBLIC));
    for (server, message, fix) in [
        (
            LOOPBACK,
            "the server is in the `loopback` address space, for which the page needs the permission `loopback-network`",
            "apps on this device",
        ),
        (
            LOCAL,
            "the server is in the `local` address space, for which the page needs the permission `local-network`",
            "devices on the local network",
        ),
    ] {
        let error = fetch(Profile::firefox(), &page, get(&page), ip(server)).into_outcome().unwrap_err();
        assert!(error.reason().to_string().starts_with(message), "{error}");
        assert!(error.fixes()[0].text().contains(fix), "{}", error.fixes()[0]);
    }
}

/// The permission does not help an insecure page in Chromium. Firefox asks for it, too.
#[test]
fn a_page_that_is_not_a_secure_context_is_refused_in_chromium() {
    let asking = Page::new("http://app.test/").unwrap().with_address(ip(PUBLIC));
    let granted = with_permissions(asking.clone(), Permission::Granted);
    let at = |profile: &Profile, page: &Page| in_profile(profile, page, get(page), LOCAL);
    assert_eq!(at(&Profile::chromium(), &asking), "LocalNetworkInsecureContext 0");
    assert_eq!(at(&Profile::chromium(), &granted), "LocalNetworkInsecureContext 0");
    assert_eq!(at(&Profile::firefox(), &asking), "LocalNetworkDenied 0");
    assert_eq!(at(&Profile::firefox(), &granted), "cors 1");
    // On the internet, it needs neither.
    for profile in checking() {
        assert_eq!(in_profile(&profile, &asking, get(&asking), PUBLIC), "cors 1");
    }
    // The embedder knows better than the URL: a frame of an insecure page, and a page that a switch makes secure.
    let framed = with_permissions(page_at(ip(PUBLIC)), Permission::Granted).with_secure_context(false);
    assert_eq!(at(&Profile::chromium(), &framed), "LocalNetworkInsecureContext 0");
    assert_eq!(at(&Profile::chromium(), &granted.with_secure_context(true)), "cors 1");
}

#[test]
fn only_chromium_compares_the_target_address_space() {
    for page in [PUBLIC, LOCAL, LOOPBACK] {
        let page = with_permissions(page_at(ip(page)), Permission::Granted);
        for (server, space) in [LOOPBACK, LOCAL, PUBLIC].into_iter().zip(SPACES) {
            for target in SPACES {
                let request = || with_target(get(&page), target);
                let expected = if target == space { "cors 1" } else { "AddressSpaceMismatch 0" };
                assert_eq!(in_profile(&Profile::chromium(), &page, request(), server), expected);
                assert_eq!(in_profile(&Profile::firefox(), &page, request(), server), "cors 1");
            }
        }
    }
}

/// By the draft, a target that matches lets every request pass, and a literal address is such a target.
#[test]
fn a_target_that_matches_is_no_permission() {
    let page = page_at(ip(PUBLIC));
    for profile in checking() {
        for url in ["http://192.168.7.5/", "http://nas.local/", "http://[fd00::7]/", "https://nas.test/"] {
            let request = page.fetch(url).build().unwrap();
            let targeted = with_target(request.clone(), AddressSpace::Local);
            for request in [request, targeted] {
                assert_eq!(in_profile(&profile, &page, request, LOCAL), "LocalNetworkDenied 0", "{url}");
            }
        }
    }
}

/// The page's own server has moved to another address: DNS rebinding. The check lets it pass, because it compares
/// origins; over http, it does not.
#[test]
fn a_trustworthy_page_reaches_its_own_origin() {
    for profile in checking() {
        let page = page_at(ip(PUBLIC));
        let own = page.fetch("/status").build().unwrap();
        assert_eq!(in_profile(&profile, &page, own, LOCAL), "basic 1");
        let page = Page::new("http://app.test/").unwrap().with_address(ip(PUBLIC)).with_secure_context(true);
        let own = page.fetch("/status").build().unwrap();
        assert_eq!(in_profile(&profile, &page, own, LOCAL), "LocalNetworkDenied 0");
    }
}

#[test]
fn every_initiator_is_checked_except_navigations_of_tabs() {
    let page = page_at(ip(PUBLIC));
    for profile in checking() {
        for initiator in [
            Initiator::Image,
            Initiator::Script,
            Initiator::EventSource,
            Initiator::Beacon,
            Initiator::Font,
            Initiator::Frame,
            Initiator::Stylesheet,
            Initiator::Preload,
        ] {
            let outcome = in_profile(&profile, &page, by(&page, initiator), LOCAL);
            assert_eq!(outcome, "LocalNetworkDenied 0", "{initiator:?}");
        }
        let navigation = by(&page, Initiator::Navigation);
        assert_eq!(navigation.destination, Destination::Document);
        assert_eq!(in_profile(&profile, &page, navigation, LOCAL), "basic 1");
    }
    // Firefox 153 does not check WebSockets.
    let socket = || by(&page, Initiator::WebSocket);
    assert_eq!(in_profile(&Profile::chromium(), &page, socket(), LOCAL), "LocalNetworkDenied 0");
    assert_eq!(in_profile(&Profile::firefox(), &page, socket(), LOCAL), "basic 1");
}

/// Each hop is checked against the page. The server that redirects does not matter.
#[test]
fn redirects_are_checked_against_the_page() {
    let redirect = || Response::builder().status(302).header("Location", "https://other.test/");
    let redirect = || redirect().header("Access-Control-Allow-Origin", "*").body(()).unwrap();
    for profile in checking() {
        for (page, permission, first, second, expected) in [
            (PUBLIC, Permission::Prompt, PUBLIC, LOCAL, "LocalNetworkDenied 1"),
            (PUBLIC, Permission::Prompt, LOCAL, PUBLIC, "LocalNetworkDenied 0"),
            (PUBLIC, Permission::Granted, PUBLIC, LOCAL, "cors 2"),
            (PUBLIC, Permission::Granted, LOCAL, PUBLIC, "cors 2"),
            (PUBLIC, Permission::Granted, LOCAL, LOOPBACK, "cors 2"),
            (LOCAL, Permission::Denied, PUBLIC, LOOPBACK, "cors 2"),
            (LOOPBACK, Permission::Denied, PUBLIC, LOCAL, "cors 2"),
        ] {
            let page = with_permissions(page_at(ip(page)), permission);
            let mut oracle = Oracle::with_user_agent(page.clone(), UserAgent::new(profile.clone()));
            let mut hops = Hops { hops: [ip(first), ip(second)], script: Script::default() };
            hops.script.push(redirect());
            hops.script.push(allowing());
            let transcript = oracle.fetch(get(&page), &mut hops);
            assert_eq!(outcome(&transcript), expected, "{first} to {second}\n{transcript}");
        }
    }
}

/// A script whose requests go to these addresses, one for each hop.
struct Hops {
    hops: [IpAddr; 2],
    script: Script,
}

impl Server for Hops {
    fn address(&mut self, request: &OutgoingRequest) -> Option<Address> {
        self.hops.get(request.hop).map(|ip| (*ip).into())
    }

    fn respond(&mut self, request: &OutgoingRequest) -> ServerResponse {
        self.script.respond(request)
    }
}

/// The target is about each URL of the request.
#[test]
fn a_redirect_keeps_the_target_address_space() {
    let page = with_permissions(page_at(ip(PUBLIC)), Permission::Granted);
    let request = with_target(get(&page), AddressSpace::Public);
    let mut oracle = Oracle::with_user_agent(page, UserAgent::new(Profile::chromium()));
    let mut hops = Hops { hops: [ip(PUBLIC), ip(LOCAL)], script: Script::default() };
    let redirect = Response::builder().status(302).header("Location", "https://other.test/");
    hops.script.push(redirect.header("Access-Control-Allow-Origin", "*").body(()).unwrap());
    hops.script.push(allowing());
    assert_eq!(outcome(&oracle.fetch(request, &mut hops)), "AddressSpaceMismatch 1");
}

#[test]
fn a_refusal_takes_none_of_the_responses_of_a_script() {
    let page = page_at(ip(PUBLIC));
    let mut oracle = Oracle::with_user_agent(page.clone(), UserAgent::new(Profile::chromium()));
    let mut hops = Hops { hops: [ip(LOCAL), ip(LOCAL)], script: Script::default() };
    hops.script.push(allowing());
    assert_eq!(outcome(&oracle.fetch(get(&page), &mut hops)), "LocalNetworkDenied 0");
    hops.hops = [ip(PUBLIC), ip(PUBLIC)];
    assert_eq!(outcome(&oracle.fetch(get(&page), &mut hops)), "cors 1");
}
