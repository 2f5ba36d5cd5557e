//! Inserting the rows of one statement.

use std::collections::HashSet;

use crate::{
    package::{
        Original, Text,
        document::{Bilingual, Publication},
        known::MissingPart,
    },
    storage::import::rows::{Rows, Table, Value},
    text::span::Span,
};

const QUOTES: Table<4> = Table::new("INSERT INTO quotes (statement, start, \"end\", exact)");

/// What the rows of a statement are collected with.
pub struct Inserter<'a> {
    /// The id of the statement.
    pub statement: &'a str,
    /// Its text.
    pub original: &'a Original,
    /// The rows.
    pub rows: Rows,
    /// What something rests on.
    quotes: HashSet<(usize, usize)>,
}

impl<'a> Inserter<'a> {
    /// Begins with no rows.
    pub fn new(statement: &'a str, original: &'a Original) -> Self {
        Self { statement, original, rows: Rows::default(), quotes: HashSet::new() }
    }

    /// Adds the quote of a span, unless something else rests on the same words.
    pub fn quote(&mut self, span: Option<Span>) -> Result<(i64, i64), MissingPart> {
        let span = needed(span)?;
        let (start, end) = (offset(span.start), offset(span.end));
        if self.quotes.insert((span.start, span.end)) {
            self.rows.add(&QUOTES, [self.statement.into(), start.into(), end.into(), self.original.slice(span).into()]);
        }
        Ok((start, end))
    }

    /// The id of something in the statement.
    pub fn id(&self, local: &str) -> String {
        format!("{}-{local}", self.statement)
    }

    /// Adds the publications that a note or a later report rests on.
    pub fn publications(&mut self, table: &Table<8>, of: &str, publications: &[Publication]) -> Result<(), MissingPart> {
        for (position, publication) in (1_i64..).zip(publications) {
            let (publisher_ar, publisher_en) = both(publication.publisher.as_ref())?;
            let published = publication.published.as_ref().map(|day| day.value.to_string());
            let row: [Value; 8] = [
                of.into(),
                position.into(),
                self.statement.into(),
                publisher_ar.into(),
                publisher_en.into(),
                text(publication.title.as_ref()).into(),
                text(publication.url.as_ref()).into(),
                published.into(),
            ];
            self.rows.add(table, row);
        }
        Ok(())
    }

    /// Adds pairs of ids, such as the actors of a note.
    pub fn pairs(&mut self, table: &Table<3>, of: &str, ids: impl IntoIterator<Item = String>) {
        for id in ids {
            self.rows.add(table, [of.into(), id.into(), self.statement.into()]);
        }
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
