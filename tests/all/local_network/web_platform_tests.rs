//! The matrices of web-platform-tests for redirects and for mixed content (`fetch/local-network-access`, at a01b710 and
//! 16bbb0b). They still test the preflights of an older draft. Here, a successful preflight is a permission that is
//! granted, a failed one is a permission that is denied, and the older words are today's: their `local` is loopback,
//! and their `private` is local.

use AddressSpace::{Local, Loopback, Public};
use crossorigin::{
    browser::{Address, AddressSpace, Mode, OutgoingRequest, Page, Permission, Profile, Request, UserAgent},
    http::{Method, Response},
    oracle::{Oracle, Server, ServerResponse},
};

use super::outcome;

/// Servers in a row. Each redirects to the next one, and the last one responds. All allow everything.
struct Chain(Vec<AddressSpace>);

impl Server for Chain {
    fn address(&mut self, request: &OutgoingRequest) -> Option<Address> {
        self.0.get(request.hop).map(|space| Address::Space(*space))
    }

    fn respond(&mut self, request: &OutgoingRequest) -> ServerResponse {
        let response = Response::builder().header("Access-Control-Allow-Origin", "*");
        let response = response.header("Access-Control-Allow-Methods", "*");
        match request.hop + 1 < self.0.len() {
            true => response.status(302).header("Location", format!("https://hop{}.test/", request.hop + 1)),
            false => response,
        }
        .body(())
        .unwrap()
        .into()
    }
}

/// The outcome of a fetch through a chain, for a page that has only these permissions.
fn play(
    page: AddressSpace,
    granted: &[AddressSpace],
    chain: &[AddressSpace],
    change: impl Fn(&mut Request),
) -> String {
    let mut client = Page::new("https://page.test/").unwrap().with_address(page);
    for space in [Loopback, Local] {
        let is_granted = granted.contains(&space);
        client =
            client.with_permission(space, if is_granted { Permission::Granted } else { Permission::Denied });
    }
    let mut request = client.fetch("https://hop0.test/").build().unwrap();
    change(&mut request);
    let mut oracle = Oracle::with_user_agent(client, UserAgent::new(Profile::chromium()));
    outcome(&oracle.fetch(request, &mut Chain(chain.to_vec())))
}

fn no_cors(request: &mut Request) {
    request.mode = Mode::NoCors;
}

/// `redirect.tentative.https.window.js`. Pages that are treated as public are public here, and of another origin than
/// the servers.
#[test]
fn every_hop_of_a_redirect_is_checked_against_the_page() {
    for (page, chain, granted, expected) in [
        (Loopback, [Local, Public], &[][..], "cors 2"),
        (Loopback, [Local, Loopback], &[], "cors 2"),
        (Local, [Local, Loopback], &[Loopback], "cors 2"),
        (Local, [Loopback, Local], &[Loopback], "cors 2"),
        (Public, [Local, Loopback], &[Loopback], "LocalNetworkDenied 0"),
        (Public, [Local, Loopback], &[Local], "LocalNetworkDenied 1"),
        (Public, [Local, Loopback], &[Local, Loopback], "cors 2"),
        (Public, [Loopback, Local], &[Local], "LocalNetworkDenied 0"),
        (Public, [Loopback, Local], &[Loopback], "LocalNetworkDenied 1"),
        (Public, [Loopback, Local], &[Local, Loopback], "cors 2"),
    ] {
        assert_eq!(play(page, granted, &chain, |_| {}), expected, "{page} to {chain:?}");
        let expected = expected.replace("cors", "opaque");
        assert_eq!(play(page, granted, &chain, no_cors), expected, "{page} to {chain:?}");
    }
}

/// Two rows differ: by the draft, a local page needs a permission for loopback addresses. No engine asks for it.
#[test]
fn local_pages_reach_loopback_addresses() {
    for chain in [[Local, Loopback], [Loopback, Local]] {
        assert_eq!(play(Local, &[], &chain, |_| {}), "cors 2");
    }
}

/// `mixed-content-fetch.tentative.https.window.js`, except what the check of mixed content decides, which is the
/// embedder's: a request without a target, and targets where no permission is needed.
#[test]
fn a_target_address_space_must_be_right_and_needs_the_permission() {
    for (page, server) in [(Public, Loopback), (Public, Local), (Local, Loopback)] {
        let with_target = |target| move |request: &mut Request| request.target_address_space = Some(target);
        for wrong in [Loopback, Local, Public].into_iter().filter(|space| *space != server) {
            let outcome = play(page, &[Loopback, Local], &[server], with_target(wrong));
            assert_eq!(outcome, "AddressSpaceMismatch 0", "{page} to {server}, called {wrong}");
        }
        // "failed preflight"
        let expected = if page == Public { "LocalNetworkDenied 0" } else { "cors 1" };
        assert_eq!(play(page, &[], &[server], with_target(server)), expected);
        // "success", "PUT success", "no-cors success"
        assert_eq!(play(page, &[server], &[server], with_target(server)), "cors 1");
        let put = |request: &mut Request| {
            with_target(server)(request);
            request.method = Method::PUT;
        };
        assert_eq!(play(page, &[server], &[server], put), "cors 2");
        let opaque = |request: &mut Request| {
            with_target(server)(request);
            no_cors(request);
        };
        assert_eq!(play(page, &[server], &[server], opaque), "opaque 1");
    }
}
