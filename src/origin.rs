//! Origins: who a page is to the CORS protocol. Either a tuple of scheme, host and port, or opaque.
//!
//! ```text
//!   https://app.example:8443        the serialization of a tuple origin: no path, no default port, all in lower case
//!   └─┬─┘   └────┬────┘ └┬─┘
//!   scheme     host     port
//!
//!   null                            the serialization of every opaque origin, such as that of a sandboxed frame
//! ```
//!
//! ```
//! use crossorigin::origin::{OriginError, SerializedOrigin};
//!
//! let origin = SerializedOrigin::parse(b"https://app.example:8443")?;
//! assert_eq!((origin.scheme(), origin.host(), origin.port()), ("https", "app.example", Some(8443)));
//! # Ok::<(), OriginError>(())
//! ```
//!
//! - [`SerializedOrigin`] is parsed from an `Origin` header and borrows its bytes. It does not allocate.
//! - [`TupleOrigin`] owns its serialization.
//! - [`Origin`] is a tuple origin or an opaque one, as pages have.

use std::fmt;

mod error;
mod host;
mod ipv6;
mod port;
mod serialized;
mod tuple;

#[cfg(feature = "server")]
pub(crate) use self::host::check_host;
#[cfg(any(feature = "browser", feature = "server"))]
pub(crate) use self::port::default_port;
pub use self::{error::OriginError, host::HostKind, serialized::SerializedOrigin, tuple::TupleOrigin};

/// An [origin](https://html.spec.whatwg.org/multipage/browsers.html#concept-origin): a tuple or opaque.
///
/// Two origins are equal if they are [same
/// origin](https://html.spec.whatwg.org/multipage/browsers.html#same-origin).
///
/// ```
/// use crossorigin::origin::{OpaqueOrigin, Origin, TupleOrigin};
///
/// let page = Origin::from(TupleOrigin::parse(b"https://a.test")?);
/// let frame = Origin::from(OpaqueOrigin(1)); // such as a sandboxed frame
/// assert_eq!((page.serialize(), frame.serialize()), ("https://a.test", "null"));
///
/// assert_ne!(frame, OpaqueOrigin(2).into()); // both serialize to `null`, but they are not same origin
/// # Ok::<(), crossorigin::origin::OriginError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Origin {
    /// A scheme, a host and a port.
    Tuple(TupleOrigin),
    /// An origin that is same origin only with itself.
    Opaque(OpaqueOrigin),
}

/// An [opaque origin](https://html.spec.whatwg.org/multipage/browsers.html#concept-origin-opaque), identified
/// by a number. Two are the same origin if their numbers are equal.
///
/// The caller chooses the numbers, and must give each opaque origin its own. With a hidden counter in this
/// crate, two runs of a program would differ, and an origin could not be stored and read back.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct OpaqueOrigin(pub u64);

impl Origin {
    /// Returns the
    /// [serialization](https://html.spec.whatwg.org/multipage/browsers.html#ascii-serialisation-of-an-origin):
    /// `https://a.test`, or `null` for an opaque origin.
    #[must_use]
    pub fn serialize(&self) -> &str {
        match self {
            Self::Tuple(tuple) => tuple.as_str(),
            Self::Opaque(_) => "null",
        }
    }

    /// Returns the tuple origin. `None` if the origin is opaque.
    #[must_use]
    pub fn as_tuple(&self) -> Option<&TupleOrigin> {
        match self {
            Self::Tuple(tuple) => Some(tuple),
            Self::Opaque(_) => None,
        }
    }
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.serialize())
    }
}

impl From<TupleOrigin> for Origin {
    fn from(tuple: TupleOrigin) -> Self {
        Self::Tuple(tuple)
    }
}

impl From<OpaqueOrigin> for Origin {
    fn from(opaque: OpaqueOrigin) -> Self {
        Self::Opaque(opaque)
    }
}
