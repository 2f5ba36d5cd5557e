//! Notes: what is wrong, open or peculiar in the source, said beside it and never instead of it.

use serde::{Deserialize, Serialize};
use sqlx::{QueryBuilder, Sqlite};
use utoipa::{IntoParams, ToSchema};

use crate::corpus::{
    BilingualText, ByPosition, Filter, Quote, Resource, Slug, SortOrder, Source, any,
    search::{FieldKind, Hit, Search, SearchField},
};

/// An editor's note on the source.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
pub struct Note {
    /// Stable for ever.
    pub id: Slug,
    /// Where it is.
    pub url: String,
    /// The statement that it belongs to.
    pub statement: Slug,
    /// The clause (an id) that it is about.
    pub target: Slug,
    /// The words that it is about, and their place in the source.
    pub quote: Quote,
    /// What it is about.
    pub kind: Kind,
    /// What a reader without it would do.
    pub severity: Severity,
    /// What it says.
    pub text: BilingualText,
    /// What it rests on, where that lies outside the source.
    pub sources: Vec<Source>,
    /// How it answers a search.
    #[serde(flatten)]
    #[schema(value_type = Hit)]
    pub hit: Option<Hit>,
}

/// A note, where it belongs to something else.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
pub struct NoteReference {
    /// Its id.
    pub id: Slug,
    /// Where it is.
    pub url: String,
    /// What it is about.
    pub kind: Kind,
    /// What a reader without it would do.
    pub severity: Severity,
    /// What it says.
    pub text: BilingualText,
}

/// What a note is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema, sqlx::Type)]
#[serde(rename_all = "snake_case")]
#[sqlx(rename_all = "snake_case")]
#[schema(as = NoteKind)]
pub enum Kind {
    /// The source is evidently wrong.
    ErrorInSource,
    /// It can be read in more than one way.
    Ambiguity,
    /// One thing under several names, or several under one.
    Naming,
    /// The Arabic and the published English differ, or a word has no plain equivalent.
    Translation,
    /// How something is dated.
    Dating,
    /// Who says it.
    Attribution,
    /// What it points at.
    Reference,
}

/// How much a note matters; what matters most comes first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, ToSchema, sqlx::Type)]
#[serde(rename_all = "snake_case")]
#[sqlx(rename_all = "snake_case")]
pub enum Severity {
    /// A reader without it would repeat a falsehood.
    Critical,
    /// A reader without it would misread.
    Major,
    /// A reader without it may wonder.
    Minor,
}

/// Which notes.
#[derive(Clone, Debug, Default, Serialize, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(default)]
pub struct NoteFilter {
    /// With these words, in Arabic or English, or about them: all of them; `"…"` is a phrase.
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
    /// About this.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub kind: Vec<Kind>,
    /// Mattering so much.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub severity: Vec<Severity>,
    /// The order; reading order unless asked otherwise.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sort: Option<ByPosition>,
}

impl Filter for NoteFilter {
    const RESOURCE: Resource = Resource::Notes;
    const SORT: &'static str = "position";
    type Item = Note;

    fn order(&self) -> SortOrder {
        self.sort.map_or_else(|| if self.q.is_some() { SortOrder::RELEVANCE } else { SortOrder::default() }, SortOrder::from)
    }

    fn search(&self) -> Option<&Search> {
        self.q.as_ref()
    }

    fn searched(item: &Note) -> Vec<SearchField<'_>> {
        let quote = SearchField { field: "quote.exact".to_owned(), sort: FieldKind::Arabic, text: &item.quote.exact, source: Some(item.quote.start) };
        SearchField::both("text", &item.text, None).into_iter().chain([quote]).collect()
    }

    fn join(&self, query: &mut QueryBuilder<Sqlite>) {
        query.push(" JOIN notes AS n ON n.id = i.id");
    }

    fn conditions(&self, query: &mut QueryBuilder<Sqlite>) {
        any(query, "n.statement", self.statement.iter().map(Slug::to_string));
        any(query, "n.clause", self.target.iter().map(Slug::to_string));
        any(query, "n.kind", self.kind.iter().copied());
        any(query, "n.severity", self.severity.iter().copied());
    }

    fn references(&self) -> Vec<(&'static str, Resource, &[Slug])> {
        vec![("statement", Resource::Statements, &self.statement), ("target", Resource::Clauses, &self.target)]
    }
}
