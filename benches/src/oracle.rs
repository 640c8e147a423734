//! The oracle program, line by line as the command has it.

#[path = "../../cli/src/invalid_line.rs"]
mod invalid_line;
#[path = "../../cli/src/line.rs"]
mod line;

pub fn answer_one(line: &[u8], output: &mut Vec<u8>) {
    assert!(line::process(line, output).unwrap());
}

/// The recorded cases, one a line.
pub const CASES: &[u8] = include_bytes!("../../tests/cases/wpt.jsonl");

/// The lines, over and over.
pub fn lines() -> impl Iterator<Item = &'static [u8]> {
    CASES.split_inclusive(|byte| *byte == b'\n').cycle()
}

/// Answers all lines, and returns how many there were.
pub fn answer_all(lines: &[u8], output: &mut Vec<u8>) -> usize {
    let lines = lines.split_inclusive(|byte| *byte == b'\n');
    lines.map(|line| answer_one(line, output)).count()
}
