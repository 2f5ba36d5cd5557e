//! The query of a request, and the searched fields of an item.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Deserializer, Serialize};

use crate::corpus::{bilingual_text::BilingualText, lead_in::LeadIn, parse::deserialize_from_str, quote::Quote};
use crate::text::{
    matcher::{AnalyzedText, Part},
    query::{Query, QueryTooLong},
};

/// The value of `q`: as typed, and parsed.
#[derive(Clone, Debug, Default)]
pub struct Search {
    typed: String,
    /// The terms and phrases.
    pub query: Query,
}

impl FromStr for Search {
    type Err = QueryTooLong;

    fn from_str(typed: &str) -> Result<Self, QueryTooLong> {
        Ok(Self { typed: typed.to_owned(), query: Query::parse(typed)? })
    }
}

impl fmt::Display for Search {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.typed)
    }
}

impl Serialize for Search {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Search {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserialize_from_str(deserializer, &QueryTooLong)
    }
}

/// An item that can be searched.
pub trait Searchable {
    /// The fields that are searched, the aliases last.
    fn search_fields(&self) -> Vec<SearchField<'_>>;
}

/// A text of an item that is searched.
#[derive(Debug)]
pub struct SearchField<'a> {
    /// The path of the field in the item.
    pub field: String,
    /// The kind of the text.
    pub kind: FieldKind,
    /// The text.
    pub text: &'a str,
    /// The offset of the text in the source, if it is a part of it.
    pub source_start: Option<u32>,
}

/// The kind of a searched text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FieldKind {
    /// The item's own words, in Arabic.
    Arabic,
    /// The same in English.
    English,
    /// Another name of the item itself.
    Alias,
    /// The lead-in that introduces it, in Arabic.
    LeadInArabic,
    /// The same in English.
    LeadInEnglish,
}

impl FieldKind {
    /// The relation of the text to its item.
    #[must_use]
    pub const fn part(self) -> Part {
        match self {
            Self::Arabic | Self::English => Part::Own,
            Self::Alias => Part::Alias,
            Self::LeadInArabic | Self::LeadInEnglish => Part::LeadIn,
        }
    }
}

impl<'a> SearchField<'a> {
    /// Analyses the text. What is not the source's words is a translation, whose square brackets are its editors'.
    #[must_use]
    pub fn analyze(&self) -> AnalyzedText<'a> {
        let (_, is_source) = self.analyzed_as();
        if is_source { AnalyzedText::new(self.text) } else { AnalyzedText::translation(self.text) }
    }

    /// The text, and whether it is the source's words: fields that have both alike are analysed alike.
    #[must_use]
    pub fn analyzed_as(&self) -> (&'a str, bool) {
        (self.text, self.source_start.is_some() || self.kind == FieldKind::Alias)
    }

    /// The fields of a text in both languages.
    #[must_use]
    pub fn bilingual(field: &str, text: &'a BilingualText) -> [Self; 2] {
        [
            Self { field: format!("{field}.ar"), kind: FieldKind::Arabic, text: &text.ar, source_start: None },
            Self { field: format!("{field}.en"), kind: FieldKind::English, text: &text.en, source_start: None },
        ]
    }

    /// The fields of words of the source and their translation. Those that are the quotation have offsets in the source.
    #[must_use]
    pub fn quoted(field: &str, text: &'a BilingualText, quote: &Quote) -> [Self; 2] {
        Self::bilingual(field, text).map(|field| Self { source_start: (field.text == quote.exact).then_some(quote.start), ..field })
    }

    /// The fields of the lead-in that introduces an item.
    #[must_use]
    pub fn lead_in(lead_in: &'a LeadIn) -> [Self; 2] {
        let [arabic, english] = Self::quoted("lead_in.text", &lead_in.text, &lead_in.quote);
        [Self { kind: FieldKind::LeadInArabic, ..arabic }, Self { kind: FieldKind::LeadInEnglish, ..english }]
    }

    /// The fields of words of the source and their translation, and of the lead-in that introduces them.
    #[must_use]
    pub fn introduced(text: &'a BilingualText, quote: &Quote, lead_in: Option<&'a LeadIn>) -> Vec<Self> {
        Self::quoted("text", text, quote).into_iter().chain(lead_in.into_iter().flat_map(Self::lead_in)).collect()
    }

    /// The fields of an item's name and of its aliases.
    #[must_use]
    pub fn named(name: &'a BilingualText, aliases: &'a [String]) -> Vec<Self> {
        let alias = |(at, alias): (usize, &'a String)| Self { field: format!("aliases.{at}"), kind: FieldKind::Alias, text: alias, source_start: None };
        Self::bilingual("name", name).into_iter().chain(aliases.iter().enumerate().map(alias)).collect()
    }
}
