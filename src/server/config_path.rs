//! Where a value is in a configuration.

use std::fmt;

/// The path of a value in a configuration. Prints as `origins[1]` or `dangerous.null_origin`.
///
/// Values that were passed to a [`PolicyBuilder`](super::PolicyBuilder) have the same paths: `origins[1]` is
/// the second origin, in the order of the calls.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct ConfigPath {
    /// Empty for the whole policy.
    field: String,
    index: Option<usize>,
}

impl ConfigPath {
    /// The path of the whole policy.
    pub(crate) const WHOLE: Self = Self { field: String::new(), index: None };

    pub(crate) fn of_field(name: &str) -> Self {
        Self { field: name.to_owned(), index: None }
    }

    pub(crate) fn element(list: &str, index: usize) -> Self {
        Self { field: list.to_owned(), index: Some(index) }
    }

    /// The path of a field of the table that has this path. A field without a name is written `""`, as in TOML: otherwise,
    /// its path would be that of the table.
    #[cfg(feature = "serde")]
    pub(crate) fn field_in(&self, name: &str) -> Self {
        Self::of_field(if name.is_empty() { "\"\"" } else { name }).under(self)
    }

    /// The path of an element of the list that has this path.
    #[cfg(feature = "serde")]
    pub(crate) fn element_at(&self, index: usize) -> Self {
        Self { field: self.field.clone(), index: Some(index) }
    }

    /// The path in a larger configuration, in which the policy is at `table`.
    pub(crate) fn under(self, table: &Self) -> Self {
        let dot = if self.field.is_empty() || table.field.is_empty() { "" } else { "." };
        Self { field: format!("{}{dot}{}", table.field, self.field), ..self }
    }

    /// The name of the field, behind the names of its tables if it is in some: `origins`,
    /// `dangerous.null_origin`. `policy` stands for the whole policy.
    #[must_use]
    pub fn field(&self) -> &str {
        if self.field.is_empty() { "policy" } else { &self.field }
    }

    /// The index of the list element, counted from 0. `None` if the path is that of a whole field.
    #[must_use]
    pub fn index(&self) -> Option<usize> {
        self.index
    }
}

impl fmt::Display for ConfigPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.field())?;
        self.index.map_or(Ok(()), |index| write!(f, "[{index}]"))
    }
}
