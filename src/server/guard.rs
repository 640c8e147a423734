//! The guard: which hosts a server is, and which requests are meant for another host.

use std::{
    net::{Ipv4Addr, Ipv6Addr},
    sync::Arc,
};

use http::{
    HeaderMap, Uri,
    header::{HOST, ORIGIN},
};

use super::{headers::Lines, refusal::PolicyRefusal};
use crate::origin::{HostKind, OriginError, check_host};

/// The wildcard for one or more labels at the start of a host.
const SUBDOMAINS: &str = "*.";

/// The hosts that a server is: it refuses requests for every other host. For servers on the local machine and
/// inside of networks, which rely on not being reachable: development servers, MCP servers, admin panels.
///
/// # The attack
/// In *DNS rebinding*, a site reaches such a server through the browser of a user:
///
/// 1. The user opens `http://evil.example:3000`. The name leads to the attacker's server, which sends a page.
/// 2. The attacker changes the address of the name to 127.0.0.1. The page fetches from its own origin again,
///    and now the browser connects to the server on the user's machine.
/// 3. To the browser, this is a same-origin request. It sends no preflight, makes no CORS check, and lets the
///    page read everything.
///
/// No comparison of `Origin` with `Host` notices it, because both are `evil.example:3000`, and a `GET` has no
/// `Origin` at all. `Sec-Fetch-Site` is `same-origin`. So neither a [`Policy`](super::Policy) nor
/// [`may_be_same_origin`](super::may_be_same_origin) stops the attack. Only the host is wrong: the server is
/// not `evil.example`.
///
/// # What it checks
/// The guard checks every request, with or without `Origin`, preflights included:
/// - The authority of the request's target (in HTTP/2 and HTTP/3, `:authority`) and `Host` must each be one of
///   the hosts. One of them must be there, and `Host` only once.
/// - Names are compared completely, in any case, and with or without a final dot. Every port passes, because
///   an attacker's name is wrong with any port, and a forwarded port is not the server's own.
/// - `Origin: null` is refused, even if the policy allows it: any site can send it, with a sandboxed frame.
///
/// A request that the guard refuses gets 403, without CORS headers, and the handler does not run.
///
/// # What it does not stop
/// - Requests of other sites to the right host. They are cross-origin: a page cannot read the responses, but
///   they reach the handler. Together with [`reject_refused`](crate::tower::CorsLayer::reject_refused), or
///   with [`may_be_same_origin`](super::may_be_same_origin), those that have an `Origin` get 403.
/// - Programs that are not browsers. They send any `Host`.
/// - Anything behind a proxy that replaces `Host` with the address of the server. Check the host in the proxy,
///   or let it pass the original one.
///
/// # Example
/// ```
/// use crossorigin::http::{Request, StatusCode};
/// use crossorigin::server::{Action, HostGuard, Policy};
///
/// let guard = HostGuard::loopback();
/// let policy = Policy::builder().allow_origin("https://app.example").build()?;
/// let action = |request: &Request<()>| {
///     let decision = policy.decide(request.method(), request.headers());
///     decision.guarded(&guard, request.uri(), request.headers()).action()
/// };
/// let get = |host| Request::get("/").header("host", host).body(()).unwrap();
/// assert_eq!(action(&get("localhost:3000")), Action::CallHandler);
/// assert_eq!(action(&get("evil.example:3000")), Action::Respond(StatusCode::FORBIDDEN));
/// # Ok::<(), crossorigin::server::PolicyErrors>(())
/// ```
///
/// A server without a policy calls [`check`](Self::check) alone. In tower,
/// [`CorsLayer::guard`](crate::tower::CorsLayer::guard) does the same as the example.
#[doc(alias = "dns rebinding")]
#[doc(alias = "allowed_hosts")]
#[doc(alias = "allowedHosts")]
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HostGuard {
    hosts: Arc<[OwnHost]>,
    ip_addresses: bool,
}

/// A host that a server is, or all subdomains of it.
#[derive(Debug, PartialEq, Eq)]
struct OwnHost {
    /// In lower case.
    host: Box<str>,
    subdomains: bool,
}

/// The reason why a [`HostGuard`] cannot be built.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum GuardError {
    /// There is no host, so the guard would refuse every request.
    #[error("the guard has no host, so it would refuse every request")]
    NoHost,
    /// A host is invalid. It is written without a scheme and a port.
    #[error("`{host}` is not a host, which has no scheme and no port, as in `localhost`")]
    InvalidHost {
        /// The text that was given.
        host: String,
        /// What is wrong with it. An index counts the bytes of the text.
        #[source]
        error: OriginError,
    },
}

impl HostGuard {
    /// Creates a guard for a server that is these hosts.
    ///
    /// A host is a domain, an IPv4 address, or an IPv6 address in square brackets, as browsers write it in a
    /// URL: in lower case, and without a port. `*.` before a domain stands for all its subdomains. They must
    /// all be yours: whoever controls the DNS of one of them can attack the server.
    ///
    /// # Errors
    /// Returns the first error found.
    ///
    /// ```
    /// use crossorigin::server::{GuardError, HostGuard};
    ///
    /// let guard = HostGuard::new(["panel.lan", "*.dev.example.com", "192.168.1.5", "[fd00::5]"])?;
    /// let error = HostGuard::new(["panel.lan:8080"]).unwrap_err();
    /// assert_eq!(error.to_string(), "`panel.lan:8080` is not a host, which has no scheme and no port, as in `localhost`");
    /// # Ok::<(), GuardError>(())
    /// ```
    pub fn new(hosts: impl IntoIterator<Item = impl AsRef<str>>) -> Result<Self, GuardError> {
        let hosts = hosts.into_iter().map(|host| OwnHost::parse(host.as_ref()));
        let hosts: Arc<[_]> = hosts.collect::<Result<_, _>>()?;
        if hosts.is_empty() { Err(GuardError::NoHost) } else { Ok(Self { hosts, ip_addresses: false }) }
    }

    /// Creates a guard for a server on the local machine: `localhost`, its subdomains, `127.0.0.1` and
    /// `[::1]`.
    #[must_use]
    pub fn loopback() -> Self {
        Self::new(["localhost", "*.localhost", "127.0.0.1", "[::1]"]).expect("these are hosts")
    }

    /// Lets all IP addresses pass too: for servers whose address changes.
    ///
    /// This is safe against DNS rebinding, because no DNS is involved: a browser sends an address as the host
    /// only if the URL has this address.
    #[must_use]
    pub fn allow_ip_addresses(mut self) -> Self {
        self.ip_addresses = true;
        self
    }

    /// Checks that a request is meant for this server.
    ///
    /// `uri` is the request's target as the server received it, and `headers` are the request's headers.
    ///
    /// # Errors
    /// Returns why the request is refused: [`PolicyRefusal::HostMissing`], [`PolicyRefusal::HostNotAllowed`],
    /// [`PolicyRefusal::SeveralHosts`] or [`PolicyRefusal::NullOrigin`].
    pub fn check(&self, uri: &Uri, headers: &HeaderMap) -> Result<(), PolicyRefusal> {
        self.check_with_host(uri, headers).map_err(|(refusal, _)| refusal)
    }

    /// As [`Self::check`]; the error also has the host that is not allowed.
    pub(crate) fn check_with_host<'a>(
        &self,
        uri: &'a Uri,
        headers: &'a HeaderMap,
    ) -> Result<(), (PolicyRefusal, &'a [u8])> {
        let authority = uri.authority().map(|authority| authority.as_str().as_bytes());
        let host = match Lines::of(headers, HOST) {
            Lines::Absent if authority.is_none() => return Err((PolicyRefusal::HostMissing, b"")),
            Lines::Absent => None,
            Lines::One(value) => Some(value.as_bytes()),
            Lines::Several => return Err((PolicyRefusal::SeveralHosts, b"")),
        };
        if let Some(other) = authority.into_iter().chain(host).find(|host| !self.is_own(host)) {
            return Err((PolicyRefusal::HostNotAllowed, other));
        }
        if headers.get_all(ORIGIN).iter().any(|origin| origin == "null") {
            return Err((PolicyRefusal::NullOrigin, b""));
        }
        Ok(())
    }

    /// Returns whether a host, with or without a port, is one of the hosts.
    fn is_own(&self, host_and_port: &[u8]) -> bool {
        let Some(host) = str::from_utf8(host_and_port).ok().and_then(without_port) else { return false };
        let host = host.strip_suffix('.').unwrap_or(host);
        self.hosts.iter().any(|own| own.matches(host)) || (self.ip_addresses && is_address(host))
    }
}

impl OwnHost {
    fn parse(text: &str) -> Result<Self, GuardError> {
        let error = |error| GuardError::InvalidHost { host: text.to_owned(), error };
        let (host, start) = match text.strip_prefix(SUBDOMAINS) {
            Some(domain) => (domain, SUBDOMAINS.len()),
            None => (text, 0),
        };
        let subdomains = start > 0;
        match check_host("http", host, start).map_err(error)? {
            HostKind::Domain => Ok(Self { host: host.into(), subdomains }),
            HostKind::Ipv4 | HostKind::Ipv6 if !subdomains => Ok(Self { host: host.into(), subdomains }),
            // An address has no subdomains, so the `*` is not part of a valid host.
            _ => Err(error(OriginError::HostByte { byte: b'*', index: 0 })),
        }
    }

    fn matches(&self, host: &str) -> bool {
        let Some(start) = host.len().checked_sub(self.host.len()) else { return false };
        let Some((labels, domain)) = host.split_at_checked(start) else { return false };
        domain.eq_ignore_ascii_case(&self.host)
            && match labels.strip_suffix('.') {
                Some(labels) => self.subdomains && labels.split('.').all(is_label),
                None => !self.subdomains && labels.is_empty(),
            }
    }
}

fn is_label(label: &str) -> bool {
    !label.is_empty() && label.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'))
}

/// The host in front of the port. `None` if the text after the host is not a port.
fn without_port(text: &str) -> Option<&str> {
    let end = match text.find(']') {
        Some(bracket) => bracket + 1,
        None => text.find(':').unwrap_or(text.len()),
    };
    let (host, port) = text.split_at_checked(end)?;
    let is_port =
        |digits: &str| digits.bytes().all(|byte| byte.is_ascii_digit()) && digits.parse::<u16>().is_ok();
    (port.is_empty() || port.strip_prefix(':').is_some_and(is_port)).then_some(host)
}

fn is_address(host: &str) -> bool {
    let in_brackets = host.strip_prefix('[').and_then(|host| host.strip_suffix(']'));
    host.parse::<Ipv4Addr>().is_ok() || in_brackets.is_some_and(|address| address.parse::<Ipv6Addr>().is_ok())
}
