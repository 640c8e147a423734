//! What engine and model are compared on: a page, its fetches, and a network that answers them.

use std::borrow::Cow;

use super::{Headers, Kind, NetworkResponse, Sent, types::Network};

/// A text of a pool, or any other.
pub(crate) type Text = Cow<'static, str>;

/// A page and what it fetches, one after the other.
#[derive(Debug, Clone)]
pub(crate) struct World {
    /// The page's origin, `None` for the opaque one of number 0.
    pub(crate) origin: Option<&'static str>,
    pub(crate) fetches: Vec<Fetch>,
}

/// A fetch, as a page describes it, and what the network will answer.
#[derive(Debug, Clone)]
pub(crate) struct Fetch {
    /// How many seconds pass before it.
    pub(crate) wait: u64,
    /// Another page makes it: one with the opaque origin of number 1.
    pub(crate) by_another_page: bool,
    pub(crate) partition: Option<&'static str>,
    pub(crate) embedder_policy: &'static str,
    pub(crate) page_referrer_policy: &'static str,
    pub(crate) method: Text,
    pub(crate) url: Text,
    pub(crate) headers: Vec<(Text, String)>,
    pub(crate) mode: &'static str,
    pub(crate) credentials_mode: &'static str,
    pub(crate) redirect_mode: &'static str,
    pub(crate) referrer_policy: &'static str,
    /// "", "source" or "stream".
    pub(crate) body: &'static str,
    pub(crate) unsafe_request: bool,
    pub(crate) use_cors_preflight: bool,
    pub(crate) to_preflights: Vec<Template>,
    pub(crate) to_actual_requests: Vec<Template>,
}

/// An answer, which may quote the request; see [`Template::response`].
#[derive(Debug, Clone)]
pub(crate) struct Template {
    /// There is no answer.
    pub(crate) lost: bool,
    pub(crate) status: u16,
    pub(crate) headers: Vec<(Text, Text)>,
    pub(crate) seconds: u64,
}

impl Template {
    /// The answer to a request: `{origin}`, `{method}` and `{names}` are what it says of itself, in capitals where the
    /// word is. All else are the bytes of the text, in Latin-1.
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
    /// A network that gives these answers in order, and then the last one again and again.
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
