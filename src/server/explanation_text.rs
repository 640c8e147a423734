//! How an explanation reads.

use std::fmt;

use super::{
    decision::{Action, RequestClass, Verdict},
    explain::{Explanation, MatchedRule},
};

impl fmt::Display for Explanation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} is {}", self.method, self.what())?;
        match self.decision.verdict() {
            Verdict::NotApplicable => f.write_str(": nobody asks.")?,
            Verdict::Share => f.write_str(": allowed.")?,
            Verdict::Refuse(refusal) => write!(f, ": refused ({}).", refusal.name())?,
        }
        for refusal in &self.refusals {
            write!(f, "\n- {refusal}")?;
        }
        if let Some(rule) = &self.rule {
            write!(f, "\n- the origin is allowed: {rule}")?;
        }
        for near_miss in &self.near_misses {
            write!(f, "\n- {near_miss}")?;
        }
        if let Some(method) = &self.requested_method {
            write!(f, "\n- it asks for the method {method}")?;
        }
        for header in &self.requested_headers {
            let allowed = if header.refusal.is_none() { "allowed" } else { "not allowed" };
            write!(f, "\n- it asks for the header {}: {allowed}", header.name)?;
        }
        for change in &self.suggestions {
            write!(f, "\n- to change that: {change}")?;
        }
        write!(f, "\n- {}", self.consequence())
    }
}

impl Explanation {
    fn what(&self) -> String {
        match self.decision.class() {
            RequestClass::NotCors => "no CORS request".to_owned(),
            RequestClass::Cors => format!("a CORS request from {}", self.origins.join(" and ")),
            RequestClass::Preflight => format!("a CORS preflight from {}", self.origins.join(" and ")),
        }
    }

    fn consequence(&self) -> String {
        match (self.decision.action(), self.decision.verdict()) {
            (Action::CallHandler, Verdict::Refuse(_)) => {
                "the handler runs, and the page cannot read the response".to_owned()
            }
            (Action::CallHandler, Verdict::Share) => {
                "the handler runs, and the page can read the response".to_owned()
            }
            (Action::CallHandler, Verdict::NotApplicable) => "the handler runs".to_owned(),
            (Action::Respond(status), Verdict::Refuse(_)) => {
                format!("the answer is {status}, and the browser does not send the request")
            }
            (Action::Respond(status), _) => {
                format!("the answer is {status}, and the browser sends the request")
            }
        }
    }
}

impl fmt::Display for MatchedRule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::AnyOrigin => f.write_str("any is"),
            Self::Caller => f.write_str("the caller says so"),
            Self::NullOrigin => f.write_str("`null` is"),
            Self::Pattern(pattern) => write!(f, "{pattern} matches"),
            Self::Predicate(index) => write!(f, "predicate {index} says so"),
        }
    }
}
