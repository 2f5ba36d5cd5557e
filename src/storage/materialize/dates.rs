//! Dates.

use sqlx::{Row, SqliteConnection};

use crate::{
    corpus::{BilingualText, Resource, Slug, dates::DateExpression},
    storage::materialize::{
        batch::Batch,
        entry::Entry,
        rows::{enum_value, fetch, position, speaker, uncertain_date, url},
        sources::{Sources, quote},
    },
};

const DATES: &str = "SELECT d.*, c.voice, c.speaker, a.name_ar AS speaker_ar, a.name_en AS speaker_en \
    FROM dates AS d JOIN clauses AS c ON c.id = d.clause LEFT JOIN actors AS a ON a.id = c.speaker \
    WHERE d.statement BETWEEN ? AND ? ORDER BY d.statement, d.position";

/// Reads the dates of a batch of statements, each with its position.
pub async fn read(database: &mut SqliteConnection, batch: &Batch, sources: &Sources) -> sqlx::Result<Vec<(u32, DateExpression)>> {
    let mut dates = Vec::new();
    for row in fetch(database, DATES, batch).await? {
        let id: Slug = row.try_get("id")?;
        let (speaker, speaker_name) = speaker(&row)?;
        let basis_note: (Option<String>, Option<String>) = (row.try_get("basis_note_ar")?, row.try_get("basis_note_en")?);
        let date = DateExpression {
            url: url(Resource::Dates, &id),
            statement: row.try_get("statement")?,
            clause: row.try_get("clause")?,
            voice: enum_value(&row, "voice")?,
            speaker,
            speaker_name,
            r#type: enum_value(&row, "type")?,
            date: uncertain_date(&row)?,
            anchor: row.try_get("anchor")?,
            quote: quote(&row, sources)?,
            basis_note: basis_note.0.zip(basis_note.1).map(|(ar, en)| BilingualText { ar, en }),
            id,
        };
        dates.push((row.try_get("position")?, date));
    }
    Ok(dates)
}

/// The rows of dates.
pub fn entries(dates: &[(u32, DateExpression)]) -> sqlx::Result<Vec<Entry>> {
    dates.iter().map(|(at, date)| Entry::dated(&date.id, position(&date.statement, *at), &date.date, date)).collect()
}
