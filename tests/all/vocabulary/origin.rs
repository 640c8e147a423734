use std::{
    collections::{BTreeSet, HashSet},
    hash::{DefaultHasher, Hash, Hasher},
};

use crossorigin::origin::{
    HostKind::{self, Domain, Ipv4, Ipv6},
    OpaqueOrigin, Origin,
    OriginError::{self, *},
    SerializedOrigin, TupleOrigin,
};

use crate::proptest_config::hostile_length;

#[track_caller]
fn assert_origin(text: &str, scheme: &str, host: &str, kind: HostKind, port: Option<u16>) {
    let origin = SerializedOrigin::parse(text.as_bytes()).unwrap();
    assert_eq!(
        (origin.scheme(), origin.host(), origin.host_kind(), origin.port()),
        (scheme, host, kind, port)
    );
    assert_eq!(origin.as_str(), text);

    let owned = TupleOrigin::from(origin);
    assert_eq!((owned.scheme(), owned.host(), owned.host_kind(), owned.port()), (scheme, host, kind, port));
    assert_eq!(
        (owned.as_str(), owned.to_string(), format!("{owned:?}")),
        (text, text.into(), format!("{text:?}"))
    );
    assert_eq!(
        (text.parse().as_ref(), TupleOrigin::parse(text.as_bytes()).as_ref()),
        (Ok(&owned), Ok(&owned))
    );
}

#[track_caller]
fn assert_error(text: impl AsRef<[u8]>, expected: OriginError) {
    assert_eq!(SerializedOrigin::parse(text.as_ref()), Err(expected), "{}", text.as_ref().escape_ascii());
    assert_eq!(TupleOrigin::parse(text.as_ref()), Err(expected));
}

#[test]
fn origins_are_split_into_scheme_host_and_port() {
    assert_origin("https://a.test", "https", "a.test", Domain, None);
    assert_origin("http://localhost:8080", "http", "localhost", Domain, Some(8080));
    assert_origin("https://a.test:0", "https", "a.test", Domain, Some(0));
    assert_origin("https://a.test:80", "https", "a.test", Domain, Some(80));
    assert_origin("http://a.test:65535", "http", "a.test", Domain, Some(65535));
    assert_origin("ws://a.test:443", "ws", "a.test", Domain, Some(443));
    assert_origin("http://127.0.0.1:3000", "http", "127.0.0.1", Ipv4, Some(3000));
    assert_origin("http://255.255.255.255", "http", "255.255.255.255", Ipv4, None);
    assert_origin("http://[::1]", "http", "[::1]", Ipv6, None);
    assert_origin("http://[2001:db8::1]:8080", "http", "[2001:db8::1]", Ipv6, Some(8080));
    assert_origin("https://xn--bcher-kva.test", "https", "xn--bcher-kva.test", Domain, None);
    assert_origin("https://a--b.1a.a1", "https", "a--b.1a.a1", Domain, None);
    assert_origin("https://1.2.3.4.test", "https", "1.2.3.4.test", Domain, None);
    assert_origin("https://0xg", "https", "0xg", Domain, None);
    assert_origin("chrome-extension://abcdef", "chrome-extension", "abcdef", Domain, None);
    assert_origin("a+b-c.1://x", "a+b-c.1", "x", Domain, None);
    assert_origin("app://x:443", "app", "x", Domain, Some(443));
}

/// Hosts that the grammar of the header does not have, and that browsers send.
#[test]
fn labels_may_have_underscores_and_hyphens_anywhere() {
    for host in
        ["my_service", "_", "-", "a-", "-a.test", "a.-test", "a-.test", "_a_.b_", "a.1_", "a.1-", "a--_"]
    {
        assert_origin(&format!("http://{host}:3000"), "http", host, Domain, Some(3000));
        assert_origin(&format!("https://{host}"), "https", host, Domain, None);
    }
    for byte in [
        b'!', b'"', b'$', b'&', b'\'', b'(', b')', b'*', b'+', b',', b';', b'=', b'`', b'{', b'}', b'~',
        b'%', b' ',
    ] {
        let text = [b"http://a", &[byte][..], b"b.test"].concat();
        assert_error(text, HostByte { byte, index: 8 });
    }
}

/// The hosts of schemes without a default port are opaque to the URL Standard: identifiers, and not names.
#[test]
fn the_hosts_of_app_schemes_are_identifiers() {
    let identifier = "5A0C41E7-0000-4B6B-9D1F-ABCDEF012345";
    assert_origin(
        &format!("safari-web-extension://{identifier}"),
        "safari-web-extension",
        identifier,
        Domain,
        None,
    );
    assert_origin("app://12345", "app", "12345", Domain, None);
    assert_origin("app://a.0x1:80", "app", "a.0x1", Domain, Some(80));
    assert_origin("app://127.0.0.1", "app", "127.0.0.1", Ipv4, None);
    assert_origin("app://127.1", "app", "127.1", Domain, None);
    assert_error("APP://a", Uppercase { index: 0 });
    for scheme in ["http", "https", "ws", "wss", "ftp"] {
        let index = scheme.len() + "://".len();
        assert_error(format!("{scheme}://A"), Uppercase { index });
        assert_error(format!("{scheme}://12345"), OriginError::Ipv4);
    }
}

/// Nothing but a domain with dots around its labels has subdomains.
#[test]
fn subdomains_are_separated_by_a_dot() {
    let below = |origin: &str, domain: &str| {
        let origin: TupleOrigin = origin.parse().unwrap();
        let origin = SerializedOrigin::parse(origin.as_str().as_bytes()).unwrap();
        assert_eq!(origin.is_subdomain_of(domain), origin.labels_below(domain).is_some());
        origin.labels_below(domain).map(str::to_owned)
    };
    let some = |labels: &str| Some(labels.to_owned());
    assert_eq!(below("https://a.app.example", "app.example"), some("a"));
    assert_eq!(below("http://a.b.app.example:8443", "app.example"), some("a.b"));
    assert_eq!(below("app://a.B", "B"), some("a"));
    for origin in [
        "https://app.example",
        "https://evilapp.example",
        "https://evil-app.example",
        "https://evil_app.example",
        "https://app.example.evil.example",
        "https://a.app.example.evil.example",
        "https://a.app-example",
    ] {
        assert_eq!(below(origin, "app.example"), None, "{origin}");
    }
    for domain in
        ["", ".", ".app.example", "app.example.", "*.app.example", "APP.example", "https://app.example"]
    {
        assert_eq!(below("https://a.app.example", domain), None, "{domain}");
    }
    assert_eq!(below("http://1.2.3.4", "3.4"), None);
    assert_eq!(below("http://[::1]", "1]"), None);
}

#[test]
fn null_and_text_without_a_scheme_are_not_origins() {
    assert_error("", Empty);
    assert_error("null", Null);
    for text in
        ["NULL", " null", "*", "a.test", "https:/a.test", "https:a.test", "//a.test", "data:x", "null\0"]
    {
        assert_error(text, MissingSchemeSeparator);
    }
    assert_error("://a.test", SchemeEmpty);
    assert_error(" https://a.test", SchemeByte { byte: b' ', index: 0 });
    assert_error("1http://a.test", SchemeByte { byte: b'1', index: 0 });
    assert_error("ht_tp://a.test", SchemeByte { byte: b'_', index: 2 });
    assert_error("blob:https://a.test", SchemeByte { byte: b':', index: 4 });
}

#[test]
fn an_origin_ends_after_host_and_port() {
    assert_error("https://a.test/", Path { byte: b'/', index: 14 });
    assert_error("https://a.test:8443/x", Path { byte: b'/', index: 19 });
    assert_error("https://a.test?x", Path { byte: b'?', index: 14 });
    assert_error("https://a.test#x", Path { byte: b'#', index: 14 });
    assert_error("https://a.test\\x", Path { byte: b'\\', index: 14 });
    assert_error("https://a.test/@b.test", Path { byte: b'/', index: 14 });
    assert_error("http://[::1]/", Path { byte: b'/', index: 12 });
    assert_error("https://user@a.test", Userinfo { index: 12 });
    assert_error("https://user:pass@a.test", Userinfo { index: 17 });
    assert_error("https://@a.test", Userinfo { index: 8 });
}

#[test]
fn nothing_is_repaired() {
    assert_error("HTTPS://a.test", Uppercase { index: 0 });
    assert_error("https://a.Test", Uppercase { index: 10 });
    assert_error("https://a.test ", HostByte { byte: b' ', index: 14 });
    assert_error("https://a.test\x0B", HostByte { byte: 0x0B, index: 14 });
    assert_error("https://a.test\0", HostByte { byte: 0, index: 14 });
    assert_error("https://a%2Etest", HostByte { byte: b'%', index: 9 });
    assert_error("https://*.a.test", HostByte { byte: b'*', index: 8 });
    assert_error("https://a.test, https://b.test", HostByte { byte: b',', index: 14 });
    assert_error("https://a.test https://b.test", HostByte { byte: b' ', index: 14 });
    assert_error("https://b\u{FC}cher.test", NotAscii { byte: 0xC3, index: 9 });
    assert_error(b"https://a.test\xFF", NotAscii { byte: 0xFF, index: 14 });
}

#[test]
fn hosts_are_dns_names() {
    for text in ["https://", "file:///", "https://:443", "https:///a.test"] {
        assert_error(text, HostEmpty);
    }
    assert_error("https://.a.test", LabelEmpty { index: 8 });
    assert_error("https://a..test", LabelEmpty { index: 10 });
    assert_error("https://a.test.", LabelEmpty { index: 15 });

    let label = "a".repeat(63);
    let host = |last: usize| format!("{label}.{label}.{label}.{}", "a".repeat(last));
    assert_origin(&format!("https://{}", host(61)), "https", &host(61), Domain, None);
    assert_error(format!("https://{}", host(62)), HostTooLong { length: 254 });
    assert_error(format!("https://b.a{label}.test"), LabelTooLong { length: 64, index: 10 });
}

#[test]
fn a_host_that_ends_in_a_number_must_be_a_canonical_ipv4_address() {
    for host in [
        "1",
        "127.1",
        "1.2.3",
        "1.2.3.4.5",
        "1.2.3.256",
        "01.2.3.4",
        "1.2.3.04",
        "0x7f.0.0.1",
        "1.2.3.0x4",
        "0x",
        "a.0x",
        "a.0xff",
        "a.1",
        "a.test.09",
        "4294967296",
        "1.2.3.4a.5",
        "00.0.0.0",
    ] {
        assert_error(format!("http://{host}"), OriginError::Ipv4);
    }
    assert_error("http://1.2.3.4.", LabelEmpty { index: 15 });
}

#[test]
fn an_ipv6_address_must_be_in_its_shortest_form() {
    for host in [
        "::",
        "::1",
        "1::",
        "1:2:3:4:5:6:7:8",
        "1:0:2:3:4:5:6:7",
        "1::2:0:0:3:4",
        "1:0:0:2::3",
        "a:b:c:d:e:f:0:1",
        "::ffff:102:304",
        "::102:304",
        "64:ff9b::1",
        "1:2:3:4:5:6::",
        "::3:4:5:6:7:8",
    ] {
        let host = format!("[{host}]");
        assert_origin(&format!("http://{host}"), "http", &host, Ipv6, None);
    }
    for host in [
        "0:0:0:0:0:0:0:1",
        "::0",
        "0::",
        "::0:1",
        "1::0",
        "::A",
        "::01",
        "1::2:3:4:5:6:7",
        "1:0:0:2:0:0:0:3",
        "1:0:0:2:3::4",
        "::ffff:1.2.3.4",
        "::1.2.3.4",
        "1:2:3:4:5:6:7::",
        "1:2::3:0:0:0:4",
    ] {
        assert_error(format!("http://[{host}]"), Ipv6NotCanonical);
    }
    for text in [
        "http://[]",
        "http://[",
        "http://[::1",
        "http://[:::]",
        "http://[::g]",
        "http://[::1%25eth0]",
        "http://[1.2.3.4]",
        "http://[::1%1]",
        "http://[1:2:3:4:5:6:7:8:9]",
        "http://[12345::]",
        "http://[::1::]",
        "http://[ ::1]",
    ] {
        assert_error(text, OriginError::Ipv6);
    }
    assert_error("http://[::1]x", AfterIpv6 { index: 12 });
    assert_error("http://[::1]]", AfterIpv6 { index: 12 });
    assert_error("http://[[::1]]", AfterIpv6 { index: 13 });
    assert_error("http://a[::1]", HostByte { byte: b'[', index: 8 });
}

#[test]
fn a_port_must_be_canonical_and_not_the_default() {
    for (text, port) in [
        ("http://a.test:80", 80),
        ("https://a.test:443", 443),
        ("ws://a.test:80", 80),
        ("wss://a.test:443", 443),
        ("ftp://a.test:21", 21),
        ("http://[::1]:80", 80),
    ] {
        assert_error(text, DefaultPort { port });
    }
    assert_error("https://a.test:", PortEmpty);
    assert_error("https://a.test:/", PortEmpty);
    assert_error("http://[::1]:", PortEmpty);
    assert_error("https://a.test:00", PortLeadingZero);
    assert_error("https://a.test:0443", PortLeadingZero);
    assert_error("https://a.test:65536", PortTooLarge { port: 65536 });
    assert_error("https://a.test:123456", PortByte { byte: b'6', index: 20 });
    assert_error("https://a.test:+1", PortByte { byte: b'+', index: 15 });
    assert_error("https://a.test:8 ", PortByte { byte: b' ', index: 16 });
    assert_error("https://a:1:2", PortByte { byte: b':', index: 11 });
    assert_error("http://[::1]:*", PortByte { byte: b'*', index: 13 });
}

#[test]
fn each_error_has_a_message() {
    for (text, message) in [
        ("null", "`null` stands for every opaque origin, so it does not identify an origin"),
        ("a.test", "the `://` after the scheme is missing"),
        ("https://a.test/", "an origin ends after its host and port, but `/` follows at byte 14"),
        ("https://a.test:443", "port 443 is the default port of the scheme and must be left out"),
        ("https://a.test x", "a space at byte 14 is not allowed in a host"),
        ("https://\u{FC}", "0xC3 at byte 8 is not ASCII; write the host in Punycode (xn--)"),
        ("https://A", "the letter at byte 8 is in upper case; write scheme and host in lower case"),
    ] {
        assert_eq!(SerializedOrigin::parse(text.as_bytes()).unwrap_err().to_string(), message);
    }
}

#[test]
fn tuple_origins_compare_as_their_serializations() {
    let parse = |text: &str| text.parse::<TupleOrigin>().unwrap();
    let texts =
        ["https://b.test", "http://a.test", "https://a.test", "https://a.test:8443", "https://a.test"];
    let sorted = BTreeSet::from(texts.map(parse));
    assert_eq!(
        sorted.iter().map(TupleOrigin::as_str).collect::<Vec<_>>(),
        ["http://a.test", "https://a.test", "https://a.test:8443", "https://b.test"]
    );
    assert_eq!(HashSet::from(texts.map(parse)).len(), 4);
    // An origin has the hash of its text, so that tables of many origins are fast.
    let hashes = |value: &dyn Fn(&mut DefaultHasher)| {
        let mut hasher = DefaultHasher::new();
        value(&mut hasher);
        hasher.finish()
    };
    for text in texts {
        assert_eq!(hashes(&|hasher| parse(text).hash(hasher)), hashes(&|hasher| text.hash(hasher)));
    }
}

#[test]
fn an_opaque_origin_is_same_origin_with_itself_only() {
    let tuple = |text: &str| Origin::from(text.parse::<TupleOrigin>().unwrap());
    let (a, b) = (tuple("https://a.test"), tuple("https://b.test"));
    let (one, two) = (Origin::from(OpaqueOrigin(1)), Origin::from(OpaqueOrigin(2)));
    let all = [&a, &b, &one, &two];
    for (index, origin) in all.into_iter().enumerate() {
        for (other_index, other) in all.into_iter().enumerate() {
            assert_eq!(origin == other, index == other_index);
        }
    }
    assert!(a != tuple("http://a.test") && a != tuple("https://a.test:8443"));
    assert_eq!(
        (a.to_string().as_str(), one.to_string().as_str(), two.serialize()),
        ("https://a.test", "null", "null")
    );
    assert_eq!((a.as_tuple().map(TupleOrigin::host), one.as_tuple()), (Some("a.test"), None));
}

#[test]
fn five_schemes_have_a_default_port() {
    for (scheme, port) in [("ftp", 21), ("http", 80), ("https", 443), ("ws", 80), ("wss", 443)] {
        assert_error(format!("{scheme}://a.test:{port}"), DefaultPort { port });
    }
    for text in ["gopher://a.test:80", "http://a.test:443", "https://a.test:80"] {
        assert!(SerializedOrigin::parse(text.as_bytes()).is_ok());
    }
}

#[test]
fn hostile_bytes_are_refused_quickly() {
    assert_error(vec![b','; hostile_length()], MissingSchemeSeparator);
    assert_error(
        format!("https://{}", ",".repeat(hostile_length())),
        HostTooLong { length: hostile_length() },
    );
    for piece in ["a", "/", ":", "@", ".", "[", "]", "://", "\0", "-", "0", "\u{FC}"] {
        let long = piece.repeat(hostile_length() / 10 / piece.len());
        for text in
            [long.clone(), format!("https://{long}"), format!("https://a:{long}"), format!("http://[{long}]")]
        {
            assert!(SerializedOrigin::parse(text.as_bytes()).is_err());
        }
    }
    for one in 0..=u8::MAX {
        for other in [0, b'[', b']', b':', b'@', b'.', 0x80, 0xFF] {
            let _ = SerializedOrigin::parse(&[one, other]);
            let _ = SerializedOrigin::parse(&[b"https://".as_slice(), &[one, other]].concat());
        }
    }
}

/// The origins that the `url` crate prints are accepted, and no others.
#[cfg(feature = "browser")]
mod against_the_url_crate {
    use super::*;

    #[track_caller]
    fn assert_same(text: &str) {
        let printed = url::Url::parse(text).map(|url| url.origin().ascii_serialization());
        let expected = printed.as_deref() == Ok(text);
        assert_eq!(SerializedOrigin::parse(text.as_bytes()).is_ok(), expected, "{text}: {printed:?}");
    }

    #[test]
    fn the_url_parser_agrees_about_ipv6_addresses() {
        for zeros in 0..=u8::MAX {
            let pieces = (0..8).map(|bit| if zeros >> bit & 1 == 0 { 0 } else { 0xab + bit });
            let address = std::net::Ipv6Addr::from(<[u16; 8]>::try_from(pieces.collect::<Vec<_>>()).unwrap());
            let url = url::Url::parse(&format!("http://[{address}]")).unwrap();
            let text = url.origin().ascii_serialization();
            assert!(SerializedOrigin::parse(text.as_bytes()).is_ok(), "{text}");

            let full = address.segments().map(|piece| format!("{piece:x}")).join(":");
            assert_same(&format!("http://[{full}]"));
            for first in 0..8 {
                for last in first + 1..=8 {
                    let group = |range: std::ops::Range<usize>| {
                        address.segments()[range]
                            .iter()
                            .map(|it| format!("{it:x}"))
                            .collect::<Vec<_>>()
                            .join(":")
                    };
                    if address.segments()[first..last].iter().all(|it| *it == 0) {
                        assert_same(&format!("http://[{}::{}]", group(0..first), group(last..8)));
                    }
                }
            }
        }
    }

    #[test]
    fn the_url_parser_agrees_about_hosts_and_ports() {
        let hosts = [
            "a.test",
            "1",
            "1.2.3.4",
            "1.2.3.04",
            "0x7f.1",
            "a.0x",
            "0xg",
            "a.1",
            "256.1.1.1",
            "1.2.3.4.5",
            "A",
            "a b",
        ];
        let ports = ["", ":", ":0", ":80", ":080", ":443", ":65535", ":65536", ":x"];
        for scheme in ["http", "https", "ws", "wss", "ftp"] {
            for host in hosts {
                for port in ports {
                    assert_same(&format!("{scheme}://{host}{port}"));
                }
            }
        }
    }
}
