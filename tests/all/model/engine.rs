//! The worlds of the model in the engine: its requests, its connections, and what can be seen of its fetches.

use std::{net::IpAddr, time::Duration};

use crossorigin::{
    browser::{
        self as engine, AddressSpace, BodyToSend, CachedPermission, Connected, EmbedderPolicy, Exchange,
        Failure, Initiator, LocalFetch, MAX_REDIRECTS, Outcome, Page, PartitionKey, Permission,
        RequestBuilder, RequestKind, ResponseHead, Step, Timestamp, UserAgent, UserInvolvement,
    },
    header_list::HeaderList,
    http::{
        HeaderName, Method, StatusCode,
        header::{ACCEPT, REFERER},
    },
    origin::{OpaqueOrigin, TupleOrigin},
};
use url::Url;

use super::{
    CacheEntry, Headers, Kind, NetworkResponse, Sent,
    initiators::ByInitiator,
    observation::{Delivered, Observed, latin1, sorted},
    types::Network,
    world::{Addresses, Fetch},
};

pub(crate) fn request(origin: Option<&str>, fetch: &Fetch) -> engine::Request {
    let mut request = request_of(origin, fetch);
    let target = fetch.addresses.as_ref().map(|addresses| addresses.target);
    request.target_address_space = target.and_then(|target| target.parse().ok());
    request
}

/// A page with the addresses and the permissions of a fetch.
fn in_network(page: Page, addresses: &Addresses) -> Page {
    let states = [
        ("prompt", Permission::Prompt),
        ("granted", Permission::Granted),
        ("denied", Permission::Denied),
        ("not allowed", Permission::NotAllowed),
        ("no document", Permission::NoDocument),
    ];
    let state = |word| states.iter().find(|(state, _)| *state == word).unwrap().1;
    let page = page
        .with_secure_context(addresses.is_secure_context)
        .with_permission(AddressSpace::Loopback, state(addresses.permissions.0))
        .with_permission(AddressSpace::Local, state(addresses.permissions.1));
    match addresses.page.parse::<IpAddr>() {
        Ok(ip) => page.with_address(ip),
        Err(_) => page,
    }
}

/// The exchange after its connection. Without addresses, the exchange stays as it is.
pub(crate) fn connect(
    exchange: Exchange,
    addresses: Option<&Addresses>,
    number: usize,
    user_agent: &mut UserAgent,
) -> Result<Exchange, Outcome> {
    let Some(addresses) = addresses else { return Ok(exchange) };
    let ip: IpAddr = addresses.servers[number % addresses.servers.len()].parse().unwrap();
    match exchange.connected(ip, user_agent) {
        Connected::Send(exchange) => Ok(exchange),
        Connected::Ask(prompt) if addresses.is_granted => Ok(prompt.grant()),
        Connected::Ask(prompt) => Err(prompt.deny(user_agent)),
        Connected::Done(outcome) => Err(outcome),
    }
}

fn request_of(origin: Option<&str>, fetch: &Fetch) -> engine::Request {
    use crossorigin::origin::Origin as PageOrigin;
    let page_origin = match origin {
        _ if fetch.by_another_page => PageOrigin::Opaque(OpaqueOrigin(1)),
        None => PageOrigin::Opaque(OpaqueOrigin(0)),
        Some(origin) => PageOrigin::Tuple(TupleOrigin::parse(origin.as_bytes()).unwrap()),
    };
    let page = Page::with_origin(fetch.page_url.parse().unwrap(), page_origin)
        .with_partition(fetch.partition.map(PartitionKey::new))
        .with_referrer_policy(fetch.page_referrer_policy.parse().unwrap())
        .with_embedder_policy(match fetch.embedder_policy {
            "unsafe-none" => EmbedderPolicy::UnsafeNone,
            "credentialless" => EmbedderPolicy::Credentialless,
            _ => EmbedderPolicy::RequireCorp,
        });
    let page = match &fetch.addresses {
        Some(addresses) => in_network(page, addresses),
        None => page,
    };
    if let Some((by, _)) = fetch.made() {
        let mut request = builder_of(&page, &by, &fetch.url).build().unwrap();
        request.user_involvement = user_involvement(fetch);
        request.referrer_policy = fetch.referrer_policy.parse().unwrap_or(request.referrer_policy);
        return request;
    }
    let method = Method::from_bytes(fetch.method.as_bytes()).unwrap();
    let mut request = engine::Request::new(&page, method, fetch.url.parse().unwrap());
    for (name, value) in &fetch.headers {
        request.headers.append(name.parse().unwrap(), latin1(value)).unwrap();
    }
    request.mode = fetch.mode.parse().unwrap();
    request.credentials = fetch.credentials_mode.parse().unwrap();
    request.destination = fetch.destination.parse().unwrap();
    request.user_involvement = user_involvement(fetch);
    request.referrer = match fetch.referrer {
        "client" => engine::Referrer::Client,
        "no-referrer" => engine::Referrer::NoReferrer,
        url => engine::Referrer::Url(url.parse().unwrap()),
    };
    request.redirect = fetch.redirect_mode.parse().unwrap();
    request.body = match fetch.body {
        "" => engine::Body::None,
        "source" => engine::Body::Replayable,
        _ => engine::Body::Stream,
    };
    if let Ok(policy) = fetch.referrer_policy.parse() {
        request.referrer_policy = policy;
    }
    request.unsafe_request = fetch.unsafe_request;
    request.use_cors_preflight = fetch.use_cors_preflight;
    request
}

fn user_involvement(fetch: &Fetch) -> UserInvolvement {
    match fetch.user_involvement {
        "none" => UserInvolvement::None,
        "activation" => UserInvolvement::Activation,
        _ => UserInvolvement::BrowserUi,
    }
}

/// The builder of what an initiator requests.
pub(crate) fn builder_of<'a>(page: &'a Page, by: &ByInitiator, url: &str) -> RequestBuilder<'a> {
    let initiator = *Initiator::ALL.iter().find(|initiator| initiator.name() == by.name).unwrap();
    let mut builder = page.request(initiator, url);
    builder = match by.crossorigin {
        "" => builder,
        attribute => builder.crossorigin(Some(attribute.parse().unwrap())),
    };
    if !by.credentials.is_empty() {
        builder = builder.credentials(by.credentials.parse().unwrap());
    }
    if !by.method.is_empty() {
        builder = builder.method(by.method);
    }
    if !by.destination.is_empty() {
        builder = builder.destination(by.destination.parse().unwrap());
    }
    if !by.header.0.is_empty() {
        builder = builder.header(by.header.0, by.header.1);
    }
    match by.body_type {
        "" => builder,
        "-" => builder.body(engine::Body::Replayable, None),
        body_type => builder.body(engine::Body::Replayable, Some(body_type)),
    }
}

fn lines_of(headers: &HeaderList) -> Headers {
    sorted(headers.iter().map(|(name, value)| (name.as_str().as_bytes().to_vec(), value.to_vec())))
}

/// The request as the network gets it, with `Referer` and the fetch metadata headers. The HTTP client adds `Accept` if the page did
/// not set it.
pub(crate) fn sent_of(exchange: &Exchange) -> Sent {
    let out = exchange.request();
    let mut headers = out.headers.clone();
    if !headers.contains(&ACCEPT) {
        headers.append(ACCEPT, "*/*").unwrap();
    }
    if let Some(referrer) = &out.referrer {
        headers.append(REFERER, referrer.as_str()).unwrap();
    }
    for (name, value) in out.fetch_metadata.iter().flat_map(|metadata| metadata.lines()) {
        headers.append(name, value).unwrap();
    }
    Sent {
        kind: match out.kind {
            RequestKind::Preflight => Kind::Preflight,
            RequestKind::Actual => Kind::Actual,
        },
        method: out.method.as_str().as_bytes().to_vec(),
        url: out.url.to_string(),
        headers: lines_of(&headers),
        credentials: out.credentials,
        body: out.body == BodyToSend::AsGiven,
        hop: out.hop,
        partition: out.partition.as_ref().map(|key| key.as_str().to_owned()),
        redirect_taint: exchange.redirect_taint().as_str(),
    }
}

/// An empty response to `data:` URLs and `about:blank`, and none to other local URLs: what is in it is made by the
/// embedder.
pub(crate) fn local_response(local: LocalFetch, user_agent: &mut UserAgent) -> Step {
    match local.url().scheme() {
        "data" | "about" => {
            local.respond(ResponseHead { status: StatusCode::OK, headers: HeaderList::new() }, user_agent)
        }
        _ => local.fail(user_agent, Failure::Network),
    }
}

pub(crate) fn head_of(response: &NetworkResponse) -> ResponseHead {
    let mut headers = HeaderList::new();
    for (name, value) in &response.headers {
        headers.append(HeaderName::from_bytes(name).unwrap(), value).unwrap();
    }
    ResponseHead { status: StatusCode::from_u16(response.status).unwrap(), headers }
}

pub(super) struct Engine {
    pub(super) user_agent: UserAgent,
    pub(super) now: Timestamp,
}

/// What can be seen of a fetch by the engine.
pub(super) fn run_engine(engine: &mut Engine, origin: Option<&str>, fetch: &Fetch) -> Observed {
    let Engine { user_agent, now } = engine;
    *now = now.later_by(Duration::from_secs(fetch.wait));
    let mut network: Network = fetch.network();
    let (mut sent, mut connections) = (Vec::new(), 0);
    let mut step = user_agent.fetch(request(origin, fetch), *now);
    let outcome = loop {
        step = match step {
            Step::Send(exchange) => {
                assert!(
                    sent.len() < 2 * (MAX_REDIRECTS + 1),
                    "a preflight and a request at each hop are all there is"
                );
                let exchange = match connect(exchange, fetch.addresses.as_ref(), connections, user_agent) {
                    Ok(exchange) => exchange,
                    Err(outcome) => break outcome,
                };
                connections += 1;
                sent.push(sent_of(&exchange));
                match network(sent.last().unwrap()) {
                    None => exchange.fail(user_agent, Failure::Network),
                    Some(response) => {
                        *now = now.later_by(Duration::from_secs(response.seconds));
                        exchange.receive(head_of(&response), user_agent, *now)
                    }
                }
            }
            Step::Local(local) => local_response(local, user_agent),
            Step::Redirect(redirect) => redirect.follow(user_agent, *now),
            Step::Done(outcome) => break outcome,
        };
    };
    let outcome = match outcome {
        Err(error) => Err(error.step().to_string()),
        Ok(response) => Ok(Delivered {
            kind: response.response_type().as_str(),
            status: response.status().map_or(0, |status| status.as_u16()),
            url_list: response.url_list().iter().map(Url::to_string).collect(),
            visible_headers: lines_of(response.headers()),
            timing_allowed: response.timing_allowed(),
            body_readable: response.body_readable(),
        }),
    };
    let entries = user_agent.cache().entries(*now).map(|entry| {
        let (method, header_name) = match entry.permission {
            CachedPermission::Method(method) => (Some(method.to_vec()), None),
            CachedPermission::HeaderName(name) => (None, Some(name.to_vec())),
        };
        CacheEntry {
            key: entry.partition.map(|key| key.as_str().to_owned()),
            byte_serialized_origin: entry.origin.as_bytes().to_vec(),
            url: entry.url.into_owned(),
            max_age: entry.max_age.as_secs(),
            credentials: entry.credentials,
            method,
            header_name,
            stored: entry.stored.since(Timestamp::ZERO).as_secs(),
        }
    });
    let mut cache: Vec<_> = entries.collect();
    cache.sort();
    Observed { sent, outcome, cache }
}
