//! Facts 65 to 84: preflights and methods.

use super::{Fact, accepted, fact, origins};

const WHOLE_LIST: &str =
    "the whole list, so that one preflight fills the browser's cache; Vary on everything";
const REFUSED: &str = "a refused preflight is a 403, and Vary names everything that it depends on";

pub(crate) fn facts() -> Vec<Fact> {
    let purge = || {
        origins(["https://a.test"])
            .allow_credentials()
            .allow_methods(["PURGE", "HELP"])
            .max_age(std::time::Duration::from_secs(30))
    };
    let put_only = || origins(["https://a.test"]).allow_method("PUT");
    let put_delete = || origins(["https://a.test"]).allow_methods(["PUT", "DELETE"]);
    let nothing = || origins(["https://a.test"]);
    let any = || origins(["https://a.test"]).allow_any_method();
    let get_post_delete = || origins(["https://a.test"]).allow_methods(["GET", "POST", "DELETE"]);
    let method_refused = "403 | Vary: origin, M";

    vec![
        fact(
            65,
            "J: the requested method, no Vary",
            purge,
            "OPTIONS | O: https://a.test | M: PURGE",
            "204 | ACAO: https://a.test | ACAC: true | ACAM: PURGE, HELP | ACMA: 30 | Vary: origin, M, H",
        )
        .differs(WHOLE_LIST),
        fact(
            66,
            "J: no list for a safelisted method",
            purge,
            "OPTIONS | O: https://a.test | M: GET",
            "204 | ACAO: https://a.test | ACAC: true | ACAM: PURGE, HELP | ACMA: 30 | Vary: origin, M, H",
        )
        .differs(WHOLE_LIST),
        fact(67, "J: 403 without a header", purge, "OPTIONS | O: https://a.test | M: PUT", method_refused)
            .differs(REFUSED),
        fact(
            68,
            "J: 403 without a header",
            purge,
            "OPTIONS | O: https://b.test | M: PURGE",
            "403 | Vary: origin, M",
        )
        .differs(REFUSED),
        fact(69, "J: case counts", put_only, "OPTIONS | O: https://a.test | M: put", method_refused),
        fact(
            69,
            "J: in the configuration put is PUT",
            || origins(["https://a.test"]).allow_method("put"),
            "OPTIONS | O: https://a.test | M: PUT",
            "204 | ACAO: https://a.test | ACAM: PUT | Vary: origin, M, H",
        ),
        fact(
            69,
            "J: other methods are kept as they are",
            || origins(["https://a.test"]).allow_method("getaway"),
            "OPTIONS | O: https://a.test | M: getaway",
            "204 | ACAO: https://a.test | ACAM: getaway | Vary: origin, M, H",
        ),
        accepted(
            69,
            "J: without a word",
            || origins(["https://a.test"]).allow_method("getaway"),
            &["methods[0] MethodCase"],
        )
        .differs("GETAWAY is probably intended"),
        fact(
            70,
            "J: any method",
            any,
            "OPTIONS | O: https://a.test | M: PUT",
            "204 | ACAO: https://a.test | ACAM: * | Vary: origin, M, H",
        ),
        fact(
            71,
            "J: 403 for POST",
            nothing,
            "OPTIONS | O: https://a.test | M: POST",
            "204 | ACAO: https://a.test | Vary: origin, M, H",
        )
        .differs("upload listeners and streams cause preflights of safelisted methods, which Fetch allows"),
        fact(
            72,
            "R: a listed method",
            put_delete,
            "OPTIONS | O: https://a.test | M: PUT",
            "204 | ACAO: https://a.test | ACAM: PUT, DELETE | Vary: origin, M, H",
        ),
        fact(
            72,
            "R: 204 for another, without headers",
            put_delete,
            "OPTIONS | O: https://a.test | M: PATCH",
            method_refused,
        )
        .differs(REFUSED),
        fact(
            73,
            "R: OPTIONS is always allowed",
            put_delete,
            "OPTIONS | O: https://a.test | M: OPTIONS",
            method_refused,
        )
        .differs("it is not safelisted, so a page needs permission to send it"),
        fact(
            74,
            "R: a preflight needs no Origin",
            put_delete,
            "OPTIONS | M: PUT",
            "handler | Vary: origin, M",
        )
        .differs("without Origin it is not a preflight"),
        fact(
            75,
            "W: 200",
            get_post_delete,
            "OPTIONS | O: https://a.test | M: DELETE",
            "204 | ACAO: https://a.test | ACAM: GET, POST, DELETE | Vary: origin, M, H",
        )
        .differs("204, since there is no body"),
        fact(75, "W: 403", get_post_delete, "OPTIONS | O: https://a.test | M: PUT", method_refused),
        fact(76, "P: TRACE", put_delete, "OPTIONS | O: https://a.test | M: TRACE", method_refused),
        fact(
            77,
            "G: GET by default, listed as GET, HEAD",
            nothing,
            "OPTIONS | O: https://a.test | M: GET",
            "204 | ACAO: https://a.test | Vary: origin, M, H",
        )
        .differs("safelisted methods need not be listed"),
        fact(77, "G: not DELETE", nothing, "OPTIONS | O: https://a.test | M: DELETE", method_refused),
        fact(
            78,
            "G: any method is preflight_response with the one",
            any,
            "OPTIONS | O: https://a.test | M: PUT",
            "204 | ACAO: https://a.test | ACAM: * | Vary: origin, M, H",
        )
        .differs("`*` allows more, and depends on fewer headers"),
        fact(
            78,
            "G: with credentials the same",
            || origins(["https://a.test"]).allow_any_method().allow_credentials(),
            "OPTIONS | O: https://a.test | M: PUT",
            "204 | ACAO: https://a.test | ACAC: true | ACAM: PUT | Vary: origin, M, H",
        ),
        fact(
            79,
            "Y: any method is seven methods",
            any,
            "OPTIONS | O: https://a.test | M: PURGE",
            "204 | ACAO: https://a.test | ACAM: * | Vary: origin, M, H",
        )
        .differs("any method means every method"),
        fact(
            80,
            "D: OPTIONS without a method reaches the application",
            put_delete,
            "OPTIONS | O: https://a.test",
            "handler | ACAO: https://a.test | Vary: origin, M",
        ),
        fact(
            80,
            "D: 200 for an empty method",
            put_delete,
            "OPTIONS | O: https://a.test | M:",
            method_refused,
        )
        .differs("it is a preflight with an invalid method"),
        fact(81, "E: 204 and the list for any OPTIONS", put_delete, "OPTIONS", "handler | Vary: origin, M")
            .differs("other OPTIONS requests belong to the application"),
        fact(82, "T: 200 and the list for any OPTIONS", put_delete, "OPTIONS", "handler | Vary: origin, M")
            .differs("other OPTIONS requests belong to the application"),
        fact(
            83,
            "A: 400 with a text, no Vary",
            nothing,
            "OPTIONS | O: https://a.test | M: DELETE",
            method_refused,
        )
        .differs(REFUSED),
        fact(
            84,
            "S: the handler runs",
            put_delete,
            "OPTIONS | O: https://a.test | M: PUT",
            "204 | ACAO: https://a.test | ACAM: PUT, DELETE | Vary: origin, M, H",
        )
        .handler("x-ran: yes")
        .differs("it must not, because a preflight requests nothing of the handler"),
    ]
}
