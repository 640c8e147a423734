//! Guards: a line with the hosts of a guard, separated by commas, and then the head of a request.

use crossorigin::{
    http::{HeaderMap, Uri, header},
    server::{HostGuard, PolicyRefusal},
};
use url::Url;

use crate::{head::Head, reference::patterns as reference};

pub fn check(bytes: &[u8]) {
    let end = bytes.iter().position(|byte| *byte == b'\n').unwrap_or(bytes.len());
    let Ok(hosts) = std::str::from_utf8(&bytes[..end]) else { return };
    let hosts: Vec<_> = hosts.split(',').map(|host| host.trim_matches(' ')).collect();
    let Head { uri, headers, .. } = Head::read(bytes.get(end + 1..).unwrap_or_default());
    let guard = HostGuard::new(&hosts);
    assert_eq!(guard.is_ok(), hosts.iter().all(|host| is_valid(host)), "{hosts:?}");
    for guard in [guard, Ok(HostGuard::loopback())] {
        let Ok(guard) = guard else { continue };
        let hosts = if guard == HostGuard::loopback() { &LOOPBACK[..] } else { &hosts };
        let found = guard.check(&uri, &headers);
        assert_eq!(found, expected(hosts, false, &uri, &headers), "{hosts:?} {uri} {headers:?}");
        let with_addresses = guard.allow_ip_addresses().check(&uri, &headers);
        assert_eq!(with_addresses, expected(hosts, true, &uri, &headers), "{hosts:?} {uri} {headers:?}");
        if found.is_ok() {
            leads_to_an_own_host(hosts, &headers);
        }
    }
}

const LOOPBACK: [&str; 4] = ["localhost", "*.localhost", "127.0.0.1", "[::1]"];

fn is_valid(text: &str) -> bool {
    let domain = text.strip_prefix("*.");
    let url = format!("http://{}", domain.unwrap_or(text));
    let is_address = |host: &str| host.starts_with('[') || host.parse::<std::net::Ipv4Addr>().is_ok();
    reference::origin(&url).is_some_and(|(_, host, port)| {
        host.len() + "http://".len() == url.len() && port.is_none() && !(domain.is_some() && is_address(host))
    })
}

/// The result of a plain reading of the head.
fn expected(hosts: &[&str], addresses: bool, uri: &Uri, headers: &HeaderMap) -> Result<(), PolicyRefusal> {
    let lines: Vec<_> = headers.get_all(header::HOST).iter().map(|line| line.as_bytes().to_vec()).collect();
    let target = uri.authority().map(|authority| authority.as_str().as_bytes().to_vec());
    if lines.len() > 1 {
        return Err(PolicyRefusal::SeveralHosts);
    }
    let named: Vec<_> = target.into_iter().chain(lines).collect();
    if named.is_empty() {
        return Err(PolicyRefusal::HostMissing);
    }
    if !named.iter().all(|name| is_own(hosts, addresses, name)) {
        return Err(PolicyRefusal::HostNotAllowed);
    }
    if headers.get_all(header::ORIGIN).iter().any(|line| line.as_bytes() == b"null") {
        return Err(PolicyRefusal::NullOrigin);
    }
    Ok(())
}

fn is_own(hosts: &[&str], addresses: bool, name: &[u8]) -> bool {
    let Ok(name) = String::from_utf8(name.to_ascii_lowercase()) else { return false };
    let (host, port) = match name.rsplit_once(':') {
        Some((host, port)) if !port.contains(']') => (host.to_owned(), Some(port.to_owned())),
        _ => (name, None),
    };
    let is_number = |port: &String| port.chars().all(|it| it.is_ascii_digit()) && port.parse::<u16>().is_ok();
    if !port.as_ref().is_none_or(is_number) {
        return false;
    }
    // Only a name can have a final dot.
    let host = host.strip_suffix('.').filter(|name| !name.ends_with(']')).unwrap_or(&host);
    let bare = host.strip_prefix('[').and_then(|host| host.strip_suffix(']'));
    let is_address = host.parse::<std::net::Ipv4Addr>().is_ok()
        || bare.is_some_and(|host| host.parse::<std::net::Ipv6Addr>().is_ok());
    addresses && is_address || hosts.iter().any(|own| is_host(own, host))
}

fn is_host(own: &str, host: &str) -> bool {
    let Some(domain) = own.strip_prefix("*.") else { return own == host };
    let wanted: Vec<_> = domain.split('.').rev().collect();
    let labels: Vec<_> = host.split('.').rev().collect();
    let is_label = |label: &&str| {
        !label.is_empty() && label.chars().all(|it| it.is_ascii_alphanumeric() || it == '-' || it == '_')
    };
    labels.len() > wanted.len() && labels[..wanted.len()] == wanted[..] && labels.iter().all(is_label)
}

/// A URL with this `Host` leads to one of the hosts, by the URL parser of browsers.
fn leads_to_an_own_host(hosts: &[&str], headers: &HeaderMap) {
    let Some(host) = headers.get(header::HOST).and_then(|host| host.to_str().ok()) else { return };
    // Labels in Punycode are checked by the URL parser only.
    if host.to_ascii_lowercase().contains("xn--") {
        return;
    }
    let url = Url::parse(&format!("http://{host}/")).expect("a host that passes can be in a URL");
    let host = url.host_str().expect("such a URL has a host");
    let host = host.strip_suffix('.').unwrap_or(host);
    assert!(hosts.iter().any(|own| is_host(own, host)), "{hosts:?} {url}");
    assert_eq!((url.path(), url.username(), url.password()), ("/", "", None));
}
