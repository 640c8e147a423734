//! Valid and invalid patterns, their errors, and the suggestions for them.

use crossorigin::server::{OriginPattern, PatternError, PolicyErrorKind, PortPattern};

use super::facts::origins;

#[test]
fn invalid_patterns_are_refused_with_their_error() {
    for (text, name) in [
        ("", "Empty"),
        ("a.test", "MissingSchemeSeparator"),
        ("null", "Null"),
        ("https://", "HostEmpty"),
        ("https:///a.test", "HostEmpty"),
        ("://a.test", "SchemeEmpty"),
        ("1https://a.test", "SchemeByte"),
        ("ht_tps://a.test", "SchemeByte"),
        ("HTTPS://a.test", "Uppercase"),
        ("https://A.test", "Uppercase"),
        ("https://b\u{fc}cher.test", "NotAscii"),
        ("https://a b.test", "HostByte"),
        ("https://a.test ", "HostByte"),
        ("https://a..test", "LabelEmpty"),
        ("https://a.test.", "LabelEmpty"),
        ("https://*.a.test.", "LabelEmpty"),
        ("https://a.test/", "Path"),
        ("https://a.test/path", "Path"),
        ("https://a.test?query", "Path"),
        ("https://a.test#fragment", "Path"),
        ("https://user@a.test", "Userinfo"),
        ("https://a.test:", "PortEmpty"),
        ("https://a.test:0", "PortZero"),
        ("https://a.test:01", "PortLeadingZero"),
        ("https://a.test:65536", "PortTooLarge"),
        ("https://a.test:http", "PortByte"),
        ("https://a.test:443", "DefaultPort"),
        ("http://a.test:80", "DefaultPort"),
        ("http://*.a.test:80", "DefaultPort"),
        ("https://a.test:8080:*", "WildcardMisplaced"),
        ("https://a.test:80*", "WildcardMisplaced"),
        ("*", "MissingSchemeSeparator"),
        ("*://a.test", "WildcardMisplaced"),
        ("https://*", "WildcardWithoutDomain"),
        ("https://*:*", "WildcardWithoutDomain"),
        ("http://*", "WildcardWithoutDomain"),
        ("http://*:8080", "WildcardWithoutDomain"),
        ("ftp://*", "WildcardWithoutDomain"),
        ("ws://*", "WildcardWithoutDomain"),
        ("wss://*", "WildcardWithoutDomain"),
        ("about://*", "OpaqueScheme"),
        ("blob://*", "OpaqueScheme"),
        ("data://*", "OpaqueScheme"),
        ("file://*", "OpaqueScheme"),
        ("app://*x", "WildcardMisplaced"),
        ("app://*/", "WildcardMisplaced"),
        ("app://*:8080:*", "WildcardMisplaced"),
        ("app://*.*", "WildcardMisplaced"),
        ("*://*", "WildcardMisplaced"),
        ("https://*.", "WildcardWithoutDomain"),
        ("https://a.*", "WildcardMisplaced"),
        ("https://*.*.test", "WildcardMisplaced"),
        ("https://*a.test", "WildcardMisplaced"),
        ("https://a.*.test", "WildcardMisplaced"),
        ("http://*.127.0.0.1", "WildcardOverAddress"),
        ("http://*.[::1]", "WildcardOverAddress"),
        ("http://127.1", "Ipv4"),
        ("http://1.2.3.256", "Ipv4"),
        ("http://0x7f.0.0.1", "Ipv4"),
        ("http://a.0x7f", "Ipv4"),
        ("http://01.2.3.4", "Ipv4"),
        ("http://[::1", "Ipv6"),
        ("http://[a.test]", "Ipv6"),
        ("http://[fe80::1%25eth0]", "Ipv6"),
        ("http://[0::1]", "Ipv6NotCanonical"),
        ("http://[2001:DB8::1]", "Ipv6NotCanonical"),
        ("http://[::1]a", "AfterIpv6"),
        ("http://[::ffff:102:304]", "Ipv4Mapped"),
        ("https://a.1test", "LastLabelBeginsWithDigit"),
        ("https://xn--.test", "Punycode"),
        ("https://a.xn--f", "Punycode"),
        ("https://xn--a-.test", "Punycode"),
        ("https://xn--a_b-.test", "Punycode"),
        ("https://a.xn--_", "Punycode"),
        ("https://xn--abc-99999999.test", "Punycode"),
        ("file://", "OpaqueScheme"),
        ("file:///etc", "OpaqueScheme"),
        ("file://host", "OpaqueScheme"),
        ("data://a", "OpaqueScheme"),
    ] {
        let found = OriginPattern::parse(text).map_err(|error| error.name());
        assert_eq!(found.map(|it| it.to_string()), Err(name), "{text:?}");
    }
}

#[test]
fn lengths_have_limits() {
    let label = "a".repeat(63);
    let host = |bytes: usize| {
        let mut host = [&*label; 4].join(".");
        host.truncate(bytes);
        host
    };
    let name = |text: String| OriginPattern::parse(&text).map_or_else(|error| error.name(), |_| "fine");
    assert_eq!(name(format!("https://{label}.test")), "fine");
    assert_eq!(name(format!("https://{label}a.test")), "LabelTooLong");
    assert_eq!(name(format!("https://{}", host(253))), "fine");
    assert_eq!(name(format!("https://{}", host(254))), "HostTooLong");
    assert_eq!(name(format!("https://*.{}", host(251))), "fine");
    assert_eq!(name(format!("https://*.{}", host(252))), "HostTooLong");
    assert_eq!(name(format!("{}://a", "a".repeat(64))), "fine");
    assert_eq!(name(format!("{}://a", "a".repeat(65))), "SchemeTooLong");
}

#[test]
fn positions_refer_to_the_pattern_as_written() {
    assert_eq!(OriginPattern::parse("https://*.a.*"), Err(PatternError::WildcardMisplaced { index: 12 }));
    assert_eq!(
        OriginPattern::parse("https://a.test:1:*"),
        Err(PatternError::WildcardMisplaced { index: 17 })
    );
    assert_eq!(OriginPattern::parse("https://*.a.xn--f.test"), Err(PatternError::Punycode { index: 12 }));
}

#[test]
fn valid_patterns_return_their_parts() {
    let pattern = OriginPattern::parse("https://*.a.test:*").unwrap();
    assert_eq!((pattern.scheme(), pattern.host(), pattern.port()), ("https", "a.test", PortPattern::Any));
    assert!(pattern.matches_subdomains() && !pattern.is_exact());
    let exact: OriginPattern = "http://[::1]:8080".parse().unwrap();
    assert_eq!((exact.host(), exact.port()), ("[::1]", PortPattern::Exactly(Some(8080))));
    assert!(exact.is_exact() && !exact.matches_subdomains());
    assert!(!OriginPattern::parse("http://a:*").unwrap().is_exact());

    for text in [
        "https://bat",
        "https://xn--bcher-kva.test",
        "https://xn--fsqu00a.xn--0zwm56d",
        "https://xn--80akhbyknj4f",
        "https://xn--ihqwcrb4cv8a8dqg056pqjye.test",
        // Deltas near 455, above which RFC 3492 3.4 (`adapt`) divides.
        "https://xn--4gqqa21eb4f79eunfzr3fyet.test",
        "https://xn--cb-dp82a2u63rqj.test",
        "https://r3---sn-a.test",
        "https://1.test",
        "http://127.0.0.1:*",
        "chrome-extension://abcdefghijklmnop",
        "moz-extension://0d3b7c1e-5a49-4f0e-9d42-1c8f6b2a7e90",
        "capacitor://localhost",
        "a+b-c.d://x",
        "https://a.test:65535",
        "http://my_service:3000",
        "https://*.my_team.test",
        "https://--a.b-.test",
        "https://w.a.test",
        "https://xn--a_b-hoa.test",
        "moz-extension://*",
        "app://*:8080",
        "app://*:*",
        "app://12345",
        "app://xn--",
        "safari-web-extension://5A0C41E7-ABCD",
        "https://a.test:80",
        "http://a.test:443",
    ] {
        assert_eq!(OriginPattern::parse(text).map(|it| it.to_string()), Ok(text.to_owned()));
    }
}

#[test]
fn the_likely_intention_is_suggested() {
    let suggestion =
        |text: &str| -> Option<String> { origins([text]).build().unwrap_err().iter().next()?.suggestion() };
    for (text, meant) in [
        ("https://a.test/", "https://a.test"),
        ("https://a.test/path?query", "https://a.test"),
        ("https://A.Test", "https://a.test"),
        ("  https://a.test ", "https://a.test"),
        ("a.test", "https://a.test"),
        ("*.a.test", "https://*.a.test"),
        ("https://a.test:443", "https://a.test"),
        ("http://a.test:80/", "http://a.test"),
        ("https://a.test.", "https://a.test"),
        ("localhost:3000", "http://localhost:3000"),
        ("127.0.0.1", "http://127.0.0.1"),
        ("[::1]:*", "http://[::1]:*"),
        ("localhost/", "http://localhost"),
        ("localhost.test", "https://localhost.test"),
    ] {
        assert_eq!(suggestion(text).as_deref(), Some(meant));
    }
    for text in ["https://*a.test", "https://user@a.test", "https://b\u{fc}cher.test", "null", "https://*"] {
        assert_eq!(suggestion(text), None, "{text}");
    }
}

#[test]
fn a_list_in_one_pattern_is_reported_as_a_list() {
    let is_several = |text: &str| {
        let errors = origins([text]).build().unwrap_err();
        errors.iter().map(|error| error.kind == PolicyErrorKind::SeveralOrigins).collect::<Vec<_>>()
    };
    for text in [
        "https://a.test,http://localhost:*",
        "https://a.test; https://*.b.test",
        " https://a.test\nhttps://b.test ",
    ] {
        assert_eq!(is_several(text), [true], "{text}");
    }
    for text in ["https://a.test,", " https://a.test", "https://a.test b.test", "https://a.test,*"] {
        assert_eq!(is_several(text), [false], "{text}");
    }
}

#[test]
fn what_is_no_origin_is_named() {
    for (text, kind) in [
        ("'https://a.test'", "Quoted"),
        ("\"*\"", "Quoted"),
        ("'a.test'", "MissingSchemeSeparator"),
        ("https://.*", "RegularExpression"),
        ("https://(a|b).test", "RegularExpression"),
        ("https://a.test$", "HostByte"),
    ] {
        let errors = origins([text]).build().unwrap_err();
        assert_eq!(errors.iter().map(|error| error.kind.name()).collect::<Vec<_>>(), [kind], "{text}");
    }
}

/// Labels that a decoder with a wrong constant or a missing step decodes wrongly. Another decoder has checked
/// them.
#[test]
fn labels_that_can_be_decoded_are_punycode() {
    for encoded in [
        "0x-9tar8367nfo5bki22a",
        "y-sna52tks8qn0wa0k1btpf51ien5e4o32b",
        "z-itb2a8a8681pikpbw1z5a",
        "9-fbu829o6tfty0iwq4aip90b",
        "3ga68izmu709c",
        "xxa000upx7gy6c",
        "9y-qqa5no13uql8bz36a3qcwx5s8zscev12b1mb",
        "yb-nva68t3ua627r7q3ewg4fy1sb",
        "y9jt42x7lk",
        "a-mr6ap007a95c",
        "0-mv7c375tofun",
        "xxa-gfd2dx557jwlkcovi",
        "c9-v9b1bz994bhiaya7670f13tbbx5pumvypnb3yk",
        "xbxx-yod89dg09v8c1dnvrc",
        "acx-1b4bshv859bm7odndp",
        "byz-z93bu19zsstb",
        "91a-4b4bl466fgxrn",
    ] {
        assert!(OriginPattern::parse(&format!("https://xn--{encoded}.test")).is_ok(), "{encoded}");
    }
    for nothing in [
        "hlq9zw1ouwvo",
        "0qp60rg4r2ep",
        "vr4bi",
        "1lw3gt6r9w",
        "zb",
        "vezn",
        "ivu511w54h",
        "kb67kkb",
        "xex62sujl",
        "pc4viwc",
        "9549d7nzl",
        "wmgx13tkmor",
        "94vtkg",
        "bphw",
        "4z4qd5miii",
        "vptnnmrgwr",
    ] {
        let found = OriginPattern::parse(&format!("https://xn--{nothing}.test"));
        assert_eq!(found, Err(PatternError::Punycode { index: 8 }), "{nothing}");
    }
}
