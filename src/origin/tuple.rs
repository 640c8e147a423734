//! Tuple origins that own their serialization.

use std::{cmp::Ordering, fmt, hash, str::FromStr, sync::Arc};

use super::{error::OriginError, host::HostKind, port::default_port, serialized::SerializedOrigin};

/// An owned [tuple origin](https://html.spec.whatwg.org/multipage/browsers.html#concept-origin-tuple):
/// scheme, host and port, with their serialization.
///
/// Cloning is cheap. Tuple origins are equal if their serializations are, and are sorted by them.
///
/// ```
/// use crossorigin::origin::{OriginError, TupleOrigin};
///
/// let origin: TupleOrigin = "https://a.test:8443".parse()?;
/// assert_eq!((origin.scheme(), origin.host(), origin.port()), ("https", "a.test", Some(8443)));
/// assert_eq!(origin.to_string(), "https://a.test:8443");
/// # Ok::<(), OriginError>(())
/// ```
#[derive(Clone)]
pub struct TupleOrigin {
    text: Arc<str>,
    /// The index behind the scheme.
    scheme: usize,
    /// The index behind the host.
    host: usize,
    port: Option<u16>,
}

impl TupleOrigin {
    /// Parses a serialized origin, as strictly as [`SerializedOrigin::parse`] does.
    ///
    /// # Errors
    /// Returns the first error found.
    pub fn parse(bytes: &[u8]) -> Result<Self, OriginError> {
        SerializedOrigin::parse(bytes).map(Self::from)
    }

    /// Builds an origin from serialized parts, and drops the default port.
    ///
    /// Accepts any host. Hosts of a WHATWG URL can have what the grammar of the `Origin` header does not
    /// allow, such as `_` or a final dot, and browsers send them.
    pub(crate) fn from_parts(scheme: &str, host: &str, port: Option<u16>) -> Self {
        let port = port.filter(|port| default_port(scheme) != Some(*port));
        let mut text = [scheme, "://", host].concat();
        let end_of_host = text.len();
        if let Some(port) = port {
            text.push(':');
            text.push_str(&port.to_string());
        }
        Self { text: text.into(), scheme: scheme.len(), host: end_of_host, port }
    }

    /// The scheme, in lower case: `https`.
    #[must_use]
    pub fn scheme(&self) -> &str {
        self.text.get(..self.scheme).expect("`scheme` is the index behind the scheme")
    }

    /// The host as it is serialized: `a.test`, `127.0.0.1`, `[::1]`.
    #[must_use]
    pub fn host(&self) -> &str {
        let start = self.scheme + "://".len();
        self.text.get(start..self.host).expect("`host` is the index behind the host")
    }

    /// The kind of the host.
    #[must_use]
    pub fn host_kind(&self) -> HostKind {
        HostKind::of(self.host())
    }

    /// The port. `None` is the default port of the scheme.
    #[must_use]
    pub fn port(&self) -> Option<u16> {
        self.port
    }

    /// The whole serialization: `https://a.test:8443`.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.text
    }
}

impl From<SerializedOrigin<'_>> for TupleOrigin {
    fn from(origin: SerializedOrigin<'_>) -> Self {
        Self::from_parts(origin.scheme(), origin.host(), origin.port())
    }
}

impl FromStr for TupleOrigin {
    type Err = OriginError;

    fn from_str(text: &str) -> Result<Self, OriginError> {
        Self::parse(text.as_bytes())
    }
}

impl fmt::Display for TupleOrigin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl fmt::Debug for TupleOrigin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.text, f)
    }
}

impl PartialEq for TupleOrigin {
    fn eq(&self, other: &Self) -> bool {
        self.text == other.text
    }
}

impl Eq for TupleOrigin {}

impl hash::Hash for TupleOrigin {
    fn hash<H: hash::Hasher>(&self, state: &mut H) {
        self.text.hash(state);
    }
}

impl PartialOrd for TupleOrigin {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for TupleOrigin {
    fn cmp(&self, other: &Self) -> Ordering {
        self.text.cmp(&other.text)
    }
}
