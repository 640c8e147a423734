//! What can be seen of a fetch, once through the engine and once through the model.

use std::{net::IpAddr, time::Duration};

use crossorigin::{
    browser::{
        self as engine, AddressSpace, BodyToSend, CachedPermission, Connected, CredentialsMode, Destination,
        EmbedderPolicy, Exchange, Failure, Initiator, LocalFetch, MAX_REDIRECTS, Mode, Outcome, Page,
        PartitionKey, Permission, Profile, RedirectMode, RequestBuilder, RequestKind, ResponseHead, Step,
        Timestamp, UserAgent, UserInvolvement,
    },
    header_list::HeaderList,
    http::{
        HeaderName, Method, StatusCode,
        header::{ACCEPT, REFERER},
    },
    origin::{OpaqueOrigin, TupleOrigin},
    site::Sites,
};
use url::Url;

use super::{
    Body, Browser, CacheEntry, Client, Headers, Kind, NetworkResponse, Origin, Request, Sent,
    headers::byte_lowercase,
    initiators::ByInitiator,
    origin::origin_of,
    referrer::Referrer,
    types::Network,
    world::{Addresses, Fetch, World},
};

/// All that can be seen of a fetch, and of the cache after it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Observed {
    pub(crate) sent: Vec<Sent>,
    /// What was delivered, or the step that failed.
    pub(crate) outcome: Result<Delivered, String>,
    cache: Vec<CacheEntry>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Delivered {
    pub(crate) kind: &'static str,
    status: u16,
    pub(crate) url_list: Vec<String>,
    visible_headers: Headers,
    timing_allowed: bool,
    body_readable: bool,
}

/// Lines sorted by name. The lines of one name keep their order.
fn sorted(headers: impl IntoIterator<Item = (Vec<u8>, Vec<u8>)>) -> Headers {
    let mut headers: Headers =
        headers.into_iter().map(|(name, value)| (byte_lowercase(&name), value)).collect();
    headers.sort_by(|left, right| left.0.cmp(&right.0));
    headers
}

fn latin1(text: &str) -> Vec<u8> {
    text.chars().map(|letter| u8::try_from(letter).unwrap()).collect()
}

/// A line for each request, for each visible header, and for each entry of the cache.
fn readable(observed: &Observed) -> String {
    let text = |bytes: &[u8]| bytes.escape_ascii().to_string();
    let list = |headers: &Headers| {
        headers
            .iter()
            .map(|(name, value)| format!("\n    {}: {}", text(name), text(value)))
            .collect::<String>()
    };
    let mut lines = Vec::new();
    for Sent { kind, method, url, headers, credentials, body, hop, partition, redirect_taint } in
        &observed.sent
    {
        let facts = format!("credentials {credentials}, body {body}, hop {hop}, partition {partition:?}");
        let facts = format!("{facts}, {redirect_taint}");
        lines.push(format!("{kind:?} {} {url} {facts}{}", text(method), list(headers)));
    }
    lines.push(match &observed.outcome {
        Err(step) => format!("network error: {step}"),
        Ok(Delivered { kind, status, url_list, visible_headers, timing_allowed, body_readable }) => {
            let facts = format!("timing {timing_allowed}, body {body_readable}");
            format!("{kind} {status} {url_list:?} {facts}{}", list(visible_headers))
        }
    });
    for entry in &observed.cache {
        let CacheEntry {
            key,
            byte_serialized_origin,
            url,
            max_age,
            credentials,
            method,
            header_name,
            stored,
        } = entry;
        let names = method.iter().chain(header_name).map(|name| text(name)).collect::<String>();
        let origin = text(byte_serialized_origin);
        lines.push(format!(
            "cached {names}: {key:?} {origin} {url}, credentials {credentials}, {max_age} from {stored}"
        ));
    }
    lines.join("\n  ")
}

// The model.

pub(crate) fn run_model(browser: &mut Browser, origin: &Origin, fetch: &Fetch) -> Observed {
    browser.now += fetch.wait;
    browser.network = fetch.network();
    browser.sent.clear();
    browser.addresses.clone_from(&fetch.addresses);
    browser.connections = 0;
    browser.permissions = ("", "");
    browser.target_ip_address_space = fetch.addresses.as_ref().map_or("", |addresses| addresses.target);
    let mut request = Request {
        method: fetch.method.as_bytes().to_vec(),
        url_list: vec![Url::parse(&fetch.url).unwrap()],
        header_list: fetch
            .headers
            .iter()
            .map(|(name, value)| (name.as_bytes().to_vec(), latin1(value)))
            .collect(),
        body: match fetch.body {
            "" => Body::Null,
            "source" => Body::WithSource,
            _ => Body::WithoutSource,
        },
        referrer: match fetch.referrer {
            "client" => Referrer::Client,
            "no-referrer" => Referrer::NoReferrer,
            url => Referrer::Url(Url::parse(url).unwrap()),
        },
        referrer_policy: fetch.referrer_policy,
        origin: if fetch.by_another_page { Origin::Opaque(1) } else { origin.clone() },
        client: Some(Client {
            url: Url::parse(&fetch.page_url).unwrap(),
            embedder_policy: fetch.embedder_policy,
            referrer_policy: fetch.page_referrer_policy,
            network_partition_key: fetch.partition.map(str::to_owned),
        }),
        destination: fetch.destination,
        user_involvement: fetch.user_involvement,
        mode: fetch.mode,
        credentials_mode: fetch.credentials_mode,
        redirect_mode: fetch.redirect_mode,
        unsafe_request_flag: fetch.unsafe_request,
        use_cors_preflight_flag: fetch.use_cors_preflight,
        response_tainting: "basic",
        redirect_count: 0,
        timing_allow_failed_flag: false,
    };
    if let Some((_, made)) = fetch.made() {
        request.referrer = made.referrer();
        request = Request {
            method: made.method,
            url_list: vec![made.url],
            header_list: made.header_list,
            body: made.body,
            destination: made.destination,
            mode: made.mode,
            credentials_mode: made.credentials_mode,
            redirect_mode: made.redirect_mode,
            unsafe_request_flag: made.unsafe_request_flag,
            use_cors_preflight_flag: false,
            ..request
        };
    }
    let response = browser.fetch(request);
    let outcome = match &response.internal_response {
        None => Err(response.failed_step.to_owned()),
        Some(internal) => Ok(Delivered {
            kind: response.kind,
            status: response.status,
            url_list: internal.url_list.iter().map(Url::to_string).collect(),
            visible_headers: sorted(response.header_list.clone()),
            timing_allowed: internal.timing_allow_passed_flag,
            body_readable: !response.body_is_null && !internal.body_is_null,
        }),
    };
    let sent = browser.sent.iter().cloned();
    let sent = sent
        .map(|sent| Sent { url: without_user_information(&sent.url), headers: sorted(sent.headers), ..sent })
        .collect();
    browser.remove_expired_entries();
    let cache = browser.cors_preflight_cache.iter().cloned();
    let mut cache: Vec<_> =
        cache.map(|entry| CacheEntry { url: without_user_information(&entry.url), ..entry }).collect();
    cache.sort();
    Observed { sent, outcome, cache }
}

// The engine.

/// The value that has this name in the standard.
fn named<Value: Copy>(all: &[Value], name: impl Fn(Value) -> &'static str, word: &str) -> Value {
    *all.iter().find(|value| name(**value) == word).unwrap()
}

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
        let mut request = by_initiator(&page, &by, &fetch.url).build().unwrap();
        request.user_involvement = user_involvement(fetch);
        request.referrer_policy = fetch.referrer_policy.parse().unwrap_or(request.referrer_policy);
        return request;
    }
    let method = Method::from_bytes(fetch.method.as_bytes()).unwrap();
    let mut request = engine::Request::new(&page, method, fetch.url.parse().unwrap());
    for (name, value) in &fetch.headers {
        request.headers.append(name.parse().unwrap(), latin1(value)).unwrap();
    }
    let modes =
        [Mode::Cors, Mode::NoCors, Mode::SameOrigin, Mode::Navigate, Mode::WebSocket, Mode::WebTransport];
    request.mode = named(&modes, Mode::as_str, fetch.mode);
    let modes = [CredentialsMode::Omit, CredentialsMode::SameOrigin, CredentialsMode::Include];
    request.credentials = named(&modes, CredentialsMode::as_str, fetch.credentials_mode);
    let destinations = [Destination::Empty, Destination::Image, Destination::Document, Destination::Iframe];
    request.destination = named(&destinations, Destination::as_str, fetch.destination);
    request.user_involvement = user_involvement(fetch);
    request.referrer = match fetch.referrer {
        "client" => engine::Referrer::Client,
        "no-referrer" => engine::Referrer::NoReferrer,
        url => engine::Referrer::Url(url.parse().unwrap()),
    };
    request.redirect = match fetch.redirect_mode {
        "follow" => RedirectMode::Follow,
        "error" => RedirectMode::Error,
        _ => RedirectMode::Manual,
    };
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

/// The request of an initiator, as it is said.
pub(crate) fn by_initiator<'a>(page: &'a Page, by: &ByInitiator, url: &str) -> RequestBuilder<'a> {
    let initiator = named(Initiator::ALL, Initiator::name, by.name);
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

/// A URL without its user name and password, as the engine returns it. The standard keeps them in the URLs of
/// requests, and uses them in an authentication fetch only.
fn without_user_information(url: &str) -> String {
    let mut url = Url::parse(url).unwrap();
    if url.has_host() {
        url.set_username("").unwrap();
        url.set_password(None).unwrap();
    }
    url.into()
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

struct Engine {
    user_agent: UserAgent,
    now: Timestamp,
}

fn run_engine(engine: &mut Engine, origin: Option<&str>, fetch: &Fetch) -> Observed {
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

pub(crate) fn model_origin(world: &World) -> Origin {
    world.origin.map_or(Origin::Opaque(0), |origin| origin_of(&Url::parse(origin).unwrap()))
}

/// The first fetch of the world for which engine and model differ, as seen by both.
pub(crate) fn disagreement(world: &World) -> Option<String> {
    let mut model = Browser::new();
    let checks_addresses = world.fetches.iter().any(|fetch| fetch.addresses.is_some());
    let profile = match checks_addresses {
        true => Profile::standard().with_local_network_access(true),
        false => Profile::standard(),
    };
    let user_agent = UserAgent::new(profile).with_sites(Sites::two_labels());
    let mut engine = Engine { user_agent, now: Timestamp::ZERO };
    world.fetches.iter().find_map(|fetch| {
        let expected = run_model(&mut model, &model_origin(world), fetch);
        let observed = run_engine(&mut engine, world.origin, fetch);
        (observed != expected)
            .then(|| format!("the engine: {}\n\nthe model: {}", readable(&observed), readable(&expected)))
    })
}
