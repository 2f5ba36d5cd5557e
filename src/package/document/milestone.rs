//! Milestones, and what was later reported about them.

use schemars::JsonSchema;
use serde::Serialize;

use crate::{
    corpus::{Basis, Voice, milestones::Kind},
    package::{
        diagnostic::{Code, Log},
        document::{
            date::DateRef,
            source::{Bilingual, Publication},
        },
        fields::{Fields, Read},
        parse::Node,
        spanned::{Spanned, Text},
    },
};

/// A deadline, an event, a period or a forecast.
#[derive(Clone, Debug, PartialEq, JsonSchema, Serialize)]
#[schemars(deny_unknown_fields)]
pub struct Milestone {
    /// Its id within the statement.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(required)]
    pub id: Option<Text>,
    /// Its kind.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(required)]
    pub kind: Option<Spanned<Kind>>,
    /// Its voice; by default that of its first clause.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub voice: Option<Spanned<Voice>>,
    /// Its speaker; by default that of its first clause.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub speaker: Option<Text>,
    /// A short description.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(required)]
    pub title: Option<Bilingual>,
    /// The labels of the clauses that it rests on.
    #[schemars(length(min = 1))]
    pub clauses: Vec<Text>,
    /// The labels of the clauses that it is subject to.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schemars(default)]
    pub conditions: Vec<Text>,
    /// Its date; absent if the text gives none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub date: Option<MilestoneDate>,
    /// The actors that have a part in it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schemars(default)]
    pub actors: Vec<Text>,
    /// Its locations.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schemars(default)]
    pub locations: Vec<Text>,
    /// What was later reported.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schemars(default)]
    pub developments: Vec<Development>,
}

impl Read for Milestone {
    fn read(node: &Node, log: &mut Log) -> Option<Self> {
        let mut fields = Fields::of(node, "a milestone", log)?;
        let milestone = Self {
            id: fields.required("id"),
            kind: fields.choice("kind"),
            voice: fields.optional_choice("voice"),
            speaker: fields.optional("speaker"),
            title: fields.required("title"),
            clauses: fields.list("clauses"),
            conditions: fields.list("conditions"),
            date: fields.optional("date"),
            actors: fields.list("actors"),
            locations: fields.list("locations"),
            developments: fields.list("developments"),
        };
        if milestone.clauses.is_empty() && !fields.is_unread("clauses") {
            fields.lacks("clauses", Code::MissingKey, "a milestone needs at least one clause in `clauses`".to_owned());
        }
        for key in ["edtf", "basis", "quote", "clause", "dates"] {
            fields.explain(
                key,
                "the date of a milestone is one object: date: {clause: 1a, quote: …}, with `edtf` and `basis` in it where they are not those of the words",
            );
        }
        fields.finish();
        Some(milestone)
    }
}

/// The date of a milestone: that of an expression, or one that only the clauses together give.
#[derive(Clone, Debug, PartialEq, JsonSchema, Serialize)]
#[schemars(deny_unknown_fields)]
pub struct MilestoneDate {
    /// The expression that dates it.
    #[serde(flatten)]
    pub expression: DateRef,
    /// Its EDTF, where that is not the expression's.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub edtf: Option<Text>,
    /// Its basis, where that is not the expression's.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub basis: Option<Spanned<Basis>>,
}

impl Read for MilestoneDate {
    fn read(node: &Node, log: &mut Log) -> Option<Self> {
        let mut fields = Fields::of(node, "the date of a milestone", log)?;
        let expression = DateRef::from_fields(&mut fields, false);
        let date = Self { expression, edtf: fields.optional("edtf"), basis: fields.optional_choice("basis") };
        if !fields.has("quote") && !fields.has("edtf") {
            fields.missing("quote` or `edtf");
        }
        fields.finish();
        Some(date)
    }
}

/// A later report about a milestone.
#[derive(Clone, Debug, PartialEq, JsonSchema, Serialize)]
#[schemars(deny_unknown_fields)]
pub struct Development {
    /// Its id within the statement.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(required)]
    pub id: Option<Text>,
    /// The date that is reported, as EDTF of level 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(required)]
    pub edtf: Option<Text>,
    /// What was reported.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(required)]
    pub text: Option<Bilingual>,
    /// Who reported it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schemars(default)]
    pub sources: Vec<Publication>,
}

impl Read for Development {
    fn read(node: &Node, log: &mut Log) -> Option<Self> {
        let mut fields = Fields::of(node, "a development", log)?;
        let development = Self { id: fields.required("id"), edtf: fields.required("edtf"), text: fields.required("text"), sources: fields.list("sources") };
        fields.finish();
        Some(development)
    }
}
