//! One line in, one line out.

use crossorigin::oracle::case::{ALL_PROFILES, Case, InvalidCase, Question, Verdict, Verdicts};
use serde::de::{DeserializeOwned, IgnoredAny};
use serde::{Deserialize, Serialize};
use std::io::{self, Write};

/// Answers one line: a case with its verdict, a question with its answers, anything else with where and why it is
/// neither. Returns whether it was one of the two.
pub(crate) fn answer(line: &[u8], output: &mut impl Write) -> io::Result<bool> {
    // Nearly every line is a case, so a line is only looked at twice if it is not.
    let invalid = if let Ok(case) = serde_json::from_slice::<Case>(line) {
        match judge(&case, output) {
            Ok(written) => return written,
            Err(invalid) => invalid.to_string(),
        }
    } else if is_question(line) {
        match serde_json::from_slice::<Question>(line) {
            Ok(question) => match question.answer() {
                Ok(answers) => return write(output, &answers),
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

/// Plays a case, in one profile or in all of them.
fn judge(case: &Case, output: &mut impl Write) -> Result<io::Result<bool>, InvalidCase> {
    Ok(if case.profile == ALL_PROFILES {
        write(output, &Verdicts::new(&case.id, &case.play_in_all()?))
    } else {
        write(output, &Verdict::new(&case.id, &case.play()?))
    })
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

/// Reads the line once more, slowly, to say where it is wrong.
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
