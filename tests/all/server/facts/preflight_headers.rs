//! Facts 85 to 109: preflights and `Access-Control-Request-Headers`.

use crossorigin::server::PolicyBuilder;

use super::{Fact, fact, origins};

const WHOLE_LIST: &str = "the whole list, so that one preflight fills the browser's cache";
const LENIENT: &str = "lists may have empty elements, in any order and case; only their total is bounded";
const REFUSED: &str = "403 | Vary: origin, M, H";

fn listing<const N: usize>(names: [&str; N]) -> PolicyBuilder {
    origins(["https://a.test"]).allow_headers(names)
}

/// A preflight whose requested header names have one line for each of the texts.
fn preflight(lines: &[&str]) -> String {
    let lines: String = lines.iter().map(|line| format!(" | H: {line}")).collect();
    format!("OPTIONS | O: https://a.test | M: GET{lines}")
}

fn listed(names: &str) -> String {
    format!("204 | ACAO: https://a.test | ACAH: {names} | Vary: origin, M, H")
}

/// A response with `*` is the same for all names.
fn any_header(names: &str) -> String {
    format!("204 | ACAO: https://a.test | ACAH: {names} | Vary: origin, M")
}

fn repeated(names: &str) -> String {
    format!("204 | ACAO: https://a.test | ACAC: true | ACAH: {names} | Vary: origin, M, H")
}

pub(crate) fn facts() -> Vec<Fact> {
    let authorization = || listing(["Authorization"]);
    let any_with_credentials = || listing(["*"]).allow_credentials();
    let any = || listing(["*"]);
    let a_and_b = || listing(["x-a", "x-b"]);
    let foo_bar_baz = || listing(["x-foo", "x-bar", "x-baz"]);
    let three = || listing(["Header1", "Header2", "Header3"]);
    let none = || origins(["https://a.test"]);
    let seven = || listing(["x-a", "x-b", "x-c", "x-custom-header", "x-d", "x-e", "x-f"]);
    let commas = format!("authorization{}", ",".repeat(17));
    let empty_lines = |count| preflight(&[vec![""; count], vec!["authorization"]].concat());

    vec![
        fact(85, "J: a listed header", authorization, preflight(&["authorization"]), listed("authorization")),
        fact(
            86,
            "J: empty elements, echoed as sent",
            authorization,
            preflight(&[",,authorization,,"]),
            listed("authorization"),
        )
        .differs(WHOLE_LIST),
        fact(87, "J: 403 for 17 commas", authorization, preflight(&[&commas]), listed("authorization"))
            .differs(LENIENT),
        fact(88, "J: 16 empty lines", authorization, empty_lines(16), listed("authorization")),
        fact(88, "J: 403 for 17", authorization, empty_lines(17), listed("authorization")).differs(LENIENT),
        fact(89, "J: content-type must be listed", authorization, preflight(&["content-type"]), REFUSED),
        fact(
            90,
            "J: any header with credentials",
            any_with_credentials,
            preflight(&["bar,baz,foo"]),
            repeated("bar,baz,foo"),
        ),
        fact(
            90,
            "J: invalid names are echoed",
            any_with_credentials,
            preflight(&["bar ,\t,, baz,"]),
            repeated("bar, baz"),
        )
        .differs("only valid names are echoed"),
        fact(91, "J: any header", any, preflight(&["x-a"]), any_header("*")),
        fact(
            91,
            "J: and authorization",
            || listing(["*", "Authorization"]),
            preflight(&["x-a,authorization"]),
            any_header("*, authorization"),
        ),
        fact(
            91,
            "J: without it `*` is sent to requests for it",
            any,
            preflight(&["authorization"]),
            any_header("*"),
        ),
        fact(
            91,
            "J: with credentials any header includes it",
            any_with_credentials,
            preflight(&["x-a,authorization"]),
            repeated("x-a,authorization"),
        ),
        fact(92, "J: sorted", a_and_b, preflight(&["x-a,x-b"]), listed("x-a, x-b")),
        fact(92, "J: 403 for another order", a_and_b, preflight(&["x-b,x-a"]), listed("x-a, x-b"))
            .differs(LENIENT),
        fact(92, "J: 403 for repeats", a_and_b, preflight(&["x-a,x-a"]), listed("x-a, x-b")).differs(LENIENT),
        fact(92, "J: 403 for upper case", a_and_b, preflight(&["X-A"]), listed("x-a, x-b")).differs(LENIENT),
        fact(
            93,
            "J repeats nothing, R and G say nothing, A, W, Y refuse",
            a_and_b,
            preflight(&[""]),
            listed("x-a, x-b"),
        )
        .differs(WHOLE_LIST),
        fact(
            93,
            "J: with any header and credentials",
            any_with_credentials,
            preflight(&[""]),
            "204 | ACAO: https://a.test | ACAC: true | Vary: origin, M, H",
        )
        .differs("an empty list has no effect"),
        fact(
            94,
            "R: one of two is not listed",
            || listing(["X-Header-1", "x-header-2"]),
            preflight(&["x-header-1,x-header-3"]),
            REFUSED,
        )
        .differs("403"),
        fact(
            95,
            "R: x-requested-with is allowed by default",
            none,
            preflight(&["x-requested-with"]),
            REFUSED,
        )
        .differs("only configured names are allowed"),
        fact(
            96,
            "R: two lines",
            || listing(["authorization", "content-type"]),
            preflight(&["authorization", "content-type"]),
            listed("authorization, content-type"),
        )
        .differs("the names are echoed in one line"),
        fact(
            97,
            "R: whitespace and an empty line",
            || listing(["authorization", "content-type"]),
            preflight(&["authorization\t", " ", " content-type"]),
            listed("authorization, content-type"),
        )
        .differs(WHOLE_LIST),
        fact(98, "J: sorted", foo_bar_baz, preflight(&["x-bar,x-baz,x-foo"]), listed("x-foo, x-bar, x-baz")),
        fact(
            98,
            "J: repeats fail",
            foo_bar_baz,
            preflight(&["x-bar,x-baz,x-baz"]),
            listed("x-foo, x-bar, x-baz"),
        )
        .differs(LENIENT),
        fact(
            98,
            "J: lines out of order fail",
            foo_bar_baz,
            preflight(&["x-foo", "x-bar"]),
            listed("x-foo, x-bar, x-baz"),
        )
        .differs(LENIENT),
        fact(
            98,
            "J: a tab and an empty element",
            foo_bar_baz,
            preflight(&["\tx-bar ,"]),
            listed("x-foo, x-bar, x-baz"),
        ),
        fact(
            98,
            "J: three bytes of whitespace fail",
            foo_bar_baz,
            preflight(&[" x-bar  "]),
            listed("x-foo, x-bar, x-baz"),
        )
        .differs(LENIENT),
        fact(99, "J: two bytes before", foo_bar_baz, preflight(&["  x-foo"]), listed("x-foo, x-bar, x-baz")),
        fact(99, "J: one on each side", foo_bar_baz, preflight(&[" x-foo "]), listed("x-foo, x-bar, x-baz")),
        fact(99, "J: three fail", foo_bar_baz, preflight(&[" x-foo  "]), listed("x-foo, x-bar, x-baz"))
            .differs(LENIENT),
        fact(
            100,
            "J: the longest name is not the last",
            seven,
            preflight(&["x-a,x-b,x-c,x-custom-header,x-d,x-e,x-f"]),
            listed("x-a, x-b, x-c, x-custom-header, x-d, x-e, x-f"),
        ),
        fact(100, "J: a longer name than any", seven, preflight(&["x-custom-headers"]), REFUSED),
        fact(
            101,
            "P: one allowed header is enough",
            || listing(["content-type"]),
            preflight(&["content-type,x-evil"]),
            REFUSED,
        )
        .differs("every one must be allowed"),
        fact(
            102,
            "G: the requested names",
            three,
            preflight(&["Header1, Header2"]),
            listed("header1, header2, header3"),
        )
        .differs(WHOLE_LIST),
        fact(102, "G: any header is never `*`", any, preflight(&["Header1"]), any_header("*"))
            .differs("`*` allows more, and depends on fewer headers"),
        fact(
            103,
            "G: some of the requested names are allowed",
            || listing(["h1", "h2"]),
            preflight(&["h1,h2,h3"]),
            REFUSED,
        )
        .differs("the browser would refuse too"),
        fact(104, "B: another name", || listing(["x-domain-token"]), preflight(&["Fooey"]), REFUSED)
            .differs("403"),
        fact(
            104,
            "B: in another case",
            || listing(["x-domain-token"]),
            preflight(&["X-Domain-TOKEN"]),
            listed("x-domain-token"),
        ),
        fact(
            105,
            "B: safelisted names are always allowed",
            none,
            preflight(&["accept,accept-language,content-language,content-type"]),
            REFUSED,
        )
        .differs("browsers list them only if their values are not safelisted"),
        fact(106, "T: the first of two lines is echoed", any, preflight(&["a", "b"]), any_header("*"))
            .differs("both lines are read"),
        fact(
            106,
            "T: the same with credentials",
            any_with_credentials,
            preflight(&["a", "b"]),
            repeated("a, b"),
        )
        .differs("both lines are read"),
        fact(
            107,
            "E: any header by default, and Vary for it",
            any_with_credentials,
            preflight(&["x-a"]),
            repeated("x-a"),
        ),
        fact(107, "E: no Vary for a list", a_and_b, preflight(&["x-a"]), listed("x-a, x-b")),
        fact(
            108,
            "Y: the requested names are echoed as sent",
            any_with_credentials,
            preflight(&["X-Example"]),
            repeated("X-Example"),
        ),
        fact(
            108,
            "Y: the safelisted names are added",
            || listing(["X-Example"]),
            preflight(&["x-example"]),
            listed("x-example"),
        )
        .differs("the list is the configured one"),
        fact(
            109,
            "Y: 400, with all errors in the body",
            a_and_b,
            "OPTIONS | O: https://b.test | M: PUT | H: x-c",
            "403 | Vary: origin, M",
        )
        .differs("a refusal reveals nothing; the verdict and `explain` have the reasons"),
    ]
}
