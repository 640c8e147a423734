//! Local network access: address spaces, the check of each connection, permissions, and what an embedder does.

mod address_spaces;
mod cases;
mod check;
mod embedding;
mod properties;
mod web_platform_tests;

use std::net::IpAddr;

use crossorigin::{
    browser::{Address, AddressSpace, Initiator, Page, Permission, Profile, Request, UserAgent},
    http::Response,
    oracle::{Oracle, Transcript},
};

/// A public address, as pages have it here.
const PUBLIC: &str = "203.0.113.10";
/// A device on the local network.
const LOCAL: &str = "192.168.7.5";
/// This device.
const LOOPBACK: &str = "127.0.0.1";

const SPACES: [AddressSpace; 3] = [AddressSpace::Loopback, AddressSpace::Local, AddressSpace::Public];

/// The profiles that check addresses.
fn checking() -> [Profile; 2] {
    [Profile::chromium(), Profile::firefox()]
}

fn ip(text: &str) -> IpAddr {
    text.parse().unwrap()
}

/// A page over https with this address.
fn page_at(address: impl Into<Address>) -> Page {
    Page::new("https://app.test/").unwrap().with_address(address)
}

/// A page that has both permissions in this state.
fn with_permissions(page: Page, permission: Permission) -> Page {
    page.with_permission(AddressSpace::Loopback, permission).with_permission(AddressSpace::Local, permission)
}

fn get(page: &Page) -> Request {
    page.fetch("https://nas.test/").build().unwrap()
}

fn put(page: &Page) -> Request {
    page.fetch("https://nas.test/").method("PUT").build().unwrap()
}

fn by(page: &Page, initiator: Initiator) -> Request {
    page.request(initiator, "https://nas.test/").build().unwrap()
}

/// Fetches from a server at an address, which allows everything.
fn fetch(profile: Profile, page: &Page, request: Request, server: impl Into<Address> + Copy) -> Transcript {
    let mut oracle = Oracle::with_user_agent(page.clone(), UserAgent::new(profile));
    oracle.fetch(request, &mut (server, |_: &_| allowing()))
}

/// A response that allows everything.
fn allowing() -> Response<()> {
    let response = Response::builder().header("Access-Control-Allow-Origin", "*");
    response.header("Access-Control-Allow-Methods", "*").body(()).unwrap()
}

/// The outcome in one word, and how many requests went out: `cors 1`, `LocalNetworkDenied 0`.
fn outcome(transcript: &Transcript) -> String {
    let name = match transcript.outcome() {
        Ok(response) => response.response_type().as_str(),
        Err(error) => error.reason().name(),
    };
    format!("{name} {}", transcript.requests().count())
}
