//! Properties of fixes. A fix that is applied works, and no fix recommends what a policy refuses to allow.

use crossorigin::{
    browser::{
        CredentialsMode, Failure, Fix, NetworkError, Outcome, Phase, Profile, Request, RequestKind,
        ResponseHead, Side, Step, Timestamp, UserAgent,
    },
    server::{Policy, PolicyErrors},
};
use proptest::prelude::*;

use super::player::{CompletedExchange, CompletedFetch, Player};
use crate::{
    distribution::reaches,
    model::{engine::local_response, random_worlds::world, world::World},
    proptest_config::cases,
};

/// A refused fetch, and the user agent as it was before.
struct RefusedFetch {
    before: UserAgent,
    now: Timestamp,
    completed: CompletedFetch,
}

impl RefusedFetch {
    fn error(&self) -> &NetworkError {
        self.completed.outcome.as_ref().unwrap_err()
    }

    /// The index of the refused response. WebKit may go on after it.
    fn refused_index(&self) -> Option<usize> {
        let error = self.error();
        let kind = match error.phase() {
            Phase::Preflight => RequestKind::Preflight,
            _ => RequestKind::Actual,
        };
        let is_refused =
            |exchange: &CompletedExchange| exchange.sent.hop == error.hop() && exchange.sent.kind == kind;
        self.completed.exchanges.iter().rposition(is_refused)
    }

    /// Fetches a changed request again. The refused response is changed, and all other ones are the same.
    /// `None` if the fetch asks for more than the first one did.
    fn again(&self, request: Request, refused: Option<&ResponseHead>) -> Option<Outcome> {
        let mut user_agent = self.before.clone();
        let exchanges = &self.completed.exchanges;
        let refused_index = self.refused_index();
        let mut given = 0;
        let mut step = user_agent.fetch(request, self.now);
        loop {
            step = match step {
                Step::Send(exchange) => {
                    let out = exchange.request();
                    let is_same = |before: &&CompletedExchange| {
                        before.sent.kind == out.kind && before.sent.url == out.url
                    };
                    let before = exchanges.get(given).filter(is_same)?;
                    let is_refused = refused_index == Some(given);
                    given += 1;
                    let response = match refused.filter(|_| is_refused) {
                        Some(changed) => Some(changed),
                        None => before.response.as_ref(),
                    };
                    match response {
                        None => exchange.fail(&mut user_agent, Failure::Network),
                        Some(head) => exchange.receive(head.clone(), &mut user_agent, before.received_at),
                    }
                }
                Step::Local(local) => local_response(local, &mut user_agent),
                Step::Redirect(redirect) => redirect.follow(&mut user_agent, self.now),
                Step::Done(outcome) => return Some(outcome),
            };
        }
    }

    /// Returns whether the fix changes something, and why it does not work.
    fn check(&self, fix: &Fix) -> (bool, Option<String>) {
        let mut request = self.completed.request.clone();
        let changes_request = fix.apply_to_request(&mut request);
        let refused = self.refused_index().and_then(|index| self.completed.exchanges.get(index));
        let mut response = refused.and_then(|refused| refused.response.clone());
        let changes_response = response.as_mut().is_some_and(|response| fix.apply_to_response(response));
        if !changes_request && !changes_response {
            return (false, None);
        }
        let outcome = self.again(request, response.as_ref().filter(|_| changes_response));
        let Some(Err(again)) = outcome else { return (true, None) };
        let other_reason = !changes_response && again.reason() != self.error().reason();
        // WebKit reports the refusal of an earlier redirect only before the next actual request.
        let other_response = again.hop() != self.error().hop();
        let passes = other_response || other_reason;
        (true, (!passes).then(|| format!("{}\nis not fixed by\n{fix}\n{again}", self.error())))
    }
}

/// The refused fetches of a world.
fn refused_fetches(world: &World, profile: &Profile) -> Vec<RefusedFetch> {
    let mut player = Player::with_profile(profile.clone());
    let mut refused = Vec::new();
    for fetch in &world.fetches {
        let (before, then) = (player.user_agent.clone(), player.now);
        let completed = player.play(world, fetch);
        let now = then.later_by(std::time::Duration::from_secs(fetch.wait));
        if completed.outcome.is_err() {
            refused.push(RefusedFetch { before, now, completed });
        }
    }
    refused
}

/// A policy that sends the lines of a fix.
fn policy_of(fix: &Fix, request: &Request) -> Result<Policy, PolicyErrors> {
    let value = |name: &str| {
        let line = fix.headers().iter().find(|(header, _)| header.as_str() == name);
        line.and_then(|(_, value)| value.clone())
    };
    let list =
        |name: &str| value(name).unwrap_or_default().split(", ").map(str::to_owned).collect::<Vec<_>>();
    let builder = Policy::builder();
    let own = request.origin.as_tuple().map_or("https://nobody.test".to_owned(), ToString::to_string);
    let builder = match value("access-control-allow-origin") {
        Some(any) if any == "*" => builder.allow_any_origin(),
        Some(origin) => builder.allow_origin(origin),
        None => builder.allow_origin(own),
    };
    let builder = match request.credentials {
        CredentialsMode::Include => builder.allow_credentials(),
        _ => builder,
    };
    let listed = |name| list(name).into_iter().filter(|item| !item.is_empty());
    let builder = builder.allow_methods(listed("access-control-allow-methods"));
    builder.allow_headers(listed("access-control-allow-headers")).build()
}

proptest! {
    #![proptest_config(cases(300))]

    /// A response that a fix changed passes, and a request that a fix changed is not refused again for the same
    /// reason: in all profiles.
    #[test]
    fn fixes_work(world in world()) {
        for profile in Profile::all() {
            for refused in refused_fetches(&world, &profile) {
                prop_assert!(!refused.error().fixes().is_empty(), "{}", refused.error());
                for fix in refused.error().fixes() {
                    let (_, failure) = refused.check(fix);
                    prop_assert!(failure.is_none(), "{}: {}", profile.name(), failure.unwrap());
                }
            }
        }
    }

    /// A policy can send the lines of each fix. If it needs a dangerous switch for that, the fix has a caution.
    #[test]
    fn a_policy_allows_what_fixes_recommend(world in world()) {
        for profile in Profile::all() {
            for refused in refused_fetches(&world, &profile) {
                for fix in refused.error().fixes().iter().filter(|fix| !fix.headers().is_empty()) {
                    let policy = policy_of(fix, &refused.completed.request);
                    let error = policy.err().filter(|_| fix.caution().is_none());
                    prop_assert!(error.is_none(), "{}\n{}\n{}", refused.error(), fix, error.unwrap());
                }
            }
        }
    }
}

/// Fixes of all kinds are drawn.
#[test]
fn these_properties_are_exercised() {
    reaches(
        world(),
        20_000,
        &[
            "server changes the response",
            "page changes the request",
            "page changes both",
            "between changes the response",
            "a caution of a policy",
        ],
        |world, counts| {
            for refused in refused_fetches(world, &Profile::standard()) {
                for fix in refused.error().fixes() {
                    let what = match (refused.check(fix).0, fix.lines().is_empty()) {
                        (false, _) => continue,
                        (true, true) => "request",
                        (true, false) if fix.side() == Side::Page => "both",
                        (true, false) => "response",
                    };
                    let what = if what == "both" { "both".to_owned() } else { format!("the {what}") };
                    counts.add(format!("{} changes {what}", fix.side().name()));
                    if !fix.headers().is_empty() && policy_of(fix, &refused.completed.request).is_err() {
                        counts.add("a caution of a policy");
                    }
                }
            }
        },
    );
}
