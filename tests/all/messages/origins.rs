//! What is no origin, no pattern, or no map of headers.

use crossorigin::header_list::{HeaderList, HeaderMapError};
use crossorigin::http::HeaderMap;
use crossorigin::origin::TupleOrigin;
use crossorigin::server::OriginPattern;

#[test]
fn header_lists_that_no_map_can_hold() {
    let mut list = HeaderList::new();
    for number in 0..40_000 {
        list.append(format!("x-{number}").parse().unwrap(), "").unwrap();
    }
    let error = HeaderMap::try_from(&list).unwrap_err();
    assert!(matches!(error, HeaderMapError::TooMany));
    assert_eq!(error.to_string(), "there are more header names than a map can hold");
}

/// Texts that are no origins, or no patterns though they are origins, and what is said of each as a pattern.
const NO_PATTERNS: [(&str, &str, &str); 34] = [
    ("", "Empty", "there is nothing"),
    ("null", "Null", "`null` stands for any opaque origin and names none"),
    ("a.test", "MissingSchemeSeparator", "there is no `://` after a scheme"),
    ("://a.test", "SchemeEmpty", "there is no scheme"),
    ("h_t://a.test", "SchemeByte", "0x5F (`_`) at byte 1 cannot be part of a scheme"),
    (
        "HTTPS://a.test",
        "Uppercase",
        "the letter at byte 0 is in upper case; scheme and host are serialized in lower case",
    ),
    ("https://", "HostEmpty", "there is no host"),
    ("https://a_b", "HostByte", "0x5F (`_`) at byte 9 cannot be part of a host"),
    (
        "https://\u{e9}.test",
        "NotAscii",
        "0xC3 at byte 8 is not ASCII; hosts are serialized in Punycode (xn--)",
    ),
    ("https://a..test", "LabelEmpty", "the label of the host at byte 10 is empty"),
    ("https://-a.test", "LabelHyphen", "the label of the host at byte 8 begins or ends with a hyphen"),
    (
        "https://aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa.test",
        "LabelTooLong",
        "the label of the host at byte 8 is 64 bytes long and 63 is the limit",
    ),
    ("https://1.2.3", "Ipv4", "a host that ends in a number must be an IPv4 address of four decimal numbers"),
    ("https://[::1", "Ipv6", "there is no IPv6 address in the square brackets"),
    ("https://[0::1]", "Ipv6NotCanonical", "the IPv6 address is not in its shortest form in lower case"),
    (
        "https://[::1]x",
        "AfterIpv6",
        "after an IPv6 address only a port may follow, and at byte 13 there is something else",
    ),
    ("https://u@a.test", "Userinfo", "an origin has no user or password, and at byte 9 there is an `@`"),
    ("https://a.test/", "Path", "an origin ends after host and port, and at byte 14 there is 0x2F (`/`)"),
    ("https://a.test:", "PortEmpty", "there is no port after the colon"),
    ("https://a.test:x", "PortByte", "a port is one to five digits, and at byte 15 there is 0x78 (`x`)"),
    ("https://a.test:080", "PortLeadingZero", "a port has no leading zeros"),
    ("https://a.test:65536", "PortTooLarge", "port 65536 is above 65535"),
    ("https://a.test:443", "DefaultPort", "port 443 is the default of the scheme and must be left out"),
    ("https://a.test:0", "PortZero", "no page comes from port 0"),
    (
        "https://[::ffff:102:304]",
        "Ipv4Mapped",
        "the host is an IPv4 address in the form of an IPv6 one; write the IPv4 address",
    ),
    (
        "https://a.1b",
        "LastLabelBeginsWithDigit",
        "the last label of the host begins with a digit, as that of no domain does",
    ),
    (
        "file://x",
        "OpaqueScheme",
        "pages of the scheme `file` have an opaque origin, which the `Origin` header gives as `null`: no page would ever \
         match",
    ),
    (
        "https://xn--f.test",
        "Punycode",
        "the label of the host at byte 8 begins with `xn--`, but what follows is not Punycode",
    ),
    (
        "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa://a.test",
        "SchemeTooLong",
        "the scheme is 65 bytes long and 64 is the limit",
    ),
    (
        "https://a.*.test",
        "WildcardMisplaced",
        "the `*` at byte 10 cannot stand there: a wildcard is the whole first label of the host, as in \
         `https://*.example.com`, or the whole port",
    ),
    ("https://*.127.0.0.1", "WildcardOverAddress", "an IP address has no subdomains"),
    (
        "https://*",
        "WildcardWithoutDomain",
        "a `*` as the whole host has no domain behind it; list the hosts, or tell them by `allow_origins_if`",
    ),
    ("https://a.test?x", "Path", "an origin ends after host and port, and at byte 14 there is 0x3F (`?`)"),
    ("1ttp://a.test", "SchemeByte", "0x31 (`1`) at byte 0 cannot be part of a scheme"),
];

#[test]
fn origins_and_patterns() {
    for (text, name, message) in NO_PATTERNS {
        let error = OriginPattern::parse(text).unwrap_err();
        assert_eq!((error.name(), error.to_string().as_str()), (name, message), "{text}");
        // As an origin it is no other fault, if it is one.
        if let Err(error) = TupleOrigin::parse(text.as_bytes())
            && !text.contains('*')
            && name != "SchemeTooLong"
        {
            assert_eq!(error.to_string(), message, "{text}");
        }
    }
    let host = ["a".repeat(60).as_str(); 5].join(".");
    let error = TupleOrigin::parse(format!("https://{host}").as_bytes()).unwrap_err();
    assert_eq!(error.to_string(), "the host is 304 bytes long and 253 is the limit");
}
