//! Verifying: whether words that somebody gives as a quotation are the source's, whose they are, and what differs.
//!
//! Arabic is compared with the source, everything else with the working translation, which is never called verbatim.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};
use sqlx::{QueryBuilder, Row};
use utoipa::{IntoParams, ToSchema};

pub mod verdict_text;

use crate::corpus::{
    BilingualText, Corpus, NoteReference, Quote, Slug, Voice,
    clauses::{Clause, Kind},
    push_in,
};
use crate::text::{
    normalize::is_arabic,
    quotation::{Agreement, Comparison, Difference, Run, Source, TooLong},
};

/// How much stands before and after a quotation in its selector, in code points.
const AROUND: usize = 32;
/// The most places of one quotation that are told.
const MOST_PLACES: usize = 20;

/// A quotation to verify.
#[derive(Clone, Debug, Default, Serialize, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(default)]
pub struct Quotation {
    /// The words that are given as a quotation, in Arabic or in English; up to 700 words and signs.
    #[param(required = true, example = "وفي موعد أقصاه نهاية سبتمبر 2025")]
    pub text: String,
    /// Whose words they are said to be.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub voice: Option<Voice>,
    /// The statement (an id) whose source they are said to be from; all of them unless given.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[param(value_type = Option<String>, example = "iq-us-2024-09-27")]
    pub statement: Option<Slug>,
}

/// What a quotation is compared with.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Of {
    /// The source's own words.
    Source,
    /// The editors' working translation, which nobody said.
    WorkingTranslation,
}

/// What there is to say about a quotation.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Verdict {
    /// How it agrees.
    pub r#match: Agreement,
    /// What it was compared with.
    pub of: Of,
    /// Whether these are the source's very words: an exact match with the source, and nothing else.
    pub verbatim: bool,
    /// The above in a sentence.
    pub verdict: BilingualText,
    /// The statement (an id) whose source has the words.
    pub statement: Option<Slug>,
    /// The narrowest clause (an id) that the words stand in, or that has the most of them.
    pub clause: Option<Slug>,
    /// Whose words `quote` has; null where there are none, or several voices.
    pub voice: Option<Voice>,
    /// All whose words the quotation has, in their order.
    pub voices: Vec<Voice>,
    /// Whether they are the words of the voice that was asked for; null where none was, or nothing was found.
    pub attribution_holds: Option<bool>,
    /// The source's words and their place: of a part, the longest run; of a translation, the clause that it is of.
    pub quote: Option<Quote>,
    /// The source's words in every place, and of a partial match each run that is there.
    pub places: Vec<Quote>,
    /// The translation's words that agree; null where the source was compared.
    pub translation: Option<String>,
    /// What differs, in the order of the quotation; empty unless the match is partial.
    pub differences: Vec<Difference>,
    /// The clauses that the words stand in, in reading order.
    pub clauses: Vec<Verified>,
    /// What must be known with these clauses.
    pub notes: Vec<NoteReference>,
    /// The revision of the data that the answer was made from.
    pub revision: i64,
}

/// A clause that has words of a quotation.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Verified {
    /// Its id.
    pub id: Slug,
    /// Where it is.
    pub url: String,
    /// Paragraph and letter.
    pub label: String,
    /// Who says it.
    pub voice: Voice,
    /// What it does.
    pub kind: Kind,
    /// The source's words, and our translation of them.
    pub text: BilingualText,
}

/// A statement's texts, with the clauses that point into them.
struct Record {
    statement: Slug,
    text: String,
    clauses: Vec<Clause>,
}

/// Compares a quotation with what the statements say.
///
/// # Errors
/// When the database cannot answer; the inner one when the quotation is too long.
pub async fn verify(corpus: &Corpus, quotation: &Quotation) -> sqlx::Result<Result<Verdict, TooLong>> {
    let records = records(corpus, quotation.statement.as_ref()).await?;
    Ok(best(&records, quotation, corpus.revision))
}

async fn records(corpus: &Corpus, statement: Option<&Slug>) -> sqlx::Result<Vec<Record>> {
    let mut query = QueryBuilder::new(
        "SELECT s.id, s.text, i.item FROM statements AS s JOIN clauses AS c ON c.statement = s.id JOIN items AS i ON i.resource = 'clauses' AND i.id = c.id WHERE true",
    );
    push_in(&mut query, "s.id", statement.map(Slug::to_string));
    query.push(" ORDER BY s.id, c.position");
    let mut records: Vec<Record> = Vec::new();
    for row in query.build().fetch_all(&corpus.pool).await? {
        let clause: Clause = serde_json::from_str(row.try_get("item")?).map_err(|cause| sqlx::Error::Decode(cause.into()))?;
        if records.last().is_none_or(|record| record.statement != clause.statement) {
            records.push(Record { statement: clause.statement.clone(), text: row.try_get("text")?, clauses: Vec::new() });
        }
        if let Some(record) = records.last_mut() {
            record.clauses.push(clause);
        }
    }
    Ok(records)
}

/// The verdict on the statement that agrees best.
fn best(records: &[Record], quotation: &Quotation, revision: i64) -> Result<Verdict, TooLong> {
    // What has no letters, a year for one, is the source's as well.
    let is_latin = |char: char| char.is_alphabetic() && !is_arabic(char);
    let of = if quotation.text.chars().any(is_arabic) || !quotation.text.chars().any(is_latin) { Of::Source } else { Of::WorkingTranslation };
    let mut best: Option<(&Record, Comparison, Cow<'_, str>, Vec<Place>)> = None;
    for record in records {
        let (text, places) = match of {
            Of::Source => (Cow::Borrowed(record.text.as_str()), Vec::new()),
            Of::WorkingTranslation => record.translation(),
        };
        let compared = Source::new(&text).compare(&quotation.text)?;
        let rank = |compared: &Comparison| (compared.agreement, compared.runs.iter().map(|run| run.words).max());
        if best.as_ref().is_none_or(|(_, best, ..)| rank(&compared) > rank(best)) {
            best = Some((record, compared, text, places));
        }
    }
    let found = best.filter(|(_, compared, ..)| compared.agreement != Agreement::None);
    Ok(match found {
        Some((record, compared, text, places)) => record.verdict(quotation, of, compared, (&text, &places), revision),
        None => nothing(of, revision),
    })
}

/// Where a clause's translation stands in all of it, in code points.
struct Place {
    clause: usize,
    start: usize,
    end: usize,
}

impl Record {
    /// The translation of the whole statement, without the clauses that stand inside others.
    fn translation(&self) -> (Cow<'_, str>, Vec<Place>) {
        let (mut text, mut places, mut length) = (String::new(), Vec::new(), 0);
        for (number, clause) in self.clauses.iter().enumerate() {
            let inside = |other: &Clause| other.id != clause.id && other.quote.start <= clause.quote.start && clause.quote.end <= other.quote.end;
            if self.clauses.iter().any(inside) {
                continue;
            }
            let end = length + clause.text.en.chars().count();
            places.push(Place { clause: number, start: length, end });
            text.push_str(&clause.text.en);
            text.push(' ');
            length = end + 1;
        }
        (text.into(), places)
    }

    /// The verdict on a quotation that was compared with a text of this statement; `places`: where the clauses stand in it, if
    /// it is the translation.
    fn verdict(&self, quotation: &Quotation, of: Of, compared: Comparison, (text, places): (&str, &[Place]), revision: i64) -> Verdict {
        let agreement = compared.agreement;
        // A partial quotation is all of its runs together; another stands in one place, that of the voice it is ascribed to if
        // there is one.
        let said = |run: &&Run| quotation.voice.is_some_and(|asked| self.heard(of, std::slice::from_ref(*run), places) == [asked]);
        let place = compared.runs.iter().find(said).or_else(|| compared.runs.first());
        let told: &[Run] = if agreement == Agreement::Partial { &compared.runs } else { place.map_or(&[], std::slice::from_ref) };
        let longest = told.iter().fold(None::<Run>, |best, run| best.filter(|best| best.words >= run.words).or(Some(*run)));
        let clauses: Vec<&Clause> = match of {
            Of::Source => self.clauses.iter().filter(|clause| told.iter().any(|run| overlap(clause, *run) > 0)).collect(),
            Of::WorkingTranslation => touched(told, places).map(|place| &self.clauses[place.clause]).collect(),
        };
        let voices = self.heard(of, told, places);
        let run = longest.unwrap_or(Run { start: 0, end: 0, words: 0 });
        let (clause, quote) = match of {
            // What holds more of it, and of those the narrowest.
            Of::Source => {
                (clauses.iter().max_by_key(|clause| (overlap(clause, run), u32::MAX - (clause.quote.end - clause.quote.start))), Some(self.quote(run)))
            }
            Of::WorkingTranslation => {
                // One clause for each place that is touched, in the same order.
                let holding = |(place, _): &(&Place, &&Clause)| shared(run, place.start, place.end);
                let clause = touched(told, places).zip(&clauses).max_by_key(holding).map(|(_, clause)| clause);
                (clause, clause.map(|clause| clause.quote.clone()))
            }
        };
        let translated = || text.chars().skip(run.start).take(run.end - run.start).collect();
        let verbatim = of == Of::Source && agreement == Agreement::Exact;
        let attribution_holds = quotation.voice.map(|asked| voices == [asked]);
        let heard = if of == Of::Source { self.voices(&[run]) } else { clause.map(|clause| clause.voice).into_iter().collect() };
        Verdict {
            r#match: agreement,
            of,
            verbatim,
            verdict: verdict_text::sentence(agreement, of, &voices, attribution_holds),
            statement: Some(self.statement.clone()),
            clause: clause.map(|clause| clause.id.clone()),
            voice: <[Voice; 1]>::try_from(heard).ok().map(|[voice]| voice),
            attribution_holds,
            quote,
            places: if of == Of::Source {
                compared.runs.iter().take(MOST_PLACES).map(|run| self.quote(*run)).collect()
            } else {
                clauses.iter().map(|clause| clause.quote.clone()).collect()
            },
            translation: (of == Of::WorkingTranslation).then(translated),
            differences: compared.differences,
            notes: clauses.iter().flat_map(|clause| clause.notes.clone()).collect(),
            clauses: clauses.into_iter().map(Verified::from).collect(),
            voices,
            revision,
        }
    }

    /// Whose words these are, or are the translation of, in their order.
    fn heard(&self, of: Of, runs: &[Run], places: &[Place]) -> Vec<Voice> {
        match of {
            Of::Source => self.voices(runs),
            Of::WorkingTranslation => distinct(touched(runs, places).map(|place| self.clauses[place.clause].voice)),
        }
    }

    /// Whose words these are, in their order. What stands in no clause is a lead-in, which is the agency's.
    fn voices(&self, runs: &[Run]) -> Vec<Voice> {
        let chars: Vec<char> = self.text.chars().collect();
        let letters = runs.iter().flat_map(|run| run.start..run.end).filter(|at| chars[*at].is_alphanumeric());
        let voice = |at: usize| {
            let holds = |clause: &&Clause| clause.quote.start as usize <= at && at < clause.quote.end as usize;
            self.clauses.iter().find(holds).map_or(Voice::Agency, |clause| clause.voice)
        };
        distinct(letters.map(voice))
    }

    /// A run of the source as a selector.
    #[expect(clippy::cast_possible_truncation, reason = "a source is far shorter")]
    fn quote(&self, run: Run) -> Quote {
        let slice = |start: usize, end: usize| self.text.chars().skip(start).take(end - start).collect();
        let (before, after) = (run.start.saturating_sub(AROUND), run.end + AROUND);
        Quote {
            start: run.start as u32,
            end: run.end as u32,
            exact: slice(run.start, run.end),
            prefix: slice(before, run.start),
            suffix: slice(run.end, after),
        }
    }
}

/// The places that have words of these runs.
fn touched<'a>(runs: &'a [Run], places: &'a [Place]) -> impl Iterator<Item = &'a Place> {
    places.iter().filter(move |place| runs.iter().any(|run| shared(*run, place.start, place.end) > 0))
}

/// How many code points of a run a clause has.
fn overlap(clause: &Clause, run: Run) -> usize {
    shared(run, clause.quote.start as usize, clause.quote.end as usize)
}

/// How many code points of a run lie within these bounds.
fn shared(run: Run, start: usize, end: usize) -> usize {
    run.end.min(end).saturating_sub(run.start.max(start))
}

/// Each voice once, in the order of its first word.
fn distinct(voices: impl Iterator<Item = Voice>) -> Vec<Voice> {
    let mut distinct = Vec::new();
    for voice in voices {
        if !distinct.contains(&voice) {
            distinct.push(voice);
        }
    }
    distinct
}

/// The verdict on what is nowhere.
fn nothing(of: Of, revision: i64) -> Verdict {
    Verdict {
        r#match: Agreement::None,
        of,
        verbatim: false,
        verdict: verdict_text::sentence(Agreement::None, of, &[], None),
        statement: None,
        clause: None,
        voice: None,
        voices: Vec::new(),
        attribution_holds: None,
        quote: None,
        places: Vec::new(),
        translation: None,
        differences: Vec::new(),
        clauses: Vec::new(),
        notes: Vec::new(),
        revision,
    }
}

impl From<&Clause> for Verified {
    fn from(clause: &Clause) -> Self {
        let Clause { id, url, label, voice, kind, text, .. } = clause.clone();
        Self { id, url, label, voice, kind, text }
    }
}
