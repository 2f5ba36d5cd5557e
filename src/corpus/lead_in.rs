//! Lead-ins: the words with which a medium introduces what it quotes.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::corpus::{bilingual_text::BilingualText, quote::Quote, slug::Slug};

/// The words with which the medium introduces a clause. They belong to no clause, and are the medium's.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
pub struct LeadIn {
    /// Its permanent id.
    pub id: Slug,
    /// The words and their position in the source.
    pub quote: Quote,
    /// The source's words, and our working translation.
    pub text: BilingualText,
    /// The actor (an id) whose words they are: the medium.
    pub speaker: Slug,
}
