//! Local network access in the data format.

use crossorigin::oracle::case::Case;
use serde_json::{Value, json};

/// The verdict on a case, or the message about what is invalid.
fn verdict(case: &Value) -> Result<Value, String> {
    let case: Case = serde_json::from_value(case.clone()).map_err(|error| error.to_string())?;
    case.play().map(|verdict| serde_json::to_value(verdict).unwrap()).map_err(|invalid| invalid.to_string())
}

/// The end of a step, and the number of its requests.
fn end(verdict: &Value) -> String {
    let step = &verdict["steps"][0];
    let end = step["reason"].as_str().or(step["outcome"].as_str()).unwrap();
    format!("{end} {}", step["requests"].as_array().unwrap().len())
}

/// A page on the internet, and a server at home.
fn case() -> Value {
    json!({
        "id": "c", "page": "https://a.test", "page_ip": "203.0.113.10", "profile": "chromium",
        "steps": [{
            "request": {"url": "https://b.test/"},
            "responses": [{"ip": "192.168.0.1", "headers": [["access-control-allow-origin", "*"]]}],
        }],
    })
}

#[test]
fn a_case_says_addresses_permissions_secure_contexts_and_targets() {
    let ends = |change: &dyn Fn(&mut Value)| {
        let mut changed = case();
        change(&mut changed);
        end(&verdict(&changed).unwrap())
    };
    assert_eq!(ends(&|_| {}), "LocalNetworkDenied 0");
    for (permission, expected) in [
        ("prompt", "LocalNetworkDenied 0"),
        ("granted", "cors 1"),
        ("denied", "LocalNetworkDenied 0"),
        ("not-allowed", "LocalNetworkDenied 0"),
        ("no-document", "LocalNetworkDenied 0"),
    ] {
        assert_eq!(ends(&|case| case["permissions"] = json!({"local-network": permission})), expected);
        let loopback = |case: &mut Value| {
            case["permissions"] = json!({"loopback-network": permission});
            case["steps"][0]["responses"][0]["ip"] = "127.0.0.1".into();
        };
        assert_eq!(ends(&loopback), expected);
    }
    assert_eq!(ends(&|case| case["secure_context"] = false.into()), "LocalNetworkInsecureContext 0");
    assert_eq!(ends(&|case| case["profile"] = "webkit".into()), "cors 1");
    let target = |word: &str| {
        let word = word.to_owned();
        ends(&|case| {
            case["permissions"] = json!({"local-network": "granted"});
            case["steps"][0]["request"]["target_address_space"] = word.clone().into();
        })
    };
    assert_eq!([target("local"), target("private")], ["cors 1", "cors 1"]);
    assert_eq!([target("loopback"), target("public")], ["AddressSpaceMismatch 0", "AddressSpaceMismatch 0"]);
}

/// A refusal says that nobody responded to the prompt, and takes none of the responses.
#[test]
fn a_refused_request_takes_no_response() {
    let mut two = case();
    let step = two["steps"][0].clone();
    let public = json!({"request": step["request"], "responses": [{"ip": "8.8.8.8", "headers": [["access-control-allow-origin", "*"]]}]});
    two["steps"] = json!([step, public]);
    let verdict = verdict(&two).unwrap();
    assert!(verdict["steps"][0]["message"].as_str().unwrap().contains("the user was asked"), "{verdict}");
    assert_eq!(verdict["steps"][0]["fixes"][0]["side"], "user");
    assert_eq!(verdict["steps"][1]["outcome"], "cors");

    // After a refused preflight, the response to the actual request stays for nobody.
    let mut put = case();
    put["steps"][0]["request"]["method"] = "PUT".into();
    assert_eq!(end(&self::verdict(&put).unwrap()), "LocalNetworkDenied 0");
}

/// A response that is meant for another request has nothing to do with the address of this one.
#[test]
fn a_response_that_is_meant_for_another_request_gives_no_address() {
    let mut scripted = case();
    scripted["steps"][0]["responses"][0]["to"] = "preflight".into();
    assert!(end(&verdict(&scripted).unwrap()).starts_with("ScriptedForOtherRequest"));
}

#[test]
fn routes_and_policies_have_addresses_too() {
    let mut routed = case();
    routed["steps"] = json!([{"request": {"url": "https://b.test/"}}]);
    routed["routes"] = json!({"https://b.test/": {"ip": "192.168.0.1", "actual": [{}]}});
    assert_eq!(end(&verdict(&routed).unwrap()), "LocalNetworkDenied 0");
    // The address of an unknown URL is unknown.
    routed["steps"][0]["request"]["url"] = "https://c.test/".into();
    assert_eq!(end(&verdict(&routed).unwrap()), "AddressMissing 1");

    let mut with_policy = case();
    with_policy["steps"] = json!([{"request": {"url": "https://b.test/"}}]);
    with_policy["server"] = json!({"ip": "192.168.0.1", "policy": {"origins": "*"}});
    assert_eq!(end(&verdict(&with_policy).unwrap()), "LocalNetworkDenied 0");
    with_policy["permissions"] = json!({"local-network": "granted"});
    assert_eq!(end(&verdict(&with_policy).unwrap()), "cors 1");
}

#[test]
fn each_server_must_have_an_address_if_the_page_has_one() {
    let invalid = |change: &dyn Fn(&mut Value)| {
        let mut changed = case();
        change(&mut changed);
        verdict(&changed).unwrap_err()
    };
    let required = "it is required, because the case has `page_ip`";
    assert_eq!(
        invalid(&|case| case["steps"][0]["responses"] = json!([{"ip": "8.8.8.8"}, {"status": 200}])),
        format!("steps[0].responses[1].ip: {required}")
    );
    let routed = |case: &mut Value| {
        case["steps"] = json!([]);
        case["routes"] = json!({"https://b.test/": {"actual": [{}]}});
    };
    assert_eq!(invalid(&routed), format!("routes[https://b.test/].ip: {required}"));
    let with_policy = |case: &mut Value| {
        case["steps"] = json!([]);
        case["server"] = json!({"policy": {"origins": "*"}});
    };
    assert_eq!(invalid(&with_policy), format!("server.ip: {required}"));
    let unknown = |case: &mut Value| case["steps"][0]["request"]["target_address_space"] = "home".into();
    assert!(invalid(&unknown).contains("`home` is not an address space"), "{}", invalid(&unknown));

    // Where nothing connects, there is no address.
    for response in
        [json!({"failure": "network"}), json!({"network_error": true}), json!({"from": "service-worker"})]
    {
        let mut unconnected = case();
        unconnected["steps"][0]["responses"] = json!([response]);
        assert!(verdict(&unconnected).is_ok(), "{response}");
    }
    // Without the page's address, those of servers mean nothing.
    let mut absent = case();
    absent.as_object_mut().unwrap().remove("page_ip");
    assert_eq!(end(&verdict(&absent).unwrap()), "cors 1");
}

/// The steps of a case may have pages of their own: frames and workers, which have the address of the case.
#[test]
fn a_page_of_a_step_has_the_address_of_the_case() {
    let mut framed = case();
    framed["steps"][0]["page"] = "https://frame.test/".into();
    assert_eq!(end(&verdict(&framed).unwrap()), "LocalNetworkDenied 0");
}

/// A page on the internet whose permissions have no effect, because the profile has no local network access.
#[test]
fn a_profile_without_local_network_access_warns_that_permissions_have_no_effect() {
    let warnings = |change: &dyn Fn(&mut Value)| -> Vec<String> {
        let mut changed = case();
        change(&mut changed);
        let verdict = verdict(&changed).unwrap();
        let warnings = verdict["steps"][0]["warnings"].as_array().cloned().unwrap_or_default();
        // This browser asks nothing that the user could allow.
        for warning in &warnings {
            assert!(warning["fixes"].as_array().is_none_or(Vec::is_empty), "{warning}");
        }
        warnings.iter().map(|warning| warning["kind"].as_str().unwrap().to_owned()).collect()
    };
    for (profile, expected) in [("standard", 1), ("webkit", 1), ("chromium", 0), ("firefox", 0)] {
        let expected = vec!["LocalNetworkUnchecked"; expected];
        for permission in ["granted", "denied"] {
            let in_profile = |case: &mut Value| {
                case["profile"] = profile.into();
                case["permissions"] = json!({"local-network": permission});
            };
            assert_eq!(warnings(&in_profile), expected, "{profile} {permission}");
        }
        // Once, also if a preflight goes there too.
        let put = |case: &mut Value| {
            case["profile"] = profile.into();
            case["permissions"] = json!({"local-network": "granted"});
            case["steps"][0]["request"]["method"] = "PUT".into();
            let allow = json!([["access-control-allow-origin", "*"], ["access-control-allow-methods", "*"]]);
            let response = json!({"ip": "192.168.0.1", "headers": allow});
            case["steps"][0]["responses"] = json!([response, response]);
        };
        assert_eq!(warnings(&put), expected, "{profile}");
    }
    // No browser would ask: the page is local, the server is public, or they have one origin.
    let changes: [&dyn Fn(&mut Value); 3] = [
        &|case| case["page_ip"] = "10.0.0.1".into(),
        &|case| case["steps"][0]["responses"][0]["ip"] = "8.8.8.8".into(),
        &|case| case["steps"][0]["request"]["url"] = "https://a.test/".into(),
    ];
    for change in changes {
        let in_webkit = |case: &mut Value| {
            case["profile"] = "webkit".into();
            change(case);
        };
        assert_eq!(warnings(&in_webkit), [""; 0]);
    }
}

/// A stored response is checked with the address that it came from, and the request of a stale one with that of its
/// connection.
#[test]
fn a_stored_response_has_the_address_that_it_came_from() {
    let ends = |cache: &str, change: &dyn Fn(&mut Value)| {
        let mut cached = case();
        cached["permissions"] = json!({"local-network": "granted"});
        let allow = ["access-control-allow-origin", "*"];
        let headers = json!([allow, ["cache-control", "max-age=60"], ["etag", "\"1\""]]);
        cached["steps"][0]["responses"][0]["headers"] = headers;
        let mut again = json!({"request": cached["steps"][0]["request"]});
        again[cache] = 0.into();
        cached["steps"].as_array_mut().unwrap().push(again);
        change(&mut cached);
        let verdict = verdict(&cached).unwrap();
        end(&json!({"steps": [verdict["steps"][1]]}))
    };
    // The browser's own cache sends no request, a cache between browser and server gets one.
    assert_eq!(ends("from_cache_of", &|_| {}), "cors 0");
    assert_eq!(ends("from_shared_cache_of", &|_| {}), "cors 1");
    let stale = |ip: &str| {
        let ip = ip.to_owned();
        ends("from_cache_of", &|case| {
            case["steps"][1]["at"] = 100.into();
            case["steps"][1]["responses"] = json!([{"ip": ip, "status": 304}]);
        })
    };
    assert_eq!([stale("192.168.0.1"), stale("127.0.0.1")], ["cors 1", "LocalNetworkDenied 0"]);
    // A request that the cache does not have an entry for has the address of its server.
    let miss = |ip: &str| {
        let ip = ip.to_owned();
        ends("from_cache_of", &|case| {
            case["steps"][1]["request"]["url"] = "https://b.test/other".into();
            case["steps"][1]["responses"] =
                json!([{"ip": ip, "headers": [["access-control-allow-origin", "*"]]}]);
        })
    };
    assert_eq!([miss("192.168.0.1"), miss("127.0.0.1")], ["cors 1", "LocalNetworkDenied 0"]);
    // The second request may not reach the address of the stored response.
    let target = |case: &mut Value| case["steps"][1]["request"]["target_address_space"] = "loopback".into();
    assert_eq!(ends("from_cache_of", &target), "AddressSpaceMismatch 0");
    // With `routes`, too.
    let routed = |case: &mut Value| {
        let responses = case["steps"][0]["responses"].take();
        case["routes"] = json!({"https://b.test/": {"ip": "192.168.0.1", "actual": responses}});
        case["steps"][0].as_object_mut().unwrap().remove("responses");
    };
    assert_eq!(ends("from_cache_of", &routed), "cors 0");
}
