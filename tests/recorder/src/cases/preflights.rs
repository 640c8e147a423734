//! Statuses of responses to preflights and to actual requests.

use super::draft::{
    Draft, all_allowed, at, failure, fetch, get, response, shared, shared_with_credentials, simple, there,
};
use crate::origins::{A, B, C};

/// Statuses without a meaning below CORS, so not 1xx, 401 and 407 with a challenge, or 421.
const STATUSES: [u16; 48] = [
    200, 201, 202, 203, 204, 205, 206, 207, 208, 218, 226, 250, 299, 300, 301, 302, 303, 304, 305, 306, 307,
    308, 310, 399, 400, 401, 402, 403, 404, 405, 406, 409, 410, 415, 418, 422, 426, 429, 431, 451, 499, 500,
    501, 502, 503, 504, 511, 599,
];

pub fn preflight_statuses() -> Vec<Draft> {
    let mut drafts = Vec::new();
    for status in STATUSES {
        let put = || fetch("PUT", there());
        let preflight = || all_allowed().status(status);
        drafts.push(simple(format!("preflight answered {status}"), put(), Some(preflight()), shared()));
        let refused = response(status);
        drafts.push(simple(
            format!("preflight answered {status} without CORS"),
            put(),
            Some(refused),
            shared(),
        ));
        if (300..400).contains(&status) {
            for target in [at(B, "y"), at(A, "y"), at(C, "y"), "/~/x".to_owned()] {
                let preflight = preflight().with("location", &target);
                let draft = simple(
                    format!("preflight redirected {status} to {target}"),
                    put(),
                    Some(preflight),
                    shared(),
                );
                drafts.push(draft.preflight(target.replace("/~/x", &there()), &[all_allowed()]));
            }
        }
    }
    for include in [false, true] {
        let put = || if include { fetch("PUT", there()).include() } else { fetch("PUT", there()) };
        let scripted = shared_with_credentials;
        let about = if include { ", credentials" } else { "" };
        drafts.push(simple(format!("preflight without answer{about}"), put(), Some(failure()), scripted()));
        drafts.push(simple(
            format!("actual request without answer{about}"),
            put(),
            Some(all_allowed()),
            failure(),
        ));
        drafts.push(simple(
            format!("actual request refused after the preflight{about}"),
            put(),
            Some(all_allowed()),
            response(200),
        ));
        let get = if include { get(there()).include() } else { get(there()) };
        drafts.push(simple(format!("no answer{about}"), get.clone(), None, failure()));
        drafts.push(simple(
            format!("no answer{about}, no-cors"),
            get.clone().mode("no-cors"),
            None,
            failure(),
        ));
        let own = get.set("url", at(A, "x"));
        drafts.push(simple(format!("no answer{about} of the page's own origin"), own, None, failure()));
    }
    drafts
}

pub fn statuses() -> Vec<Draft> {
    let mut drafts = Vec::new();
    for status in STATUSES {
        let scripted = shared().status(status).with("x-a", "1").with("access-control-expose-headers", "*");
        drafts.push(simple(format!("answered {status}"), get(there()), None, scripted.clone()));
        drafts.push(simple(format!("answered {status} without CORS"), get(there()), None, response(status)));
        drafts.push(simple(
            format!("answered {status}, no-cors"),
            get(there()).mode("no-cors"),
            None,
            response(status),
        ));
        drafts.push(simple(
            format!("answered {status} by the page's own origin"),
            get(at(A, "x")),
            None,
            response(status),
        ));
        drafts.push(simple(
            format!("answered {status} to XMLHttpRequest"),
            get(there()).xhr(),
            None,
            scripted.clone(),
        ));
        drafts.push(simple(
            format!("answered {status} to PUT"),
            fetch("PUT", there()),
            Some(all_allowed()),
            scripted,
        ));
    }
    drafts
}
