//! Divides a paragraph into proposed clauses and lead-ins.

use std::ops::Range;

use crate::{
    package::draft::boundaries::{clauses, sentences},
    text::{
        reporting::{is_reporting_verb, is_source_preposition},
        tokenize::{TokenizedText, folded_marks},
    },
};

/// The minimum number of words between quotation marks that are a quotation and not a name or a term.
const MIN_QUOTED_WORDS: usize = 4;
/// The pronouns that may be written with "that", by their keys.
const PRONOUNS: [&str; 7] = ["ه", "ها", "هم", "هما", "هن", "نا", "ني"];
/// The maximum number of words of a lead-in.
const MAX_LEAD_IN_WORDS: usize = 30;
/// The maximum number of words between two quotations that only connect them.
const MAX_CONNECTING_WORDS: usize = 2;

/// A part of a paragraph: a clause or a lead-in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Segment {
    /// Its words.
    pub tokens: Range<usize>,
    /// It is inside quotation marks.
    pub is_quoted: bool,
    /// It introduces the clauses of its run.
    pub is_lead_in: bool,
    /// Segments with the same number are one quotation, or one sentence.
    pub run: usize,
}

/// What a paragraph is divided by.
pub struct Paragraph<'t> {
    /// Its words.
    pub text: &'t TokenizedText,
    /// The words between quotation marks, in order.
    pub quoted: Vec<Range<usize>>,
    /// The expressions of time, in order.
    pub dates: Vec<Range<usize>>,
    /// The expressions of time and the mentions, in order: none is divided.
    pub whole: Vec<Range<usize>>,
}

impl Paragraph<'_> {
    /// The segments, in order; together they have every word. A paragraph with more clauses than the maximum is divided less.
    #[must_use]
    pub fn segments(&self, max: usize) -> Vec<Segment> {
        if self.text.tokens.is_empty() {
            return vec![Segment { tokens: 0..0, is_quoted: false, is_lead_in: false, run: 0 }];
        }
        let count = |segments: &[Segment]| segments.iter().filter(|segment| !segment.is_lead_in).count();
        let fine = self.divide(true);
        if count(&fine) <= max {
            return fine;
        }
        let coarse = self.divide(false);
        let mut size = 1;
        while size <= coarse.len() {
            let joined = join(&coarse, size);
            if count(&joined) <= max {
                return joined;
            }
            size *= 2;
        }
        vec![Segment { tokens: 0..self.text.tokens.len(), is_quoted: false, is_lead_in: false, run: 0 }]
    }

    fn divide(&self, inside_sentences: bool) -> Vec<Segment> {
        let mut segments = Vec::new();
        let mut run = 0;
        let regions = self.regions();
        for (number, (region, is_quoted)) in regions.iter().enumerate() {
            let parts = |within: &Range<usize>| if inside_sentences { clauses(self.text, within, &self.whole) } else { vec![within.clone()] };
            if *is_quoted {
                run += 1;
                for sentence in sentences(self.text, region, &self.whole) {
                    segments.extend(parts(&sentence).into_iter().map(|tokens| Segment { tokens, is_quoted: true, is_lead_in: false, run }));
                }
                continue;
            }
            let mut rest = region.clone();
            if number > 0
                && let Some(after) = self.attribution_after(region)
                && !segments.iter().any(|segment: &Segment| segment.run == run && segment.is_lead_in)
            {
                rest.start = after.end;
                segments.push(Segment { tokens: after, is_quoted: false, is_lead_in: true, run });
            }
            let before = regions.get(number + 1).and_then(|_| self.lead_in_before(&rest));
            rest.end = before.as_ref().map_or(rest.end, |before| before.start);
            for sentence in sentences(self.text, &rest, &self.whole) {
                for part in parts(&sentence) {
                    run += 1;
                    let lead_in = self.reported(&part);
                    let start = lead_in.as_ref().map_or(part.start, |lead_in| lead_in.end);
                    segments.extend(lead_in.map(|tokens| Segment { tokens, is_quoted: false, is_lead_in: true, run }));
                    segments.push(Segment { tokens: start..part.end, is_quoted: false, is_lead_in: false, run });
                }
            }
            // It introduces the next quotation.
            segments.extend(before.map(|tokens| Segment { tokens, is_quoted: false, is_lead_in: true, run: run + 1 }));
        }
        segments
    }

    /// The quoted and the other parts of the paragraph, in order.
    fn regions(&self) -> Vec<(Range<usize>, bool)> {
        let count = self.text.tokens.len();
        let long = self.quoted.iter().filter(|quoted| quoted.len() >= MIN_QUOTED_WORDS || quoted.len() == count || self.is_said(quoted));
        let mut regions = Vec::new();
        let mut at = 0;
        for quoted in long.filter(|quoted| !quoted.is_empty()) {
            if quoted.start > at {
                regions.push((at..quoted.start, false));
            }
            regions.push((quoted.start.max(at)..quoted.end, true));
            at = quoted.end;
        }
        if at < count {
            regions.push((at..count, false));
        }
        regions
    }

    /// Whether marks show that words are said, however few: a colon before them, or the end of a phrase inside the quotation.
    fn is_said(&self, quoted: &Range<usize>) -> bool {
        let ends_phrase = self.text.gap(quoted.end).first().is_some_and(|mark| matches!(mark, ',' | '.' | '!' | '?' | '،' | '؟'));
        ends_phrase || folded_marks(self.text.gap(quoted.start)).contains(':')
    }

    fn has_date(&self, tokens: &Range<usize>) -> bool {
        self.dates.iter().any(|date| date.start < tokens.end && tokens.start < date.end)
    }

    fn reports(&self, tokens: &Range<usize>) -> bool {
        self.text.tokens[tokens.clone()].iter().any(|token| is_reporting_verb(&token.key) || is_source_preposition(&token.key))
    }

    /// The words that introduce a quotation after these: its last sentence, or the end of it that reports. A lead-in has no date.
    fn lead_in_before(&self, region: &Range<usize>) -> Option<Range<usize>> {
        let last = sentences(self.text, region, &self.whole).pop()?;
        let ends_with_colon = folded_marks(self.text.gap(region.end)).contains(':');
        let is_lead_in = |tokens: &Range<usize>| {
            let introduces = ends_with_colon || self.reports(tokens) || tokens.len() <= MAX_CONNECTING_WORDS;
            introduces && tokens.len() <= MAX_LEAD_IN_WORDS && !self.has_date(tokens)
        };
        if is_lead_in(&last) {
            return Some(last);
        }
        let end = clauses(self.text, &last, &self.whole).pop()?;
        (is_lead_in(&end) && self.reports(&end)).then_some(end)
    }

    /// "…," the minister said: the words that attribute the quotation before these.
    fn attribution_after(&self, region: &Range<usize>) -> Option<Range<usize>> {
        let first = sentences(self.text, region, &self.whole).into_iter().next()?;
        let begins_sentence = folded_marks(self.text.gap(region.start)).contains(['.', '!', '?']);
        let is_attribution = !begins_sentence && first.len() <= MAX_LEAD_IN_WORDS / 2 && self.reports(&first) && !self.has_date(&first);
        is_attribution.then_some(first)
    }

    /// "The officer said that": the words before what is reported without quotation marks.
    fn reported(&self, part: &Range<usize>) -> Option<Range<usize>> {
        let key = |at: usize| self.text.tokens[at].key.as_str();
        // «إن» with an attached pronoun belongs to the reported words: إنها ترحب.
        let has_pronoun = |at: usize| key(at).strip_prefix('ب').unwrap_or(key(at)).strip_prefix("ان").is_some_and(|rest| PRONOUNS.contains(&rest));
        let is_that = |at: &usize| matches!(key(*at), "ان" | "بان" | "that") || (*at > part.start + 1 && has_pronoun(*at));
        let that = (part.start..part.end.min(part.start + MAX_LEAD_IN_WORDS)).find(is_that)?;
        let lead_in = part.start..that + usize::from(!has_pronoun(that));
        let first_verb = lead_in.clone().find(|at| is_reporting_verb(&self.text.tokens[*at].key))?;
        // An Arabic sentence begins with its verb.
        let is_arabic = self.text.tokens[that].key != "that";
        let is_early = first_verb - part.start <= if is_arabic { 1 } else { MAX_LEAD_IN_WORDS / 2 };
        (is_early && that + 2 < part.end && !self.has_date(&lead_in)).then_some(lead_in)
    }
}

/// Joins the clauses of a run, up to a number of them.
fn join(segments: &[Segment], size: usize) -> Vec<Segment> {
    let mut joined: Vec<(Segment, usize)> = Vec::new();
    for segment in segments {
        match joined.last_mut() {
            Some((last, count)) if *count < size && can_join(last, segment) => {
                last.tokens.end = segment.tokens.end;
                *count += 1;
            }
            _ => joined.push((segment.clone(), 1)),
        }
    }
    joined.into_iter().map(|(segment, _)| segment).collect()
}

/// Whether two clauses are of one quotation, or both of none.
const fn can_join(last: &Segment, next: &Segment) -> bool {
    let is_clause = !last.is_lead_in && !next.is_lead_in;
    is_clause && if last.is_quoted { last.run == next.run && next.is_quoted } else { !next.is_quoted }
}
