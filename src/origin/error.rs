use crate::bytes::Shown;

/// The longest host, in bytes: what the DNS can name.
pub(super) const MAX_HOST_LENGTH: usize = 253;

/// The longest label of a host, in bytes: what the DNS can name.
pub(super) const MAX_LABEL_LENGTH: usize = 63;

/// Why bytes are not a serialized origin. An `index` counts bytes from 0, in the whole of what was given.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, thiserror::Error)]
#[non_exhaustive]
pub enum OriginError {
    /// Something other than a port follows the `]` of an IPv6 address.
    #[error("after an IPv6 address only a port may follow, and at byte {index} there is something else")]
    AfterIpv6 {
        /// Where it stands.
        index: usize,
    },
    /// The port which the scheme has anyway is written out, as in `https://a.test:443`.
    #[error("port {port} is the default of the scheme and must be left out")]
    DefaultPort {
        /// The port.
        port: u16,
    },
    /// There is nothing.
    #[error("there is nothing")]
    Empty,
    /// No host, as in `https://` and `file:///`.
    #[error("there is no host")]
    HostEmpty,
    /// A byte that no host has; also a space or a comma, as in a list of origins.
    #[error("{} at byte {index} cannot be part of a host", Shown(*.byte))]
    HostByte {
        /// The byte.
        byte: u8,
        /// Where it stands.
        index: usize,
    },
    /// More than 253 bytes of host.
    #[error("the host is {length} bytes long and {MAX_HOST_LENGTH} is the limit")]
    HostTooLong {
        /// The length of the host.
        length: usize,
    },
    /// The host ends in a number but is not an IPv4 address in its one spelling, as in `http://127.1`.
    #[error("a host that ends in a number must be an IPv4 address of four decimal numbers")]
    Ipv4,
    /// Square brackets with no IPv6 address in them, or without an end.
    #[error("there is no IPv6 address in the square brackets")]
    Ipv6,
    /// An IPv6 address in another spelling than the one serializers print, as in `http://[0:0::1]`.
    #[error("the IPv6 address is not in its shortest form in lower case")]
    Ipv6NotCanonical,
    /// Two dots in a row, or a dot at either end of the host.
    #[error("the label of the host at byte {index} is empty")]
    LabelEmpty {
        /// Where the label should begin.
        index: usize,
    },
    /// A label that begins or ends with a hyphen.
    #[error("the label of the host at byte {index} begins or ends with a hyphen")]
    LabelHyphen {
        /// Where the label begins.
        index: usize,
    },
    /// More than 63 bytes between two dots.
    #[error(
        "the label of the host at byte {index} is {length} bytes long and {MAX_LABEL_LENGTH} is the limit"
    )]
    LabelTooLong {
        /// The length of the label.
        length: usize,
        /// Where the label begins.
        index: usize,
    },
    /// No `://`, as in `a.test` and `*`.
    #[error("there is no `://` after a scheme")]
    MissingSchemeSeparator,
    /// A byte beyond ASCII. Serialized hosts are in Punycode.
    #[error("{} at byte {index} is not ASCII; hosts are serialized in Punycode (xn--)", Shown(*.byte))]
    NotAscii {
        /// The byte.
        byte: u8,
        /// Where it stands.
        index: usize,
    },
    /// The literal `null`, what opaque origins serialize to. It names no origin.
    #[error("`null` stands for any opaque origin and names none")]
    Null,
    /// A path, even if only a `/`, a query or a fragment.
    #[error("an origin ends after host and port, and at byte {index} there is {}", Shown(*.byte))]
    Path {
        /// The byte it begins with: `/`, `?`, `#` or `\`.
        byte: u8,
        /// Where it stands.
        index: usize,
    },
    /// A byte other than a digit in the port, or a sixth digit.
    #[error("a port is one to five digits, and at byte {index} there is {}", Shown(*.byte))]
    PortByte {
        /// The byte.
        byte: u8,
        /// Where it stands.
        index: usize,
    },
    /// A colon with no port behind it.
    #[error("there is no port after the colon")]
    PortEmpty,
    /// A port with a zero before it, as in `https://a.test:0443`.
    #[error("a port has no leading zeros")]
    PortLeadingZero,
    /// A port above 65535.
    #[error("port {port} is above 65535")]
    PortTooLarge {
        /// The port.
        port: u32,
    },
    /// A byte that no scheme has.
    #[error("{} at byte {index} cannot be part of a scheme", Shown(*.byte))]
    SchemeByte {
        /// The byte.
        byte: u8,
        /// Where it stands.
        index: usize,
    },
    /// Nothing before the `://`.
    #[error("there is no scheme")]
    SchemeEmpty,
    /// A letter in upper case. Nothing is repaired: origins are compared as bytes.
    #[error("the letter at byte {index} is in upper case; scheme and host are serialized in lower case")]
    Uppercase {
        /// Where it stands.
        index: usize,
    },
    /// A user name or password, as in `https://user@a.test`.
    #[error("an origin has no user or password, and at byte {index} there is an `@`")]
    Userinfo {
        /// Where the `@` stands.
        index: usize,
    },
}

variant_names! {
    /// The name of the variant: a short word for programs.
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
        LabelHyphen,
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
