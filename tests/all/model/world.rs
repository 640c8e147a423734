//! The input of engine and model: a page, its fetches, and the responses of the network.

use std::borrow::Cow;

use super::{
    Headers, Kind, NetworkResponse, Sent,
    initiators::{ByInitiator, Made, make},
    types::Network,
};

/// A text from a pool, or any other text.
pub(crate) type Text = Cow<'static, str>;

/// A page and its fetches, in order.
#[derive(Debug, Clone)]
pub(crate) struct World {
    /// The page's origin, `None` for the opaque one of number 0.
    pub(crate) origin: Option<&'static str>,
    pub(crate) fetches: Vec<Fetch>,
}

/// A fetch of the page, and the responses of the network.
#[derive(Debug, Clone)]
pub(crate) struct Fetch {
    /// The seconds that pass before it.
    pub(crate) wait: u64,
    /// Whether another page makes it. That page has the opaque origin number 1.
    pub(crate) by_another_page: bool,
    pub(crate) partition: Option<&'static str>,
    pub(crate) embedder_policy: &'static str,
    pub(crate) page_url: Text,
    pub(crate) page_referrer_policy: &'static str,
    pub(crate) method: Text,
    pub(crate) url: Text,
    pub(crate) headers: Vec<(Text, String)>,
    pub(crate) destination: &'static str,
    pub(crate) user_involvement: &'static str,
    pub(crate) mode: &'static str,
    pub(crate) credentials_mode: &'static str,
    pub(crate) redirect_mode: &'static str,
    /// "client", "no-referrer" or a URL.
    pub(crate) referrer: &'static str,
    pub(crate) referrer_policy: &'static str,
    /// "", "source" or "stream".
    pub(crate) body: &'static str,
    pub(crate) unsafe_request: bool,
    pub(crate) use_cors_preflight: bool,
    /// The initiator. If it makes a request of this page and URL, that request replaces method, headers,
    /// destination, modes, referrer, body and flags.
    pub(crate) initiator: Option<ByInitiator>,
    /// Addresses, if local network access is checked.
    pub(crate) addresses: Option<Addresses>,
    pub(crate) to_preflights: Vec<Template>,
    pub(crate) to_actual_requests: Vec<Template>,
}

/// Where the page and the servers of a fetch are, and what the user permits.
#[derive(Debug, Clone)]
pub(crate) struct Addresses {
    /// The IP address of the page; empty if the embedder does not give it.
    pub(crate) page: &'static str,
    pub(crate) is_secure_context: bool,
    /// The states of "loopback-network" and "local-network": "prompt", "granted", "denied", "not allowed" or "no
    /// document".
    pub(crate) permissions: (&'static str, &'static str),
    /// Whether the user grants a permission when asked.
    pub(crate) is_granted: bool,
    /// `targetAddressSpace`; empty if it is absent.
    pub(crate) target: &'static str,
    /// The addresses of the connections, in turn.
    pub(crate) servers: Vec<&'static str>,
}

/// A response that may quote the request; see [`Template::response`].
#[derive(Debug, Clone)]
pub(crate) struct Template {
    /// Whether the network fails instead of responding.
    pub(crate) lost: bool,
    pub(crate) status: u16,
    pub(crate) headers: Vec<(Text, Text)>,
    pub(crate) seconds: u64,
}

impl Template {
    /// The response to a request. `{origin}`, `{method}` and `{names}` stand for the CORS headers of the
    /// request, and the words in capitals for their upper case. All other text is sent as Latin-1.
    pub(crate) fn response(&self, sent: &Sent) -> Option<NetworkResponse> {
        if self.lost {
            return None;
        }
        let request_header = |name: &str| {
            let line = sent.headers.iter().find(|header| header.0.eq_ignore_ascii_case(name.as_bytes()));
            line.map_or("none".to_owned(), |header| header.1.iter().copied().map(char::from).collect())
        };
        let origin = request_header("Origin");
        let method = request_header("Access-Control-Request-Method");
        let names = request_header("Access-Control-Request-Headers");
        let fill = |text: &str| {
            let text = text.replace("{origin}", &origin).replace("{ORIGIN}", &origin.to_ascii_uppercase());
            let text = text.replace("{method}", &method).replace("{METHOD}", &method.to_ascii_uppercase());
            let text = text.replace("{names}", &names).replace("{NAMES}", &names.to_ascii_uppercase());
            // A header value has no tabs or spaces at its ends.
            text.trim_matches(['\t', ' ']).chars().map(|letter| u8::try_from(letter).unwrap()).collect()
        };
        let headers: Headers =
            self.headers.iter().map(|(name, value)| (name.as_bytes().to_vec(), fill(value))).collect();
        Some(NetworkResponse { status: self.status, headers, seconds: self.seconds })
    }
}

impl Fetch {
    /// The initiator and the request that it makes.
    pub(crate) fn made(&self) -> Option<(ByInitiator, Made)> {
        let by = self.initiator?;
        Some((by, make(&by, &self.page_url.parse().unwrap(), &self.url)?))
    }

    /// A network that sends these responses in order, and then repeats the last one.
    pub(crate) fn network(&self) -> Network {
        let (to_preflights, to_actual) = (self.to_preflights.clone(), self.to_actual_requests.clone());
        let (mut preflights, mut actual_requests) = (0, 0);
        Box::new(move |sent| {
            let (templates, given) = match sent.kind {
                Kind::Preflight => (&to_preflights, &mut preflights),
                Kind::Actual => (&to_actual, &mut actual_requests),
            };
            let template = templates.get(*given).or(templates.last()).unwrap();
            *given += 1;
            template.response(sent)
        })
    }
}
