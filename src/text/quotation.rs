//! Quotations: whether words that somebody gives as a quotation are in a text, and if not, what differs.
//!
//! A quotation is `normalized` where it differs only in how the same words are written (see [`letters`](mod@super::letters)), in spaces and
//! in quotation marks. Everything else counts, every comma included: a quotation is the one thing that must be right.

use std::collections::HashMap;

use serde::Serialize;
use utoipa::ToSchema;

use crate::text::{
    arabic::may_leave_off,
    normalize::normalize,
    tokenize::{Token, tokens},
};

/// The most words and signs that a quotation may have, which bounds what comparing it costs.
pub const MOST_TOKENS: usize = 700;
/// The fewest words that are a part of a quotation wherever they stand.
const SHORTEST_RUN: usize = 3;
/// How much further on in the text a quotation may go on and still leave something out, in words and signs.
const LONGEST_GAP: usize = 25;

/// A quotation is longer than what is compared.
#[derive(Debug, thiserror::Error)]
#[error("a quotation of at most {MOST_TOKENS} words and signs")]
pub struct TooLong;

/// How a quotation and a text agree.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Agreement {
    /// It is not there.
    None,
    /// A part of it is there, and something differs.
    Partial,
    /// It is there, and differs only in vowel marks, hamza or alef form, tatweel, spacing, quotation marks, digits' script or case.
    Normalized,
    /// It is there, code point for code point.
    Exact,
}

/// A quotation, compared.
#[derive(Clone, Debug)]
pub struct Comparison {
    /// How they agree.
    pub agreement: Agreement,
    /// The runs of words that are in both, in the order of the quotation.
    pub runs: Vec<Run>,
    /// What differs, in the order of the quotation.
    pub differences: Vec<Difference>,
}

/// A run of words that is in both.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Run {
    /// Its first code point in the text.
    pub start: usize,
    /// The code point after its last.
    pub end: usize,
    /// How many words it has.
    pub words: usize,
}

/// What a quotation has otherwise than the text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Difference {
    /// What was done.
    pub change: Change,
    /// The quotation's words; empty where it leaves some out.
    pub given: String,
    /// The text's words in their place; empty where there are none.
    pub source: String,
}

/// What makes a quotation another text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = QuotationChange)]
pub enum Change {
    /// Words stand for others.
    Replaced,
    /// Words are not in the text.
    Added,
    /// Words of the text are left out.
    LeftOut,
    /// What follows is from another place, or in another order.
    Joined,
}

/// A text that quotations are compared with.
#[derive(Debug)]
pub struct Source<'a> {
    text: &'a str,
    tokens: Vec<Token>,
    numbers: HashMap<String, usize>,
}

impl<'a> Source<'a> {
    /// Reads a text.
    #[must_use]
    pub fn new(text: &'a str) -> Self {
        let mut tokens = tokens(text);
        let mut numbers = HashMap::new();
        for token in &mut tokens {
            let next = numbers.len();
            let number = *numbers.entry(token.text.clone()).or_insert(next);
            numbers.entry(token.careless.clone()).or_insert(number);
            token.number = Some(number);
        }
        Self { text, tokens, numbers }
    }

    /// Reads a quotation, whose words have the numbers that they have here.
    fn read<'q>(&self, quotation: &'q str) -> Source<'q> {
        let mut tokens = tokens(quotation);
        for token in &mut tokens {
            token.number = self.numbers.get(&token.text).or_else(|| self.numbers.get(&token.careless)).copied();
        }
        Source { text: quotation, tokens, numbers: HashMap::new() }
    }

    /// Compares a quotation with the text.
    ///
    /// # Errors
    /// When it is longer than [`MOST_TOKENS`].
    pub fn compare(&self, quotation: &str) -> Result<Comparison, TooLong> {
        let given = self.read(quotation);
        if given.tokens.len() > MOST_TOKENS {
            return Err(TooLong);
        }
        let words = given.tokens.iter().filter(|token| token.word).count();
        let whole = |agreement, runs| Ok(Comparison { agreement, runs, differences: Vec::new() });
        if words == 0 {
            return whole(Agreement::None, Vec::new());
        }
        let exact = self.exact(quotation, words);
        if !exact.is_empty() {
            return whole(Agreement::Exact, exact);
        }
        let normalized = self.normalized(&given.tokens, words);
        if !normalized.is_empty() {
            return whole(Agreement::Normalized, normalized);
        }
        let mut pieces = Vec::new();
        let everywhere = Window { given: (0, given.tokens.len()), source: (0, self.tokens.len()) };
        self.pieces(&given.tokens, everywhere, true, &mut pieces);
        let longest = pieces.iter().map(|piece| self.run(*piece).words).max().unwrap_or_default();
        let found: usize = pieces.iter().map(|piece| self.run(*piece).words).sum();
        if longest < SHORTEST_RUN && !(longest > 1 && longest * 2 >= words) && found * 2 <= words {
            return whole(Agreement::None, Vec::new());
        }
        let differences = self.differences(&given, &pieces);
        Ok(Comparison { agreement: Agreement::Partial, runs: pieces.iter().map(|piece| self.run(*piece)).collect(), differences })
    }

    /// Where it stands code point for code point, with whole words; its first may leave off its particles.
    fn exact(&self, quotation: &str, words: usize) -> Vec<Run> {
        let places = self.text.match_indices(quotation).map(|(at, _)| self.text[..at].chars().count());
        let length = quotation.chars().count();
        let is_whole = |start: &usize| {
            let inside = self.tokens.iter().find(|token| token.start < *start && *start < token.end);
            let begins = inside.is_none_or(|token| {
                let left_off = normalize(&self.slice(token.start, *start)).len();
                may_leave_off(&normalize(&self.slice(token.start, token.end)), left_off)
            });
            begins && !self.tokens.iter().any(|token| token.start < start + length && start + length < token.end)
        };
        places.filter(is_whole).map(|start| Run { start, end: start + length, words }).collect()
    }

    /// Where its words and signs stand.
    fn normalized(&self, given: &[Token], words: usize) -> Vec<Run> {
        let is_here =
            |run: &&[Token]| run[1..].iter().zip(&given[1..]).all(|(one, other)| one.number == other.number) && self.begins_with(&run[0], &given[0]).is_some();
        let run = |run: &[Token]| {
            let left_off = self.begins_with(&run[0], &given[0]).unwrap_or_default();
            Run { start: run[0].start + left_off, end: run[run.len() - 1].end, words }
        };
        self.tokens.windows(given.len()).filter(is_here).map(run).collect()
    }

    /// How many code points a quotation leaves off the word of the text that it begins with; none if it is another word.
    fn begins_with(&self, source: &Token, given: &Token) -> Option<usize> {
        let without =
            [(&source.text, &given.text), (&source.careless, &given.careless)].into_iter().find_map(|(source, given)| source.strip_suffix(given.as_str()));
        let left_off = without?.chars().count();
        let normalized = || normalize(&self.slice(source.start, source.end));
        (left_off == 0 || (given.word && may_leave_off(&normalized(), left_off))).then_some(left_off)
    }

    /// The parts of a quotation that are in the text, in its order: the longest first, then what is left on either side
    /// of it: close to it in the text, or wherever a longer run is. `elsewhere`: whether there may be one.
    fn pieces(&self, given: &[Token], window: Window, elsewhere: bool, pieces: &mut Vec<Piece>) {
        let ((from, to), (begin, end)) = (window.given, window.source);
        let Some(piece) = self.longest(given, window) else { return };
        let (before, after) = ((from, piece.given), (piece.given + piece.length, to));
        let near = |left: (usize, usize), source: (usize, usize)| {
            let close = Window { given: left, source };
            let everywhere = Window { given: left, source: (0, self.tokens.len()) };
            let words = |window| self.longest(given, window).map_or(0, |piece| self.run(piece).words);
            // A longer run elsewhere is what was quoted; a stray word close by is not. What has none of any length has
            // none in its parts, so that the whole text is not searched for each of them.
            let most = if elsewhere { words(everywhere) } else { 0 };
            let elsewhere = most >= SHORTEST_RUN;
            (if elsewhere && most > words(close) { everywhere } else { close }, elsewhere)
        };
        let ends = piece.source + piece.length;
        let reach = |left: (usize, usize)| left.1 - left.0 + LONGEST_GAP;
        let (left, still) = near(before, (begin.max(piece.source.saturating_sub(reach(before))), piece.source));
        self.pieces(given, left, still, pieces);
        pieces.push(piece);
        let (right, still) = near(after, (ends, end.max(ends).min(ends + reach(after))));
        self.pieces(given, right, still, pieces);
    }

    /// The longest run of words and signs that is in both windows; of equals, the first.
    fn longest(&self, given: &[Token], window: Window) -> Option<Piece> {
        let ((from, to), (begin, end)) = (window.given, window.source);
        let mut best: Option<(usize, Piece)> = None;
        // The lengths of the runs that end at the token before, and their words, for each place in the text.
        let mut before = vec![(0, 0); end.saturating_sub(begin) + 1];
        for (at, token) in given.iter().enumerate().take(to).skip(from) {
            let mut here = vec![(0, 0); before.len()];
            for place in begin..end {
                if token.number != self.tokens[place].number {
                    continue;
                }
                let (length, words) = before[place - begin];
                let (length, words) = (length + 1, words + usize::from(token.word));
                here[place - begin + 1] = (length, words);
                if words > 0 && best.is_none_or(|(most, _)| words > most) {
                    best = Some((words, Piece { given: at + 1 - length, source: place + 1 - length, length }));
                }
            }
            before = here;
        }
        best.map(|(_, piece)| piece)
    }

    /// What stands between the pieces, and before and after them.
    fn differences(&self, given: &Source<'_>, pieces: &[Piece]) -> Vec<Difference> {
        let mut differences = Vec::new();
        let mut add = |change, given: String, source: String| differences.push(Difference { change, given, source });
        let (mut at, mut place): (usize, Option<usize>) = (0, None);
        for piece in pieces {
            let said = given.between(at, piece.given);
            match place {
                Some(place) if place <= piece.source && piece.source - place <= longest_gap(piece.given - at) => {
                    let source = self.between(place, piece.source);
                    match (said.is_empty(), source.is_empty()) {
                        (true, true) => {}
                        (true, false) => add(Change::LeftOut, said, source),
                        (false, true) => add(Change::Added, said, source),
                        (false, false) => add(Change::Replaced, said, source),
                    }
                }
                Some(_) => {
                    if !said.is_empty() {
                        add(Change::Added, said, String::new());
                    }
                    let run = self.run(*piece);
                    add(Change::Joined, given.between(piece.given, piece.given + piece.length), self.slice(run.start, run.end));
                }
                None if !said.is_empty() => self.edge(said, at..piece.given, given, (piece.source.saturating_sub(piece.given - at), piece.source), &mut add),
                None => {}
            }
            (at, place) = (piece.given + piece.length, Some(piece.source + piece.length));
        }
        let said = given.between(at, given.tokens.len());
        if !said.is_empty() {
            let from = place.unwrap_or_default();
            self.edge(said, at..given.tokens.len(), given, (from, (from + given.tokens.len() - at).min(self.tokens.len())), &mut add);
        }
        differences
    }

    /// What stands before the first piece or after the last. As many words for one or two is a replacement; what is more or less
    /// than that was added, since nobody can tell where the text was left.
    fn edge(&self, said: String, tokens: std::ops::Range<usize>, given: &Source<'_>, source: (usize, usize), add: &mut impl FnMut(Change, String, String)) {
        let words = given.tokens[tokens].iter().filter(|token| token.word).count();
        let here = self.tokens[source.0..source.1].iter().filter(|token| token.word).count();
        if words == here && words <= 2 { add(Change::Replaced, said, self.between(source.0, source.1)) } else { add(Change::Added, said, String::new()) }
    }

    /// The text of these tokens, from the first to the last.
    fn between(&self, from: usize, to: usize) -> String {
        if from >= to { String::new() } else { self.slice(self.tokens[from].start, self.tokens[to - 1].end) }
    }

    fn slice(&self, start: usize, end: usize) -> String {
        self.text.chars().skip(start).take(end - start).collect()
    }

    fn run(&self, piece: Piece) -> Run {
        let tokens = &self.tokens[piece.source..piece.source + piece.length];
        Run { start: tokens[0].start, end: tokens[tokens.len() - 1].end, words: tokens.iter().filter(|token| token.word).count() }
    }
}

/// How many words and signs of the text may stand where a quotation has so many others; beyond that, two places are joined.
const fn longest_gap(given: usize) -> usize {
    if given == 0 { LONGEST_GAP } else { 3 * given + 6 }
}

/// Tokens of the quotation and of the text, from and up to.
#[derive(Clone, Copy)]
struct Window {
    given: (usize, usize),
    source: (usize, usize),
}

/// Tokens that are in both.
#[derive(Clone, Copy)]
struct Piece {
    given: usize,
    source: usize,
    length: usize,
}
