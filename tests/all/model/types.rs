//! The input and output of the model, as plain structs.

use url::Url;

use super::{referrer::Referrer, world::Addresses};

pub(crate) type Bytes = Vec<u8>;

/// A header list: an ordered list of names and values.
pub(crate) type Headers = Vec<(Bytes, Bytes)>;

/// An origin.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Origin {
    /// Scheme, host, and a port that is null if it is the scheme's default.
    Tuple(String, String, Option<u16>),
    /// The opaque origin of that number.
    Opaque(u64),
    /// An opaque origin that was made a moment ago and is the same as no other.
    NewOpaque,
}

/// A body: null, one with a source, or one whose source is null.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Body {
    Null,
    WithSource,
    WithoutSource,
}

/// A client, as far as its policy container and partition are asked for.
#[derive(Debug, Clone)]
pub(crate) struct Client {
    pub(crate) url: Url,
    pub(crate) embedder_policy: &'static str,
    pub(crate) referrer_policy: &'static str,
    pub(crate) network_partition_key: Option<String>,
}

/// A request. The first six lines change while it is fetched, and so do the last three.
#[derive(Debug, Clone)]
pub(crate) struct Request {
    pub(crate) method: Bytes,
    pub(crate) url_list: Vec<Url>,
    pub(crate) header_list: Headers,
    pub(crate) body: Body,
    pub(crate) referrer: Referrer,
    pub(crate) referrer_policy: &'static str,
    pub(crate) origin: Origin,
    pub(crate) client: Option<Client>,
    pub(crate) destination: &'static str,
    pub(crate) user_involvement: &'static str,
    pub(crate) mode: &'static str,
    pub(crate) credentials_mode: &'static str,
    pub(crate) redirect_mode: &'static str,
    pub(crate) unsafe_request_flag: bool,
    pub(crate) use_cors_preflight_flag: bool,
    pub(crate) response_tainting: &'static str,
    pub(crate) redirect_count: usize,
    pub(crate) timing_allow_failed_flag: bool,
}

impl Request {
    /// The last URL of the URL list.
    pub(crate) fn current_url(&self) -> &Url {
        self.url_list.last().unwrap()
    }

    /// Determine the network partition key, given a request.
    pub(crate) fn network_partition_key(&self) -> Option<String> {
        // 1. Reserved clients are for navigations; HTML's. 2. The client's. 3. Null.
        self.client.as_ref().and_then(|client| client.network_partition_key.clone())
    }
}

/// A response. A network error has type "error" and the step that returned it. A filtered response has an
/// internal one.
#[derive(Debug, Clone)]
pub(crate) struct Response {
    pub(crate) kind: &'static str,
    pub(crate) status: u16,
    pub(crate) header_list: Headers,
    pub(crate) url_list: Vec<Url>,
    pub(crate) body_is_null: bool,
    pub(crate) cors_exposed_header_name_list: Vec<Bytes>,
    pub(crate) request_includes_credentials: bool,
    pub(crate) range_requested_flag: bool,
    pub(crate) timing_allow_passed_flag: bool,
    pub(crate) internal_response: Option<Box<Self>>,
    pub(crate) failed_step: &'static str,
}

impl Response {
    /// A new response.
    pub(crate) fn new() -> Self {
        Self {
            kind: "default",
            status: 200,
            header_list: Vec::new(),
            url_list: Vec::new(),
            body_is_null: false,
            cors_exposed_header_name_list: Vec::new(),
            request_includes_credentials: true,
            range_requested_flag: false,
            timing_allow_passed_flag: false,
            internal_response: None,
            failed_step: "",
        }
    }

    /// A network error, given by that step.
    pub(crate) fn network_error(failed_step: &'static str) -> Self {
        Self { kind: "error", status: 0, body_is_null: true, failed_step, ..Self::new() }
    }

    pub(crate) fn is_network_error(&self) -> bool {
        self.kind == "error"
    }

    pub(crate) fn is_filtered(&self) -> bool {
        self.internal_response.is_some()
    }
}

/// A redirect status is 301, 302, 303, 307 or 308.
pub(crate) fn is_redirect_status(status: u16) -> bool {
    [301, 302, 303, 307, 308].contains(&status)
}

/// What kind of request goes over the network.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Preflight,
    Actual,
}

/// A request that went out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Sent {
    pub(crate) kind: Kind,
    pub(crate) method: Bytes,
    pub(crate) url: String,
    pub(crate) headers: Headers,
    pub(crate) credentials: bool,
    pub(crate) body: bool,
    pub(crate) hop: usize,
    pub(crate) partition: Option<String>,
    pub(crate) redirect_taint: &'static str,
}

/// The head of a response, and the seconds that it took.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct NetworkResponse {
    pub(crate) status: u16,
    pub(crate) headers: Headers,
    pub(crate) seconds: u64,
}

/// An entry of the CORS-preflight cache, and when it was stored.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct CacheEntry {
    pub(crate) key: Option<String>,
    pub(crate) byte_serialized_origin: Bytes,
    pub(crate) url: String,
    pub(crate) max_age: u64,
    pub(crate) credentials: bool,
    pub(crate) method: Option<Bytes>,
    pub(crate) header_name: Option<Bytes>,
    pub(crate) stored: u64,
}

/// The network: it maps each outgoing request to a response, or to a failure.
pub(crate) type Network = Box<dyn FnMut(&Sent) -> Option<NetworkResponse>>;

/// The user agent, with a clock in seconds.
pub(crate) struct Browser {
    pub(crate) cors_preflight_cache: Vec<CacheEntry>,
    pub(crate) now: u64,
    pub(crate) sent: Vec<Sent>,
    pub(crate) network: Network,
    /// Local network access: the facts about a fetch, and its state.
    pub(crate) addresses: Option<Addresses>,
    pub(crate) connections: usize,
    pub(crate) target_ip_address_space: &'static str,
    /// The states of "loopback-network" and "local-network"; empty as long as nobody has looked.
    pub(crate) permissions: (&'static str, &'static str),
}

impl Browser {
    pub(crate) fn new() -> Self {
        Self {
            cors_preflight_cache: Vec::new(),
            now: 0,
            sent: Vec::new(),
            network: Box::new(|_| None),
            addresses: None,
            connections: 0,
            target_ip_address_space: "",
            permissions: ("", ""),
        }
    }
}
