//! Serialized origins, as in an `Origin` header.

use super::{
    error::{MAX_LABEL_LENGTH, OriginError},
    host::{HostKind, check_host},
    port::{default_port, parse_port},
};

/// A serialized origin, as in an `Origin` header: parsed strictly, and borrowed from the header's bytes.
///
/// It is a scheme, `://`, a host and, if it is not the default port of the scheme, a port:
/// `serialized-origin` in the grammar of the [`Origin` header](https://fetch.spec.whatwg.org/#origin-header).
/// `null` is the error [`OriginError::Null`].
///
/// The parser accepts more than the grammar in two points, because browsers send it:
/// - labels with `_`, and labels that begin or end with `-` (`http://my_service:3000`);
/// - letters in upper case in the host, and a number at its end, if the scheme has no default port. Such hosts
///   are [opaque](https://url.spec.whatwg.org/#opaque-host), as in `safari-web-extension://5A0C-E7`.
///
/// It accepts only what a serializer writes, so that each origin has exactly one spelling. It refuses some
/// values that the grammar allows:
/// - default ports (`https://a.test:443`), ports with leading zeros, and ports above 65535;
/// - hosts that end in a number but are not an IPv4 address in the usual form (`http://127.1`);
/// - IPv6 addresses that are not in their shortest form;
/// - hosts longer than 253 bytes and labels longer than 63 bytes, the limits of the DNS.
///
/// It also refuses hosts that browsers can send but that no site uses on purpose: with a final dot, an empty
/// label, or one of ``!"$&'()*+,;=`{}~``. Most of these characters mean something in lists and patterns.
///
/// It corrects nothing: no upper case, no final slash, no whitespace. It does not decode Punycode.
///
/// ```
/// use crossorigin::origin::{HostKind, OriginError, SerializedOrigin};
///
/// let origin = SerializedOrigin::parse(b"http://[::1]:8080")?;
/// assert_eq!((origin.scheme(), origin.host(), origin.port()), ("http", "[::1]", Some(8080)));
/// assert_eq!(origin.host_kind(), HostKind::Ipv6);
///
/// let slash = SerializedOrigin::parse(b"https://a.test/");
/// assert_eq!(slash, Err(OriginError::Path { byte: b'/', index: 14 }));
/// assert_eq!(SerializedOrigin::parse(b"null"), Err(OriginError::Null));
/// # Ok::<(), OriginError>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct SerializedOrigin<'a> {
    text: &'a str,
    scheme: &'a str,
    host: &'a str,
    kind: HostKind,
    port: Option<u16>,
}

impl<'a> SerializedOrigin<'a> {
    /// Parses the value of an `Origin` header. Does not allocate, and takes time linear in the length of
    /// `bytes`.
    ///
    /// # Errors
    /// Returns the first error found. `null` is [`OriginError::Null`].
    pub fn parse(bytes: &'a [u8]) -> Result<Self, OriginError> {
        let text = str::from_utf8(bytes).map_err(|_| not_ascii(bytes))?;
        match Self::plain(bytes).and_then(|(scheme, length)| Some((scheme, text.get(length..)?))) {
            Some((scheme, host)) => Ok(Self { text, scheme, host, kind: HostKind::Domain, port: None }),
            None => Self::parse_any(text),
        }
    }

    /// Returns whether the bytes are an origin of the most common form: `https://` or `http://` and a short
    /// name. This is found without parsing. If the result is false, the bytes can still be an origin.
    #[cfg(feature = "server")]
    pub(crate) fn is_plain(bytes: &[u8]) -> bool {
        Self::plain(bytes).is_some()
    }

    /// The scheme of an origin of the most common form, and the index of its host. Accepts only what
    /// [`Self::parse_any`], which has the rules, accepts too.
    fn plain(bytes: &[u8]) -> Option<(&'static str, usize)> {
        let (scheme, host) = match bytes.strip_prefix(b"https://") {
            Some(host) => ("https", host),
            None => ("http", bytes.strip_prefix(b"http://")?),
        };
        // In a name that is not longer than the limit of a label, no label is too long.
        let mut rest = Some(host).filter(|host| host.len() <= MAX_LABEL_LENGTH)?;
        loop {
            // Without `_`, which is rare: the test of each byte would take twice as long.
            let is_of_label = |byte: &&u8| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'-');
            let (label, after) = rest.split_at_checked(rest.iter().take_while(is_of_label).count())?;
            rest = match (label, after) {
                ([], _) => return None,
                (_, [b'.', after @ ..]) => after,
                // The last label of an IPv4 address begins with a digit.
                ([b'a'..=b'z', ..], []) => return Some((scheme, bytes.len() - host.len())),
                _ => return None,
            };
        }
    }

    fn parse_any(text: &'a str) -> Result<Self, OriginError> {
        match text {
            "" => return Err(OriginError::Empty),
            "null" => return Err(OriginError::Null),
            _ if !text.is_ascii() => return Err(not_ascii(text.as_bytes())),
            _ => {}
        }
        let (scheme, rest) = split_scheme(text).ok_or(OriginError::MissingSchemeSeparator)?;
        check_scheme(scheme)?;

        let start = scheme.len() + "://".len();
        let end = rest.bytes().position(is_path_start).unwrap_or(rest.len());
        let (authority, path) = rest.split_at_checked(end).expect("a path begins with an ASCII byte");
        if let Some(at) = authority.bytes().position(|byte| byte == b'@') {
            return Err(OriginError::Userinfo { index: start + at });
        }
        let (host, port) = split_port(authority, start)?;
        let kind = check_host(scheme, host, start)?;
        let port = match port {
            Some(digits) => Some(parse_port(digits, start + host.len() + 1)?),
            None => None,
        };
        if let Some(byte) = path.bytes().next() {
            return Err(OriginError::Path { byte, index: start + end });
        }
        match port {
            Some(port) if default_port(scheme) == Some(port) => Err(OriginError::DefaultPort { port }),
            _ => Ok(Self { text, scheme, host, kind, port }),
        }
    }

    /// The scheme, in lower case: `https`.
    #[must_use]
    pub fn scheme(&self) -> &'a str {
        self.scheme
    }

    /// The host as it is serialized, in lower case: `a.test`, `127.0.0.1`, `[::1]`.
    #[must_use]
    pub fn host(&self) -> &'a str {
        self.host
    }

    /// The kind of the host.
    #[must_use]
    pub fn host_kind(&self) -> HostKind {
        self.kind
    }

    /// The port. `None` is the default port of the scheme.
    #[must_use]
    pub fn port(&self) -> Option<u16> {
        self.port
    }

    /// The whole serialization: `https://a.test:8443`.
    #[must_use]
    pub fn as_str(&self) -> &'a str {
        self.text
    }

    /// Returns whether the host is a subdomain of `domain`, and not `domain` itself.
    ///
    /// `domain` is written as browsers write it: in lower case, without a dot at either end. Any other text has
    /// no subdomains, and neither has an IP address. Scheme and port are not compared.
    ///
    /// ```
    /// use crossorigin::origin::{OriginError, SerializedOrigin};
    ///
    /// let is_subdomain = |origin: &str, domain| {
    ///     Ok::<_, OriginError>(SerializedOrigin::parse(origin.as_bytes())?.is_subdomain_of(domain))
    /// };
    /// assert!(is_subdomain("https://a.b.app.example", "app.example")?);
    /// assert!(!is_subdomain("https://app.example", "app.example")?);
    /// assert!(!is_subdomain("https://evilapp.example", "app.example")?);
    /// assert!(!is_subdomain("https://app.example.evil.example", "app.example")?);
    /// assert!(!is_subdomain("https://a.app.example", ".app.example")?); // not a domain
    /// # Ok::<(), OriginError>(())
    /// ```
    #[must_use]
    pub fn is_subdomain_of(&self, domain: &str) -> bool {
        self.labels_below(domain).is_some()
    }

    /// Returns the labels in front of `domain` if the host is a [subdomain](Self::is_subdomain_of) of it:
    /// `preview-7` for the host `preview-7.app.example` and the domain `app.example`.
    ///
    /// Several labels are returned with the dots between them, as in `a.b`.
    ///
    /// ```
    /// use crossorigin::origin::{OriginError, SerializedOrigin};
    ///
    /// let origin = SerializedOrigin::parse(b"https://preview-7.app.example")?;
    /// assert_eq!(origin.labels_below("app.example"), Some("preview-7"));
    /// assert_eq!(origin.labels_below("evil.example"), None);
    /// # Ok::<(), OriginError>(())
    /// ```
    #[must_use]
    pub fn labels_below(&self, domain: &str) -> Option<&'a str> {
        let labels = self.host.strip_suffix(domain)?.strip_suffix('.')?;
        (self.kind == HostKind::Domain).then_some(labels)
    }
}

fn not_ascii(bytes: &[u8]) -> OriginError {
    let found = bytes.iter().copied().enumerate().find(|(_, byte)| !byte.is_ascii());
    let (index, byte) = found.expect("the caller has found bytes beyond ASCII");
    OriginError::NotAscii { byte, index }
}

fn is_path_start(byte: u8) -> bool {
    matches!(byte, b'/' | b'?' | b'#' | b'\\')
}

/// The text before the first colon, and the text after it.
///
/// It searches byte by byte, which in a short text is faster than the standard library's search.
fn split_at_colon(text: &str) -> Option<(&str, &str)> {
    let at = text.bytes().position(|byte| byte == b':')?;
    Some((text.get(..at)?, text.get(at + 1..)?))
}

/// The text before the first `://`, and the text after it. Looks at the first colon first, because that is
/// faster.
fn split_scheme(text: &str) -> Option<(&str, &str)> {
    let (scheme, rest) = split_at_colon(text)?;
    rest.strip_prefix("//").map(|rest| (scheme, rest)).or_else(|| text.split_once("://"))
}

/// `lower-alpha *( lower-alphanum / "+" / "-" / "." )`
fn check_scheme(scheme: &str) -> Result<(), OriginError> {
    for (index, byte) in scheme.bytes().enumerate() {
        match byte {
            b'a'..=b'z' => {}
            b'0'..=b'9' | b'+' | b'-' | b'.' if index > 0 => {}
            b'A'..=b'Z' => return Err(OriginError::Uppercase { index }),
            _ => return Err(OriginError::SchemeByte { byte, index }),
        }
    }
    if scheme.is_empty() { Err(OriginError::SchemeEmpty) } else { Ok(()) }
}

/// The host, with the brackets of an IPv6 address, and the text after the colon if there is one.
fn split_port(authority: &str, start: usize) -> Result<(&str, Option<&str>), OriginError> {
    if !authority.starts_with('[') {
        return Ok(match split_at_colon(authority) {
            Some((host, port)) => (host, Some(port)),
            None => (authority, None),
        });
    }
    let end = authority.find(']').ok_or(OriginError::Ipv6)? + 1;
    let (host, after) = authority.split_at_checked(end).ok_or(OriginError::Ipv6)?;
    match after.strip_prefix(':') {
        Some(port) => Ok((host, Some(port))),
        None if after.is_empty() => Ok((host, None)),
        None => Err(OriginError::AfterIpv6 { index: start + end }),
    }
}
