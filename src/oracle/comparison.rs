//! One fetch in all profiles: does it work in the other browsers, too?

use super::{
    run::Oracle,
    server::Server,
    transcript::{FirstDifference, Transcript},
};
use crate::browser::{Page, Profile, Request, UserAgent};

/// The same fetch by the standard and in each engine: see [`Profile::all`].
///
/// `Display` prints the outcome in each profile, and where it first differs from the standard. Profiles with
/// the same outcome and difference are printed together.
///
/// ```
/// use crossorigin::{
///     browser::Page,
///     http::Response,
///     oracle::{Comparison, FirstDifference},
/// };
///
/// // The API lists `*`, and the page sends a token.
/// let page = Page::new("https://app.example/")?;
/// let request = page.fetch("https://api.example/me").header("Authorization", "Bearer x").build()?;
/// let api = |_: &_| {
///     let response = Response::builder().header("Access-Control-Allow-Origin", "*");
///     response.header("Access-Control-Allow-Headers", "*").body(()).unwrap()
/// };
///
/// let comparison = Comparison::new(&page, &request, || api);
/// // In all browsers `*` covers the header `Authorization`; by the standard it does not.
/// assert!(comparison.transcript("standard").unwrap().outcome().is_err());
/// assert!(comparison.transcript("webkit").unwrap().outcome().is_ok());
/// // The standard ends after the preflight, WebKit sends a second request.
/// assert_eq!(comparison.first_difference("webkit"), Some(FirstDifference::Request(1)));
/// println!("{comparison}");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone)]
pub struct Comparison {
    runs: Vec<(&'static str, Transcript)>,
}

impl Comparison {
    /// Fetches a request of a page in each profile: each time in a new user agent, from a new server.
    pub fn new<S: Server>(page: &Page, request: &Request, mut server: impl FnMut() -> S) -> Self {
        let runs = Profile::all().map(|profile| {
            let name = profile.name();
            let mut oracle = Oracle::with_user_agent(page.clone(), UserAgent::new(profile));
            (name, oracle.fetch(request.clone(), &mut server()))
        });
        Self { runs: runs.into() }
    }

    /// The transcript in the profile of that name.
    #[must_use]
    pub fn transcript(&self, profile: &str) -> Option<&Transcript> {
        self.runs.iter().find(|(name, _)| *name == profile).map(|(_, transcript)| transcript)
    }

    /// All transcripts, each with the name of its profile; the standard first.
    pub fn transcripts(&self) -> impl Iterator<Item = (&'static str, &Transcript)> {
        self.runs.iter().map(|(name, transcript)| (*name, transcript))
    }

    /// Where the profile of that name first differs from the standard; `None` if nowhere.
    #[must_use]
    pub fn first_difference(&self, profile: &str) -> Option<FirstDifference> {
        let (standard, other) = (self.transcript("standard")?, self.transcript(profile)?);
        standard.first_difference(other)
    }

    /// Returns whether scripts see the same outcome in all profiles. The requests may differ.
    #[must_use]
    pub fn same_outcome(&self) -> bool {
        self.runs.windows(2).all(|runs| match runs {
            [(_, one), (_, other)] => one.has_outcome_of(other),
            _ => true,
        })
    }
}
