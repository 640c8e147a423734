//! What a fetch says of itself while it runs: each decision with its step, in one sentence.

use super::support::{A, B, Browser, C, Call, Ran, ScriptedResponse, exchange, ok, pf, redirect};
use crossorigin::browser::{
    AllowedBy, Decision, Failure, Finding, MaxAgeSyntax, Mode, Profile, Step, Timestamp, UserAgent,
};
use crossorigin::http::Method;
use std::time::Duration;

fn told<'a>(decisions: impl IntoIterator<Item = &'a Decision>) -> Vec<String> {
    let line = |it: &Decision| format!("{} [{}]", it.finding, it.step);
    decisions.into_iter().map(line).collect()
}

#[track_caller]
fn tells(ran: &Ran, expected: &[&str]) {
    assert_eq!(told(ran.response().decisions()), expected);
}

const CORS: &str =
    "another origin is involved, so CORS applies; method and headers need no preflight [main fetch 12]";
const WITHOUT: &str =
    "the request goes without cookies and HTTP authentication [HTTP-network-or-cache fetch 8.3]";
const WITH: &str = "the request goes with cookies and HTTP authentication, as far as there are any \
                    [HTTP-network-or-cache fetch 8.3]";
const IS_ORIGIN: &str =
    "the CORS check passes: Access-Control-Allow-Origin is exactly the request's Origin [CORS check 5]";
const IS_STAR: &str = "the CORS check passes: Access-Control-Allow-Origin is `*`, which is enough unless the credentials \
                       mode is \"include\" [CORS check 3]";
const STATUS_OK: &str = "the preflight's status, 204, is an ok status (200 to 299) [CORS-preflight fetch 7]";
const NO_TIMING: &str = "detailed timing stays hidden: no Timing-Allow-Origin allows it, or not at every redirect \
                         [TAO check 8]";
const DELIVERED: &str = "delivered: a response of type \"cors\" [main fetch 14]";

#[test]
fn a_preflighted_request_tells_what_permitted_it() {
    let call = exchange("PUT", B).include().header("X-A", "1");
    let allowed = |reply: ScriptedResponse| reply.allow_origin(A).allow_credentials("true");
    let permission = allowed(pf()).allow_methods("PUT").allow_headers("x-a").max_age("600");
    let mut browser = Browser::standard();
    let ran = browser.run(&call, [permission, allowed(ok())]);
    let passes = "the CORS check passes: Access-Control-Allow-Origin is exactly the request's Origin, and \
                  Access-Control-Allow-Credentials is `true` [CORS check 7]";
    tells(
        &ran,
        &[
            "another origin is involved, so CORS applies, and a preflight must permit this: the method PUT is not GET, \
             HEAD or POST; the header `x-a` is not safelisted, because its name is none of accept, accept-language, \
             content-language, content-type, range [main fetch 12]",
            passes,
            STATUS_OK,
            "method PUT is allowed: Access-Control-Allow-Methods lists it [CORS-preflight fetch 7.5]",
            "Access-Control-Allow-Headers covers every header that needs permission: x-a [CORS-preflight fetch 7.7]",
            "the listed methods and headers are cached for 600 s (10 minutes) [CORS-preflight fetch 7.10]",
            WITH,
            passes,
            NO_TIMING,
            DELIVERED,
        ],
    );
    let again = browser.run(&call, [allowed(ok())]);
    let cached =
        "an earlier preflight permitted this, and that is still cached, so none is sent [HTTP fetch 4.1]";
    assert!(told(again.response().decisions()).contains(&cached.to_owned()));
}

/// The decisions that a preflight's answer led to, by their step.
fn of_preflight(call: &Call, permission: ScriptedResponse) -> [String; 3] {
    let ran = call.responses([permission.allow_origin("*"), ok().allow_origin("*")]);
    let decisions = ran.response().decisions();
    ["7.5", "7.7", "7.10"].map(|number| {
        let of_step = |it: &&Decision| it.step.to_string() == format!("CORS-preflight fetch {number}");
        decisions.iter().find(of_step).unwrap().finding.to_string()
    })
}

#[test]
fn by_which_rule_a_method_is_allowed() {
    let by = |call: Call, permission: ScriptedResponse| of_preflight(&call, permission)[0].clone();
    assert_eq!(
        by(exchange("PUT", B), pf().allow_methods("*")),
        "method PUT is allowed: Access-Control-Allow-Methods has `*`"
    );
    assert_eq!(
        by(exchange("GET", B).header("X-A", "1"), pf().allow_headers("x-a")),
        "method GET is allowed: GET, HEAD and POST always are"
    );
    let forced =
        "method PUT is allowed: there is no Access-Control-Allow-Methods, and the preflight was forced";
    assert_eq!(by(exchange("PUT", B).forced_preflight(), pf()), forced);
    let finding = Finding::MethodAllowed { method: Method::DELETE, by: AllowedBy::Name };
    assert_eq!(finding.to_string(), "method DELETE is allowed: Access-Control-Allow-Methods lists it");
}

#[test]
fn which_headers_are_allowed() {
    let of = |call: Call| of_preflight(&call, pf().allow_methods("PUT").allow_headers("*"))[1].clone();
    assert_eq!(of(exchange("PUT", B)), "no request header needs permission");
    let covers = "Access-Control-Allow-Headers covers every header that needs permission: x-a, x-b";
    assert_eq!(of(exchange("PUT", B).header("X-B", "1").header("X-A", "1")), covers);
}

#[test]
fn for_how_long_a_permission_is_kept() {
    let put = || exchange("PUT", B);
    let kept = |call: Call, max_age: &str| {
        let permission = pf().allow_methods("PUT");
        let permission = if max_age.is_empty() { permission } else { permission.max_age(max_age) };
        of_preflight(&call, permission)[2].clone()
    };
    let cached = |time: &str| format!("the listed methods and headers are cached for {time}");
    for (max_age, time) in [
        ("", "5 s, the default"),
        ("1", "1 s"),
        ("59", "59 s"),
        ("60", "60 s (1 minute)"),
        ("3600", "3600 s (1 hour)"),
        ("5400", "5400 s (90 minutes)"),
        ("86400", "86400 s (1 day)"),
        ("172800", "172800 s (2 days)"),
    ] {
        assert_eq!(kept(put(), max_age), cached(time));
    }
    let none = "the listed methods and headers are not cached: Access-Control-Max-Age is ";
    assert_eq!(kept(put(), "0"), format!("{none}0"));
    let limited =
        put().in_browser_with(|profile| profile.cache.max_age_limit = Some(Duration::from_secs(7200)));
    assert_eq!(kept(limited, "7201"), cached("7200 s (2 hours), this browser's limit"));
    let nothing = put().in_browser_with(|profile| profile.cache.max_age_limit = Some(Duration::ZERO));
    assert_eq!(kept(nothing, "1"), cached("0 s, this browser's limit"));
    let negative =
        put().in_browser_with(|profile| profile.cache.max_age_syntax = MaxAgeSyntax::SignedInteger);
    assert_eq!(kept(negative, "-1"), format!("{none}no number that this browser takes"));
}

#[test]
fn redirects_tell_what_they_change() {
    let post = exchange("POST", "https://a.test/1").header("Authorization", "x");
    let shared = |reply: ScriptedResponse| reply.allow_origin("*").with("timing-allow-origin", "*");
    let ran = post.responses([
        redirect(302, B),
        shared(redirect(307, "/2")),
        shared(redirect(307, C)),
        shared(redirect(308, "/3")),
        shared(ok()),
    ]);
    let to = |status: u16, url: &str, more: &str| {
        format!("the status {status} redirects to {url}{more} [HTTP-redirect fetch 12]")
    };
    tells(
        &ran,
        &[
            "the URL is of the page's own origin, so CORS does not apply [main fetch 12]",
            WITH,
            &to(
                302,
                "https://b.test/",
                "; the method becomes GET, and the body is dropped; that is another origin, so Authorization is dropped",
            ),
            CORS,
            WITHOUT,
            IS_STAR,
            // Within an origin, and without an Authorization, there is nothing to tell.
            &to(307, "https://b.test/2", ""),
            CORS,
            WITHOUT,
            IS_STAR,
            &to(307, "https://c.test/", ""),
            "a server outside the page's own origin redirected to another origin: from now on, Origin is `null` \
             [HTTP-redirect fetch 18]",
            CORS,
            WITHOUT,
            IS_STAR,
            // It is `null` already.
            &to(308, "https://c.test/3", ""),
            CORS,
            WITHOUT,
            IS_STAR,
            DELIVERED,
        ],
    );
    let opaque = exchange("GET", B).mode(Mode::NoCors).responses([shared(ok())]);
    tells(
        &opaque,
        &[
            "another origin is involved, and the mode is \"no-cors\": scripts will see nothing of the answer \
             [main fetch 12]",
            WITHOUT,
            "Cross-Origin-Resource-Policy does not forbid it [cross-origin resource policy internal check 5]",
            "delivered: a response of type \"opaque\" [main fetch 14]",
        ],
    );
    let navigation = exchange("GET", B).mode(Mode::Navigate).responses([shared(ok())]);
    let not_subject = "CORS does not apply to this kind of request [main fetch 12]";
    assert_eq!(told(navigation.response().decisions())[0], not_subject);
}

#[test]
fn an_error_knows_the_decisions_before_it() {
    let redirected = redirect(302, C).allow_origin(A).with("timing-allow-origin", A);
    let ran = exchange("GET", B).responses([redirected, ok()]);
    let decisions = ran.error().decisions();
    assert_eq!(told(decisions)[..3], [CORS, WITHOUT, IS_ORIGIN]);
    // The redirect itself, and what became of Origin, still belong to its own answer.
    assert_eq!(decisions.iter().map(|it| it.hop).collect::<Vec<_>>(), [0, 0, 0, 0, 1, 1, 1]);
}

#[test]
fn nothing_is_told_unless_a_trace_is_kept() {
    for keeps in [false, true] {
        let mut user_agent = UserAgent::new(Profile::standard());
        if keeps {
            user_agent = user_agent.keeping_trace();
        }
        let step = user_agent.fetch(exchange("GET", B).request(), Timestamp::ZERO);
        let Step::Send(exchange) = step else { panic!("{step:?}") };
        assert_eq!(!exchange.decisions().is_empty(), keeps);
        let Step::Done(Err(error)) = exchange.fail(&mut user_agent, Failure::Network) else { panic!() };
        assert_eq!(!error.decisions().is_empty(), keeps);
    }
}
