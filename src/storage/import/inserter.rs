//! Inserting the rows of one statement.

use sqlx::SqliteConnection;

use crate::{
    package::{
        Original, Text,
        document::{Bilingual, Publication},
        known::MissingPart,
    },
    storage::validate::ValidationError,
    text::span::Span,
};

/// What the rows of a statement are inserted with.
pub struct Inserter<'a> {
    /// The database.
    pub database: &'a mut SqliteConnection,
    /// The id of the statement.
    pub statement: &'a str,
    /// Its text.
    pub original: &'a Original,
}

impl Inserter<'_> {
    /// Inserts the quote of a span, unless something else rests on the same words.
    pub async fn quote(&mut self, span: Option<Span>) -> Result<(i64, i64), ValidationError> {
        let span = needed(span)?;
        let (start, end) = (offset(span.start), offset(span.end));
        sqlx::query("INSERT OR IGNORE INTO quotes (statement, start, \"end\", exact) VALUES (?, ?, ?, ?)")
            .bind(self.statement)
            .bind(start)
            .bind(end)
            .bind(self.original.slice(span))
            .execute(&mut *self.database)
            .await?;
        Ok((start, end))
    }

    /// The id of something in the statement.
    pub fn id(&self, local: &str) -> String {
        format!("{}-{local}", self.statement)
    }

    /// Inserts the publications that a note or a later report rests on.
    pub async fn publications(&mut self, sql: &'static str, of: &str, publications: &[Publication]) -> Result<(), ValidationError> {
        for (position, publication) in (1_i64..).zip(publications) {
            let (publisher_ar, publisher_en) = both(publication.publisher.as_ref())?;
            sqlx::query(sql)
                .bind(of)
                .bind(position)
                .bind(self.statement)
                .bind(publisher_ar)
                .bind(publisher_en)
                .bind(text(publication.title.as_ref()))
                .bind(text(publication.url.as_ref()))
                .bind(publication.published.as_ref().map(|day| day.value.to_string()))
                .execute(&mut *self.database)
                .await?;
        }
        Ok(())
    }

    /// Inserts pairs of ids, such as the actors of a note.
    pub async fn pairs(&mut self, sql: &'static str, of: &str, ids: impl IntoIterator<Item = String>) -> Result<(), ValidationError> {
        for id in ids {
            sqlx::query(sql).bind(of).bind(id).bind(self.statement).execute(&mut *self.database).await?;
        }
        Ok(())
    }
}

/// A value that every checked package has.
pub fn needed<T>(value: Option<T>) -> Result<T, MissingPart> {
    value.ok_or(MissingPart)
}

/// A text that may be missing.
pub fn text(text: Option<&Text>) -> Option<&str> {
    text.map(Text::as_str)
}

/// A text in both languages, Arabic first.
pub fn both(text: Option<&Bilingual>) -> Result<(&str, &str), MissingPart> {
    needed(text).map(|text| (text.value.ar.as_str(), text.value.en.as_str()))
}

/// The name of a value of a closed set.
pub fn name<T: serde::Serialize>(value: Option<&crate::package::Spanned<T>>) -> Result<String, MissingPart> {
    needed(value).map(|value| crate::corpus::enum_name(&value.value))
}

fn offset(at: usize) -> i64 {
    i64::try_from(at).unwrap_or(i64::MAX)
}
