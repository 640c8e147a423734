//! One fetch in all profiles: does it work in the other browsers, too?

use crate::browser::{Page, Profile, Request, UserAgent};
use crate::oracle::{Oracle, Report, Server, Transcript};
use std::fmt;

/// The same fetch by the text of the standard and as the engines do it: see [`Profile::all`].
///
/// `Display` prints what came of it in each, and where they part; [`display`](Self::display) does so with colour and to a
/// width.
///
/// ```
/// use crossorigin::browser::Page;
/// use crossorigin::http::Response;
/// use crossorigin::oracle::{Comparison, Parting};
///
/// // The API lists `*`, and the page sends a token.
/// let page = Page::new("https://app.example/")?;
/// let request = page.fetch("https://api.example/me").header("Authorization", "Bearer x").build()?;
/// let api = |_: &_| {
///     let answer = Response::builder().header("Access-Control-Allow-Origin", "*");
///     answer.header("Access-Control-Allow-Headers", "*").body(()).unwrap()
/// };
///
/// let comparison = Comparison::new(&page, &request, || api);
/// // All browsers let `*` cover the token; by the standard they should not.
/// assert!(comparison.transcript("standard").unwrap().outcome().is_err());
/// assert!(comparison.transcript("webkit").unwrap().outcome().is_ok());
/// assert_eq!(comparison.parting("webkit"), Some(Parting::Request(1))); // one more than the preflight
/// println!("{comparison}");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone)]
pub struct Comparison {
    runs: Vec<(&'static str, Transcript)>,
}

/// Where two runs of the same fetch part.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Parting {
    /// At the request of that number, from 0: it is another, or one of the two has none.
    Request(usize),
    /// At the end: the requests are the same.
    Outcome,
}

impl fmt::Display for Parting {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Request(index) => write!(formatter, "requests[{index}]"),
            Self::Outcome => formatter.write_str("outcome"),
        }
    }
}

impl Comparison {
    /// Fetches a request of a page in each profile: each time in a new user agent, from a new server.
    pub fn new<S: Server>(page: &Page, request: &Request, mut server: impl FnMut() -> S) -> Self {
        let runs = Profile::all().map(|profile| {
            let name = profile.name;
            let mut oracle = Oracle::with_user_agent(page.clone(), UserAgent::new(profile));
            (name, oracle.fetch(request.clone(), &mut server()))
        });
        Self { runs: runs.into() }
    }

    /// What happened in the profile of that name.
    #[must_use]
    pub fn transcript(&self, profile: &str) -> Option<&Transcript> {
        self.runs.iter().find(|(name, _)| *name == profile).map(|(_, transcript)| transcript)
    }

    /// All transcripts, each with the name of its profile; the standard first.
    pub fn transcripts(&self) -> impl Iterator<Item = (&'static str, &Transcript)> {
        self.runs.iter().map(|(name, transcript)| (*name, transcript))
    }

    /// Where the profile of that name parts from the standard; `None` if nowhere.
    #[must_use]
    pub fn parting(&self, profile: &str) -> Option<Parting> {
        let (standard, other) = (self.transcript("standard")?, self.transcript(profile)?);
        standard.parting(other)
    }

    /// Whether a script gets the same in all of them. What goes over the wire may differ.
    #[must_use]
    pub fn ends_alike(&self) -> bool {
        self.runs.windows(2).all(|runs| match runs {
            [(_, one), (_, other)] => one.ends_like(other),
            _ => true,
        })
    }

    /// The comparison, printed as the report says.
    #[must_use]
    pub fn display(&self, report: Report) -> impl fmt::Display {
        report.comparison(self)
    }
}

impl fmt::Display for Comparison {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.display(Report::default()).fmt(formatter)
    }
}

impl Transcript {
    /// Where another run of the same fetch parts from this one; `None` if nowhere. What does not go over the wire and what
    /// no script sees is not compared.
    #[must_use]
    pub fn parting(&self, other: &Self) -> Option<Parting> {
        let (mut ours, mut theirs) = (self.requests(), other.requests());
        for index in 0_usize.. {
            match (ours.next(), theirs.next()) {
                (None, None) => break,
                (Some(one), Some(other)) if one.is_like(other) => {}
                _ => return Some(Parting::Request(index)),
            }
        }
        (!self.ends_like(other)).then_some(Parting::Outcome)
    }

    /// Whether a script sees the same of both: the same response, or a network error.
    fn ends_like(&self, other: &Self) -> bool {
        match (self.outcome(), other.outcome()) {
            (Ok(one), Ok(other)) => {
                (one.response_type(), one.status(), one.url(), one.redirected())
                    == (other.response_type(), other.status(), other.url(), other.redirected())
                    && one.headers() == other.headers()
                    && one.timing_allowed() == other.timing_allowed()
            }
            (Err(_), Err(_)) => true,
            _ => false,
        }
    }
}
