//! One line in, one line out.

use std::io::{self, Write};

use crossorigin::oracle::case::{Case, Question};
use serde::{
    Deserialize, Serialize,
    de::{DeserializeOwned, IgnoredAny},
};

/// Answers one line, without a line end: a case with its verdict, a question with the policy's responses, anything else
/// with where and why it is neither. Returns whether it was one of the two.
///
/// # Errors
/// If the output cannot be written.
pub(crate) fn answer(line: &[u8], output: &mut impl Write) -> io::Result<bool> {
    // Nearly every line is a case, so that only other lines are parsed twice.
    let invalid = if let Ok(case) = serde_json::from_slice::<Case>(line) {
        match case.play() {
            Ok(verdict) => return write(output, &verdict),
            Err(invalid) => invalid.to_string(),
        }
    } else if is_question(line) {
        match serde_json::from_slice::<Question>(line) {
            Ok(question) => match question.decide() {
                Ok(responses) => return write(output, &responses),
                Err(invalid) => invalid.to_string(),
            },
            Err(_) => where_and_why::<Question>(line),
        }
    } else {
        where_and_why::<Case>(line)
    };
    let id = serde_json::from_slice::<Named>(line).ok().map(|named| named.id);
    write(output, &Invalid { id, invalid })?;
    Ok(false)
}

fn write(output: &mut impl Write, answer: &impl Serialize) -> io::Result<bool> {
    serde_json::to_writer(output, answer)?;
    Ok(true)
}

fn is_question(line: &[u8]) -> bool {
    #[derive(Deserialize)]
    struct Asking {
        #[serde(rename = "ask")]
        _ask: IgnoredAny,
    }
    serde_json::from_slice::<Asking>(line).is_ok()
}

/// Parses the line once more, slowly, to find where it is wrong.
fn where_and_why<T: DeserializeOwned>(line: &[u8]) -> String {
    match serde_path_to_error::deserialize::<_, T>(&mut serde_json::Deserializer::from_slice(line)) {
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
