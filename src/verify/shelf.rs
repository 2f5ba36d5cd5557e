//! The statements of a library, ready to be compared with quotations.

use std::{
    array,
    cell::RefCell,
    collections::VecDeque,
    rc::{Rc, Weak},
};

use crate::verify::{
    clause_words::{ClauseWords, clause_words, source_parts},
    names::Names,
    outcome::ComparedWith,
    passage::Passage,
    place::Place,
    record::{Record, range},
    speaker::Speaker,
    translation::{Brackets, Translation},
};

/// How many texts stay prepared for the next quotation. A text of 3,000 words takes a megabyte.
const MAX_PREPARED: usize = 16;

/// A text that quotations are compared with, and its speakers.
#[derive(Debug)]
pub struct Prepared<'l> {
    /// The translation; `None`: the text is that of the source.
    pub translation: Option<Translation>,
    /// The text.
    pub passage: Passage<'l>,
    /// The speakers, by their numbers.
    speakers: Vec<Speaker>,
}

impl<'l> Prepared<'l> {
    fn source(record: &Record, names: &'l Names) -> Self {
        let clauses = clause_words(record, &source_parts(record));
        let (passage, speakers) = read(record.text(), names, clauses, |at| record.speaker_at(at));
        Self { translation: None, passage, speakers }
    }

    fn translation(record: &Record, names: &'l Names, brackets: Brackets) -> Self {
        let translation = Translation::of(record, brackets);
        // A space between two of them has no word.
        let speaker_at = |at| record.speaker_at(translation.at(at).map_or(usize::MAX, |translated| range(translated.quote(record)).start));
        let clauses = clause_words(record, &translation.parts(record));
        let (passage, speakers) = read(&translation.text, names, clauses, speaker_at);
        Self { translation: Some(translation), passage, speakers }
    }

    /// What the text is.
    #[must_use]
    pub const fn of(&self) -> ComparedWith {
        if self.translation.is_some() { ComparedWith::WorkingTranslation } else { ComparedWith::Source }
    }

    /// Everybody who says words of a place, in their order.
    #[must_use]
    pub fn speakers(&self, place: &Place) -> Vec<Speaker> {
        let mut numbers: Vec<u32> = Vec::new();
        for number in place.pieces.iter().flat_map(|piece| piece.words.clone()).filter_map(|word| self.passage.speaker(word)) {
            if !numbers.contains(&number) {
                numbers.push(number);
            }
        }
        numbers.into_iter().filter_map(|number| self.speakers.get(number as usize).cloned()).collect()
    }
}

/// A passage with its clauses, and its speakers by their numbers.
fn read<'l>(text: &str, names: &'l Names, clauses: Vec<ClauseWords>, speaker_at: impl Fn(usize) -> Speaker) -> (Passage<'l>, Vec<Speaker>) {
    let speakers = RefCell::new(Vec::new());
    let passage = Passage::new(text, names, |at| {
        let speaker = speaker_at(at);
        let mut speakers = speakers.borrow_mut();
        let known = speakers.iter().position(|other| *other == speaker);
        let number = known.unwrap_or_else(|| {
            speakers.push(speaker);
            speakers.len() - 1
        });
        u32::try_from(number).unwrap_or(u32::MAX)
    });
    let passage = passage.with_clauses(clauses);
    (passage, speakers.into_inner())
}

/// A statement, with its texts as far as they are prepared: the source, and the translation with each of [`Brackets::ALL`].
#[derive(Debug)]
pub struct Shelf<'l> {
    /// The statement.
    pub record: &'l Record,
    texts: [RefCell<Weak<Prepared<'l>>>; 1 + Brackets::ALL.len()],
}

/// The statements that quotations are compared with. A text is prepared when it is compared; only the last few stay, since those of
/// all statements may take hundreds of megabytes.
#[derive(Debug)]
pub struct Shelves<'l> {
    names: &'l Names,
    statements: Vec<Shelf<'l>>,
    last: RefCell<VecDeque<Rc<Prepared<'l>>>>,
}

impl<'l> Shelves<'l> {
    /// Those of these statements; `names` are the names that are known.
    #[must_use]
    pub fn new(records: &'l [Record], names: &'l Names) -> Self {
        let shelf = |record| Shelf { record, texts: array::from_fn(|_| RefCell::default()) };
        Self { names, statements: records.iter().map(shelf).collect(), last: RefCell::default() }
    }

    /// The statements, in their order.
    pub fn iter(&self) -> impl Iterator<Item = &Shelf<'l>> {
        self.statements.iter()
    }

    /// The texts of a statement that a quotation is compared with, one after the other.
    pub fn texts<'s>(&'s self, shelf: &'s Shelf<'l>, of: ComparedWith) -> impl Iterator<Item = Rc<Prepared<'l>>> + use<'s, 'l> {
        let texts = match of {
            ComparedWith::Source => 0..1,
            ComparedWith::WorkingTranslation => 1..shelf.texts.len(),
        };
        texts.map(|text| self.text(shelf, text))
    }

    fn text(&self, shelf: &Shelf<'l>, text: usize) -> Rc<Prepared<'l>> {
        let known = shelf.texts[text].borrow().upgrade();
        known.unwrap_or_else(|| {
            let prepared = Rc::new(match text.checked_sub(1) {
                None => Prepared::source(shelf.record, self.names),
                Some(brackets) => Prepared::translation(shelf.record, self.names, Brackets::ALL[brackets]),
            });
            *shelf.texts[text].borrow_mut() = Rc::downgrade(&prepared);
            let mut last = self.last.borrow_mut();
            last.push_back(prepared.clone());
            if last.len() > MAX_PREPARED {
                last.pop_front();
            }
            prepared
        })
    }
}
