//! Names in strings and headers: what scripts, HTML and servers write becomes a value, and back.

use std::{fmt::Display, str::FromStr};

use crossorigin::{
    browser::{
        CredentialsMode, CrossOriginAttribute, EmbedderPolicy, Initiator, InvalidPage, Mode, Page,
        RedirectMode, ReferrerPolicy, ResponseHead, ResponseType, UnknownName,
    },
    header_list::HeaderList,
    http::{HeaderMap, HeaderName, HeaderValue, Response, StatusCode},
};

/// Checks that each name is parsed and printed as it is, and that nothing else is a name.
#[track_caller]
fn names<T: FromStr<Err = UnknownName> + Display>(names: &[&str]) {
    for name in names {
        assert_eq!(name.parse::<T>().ok().unwrap().to_string(), *name);
        assert_eq!(format!("{:>40}", name.parse::<T>().ok().unwrap()), format!("{name:>40}"));
        let padded = format!("{name} ");
        let error = padded.parse::<T>().err().unwrap().to_string();
        assert!(error.starts_with(&format!("`{padded}` is not a")), "{error}");
        assert!(names.iter().all(|name| error.contains(&format!("`{name}`"))), "{error}");
    }
    assert!("".parse::<T>().is_err());
}

#[test]
fn each_name_of_the_standard_is_parsed_and_printed() {
    names::<Mode>(&["cors", "no-cors", "same-origin", "navigate", "websocket", "webtransport"]);
    names::<CredentialsMode>(&["omit", "same-origin", "include"]);
    names::<RedirectMode>(&["follow", "error", "manual"]);
    names::<ResponseType>(&["basic", "cors", "default", "error", "opaque", "opaqueredirect"]);
    names::<EmbedderPolicy>(&["unsafe-none", "credentialless", "require-corp"]);
    names::<ReferrerPolicy>(&[
        "no-referrer",
        "no-referrer-when-downgrade",
        "same-origin",
        "origin",
        "strict-origin",
        "origin-when-cross-origin",
        "strict-origin-when-cross-origin",
        "unsafe-url",
    ]);
}

#[test]
fn only_names_of_html_and_referrer_policies_are_compared_without_case() {
    assert_eq!("No-Referrer".parse(), Ok(ReferrerPolicy::NoReferrer));
    assert_eq!("USE-credentials".parse(), Ok(CrossOriginAttribute::UseCredentials));
    assert!("CORS".parse::<Mode>().is_err());
    assert!("Require-Corp".parse::<EmbedderPolicy>().is_err());
}

#[test]
fn every_other_value_of_the_attribute_crossorigin_is_anonymous() {
    for value in ["", "anonymous", "Anonymous", "x", "use-credentials ", "true"] {
        let attribute: CrossOriginAttribute = value.parse().unwrap();
        assert_eq!((attribute, attribute.as_str()), (CrossOriginAttribute::Anonymous, "anonymous"));
    }
    assert_eq!(CrossOriginAttribute::UseCredentials.to_string(), "use-credentials");
}

fn headers(name: &'static str, lines: &[&str]) -> HeaderList {
    let mut headers = HeaderList::new();
    for line in lines {
        headers.append(HeaderName::from_static(name), line).unwrap();
    }
    headers
}

#[test]
fn the_last_known_referrer_policy_of_the_header_counts() {
    let policy = |lines: &[&str]| {
        ReferrerPolicy::from_headers(&headers("referrer-policy", lines)).map(ReferrerPolicy::as_str)
    };
    assert_eq!(policy(&[]), None);
    assert_eq!(policy(&[""]), None);
    assert_eq!(policy(&["later"]), None);
    assert_eq!(policy(&["no-referrer, later"]), Some("no-referrer"));
    assert_eq!(policy(&["no-referrer,ORIGIN", " ,unsafe-url\t,"]), Some("unsafe-url"));
    // An underscore is not allowed in a token.
    assert_eq!(policy(&["no-referrer", "un_known"]), None);
}

/// The table of HTML: everything except one valid, known token is `unsafe-none`.
#[test]
fn an_embedder_policy_is_one_token_of_a_secure_context() {
    let policy = |lines: &[&str]| {
        let headers = headers("cross-origin-embedder-policy", lines);
        assert_eq!(EmbedderPolicy::from_headers(&headers, false), EmbedderPolicy::UnsafeNone);
        EmbedderPolicy::from_headers(&headers, true).as_str()
    };
    for valid in ["require-corp", "require-corp;report-to=\"x\"", "require-corp; x; y=1"] {
        assert_eq!(policy(&[valid]), "require-corp", "{valid}");
    }
    assert_eq!(policy(&["credentialless"]), "credentialless");
    for other in
        ["unsafe-none", "", "Require-Corp", "\"require-corp\"", "require-corp x", "require-corp;", "x"]
    {
        assert_eq!(policy(&[other]), "unsafe-none", "{other}");
    }
    assert_eq!(policy(&["require-corp, x"]), "unsafe-none");
    assert_eq!(policy(&["x", "require-corp"]), "unsafe-none");
    assert_eq!(policy(&["require-corp", "require-corp"]), "unsafe-none");
    assert_eq!(policy(&[]), "unsafe-none");
}

#[test]
fn a_head_is_made_from_what_http_libraries_have() {
    let mut map = HeaderMap::new();
    map.insert("vary", HeaderValue::from_static("origin"));
    let mut response = Response::new(());
    *response.status_mut() = StatusCode::NOT_FOUND;
    *response.headers_mut() = map.clone();
    let head = ResponseHead::from(&response);
    assert_eq!((head.status.as_u16(), head.headers.len()), (404, 1));
    assert_eq!(ResponseHead::from((StatusCode::NOT_FOUND, map)), head);
    assert_eq!(ResponseHead::from(&response.into_parts().0), head);
}

#[test]
fn a_page_is_made_from_a_parsed_url() {
    let page = Page::try_from("https://app.test/x".parse::<url::Url>().unwrap()).unwrap();
    assert_eq!((page.url().path(), page.origin().to_string().as_str()), ("/x", "https://app.test"));
    let file = Page::try_from("file:///x".parse::<url::Url>().unwrap());
    assert!(matches!(file, Err(InvalidPage::OpaqueOrigin)));
}

#[test]
fn a_request_is_made_from_a_parsed_url() {
    let page = Page::new("https://app.test/").unwrap();
    let url: url::Url = "https://api.test/x".parse().unwrap();
    assert_eq!(page.fetch(&url).build().unwrap().url, url);
    assert_eq!(page.xml_http_request("GET", &url).send().unwrap().url, url);
    assert_eq!(page.request(Initiator::Image, url.clone()).build().unwrap().url, url);
}
