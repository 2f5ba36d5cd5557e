//! Judges quotations: compares each with every statement that it may be from, and finds its places and its speakers.

use std::{ops::Range, rc::Rc};

use crate::{
    corpus::{Language, Slug},
    text::{negation::is_negation, normalize::is_arabic},
    verify::{
        cautions::cautions,
        comparison::{Comparison, ComparisonError, compare},
        difference::Difference,
        library::Library,
        names::Names,
        occurrence::Occurrence,
        outcome::{Altered, Asked, ComparedWith, InSource, InStatement, Outcome},
        place::{Agreement, Place},
        record::{Record, range},
        shelf::{Prepared, Shelf, Shelves},
        speaker::Speaker,
        translation::Translation,
    },
};

/// Compares quotations with a library.
#[derive(Debug)]
pub struct Judge<'l> {
    library: &'l Library,
    shelves: Shelves<'l>,
}

impl<'l> Judge<'l> {
    /// A judge of quotations from a library; `names` are its registers' names.
    #[must_use]
    pub fn new(library: &'l Library, names: &'l Names) -> Self {
        Self { library, shelves: Shelves::new(&library.records, names) }
    }

    /// The library.
    #[must_use]
    pub const fn library(&self) -> &'l Library {
        self.library
    }

    /// Judges a quotation by all statements of the library. It ends soon after `stop` returns true.
    ///
    /// # Errors
    /// When the quotation is too long, or the comparison was stopped.
    pub fn judge(&self, text: &str, asked: &Asked, stop: &dyn Fn() -> bool) -> Result<Outcome<'_>, ComparisonError> {
        self.judge_by(self.shelves.iter(), text, asked, stop)
    }

    /// Judges a quotation by the statements that it may be from. It ends soon after `stop` returns true.
    ///
    /// # Errors
    /// When the quotation is too long, or the comparison was stopped.
    pub fn judge_by_candidates(&self, text: &str, asked: &Asked, stop: &dyn Fn() -> bool) -> Result<Outcome<'_>, ComparisonError> {
        self.judge_by(self.shelves.iter().filter(|shelf| self.library.is_candidate(text, &shelf.record.statement.id)), text, asked, stop)
    }

    fn judge_by<'j>(
        &'j self,
        shelves: impl Iterator<Item = &'j Shelf<'l>>,
        text: &str,
        asked: &Asked,
        stop: &dyn Fn() -> bool,
    ) -> Result<Outcome<'j>, ComparisonError> {
        let language = language_of(text);
        let mut compared: Vec<Compared<'l>> = Vec::new();
        for shelf in shelves {
            let mut best = None::<Compared<'l>>;
            for prepared in self.shelves.texts(shelf, compared_with(language, shelf.record)) {
                let comparison = compare(&prepared.passage, text, stop)?;
                if best.as_ref().is_none_or(|best| comparison.rank() > best.comparison.rank()) {
                    best = Some(Compared { comparison, record: shelf.record, prepared });
                }
            }
            let Some(best) = best else { continue };
            // Every occurrence counts; of altered words, only the nearest do, and of several with the same rank, the first.
            if best.places().is_some() {
                compared.retain(|other| other.places().is_some());
                compared.push(best);
            } else if compared.iter().all(|other| other.comparison.rank() < best.comparison.rank()) {
                compared = vec![best];
            }
        }
        let best = compared.iter().rev().max_by_key(|compared| compared.comparison.rank());
        Ok(match best.map(|best| (best, &best.comparison)) {
            Some((best, Comparison::InSource { agreement, .. })) => Outcome::InSource(self.in_source(*agreement, best.of(), &compared, asked)),
            Some((best, Comparison::Altered { nearest, pieces, differences, .. })) => {
                Outcome::Altered(altered(nearest.clone(), pieces, differences.clone(), best.record, &best.prepared))
            }
            _ => {
                let is_of_source = language.is_none_or(|language| self.library.has_source_in(language));
                let of = if is_of_source { ComparedWith::Source } else { ComparedWith::WorkingTranslation };
                Outcome::NotFound { of, record: self.library.only() }
            }
        })
    }

    /// Whether the words of one actor count as the words of the other.
    #[must_use]
    pub fn speaks_for(&self, actor: &Slug, whole: &Slug) -> bool {
        self.library.registers.speaks_for(actor, whole)
    }

    /// A quotation that is in the source of several statements, or in the translation of several: every occurrence counts.
    fn in_source<'s>(&self, agreement: Agreement, of: ComparedWith, compared: &[Compared<'s>], asked: &Asked) -> InSource<'s> {
        let finds: Vec<(&Compared<'s>, &[Place])> =
            compared.iter().filter(|compared| compared.of() == of).filter_map(|compared| Some((compared, compared.places()?))).collect();
        let found: Vec<InStatement<'s>> = finds.iter().map(|(compared, places)| compared.in_statement(places)).collect();
        let is_asked = |record: &Record, occurrence: &Occurrence| {
            occurrence.is_said_by(asked.voice, asked.speaker.as_ref(), record, |actor, whole| self.speaks_for(actor, whole))
        };
        let mut main = ((false, None), (0, 0));
        let mut best = (None, &[][..]);
        let mut holds = false;
        for (number, (found, (_, places))) in found.iter().zip(&finds).enumerate() {
            for (at, (occurrence, place)) in found.occurrences.iter().zip(*places).enumerate() {
                let is_asked = is_asked(found.record, occurrence);
                holds |= is_asked;
                // The first of the best.
                if (is_asked, Some(place.agreement)) > main.0 {
                    main = ((is_asked, Some(place.agreement)), (number, at));
                }
                let rank = Some((place.agreement, is_asked));
                if rank > best.0 {
                    best = (rank, &place.differences[..]);
                }
            }
        }
        let (_, main) = main;
        let (shown, place) = (finds[main.0].0, &finds[main.0].1[main.1]);
        let text = &shown.prepared.passage.source.text;
        let before = place.pieces.first().and_then(|piece| piece.words.start.checked_sub(1)).map(|before| &text.tokens[before]);
        InSource {
            of,
            agreement,
            main,
            differences: best.1.to_vec(),
            holds: (asked.voice.is_some() || asked.speaker.is_some()).then_some(holds),
            translation: shown.prepared.translation.as_ref().map(|_| text.slice(place.span())),
            negated_by: before.filter(|word| is_negation(&word.key)).map(|word| text.slice(word.start..word.end)),
            found,
        }
    }
}

/// A quotation compared with a statement, and the text of it that is nearest.
struct Compared<'l> {
    comparison: Comparison,
    record: &'l Record,
    prepared: Rc<Prepared<'l>>,
}

impl<'l> Compared<'l> {
    /// The text that was compared.
    fn of(&self) -> ComparedWith {
        self.prepared.of()
    }

    /// The places of the words, if it has them.
    fn places(&self) -> Option<&[Place]> {
        if let Comparison::InSource { places, .. } = &self.comparison { Some(places) } else { None }
    }

    /// The words at these places.
    fn in_statement(&self, places: &[Place]) -> InStatement<'l> {
        let (record, prepared) = (self.record, &self.prepared);
        let translation = prepared.translation.as_ref();
        let pieces = places.iter().flat_map(|place| &place.pieces).map(|piece| piece.start..piece.end);
        let pieces: Vec<Range<usize>> = pieces.collect();
        let cautions = cautions(record, &prepared.passage, translation, &pieces);
        let ranges = match translation {
            None => pieces,
            Some(translation) => pieces.into_iter().flat_map(|piece| translation.within(&piece)).map(|translated| range(translated.quote(record))).collect(),
        };
        let occurrences = places.iter().map(|place| occurrence(place, record, translation, prepared.speakers(place))).collect();
        InStatement { record, occurrences, ranges, cautions }
    }
}

/// The language of a quotation, by its script; `None` for one without letters, such as a year.
fn language_of(text: &str) -> Option<Language> {
    let mut letters = text.chars().filter(|char| char.is_alphabetic()).peekable();
    letters.peek()?;
    Some(if letters.any(is_arabic) { Language::Ar } else { Language::En })
}

/// The text of a statement that a quotation in a language is compared with: the source in that language, or the translation into
/// it. A quotation in no language is compared with the source.
fn compared_with(language: Option<Language>, record: &Record) -> ComparedWith {
    if language.is_none_or(|language| language == record.language()) { ComparedWith::Source } else { ComparedWith::WorkingTranslation }
}

fn occurrence(place: &Place, record: &Record, translation: Option<&Translation>, speakers: Vec<Speaker>) -> Occurrence {
    let ranges: Vec<Range<usize>> = place.pieces.iter().map(|piece| piece.start..piece.end).collect();
    match translation {
        None => {
            let pieces = if ranges.len() > 1 { ranges.iter().map(|piece| record.quote(piece.clone())).collect() } else { Vec::new() };
            let clause = record.main_clause(&ranges).map(|clause| clause.id.clone());
            Occurrence::new(record, place.agreement, record.quote(place.span()), pieces, clause, speakers)
        }
        Some(translation) => {
            let translated = translation.within(&place.span()).first().copied();
            let quote = translated.map_or_else(|| record.quote(0..0), |translated| translated.quote(record).clone());
            let clause = translated.and_then(|translated| translated.clause(record));
            Occurrence::new(record, place.agreement, quote, Vec::new(), clause.map(|clause| clause.id.clone()), speakers)
        }
    }
}

fn altered<'r>(nearest: Range<usize>, pieces: &[Range<usize>], differences: Vec<Difference>, record: &'r Record, prepared: &Prepared<'_>) -> Altered<'r> {
    let cautions = cautions(record, &prepared.passage, prepared.translation.as_ref(), std::slice::from_ref(&nearest));
    let Some(translation) = &prepared.translation else {
        let clause = record.main_clause(pieces);
        return Altered { record, of: ComparedWith::Source, clause, quote: record.quote(nearest.clone()), differences, range: nearest, cautions };
    };
    let translated = translation.within(&nearest);
    let quotes = || translated.iter().map(|translated| range(translated.quote(record)));
    let (start, end) = (quotes().map(|quote| quote.start).min().unwrap_or_default(), quotes().map(|quote| quote.end).max().unwrap_or_default());
    let within = translation.within_all(pieces);
    let main = within.first();
    let quote = main.map_or_else(|| record.quote(0..0), |main| main.quote(record).clone());
    let clause = main.and_then(|main| main.clause(record));
    Altered { record, of: ComparedWith::WorkingTranslation, clause, quote, differences, range: start..end, cautions }
}
