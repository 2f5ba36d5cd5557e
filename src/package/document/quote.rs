//! Words of the source, as an editor points at them.

use schemars::JsonSchema;
use serde::Serialize;

use crate::package::{
    fields::Fields,
    spanned::{Spanned, Text},
};

/// Words that are looked for inside their smallest enclosing thing. Where they stand there more than once, `prefix`, `suffix`
/// or `occurrence` says which are meant.
#[derive(Clone, Debug, Default, PartialEq, JsonSchema, Serialize)]
#[schemars(deny_unknown_fields)]
pub struct QuoteSelector {
    /// The words, code point for code point.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub quote: Option<Text>,
    /// The text before them.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub prefix: Option<Text>,
    /// The text after them.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub suffix: Option<Text>,
    /// Which of several places, from 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub occurrence: Option<Spanned<u32>>,
}

impl QuoteSelector {
    /// Reads the keys of a quote, which must be there.
    pub fn required(fields: &mut Fields<'_, '_>) -> Self {
        let selector = Self::optional(fields);
        if selector.quote.is_none() && !fields.has("quote") {
            fields.missing("quote");
        }
        selector
    }

    /// Reads the keys of a quote, if there is one.
    pub fn optional(fields: &mut Fields<'_, '_>) -> Self {
        Self {
            quote: fields.optional("quote"),
            prefix: fields.optional("prefix"),
            suffix: fields.optional("suffix"),
            occurrence: fields.optional("occurrence"),
        }
    }
}
