//! Redirects that stop a fetch: to another spelling of the URL, to another server, to a login.

use url::Url;

use super::{
    elements,
    ranked::Ranked,
    refused_response::{RefusedResponse, shown},
};
use crate::browser::{
    diagnosis::{Fix, Reason, RequestChange, Side},
    fetch::Fetch,
    initiators::Initiator,
    modes::{Mode, RedirectMode},
    url_origin::origin_is_same_as_url,
};

/// Words in the hosts and paths of logins.
const OF_LOGINS: [&str; 19] = [
    "account",
    "accounts",
    "adfs",
    "auth",
    "authenticate",
    "authorize",
    "cas",
    "idp",
    "login",
    "logon",
    "oauth",
    "oauth2",
    "oidc",
    "openid",
    "saml",
    "saml2",
    "sign-in",
    "signin",
    "sso",
];

/// Parameters that only logins have.
const PARAMETERS_OF_LOGINS: [&str; 6] =
    ["client_id", "redirect_uri", "relaystate", "return_to", "returnurl", "samlrequest"];

/// The fix that requests the target of a preflight's redirect; `None` if it is no redirect, or leads to a login.
pub(super) fn target_of_preflight(refused: &RefusedResponse<'_>) -> Option<Fix> {
    let target = target(refused).filter(|target| !is_login(target))?;
    let text = format!(
        "Request {} in the page: the server redirects to it, and browsers do not follow redirects of preflights.",
        shown(&target, refused.request().current_url())
    );
    Some(request(text, target))
}

/// Returns whether the response redirects to a login.
pub(super) fn leads_to_login(refused: &RefusedResponse<'_>) -> bool {
    target(refused).as_ref().is_some_and(is_login)
}

/// Ranks the fixes for a response that lacks CORS headers and is a redirect, or came after one.
pub(super) fn rank(refused: &RefusedResponse<'_>, ranked: &mut Ranked) {
    let request = refused.request();
    let current = request.current_url();
    let is_tainted = request.serialized_origin() == "null" && request.origin.as_tuple().is_some();
    match target(refused) {
        Some(login) if is_login(&login) => ranked.first.extend(fixes_of_login(current, &login)),
        Some(target) => {
            let text =
                format!("Request {} in the page: the server redirects to it.", shown(&target, current));
            // A target with a query of its own may be new each time.
            let is_lasting = target.query().is_none() || target.query() == current.query();
            ranked.add(is_lasting, Some(self::request(text, target)));
        }
        None if is_tainted && request.includes_credentials_mode() => {
            let text = format!(
                "Respond at {} without a redirect to another origin: after it, the Origin is `null`, which no \
                 server should trust with credentials.",
                shown(request.url_list.first(), current)
            );
            ranked.add(true, Some(Fix::new(Side::Server, text)));
        }
        None => {}
    }
}

/// The fixes for a request that was redirected to a login.
pub(super) fn fixes_after_login(refused: &RefusedResponse<'_>) -> Vec<Fix> {
    let request = refused.request();
    match request.redirect_count() > 0 && is_login(request.current_url()) {
        true => fixes_of_login(request.url_list.first(), request.current_url()),
        false => Vec::new(),
    }
}

/// The fixes for a redirect in redirect mode "error". Only `fetch()` can choose another one.
pub(super) fn fixes_of_error_mode(refused: &RefusedResponse<'_>) -> Vec<Fix> {
    let server = Fix::new(Side::Server, "Respond without a redirect; no response header helps.");
    let page = match refused.initiator() {
        None | Some(Initiator::Fetch) => Some(
            Fix::new(Side::Page, "Use redirect mode \"follow\" in the page.")
                .with_change(RequestChange::of_redirect(RedirectMode::Follow)),
        ),
        Some(initiator) => target_without_redirects(refused, initiator),
    };
    std::iter::once(server).chain(page).collect()
}

/// The fix that requests the target, if the initiator may request it.
fn target_without_redirects(refused: &RefusedResponse<'_>, initiator: Initiator) -> Option<Fix> {
    let request = refused.request();
    let needs_own_origin = matches!(request.mode, Mode::SameOrigin | Mode::NoCors);
    let target = target(refused)
        .filter(|target| !is_login(target))
        .filter(|target| !needs_own_origin || origin_is_same_as_url(&request.origin, target))?;
    let mut written = target.clone();
    if initiator == Initiator::WebSocket {
        let scheme = if target.scheme() == "https" { "wss" } else { "ws" };
        written.set_scheme(scheme).expect("special schemes can replace each other");
    }
    let text = format!(
        "Request {} in the page: the server redirects to it, and this request cannot follow redirects.",
        shown(&written, request.current_url())
    );
    Some(self::request(text, target))
}

/// The fixes for a redirect that the user agent blocked. The current URL is the location.
pub(super) fn fixes_of_blocked(fetch: &Fetch, reason: &Reason) -> Vec<Fix> {
    let location = shown(fetch.request.current_url(), fetch.request.current_url());
    let (side, text) = match reason {
        Reason::MixedContent => (
            Side::Server,
            format!("Redirect to an https URL in place of {location}; no header but Location helps."),
        ),
        Reason::BadPort => (
            Side::Server,
            format!("Redirect to another port than that of {location}; no header but Location helps."),
        ),
        Reason::RedirectBlocked => (
            Side::User,
            format!("Let the user agent follow the redirect to {location}; no response header helps."),
        ),
        _ => return elements::unsent(fetch, reason),
    };
    vec![Fix::new(side, text)]
}

fn fixes_of_login(from: &Url, login: &Url) -> Vec<Fix> {
    let server = format!(
        "Respond at {} with status 401 in place of the redirect to the login {}, so that the page can ask the \
         user to sign in: no login can be shown through fetch().",
        shown(from, from),
        shown(login, from)
    );
    let user = "Sign in again, in a tab of the same browser: the session has probably ended.";
    vec![Fix::new(Side::Server, server), Fix::new(Side::User, user)]
}

fn request(text: String, url: Url) -> Fix {
    Fix::new(Side::Page, text).with_change(RequestChange { url: Some(url), ..RequestChange::default() })
}

/// The target of a redirect. If the server redirects from https to http on the same host, it most likely does not know
/// that a proxy in front of it speaks https.
fn target(refused: &RefusedResponse<'_>) -> Option<Url> {
    let current = refused.request().current_url();
    let mut target = refused.fetch.redirect_target(refused.received)?;
    let is_same_host = current.host_str() == target.host_str() && target.port() == current.port();
    if current.scheme() == "https" && is_same_host {
        target.set_scheme("https").expect("special schemes can replace each other");
    }
    // A loop of redirects leads to where it began.
    let is_new = refused.request().url_list.iter().all(|url| *url != target);
    is_new.then_some(target)
}

fn is_login(url: &Url) -> bool {
    let is_word = |word: &str| OF_LOGINS.iter().any(|known| word.eq_ignore_ascii_case(known));
    let is_parameter = |name: &str| PARAMETERS_OF_LOGINS.iter().any(|known| name.eq_ignore_ascii_case(known));
    url.host_str().is_some_and(|host| host.split('.').any(is_word))
        || url.path().split('/').any(is_word)
        || url.query_pairs().any(|(name, _)| is_parameter(&name))
}
