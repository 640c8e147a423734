//! The HTTP caches of a case.

use super::{Case, CaseStep, invalid::InvalidCase, verdict::StepResult};
use crate::{browser::Timestamp, oracle::http_cache::HttpCache};

impl Case {
    /// The HTTP cache that has the responses of an earlier step, if the step names one.
    pub(super) fn cache_of<'a>(
        &self,
        step: &CaseStep,
        at: Timestamp,
        results: &'a [StepResult],
    ) -> Result<Option<HttpCache<'a>>, InvalidCase> {
        let (field, index) = match (step.from_cache_of, step.from_shared_cache_of) {
            (None, None) => return Ok(None),
            (Some(index), None) => ("from_cache_of", index),
            (None, Some(index)) => ("from_shared_cache_of", index),
            (Some(_), Some(_)) => {
                let message = "a step cannot have both `from_cache_of` and `from_shared_cache_of`";
                return Err(InvalidCase::new("from_cache_of", message));
            }
        };
        let (Some(Ok(stored)), Some(earlier)) = (results.get(index), self.steps.get(index)) else {
            let message = format!("step {index} is not an earlier step in which something was fetched");
            return Err(InvalidCase::new(field, message));
        };
        let age = at.since(earlier.at()?);
        Ok(Some(match step.from_cache_of {
            Some(_) => HttpCache::of_browser(stored, age),
            None => HttpCache::between(stored, age),
        }))
    }
}
