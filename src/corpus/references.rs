//! References: short representations of an item inside another.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::corpus::{
    bilingual_text::BilingualText,
    dates::TimexType,
    notes::{Kind, Severity},
    slug::Slug,
    uncertain_date::UncertainDate,
};

/// A reference to an item that has a name.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
pub struct NamedReference {
    /// Its id.
    pub id: Slug,
    /// Its URL.
    pub url: String,
    /// Its name.
    pub name: BilingualText,
}

/// A reference to an item that has a title.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
pub struct TitledReference {
    /// Its id.
    pub id: Slug,
    /// Its URL.
    pub url: String,
    /// Its title.
    pub title: BilingualText,
}

/// A reference to a temporal expression.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
pub struct DateReference {
    /// Its id.
    pub id: Slug,
    /// Its URL.
    pub url: String,
    /// Its TIMEX3 type.
    pub r#type: TimexType,
    /// The date that it expresses.
    pub date: UncertainDate,
    /// Its words.
    pub exact: String,
}

/// A reference to a clause, with its text.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
pub struct ClauseReference {
    /// Its id.
    pub id: Slug,
    /// Its URL.
    pub url: String,
    /// Paragraph and letter.
    pub label: String,
    /// The source's words, and our working translation.
    pub text: BilingualText,
}

/// How many notes the item of an actor or a location has at most.
pub const MAX_INLINE_NOTES: u32 = 50;
/// How many of them it has in a list.
pub const MAX_LISTED_NOTES: usize = 3;

/// A reference to a note, with its text.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
pub struct NoteReference {
    /// Its id.
    pub id: Slug,
    /// Its URL.
    pub url: String,
    /// The statement (an id) whose source it is on.
    pub statement: Slug,
    /// Its kind.
    pub kind: Kind,
    /// Its severity.
    pub severity: Severity,
    /// Its text.
    pub text: BilingualText,
}

impl NoteReference {
    /// Whether a reader without the note would repeat an error.
    #[must_use]
    pub fn is_critical(&self) -> bool {
        self.severity == Severity::Critical
    }

    /// The label of the clause that it is on. The id of a note is that of its clause and a number.
    #[must_use]
    pub fn clause_label(&self) -> &str {
        self.id.below(&self.statement).split('-').next().unwrap_or_default()
    }
}
