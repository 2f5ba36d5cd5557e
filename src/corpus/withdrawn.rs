//! Items that were withdrawn.

use chrono::{DateTime, Utc};
use sqlx::Row;

use crate::corpus::{bilingual_text::BilingualText, corpus::Corpus, resource::Resource, slug::Slug};

const LAST_CHANGE: &str = "SELECT c.action, coalesce(c.at, r.at) AS at, c.summary_ar, c.summary_en FROM changes AS c JOIN revisions AS r USING (revision) \
    WHERE c.resource = ? AND c.target = ? ORDER BY c.revision DESC, c.position DESC LIMIT 1";

/// The withdrawal of an item.
#[derive(Clone, Debug)]
pub struct Withdrawn {
    /// When it was withdrawn.
    pub at: DateTime<Utc>,
    /// What was withdrawn, and why.
    pub summary: BilingualText,
}

/// The withdrawal of the item that had this id; `None` if there was none. To be asked for ids that no item has.
///
/// # Errors
/// When the query fails.
pub async fn withdrawn(corpus: &Corpus, resource: Resource, id: &Slug) -> sqlx::Result<Option<Withdrawn>> {
    let last = sqlx::query(LAST_CHANGE).bind(resource.name()).bind(id.as_str()).fetch_optional(&corpus.pool).await?;
    let Some(row) = last else { return Ok(None) };
    if row.try_get::<&str, _>("action")? != "withdrawn" {
        return Ok(None);
    }
    Ok(Some(Withdrawn { at: row.try_get("at")?, summary: BilingualText { ar: row.try_get("summary_ar")?, en: row.try_get("summary_en")? } }))
}
