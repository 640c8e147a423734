//! The exceptions that scripts get from initiators.

use std::fmt;

use super::{Refusal, RefusalReason};
use crate::browser::initiators::Initiator;

/// An exception that an initiator throws, or with which its promise rejects.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Exception {
    /// A [`TypeError`](https://webidl.spec.whatwg.org/#exceptiondef-typeerror) of JavaScript.
    TypeError,
    /// A `DOMException` with the name [`SyntaxError`](https://webidl.spec.whatwg.org/#syntaxerror).
    SyntaxError,
    /// A `DOMException` with the name [`SecurityError`](https://webidl.spec.whatwg.org/#securityerror).
    SecurityError,
}

/// Writes the exception's name, such as `TypeError`.
impl fmt::Display for Exception {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::TypeError => "TypeError",
            Self::SyntaxError => "SyntaxError",
            Self::SecurityError => "SecurityError",
        })
    }
}

impl Refusal {
    /// The exception that the script gets; `None` if no script gets one, for instance because an element was
    /// to load a URL.
    ///
    /// ```
    /// use crossorigin::browser::{Exception, Initiator, Page};
    /// let page = Page::new("https://app.example/")?;
    /// let exception = page.fetch("https://[").build().unwrap_err().exception();
    /// assert_eq!(exception, Some(Exception::TypeError));
    /// let exception = page.xml_http_request("GET", "https://[").send().unwrap_err().exception();
    /// assert_eq!(exception, Some(Exception::SyntaxError)); // a `DOMException`
    /// assert_eq!(page.request(Initiator::Image, "https://[").build().unwrap_err().exception(), None);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn exception(&self) -> Option<Exception> {
        if let RefusalReason::SettingNotAvailable { .. } = self.reason() {
            // A script cannot say this, so it gets no exception.
            return None;
        }
        match self.initiator() {
            // Every step of new Request() and of Headers append that throws.
            Initiator::Fetch => Some(Exception::TypeError),
            // open(), steps 2, 3 and 6, and setRequestHeader(), step 4.
            Initiator::XmlHttpRequest => Some(match self.reason() {
                RefusalReason::ForbiddenMethod { .. } => Exception::SecurityError,
                _ => Exception::SyntaxError,
            }),
            // sendBeacon(), steps 3 and 5.1. register() of a service worker: start Register, step 4.
            Initiator::Beacon | Initiator::ServiceWorker => Some(Exception::TypeError),
            // The constructors and methods that parse a URL. The headers of a WebTransport are those of
            // `Headers`.
            Initiator::WebTransport
                if matches!(
                    self.reason(),
                    RefusalReason::HeaderNameInvalid { .. } | RefusalReason::HeaderValueInvalid { .. }
                ) =>
            {
                Some(Exception::TypeError)
            }
            Initiator::EventSource
            | Initiator::ImportScripts
            | Initiator::ModuleWorker
            | Initiator::SharedWorker
            | Initiator::WebSocket
            | Initiator::WebTransport
            | Initiator::Worker
            | Initiator::Worklet => Some(Exception::SyntaxError),
            // An element gets an event "error", and a report or a ping is not sent.
            _ => None,
        }
    }
}
