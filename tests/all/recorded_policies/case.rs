//! Cases with a page, its fetches and servers behind policies, read from JSON.

use std::collections::BTreeMap;

use crossorigin::{
    browser::{Body, CredentialsMode, Page, Request},
    http::{HeaderMap, HeaderName, HeaderValue, StatusCode},
    origin::{OpaqueOrigin, Origin, SerializedOrigin},
    server::{Policy, PolicyConfig},
};
use serde_json::Value;

use super::reference::settings::PolicySettings;

/// An error in a case.
type Error = Box<dyn std::error::Error>;

/// A case that can be played.
#[derive(Debug, Clone)]
pub(crate) struct Case {
    /// The fetches of the page, in order.
    pub(crate) requests: Vec<Request>,
    /// The servers, by URL.
    pub(crate) servers: BTreeMap<String, Server>,
}

/// A policy in front of a handler.
#[derive(Debug, Clone)]
pub(crate) struct Server {
    /// The policy that the server uses.
    pub(crate) policy: Policy,
    /// The settings of the policy as plain data.
    pub(crate) settings: PolicySettings,
    /// The status of every response of the handler.
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
}

impl Case {
    pub(crate) fn read(case: &Value) -> Result<Self, Error> {
        let page = page(text(&case["page"]))?;
        let requests = list(&case["steps"]).iter().map(|step| request(&page, &step["request"]));
        let requests = requests.collect::<Result<_, _>>()?;
        let servers = case["servers"].as_object().into_iter().flatten();
        let servers = servers.map(|(url, server)| Ok((url.clone(), Server::read(server)?)));
        Ok(Self { requests, servers: servers.collect::<Result<_, Error>>()? })
    }
}

impl Server {
    fn read(server: &Value) -> Result<Self, Error> {
        let configuration: PolicyConfig = serde_json::from_value(server["policy"].clone())?;
        let mut policy = configuration.build()?;
        let mut settings = settings(&server["policy"]);
        if let Some(name) = server["predicate"]["name"].as_str() {
            policy = policy.to_builder().allow_origins_if(predicate(name)?).build()?;
            settings.origins.extend(texts(&server["predicate"]["allows"]));
        }
        let mut headers = HeaderMap::new();
        for line in list(&server["headers"]) {
            let name: HeaderName = text(&line[0]).parse()?;
            headers.append(name, HeaderValue::from_str(text(&line[1]))?);
        }
        let status = StatusCode::from_u16(number(&server["status"]).unwrap_or(200))?;
        Ok(Self { policy, settings, status, headers })
    }
}

/// A predicate cannot be written as configuration. The case has its name, and the origins of the corpus that
/// it should allow.
fn predicate(name: &str) -> Result<fn(&SerializedOrigin<'_>) -> bool, Error> {
    match name {
        "ipv4" => Ok(|origin| origin.host().parse::<std::net::Ipv4Addr>().is_ok()),
        "ports-from-9003" => Ok(|origin| origin.port().is_some_and(|port| port >= 9003)),
        _ => Err(format!("{name}: no predicate").into()),
    }
}

fn page(origin: &str) -> Result<Page, Error> {
    match origin {
        "null" => Ok(Page::with_origin("about:srcdoc".parse()?, Origin::Opaque(OpaqueOrigin(0)))),
        url => Ok(Page::new(url)?),
    }
}

/// The request as the page's initiator makes it. Every request of the corpus is valid.
fn request(page: &Page, request: &Value) -> Result<Request, Error> {
    let (method, url) = (request["method"].as_str().unwrap_or("GET"), text(&request["url"]));
    let body = if request["body"] == "bytes" { Body::Replayable } else { Body::None };
    let body_type = request["body_type"].as_str();
    let headers = list(&request["headers"]).iter().map(|line| (text(&line[0]), text(&line[1])));
    if request["api"] == "xhr" {
        let xhr = page.xml_http_request(method, url).with_credentials(request["credentials"] == "include");
        let xhr = xhr.upload_listener(request["upload_listener"] == true).body(body, body_type);
        return Ok(headers.fold(xhr, |xhr, (name, value)| xhr.header(name, value)).send()?);
    }
    let credentials = match request["credentials"].as_str() {
        Some("include") => CredentialsMode::Include,
        Some("omit") => CredentialsMode::Omit,
        _ => CredentialsMode::SameOrigin,
    };
    let fetch = page.fetch(url).method(method).credentials(credentials).body(body, body_type);
    Ok(headers.fold(fetch, |fetch, (name, value)| fetch.header(name, value)).build()?)
}

/// The settings from the configuration of a policy.
fn settings(policy: &Value) -> PolicySettings {
    PolicySettings {
        origins: texts(&policy["origins"]),
        null_origin: policy["dangerous"]["null_origin"] == true,
        credentials: policy["credentials"] == true,
        methods: texts(&policy["methods"]),
        headers: texts(&policy["headers"]),
        expose: texts(&policy["expose"]),
        max_age: policy["max_age"].as_u64(),
        preflight_status: number(&policy["preflight_status"]).unwrap_or(204),
        refusal_status: number(&policy["refusal_status"]).unwrap_or(403),
        private_network: policy["private_network"] == true,
        development: policy["development"] == true,
    }
}

/// A list, or `"*"`.
fn texts(list_or_any: &Value) -> Vec<String> {
    let any = list_or_any.as_str().map(str::to_owned);
    any.into_iter().chain(list(list_or_any).iter().map(|item| text(item).to_owned())).collect()
}

fn list(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}

fn number(value: &Value) -> Option<u16> {
    value.as_u64().and_then(|number| number.try_into().ok())
}
