//! Matching: which texts match a query, by their words or by the names and dates in them.

use crate::text::{
    analysis::stems_in,
    query::{By, Group, Query, Term},
    span::{Span, merge_spans},
    units::units,
    words::tokenize,
};

/// A text in which terms are looked for.
#[derive(Debug)]
pub struct AnalyzedText<'a> {
    /// The text.
    pub text: &'a str,
    units: Vec<(Span, Vec<String>)>,
}

impl<'a> AnalyzedText<'a> {
    /// Analyses a text.
    #[must_use]
    pub fn new(text: &'a str) -> Self {
        Self::analyze(text, &[])
    }

    /// Analyses a translation, without the editor's remarks in square brackets.
    #[must_use]
    pub fn translation(text: &'a str) -> Self {
        Self::analyze(text, &remarks(text))
    }

    fn analyze(text: &'a str, remarks: &[Span]) -> Self {
        let mut words = tokenize(text);
        words.retain(|word| !remarks.iter().any(|remark| (remark.start..remark.end).contains(&word.start)));
        let mut at = 0;
        let unit = |unit: crate::text::units::Unit<'_>| {
            let first = at;
            at += unit.words.len();
            let stems = unit.numeral.map(super::numerals::Numeral::token).into_iter().chain((first..at).flat_map(|at| stems_in(&words, at)));
            (Span { start: words[first].start, end: words[at - 1].end }, stems.collect())
        };
        let units = units(&words).into_iter().map(unit).collect();
        Self { text, units }
    }

    /// The stems of each of its words, for an index.
    pub fn stems(&self) -> impl Iterator<Item = &[String]> {
        self.units.iter().map(|(_, stems)| stems.as_slice())
    }

    /// The spans where words with these stems follow each other.
    fn find_runs(&self, run: &[&[String]]) -> Vec<Span> {
        let is = |((_, stems), asked): (&(Span, Vec<String>), &&[String])| stems.iter().any(|stem| asked.contains(stem));
        let spans = self.units.windows(run.len().max(1)).filter(|units| units.iter().zip(run).all(is));
        spans.map(|units| Span { start: units[0].0.start, end: units[units.len() - 1].0.end }).collect()
    }
}

/// The parts in square brackets.
fn remarks(text: &str) -> Vec<Span> {
    let (mut remarks, mut open) = (Vec::new(), None);
    for (at, char) in text.chars().enumerate() {
        match char {
            '[' => open = open.or(Some(at)),
            ']' => remarks.extend(open.take().map(|start| Span { start, end: at })),
            _ => {}
        }
    }
    remarks
}

/// The relation of a text to its item.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// Its own words.
    Own,
    /// Another name of it.
    Alias,
    /// The lead-in that introduces it.
    LeadIn,
}

/// How a term was found, in the order of rank.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum MatchLevel {
    /// By its own words.
    Text,
    /// By another name, or by a listed synonym.
    Alias,
    /// In the lead-in.
    LeadIn,
    /// By a date that an expression of time resolves to.
    Date,
}

/// The key of a name or a date of an item.
#[derive(Clone, Copy, Debug)]
pub struct ItemKey<'a> {
    /// The key of an alias or of a date.
    pub key: &'a str,
    /// Whether it is named in the lead-in.
    pub in_lead_in: bool,
}

/// How texts match a query.
#[derive(Clone, Debug, Default)]
pub struct MatchResult {
    /// How each required term was found; `None` if it was not.
    pub levels: Vec<Option<MatchLevel>>,
    /// The spans of the matches in each of the texts, in order and without overlaps.
    pub spans: Vec<Vec<Span>>,
    /// The keys that it needed.
    pub keys: Vec<String>,
}

impl MatchResult {
    /// The level of the whole match: the worst level of its terms; `None` if a term was not found.
    #[must_use]
    pub fn level(&self) -> Option<MatchLevel> {
        self.levels.iter().try_fold(MatchLevel::Text, |level, term| term.map(|term| level.max(term)))
    }
}

/// Looks for every term of a query in the texts of an item and among its keys.
#[must_use]
pub fn match_query(query: &Query, texts: &[(Part, AnalyzedText<'_>)], keys: &[ItemKey<'_>]) -> MatchResult {
    let mut matcher = Matcher { texts, keys, result: MatchResult { spans: vec![Vec::new(); texts.len()], ..MatchResult::default() } };
    query.groups.iter().for_each(|group| if group.phrase { matcher.phrase(group) } else { matcher.terms(group) });
    let mut result = matcher.result;
    result.spans.iter_mut().for_each(|spans| *spans = merge_spans(std::mem::take(spans)));
    result
}

struct Matcher<'a, 't> {
    texts: &'a [(Part, AnalyzedText<'t>)],
    keys: &'a [ItemKey<'a>],
    result: MatchResult,
}

impl Matcher<'_, '_> {
    /// Marks the runs of these words, and returns the best level among them.
    fn run(&mut self, run: &[&[String]], own: MatchLevel) -> Option<MatchLevel> {
        let mut best: Option<MatchLevel> = None;
        for ((part, text), spans) in self.texts.iter().zip(&mut self.result.spans) {
            let runs = text.find_runs(run);
            if !runs.is_empty() {
                let level = match part {
                    Part::Own => own,
                    Part::Alias => MatchLevel::Alias,
                    Part::LeadIn => MatchLevel::LeadIn,
                };
                best = Some(best.map_or(level, |best| best.min(level)));
                spans.extend(runs);
            }
        }
        best
    }

    fn phrase(&mut self, group: &Group) {
        let run: Vec<&[String]> = group.terms.iter().map(|term| term.stems.as_slice()).collect();
        let level = self.run(&run, MatchLevel::Text);
        self.result.levels.push(level);
    }

    fn terms(&mut self, group: &Group) {
        for (at, term) in group.terms.iter().enumerate().filter(|(_, term)| term.required) {
            let level = self.term(group, at, term);
            self.result.levels.push(level);
        }
    }

    /// The best level at which a term is found: by its own words, else by the best alternative that covers it.
    fn term(&mut self, group: &Group, at: usize, term: &Term) -> Option<MatchLevel> {
        let mut best = self.run(&[&term.stems], MatchLevel::Text);
        if best == Some(MatchLevel::Text) {
            return best;
        }
        let mut needed = None;
        for alternative in group.alternatives.iter().filter(|alternative| (alternative.first..alternative.end).contains(&at)) {
            let found = match &alternative.by {
                By::Words(words) => self.run(&words.iter().map(Vec::as_slice).collect::<Vec<_>>(), MatchLevel::Alias).map(|level| (level, None)),
                By::Alias(keys) => self.key(keys, MatchLevel::Alias),
                By::Date(keys) => self.key(keys, MatchLevel::Date),
            };
            if let Some((level, key)) = found
                && best.is_none_or(|best| level < best)
            {
                (best, needed) = (Some(level), key);
            }
        }
        self.result.keys.extend(needed);
        best
    }

    /// The best level at which the item has one of the keys.
    fn key(&self, keys: &[String], own: MatchLevel) -> Option<(MatchLevel, Option<String>)> {
        let level = |key: &ItemKey<'_>| if key.in_lead_in { own.max(MatchLevel::LeadIn) } else { own };
        let found = keys.iter().filter_map(|key| self.keys.iter().filter(|one| one.key == key).map(level).min().map(|level| (level, Some(key.clone()))));
        found.min_by_key(|(level, _)| *level)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn level(typed: &str, text: &str) -> Option<MatchLevel> {
        match_query(&Query::parse(typed).unwrap(), &[(Part::Own, AnalyzedText::translation(text))], &[]).level()
    }

    #[test]
    fn forms_numerals_and_homographs_are_seen_through_in_their_context() {
        for (typed, text) in [
            ("تنتهي", "أن ينتهي فعليًا"),
            ("لجان", "داخل اللجنة العسكرية"),
            ("12 شهر", "على مدى الاثني عشر شهرًا القادمة"),
            ("twelve months", "خلال 12 شهراً within 12 months"),
            ("عُقد", "الحوار الذي عقد في واشنطن"),
            ("عقود", "مرور عقد من الزمان"),
            ("بيّن", "وبين أن الهيئة"),
            ("2nd dialogue", "the second dialogue"),
            ("withdrawal of the forces", "forces in withdrawal"),
            ("عقدت", "الحوار الذي عقد في واشنطن"),
            ("\"من العراق\"", "ومن العراق إلى سوريا"),
            ("لن", "ولن يعلن"),
        ] {
            assert_eq!(level(typed, text), Some(MatchLevel::Text), "{typed} in {text}");
        }
        for (typed, text) in [
            ("عُقد", "مرور عقد من الزمان"),
            ("عُقدت", "مرور عقد من الزمان"),
            ("عملت", "بعد عمل طويل"),
            ("لد", "ولد في بغداد"),
            ("schedules", "is scheduled to begin"),
            ("عقود", "الحوار الذي عقد في واشنطن"),
            ("بين", "وبين أن الهيئة"),
            ("sic", "after [sic] to defeat"),
            ("تسعة", "تسعى الدولتان"),
            ("علماء", "شكل تهديدا للعالم"),
            ("العمال", "للتحالف العاملة في سوريا"),
            ("not withdrawal", "the withdrawal"),
        ] {
            assert_eq!(level(typed, text), None, "{typed} in {text}");
        }
        assert_eq!(level("pull out of Baghdad", "withdrawal from Baghdad"), Some(MatchLevel::Alias));
    }

    proptest! {
        #[test]
        fn whatever_is_typed_is_parsed_and_its_spans_are_in_the_text(typed in "\\PC{0,80}", text in "\\PC{0,200}") {
            if let Ok(query) = Query::parse(&typed) {
                let length = text.chars().count();
                for span in match_query(&query, &[(Part::Own, AnalyzedText::new(&text))], &[]).spans.concat() {
                    prop_assert!(span.start < span.end && span.end <= length);
                }
            }
        }

        #[test]
        fn every_word_of_a_text_finds_it(text in "[\u{620}-\u{652}a-zA-Z0-9 .،-]{1,60}") {
            for word in tokenize(&text) {
                let typed: String = text.chars().skip(word.start).take(word.end - word.start).collect();
                let query = Query::parse(&typed).unwrap();
                prop_assert!(match_query(&query, &[(Part::Own, AnalyzedText::new(&text))], &[]).level().is_some(), "{typed:?} in {text:?}");
            }
        }
    }
}
