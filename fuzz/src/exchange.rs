//! Whole exchanges with arbitrary fetches and responses. With the standard's profile, the engine agrees with
//! the literal model. With the profiles of browsers, the properties that protect users hold.
//!
//! The first byte chooses one of 256 worlds, drawn by the strategies of the model. The other bytes change the
//! world step by step. The bytes cannot drive a strategy directly, because proptest halves the remaining
//! bytes at each choice between strategies. So one byte chooses among useful worlds, and each change has the
//! same encoding at every position.

mod safety;

use std::{cell::RefCell, collections::HashMap};

use arbitrary::{Result, Unstructured};
use crossorigin::http::{HeaderName, Method};
use proptest::{
    strategy::{Strategy, ValueTree},
    test_runner::{Config, RngAlgorithm, TestRng, TestRunner},
};
use url::Url;

use crate::model::{
    observation::disagreement,
    random_worlds,
    world::{Addresses, Fetch, Template, Text, World},
};

pub fn check(bytes: &[u8]) {
    let mut input = Unstructured::new(bytes);
    let mut world = drawn(&mut input);
    while !input.is_empty() && change(&mut input, &mut world).is_ok() {}
    if let Some(disagreement) = disagreement(&world) {
        panic!("{world:#?}\n\n{disagreement}");
    }
    safety::check(&world);
}

thread_local! {
    /// The worlds that were drawn already. Drawing one takes a hundred times as long as cloning it.
    static WORLDS: RefCell<HashMap<u8, World>> = RefCell::default();
}

fn drawn(input: &mut Unstructured<'_>) -> World {
    let choice = input.arbitrary().unwrap_or_default();
    WORLDS.with_borrow_mut(|worlds| worlds.entry(choice).or_insert_with(|| draw(choice)).clone())
}

/// The first of the worlds whose page and servers have addresses.
const WITH_ADDRESSES: u8 = 192;

fn draw(choice: u8) -> World {
    let rng = TestRng::from_seed(RngAlgorithm::ChaCha, &[choice; 32]);
    let mut runner = TestRunner::new_with_rng(Config::default(), rng);
    let worlds = match choice {
        WITH_ADDRESSES.. => random_worlds::world_with_addresses().boxed(),
        _ => random_worlds::world().boxed(),
    };
    worlds.new_tree(&mut runner).expect("the strategy filters nothing").current()
}

const FEW: usize = 6;

fn change(input: &mut Unstructured<'_>, world: &mut World) -> Result<()> {
    let index = input.choose_index(world.fetches.len())?;
    match input.int_in_range(0..=7)? {
        0 => world.origin = *input.choose(&ORIGINS)?,
        1 if world.fetches.len() < FEW => world.fetches.push(world.fetches[index].clone()),
        2 if world.fetches.len() > 1 => drop(world.fetches.remove(index)),
        3 => change_client(input, &mut world.fetches[index])?,
        4 | 5 => change_request(input, &mut world.fetches[index])?,
        6 => change_response(input, &mut world.fetches[index].to_preflights, &PREFLIGHT_LINES)?,
        _ => change_response(input, &mut world.fetches[index].to_actual_requests, &ACTUAL_LINES)?,
    }
    Ok(())
}

fn change_client(input: &mut Unstructured<'_>, fetch: &mut Fetch) -> Result<()> {
    match input.int_in_range(0..=4)? {
        0 => fetch.wait = input.int_in_range(0..=120)?,
        1 => fetch.by_another_page = !fetch.by_another_page,
        2 => fetch.partition = *input.choose(&[None, Some("https://a.test"), Some("")])?,
        3 => fetch.embedder_policy = input.choose(&["unsafe-none", "credentialless", "require-corp"])?,
        _ => {
            if let Some(addresses) = &mut fetch.addresses {
                change_addresses(input, addresses)?;
            }
        }
    }
    Ok(())
}

fn change_addresses(input: &mut Unstructured<'_>, addresses: &mut Addresses) -> Result<()> {
    const STATES: [&str; 5] = ["prompt", "granted", "denied", "not allowed", "no document"];
    match input.int_in_range(0..=6)? {
        0 => addresses.page = input.choose(&["", "203.0.113.10", "10.0.0.1", "127.0.0.1", "2606::1"])?,
        1 => addresses.is_secure_context = !addresses.is_secure_context,
        2 => addresses.permissions.0 = input.choose(&STATES)?,
        3 => addresses.permissions.1 = input.choose(&STATES)?,
        4 => addresses.is_granted = !addresses.is_granted,
        5 => addresses.target = input.choose(&["", "loopback", "local", "public"])?,
        _ => {
            let server = input.choose_index(addresses.servers.len())?;
            addresses.servers[server] = input.choose(&SERVERS)?;
        }
    }
    Ok(())
}

/// The first and last addresses of blocks.
const SERVERS: [&str; 14] = [
    "127.0.0.1",
    "::1",
    "0.0.0.0",
    "0.0.0.1",
    "100.64.0.0",
    "100.128.0.0",
    "172.31.255.255",
    "192.168.0.1",
    "::ffff:10.0.0.1",
    "fe80::1",
    "fec0::1",
    "2001:db8::1",
    "3fff:1000::1",
    "8.8.8.8",
];

fn change_request(input: &mut Unstructured<'_>, fetch: &mut Fetch) -> Result<()> {
    match input.int_in_range(0..=8)? {
        0 => {
            let method = text(input, &["GET", "POST", "PUT", "patch", "*"])?;
            if Method::from_bytes(method.as_bytes()).is_ok() {
                fetch.method = method;
            }
        }
        1 => {
            let url = text(input, &URLS)?;
            if Url::parse(&url).is_ok() {
                fetch.url = url;
            }
        }
        2 => {
            let (name, value) = (header_name(input, &REQUEST_NAMES)?, text(input, &REQUEST_VALUES)?);
            fetch.headers.push((name, value.trim_matches(['\t', ' ']).to_owned()));
        }
        3 => fetch.headers.clear(),
        4 => {
            let modes = ["cors", "no-cors", "same-origin", "navigate", "websocket", "webtransport"];
            fetch.mode = input.choose(&modes)?;
        }
        5 => fetch.credentials_mode = input.choose(&["omit", "same-origin", "include"])?,
        6 => fetch.redirect_mode = input.choose(&["follow", "error", "manual"])?,
        7 => fetch.body = input.choose(&["", "source", "stream"])?,
        _ => match input.arbitrary()? {
            false => fetch.unsafe_request = !fetch.unsafe_request,
            true => fetch.use_cors_preflight = !fetch.use_cors_preflight,
        },
    }
    Ok(())
}

/// Names with the values that their lines may have.
type Lines = [(&'static str, &'static [&'static str])];

fn change_response(input: &mut Unstructured<'_>, responses: &mut Vec<Template>, lines: &Lines) -> Result<()> {
    let (count, index) = (responses.len(), input.choose_index(responses.len())?);
    let response = &mut responses[index];
    match input.int_in_range(0..=6)? {
        0 => response.lost = !response.lost,
        1 => {
            response.status =
                *input.choose(&[200, 204, 299, 301, 302, 303, 304, 307, 308, 404, 206, 416, 500])?
        }
        2 => response.status = input.int_in_range(100..=999)?,
        3 => response.seconds = input.int_in_range(0..=20)?,
        4 if !response.headers.is_empty() => {
            let line = input.choose_index(response.headers.len())?;
            response.headers.remove(line);
        }
        5 if count < FEW => {
            let again = response.clone();
            responses.insert(index, again);
        }
        _ => {
            let (name, values) = *input.choose(lines)?;
            let line = (
                if name.is_empty() { header_name(input, &["x-a"])? } else { name.into() },
                text(input, values)?,
            );
            set_line(response, line, input.arbitrary()?);
        }
    }
    Ok(())
}

/// Adds a line, or replaces the lines with its name.
fn set_line(response: &mut Template, line: (Text, Text), instead: bool) {
    if instead {
        response.headers.retain(|(name, _)| !name.eq_ignore_ascii_case(&line.0));
    }
    response.headers.push(line);
}

/// A text from a pool, or any Latin-1 text that a header may contain.
fn text(input: &mut Unstructured<'_>, pool: &[&'static str]) -> Result<Text> {
    let choice = input.choose_index(pool.len() + 1)?;
    if let Some(text) = pool.get(choice) {
        return Ok(Text::from(*text));
    }
    let length = input.int_in_range(0..=40)?;
    let letters = input.bytes(length)?.iter().filter(|byte| !matches!(byte, b'\0' | b'\n' | b'\r'));
    Ok(letters.copied().map(char::from).collect::<String>().into())
}

fn header_name(input: &mut Unstructured<'_>, pool: &[&'static str]) -> Result<Text> {
    let name = text(input, pool)?;
    Ok(if HeaderName::from_bytes(name.as_bytes()).is_ok() { name } else { "x-b".into() })
}

const ORIGINS: [Option<&str>; 5] = [
    None,
    Some("https://a.test"),
    Some("http://a.test"),
    Some("https://sub.a.test:8443"),
    Some("http://[::1]:8080"),
];

const URLS: [&str; 10] = [
    "https://b.test/",
    "https://a.test/",
    "https://sub.a.test/",
    "http://a.test/#f",
    "https://user:password@b.test/",
    "wss://b.test/",
    "data:,x",
    "about:blank",
    "blob:https://a.test/1",
    "http://[::1]:8080/",
];

const REQUEST_NAMES: [&str; 9] = [
    "Accept",
    "Accept-Language",
    "Content-Language",
    "Content-Type",
    "Range",
    "Authorization",
    "Content-Encoding",
    "Content-Location",
    "x-a",
];

const REQUEST_VALUES: [&str; 7] =
    ["", "1", "text/plain;charset=utf-8", "application/json", "bytes=0-", "en, de;q=0.5", "(a)"];

const NAME_LISTS: &[&str] = &["{names}", "*", "{NAMES}", "authorization", "x-a, X-B", "", "x a"];

const PREFLIGHT_LINES: [(&str, &[&str]); 7] = [
    ("Access-Control-Allow-Origin", &["{origin}", "*", "null", "https://a.test", ""]),
    ("Access-Control-Allow-Credentials", &["true", "True", ""]),
    ("Access-Control-Allow-Methods", &["{method}", "*", "GET, PUT", "{METHOD}", "PUT,", ""]),
    ("Access-Control-Allow-Headers", NAME_LISTS),
    ("Access-Control-Max-Age", &["0", "1", "5", "60", "-1", "18446744073709551616"]),
    ("Location", &["/1"]),
    ("", &[]),
];

const ACTUAL_LINES: [(&str, &[&str]); 9] = [
    ("Access-Control-Allow-Origin", &["{origin}", "*", "null", "https://a.test", ""]),
    ("Access-Control-Allow-Credentials", &["true", "True", ""]),
    ("Access-Control-Expose-Headers", &["*", "x-a", "set-cookie, X-A", "x a", ""]),
    (
        "Location",
        &["/1", "https://b.test/", "https://a.test/", "http://c.test/#g", "?q", "//user@b.test", "data:,x"],
    ),
    ("Cross-Origin-Resource-Policy", &["same-origin", "same-site", "cross-origin"]),
    ("Timing-Allow-Origin", &["*", "{origin}", "null", "\"*\", *"]),
    ("Referrer-Policy", &["no-referrer", "origin", "unsafe-url, same-origin", ""]),
    ("Set-Cookie", &["a=b"]),
    ("", &["1"]),
];
