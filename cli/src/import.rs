//! Captures: what browsers, proxies and command-line tools write down about requests. Each request on which CORS decides
//! becomes a case of the oracle, and the oracle's verdict is the finding.
//!
//! | format | what |
//! |---|---|
//! | HAR | a file of a browser, a proxy or a test driver |
//! | `curl -v` | its output, with the requests and the responses |
//! | HTTP | messages as text, as `curl -i` prints them |
//! | "Copy as cURL", "Copy as fetch", a call of `sendBeacon()` | a request without a response |
//! | DevTools | network events and issues about CORS of the Chrome DevTools Protocol, as JSON |
//! | a console | messages of Chromium, Firefox and Safari, in English |
//!
//! A capture does not say everything. What is assumed is part of the finding. Captures are input from outside: everything is
//! bounded, and secrets are replaced before anything else looks at them.
//!
//! ```
//! use crossorigin_cli::import::{FetchOutcome, Options, read};
//!
//! let message = "Access to fetch at 'https://api.example/' from origin 'https://app.example' has been blocked by CORS \
//!                policy: No 'Access-Control-Allow-Origin' header is present on the requested resource.";
//! let import = read(message, &Options::default())?.expect("this is a message of a console");
//! assert_eq!(import.findings[0].outcome(), FetchOutcome::Blocked);
//! println!("{}", import.findings[0]);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod capture;
mod console;
mod curl;
mod curl_command;
mod devtools;
mod failure;
mod fetch_snippet;
mod fetches;
mod finding;
mod har;
mod next;
mod raw_http;
mod redaction;
mod report;
mod request;
mod shell_words;

pub use self::finding::{FetchOutcome, Finding};
use self::{
    capture::Capture,
    request::{Asked, NotDecided},
};

/// How large a capture may be, in bytes.
pub const MAX_BYTES: usize = 256 << 20;

/// How many requests, or messages of a console, a capture may have.
pub const MAX_EXCHANGES: usize = 100_000;

/// What the person knows who has the capture.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// The page's URL or origin. By default it is what the capture says.
    pub page: Option<String>,
    /// The URL of a response without a request.
    pub url: Option<String>,
    /// The name of the profile in which the cases are played. By default it is the browser that wrote the capture, or else
    /// the standard's; for beacons, in which all browsers differ from the standard, Chromium's.
    pub profile: Option<String>,
    /// Whether cookies, credentials and tokens are kept. By default they are replaced.
    pub show_secrets: bool,
}

/// What a capture comes to.
#[derive(Debug, Default)]
#[non_exhaustive]
pub struct Import {
    /// One for each fetch on which CORS decides, in order.
    pub findings: Vec<Finding>,
    /// The number of fetches on which CORS does not decide, and of those that are not fetches of a page.
    pub others: usize,
    /// How many of the others have a URL that cannot be read.
    pub invalid_urls: usize,
    /// How many of the others are fetches of a page that is not known.
    pub unknown_pages: usize,
}

impl Import {
    fn count_other(&mut self, why: NotDecided) {
        self.others = self.others.saturating_add(1);
        match why {
            NotDecided::ByRules => {}
            NotDecided::InvalidUrl => self.invalid_urls = self.invalid_urls.saturating_add(1),
            NotDecided::NoPage => self.unknown_pages = self.unknown_pages.saturating_add(1),
        }
    }
}

/// Why a text that looks like a capture cannot be read.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum InvalidCapture {
    /// The capture is too large.
    #[error("the capture has {found} {what}, but at most {most} are read")]
    TooLarge {
        /// The number of `what`.
        found: usize,
        /// `bytes` or `requests`.
        what: &'static str,
        /// The most of them.
        most: usize,
    },
    /// The JSON is not what the format needs.
    #[error("this is not {format}: {problem}")]
    Json {
        /// The format, such as `a HAR file`.
        format: &'static str,
        /// Where and why, without any text of the capture.
        problem: String,
    },
    /// A response without a request, whose URL is not known.
    #[error("the response does not say its URL: name it with `--url https://…`")]
    NoUrl,
    /// No request was found.
    #[error("there is no request in it")]
    NoRequest,
    /// curl got no connection, and what it printed does not name the URL or the page.
    #[error(
        "curl got no connection ({why}): {advice}. CORS is not the cause, because it is about responses, and no response arrived"
    )]
    NoConnection {
        /// What curl printed.
        why: String,
        /// What to do.
        advice: &'static str,
    },
    /// A HAR file without requests.
    #[error(
        "the HAR file has no entries: reload the page while the developer tools are open, and save the file then"
    )]
    NoEntries,
    /// No message about CORS was found.
    #[error("there is no message about CORS in it")]
    NoMessage,
    /// The page is not known.
    #[error("the capture does not say which page makes the request: name it with `--page https://…`")]
    NoPage,
}

impl InvalidCapture {
    /// An error of a JSON parser. Its message is left out, because it may quote a secret.
    fn json(format: &'static str, path: impl ToString, error: &serde_json::Error) -> Self {
        let path = path.to_string();
        let path = if path.is_empty() || path == "." { String::new() } else { format!("{path}, ") };
        let (line, column) = (error.line(), error.column());
        Self::Json { format, problem: format!("see {path}line {line}, column {column}") }
    }

    fn check_count(found: usize, what: &'static str, most: usize) -> Result<(), Self> {
        if found > most { Err(Self::TooLarge { found, what, most }) } else { Ok(()) }
    }
}

/// A format of captures.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Format {
    /// A HAR file.
    Har,
    /// Messages of the Chrome DevTools Protocol.
    DevTools,
    /// Calls of `fetch()` and of `navigator.sendBeacon()`.
    FetchCalls,
    /// The output of `curl -v`.
    CurlOutput,
    /// Commands that run curl.
    CurlCommands,
    /// HTTP messages as text.
    RawHttp,
    /// Messages of a browser's console.
    Console,
}

impl Format {
    /// The format that a text looks like.
    #[must_use]
    pub fn of(text: &str) -> Option<Self> {
        let known = [
            (har::is_har as fn(&str) -> bool, Self::Har),
            (devtools::is_devtools, Self::DevTools),
            (fetch_snippet::is_call, Self::FetchCalls),
            (curl::is_verbose_output, Self::CurlOutput),
            (curl_command::is_curl_command, Self::CurlCommands),
            (raw_http::is_raw_http, Self::RawHttp),
            (console::is_message, Self::Console),
        ];
        let (_, format) = known.into_iter().find(|(is, _)| is(text))?;
        // The text of a message may stand in other JSON, such as a case.
        (format != Self::Console || !begins_json(text.trim_start())).then_some(format)
    }
}

/// Returns whether a text begins as an object or a list. WebKit's messages begin with `[Error]`.
fn begins_json(text: &str) -> bool {
    let list = text.strip_prefix('[');
    text.starts_with('{') || list.is_some_and(|rest| !rest.starts_with(|next: char| next.is_alphabetic()))
}

/// Reads a capture of any format; `None` if the text looks like no capture.
///
/// # Errors
/// The text looks like a capture, but cannot be read.
pub fn read(text: &str, options: &Options) -> Result<Option<Import>, InvalidCapture> {
    let text = text.trim_start_matches('\u{feff}');
    Format::of(text).map(|format| read_as(format, text, options)).transpose()
}

/// Reads a capture of that format.
///
/// # Errors
/// The text cannot be read as this format.
pub fn read_as(format: Format, text: &str, options: &Options) -> Result<Import, InvalidCapture> {
    InvalidCapture::check_count(text.len(), "bytes", MAX_BYTES)?;
    let options = &if options.show_secrets { options.clone() } else { redaction::redacted_options(options) };
    let capture = match format {
        Format::Har => har::read(text)?,
        Format::DevTools => {
            let (capture, issues) = devtools::read(text)?;
            let mut import = findings(capture, options)?;
            import.findings.extend(told(issues, options)?.findings);
            return Ok(import);
        }
        Format::FetchCalls => fetch_snippet::read(text)?,
        Format::CurlOutput => curl::read(text, options)?,
        Format::CurlCommands => curl_command::read(text)?,
        Format::RawHttp => raw_http::read(text, options)?,
        Format::Console => {
            let import = told(console::read(text), options)?;
            return if import.findings.is_empty() { Err(InvalidCapture::NoMessage) } else { Ok(import) };
        }
    };
    findings(capture, options)
}

/// Plays the fetches of a capture on which CORS decides.
fn findings(capture: Capture, options: &Options) -> Result<Import, InvalidCapture> {
    InvalidCapture::check_count(capture.exchanges.len(), "requests", MAX_EXCHANGES)?;
    let Capture { browser, is_of_network, exchanges, assumptions } = capture;
    let mut import = Import::default();
    for mut fetch in fetches::group(exchanges) {
        if !options.show_secrets {
            fetch.exchanges_mut().for_each(redaction::redact);
        }
        let asked = match Asked::of(&fetch, is_of_network, options)? {
            Ok(asked) => asked,
            Err(why) => {
                import.count_other(why);
                continue;
            }
        };
        let profile = options.profile.as_deref().or(browser);
        let profile = profile.or_else(|| fetch.browser()).unwrap_or_else(|| asked.default_profile());
        let finding = Finding::of_fetch(&fetch, &asked, profile, &assumptions);
        // Other modes are not about CORS, unless a rule refuses.
        match finding.filter(|finding| asked.mode == "cors" || finding.outcome() == FetchOutcome::Blocked) {
            Some(finding) => import.findings.push(finding),
            None => import.count_other(NotDecided::ByRules),
        }
    }
    Ok(import)
}

/// Plays the cases of messages of a browser.
fn told(messages: Vec<console::Told>, options: &Options) -> Result<Import, InvalidCapture> {
    InvalidCapture::check_count(messages.len(), "messages", MAX_EXCHANGES)?;
    let findings = messages.into_iter().enumerate().filter_map(|(index, told)| {
        let (case, assumptions) = told.to_case(&index.saturating_add(1).to_string(), options);
        Finding::of_case(case, told.end(), told.reasons(), assumptions)
    });
    Ok(Import { findings: findings.collect(), ..Import::default() })
}
