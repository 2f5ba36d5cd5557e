//! Dates.

use sqlx::{Row, SqliteConnection};

use crate::{
    corpus::{BilingualText, Resource, Slug, dates::DateExpression},
    storage::materialize::{
        batch::Batch,
        entry::{self, Entry},
        item_index::ItemIndex,
        rows::{enum_value, fetch, position, speaker, uncertain_date, url},
        sources::{Sources, quote},
    },
};

const DATES: &str = "SELECT d.*, c.voice, c.speaker, a.name_ar AS speaker_ar, a.name_en AS speaker_en \
    FROM dates AS d JOIN clauses AS c ON c.id = d.clause LEFT JOIN actors AS a ON a.id = c.speaker \
    WHERE d.statement BETWEEN ? AND ? ORDER BY d.statement, d.position";

/// Inserts the dates of a batch of statements.
pub async fn insert(database: &mut SqliteConnection, batch: &Batch, sources: &Sources, index: &mut ItemIndex) -> sqlx::Result<()> {
    let mut entries = Vec::new();
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
        entries.push(Entry::dated(&date.id, position(&date.statement, row.try_get("position")?), &date.date, &date)?);
    }
    entry::insert(database, Resource::Dates, &entries, index).await.map(|_| ())
}
