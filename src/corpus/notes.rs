//! Notes: what is wrong, ambiguous or peculiar in the source, which itself is never edited.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use crate::corpus::{
    bilingual_text::BilingualText,
    bitmaps::{Conditions, Indexed, ItemValues, Reference, Term},
    day::Day,
    filter::Filter,
    hit::Hit,
    quote::Quote,
    resource::Resource,
    searchable::{FieldKind, Search, SearchField, Searchable},
    slug::Slug,
    sort::{ByPosition, SortOrder},
    source::Source,
};
use crate::text::normalize::is_arabic;

/// An editor's note on the source.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
pub struct Note {
    /// Its permanent id.
    pub id: Slug,
    /// Its URL.
    pub url: String,
    /// The statement that it belongs to.
    pub statement: Slug,
    /// The clause (an id) that it is about.
    pub target: Slug,
    /// The words that it is about, and their position in the source.
    pub quote: Quote,
    /// Its kind.
    pub kind: Kind,
    /// Its severity.
    pub severity: Severity,
    /// Its text.
    pub text: BilingualText,
    /// Its sources outside the article, if any.
    pub sources: Vec<Source>,
    /// How it matches a search.
    #[serde(flatten)]
    #[schema(value_type = Hit)]
    pub hit: Option<Hit>,
}

/// The kind of a note.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = NoteKind)]
#[schemars(rename = "NoteKind")]
pub enum Kind {
    /// The source is evidently wrong.
    ErrorInSource,
    /// It can be read in more than one way.
    Ambiguity,
    /// One thing under several names, or several under one.
    Naming,
    /// The Arabic and the published English differ, or a word has no plain equivalent.
    Translation,
    /// A remark on a date.
    Dating,
    /// A remark on who says the words.
    Attribution,
    /// A remark on what the words refer to.
    Reference,
}

/// The severity of a note, the most severe first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    /// A reader without it would repeat a falsehood.
    Critical,
    /// A reader without it would misread.
    Major,
    /// A reader without it may wonder.
    Minor,
}

impl Indexed for Note {
    fn values(&self) -> ItemValues {
        ItemValues::default().with("statement", &self.statement).with_name("kind", &self.kind).with_name("severity", &self.severity)
    }
}

impl Searchable for Note {
    fn search_fields(&self) -> Vec<SearchField<'_>> {
        // A note does not repeat the language of its source, which its words show.
        let kind = if self.quote.exact.chars().any(is_arabic) { FieldKind::Arabic } else { FieldKind::English };
        let quote = SearchField { field: "quote.exact".to_owned(), kind, text: &self.quote.exact, source_start: Some(self.quote.start) };
        SearchField::bilingual("text", &self.text).into_iter().chain([quote]).collect()
    }
}

/// The parameters of the list of notes.
#[derive(Clone, Debug, Default, Serialize, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(default)]
pub struct NoteFilter {
    /// With these words, in Arabic or English, in the note or in the words that it is about: all of them; `"…"` is a phrase.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[param(value_type = Option<String>, example = "إسرائيل")]
    pub q: Option<Search>,
    /// On the source of this statement (an id).
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[param(example = json!(["iq-us-2024-09-27"]))]
    pub statement: Vec<Slug>,
    /// On this clause (an id).
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[param(example = json!(["iq-us-2024-09-27-10f"]))]
    pub target: Vec<Slug>,
    /// Of this kind.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub kind: Vec<Kind>,
    /// Of this severity.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub severity: Vec<Severity>,
    /// The order. Default: reading order, or relevance with `q`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sort: Option<ByPosition>,
}

impl Filter for NoteFilter {
    const RESOURCE: Resource = Resource::Notes;
    const DEFAULT_SORT: &'static str = "position";
    const FACETS: &'static [&'static str] = &["statement", "kind", "severity"];
    type Item = Note;

    fn sort_order(&self) -> SortOrder {
        self.sort.map_or_else(|| if self.q.is_some() { SortOrder::RELEVANCE } else { SortOrder::default() }, SortOrder::from)
    }

    fn search(&self) -> Option<&Search> {
        self.q.as_ref()
    }

    fn conditions(&self, _: Day) -> Conditions {
        Conditions::default()
            .values("statement", &self.statement)
            .any(self.target.iter().map(|clause| Term::Referring(Reference::NoteOnClause, clause.to_string())))
            .names("kind", &self.kind)
            .names("severity", &self.severity)
    }

    fn foreign_ids(&self) -> Vec<(&'static str, Resource, &[Slug])> {
        vec![("statement", Resource::Statements, &self.statement), ("target", Resource::Clauses, &self.target)]
    }
}
