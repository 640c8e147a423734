//! Redirect modes other than "follow".

use crate::{
    cases::draft::{Draft, answer, at, fetch, get, granted, redirect, shared},
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
                    let answered = if with_cors { shared().status(status) } else { answer(status) };
                    let answered =
                        if location.is_empty() { answered } else { answered.with("location", location) };
                    for method in ["GET", "PUT"] {
                        let asked = fetch(method, at(target, "x")).redirect(redirect_mode);
                        let about = format!(
                            "{redirect_mode}, {method} of {target}, {status}, Location: {location}, CORS: {with_cors}"
                        );
                        let draft = Draft::new(about)
                            .fetch(asked)
                            .actual(at(target, "x"), std::slice::from_ref(&answered));
                        drafts.push(
                            draft
                                .preflight(at(target, "x"), &[granted()])
                                .actual(at(target, "y"), &[shared()]),
                        );
                    }
                }
            }
            for mode in ["no-cors", "same-origin"] {
                for status in [200, 302] {
                    let answered = if status == 302 { redirect(302, "/~/y") } else { answer(200) };
                    let asked = get(at(target, "x")).mode(mode).redirect(redirect_mode);
                    let about = format!("{redirect_mode}, {mode}, {target}, {status}");
                    drafts.push(
                        Draft::new(about)
                            .fetch(asked)
                            .actual(at(target, "x"), &[answered])
                            .actual(at(target, "y"), &[answer(200)]),
                    );
                }
            }
        }
        let asked = get(at(B, "x")).redirect(redirect_mode).include();
        let draft = Draft::new(format!("{redirect_mode}, credentials, *")).fetch(asked);
        drafts.push(draft.actual(at(B, "x"), &[redirect(302, "/~/y").origin("*")]));
    }
    for redirect_mode in ["error", "manual"] {
        for target in [A, B] {
            for status in [302, 307] {
                let asked = get(at(target, "x")).redirect(redirect_mode);
                let draft =
                    Draft::new(format!("{redirect_mode}, {target}, {status}, Location with nothing in it"));
                let answered = redirect(status, "").origin("*");
                drafts.push(draft.fetch(asked).actual(at(target, "x"), &[answered]));
            }
        }
    }
    drafts
}
