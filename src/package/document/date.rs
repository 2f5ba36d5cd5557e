//! Temporal expressions, and references to them.

use schemars::JsonSchema;
use serde::Serialize;

use crate::{
    corpus::{Basis, Day, Precision, dates::TimexType},
    package::{
        diagnostic::Log,
        document::{quote::QuoteSelector, source::Bilingual},
        fields::{Fields, Read},
        parse::Node,
        spanned::{Spanned, Text},
    },
};

/// A temporal expression in a clause. Its bounds follow from its EDTF; they may be written as a check.
#[derive(Clone, Debug, PartialEq, JsonSchema, Serialize)]
#[schemars(deny_unknown_fields)]
pub struct Date {
    /// Its place in the package.
    #[serde(skip)]
    pub place: Spanned<()>,
    /// Its id within the clause: `d1`. By default it is numbered.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<Text>,
    /// Its words.
    #[serde(flatten)]
    pub words: QuoteSelector,
    /// What it denotes (TIMEX3).
    #[serde(rename = "type", skip_serializing_if = "Option::is_none")]
    #[schemars(required)]
    pub timex: Option<Spanned<TimexType>>,
    /// EDTF of level 1; absent if the text does not specify the date.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub edtf: Option<Text>,
    /// The first possible day.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Option<String>", extend("format" = "date"))]
    pub earliest: Option<Spanned<Day>>,
    /// The last possible day.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Option<String>", extend("format" = "date"))]
    pub latest: Option<Spanned<Day>>,
    /// The coarsest unit of the EDTF.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub precision: Option<Spanned<Precision>>,
    /// What it rests on.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub basis: Option<Spanned<Basis>>,
    /// The date that it is counted from.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub anchor: Option<DateRef>,
    /// Why it is this date.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub basis_note: Option<Bilingual>,
}

impl Read for Date {
    fn read(node: &Node, log: &mut Log) -> Option<Self> {
        let mut fields = Fields::of(node, "a date", log)?;
        let date = Self {
            place: Spanned { value: (), place: node.place.clone() },
            id: fields.optional("id"),
            words: QuoteSelector::required(&mut fields),
            timex: fields.choice("type"),
            edtf: fields.optional("edtf"),
            earliest: fields.optional_parsed("earliest"),
            latest: fields.optional_parsed("latest"),
            precision: fields.optional_choice("precision"),
            basis: fields.optional_choice("basis"),
            anchor: fields.optional("anchor"),
            basis_note: fields.optional("basis_note"),
        };
        fields.finish();
        Some(date)
    }
}

/// A reference to a date of a clause, by its words. Where the clause is not named, they are looked for in a paragraph.
#[derive(Clone, Debug, Default, PartialEq, JsonSchema, Serialize)]
#[schemars(deny_unknown_fields)]
pub struct DateRef {
    /// The label of the clause.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub clause: Option<Text>,
    /// The paragraph, from 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub paragraph: Option<Spanned<u32>>,
    /// The words.
    #[serde(flatten)]
    pub words: QuoteSelector,
}

impl DateRef {
    /// Reads the keys of a reference.
    pub fn from_fields(fields: &mut Fields<'_, '_>, is_required: bool) -> Self {
        let words = if is_required { QuoteSelector::required(fields) } else { QuoteSelector::optional(fields) };
        let reference = Self { clause: fields.optional("clause"), paragraph: fields.optional("paragraph"), words };
        if reference.words.quote.is_some() && !fields.has("clause") && !fields.has("paragraph") {
            fields.missing("clause");
        }
        reference
    }
}

impl Read for DateRef {
    fn read(node: &Node, log: &mut Log) -> Option<Self> {
        let mut fields = Fields::of(node, "a reference to a date", log)?;
        let reference = Self::from_fields(&mut fields, true);
        fields.finish();
        Some(reference)
    }
}
