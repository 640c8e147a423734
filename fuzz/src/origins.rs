//! Origins: arbitrary bytes for the parser, and arbitrary text for the URL parser.

use crossorigin::{
    browser::Page,
    origin::{HostKind, OriginError, SerializedOrigin, TupleOrigin},
    site::Sites,
};
use url::{Host, Origin, Url};

use crate::reference::patterns as reference;

pub fn check(bytes: &[u8]) {
    let parsed = SerializedOrigin::parse(bytes);
    let text = std::str::from_utf8(bytes).ok();
    let parts = parsed.as_ref().ok().map(|it| (it.scheme(), it.host(), it.port().map(u32::from)));
    assert_eq!(parts, text.and_then(reference::origin), "parsed as in the reference");
    match parsed {
        Ok(origin) => of_an_origin(bytes, origin),
        Err(error) => of_an_error(bytes, error),
    }
    if let Some(url) = text.and_then(|text| Url::parse(text).ok()) {
        of_a_url(&url);
    }
}

fn of_an_origin(bytes: &[u8], origin: SerializedOrigin<'_>) {
    let owned = TupleOrigin::from(origin);
    assert_eq!((origin.as_str(), owned.as_str()), (text(bytes), text(bytes)), "printed as written");
    assert_eq!((owned.scheme(), owned.host()), (origin.scheme(), origin.host()));
    assert_eq!((owned.port(), owned.host_kind()), (origin.port(), origin.host_kind()));
    assert_eq!(TupleOrigin::parse(bytes), Ok(owned.clone()));
    assert!(Sites::two_labels().are_same_site(&owned, &owned), "an origin is same site with itself");
    // This parser does not decode Punycode, so it accepts some labels that URLs cannot have.
    let is_of_urls = matches!(origin.scheme(), "ftp" | "http" | "https" | "ws" | "wss");
    if is_of_urls && !origin.host().contains("xn--") {
        let url = Url::parse(origin.as_str()).expect("an origin is a URL");
        assert_eq!(url.origin().ascii_serialization(), origin.as_str(), "serialized as by the URL parser");
    }
}

fn of_an_error(bytes: &[u8], error: OriginError) {
    use OriginError::{
        AfterIpv6, HostByte, LabelEmpty, LabelTooLong, NotAscii, Path, PortByte, SchemeByte, Uppercase,
        Userinfo,
    };
    assert!(!error.to_string().is_empty());
    match error {
        HostByte { byte, index }
        | NotAscii { byte, index }
        | Path { byte, index }
        | PortByte { byte, index }
        | SchemeByte { byte, index } => {
            assert_eq!(bytes.get(index), Some(&byte), "{error:?} points at its byte")
        }
        AfterIpv6 { index } => assert_eq!(bytes.get(index - 1), Some(&b']')),
        LabelTooLong { index, .. } => assert!(bytes.get(index).is_some()),
        // The missing label may be the last one.
        LabelEmpty { index } => {
            assert!(matches!(bytes.get(index), None | Some(b'.' | b'/' | b'?' | b'#' | b'\\' | b':')))
        }
        Uppercase { index } => assert!(bytes[index].is_ascii_uppercase()),
        Userinfo { index } => assert_eq!(bytes[index], b'@'),
        _ => {}
    }
}

/// Schemes whose URLs have a tuple origin here, and an opaque one by the URL Standard.
const APP_SCHEMES: [&str; 6] =
    ["capacitor", "chrome-extension", "ionic", "moz-extension", "safari-web-extension", "tauri"];

/// The origin of an app's URL is its scheme, host and port, if it has a host.
fn of_an_app(url: &Url) {
    let page = Page::new(url.as_str()).ok();
    let ours = page.as_ref().map(|page| page.origin().to_string());
    let expected = url.host_str().filter(|host| !host.is_empty()).map(|host| {
        let port = url.port().map(|port| format!(":{port}")).unwrap_or_default();
        format!("{}://{host}{port}", url.scheme())
    });
    assert_eq!(ours, expected, "{url}");
}

/// The origin of a URL is that of the URL parser, except for apps.
fn of_a_url(url: &Url) {
    if APP_SCHEMES.contains(&url.scheme()) {
        return of_an_app(url);
    }
    // A blob URL has the origin of the HTTP(S) URL in it, or an opaque one. The crate `url` does not check
    // the scheme.
    let inner = Url::parse(url.path()).ok().filter(|inner| matches!(inner.scheme(), "http" | "https"));
    let origin = match (url.scheme(), inner) {
        ("blob", None) => None,
        _ => Some(url.origin()),
    };
    let expected = match origin {
        Some(Origin::Tuple(scheme, host, port)) => Some((scheme, host, port)),
        Some(Origin::Opaque(_)) | None => None,
    };
    let page = Page::new(url.as_str()).ok();
    let ours = page.as_ref().and_then(|page| page.origin().as_tuple());
    assert_eq!(ours.is_some(), expected.is_some(), "{url}");
    let (Some(ours), Some((scheme, host, _))) = (ours, expected) else { return };
    assert_eq!(ours.as_str(), url.origin().ascii_serialization());
    assert_eq!((ours.scheme(), ours.host()), (&*scheme, &*host.to_string()));
    let kind = match host {
        Host::Domain(_) => HostKind::Domain,
        Host::Ipv4(_) => HostKind::Ipv4,
        Host::Ipv6(_) => HostKind::Ipv6,
    };
    assert_eq!(ours.host_kind(), kind);
}

fn text(bytes: &[u8]) -> &str {
    std::str::from_utf8(bytes).expect("a parsed origin is text")
}
