//! The `IN` condition that several filters share.

use sqlx::{QueryBuilder, Sqlite};

/// Adds ` AND column IN (…)`, or nothing without values: a repeated parameter means any of its values.
pub fn push_in<T>(query: &mut QueryBuilder<Sqlite>, column: &'static str, values: impl IntoIterator<Item = T>)
where
    T: for<'v> sqlx::Encode<'v, Sqlite> + sqlx::Type<Sqlite> + 'static,
{
    let mut values = values.into_iter().peekable();
    if values.peek().is_none() {
        return;
    }
    query.push(" AND ").push(column).push(" IN (");
    let mut list = query.separated(", ");
    for value in values {
        list.push_bind(value);
    }
    query.push(")");
}
