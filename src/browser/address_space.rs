//! Address spaces: how far away a server is.

use std::{
    fmt,
    net::{IpAddr, Ipv4Addr, Ipv6Addr},
    str::FromStr,
};

use crate::browser::keywords::UnknownName;

/// An [address space](https://wicg.github.io/local-network-access/#ip-address-space): how far away a server
/// is. A space is less than the spaces that are more public.
///
/// `From<IpAddr>` has the table of the [draft](https://wicg.github.io/local-network-access/#non-public-ip-address-blocks)
/// as Chromium has it: Chromium takes `198.18.0.0/15` for public, the draft for loopback. An IPv4-mapped IPv6 address
/// is in the space of its IPv4 address.
///
/// | space | addresses |
/// |---|---|
/// | loopback | `127.0.0.0/8`, `0.0.0.0`, `::1`, `::` |
/// | local | `0.0.0.0/8`, `10.0.0.0/8`, `100.64.0.0/10`, `169.254.0.0/16`, `172.16.0.0/12`, `192.168.0.0/16`, `fc00::/7`, `fe80::/10`, `fec0::/10`, `2001:db8::/32`, `3fff::/20` |
/// | public | all others |
///
/// Firefox takes `fec0::/10`, `2001:db8::/32` and `3fff::/20` for public: see
/// [`Profile::firefox`](crate::browser::Profile::firefox).
///
/// `FromStr` reads the words of `targetAddressSpace`: `loopback`, `local`, `public`, and `private`, an older word for
/// `local`.
///
/// ```
/// use crossorigin::browser::AddressSpace;
/// use std::net::IpAddr;
/// let space = |ip: &str| AddressSpace::from(ip.parse::<IpAddr>().unwrap());
/// assert_eq!(space("127.0.0.1"), AddressSpace::Loopback);
/// assert_eq!(space("192.168.0.1"), AddressSpace::Local);
/// assert_eq!(space("203.0.113.7"), AddressSpace::Public);
/// assert!(space("::1") < space("fd00::1"));
/// assert_eq!("private".parse(), Ok(AddressSpace::Local));
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum AddressSpace {
    /// This device.
    Loopback,
    /// The local network.
    Local,
    /// Everything else: the internet.
    Public,
}

impl AddressSpace {
    const NAMES: &'static [&'static str] = &["loopback", "local", "public"];

    /// [Determine the IP address space](https://wicg.github.io/local-network-access/#determine-the-ip-address-space).
    pub(crate) fn of(ip: IpAddr) -> Self {
        match ip.to_canonical() {
            IpAddr::V4(ip) => Self::of_ipv4(ip),
            IpAddr::V6(ip) => Self::of_ipv6(ip),
        }
    }

    fn of_ipv4(ip: Ipv4Addr) -> Self {
        match ip.octets() {
            [127, ..] | [0, 0, 0, 0] => Self::Loopback,
            [0 | 10, ..] | [169, 254, ..] | [192, 168, ..] => Self::Local,
            [100, second, ..] if second & 0xC0 == 64 => Self::Local,
            [172, second, ..] if second & 0xF0 == 16 => Self::Local,
            _ => Self::Public,
        }
    }

    fn of_ipv6(ip: Ipv6Addr) -> Self {
        match ip.segments() {
            _ if ip.is_loopback() || ip.is_unspecified() => Self::Loopback,
            [first, ..] if first & 0xFE00 == 0xFC00 || first & 0xFFC0 == 0xFE80 => Self::Local,
            _ if is_site_local_or_for_documentation(ip) => Self::Local,
            _ => Self::Public,
        }
    }

    /// The permission that a page needs for this space; `None` if it needs none.
    pub(crate) fn permission_name(self) -> Option<&'static str> {
        match self {
            Self::Loopback => Some("loopback-network"),
            Self::Local => Some("local-network"),
            Self::Public => None,
        }
    }

    const fn name(self) -> &'static str {
        match self {
            Self::Loopback => "loopback",
            Self::Local => "local",
            Self::Public => "public",
        }
    }
}

/// Returns whether an address is in `fec0::/10`, `2001:db8::/32` or `3fff::/20`.
pub(crate) fn is_site_local_or_for_documentation(ip: Ipv6Addr) -> bool {
    match ip.segments() {
        [0x2001, 0x0DB8, ..] => true,
        [0x3FFF, second, ..] => second < 0x1000,
        [first, ..] => first & 0xFFC0 == 0xFEC0,
    }
}

impl From<IpAddr> for AddressSpace {
    fn from(ip: IpAddr) -> Self {
        Self::of(ip)
    }
}

impl fmt::Display for AddressSpace {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

impl FromStr for AddressSpace {
    type Err = UnknownName;

    fn from_str(name: &str) -> Result<Self, UnknownName> {
        match name {
            "loopback" => Ok(Self::Loopback),
            "local" | "private" => Ok(Self::Local),
            "public" => Ok(Self::Public),
            _ => Err(UnknownName::new(name, "an address space", Self::NAMES)),
        }
    }
}

/// The address of a page or of a connection: an IP address, or the address space that the user agent is configured
/// to take it for.
///
/// An [`IpAddr`] and an [`AddressSpace`] convert into it. The address of a connection through a proxy is that of
/// the proxy.
///
/// ```
/// use crossorigin::browser::{Address, AddressSpace, Page};
/// use std::net::{IpAddr, Ipv4Addr};
/// let ip = IpAddr::from(Ipv4Addr::new(203, 0, 113, 7));
/// let page = Page::new("https://app.example/")?.with_address(ip);
///
/// /// The intranet of this company has public addresses.
/// fn address(ip: IpAddr) -> Address {
///     match ip {
///         IpAddr::V4(v4) if v4.octets()[0] == 9 => AddressSpace::Local.into(),
///         _ => ip.into(),
///     }
/// }
/// let page_of_intranet = Page::new("https://wiki.example/")?.with_address(address("9.1.2.3".parse()?));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Address {
    /// An IP address, whose space is in the table of the user agent's profile.
    Ip(IpAddr),
    /// A space, whatever the IP address is.
    Space(AddressSpace),
}

impl From<IpAddr> for Address {
    fn from(ip: IpAddr) -> Self {
        Self::Ip(ip)
    }
}

impl From<AddressSpace> for Address {
    fn from(space: AddressSpace) -> Self {
        Self::Space(space)
    }
}
