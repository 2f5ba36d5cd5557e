//! How an item matches a search.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::text::matcher::MatchLevel;

/// How an item matches `q`; present in the results of a search only.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
pub struct Hit {
    /// The relevance, above 0; comparable within one response only.
    #[schema(required = false)]
    pub score: f64,
    /// What matched.
    #[schema(required = false)]
    pub matched_by: MatchedBy,
    /// Where it matched, in reading order: Arabic, then English.
    #[schema(required = false)]
    pub highlights: Vec<Highlight>,
    /// The context of the match in both languages, as HTML: escaped, with `<mark>` around each highlight.
    #[schema(required = false)]
    pub snippet: Snippet,
}

/// What in an item matched, in the order of rank. The term with the worst rank decides.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum MatchedBy {
    /// Its words.
    Text,
    /// A synonym: another name of an actor, a location or a month that its words name, or a listed synonym of its words.
    Alias,
    /// The lead-in that introduces it.
    LeadIn,
    /// The date that an expression of time in it resolves to.
    Date,
    /// Other clauses of its paragraph: together they have all terms, and no clause has them alone.
    Paragraph,
}

impl From<Option<MatchLevel>> for MatchedBy {
    fn from(level: Option<MatchLevel>) -> Self {
        match level {
            Some(MatchLevel::Text) => Self::Text,
            Some(MatchLevel::Alias) => Self::Alias,
            Some(MatchLevel::LeadIn) => Self::LeadIn,
            Some(MatchLevel::Date) => Self::Date,
            None => Self::Paragraph,
        }
    }
}

/// Words of an item that match a query.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
pub struct Highlight {
    /// The member that contains them.
    #[schema(example = "text.ar")]
    pub field: String,
    /// Their first code point in it.
    pub start: usize,
    /// The code point after their last.
    pub end: usize,
    /// The words, with their vowel marks.
    pub exact: String,
    /// Their first code point in the whole source, if they are the source's words.
    pub source_start: Option<usize>,
}

/// The context of a match, in both languages.
#[derive(Clone, Debug, Default, Serialize, Deserialize, ToSchema)]
pub struct Snippet {
    /// Arabic.
    #[schema(required = false)]
    pub ar: String,
    /// English.
    #[schema(required = false)]
    pub en: String,
}
