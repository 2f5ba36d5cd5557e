//! Tables of words that are read by people first: one row a line, columns cut at tabs, `#` for a comment.

/// The rows of a table, with their columns trimmed; comments and empty lines are skipped.
pub fn rows(table: &'static str) -> impl Iterator<Item = Vec<&'static str>> {
    table.lines().filter(|line| !(line.starts_with('#') || line.trim().is_empty())).map(|line| line.split('\t').map(str::trim).collect())
}
