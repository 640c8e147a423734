//! One line in, one line out.

use crossorigin::oracle::case::{Case, Verdict};
use serde::{Deserialize, Serialize};
use std::io::{self, Write};

/// Answers one line: a case with its verdict, anything else with where and why it is none. Returns whether it was a
/// case.
pub(crate) fn answer(line: &[u8], output: &mut impl Write) -> io::Result<bool> {
    let invalid = match serde_json::from_slice::<Case>(line) {
        Ok(case) => match case.play() {
            Ok(played) => {
                serde_json::to_writer(output, &Verdict::new(&case.id, &played))?;
                return Ok(true);
            }
            Err(invalid) => invalid.to_string(),
        },
        Err(_) => where_and_why(line),
    };
    let id = serde_json::from_slice::<Named>(line).ok().map(|named| named.id);
    serde_json::to_writer(output, &Invalid { id, invalid })?;
    Ok(false)
}

/// Reads the line once more, slowly, to say where it is wrong.
fn where_and_why(line: &[u8]) -> String {
    match serde_path_to_error::deserialize::<_, Case>(&mut serde_json::Deserializer::from_slice(line)) {
        Ok(_) => "something follows the object".to_owned(),
        Err(error) => error.to_string(),
    }
}

/// The id of a line that is an object but not a case.
#[derive(Deserialize)]
struct Named {
    id: serde_json::Value,
}

#[derive(Serialize)]
struct Invalid {
    id: Option<serde_json::Value>,
    invalid: String,
}
