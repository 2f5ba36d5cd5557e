//! Tables of words as tab-separated values: one row on each line, and `#` for a comment.

/// The rows of a table, with their columns trimmed; comments and empty lines are skipped.
pub fn rows(table: &'static str) -> impl Iterator<Item = Vec<&'static str>> {
    table.lines().filter(|line| !(line.starts_with('#') || line.trim().is_empty())).map(|line| line.split('\t').map(str::trim).collect())
}
