//! The smallest case that has a message: a request that works, changed until the message's rule refuses it.

use std::net::IpAddr;

use crossorigin::browser::AddressSpace;
use serde_json::{Value, json};
use url::Url;

use super::{Told, between, draft_request::DraftRequest, local_network::ip_of_url, rules::Meaning};
use crate::{
    import::{
        Options,
        finding::{UNKNOWN_PAGES, unknown_page},
    },
    redaction::redacted_url,
};

/// The URL of a request that no message names.
const SOME_URL: &str = "https://server.example/";
/// The addresses of a page on the internet and of a device at home.
const PUBLIC_IP: &str = "203.0.113.10";
const LOCAL_IP: &str = "192.168.0.1";

/// A case that works, and what a rule changes in it.
pub(super) struct Draft<'a> {
    told: &'a Told,
    page: String,
    url: String,
    method: String,
    headers: Vec<(String, String)>,
    mode: &'static str,
    redirect: Option<&'static str>,
    credentials: bool,
    embedder_policy: Option<&'static str>,
    /// Whether the response that is refused is that to the preflight.
    at_preflight: bool,
    /// The response that is refused.
    status: u16,
    lines: Vec<(&'static str, String)>,
    failure: Option<&'static str>,
    /// Where the server is, if local network access refuses.
    network: Option<Network>,
    /// How often the response is repeated.
    responses: usize,
    assumptions: Vec<String>,
}

impl<'a> Draft<'a> {
    pub(super) fn of(told: &'a Told, options: &Options) -> Self {
        let mut assumptions = Vec::new();
        let page = told.origin.as_ref().or(options.page.as_ref()).cloned();
        let page = page.filter(|page| page == "null" || Url::parse(page).is_ok());
        let url = told.url.as_ref().or(options.url.as_ref()).filter(|url| Url::parse(url).is_ok());
        let is_url_known = url.is_some();
        let url = url.map_or(SOME_URL.to_owned(), |url| redacted_url(url));
        let page = page.map(|page| redacted_url(&page)).unwrap_or_else(|| {
            assumptions.push(
                "The message does not name the page: name its origin with `--page https://…`.".to_owned(),
            );
            let [secure, _] = UNKNOWN_PAGES;
            if told.is_of_secure_page() { secure } else { unknown_page(&url) }.to_owned()
        });
        let mut draft = Self {
            told,
            page,
            url,
            method: "GET".to_owned(),
            headers: Vec::new(),
            mode: "cors",
            redirect: None,
            credentials: false,
            embedder_policy: None,
            at_preflight: told.at_preflight,
            status: 200,
            lines: Vec::new(),
            failure: None,
            network: None,
            responses: 1,
            assumptions,
        };
        draft.set_status_of_message();
        match told.meaning.as_ref().and_then(Meaning::rule) {
            Some((_, refuse)) => {
                if told.value.is_none() && told.reasons().len() > 1 {
                    let reasons = told.reasons().join(", ");
                    draft.assume(&format!("The message can stand for several reasons: {reasons}."));
                }
                refuse(&mut draft);
            }
            None => {
                draft.assume("The message does not say which rule refused: the header is missing here.");
                if told.is_of_font() {
                    draft.assume(
                        "Firefox also prints the message if there is no font at this URL: open it in a tab.",
                    );
                }
                draft.set("access-control-allow-origin", String::new());
            }
        }
        if !is_url_known {
            draft
                .assumptions
                .push(format!("The message does not name the URL: {} stands for it.", draft.url));
        }
        draft
    }

    /// Returns whether the message can stand for a reason.
    pub(super) fn may_be(&self, reason: &str) -> bool {
        self.told.reasons().contains(&reason)
    }

    /// The origin that the page sends.
    pub(super) fn origin(&self) -> String {
        Url::parse(&self.page).map_or("null".to_owned(), |page| page.origin().ascii_serialization())
    }

    pub(super) fn assume(&mut self, assumption: &str) {
        self.assumptions.push(assumption.to_owned());
    }

    /// Sets a header of the refused response; no value is no header.
    pub(super) fn set(&mut self, name: &'static str, value: String) {
        self.lines.push((name, value));
    }

    /// Sets a header to the value of the message, if it has one.
    pub(super) fn set_or_value(&mut self, name: &'static str, otherwise: String) {
        let value = self.told.value.clone().unwrap_or_else(|| {
            if !otherwise.is_empty() {
                self.assumptions
                    .push(format!("The message does not have the value: `{otherwise}` stands for it."));
            }
            otherwise
        });
        self.set(name, value);
    }

    /// Without a status in the message, sets one from which nothing follows.
    pub(super) fn assume_status_of_preflight(&mut self) {
        if !self.set_status_of_message() {
            self.assume(
                "The message does not have the status: 400 stands for it. Usual causes are authentication (401 or 403), a \
                 router that does not know OPTIONS (404 or 405), and a server that failed (from 500 on). A HAR file or the \
                 output of `curl -v` has the status: explain that.",
            );
            self.status = 400;
        }
    }

    pub(super) fn set_redirect_status(&mut self) {
        if !(300..400).contains(&self.status) {
            self.assume("The message does not have the status of the redirect: 302 stands for it.");
            self.status = 302;
        }
    }

    /// Sets the status that the message has, and returns whether it has one.
    pub(super) fn set_status_of_message(&mut self) -> bool {
        let status = self.told.status.filter(|status| (200..1000).contains(status));
        self.status = status.unwrap_or(self.status);
        status.is_some()
    }

    pub(super) fn include_credentials(&mut self) {
        self.credentials = true;
    }

    pub(super) fn set_mode(&mut self, mode: &'static str) {
        self.mode = mode;
    }

    pub(super) fn set_redirect_mode(&mut self, redirect: &'static str) {
        self.redirect = Some(redirect);
    }

    pub(super) fn require_resource_policy(&mut self) {
        self.embedder_policy = Some("require-corp");
    }

    pub(super) fn fail_at_preflight(&mut self) {
        self.at_preflight = true;
    }

    /// Fails without a response, for the reason that the case format calls so.
    pub(super) fn fail_with(&mut self, failure: &'static str) {
        self.failure = Some(failure);
    }

    /// Fails before anything is sent, whatever the mode. Most elements have no attribute `crossorigin`.
    pub(super) fn block(&mut self, failure: &'static str) {
        if matches!(self.told.initiator.as_deref(), Some("image" | "script" | "CSS stylesheet")) {
            self.mode = "no-cors";
        }
        self.fail_with(failure);
    }

    /// Places the page on the internet, without permissions, and the server in the address space that the message names after
    /// this text.
    pub(super) fn connect(&mut self, before: &str, is_secure: bool) {
        let named = between(&self.told.text, before, "`").and_then(ip_in).map(str::to_owned);
        let ip = named.or_else(|| self.ip_of_server()).unwrap_or_else(|| {
            self.assumptions.push(
                "The message does not name the address space of the server: local stands for it.".to_owned(),
            );
            LOCAL_IP.to_owned()
        });
        if self.told.is_allowed {
            self.assume(
                "Firefox prints this message also for a request that it allows, as here. The response is not in the message: \
                 one that CORS allows stands for it.",
            );
        }
        self.network = Some(Network { ip, is_secure, target: None });
    }

    /// The address of the server, by the message or by the URL, unless it is a public one.
    fn ip_of_server(&self) -> Option<String> {
        let ip = self.told.ip.or_else(|| ip_of_url(&self.url))?;
        (AddressSpace::from(ip) != AddressSpace::Public).then(|| ip.to_string())
    }

    /// Names another address space than that of the server in `targetAddressSpace`.
    pub(super) fn expect_another_address_space(&mut self) {
        let named = between(&self.told.text, "target IP address space of `", "`");
        let target = named.filter(|space| ip_in(space).is_some()).map(str::to_owned);
        if let Some(network) = &mut self.network {
            let is_loopback = network.ip.parse::<IpAddr>().is_ok_and(|ip| ip.is_loopback());
            let other = if is_loopback { "local" } else { "loopback" };
            network.target = Some(target.unwrap_or_else(|| other.to_owned()));
        }
    }

    pub(super) fn redirect_to(&mut self, location: &str) {
        self.status = 302;
        self.lines.push(("location", location.to_owned()));
    }

    /// Redirects to itself too often.
    pub(super) fn redirect_without_end(&mut self) {
        self.redirect_to(&self.url.clone());
        self.responses = 21;
    }

    pub(super) fn refuse_method(&mut self) {
        self.at_preflight = true;
        self.method = self.told.value.clone().unwrap_or_else(|| {
            self.assume("The message does not name the method: PUT stands for it.");
            "PUT".to_owned()
        });
        self.set("access-control-allow-methods", String::new());
    }

    pub(super) fn refuse_header(&mut self) {
        self.at_preflight = true;
        let name = self.told.value.clone().unwrap_or_else(|| {
            self.assume("The message does not name the header: x-header stands for it.");
            "x-header".to_owned()
        });
        self.headers.push((name.to_ascii_lowercase(), unsafe_value(&name).to_owned()));
        self.set("access-control-allow-headers", String::new());
    }

    pub(super) fn refuse_scheme(&mut self) {
        let scheme = Url::parse(&self.url).map(|url| url.scheme().to_owned()).unwrap_or_default();
        match scheme.as_str() {
            "http" | "https" => {
                self.assume(
                    "The scheme of the URL is unknown. It is `file` if the page was opened from a disk, and the name of a host \
                     if the URL begins without `http://`, as in `localhost:8080/items`.",
                );
                self.url = "unknown://server.example/".to_owned();
            }
            "file" if self.page == "null" || self.is_page_unknown() => {
                self.assume("The page itself is a file: only such pages request files.");
                self.page = "file:///".to_owned();
            }
            _ => {}
        }
    }

    fn is_page_unknown(&self) -> bool {
        UNKNOWN_PAGES.contains(&self.page.as_str())
    }

    /// The case, and what was assumed for it.
    pub(super) fn into_case(mut self, id: &str) -> (Value, Vec<String>) {
        // A preflight for which the message has no cause.
        if self.at_preflight && self.headers.is_empty() && self.method == "GET" {
            self.assume(
                "The message does not say why there is a preflight: the header x-header stands for it.",
            );
            self.headers.push(("x-header".to_owned(), unsafe_value("x-header").to_owned()));
        }
        let origin = self.origin();
        let mut refused = match self.failure {
            Some(failure) => json!({"failure": failure}),
            None => json!({"status": self.status, "headers": self.response_lines(&origin)}),
        };
        if let Some(network) = &self.network {
            insert(&mut refused, "ip", network.ip.as_str().into());
        }
        let mut responses = vec![refused; self.responses];
        let redirected_from = self.told.redirected_from.as_ref().filter(|from| Url::parse(from).is_ok());
        let redirected_from = redirected_from.map(|from| redacted_url(from));
        if redirected_from.is_some() {
            let lines = [("access-control-allow-origin", &origin), ("location", &self.url)];
            let mut redirect = json!({"status": 302, "headers": lines});
            if self.network.is_some() {
                insert(&mut redirect, "ip", PUBLIC_IP.into());
            }
            responses.insert(0, redirect);
        }
        let request = self.request(redirected_from.as_deref().unwrap_or(&self.url));
        let step = json!({"request": request, "responses": responses});
        let profile = self.told.browser.unwrap_or("standard");
        let mut case = json!({"id": id, "page": self.page, "profile": profile, "steps": [step]});
        if let Some(network) = &self.network {
            insert(&mut case, "page_ip", PUBLIC_IP.into());
            insert(&mut case, "secure_context", network.is_secure.into());
            let permission = if self.told.is_allowed { "granted" } else { "denied" };
            let permissions = json!({"loopback-network": permission, "local-network": permission});
            insert(&mut case, "permissions", permissions);
        }
        (case, self.assumptions)
    }

    fn request<'b>(&'b self, url: &'b str) -> DraftRequest<'b> {
        let embedder_policy = self.embedder_policy;
        let initiator = self.told.initiator.as_deref();
        let is_cors = self.mode == "cors" && self.redirect.is_none();
        let api = match initiator {
            _ if url.starts_with("ws://") || url.starts_with("wss://") => "web-socket",
            Some("image") => "image",
            Some("script") => "script",
            Some("CSS stylesheet") => "stylesheet",
            Some("font") if is_cors => "font",
            Some("XMLHttpRequest") if is_cors => "xhr",
            _ => "fetch",
        };
        let target_address_space = self.network.as_ref().and_then(|network| network.target.as_deref());
        let element =
            DraftRequest { api, url, embedder_policy, target_address_space, ..DraftRequest::default() };
        match api {
            "font" | "web-socket" if !self.at_preflight => element,
            "image" | "script" | "stylesheet" if !self.at_preflight && self.redirect.is_none() => {
                let attribute = if self.credentials { "use-credentials" } else { "anonymous" };
                DraftRequest { crossorigin: is_cors.then_some(attribute), ..element }
            }
            _ => DraftRequest {
                api: if api == "xhr" { "xhr" } else { "fetch" },
                method: Some(&self.method),
                headers: Some(&self.headers),
                mode: Some(self.mode),
                credentials: Some(if self.credentials { "include" } else { "same-origin" }),
                redirect: self.redirect,
                ..element
            },
        }
    }

    /// The headers of the refused response: what allows the request, changed by the rule.
    fn response_lines(&self, origin: &str) -> Vec<(&'static str, String)> {
        let mut lines = vec![("access-control-allow-origin", origin.to_owned())];
        if self.credentials {
            lines.push(("access-control-allow-credentials", "true".to_owned()));
        }
        if self.at_preflight {
            lines.push(("access-control-allow-methods", self.method.clone()));
            let names: Vec<_> = self.headers.iter().map(|(name, _)| name.as_str()).collect();
            lines.push(("access-control-allow-headers", names.join(", ")));
        }
        lines.retain(|(name, _)| !self.lines.iter().any(|(changed, _)| changed == name));
        lines.extend(self.lines.iter().cloned());
        lines.retain(|(_, value)| !value.is_empty());
        lines
    }
}

/// Where the server of a message about local network access is, and what the page is.
struct Network {
    ip: String,
    is_secure: bool,
    target: Option<String>,
}

/// Adds a member to an object.
fn insert(object: &mut Value, name: &str, value: Value) {
    if let Some(members) = object.as_object_mut() {
        members.insert(name.to_owned(), value);
    }
}

/// An IP address in this address space.
fn ip_in(space: &str) -> Option<&'static str> {
    match space {
        "loopback" => Some("127.0.0.1"),
        "local" => Some(LOCAL_IP),
        "public" => Some(PUBLIC_IP),
        _ => None,
    }
}

/// A value with which a header needs a preflight.
fn unsafe_value(name: &str) -> &'static str {
    if name.eq_ignore_ascii_case("content-type") { "application/json" } else { "\"" }
}
