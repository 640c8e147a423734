use crate::bytes::DisplayByte;

/// The maximum length of a host, in bytes: the limit of the DNS.
pub(super) const MAX_HOST_LENGTH: usize = 253;

/// The maximum length of a host's label, in bytes: the limit of the DNS.
pub(super) const MAX_LABEL_LENGTH: usize = 63;

/// The reason why bytes are not a serialized origin.
///
/// An `index` counts the bytes of the whole input, from 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, thiserror::Error)]
#[non_exhaustive]
pub enum OriginError {
    /// Something other than a port follows the `]` of an IPv6 address.
    #[error("only a port may follow an IPv6 address, but something else follows at byte {index}")]
    AfterIpv6 {
        /// The index of the byte.
        index: usize,
    },
    /// The default port of the scheme is written out, as in `https://a.test:443`.
    #[error("port {port} is the default port of the scheme and must be left out")]
    DefaultPort {
        /// The port.
        port: u16,
    },
    /// The input is empty.
    #[error("the origin is empty")]
    Empty,
    /// The host is empty, as in `https://` and `file:///`.
    #[error("the host is missing")]
    HostEmpty,
    /// The host has an invalid byte. A space or a comma, as in a list of origins, is one too.
    #[error("{} at byte {index} is not allowed in a host", DisplayByte(*.byte))]
    HostByte {
        /// The invalid byte.
        byte: u8,
        /// The index of the byte.
        index: usize,
    },
    /// The host is longer than 253 bytes.
    #[error("the host has {length} bytes, but at most {MAX_HOST_LENGTH} are allowed")]
    HostTooLong {
        /// The length of the host, in bytes.
        length: usize,
    },
    /// The host ends in a number but is not an IPv4 address as browsers serialize it, as in `http://127.1`.
    #[error("a host that ends with a number must be an IPv4 address of four decimal numbers")]
    Ipv4,
    /// There is no IPv6 address in the square brackets, or no closing bracket.
    #[error("the host begins with `[`, but it is not an IPv6 address in square brackets")]
    Ipv6,
    /// The IPv6 address is not written as browsers serialize it, as in `http://[0:0::1]`.
    #[error("the IPv6 address must be in its shortest form and in lower case")]
    Ipv6NotCanonical,
    /// A label is empty: the host has two dots in a row, or a dot at one end.
    #[error("the host has an empty label at byte {index}")]
    LabelEmpty {
        /// The index at which the label should begin.
        index: usize,
    },
    /// A label of the host is longer than 63 bytes.
    #[error(
        "the label of the host at byte {index} has {length} bytes, but at most {MAX_LABEL_LENGTH} are allowed"
    )]
    LabelTooLong {
        /// The length of the label, in bytes.
        length: usize,
        /// The index of the label's first byte.
        index: usize,
    },
    /// There is no `://`, as in `a.test` and `*`.
    #[error("the `://` after the scheme is missing")]
    MissingSchemeSeparator,
    /// The input has a byte beyond ASCII. Serialized hosts are in Punycode.
    #[error("{} at byte {index} is not ASCII; write the host in Punycode (xn--)", DisplayByte(*.byte))]
    NotAscii {
        /// The invalid byte.
        byte: u8,
        /// The index of the byte.
        index: usize,
    },
    /// The input is `null`, the serialization of every opaque origin. It does not say which origin.
    #[error("`null` stands for every opaque origin, so it does not identify an origin")]
    Null,
    /// A path, a query or a fragment follows, even if it is only a `/`.
    #[error("an origin ends after its host and port, but {} follows at byte {index}", DisplayByte(*.byte))]
    Path {
        /// Its first byte: `/`, `?`, `#` or `\`.
        byte: u8,
        /// The index of the byte.
        index: usize,
    },
    /// The port has a byte other than a digit, or a sixth digit.
    #[error("a port has one to five digits, but {} follows at byte {index}", DisplayByte(*.byte))]
    PortByte {
        /// The invalid byte.
        byte: u8,
        /// The index of the byte.
        index: usize,
    },
    /// There is no port behind the colon.
    #[error("the port after the colon is missing")]
    PortEmpty,
    /// The port has a leading zero, as in `https://a.test:0443`.
    #[error("a port must not have leading zeros")]
    PortLeadingZero,
    /// The port is above 65535.
    #[error("port {port} is above 65535, the largest port")]
    PortTooLarge {
        /// The port.
        port: u32,
    },
    /// The scheme has an invalid byte.
    #[error("{} at byte {index} is not allowed in a scheme", DisplayByte(*.byte))]
    SchemeByte {
        /// The invalid byte.
        byte: u8,
        /// The index of the byte.
        index: usize,
    },
    /// There is no scheme before the `://`.
    #[error("the scheme is missing")]
    SchemeEmpty,
    /// A letter of the scheme, or of a domain, is in upper case. Origins are compared byte by byte, so it is
    /// not corrected.
    #[error("the letter at byte {index} is in upper case; write scheme and host in lower case")]
    Uppercase {
        /// The index of the byte.
        index: usize,
    },
    /// There is a user name or a password, as in `https://user@a.test`.
    #[error("an origin cannot have a user name or password, but there is an `@` at byte {index}")]
    Userinfo {
        /// The index of the `@`.
        index: usize,
    },
}

variant_names! {
    /// The name of the variant, such as `DefaultPort`, for programs and logs.
    pub fn name of OriginError {
        AfterIpv6,
        DefaultPort,
        Empty,
        HostEmpty,
        HostByte,
        HostTooLong,
        Ipv4,
        Ipv6,
        Ipv6NotCanonical,
        LabelEmpty,
        LabelTooLong,
        MissingSchemeSeparator,
        NotAscii,
        Null,
        Path,
        PortByte,
        PortEmpty,
        PortLeadingZero,
        PortTooLarge,
        SchemeByte,
        SchemeEmpty,
        Uppercase,
        Userinfo,
    }
}
