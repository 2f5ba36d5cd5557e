//! Clauses, and what nests in them.

use schemars::JsonSchema;
use serde::{Serialize, Serializer};

use crate::{
    corpus::{
        Voice,
        clauses::{Kind, RoleKind},
    },
    package::{
        diagnostic::{Code, Log},
        document::{date::Date, note::Note, quote::QuoteSelector},
        fields::{Fields, Read},
        parse::{Node, Place, Value},
        spanned::{Spanned, Text},
    },
};

/// One unit that could be quoted, disputed or tracked alone.
#[derive(Clone, Debug, PartialEq, JsonSchema, Serialize)]
#[schemars(deny_unknown_fields)]
pub struct Clause {
    /// The place of the clause in the package.
    #[serde(skip)]
    pub place: Spanned<()>,
    /// Paragraph and letter: `6b`.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(required)]
    pub label: Option<Text>,
    /// Its words.
    #[serde(flatten)]
    pub words: QuoteSelector,
    /// The words that introduce it, or the label of a clause that they introduce as well.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub lead_in: Option<LeadIn>,
    /// Whose words it is.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(required)]
    pub voice: Option<Spanned<Voice>>,
    /// The actor that says it; none for the statement's own words.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub speaker: Option<Text>,
    /// What it does.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(required)]
    pub kind: Option<Spanned<Kind>>,
    /// The label of the clause that it belongs to.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub parent: Option<Text>,
    /// The editors' translation into the other language.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(required)]
    pub translation: Option<Text>,
    /// Roles and mentions of actors.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schemars(default)]
    pub actors: Vec<ActorEntry>,
    /// Mentions of locations.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schemars(default)]
    pub locations: Vec<Mention>,
    /// Temporal expressions.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schemars(default)]
    pub dates: Vec<Date>,
    /// Citations of documents.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schemars(default)]
    pub citations: Vec<Citation>,
    /// Editors' notes.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schemars(default)]
    pub notes: Vec<Note>,
}

impl Read for Clause {
    fn read(node: &Node, log: &mut Log) -> Option<Self> {
        let mut fields = Fields::of(node, "a clause", log)?;
        let clause = Self {
            place: Spanned { value: (), place: node.place.clone() },
            label: fields.required("label"),
            words: QuoteSelector::required(&mut fields),
            lead_in: fields.optional("lead_in"),
            voice: fields.choice("voice"),
            speaker: fields.optional("speaker"),
            kind: fields.choice("kind"),
            parent: fields.optional("parent"),
            translation: translation(&mut fields),
            actors: fields.list("actors"),
            locations: fields.list("locations"),
            dates: fields.list("dates"),
            citations: fields.list("citations"),
            notes: fields.list("notes"),
        };
        fields.finish();
        Some(clause)
    }
}

impl Clause {
    /// Its label; empty where the file has none.
    #[must_use]
    pub fn label(&self) -> &str {
        self.label.as_ref().map_or("", Text::as_str)
    }

    /// Where a mistake of the whole clause is shown.
    #[must_use]
    pub fn head(&self) -> Place {
        self.label.as_ref().map_or_else(|| self.place.place.clone(), |label| label.place.clone())
    }
}

/// Reads a translation, which must be there.
fn translation(fields: &mut Fields<'_, '_>) -> Option<Text> {
    let translation: Option<Text> = fields.optional("translation");
    if translation.as_ref().is_none_or(|text| text.value.trim().is_empty()) && !fields.is_unread("translation") {
        fields.lacks("translation", Code::MissingTranslation, "the translation into the other language is missing".to_owned());
    }
    translation
}

/// A lead-in where it is first needed, or a reference to one.
#[derive(Clone, Debug, PartialEq, JsonSchema)]
#[schemars(untagged)]
pub enum LeadIn {
    /// Its words.
    New(Box<NewLeadIn>),
    /// The clause that has the same.
    Same(LeadInRef),
}

/// The label of a clause that the same lead-in introduces.
pub type LeadInRef = Text;

impl Serialize for LeadIn {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::New(lead_in) => lead_in.serialize(serializer),
            Self::Same(label) => label.serialize(serializer),
        }
    }
}

impl Read for LeadIn {
    fn read(node: &Node, log: &mut Log) -> Option<Self> {
        match node.value {
            Value::Map(_) => NewLeadIn::read(node, log).map(|lead_in| Self::New(Box::new(lead_in))),
            _ => Text::read(node, log).map(Self::Same),
        }
    }
}

/// The words with which the medium introduces what it quotes. They belong to no clause.
#[derive(Clone, Debug, PartialEq, JsonSchema, Serialize)]
#[schemars(deny_unknown_fields)]
pub struct NewLeadIn {
    /// The paragraph that has them, where it is not the clause's.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub paragraph: Option<Spanned<u32>>,
    /// The words.
    #[serde(flatten)]
    pub words: QuoteSelector,
    /// Whose words they are; by default the medium's.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub speaker: Option<Text>,
    /// The editors' translation into the other language.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(required)]
    pub translation: Option<Text>,
    /// Mentions of actors in it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schemars(default)]
    pub actors: Vec<Mention>,
    /// Mentions of locations in it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schemars(default)]
    pub locations: Vec<Mention>,
}

impl Read for NewLeadIn {
    fn read(node: &Node, log: &mut Log) -> Option<Self> {
        let mut fields = Fields::of(node, "a lead-in", log)?;
        let lead_in = Self {
            paragraph: fields.optional("paragraph"),
            words: QuoteSelector::required(&mut fields),
            speaker: fields.optional("speaker"),
            translation: translation(&mut fields),
            actors: fields.list("actors"),
            locations: fields.list("locations"),
        };
        for key in ["dates", "citations", "notes"] {
            fields.explain(key, "only clauses have dates, citations and notes; if one is in these words, make them a clause in the voice of the medium");
        }
        fields.finish();
        Some(lead_in)
    }
}

/// A role of an actor in a clause, a mention of it, or both.
#[derive(Clone, Debug, PartialEq, JsonSchema, Serialize)]
#[schemars(deny_unknown_fields)]
pub struct ActorEntry {
    /// The actor.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(required)]
    pub id: Option<Text>,
    /// Its role; by default `mentioned`, where it has no other in the clause.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub role: Option<Spanned<RoleKind>>,
    /// Whether the clause itself does not name it for this role; by default, whether it does not name it at all.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub inferred: Option<Spanned<bool>>,
    /// The words that name it.
    #[serde(flatten)]
    pub words: QuoteSelector,
}

impl Read for ActorEntry {
    fn read(node: &Node, log: &mut Log) -> Option<Self> {
        let mut fields = Fields::of(node, "an actor of a clause", log)?;
        let entry = Self {
            id: fields.required("id"),
            role: fields.optional_choice("role"),
            inferred: fields.optional("inferred"),
            words: QuoteSelector::optional(&mut fields),
        };
        if !fields.has("role") && !fields.has("quote") {
            fields.missing("role` or `quote");
        }
        fields.finish();
        Some(entry)
    }
}

/// Words that name an actor or a location. In a lead-in they are all that is said of an actor: it has no role there.
#[derive(Clone, Debug, PartialEq, JsonSchema, Serialize)]
#[schemars(deny_unknown_fields)]
pub struct Mention {
    /// What they name.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(required)]
    pub id: Option<Text>,
    /// The words.
    #[serde(flatten)]
    pub words: QuoteSelector,
}

impl Read for Mention {
    fn read(node: &Node, log: &mut Log) -> Option<Self> {
        let mut fields = Fields::of(node, "a mention", log)?;
        let mention = Self { id: fields.required("id"), words: QuoteSelector::required(&mut fields) };
        for key in ["role", "inferred"] {
            fields.explain(key, "a mention has no role: an actor has one in a clause, under the `actors` of that; who says a clause is its `speaker`");
        }
        fields.finish();
        Some(mention)
    }
}

/// A citation of a document.
#[derive(Clone, Debug, PartialEq, JsonSchema, Serialize)]
#[schemars(deny_unknown_fields)]
pub struct Citation {
    /// The document.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(required)]
    pub document: Option<Text>,
    /// The words that cite it.
    #[serde(flatten)]
    pub words: QuoteSelector,
}

impl Read for Citation {
    fn read(node: &Node, log: &mut Log) -> Option<Self> {
        let mut fields = Fields::of(node, "a citation", log)?;
        let citation = Self { document: fields.required("document"), words: QuoteSelector::required(&mut fields) };
        fields.finish();
        Some(citation)
    }
}
