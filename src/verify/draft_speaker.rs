//! Finds the speaker to whom a draft attributes a quotation: a name near it, with a reporting word.

use std::ops::Range;

use crate::{
    corpus::{
        Slug,
        actors::{Actor, Kind},
    },
    text::{
        negation::is_negation,
        particles::bare_forms,
        reporting::{is_lead_conjunction, is_reporting_verb, is_source_preposition},
        tokenize::{TokenizedText, key},
    },
    verify::registers::Registers,
};

/// How many words before and after a quotation are read.
const MAX_WORDS: usize = 40;
/// Within how many words after a quotation its attribution begins.
const MAX_WORDS_TO_VERB: usize = 2;
/// Words that name the statement itself.
const STATEMENT_WORDS: &str = "البيان بيان statement communique communiqué";
/// Words of a medium's name that writers omit.
const MEDIUM_WORDS: &str = "وكالة الوكالة صحيفة قناة agency newspaper channel";

/// The speaker that a draft names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Named {
    /// The statement.
    Statement,
    /// An actor (an id).
    Actor(Slug),
}

/// A name in a draft.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NamedSpeaker {
    /// The speaker.
    pub named: Named,
    /// The words of the draft.
    pub words: String,
}

/// The names under which drafts name speakers.
#[derive(Debug)]
pub struct SpeakerNames {
    /// The words of each name, the longest name first.
    names: Vec<(Vec<String>, Named)>,
    media: Vec<Slug>,
}

/// A name among the words of a window.
struct Candidate<'n> {
    words: Range<usize>,
    named: &'n Named,
    is_medium: bool,
}

impl SpeakerNames {
    /// The names of the actors, and the words for a statement.
    #[must_use]
    pub fn new(registers: &Registers) -> Self {
        let mut names: Vec<(Vec<String>, Named)> = STATEMENT_WORDS.split(' ').map(|word| (vec![key(word)], Named::Statement)).collect();
        let mut heads: Vec<(Vec<String>, Slug)> = Vec::new();
        let mut media = Vec::new();
        for actor in registers.actors() {
            let named = Named::Actor(actor.id.clone());
            let written = [&actor.name.ar, &actor.name.en].into_iter().chain(&actor.aliases).map(|name| words_of(name)).filter(|words| !words.is_empty());
            names.extend(written.map(|words| (words, named.clone())));
            match actor.kind {
                Kind::Medium => {
                    names.extend(medium_names(actor).map(|words| (words, named.clone())));
                    media.push(actor.id.clone());
                }
                Kind::UnnamedSource => heads.extend(heads_of(actor).map(|head| (vec![head], actor.id.clone()))),
                _ => {}
            }
        }
        // "The officer" is ambiguous if there are two.
        let is_unique = |(head, actor): &&(Vec<String>, Slug)| !heads.iter().any(|(other, another)| other == head && another != actor);
        names.extend(heads.iter().filter(is_unique).map(|(head, actor)| (head.clone(), Named::Actor(actor.clone()))));
        names.sort_by_key(|(words, _)| std::cmp::Reverse(words.len()));
        Self { names, media }
    }

    /// The speaker that a draft names near a quotation; `None` if none is found. `before` and `after` are the text around the
    /// quotation, up to the neighbouring quotations; `has_next`: there is one after it.
    #[must_use]
    pub fn read(&self, before: &str, after: &str, has_next: bool) -> Option<NamedSpeaker> {
        let (sentence, before) = (first_sentence(after), last_sentence(before));
        let is_shared = has_next && !after.contains(is_end);
        if !is_shared {
            return self.after(sentence).or_else(|| self.before(before));
        }
        // The text between two quotations of one sentence may introduce the second.
        self.before(before).or_else(|| if introduces_next(sentence) { None } else { self.after(sentence) })
    }

    /// "…" according to X; "…", said X; "…", X said.
    fn after(&self, sentence: &str) -> Option<NamedSpeaker> {
        let mut text = TokenizedText::new(sentence);
        text.tokens.truncate(MAX_WORDS);
        let candidates = self.candidates(&text);
        let verb = (0..text.tokens.len()).find(|at| is_reporting(&text, *at))?;
        let first = candidates.first()?;
        let begins = verb <= MAX_WORDS_TO_VERB || first.words.start <= MAX_WORDS_TO_VERB && verb <= first.words.end + MAX_WORDS_TO_VERB;
        if !begins || is_denied(&text) {
            return None;
        }
        speaker(&text, preferred(&candidates, |candidate| candidate.words.start.abs_diff(verb)))
    }

    /// X said: "…"; according to X, "…"; X: "…".
    fn before(&self, sentence: &str) -> Option<NamedSpeaker> {
        let mut text = TokenizedText::new(sentence);
        let from = text.tokens.len().saturating_sub(MAX_WORDS);
        text.tokens.drain(..from);
        let candidates = self.candidates(&text);
        let verb = (0..text.tokens.len()).rev().find(|at| is_reporting(&text, *at));
        let Some(verb) = verb else {
            let last = candidates.last()?;
            let is_labelled = last.words.end == text.tokens.len() && text.gap(text.tokens.len()).contains(&':');
            return is_labelled.then(|| speaker(&text, Some(last))).flatten();
        };
        if is_denied(&text) {
            return None;
        }
        // Arabic verbs and prepositions precede the name of the speaker; English verbs usually follow it.
        let is_english = text.tokens[verb].key.is_ascii() && !is_source_preposition(&text.tokens[verb].key);
        let distance = |candidate: &Candidate<'_>| {
            let is_before = candidate.words.end <= verb;
            let steps = if is_before { verb - candidate.words.end } else { candidate.words.start - verb };
            steps * 2 + usize::from(is_before != is_english) * MAX_WORDS
        };
        speaker(&text, preferred(&candidates, distance))
    }

    /// The names among the words of a text, in order; a name inside a longer one is not counted.
    fn candidates(&self, text: &TokenizedText) -> Vec<Candidate<'_>> {
        let mut candidates: Vec<Candidate<'_>> = Vec::new();
        let mut at = 0;
        while at < text.tokens.len() {
            let is_here = |words: &[String]| {
                let here = text.tokens.get(at..at + words.len());
                here.is_some_and(|here| {
                    bare_forms(&here[0].key).contains(&words[0]) && here[1..].iter().zip(&words[1..]).all(|(token, word)| token.key == *word)
                })
            };
            match self.names.iter().find(|(words, _)| is_here(words)) {
                Some((words, named)) => {
                    let is_medium = matches!(named, Named::Actor(actor) if self.media.contains(actor));
                    candidates.push(Candidate { words: at..at + words.len(), named, is_medium });
                    at += words.len();
                }
                None => at += 1,
            }
        }
        candidates.retain(|candidate| !is_excluded(text, candidate.words.start));
        candidates
    }
}

/// Whether a name is mentioned as not the speaker: "the officer, not the statement, said".
fn is_excluded(text: &TokenizedText, at: usize) -> bool {
    let is_between = |key: &str| matches!(key, "the" | "a" | "an" | "in" | "by" | "of" | "from" | "في" | "من" | "عن" | "علي");
    let before = text.tokens[..at].iter().rev().find(|token| !is_between(&token.key));
    before.is_some_and(|token| is_negation(&token.key))
}

/// Whether the text between two quotations introduces the second, and says nothing of the first: "while the statement said that".
fn introduces_next(between: &str) -> bool {
    let text = TokenizedText::new(between);
    let (Some(first), Some(last)) = (text.tokens.first(), text.tokens.last()) else { return false };
    let begins = is_lead_conjunction(&first.key) || first.key.strip_prefix('و').is_some_and(is_reporting_verb);
    let ends = matches!(last.key.as_str(), "ان" | "بان" | "that") || text.gap(text.tokens.len()).contains(&':');
    begins || (ends && (0..text.tokens.len()).filter(|at| is_reporting(&text, *at)).count() <= 1)
}

/// The nearest name. A medium counts only if nobody else is named, since it reports the words of others.
fn preferred<'c, 'n>(candidates: &'c [Candidate<'n>], distance: impl Fn(&Candidate<'n>) -> usize) -> Option<&'c Candidate<'n>> {
    candidates.iter().min_by_key(|candidate| (candidate.is_medium, distance(candidate)))
}

fn speaker(text: &TokenizedText, candidate: Option<&Candidate<'_>>) -> Option<NamedSpeaker> {
    candidate.map(|candidate| NamedSpeaker { named: candidate.named.clone(), words: text.words(candidate.words.clone()) })
}

fn is_reporting(text: &TokenizedText, at: usize) -> bool {
    let word = &text.tokens[at].key;
    is_reporting_verb(word) || is_source_preposition(word)
}

/// Whether the draft denies that somebody said it.
fn is_denied(text: &TokenizedText) -> bool {
    (1..text.tokens.len()).any(|at| is_negation(&text.tokens[at - 1].key) && is_reporting(text, at))
}

fn words_of(name: &str) -> Vec<String> {
    // The parentheses explain the name.
    let name = name.split('(').next().unwrap_or_default();
    let words = TokenizedText::new(name).tokens.into_iter().map(|word| word.key);
    words.skip_while(|word| matches!(word.as_str(), "a" | "an" | "the")).collect()
}

/// A medium's names without the word for its kind.
fn medium_names(actor: &Actor) -> impl Iterator<Item = Vec<String>> {
    let is_generic = |word: &String| MEDIUM_WORDS.split(' ').any(|generic| key(generic) == *word);
    let names: Vec<Vec<String>> =
        [&actor.name.ar, &actor.name.en].into_iter().map(|name| words_of(name).into_iter().filter(|word| !is_generic(word)).collect()).collect();
    names.into_iter().filter(|words| !words.is_empty())
}

/// The noun of an unnamed source: the first word in Arabic, the last in English.
fn heads_of(actor: &Actor) -> impl Iterator<Item = String> {
    let arabic = words_of(&actor.name.ar).into_iter().next();
    let english = words_of(&actor.name.en).into_iter().next_back();
    let definite = arabic.as_ref().map(|head| format!("ال{head}"));
    arabic.into_iter().chain(definite).chain(english)
}

fn is_end(char: char) -> bool {
    matches!(char, '.' | '!' | '?' | '؟' | '\n')
}

/// The part of the same sentence before a quotation; before a block quote, the sentence that introduces it.
fn last_sentence(before: &str) -> &str {
    let before = before.trim_end_matches(|char: char| char.is_whitespace() || char == '>');
    before.rfind(is_end).map_or(before, |end| &before[end..])
}

/// The part of the same sentence after a quotation. The quotation may end with its own full stop.
fn first_sentence(after: &str) -> &str {
    let after = after.trim_start_matches(|char: char| !char.is_alphanumeric() && !is_end(char));
    after.find(is_end).map_or(after, |end| &after[..end])
}

#[cfg(test)]
mod tests {
    use serde_json::{from_value, json};

    use super::*;

    fn names() -> SpeakerNames {
        let actor = |id: &str, kind: &str, ar: &str, en: &str, aliases: &[&str]| {
            from_value(json!({"id": id, "url": "", "name": {"ar": ar, "en": en}, "aliases": aliases, "kind": kind, "parent": null, "country": null,
                "wikidata": null, "mention_count": 0, "mentions": [], "note_count": 0, "notes": []}))
            .unwrap()
        };
        let actors = vec![
            actor("officer", "unnamed_source", "ضابط عراقي كبير", "A senior Iraqi officer (unnamed)", &[]),
            actor("shafaq", "medium", "وكالة شفق نيوز", "Shafaq News Agency", &[]),
            actor("iraq", "state", "العراق", "Iraq", &[]),
            actor("coalition", "group", "التحالف الدولي", "Global Coalition", &["التحالف"]),
        ];
        SpeakerNames::new(&Registers::new(actors, Vec::new()))
    }

    #[test]
    fn the_speaker_is_read_from_the_words_beside_the_quotation() {
        let names = names();
        let read = |before: &str, after: &str| match names.read(before, after, false)?.named {
            Named::Statement => Some("statement".to_owned()),
            Named::Actor(actor) => Some(actor.to_string()),
        };
        for (before, after, speaker) in [
            ("وقال ضابط عراقي كبير لوكالة شفق نيوز إن ", "", Some("officer")),
            ("نقلت وكالة شفق نيوز عن ضابط قوله إن ", "", Some("officer")),
            ("وجاء في البيان المشترك للعراق: ", "", Some("statement")),
            ("انتهى. ", "، وفق البيان.", Some("statement")),
            ("انتهى. ", "، بحسب الضابط الكبير.", Some("officer")),
            ("ذكرت شفق نيوز أن ", "", Some("shafaq")),
            ("A senior Iraqi officer told Shafaq News that ", "", Some("officer")),
            ("", ", the statement said. Then", Some("statement")),
            ("", ", according to the officer.", Some("officer")),
            ("Shafaq News reported: ", "", Some("shafaq")),
            ("The officer: ", "", Some("officer")),
            ("وأضاف: ", "", None),
            ("لم يقل البيان إن ", "", None),
            ("في العراق ", " كل يوم", None),
            ("He likes the word ", " very much", None),
            ("A senior Iraqi officer, not the statement, said ", "", Some("officer")),
            ("وقال الضابط، وليس البيان، إن ", "", Some("officer")),
        ] {
            assert_eq!(read(before, after).as_deref(), speaker, "{before}«»{after}");
        }
    }
}
