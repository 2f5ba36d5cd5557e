//! Mentions of actors and locations.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::corpus::{quote::Quote, slug::Slug};

/// How many mentions the item of an actor or a location has at most; the list of its mentions has all.
pub const MAX_INLINE_MENTIONS: u32 = 50;

/// One occurrence in a source, attached particles included.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema, sqlx::FromRow)]
pub struct Mention {
    /// The statement whose source it is in.
    pub statement: Slug,
    /// The clause that contains it; null in a lead-in, which belongs to no clause.
    pub clause: Option<Slug>,
    /// The words and their position.
    #[sqlx(flatten)]
    pub quote: Quote,
}
