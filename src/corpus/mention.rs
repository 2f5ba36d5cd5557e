//! Mentions of actors and locations.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::corpus::{quote::Quote, slug::Slug};

/// One occurrence in a source, attached particles included.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
pub struct Mention {
    /// The statement whose source it is in.
    pub statement: Slug,
    /// The clause that contains it; null in a lead-in, which belongs to no clause.
    pub clause: Option<Slug>,
    /// The words and their position.
    pub quote: Quote,
}
