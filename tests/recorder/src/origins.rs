//! The origins of the corpus. All are on loopback.

/// An origin, and the addresses at which it is served.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Origin {
    pub serialization: &'static str,
    pub addresses: &'static [&'static str],
}

/// The page of most cases.
pub const A: &str = "http://127.0.0.1:9001";
/// The same host as [`A`], so that cookies go there too.
pub const B: &str = "http://127.0.0.1:9002";
/// Another host.
pub const C: &str = "http://localhost:9003";
/// Another host.
pub const D: &str = "http://127.0.0.2:9004";
/// Another host, with brackets.
pub const E: &str = "http://[::1]:9005";
/// Another name of [`C`]'s address, at the host of [`A`].
pub const C_BY_ADDRESS: &str = "http://127.0.0.1:9003";
/// A subdomain, served as [`C`].
pub const SUBDOMAIN: &str = "http://app.localhost:9003";
/// A subdomain of a subdomain, served as [`C`].
pub const DEEP_SUBDOMAIN: &str = "http://a.b.localhost:9003";
/// A page with an opaque origin.
pub const NULL: &str = "null";

/// All origins that are served.
pub const ORIGINS: [Origin; 5] = [
    Origin { serialization: A, addresses: &["127.0.0.1:9001"] },
    Origin { serialization: B, addresses: &["127.0.0.1:9002"] },
    Origin { serialization: C, addresses: &["127.0.0.1:9003", "[::1]:9003"] },
    Origin { serialization: D, addresses: &["127.0.0.2:9004"] },
    Origin { serialization: E, addresses: &["[::1]:9005"] },
];

/// The scheme, the host and the port of a URL.
pub fn origin_of(url: &str) -> &str {
    let start = url.find("://").map_or(0, |colon| colon + 3);
    let end = url[start..].find(['/', '?', '#']).map_or(url.len(), |length| start + length);
    &url[..end]
}

/// The host of an origin.
pub fn host_of(origin: &str) -> &str {
    let host = origin.split_once("://").map_or(origin, |(_, host)| host);
    host.rsplit_once(':').map_or(host, |(host, _)| host)
}
