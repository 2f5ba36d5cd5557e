//! What a reader asks for, and where a text answers it.
//!
//! All words must be there, in any order; `"…"` is a phrase, whose words follow each other. There is nothing else to
//! know, so that nothing typed is an error of syntax. A name that is known by another one (an alias) is found as a whole
//! only, and the answer says so.

use crate::text::words::{Word, tokenize};

/// The most words that a query may have.
pub const MAX_QUERY_WORDS: usize = 40;
/// The most words of a name that is looked up as a whole.
const MAX_ALIAS_WORDS: usize = 6;
/// The most ways to read a name that are looked up.
const MAX_READINGS: usize = 8;
/// A snippet has about this many code points.
const SNIPPET_CHARS: usize = 240;

/// A query: groups that must all be found.
#[derive(Clone, Debug, Default)]
pub struct Query {
    /// In the order in which they were typed.
    pub groups: Vec<Group>,
}

/// Words that were typed together.
#[derive(Clone, Debug)]
pub struct Group {
    /// The words; never empty.
    pub terms: Vec<Term>,
    /// Whether they must follow each other.
    pub phrase: bool,
    /// The names that each run of the words may be; none of a phrase, which is asked for in its words.
    pub names: Vec<Name>,
}

/// A word of a query.
#[derive(Clone, Debug)]
pub struct Term {
    /// What it may be a form of.
    pub stems: Vec<String>,
    /// What it may be as a part of a name.
    bare: Vec<String>,
}

/// A name that words of a group may be, as a whole.
#[derive(Clone, Debug)]
pub struct Name {
    /// The first of the words.
    pub first: usize,
    /// The word after the last.
    pub end: usize,
    /// What it may be looked up by.
    pub keys: Vec<String>,
}

/// There are more words than a query may have.
#[derive(Debug, thiserror::Error)]
#[error("at most {MAX_QUERY_WORDS} words")]
pub struct QueryTooLong;

impl Query {
    /// Reads what was typed.
    ///
    /// # Errors
    /// When there are more than [`MAX_QUERY_WORDS`] words.
    pub fn parse(text: &str) -> Result<Self, QueryTooLong> {
        let (mut groups, mut number) = (Vec::new(), 0);
        for (part, phrase) in parts(text) {
            let terms: Vec<Term> = tokenize(part).iter().map(|word| Term { stems: word.query_stems(), bare: word.light_stems() }).collect();
            number += terms.len();
            if number > MAX_QUERY_WORDS {
                return Err(QueryTooLong);
            }
            if !terms.is_empty() {
                let phrase = phrase && terms.len() > 1;
                groups.push(Group { names: if phrase { Vec::new() } else { names(&terms) }, phrase, terms });
            }
        }
        Ok(Self { groups })
    }

    /// Keeps only the names that there are.
    #[must_use]
    pub fn retain_aliases(mut self, is_known: impl Fn(&str) -> bool) -> Self {
        for group in &mut self.groups {
            group.names.iter_mut().for_each(|name| name.keys.retain(|key| is_known(key)));
            group.names.retain(|name| !name.keys.is_empty());
        }
        self
    }

    /// Whether the order of words matters, which an index of words does not know.
    #[must_use]
    pub fn has_phrases(&self) -> bool {
        self.groups.iter().any(|group| group.phrase)
    }
}

/// The names that words may be.
fn names(terms: &[Term]) -> Vec<Name> {
    let count = terms.len();
    let name = |first: usize, end: usize| Name { first, end, keys: alias_keys(&terms[first..end]) };
    (0..count).flat_map(|first| (first + 1..=count.min(first + MAX_ALIAS_WORDS)).map(move |end| name(first, end))).collect()
}

/// What was typed, cut at its quotation marks; the last phrase may be left open.
fn parts(text: &str) -> impl Iterator<Item = (&str, bool)> {
    text.split(['"', '“', '”', '«', '»', '„', '‟', '＂']).enumerate().map(|(number, part)| (part, number % 2 == 1))
}

/// The keys of a name in each way that its words can be read, what is likeliest first.
fn alias_keys(terms: &[Term]) -> Vec<String> {
    let mut keys = vec![String::new()];
    for term in terms {
        keys = keys.iter().flat_map(|key| term.bare.iter().map(move |bare| format!("{key}_{bare}"))).take(MAX_READINGS).collect();
    }
    keys
}

/// The key that a name is listed under.
#[must_use]
pub fn alias_key(name: &str) -> String {
    let bare: Vec<String> = tokenize(name).iter().filter_map(|word| word.light_stems().into_iter().next()).collect();
    format!("_{}", bare.join("_"))
}

/// A text in which words are looked for.
#[derive(Debug)]
pub struct AnalyzedText<'a> {
    /// The text.
    pub text: &'a str,
    words: Vec<(Word, Vec<String>)>,
}

impl<'a> AnalyzedText<'a> {
    /// Analyses a text.
    #[must_use]
    pub fn new(text: &'a str) -> Self {
        let words = tokenize(text).into_iter().map(|word| (word.stems(), word)).map(|(stems, word)| (word, stems)).collect();
        Self { text, words }
    }

    /// The stems of its words, for an index.
    pub fn stems(&self) -> impl Iterator<Item = &str> {
        self.words.iter().flat_map(|(_, stems)| stems).map(String::as_str)
    }

    /// Where words that follow each other in it are these.
    fn runs(&self, terms: &[Term]) -> Vec<Span> {
        let is = |(word, term): (&(Word, Vec<String>), &Term)| word.1.iter().any(|stem| term.stems.contains(stem));
        let run = |run: &[(Word, Vec<String>)]| run.iter().zip(terms).all(is).then(|| Span { start: run[0].0.start, end: run[run.len() - 1].0.end });
        self.words.windows(terms.len()).filter_map(run).collect()
    }
}

/// A stretch of a text, in code points.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Span {
    /// Its first code point.
    pub start: usize,
    /// The code point after its last.
    pub end: usize,
}

/// How texts answer a query.
#[derive(Clone, Debug, Default)]
pub struct MatchResult {
    /// Where, for each of the texts, in order and without overlaps.
    pub spans: Vec<Vec<Span>>,
    /// The keys of the names that it needed; empty where the words themselves are there.
    pub names: Vec<String>,
}

/// How these texts, which go by these names, answer a query together; none where they do not.
#[must_use]
pub fn match_query(query: &Query, passages: &[AnalyzedText<'_>], is_named: impl Fn(&str) -> bool) -> Option<MatchResult> {
    let mut answer = MatchResult { spans: vec![Vec::new(); passages.len()], names: Vec::new() };
    for group in &query.groups {
        let together = if group.phrase { group.terms.len() } else { 1 };
        let mut missing = Vec::new();
        for (number, terms) in group.terms.chunks(together).enumerate() {
            let mut found = false;
            for (passage, spans) in passages.iter().zip(&mut answer.spans) {
                let runs = passage.runs(terms);
                found |= !runs.is_empty();
                spans.extend(runs);
            }
            if !found {
                missing.push(number * together);
            }
        }
        for at in missing {
            let covering = group.names.iter().filter(|name| (name.first..name.end).contains(&at));
            let key = covering.flat_map(|name| &name.keys).find(|key| is_named(key))?;
            answer.names.push(key.clone());
        }
    }
    answer.spans.iter_mut().for_each(|spans| *spans = merge_spans(std::mem::take(spans)));
    Some(answer)
}

/// In order, and what overlaps made one.
#[must_use]
pub fn merge_spans(mut spans: Vec<Span>) -> Vec<Span> {
    spans.sort_unstable();
    let mut merged: Vec<Span> = Vec::with_capacity(spans.len());
    for span in spans {
        match merged.last_mut() {
            Some(last) if span.start < last.end => last.end = last.end.max(span.end),
            _ => merged.push(span),
        }
    }
    merged
}

/// The text around the first span, with `<mark>` around each; everything else is escaped for HTML.
#[must_use]
pub fn snippet(text: &str, spans: &[Span]) -> String {
    let chars: Vec<char> = text.chars().collect();
    let (from, to) = window(&chars, spans.first());
    // What the window cuts is not marked: each mark is closed.
    let shown = || spans.iter().filter(|span| from <= span.start && span.end <= to);
    let mut snippet = String::from(if from > 0 { "…" } else { "" });
    for (at, char) in chars.iter().enumerate().take(to).skip(from) {
        if shown().any(|span| span.start == at) {
            snippet.push_str("<mark>");
        }
        match char {
            '<' => snippet.push_str("&lt;"),
            '>' => snippet.push_str("&gt;"),
            '&' => snippet.push_str("&amp;"),
            '"' => snippet.push_str("&quot;"),
            other => snippet.push(*other),
        }
        if shown().any(|span| span.end == at + 1) {
            snippet.push_str("</mark>");
        }
    }
    snippet.push_str(if to < chars.len() { "…" } else { "" });
    snippet
}

/// What a snippet shows: all of a short text, else what stands around the first span, cut between words and not in a span.
fn window(chars: &[char], first: Option<&Span>) -> (usize, usize) {
    if chars.len() <= SNIPPET_CHARS {
        return (0, chars.len());
    }
    let first = first.copied().unwrap_or(Span { start: 0, end: 0 });
    let from = first.start.saturating_sub(SNIPPET_CHARS / 3);
    let from = if from == 0 { 0 } else { (from..first.start).find(|at| chars[*at] == ' ').map_or(first.start, |at| at + 1) };
    let to = (from + SNIPPET_CHARS).max(first.end).min(chars.len());
    let to = if to == chars.len() { to } else { (first.end..to).rev().find(|at| chars[*at] == ' ').unwrap_or(to) };
    (from, to)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn whatever_is_typed_is_read_and_its_spans_are_in_the_text(typed in "\\PC{0,80}", text in "\\PC{0,200}") {
            if let Ok(query) = Query::parse(&typed) {
                let passage = AnalyzedText::new(&text);
                let length = text.chars().count();
                for span in match_query(&query, &[passage], |_| true).unwrap_or_default().spans.concat() {
                    prop_assert!(span.start < span.end && span.end <= length);
                }
            }
        }

        #[test]
        fn every_word_of_a_text_finds_it(text in "[\u{620}-\u{652}a-zA-Z0-9 .،-]{1,60}") {
            for word in tokenize(&text) {
                let typed: String = text.chars().skip(word.start).take(word.end - word.start).collect();
                let query = Query::parse(&typed).unwrap();
                prop_assert!(match_query(&query, &[AnalyzedText::new(&text)], |_| false).is_some(), "{typed:?} in {text:?}");
            }
        }
    }
}
