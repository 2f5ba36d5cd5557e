//! The document as a whole.

use schemars::JsonSchema;
use serde::Serialize;

use crate::{
    corpus::{
        Day,
        changes::{Action, ChangedResource},
        statements::Kind,
    },
    package::{
        diagnostic::{Code, Log},
        document::{
            clause::Clause,
            date::DateRef,
            milestone::Milestone,
            register::{Actor, CitedDocument, Location},
            source::{Bilingual, SourceText, Version},
            withdrawal::{Withdrawal, or_withdrawn},
        },
        fields::{Fields, Read},
        parse::{Node, Place},
        spanned::{Spanned, Text},
    },
};

/// The version of the format.
const FORMAT: u32 = 1;

/// One statement.
#[derive(Clone, Debug, PartialEq, JsonSchema, Serialize)]
#[schemars(deny_unknown_fields, transform = or_withdrawn)]
pub struct Document {
    /// The first key, where a mistake of the whole document is shown.
    #[serde(skip)]
    pub head: Spanned<()>,
    /// The version of the format: 1.
    #[schemars(range(min = 1, max = 1))]
    pub format: u32,
    /// The id of the statement.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(required)]
    pub id: Option<Text>,
    /// That it was withdrawn: nothing but its history is left then. `bayan withdraw` writes it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub withdrawn: Option<Withdrawal>,
    /// Its kind.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(required)]
    pub kind: Option<Spanned<Kind>>,
    /// Its title.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(required)]
    pub title: Option<Bilingual>,
    /// What the editor says of this edition, for the list of changes.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub summary: Option<Bilingual>,
    /// The source.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(required)]
    pub source: Option<SourceText>,
    /// What may be done with the text and the annotation.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub license_note: Option<Bilingual>,
    /// The date of issue; absent if the source gives none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub issued: Option<DateRef>,
    /// The actors that the statement is by, in its order. None only of a statement that was withdrawn.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schemars(length(min = 1))]
    pub issuers: Vec<Text>,
    /// The day on which later reports were last looked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Option<String>", extend("format" = "date"))]
    pub developments_checked: Option<Spanned<Day>>,
    /// Other publications.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schemars(default)]
    pub versions: Vec<Version>,
    /// The actors that it introduces.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schemars(default)]
    pub actors: Vec<Actor>,
    /// The locations that it introduces.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schemars(default)]
    pub locations: Vec<Location>,
    /// The documents that it introduces.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schemars(default)]
    pub documents: Vec<CitedDocument>,
    /// Its clauses, in reading order. None only of a statement that was withdrawn.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schemars(length(min = 1))]
    pub clauses: Vec<Clause>,
    /// Its milestones.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schemars(default)]
    pub milestones: Vec<Milestone>,
    /// What was changed since it was first published, as `bayan export` writes it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schemars(default)]
    pub changes: Vec<ChangeRecord>,
}

impl Read for Document {
    fn read(node: &Node, log: &mut Log) -> Option<Self> {
        let mut fields = Fields::of(node, "a package", log)?;
        let head = fields.head();
        if let Some(format) = fields.required::<Spanned<u32>>("format")
            && format.value != FORMAT
        {
            fields.log.add(Code::UnknownFormat, &format.place, format!("this program reads format {FORMAT}, and this is format {}", format.value));
            return None;
        }
        if fields.has("withdrawn") {
            let withdrawn = fields.required("withdrawn");
            let document = Self { id: fields.required("id"), withdrawn, changes: fields.list("changes"), ..Self::empty(head) };
            fields.finish();
            return Some(document);
        }
        let document = Self {
            format: FORMAT,
            id: fields.required("id"),
            withdrawn: None,
            kind: fields.choice("kind"),
            title: fields.required("title"),
            summary: fields.optional("summary"),
            source: fields.required("source"),
            license_note: fields.optional("license_note"),
            issued: fields.optional("issued"),
            issuers: fields.list("issuers"),
            developments_checked: fields.optional_parsed("developments_checked"),
            versions: fields.list("versions"),
            actors: fields.list("actors"),
            locations: fields.list("locations"),
            documents: fields.list("documents"),
            clauses: fields.list("clauses"),
            milestones: fields.list("milestones"),
            changes: fields.list("changes"),
            head: Spanned { value: (), place: head },
        };
        if document.issuers.is_empty() && !fields.is_unread("issuers") && !fields.has_items("issuers") {
            fields.lacks("issuers", Code::MissingKey, "a package needs at least one actor in `issuers`".to_owned());
        }
        if document.clauses.is_empty() && !fields.is_unread("clauses") {
            fields.lacks("clauses", Code::MissingKey, "a package needs at least one clause in `clauses`".to_owned());
        }
        fields.finish();
        Some(document)
    }
}

impl Document {
    /// A document without anything but its format.
    #[must_use]
    pub const fn empty(head: Place) -> Self {
        Self {
            head: Spanned { value: (), place: head },
            format: FORMAT,
            id: None,
            withdrawn: None,
            kind: None,
            title: None,
            summary: None,
            source: None,
            license_note: None,
            issued: None,
            issuers: Vec::new(),
            developments_checked: None,
            versions: Vec::new(),
            actors: Vec::new(),
            locations: Vec::new(),
            documents: Vec::new(),
            clauses: Vec::new(),
            milestones: Vec::new(),
            changes: Vec::new(),
        }
    }

    /// The id of the statement; empty where the file has none.
    #[must_use]
    pub fn id(&self) -> &str {
        self.id.as_ref().map_or("", Text::as_str)
    }

    /// Where a mistake of the whole document is shown.
    #[must_use]
    pub const fn head(&self) -> &Place {
        &self.head.place
    }
}

/// A change that was made to the published data.
#[derive(Clone, Debug, PartialEq, JsonSchema, Serialize)]
#[schemars(deny_unknown_fields)]
pub struct ChangeRecord {
    /// When (RFC 3339, UTC).
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(required)]
    pub at: Option<Text>,
    /// What was done.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(required)]
    pub action: Option<Spanned<Action>>,
    /// The kind of item.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(required)]
    pub resource: Option<Spanned<ChangedResource>>,
    /// The item's id.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(required)]
    pub target: Option<Text>,
    /// What was changed.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(required)]
    pub summary: Option<Bilingual>,
}

impl Read for ChangeRecord {
    fn read(node: &Node, log: &mut Log) -> Option<Self> {
        let mut fields = Fields::of(node, "a change", log)?;
        let change = Self {
            at: fields.required("at"),
            action: fields.choice("action"),
            resource: fields.choice("resource"),
            target: fields.required("target"),
            summary: fields.required("summary"),
        };
        fields.finish();
        Some(change)
    }
}
