//! What a capture says, whatever its format.

/// The requests of a capture with their responses, in the order in which they started.
#[derive(Debug, Default)]
pub(super) struct Capture {
    /// The profile of the browser that wrote the capture; `None` if no browser did.
    pub(super) browser: Option<&'static str>,
    /// Whether the requests are those that went over the network, and not those that a person made with another tool.
    pub(super) is_of_network: bool,
    pub(super) exchanges: Vec<Exchange>,
    /// What was assumed because the format cannot say it.
    pub(super) assumptions: Vec<String>,
}

/// A request with its response.
#[derive(Debug, Default)]
pub(super) struct Exchange {
    pub(super) request: Request,
    /// `None` if the capture has no response.
    pub(super) response: Option<Response>,
    pub(super) end: End,
}

/// A request as it was sent, or as a command would send it.
#[derive(Debug, Default, Clone)]
pub(super) struct Request {
    pub(super) method: String,
    pub(super) url: String,
    pub(super) headers: Headers,
    pub(super) has_body: bool,
    /// The URL of the page, or its origin.
    pub(super) page: Option<String>,
    /// The tool's word for what made the request, such as `fetch`, `xhr` or `preflight`; in lower case.
    pub(super) resource_type: Option<String>,
    /// The mode, if the capture names it outside of the headers.
    pub(super) mode: Option<String>,
    /// The credentials mode, if the capture names it.
    pub(super) credentials: Option<String>,
    /// Whether it is only the text of a command, which nobody has sent.
    pub(super) is_command: bool,
    /// Whether a service worker of the page responded.
    pub(super) from_service_worker: bool,
}

#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub(super) struct Response {
    pub(super) status: u16,
    pub(super) headers: Headers,
}

/// What the capture says about the end of an exchange.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub(super) enum End {
    /// Nothing, because no browser wrote it.
    #[default]
    Unknown,
    /// The browser did not report an error.
    Delivered,
    Failed {
        /// The browser's words.
        text: String,
        /// The browser's name for the reason, if it says it.
        name: Option<String>,
    },
}

/// Header lines in order. Each code point from 0 to 255 is one byte, as in a case.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub(super) struct Headers(Vec<(String, String)>);

impl Headers {
    /// Adds a line. Several values of one name may be in one text, with line ends between them. Pseudo-headers
    /// of HTTP/2 and whatever is not a header line are skipped.
    pub(super) fn push(&mut self, name: &str, values: &str) {
        if name.is_empty() || !name.bytes().all(is_token_byte) {
            return;
        }
        for value in values.split('\n') {
            let value = value.trim_matches([' ', '\t', '\r']);
            if !value.contains(['\r', '\0']) {
                self.0.push((name.to_owned(), as_bytes(value)));
            }
        }
    }

    /// The first value of that name.
    pub(super) fn get(&self, name: &str) -> Option<&str> {
        self.iter().find(|(found, _)| found.eq_ignore_ascii_case(name)).map(|(_, value)| value)
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(name, value)| (name.as_str(), value.as_str()))
    }

    /// Replaces every value.
    pub(super) fn map_values(&mut self, mut value_of: impl FnMut(&str, &str) -> String) {
        for (name, value) in &mut self.0 {
            *value = value_of(name, value);
        }
    }
}

impl<'a> FromIterator<(&'a str, &'a str)> for Headers {
    fn from_iter<I: IntoIterator<Item = (&'a str, &'a str)>>(lines: I) -> Self {
        let mut headers = Self::default();
        lines.into_iter().for_each(|(name, value)| headers.push(name, value));
        headers
    }
}

/// Returns whether a byte may be in the name of a header or in a method.
pub(super) fn is_token_byte(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte)
}

/// A value with one code point for each byte. Code points that are not bytes become those of their UTF-8.
fn as_bytes(value: &str) -> String {
    if value.chars().all(|character| u32::from(character) <= 0xff) {
        return value.to_owned();
    }
    value.bytes().map(char::from).collect()
}

impl Request {
    /// The origin that the request says, if it says one.
    pub(super) fn origin(&self) -> Option<&str> {
        self.headers.get("origin").filter(|origin| !origin.is_empty())
    }

    /// Returns whether the request is a preflight.
    pub(super) fn is_preflight(&self) -> bool {
        self.method == "OPTIONS"
            && self.origin().is_some()
            && self.headers.get("access-control-request-method").is_some()
    }
}

impl Response {
    /// Where the response redirects to.
    pub(super) fn location(&self) -> Option<&str> {
        matches!(self.status, 301 | 302 | 303 | 307 | 308).then(|| self.headers.get("location")).flatten()
    }
}
