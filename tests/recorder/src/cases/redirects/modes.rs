//! Redirect modes other than "follow".

use crate::{
    cases::draft::{Draft, all_allowed, at, fetch, get, redirect, response, shared},
    origins::{A, B},
};

/// Redirect modes other than "follow".
pub fn modes() -> Vec<Draft> {
    let mut drafts = Vec::new();
    for redirect_mode in ["error", "manual"] {
        for target in [A, B] {
            for status in [200, 301, 302, 303, 307, 308] {
                for (with_cors, location) in
                    [(true, "/~/y"), (false, "/~/y"), (true, ""), (true, "http://["), (true, "data:,x")]
                {
                    if status == 200 && location != "/~/y" || target == A && !with_cors {
                        continue;
                    }
                    let scripted = if with_cors { shared().status(status) } else { response(status) };
                    let scripted =
                        if location.is_empty() { scripted } else { scripted.with("location", location) };
                    for method in ["GET", "PUT"] {
                        let request = fetch(method, at(target, "x")).redirect(redirect_mode);
                        let about = format!(
                            "{redirect_mode}, {method} of {target}, {status}, Location: {location}, CORS: {with_cors}"
                        );
                        let draft = Draft::new(about)
                            .fetch(request)
                            .actual(at(target, "x"), std::slice::from_ref(&scripted));
                        drafts.push(
                            draft
                                .preflight(at(target, "x"), &[all_allowed()])
                                .actual(at(target, "y"), &[shared()]),
                        );
                    }
                }
            }
            for mode in ["no-cors", "same-origin"] {
                for status in [200, 302] {
                    let scripted = if status == 302 { redirect(302, "/~/y") } else { response(200) };
                    let request = get(at(target, "x")).mode(mode).redirect(redirect_mode);
                    let about = format!("{redirect_mode}, {mode}, {target}, {status}");
                    drafts.push(
                        Draft::new(about)
                            .fetch(request)
                            .actual(at(target, "x"), &[scripted])
                            .actual(at(target, "y"), &[response(200)]),
                    );
                }
            }
        }
        let request = get(at(B, "x")).redirect(redirect_mode).include();
        let draft = Draft::new(format!("{redirect_mode}, credentials, *")).fetch(request);
        drafts.push(draft.actual(at(B, "x"), &[redirect(302, "/~/y").origin("*")]));
    }
    for redirect_mode in ["error", "manual"] {
        for target in [A, B] {
            for status in [302, 307] {
                let request = get(at(target, "x")).redirect(redirect_mode);
                let draft =
                    Draft::new(format!("{redirect_mode}, {target}, {status}, Location with nothing in it"));
                let scripted = redirect(status, "").origin("*");
                drafts.push(draft.fetch(request).actual(at(target, "x"), &[scripted]));
            }
        }
    }
    drafts
}
