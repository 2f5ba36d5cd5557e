//! Reading table rows into the values of a document.

use serde::de::DeserializeOwned;
use sqlx::{Row, SqliteConnection, sqlite::SqliteRow};

use crate::{
    corpus::{BilingualText, parse_enum},
    package::{
        document::{Bilingual, QuoteSelector},
        original::Original,
        spanned::{Spanned, Text},
    },
    text::span::Span,
};

/// The rows of a query that binds one id.
pub async fn fetch(database: &mut SqliteConnection, sql: &'static str, id: &str) -> sqlx::Result<Vec<SqliteRow>> {
    sqlx::query(sql).bind(id).fetch_all(database).await
}

/// The text of a column; `None` for NULL.
pub fn text(row: &SqliteRow, column: &str) -> sqlx::Result<Option<Text>> {
    Ok(row.try_get::<Option<String>, _>(column)?.map(Text::from))
}

/// The texts of the columns `{column}_ar` and `{column}_en`; `None` for NULL.
pub fn bilingual(row: &SqliteRow, column: &str) -> sqlx::Result<Option<Bilingual>> {
    let (ar, en): (Option<String>, Option<String>) = (row.try_get(format!("{column}_ar").as_str())?, row.try_get(format!("{column}_en").as_str())?);
    Ok(ar.zip(en).map(|(ar, en)| BilingualText { ar, en }.into()))
}

/// The value of a closed set in a column; `None` for NULL.
pub fn choice<T: DeserializeOwned>(row: &SqliteRow, column: &str) -> sqlx::Result<Option<Spanned<T>>> {
    let name: Option<&str> = row.try_get(column)?;
    let value: Option<T> = name.map(parse_enum).transpose().map_err(|cause| invalid(column, cause))?;
    Ok(value.map(Spanned::from))
}

/// The value of a column that is parsed; `None` for NULL.
pub fn parsed<T: std::str::FromStr<Err: std::error::Error + Send + Sync + 'static>>(row: &SqliteRow, column: &str) -> sqlx::Result<Option<Spanned<T>>> {
    let text: Option<&str> = row.try_get(column)?;
    let value: Option<T> = text.map(str::parse).transpose().map_err(|cause| invalid(column, cause))?;
    Ok(value.map(Spanned::from))
}

fn invalid(column: &str, cause: impl std::error::Error + Send + Sync + 'static) -> sqlx::Error {
    sqlx::Error::ColumnDecode { index: column.to_owned(), source: Box::new(cause) }
}

/// The span of the columns `start` and `end`.
pub fn span(row: &SqliteRow) -> sqlx::Result<Span> {
    let (start, end): (u32, u32) = (row.try_get("start")?, row.try_get("end")?);
    Ok(Span { start: start as usize, end: end as usize })
}

/// An id without the one that it begins with: `iq-us-2024-09-27-6b` is `6b` in its statement.
pub fn local_id(id: &str, of: &str) -> Text {
    let local = id.strip_prefix(of).and_then(|rest| rest.strip_prefix('-')).unwrap_or(id);
    Text::from(local.to_owned())
}

/// The quote of a span inside its enclosing thing, with its number where it stands there more than once.
pub fn quote(original: &Original, span: Span, within: Span) -> QuoteSelector {
    let words = original.slice(span);
    let places = original.find(words, within, usize::MAX);
    let number = places.iter().position(|place| *place == span).filter(|_| places.len() > 1).and_then(|at| u32::try_from(at + 1).ok());
    QuoteSelector { quote: Some(Text::from(words.to_owned())), prefix: None, suffix: None, occurrence: number.map(Spanned::from) }
}
