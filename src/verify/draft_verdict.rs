//! Verifies a draft: every quotation in it, and whether the draft names the right speaker.

use std::ops::Range;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{
    corpus::{Slug, Voice},
    verify::{
        comparison::ComparisonError,
        draft::{quotations, unwrapped},
        draft_speaker::{Named, NamedSpeaker, SpeakerNames},
        judge::Judge,
        library::StoredLibrary,
        outcome::{Asked, Outcome},
        quotation_verdict::VerifyError,
        verdict::Verdict,
    },
};

/// The maximum number of quotations of a draft that are verified. It bounds the size of the response.
pub const MAX_QUOTATIONS: usize = 500;

/// How many code points before and after a quotation are searched for the name of its speaker.
const CONTEXT_CHARS: usize = 300;

/// The maximum number of words between two quotations of one speaker in one sentence: "and".
const MAX_JOINING_WORDS: usize = 2;

/// A draft to verify.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Draft {
    /// The text, at most 256 KB.
    pub text: String,
    /// The statement (an id) that it quotes. Default: all statements.
    #[serde(default)]
    pub statement: Option<Slug>,
}

impl Draft {
    /// The words of the quotations that are verified.
    #[must_use]
    pub fn quotations(&self) -> Vec<String> {
        let chars: Vec<char> = self.text.chars().collect();
        quotations(&chars).into_iter().take(MAX_QUOTATIONS).map(|range| unwrapped(&chars[range].iter().collect::<String>())).collect()
    }

    /// The texts beside these quotations, which may name their speakers.
    #[must_use]
    pub fn around(&self) -> Vec<String> {
        let chars: Vec<char> = self.text.chars().collect();
        let beside = |range: Range<usize>| [range.start.saturating_sub(CONTEXT_CHARS)..range.start, range.end..chars.len().min(range.end + CONTEXT_CHARS)];
        let contexts = quotations(&chars).into_iter().take(MAX_QUOTATIONS).flat_map(beside);
        contexts.map(|range| chars[range].iter().collect()).collect()
    }
}

/// The quotations of a draft, with their verdicts.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct DraftVerdict {
    /// The quotations, in the order in which they begin; an outer one comes before those inside it.
    pub quotations: Vec<DraftQuotation>,
    /// How many quotations the draft has; more than 500 are not verified.
    pub total: usize,
    /// The revision of the data.
    pub revision: i64,
}

/// A quotation of a draft.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct DraftQuotation {
    /// Its first code point in the draft, without its mark.
    pub start: usize,
    /// The code point after its last.
    pub end: usize,
    /// Its words, as the draft has them.
    pub quote: String,
    /// Its verdict; null where it is longer than 700 words and numbers.
    pub verdict: Option<Verdict>,
    /// The speaker that the draft names near it: an actor (an id), or the statement (its id); null if none is found.
    pub speaker: Option<Slug>,
    /// The words of the draft that name the speaker.
    pub named: Option<String>,
    /// Whether this speaker says it; null if the draft names none, or the quotation is not in the source.
    pub speaker_correct: Option<bool>,
}

/// The verdicts on a draft. The computation may take long; it ends soon after `stop` returns true.
///
/// # Errors
/// When the comparison was stopped, or a stored item cannot be read.
pub fn verify_draft(library: &StoredLibrary, draft: &Draft, revision: i64, stop: &dyn Fn() -> bool) -> Result<DraftVerdict, VerifyError> {
    let library = library.read()?;
    let names = library.registers.names();
    let speakers = SpeakerNames::new(&library.registers);
    let judge = Judge::new(&library, &names);
    let chars: Vec<char> = draft.text.chars().collect();
    let found = quotations(&chars);
    let mut verified = Vec::new();
    let mut last_named: Option<NamedSpeaker> = None;
    for (number, range) in found.iter().take(MAX_QUOTATIONS).enumerate() {
        let quote: String = chars[range.clone()].iter().collect();
        let (before, after) = surroundings(&found, number);
        let slice = |range: Range<usize>| chars[range].iter().collect::<String>();
        let before = slice(before);
        // "…" and "…": the same speaker says both.
        let continued = last_named.take().filter(|_| number > 0 && continues(&before));
        let has_next = after.end < chars.len();
        let named = speakers.read(&before, &slice(after.start..after.end.min(chars.len())), has_next).or(continued);
        last_named.clone_from(&named);
        let asked = named.as_ref().map(asked).unwrap_or_default();
        let outcome = match judge.judge_by_candidates(&unwrapped(&quote), &asked, stop) {
            Ok(outcome) => Some(outcome),
            Err(ComparisonError::TooLong) => None,
            Err(stopped) => return Err(stopped.into()),
        };
        let holds = if let Some(Outcome::InSource(found)) = &outcome { found.holds } else { None };
        verified.push(DraftQuotation {
            start: range.start,
            end: range.end,
            quote,
            speaker: named.as_ref().and_then(|named| id(named, outcome.as_ref(), &judge)),
            named: named.map(|named| named.words),
            speaker_correct: holds,
            verdict: outcome.map(|outcome| Verdict::new(&outcome, &asked, &library.registers, revision)),
        });
    }
    Ok(DraftVerdict { quotations: verified, total: found.len(), revision })
}

/// The text around a quotation: from the end of the previous quotation or the start of the enclosing one, and up to the next
/// in the same way.
fn surroundings(found: &[Range<usize>], number: usize) -> (Range<usize>, Range<usize>) {
    let own = &found[number];
    let is_outer = |other: &&Range<usize>| other.start <= own.start && own.end <= other.end && *other != own;
    let outer = found.iter().filter(is_outer).min_by_key(|outer| outer.len());
    let start = found.iter().filter(|other| other.end <= own.start).map(|other| other.end).max().unwrap_or(0);
    let end = found.iter().filter(|other| other.start >= own.end).map(|other| other.start).min().unwrap_or(usize::MAX);
    let (first, last) = outer.map_or((0, usize::MAX), |outer| (outer.start, outer.end));
    (start.max(first)..own.start, own.end..end.min(last).max(own.end))
}

/// Whether the text between two quotations only joins them.
fn continues(between: &str) -> bool {
    let is_end = |char: char| matches!(char, '.' | '!' | '?' | '؟' | '\n');
    !between.contains(is_end) && between.split_whitespace().filter(|word| word.chars().any(char::is_alphanumeric)).count() <= MAX_JOINING_WORDS
}

fn asked(named: &NamedSpeaker) -> Asked {
    match &named.named {
        Named::Statement => Asked { voice: Some(Voice::Statement), speaker: None },
        Named::Actor(actor) => Asked { voice: None, speaker: Some(actor.clone()) },
    }
}

/// The id of the speaker that a draft names. "The statement" is the one that has the words, or the only one.
fn id(named: &NamedSpeaker, outcome: Option<&Outcome<'_>>, judge: &Judge<'_>) -> Option<Slug> {
    match &named.named {
        Named::Actor(actor) => Some(actor.clone()),
        Named::Statement => match outcome {
            Some(Outcome::InSource(found)) => Some(&found.main_record().statement.id),
            Some(Outcome::Altered(altered)) => Some(&altered.record.statement.id),
            _ => judge.library().only().map(|only| &only.statement.id),
        }
        .cloned(),
    }
}
