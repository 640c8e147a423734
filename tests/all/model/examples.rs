//! Test vectors for the model: the examples of the standard, and obvious cases.

use url::Url;

use super::{
    Body, Browser, Client, Headers, Kind, NetworkResponse, Request,
    abnf::{Extracted, extract_delta_seconds, extract_tokens, parse_a_referrer_policy},
    checks::{cors_check, cross_origin_resource_policy_check, tao_check},
    headers::{append, convert_to_a_sorted_lowercase_set, delete, get, get_decode_and_split},
    main_fetch::is_cors_safelisted_response_header_name,
    mime_type::{author_content_type_for_a_text, parse_a_mime_type},
    origin::{
        is_same_site, is_schemelessly_same_site, origin_of, redirect_taint, serialize_a_request_origin,
    },
    redirect_fetch::{LocationUrl, location_url},
    referrer::Referrer,
    request_header::{
        cors_unsafe_request_header_names, is_cors_safelisted_request_header,
        parse_a_single_range_header_value,
    },
    types::Response,
};

fn url(text: &str) -> Url {
    Url::parse(text).unwrap()
}

fn headers(lines: &[(&str, &str)]) -> Headers {
    lines.iter().map(|(name, value)| (name.as_bytes().to_vec(), value.as_bytes().to_vec())).collect()
}

/// A GET request of the page `https://a.test` with this URL list. The first URL is the initial one.
fn request(urls: &[&str]) -> Request {
    Request {
        destination: "",
        user_involvement: "none",
        method: b"GET".to_vec(),
        url_list: urls.iter().map(|text| url(text)).collect(),
        header_list: Vec::new(),
        body: Body::Null,
        referrer: Referrer::Client,
        referrer_policy: "",
        origin: origin_of(&url("https://a.test/")),
        client: Some(Client {
            url: url("https://a.test/"),
            embedder_policy: "unsafe-none",
            referrer_policy: "strict-origin-when-cross-origin",
            network_partition_key: None,
        }),
        mode: "cors",
        credentials_mode: "same-origin",
        redirect_mode: "follow",
        unsafe_request_flag: true,
        use_cors_preflight_flag: false,
        response_tainting: "basic",
        redirect_count: 0,
        timing_allow_failed_flag: false,
    }
}

fn response(urls: &[&str], status: u16, lines: &[(&str, &str)]) -> Response {
    let url_list = urls.iter().map(|text| url(text)).collect();
    Response { status, header_list: headers(lines), url_list, ..Response::new() }
}

#[test]
fn get_decode_and_split_follows_the_table_of_the_standard() {
    // The table of the standard.
    let table: &[(&[&str], Option<&[&str]>)] = &[
        (&["nosniff,"], Some(&["nosniff", ""])),
        (&[""], Some(&[""])),
        (&[], None),
        (&["text/html;\", x/x"], Some(&["text/html;\", x/x"])),
        (&["text/html;\"", "x/x"], Some(&["text/html;\", x/x"])),
        (&["x/x;test=\"hi\",y/y"], Some(&["x/x;test=\"hi\"", "y/y"])),
        (&["x/x;test=\"hi\"", "y/y"], Some(&["x/x;test=\"hi\"", "y/y"])),
        (&["x / x,,,1"], Some(&["x / x", "", "", "1"])),
        (&["x / x", ",", "1"], Some(&["x / x", "", "", "1"])),
        (&["\"1,2\", 3"], Some(&["\"1,2\"", "3"])),
        (&["\"1,2\"", "3"], Some(&["\"1,2\"", "3"])),
        (&["\"a\\\",b\",c"], Some(&["\"a\\\",b\"", "c"])),
    ];
    for (lines, expected) in table {
        let list = headers(&lines.iter().map(|line| ("A", *line)).collect::<Vec<_>>());
        let split = get_decode_and_split(&list, "a");
        assert_eq!(split, expected.map(|all| all.iter().map(|it| (*it).to_owned()).collect()), "{lines:?}");
    }
}

#[test]
fn header_lists_combine_and_sort_names() {
    let mut list = headers(&[("X-A", "1"), ("b", "2")]);
    append(&mut list, "x-a", b"3");
    assert_eq!(list, headers(&[("X-A", "1"), ("b", "2"), ("X-A", "3")]));
    assert_eq!(get(&list, "x-A").unwrap(), b"1, 3");
    delete(&mut list, "x-a");
    assert_eq!((get(&list, "X-A"), list), (None, headers(&[("b", "2")])));
    let names = [b"b".to_vec(), b"A".to_vec(), b"B".to_vec()];
    assert_eq!(convert_to_a_sorted_lowercase_set(&names), [b"a".to_vec(), b"b".to_vec()]);
}

#[test]
fn lists_of_tokens_are_extracted() {
    let values =
        |tokens: &[&str]| Extracted::Values(tokens.iter().map(|it| it.as_bytes().to_vec()).collect());
    let table: &[(&[&str], Extracted<Vec<u8>>)] = &[
        (&[], Extracted::Null),
        (&[""], values(&[])),
        (&[", \t,"], values(&[])),
        (&["PUT"], values(&["PUT"])),
        (&["PUT,,\tget , *"], values(&["PUT", "get", "*"])),
        (&["a", "", "b,a"], values(&["a", "b", "a"])),
        (&["a b"], Extracted::Failure),
        (&["a", "(b)"], Extracted::Failure),
        (&["a;"], Extracted::Failure),
    ];
    for (lines, expected) in table {
        let list = headers(&lines.iter().map(|line| ("x", *line)).collect::<Vec<_>>());
        assert_eq!(extract_tokens("X", &list), *expected, "{lines:?}");
    }
}

#[test]
fn delta_seconds_are_extracted() {
    let extract = |lines: &[&str]| {
        let list = headers(&lines.iter().map(|line| ("x", *line)).collect::<Vec<_>>());
        extract_delta_seconds("X", &list)
    };
    assert_eq!(extract(&[]), Extracted::Null);
    assert_eq!(extract(&["0"]), Extracted::Values(vec![0]));
    assert_eq!(extract(&["0600"]), Extracted::Values(vec![600]));
    assert_eq!(extract(&["99999999999999999999999"]), Extracted::Values(vec![u64::MAX]));
    for failure in [&[""][..], &["-1"], &["+1"], &["1.5"], &["1 s"], &["1", "1"], &["1,1"]] {
        assert_eq!(extract(failure), Extracted::Failure, "{failure:?}");
    }
}

#[test]
fn referrer_policies_are_parsed() {
    let parse = |value| parse_a_referrer_policy(&headers(&[("Referrer-Policy", value)]));
    assert_eq!(parse("no-referrer, unknown"), "no-referrer");
    assert_eq!(parse("no-referrer, Origin"), "origin");
    assert_eq!(parse(""), "");
    assert_eq!(parse("unknown"), "");
    assert_eq!(parse("no-referrer, , x-y"), "no-referrer");
    for failure in
        ["no-referrer, x_y", "no-referrer, 1", "no-referrer; q=1", "x y, no-referrer", "\"x\", origin"]
    {
        assert_eq!(parse(failure), "", "{failure}");
    }
    let lines = headers(&[("Referrer-Policy", "no-referrer"), ("referrer-policy", "(x)")]);
    assert_eq!(parse_a_referrer_policy(&lines), "");
}

#[test]
fn request_headers_are_classified() {
    let (ok, long) = ("a".repeat(128), "a".repeat(129));
    let table = [
        ("Accept", "*/*", true),
        ("Accept", ok.as_str(), true),
        ("Accept", &long, false),
        ("Accept", "a\tb", true),
        ("Accept", "a\u{7f}", false),
        ("Accept", "\"a\"", false),
        ("Accept-Language", "en, de;q=0.5", true),
        ("Accept-Language", "en_GB", false),
        ("CONTENT-LANGUAGE", "de-*=", true),
        ("Content-Type", "Text/Plain;charset=utf-8", true),
        ("Content-Type", "multipart/form-data; boundary=x", true),
        ("Content-Type", "application/x-www-form-urlencoded", true),
        ("Content-Type", "application/json", false),
        ("Content-Type", "text/plain;a=\"b\"", false),
        ("Content-Type", "", false),
        ("Content-Type", "text/plain, application/json", false),
        ("Range", "bytes=0-", true),
        ("Range", "bytes=0-499", true),
        ("Range", "bytes=-500", false),
        ("Range", "bytes= 0-", false),
        ("X-A", "", false),
    ];
    for (name, value, expected) in table {
        let safelisted = is_cors_safelisted_request_header(name.as_bytes(), value.as_bytes());
        assert_eq!(safelisted, expected, "{name}: {value}");
    }
}

#[test]
fn unsafe_names_are_sorted_and_unique() {
    let full = "a".repeat(128);
    let mut list = headers(&[("X-B", "1"), ("Accept", "*/*"), ("x-a", ""), ("x-b", "")]);
    let names = |list: &Headers| cors_unsafe_request_header_names(list).join(&b' ');
    assert_eq!(names(&list), b"x-a x-b");
    list = headers(&[("Accept", full.as_str()); 8]);
    assert_eq!(names(&list), b""); // 1024 bytes
    append(&mut list, "Accept-Language", b"a");
    assert_eq!(names(&list), b"accept accept-language");
}

#[test]
fn mime_types_and_ranges_are_parsed() {
    let mime_type = |text: &str| parse_a_mime_type(&text.chars().collect::<Vec<_>>());
    let essence = |text: &str| mime_type(text).map(|mime_type| mime_type.essence());
    assert_eq!(essence(" Text/HTML ; charset=x ").as_deref(), Some("text/html"));
    for failure in ["", "text", "text/", "/html", "te xt/html", "text /html", "text/ht ml", "text/html,"] {
        assert_eq!(essence(failure), None, "{failure}");
    }
    let sent = |text: &str| String::from_utf8(author_content_type_for_a_text(text.as_bytes())).unwrap();
    assert_eq!(sent(r#"A/b;charset="x";p="a\"b";p=2;=3"#), r#"a/b;charset=UTF-8;p="a\"b""#);
    assert_eq!(sent("a/b;  charset=utf-8"), "a/b;  charset=utf-8");
    let range = |text: &str| parse_a_single_range_header_value(text.as_bytes());
    let number = |text: &str| Some(text.chars().collect::<Vec<_>>());
    assert_eq!(range("bytes=0-499"), Some((number("0"), number("499"))));
    assert_eq!(range("bytes=00-"), Some((number("0"), None)));
    assert_eq!(range("bytes=-500"), Some((None, number("500"))));
    assert_eq!(range("bytes=9-10"), Some((number("9"), number("10"))));
    for failure in ["bytes=-", "bytes=1-0", "bytes 0-1", "bytes=0", "bytes=0-1,2-3", "Bytes=0-1", "bytes"] {
        assert_eq!(range(failure), None, "{failure}");
    }
}

#[test]
fn response_header_names_are_exposed() {
    let list = [b"X-R".to_vec(), b"Set-Cookie".to_vec()];
    for (name, expected) in [("cache-control", true), ("x-r", true), ("X-S", false), ("set-cookie", false)] {
        assert_eq!(is_cors_safelisted_response_header_name(name.as_bytes(), &list), expected, "{name}");
    }
}

#[test]
fn sites_are_compared() {
    let table = [
        ("https://a.test/", "https://b.a.test:8443/", true, true),
        ("https://a.test/", "http://a.test/", false, true),
        ("https://a.test/", "https://b.test/", false, false),
        ("https://localhost/", "https://localhost:1/", true, true),
        ("https://127.0.0.1/", "https://127.1.0.1/", false, false),
        ("https://127.0.0.1/", "https://127.0.0.1:1/", true, true),
        ("https://[::1]/", "https://[::1]:1/", true, true),
        ("data:,a", "data:,a", false, false),
        ("https://a.b.+1/", "https://c.b.+1/", true, true),
        ("https://a.b.test./", "https://c.b.test./", true, true),
        ("https://a.b.test./", "https://c.b.test/", false, false),
    ];
    for (left, right, same_site, schemelessly) in table {
        let (left, right) = (origin_of(&url(left)), origin_of(&url(right)));
        assert_eq!(is_same_site(&left, &right), same_site, "{left:?} {right:?}");
        assert_eq!(is_schemelessly_same_site(&left, &right), schemelessly, "{left:?} {right:?}");
    }
}

#[test]
fn redirect_taint_is_computed() {
    let table: &[(&[&str], &str)] = &[
        (&["https://b.test/"], "same-origin"),
        (&["https://a.test/", "https://b.test/"], "same-origin"),
        (&["https://b.test/", "https://b.test/2"], "same-origin"),
        (&["https://b.test/", "https://a.test/"], "cross-site"),
        (&["https://b.test/", "https://c.test/", "https://c.test/"], "cross-site"),
        (&["https://s.a.test/", "https://a.test/"], "same-site"),
        (&["https://a.test/", "https://b.test/", "https://a.test/"], "cross-site"),
        (&["https://a.test/", "https://s.a.test/", "https://b.test/"], "same-site"),
    ];
    for (urls, expected) in table {
        let request = request(urls);
        assert_eq!(redirect_taint(&request), *expected, "{urls:?}");
        let serialized = serialize_a_request_origin(&request);
        assert_eq!(serialized, if *expected == "same-origin" { "https://a.test" } else { "null" });
    }
}

#[test]
fn location_urls_are_resolved() {
    let locate = |status, lines: &[(&str, &str)]| match location_url(
        &response(&["https://b.test/1#f"], status, lines),
        Some("f"),
    ) {
        LocationUrl::Null => "null".to_owned(),
        LocationUrl::Failure => "failure".to_owned(),
        LocationUrl::Url(url) => url.to_string(),
    };
    assert_eq!(locate(200, &[("Location", "/2")]), "null");
    assert_eq!(locate(301, &[]), "null");
    assert_eq!(locate(301, &[("Location", "2")]), "https://b.test/2#f");
    assert_eq!(locate(301, &[("Location", "/2#g")]), "https://b.test/2#g");
    assert_eq!(locate(301, &[("Location", "https://[")]), "failure");
    assert_eq!(locate(301, &[("Location", "/2"), ("location", "/2")]), "failure");
}

#[test]
fn the_cors_check_passes_and_fails() {
    type Lines = [(&'static str, &'static str)];
    const ALLOW: &str = "Access-Control-Allow-Origin";
    let table: &[(&str, &Lines, Result<(), &str>)] = &[
        ("omit", &[], Err("CORS check 2")),
        ("omit", &[(ALLOW, "*")], Ok(())),
        ("omit", &[(ALLOW, "https://a.test")], Ok(())),
        ("omit", &[(ALLOW, "https://a.test/")], Err("CORS check 4")),
        ("omit", &[(ALLOW, "https://A.test")], Err("CORS check 4")),
        ("omit", &[(ALLOW, "null")], Err("CORS check 4")),
        ("omit", &[(ALLOW, "*"), (ALLOW, "*")], Err("CORS check 4")),
        ("include", &[(ALLOW, "*")], Err("CORS check 4")),
        ("include", &[(ALLOW, "https://a.test")], Err("CORS check 8")),
        ("include", &[(ALLOW, "https://a.test"), ("access-control-allow-credentials", "true")], Ok(())),
        (
            "include",
            &[(ALLOW, "https://a.test"), ("access-control-allow-credentials", "True")],
            Err("CORS check 8"),
        ),
    ];
    for (credentials_mode, lines, expected) in table {
        let request = Request { credentials_mode, ..request(&["https://b.test/"]) };
        assert_eq!(cors_check(&request, &headers(lines)), *expected, "{credentials_mode} {lines:?}");
    }
}

#[test]
fn the_tao_check_passes_and_fails() {
    let check =
        |request: &Request, value| tao_check(request, &response(&[], 200, &[("Timing-Allow-Origin", value)]));
    let cors = Request { response_tainting: "cors", ..request(&["https://b.test/"]) };
    for (value, expected) in
        [("*", true), ("https://a.test", true), ("\"*\"", false), ("x, *", true), ("null", false)]
    {
        assert_eq!(check(&cors, value), expected, "{value}");
    }
    assert!(check(&request(&["https://a.test/"]), ""));
    assert!(!check(&Request { timing_allow_failed_flag: true, ..cors.clone() }, "*"));
    assert!(!check(&Request { mode: "navigate", response_tainting: "basic", ..cors }, ""));
}

#[test]
fn resource_policies_allow_and_block() {
    let check = |page: &str, embedder_policy, url: &str, policy, credentials| {
        let mut request = request(&[url]);
        request.origin = origin_of(&Url::parse(page).unwrap());
        request.client.as_mut().unwrap().embedder_policy = embedder_policy;
        let mut response = response(&[url], 200, &[("Cross-Origin-Resource-Policy", policy)]);
        response.request_includes_credentials = credentials;
        cross_origin_resource_policy_check(&request, &response).is_ok()
    };
    const A: &str = "https://a.test/";
    assert!(check(A, "unsafe-none", "https://b.test/", "", true));
    assert!(!check(A, "unsafe-none", "https://b.test/", "same-site", true));
    assert!(!check(A, "unsafe-none", "https://s.a.test/", "same-origin", true));
    assert!(check(A, "unsafe-none", "https://s.a.test/", "same-site", true));
    assert!(!check("http://a.test/", "unsafe-none", "https://s.a.test/", "same-site", true));
    assert!(check(A, "unsafe-none", "https://b.test/", "same-site, same-origin", true));
    assert!(!check(A, "require-corp", "https://b.test/", "", false));
    assert!(check(A, "require-corp", "https://b.test/", "cross-origin", false));
    assert!(check(A, "credentialless", "https://b.test/", "", false));
    assert!(!check(A, "credentialless", "https://b.test/", "", true));
}

#[test]
fn a_preflight_is_cached_for_ten_seconds() {
    let mut browser = Browser::new();
    browser.network = Box::new(|sent| {
        let permission: &[_] = match sent.kind {
            Kind::Preflight => &[("access-control-allow-methods", "PUT"), ("access-control-max-age", "10")],
            Kind::Actual => &[("x-r", "1"), ("pragma", "x")],
        };
        let allow = ("access-control-allow-origin", "https://a.test");
        Some(NetworkResponse { status: 200, headers: headers(&[&[allow], permission].concat()), seconds: 1 })
    });
    let put = || Request { method: b"PUT".to_vec(), ..request(&["https://b.test/"]) };
    let mut kinds = |wait| {
        browser.now += wait;
        browser.sent.clear();
        let response = browser.fetch(put());
        assert_eq!(
            (response.kind, response.status, response.header_list),
            ("cors", 200, headers(&[("pragma", "x")]))
        );
        browser.sent.iter().map(|sent| sent.kind).collect::<Vec<_>>()
    };
    assert_eq!(kinds(0), [Kind::Preflight, Kind::Actual]);
    assert_eq!(kinds(8), [Kind::Actual]); // 9 seconds after the permission came
    assert_eq!(kinds(0), [Kind::Preflight, Kind::Actual]); // 10 seconds
}
