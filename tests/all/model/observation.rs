//! What can be seen of a fetch, once through the engine and once through the model.

use crossorigin::{
    browser::{Profile, Timestamp, UserAgent},
    site::Sites,
};
use url::Url;

use super::{
    Body, Browser, CacheEntry, Client, Headers, Origin, Request, Sent,
    engine::{Engine, run_engine},
    headers::byte_lowercase,
    origin::origin_of,
    referrer::Referrer,
    world::{Fetch, World},
};

/// All that can be seen of a fetch, and of the cache after it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Observed {
    pub(crate) sent: Vec<Sent>,
    /// What was delivered, or the step that failed.
    pub(crate) outcome: Result<Delivered, String>,
    pub(super) cache: Vec<CacheEntry>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Delivered {
    pub(crate) kind: &'static str,
    pub(super) status: u16,
    pub(crate) url_list: Vec<String>,
    pub(super) visible_headers: Headers,
    pub(super) timing_allowed: bool,
    pub(super) body_readable: bool,
}

/// Lines sorted by name. The lines of one name keep their order.
pub(super) fn sorted(headers: impl IntoIterator<Item = (Vec<u8>, Vec<u8>)>) -> Headers {
    let mut headers: Headers =
        headers.into_iter().map(|(name, value)| (byte_lowercase(&name), value)).collect();
    headers.sort_by(|left, right| left.0.cmp(&right.0));
    headers
}

pub(super) fn latin1(text: &str) -> Vec<u8> {
    text.chars().map(|letter| u8::try_from(letter).unwrap()).collect()
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
