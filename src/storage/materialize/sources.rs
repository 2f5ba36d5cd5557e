//! The texts of the sources, and quotations from them.

use std::collections::HashMap;

use sqlx::{Row, SqliteConnection, sqlite::SqliteRow};

use crate::{
    corpus::{BilingualText, Language, Quote, parse_enum},
    storage::materialize::{batch::Batch, rows::fetch},
};

/// The length of the prefix and the suffix of a quotation, in code points.
const CONTEXT_CHARS: usize = 32;

/// The texts of the sources of a batch of statements, as code points, with their languages.
pub struct Sources(HashMap<String, (Language, Vec<char>)>);

impl Sources {
    /// Reads the texts of these statements.
    pub async fn read(database: &mut SqliteConnection, batch: &Batch) -> sqlx::Result<Self> {
        let mut sources = HashMap::new();
        for row in fetch(database, "SELECT id, language, text FROM statements WHERE id BETWEEN ? AND ?", batch).await? {
            let language = parse_enum(row.try_get("language")?).map_err(|cause| sqlx::Error::Decode(cause.into()))?;
            sources.insert(row.try_get("id")?, (language, row.try_get::<&str, _>("text")?.chars().collect()));
        }
        Ok(Self(sources))
    }

    /// The quotation at these offsets. The schema proves that they lie within the text.
    pub fn quote(&self, statement: &str, start: u32, end: u32) -> sqlx::Result<Quote> {
        let (_, text) = self.0.get(statement).ok_or(sqlx::Error::RowNotFound)?;
        let slice = |from: usize, to: usize| text.get(from..to.min(text.len())).unwrap_or_default().iter().collect();
        let (from, to) = (start as usize, end as usize);
        Ok(Quote { start, end, exact: slice(from, to), prefix: slice(from.saturating_sub(CONTEXT_CHARS), from), suffix: slice(to, to + CONTEXT_CHARS) })
    }
}

/// The words of a quotation in the language of its source, and the column `translation` in the other.
pub fn translated(row: &SqliteRow, quote: &Quote, sources: &Sources) -> sqlx::Result<BilingualText> {
    let (language, _) = sources.0.get(row.try_get::<&str, _>("statement")?).ok_or(sqlx::Error::RowNotFound)?;
    let (own, translation) = (quote.exact.clone(), row.try_get("translation")?);
    Ok(match language {
        Language::Ar => BilingualText { ar: own, en: translation },
        Language::En => BilingualText { ar: translation, en: own },
    })
}

/// The quotation at the offsets `start` and `end` in the source of `statement`.
pub fn quote(row: &SqliteRow, sources: &Sources) -> sqlx::Result<Quote> {
    sources.quote(row.try_get("statement")?, row.try_get("start")?, row.try_get("end")?)
}
