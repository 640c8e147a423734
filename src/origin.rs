//! Origins: tuples of scheme, host and port with their serialization, and opaque ones.

use std::fmt;

mod error;
mod host;
mod ipv6;
mod port;
mod serialized;
mod tuple;

#[cfg(any(feature = "browser", feature = "server"))]
pub(crate) use self::port::default_port;
pub use self::{error::OriginError, host::HostKind, serialized::SerializedOrigin, tuple::TupleOrigin};

/// An [origin](https://html.spec.whatwg.org/multipage/browsers.html#concept-origin).
///
/// Two are equal if they are the [same origin](https://html.spec.whatwg.org/multipage/browsers.html#same-origin).
///
/// ```
/// use crossorigin::origin::{OpaqueOrigin, Origin, TupleOrigin};
///
/// let page = Origin::from(TupleOrigin::parse(b"https://a.test")?);
/// let frame = Origin::from(OpaqueOrigin(1)); // such as a sandboxed frame
/// assert_eq!((page.serialize(), frame.serialize()), ("https://a.test", "null"));
///
/// assert_ne!(frame, OpaqueOrigin(2).into()); // both are serialized as `null`, and are not the same origin
/// # Ok::<(), crossorigin::origin::OriginError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Origin {
    /// Scheme, host and port.
    Tuple(TupleOrigin),
    /// An origin that is the same as itself and no other.
    Opaque(OpaqueOrigin),
}

/// An opaque origin: the same as another exactly when the numbers are the same.
///
/// The caller gives the numbers. A counter hidden in this crate would be state that changes: two runs of one
/// program would differ, and an origin could not be stored and read back.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct OpaqueOrigin(pub u64);

impl Origin {
    /// The [serialization](https://html.spec.whatwg.org/multipage/browsers.html#ascii-serialisation-of-an-origin):
    /// `https://a.test`, or `null`.
    #[must_use]
    pub fn serialize(&self) -> &str {
        match self {
            Self::Tuple(tuple) => tuple.as_str(),
            Self::Opaque(_) => "null",
        }
    }

    /// The tuple, unless it is opaque.
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
