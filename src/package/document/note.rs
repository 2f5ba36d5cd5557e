//! Editors' notes.

use schemars::JsonSchema;
use serde::Serialize;

use crate::{
    corpus::notes,
    package::{
        diagnostic::Log,
        document::{
            quote::QuoteSelector,
            source::{Bilingual, Publication},
        },
        fields::{Fields, Read},
        parse::Node,
        spanned::{Spanned, Text},
    },
};

/// What is wrong, open or peculiar in the words of a clause.
#[derive(Clone, Debug, PartialEq, JsonSchema, Serialize)]
#[schemars(deny_unknown_fields)]
pub struct Note {
    /// Its id within the clause: `n1`. By default it is numbered.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<Text>,
    /// The words.
    #[serde(flatten)]
    pub words: QuoteSelector,
    /// Its kind.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(required)]
    pub kind: Option<Spanned<notes::Kind>>,
    /// How much a reader needs it.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(required)]
    pub severity: Option<Spanned<notes::Severity>>,
    /// The note.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(required)]
    pub text: Option<Bilingual>,
    /// What it rests on.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schemars(default)]
    pub sources: Vec<Publication>,
    /// The actors that it is about.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schemars(default)]
    pub actors: Vec<Text>,
    /// The locations that it is about.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schemars(default)]
    pub locations: Vec<Text>,
}

impl Read for Note {
    fn read(node: &Node, log: &mut Log) -> Option<Self> {
        let mut fields = Fields::of(node, "a note", log)?;
        let note = Self {
            id: fields.optional("id"),
            words: QuoteSelector::required(&mut fields),
            kind: fields.choice("kind"),
            severity: fields.choice("severity"),
            text: fields.required("text"),
            sources: fields.list("sources"),
            actors: fields.list("actors"),
            locations: fields.list("locations"),
        };
        fields.finish();
        Some(note)
    }
}
