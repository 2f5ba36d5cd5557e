//! Items that were withdrawn.

use chrono::{DateTime, Utc};

use crate::corpus::{
    bilingual_text::BilingualText,
    changes::{Action, Change},
    corpus::Corpus,
    read_item::read_by_id,
    resource::Resource,
    slug::Slug,
};

const LAST_CHANGE: &str = "SELECT id FROM changes WHERE resource = ? AND target = ? ORDER BY revision DESC, position DESC LIMIT 1";

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
    let last: Option<String> = sqlx::query_scalar(LAST_CHANGE).bind(resource.name()).bind(id.as_str()).fetch_optional(&corpus.pool).await?;
    let changes: Vec<Change> = read_by_id(corpus, Resource::Changes, last.into_iter().collect()).await?;
    let is_withdrawal = |change: &Change| change.action == Action::Withdrawn && change.target == *id;
    Ok(changes.into_iter().find(is_withdrawal).map(|change| Withdrawn { at: change.at, summary: change.summary }))
}
