use std::fmt;

/// The path of what is in no field.
pub(crate) const WHOLE: &str = "policy";

/// Where in a configuration something stands. Prints as a path: `origins[1]`, `dangerous.null_origin`.
///
/// What was given to the builder has the same paths: `origins[1]` is the second origin, in the order of the
/// calls.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ConfigPath {
    field: String,
    index: Option<usize>,
}

impl ConfigPath {
    pub(crate) fn at_field(name: &str) -> Self {
        Self { field: name.to_owned(), index: None }
    }

    pub(crate) fn element(list: &str, index: usize) -> Self {
        Self { field: list.to_owned(), index: Some(index) }
    }

    /// The field, with those that it is in: `origins`, `dangerous.null_origin`; `policy` for the whole.
    #[must_use]
    pub fn field(&self) -> &str {
        &self.field
    }

    /// Which element it is, if the field is a list, counted from 0.
    #[must_use]
    pub fn index(&self) -> Option<usize> {
        self.index
    }
}

impl fmt::Display for ConfigPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.field)?;
        self.index.map_or(Ok(()), |index| write!(f, "[{index}]"))
    }
}
