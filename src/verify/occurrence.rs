//! The occurrences of a quotation: the place, the clause, and the speaker.

use serde::Serialize;
use utoipa::ToSchema;

use crate::{
    corpus::{Quote, Slug, Voice},
    verify::{place::Agreement, record::Record, speaker::Speaker},
};

/// One place of a quotation.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Occurrence {
    /// The statement (an id) that has the words.
    pub statement: Slug,
    /// How the quotation agrees here.
    pub r#match: Agreement,
    /// The source's words, from the first that is quoted to the last; of a translation, the clause that it is of.
    pub quote: Quote,
    /// The pieces of the source that are quoted, where cuts divide them; empty where the quote is one piece.
    pub pieces: Vec<Quote>,
    /// The narrowest clause (an id) that has most of the words; null in a lead-in.
    pub clause: Option<Slug>,
    /// Who says it; null if several speakers do.
    pub voice: Option<Voice>,
    /// The actor (an id) who says it; null if the voice is the statement's, whose issuers say it.
    pub speaker: Option<Slug>,
    /// Everybody who says a part of it, in their order.
    #[serde(skip)]
    pub speakers: Vec<Speaker>,
}

impl Occurrence {
    /// An occurrence whose words these speakers say.
    #[must_use]
    pub fn new(record: &Record, r#match: Agreement, quote: Quote, pieces: Vec<Quote>, clause: Option<Slug>, speakers: Vec<Speaker>) -> Self {
        let only = if let [only] = &speakers[..] { Some(only) } else { None };
        let (voice, speaker) = (only.map(|only| only.voice), only.and_then(|only| only.actor.clone()));
        Self { statement: record.statement.id.clone(), r#match, quote, pieces, clause, voice, speaker, speakers }
    }

    /// Whether the requested speaker says all of it.
    #[must_use]
    pub fn is_said_by(&self, voice: Option<Voice>, actor: Option<&Slug>, record: &Record, speaks_for: impl Fn(&Slug, &Slug) -> bool) -> bool {
        let [speaker] = &self.speakers[..] else { return false };
        voice.is_none_or(|voice| voice == speaker.voice)
            && actor.is_none_or(|asked| record.actors_of(speaker).into_iter().any(|said_by| speaks_for(said_by, asked)))
    }
}
