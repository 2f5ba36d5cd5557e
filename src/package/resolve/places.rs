//! The places of everything in a package. What has none is `None`, and recorded.

use std::collections::HashMap;

use crate::{
    package::{
        diagnostic::{Code, Log},
        document::{ActorEntry, Clause, DateRef, Document, LeadIn, Mention, NewLeadIn, QuoteSelector},
        nearest::nearest_word,
        original::{Original, shorten},
        resolve::{
            find::find,
            miss::{Within, record},
        },
        spanned::Text,
    },
    text::span::Span,
};

/// The places of a package, in the order of its document.
#[derive(Debug, Default)]
pub struct Places {
    /// Of the clauses.
    pub clauses: Vec<ClausePlaces>,
    /// Of the lead-ins, in the order of the clauses that have them.
    pub lead_ins: Vec<LeadInPlaces>,
    /// The date of issue of the statement.
    pub issued: Option<DatePlace>,
    /// The expressions that date the milestones.
    pub milestones: Vec<Option<DatePlace>>,
    labels: HashMap<String, usize>,
}

/// The places of a clause and of what nests in it.
#[derive(Debug, Default)]
pub struct ClausePlaces {
    /// Its paragraph, from 1; 0 where its label has none.
    pub paragraph: usize,
    /// Its words.
    pub span: Option<Span>,
    /// The number of its lead-in.
    pub lead_in: Option<usize>,
    /// Its mentions of actors; a role alone has none.
    pub actors: Vec<Option<Span>>,
    /// Its mentions of locations.
    pub locations: Vec<Option<Span>>,
    /// Its dates.
    pub dates: Vec<Option<Span>>,
    /// The dates that these are counted from.
    pub anchors: Vec<Option<DatePlace>>,
    /// Its citations.
    pub citations: Vec<Option<Span>>,
    /// Its notes.
    pub notes: Vec<Option<Span>>,
}

/// The places of a lead-in.
#[derive(Debug)]
pub struct LeadInPlaces {
    /// The number of the clause that has it first.
    pub clause: usize,
    /// Its words.
    pub span: Option<Span>,
    /// Its mentions of actors.
    pub actors: Vec<Option<Span>>,
    /// Its mentions of locations.
    pub locations: Vec<Option<Span>>,
}

/// A date, by the numbers of its clause and of itself in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DatePlace {
    /// The number of the clause.
    pub clause: usize,
    /// The number of the date.
    pub date: usize,
}

impl Places {
    /// The number of the clause with this label.
    #[must_use]
    pub fn clause(&self, label: &str) -> Option<usize> {
        self.labels.get(label).copied()
    }
}

/// Finds the place of every quote of a package.
pub fn resolve(document: &Document, original: &Original, log: &mut Log) -> Places {
    let labels: HashMap<String, usize> = document.clauses.iter().enumerate().rev().map(|(at, clause)| (clause.label().to_owned(), at)).collect();
    let has_wrong_labels = labels.len() < document.clauses.len() || labels.keys().any(|label| paragraph_of(label).is_none());
    let mut resolver = Resolver { document, original, log, places: Places { labels, ..Places::default() }, has_wrong_labels };
    for (at, clause) in document.clauses.iter().enumerate() {
        let places = resolver.clause(at, clause);
        resolver.places.clauses.push(places);
    }
    resolver.lead_ins();
    resolver.references();
    resolver.places
}

struct Resolver<'d, 'l> {
    document: &'d Document,
    original: &'d Original,
    log: &'l mut Log,
    places: Places,
    has_wrong_labels: bool,
}

impl<'d> Resolver<'d, '_> {
    /// The place of a quote; `None` if there is no quote, or no enclosing thing, or no place.
    fn quote(&mut self, selector: &QuoteSelector, within: Option<Within<'_>>) -> Option<Span> {
        let (quote, within) = (selector.quote.as_ref()?, within?);
        match find(self.original, quote.as_str(), selector, within.span()) {
            Ok(span) => Some(span),
            Err(miss) => {
                record(self.original, quote, selector, within, miss, self.log);
                None
            }
        }
    }

    /// A paragraph by its number; one that the text lacks is recorded.
    fn paragraph(&mut self, number: usize, named_at: &crate::package::parse::Place) -> Option<Within<'d>> {
        let paragraph = self.original.paragraph(number);
        if paragraph.is_none() {
            let count = self.original.paragraphs().len();
            let message = format!("the text has no paragraph {number}: it has {count}, and each line with words is one");
            self.log.add(Code::BadLabel, named_at, message);
        }
        paragraph.map(|span| Within::Paragraph(number, span))
    }

    fn clause(&mut self, at: usize, clause: &'d Clause) -> ClausePlaces {
        let label = clause.label();
        let number = paragraph_of(label).unwrap_or_default();
        if number == 0 && clause.label.is_some() {
            let message = format!("`{label}` is not a label: the number of the paragraph, and one or two letters from a to z, as in 6b; after 6z comes 6aa");
            self.log.add(Code::BadLabel, &clause.head(), message);
        }
        // Where the label is wrong, the words are looked for in the whole text.
        let is_misplaced = number == 0 || self.places.clause(label).is_some_and(|first| first != at);
        let paragraph = if is_misplaced { Some(Within::Paragraph(number, self.original.span())) } else { self.paragraph(number, &clause.head()) };
        let span = if is_misplaced {
            let (quote, words) = (clause.words.quote.as_ref(), &clause.words);
            quote.and_then(|quote| find(self.original, quote.as_str(), words, self.original.span()).ok())
        } else {
            self.quote(&clause.words, paragraph)
        };
        let within = span.map(|span| Within::Clause(label, span));
        if let Some(LeadIn::New(lead_in)) = &clause.lead_in {
            self.lead_in(at, clause, lead_in, paragraph);
        }
        ClausePlaces {
            paragraph: number,
            span,
            lead_in: None,
            actors: self.actors(&clause.actors, within),
            locations: self.mentions(&clause.locations, within),
            dates: clause.dates.iter().map(|date| self.quote(&date.words, within)).collect(),
            anchors: Vec::new(),
            citations: clause.citations.iter().map(|citation| self.quote(&citation.words, within)).collect(),
            notes: clause.notes.iter().map(|note| self.quote(&note.words, within)).collect(),
        }
    }

    fn actors(&mut self, entries: &[ActorEntry], within: Option<Within<'_>>) -> Vec<Option<Span>> {
        entries.iter().map(|entry| self.quote(&entry.words, within)).collect()
    }

    fn mentions(&mut self, mentions: &[Mention], within: Option<Within<'_>>) -> Vec<Option<Span>> {
        mentions.iter().map(|mention| self.quote(&mention.words, within)).collect()
    }

    fn lead_in(&mut self, at: usize, clause: &Clause, lead_in: &NewLeadIn, paragraph: Option<Within<'d>>) {
        let paragraph = match &lead_in.paragraph {
            Some(number) => self.paragraph(number.value as usize, &number.place),
            None => paragraph,
        };
        let span = self.quote(&lead_in.words, paragraph);
        let within = span.map(|span| Within::LeadIn(clause.label(), span));
        let (actors, locations) = (self.mentions(&lead_in.actors, within), self.mentions(&lead_in.locations, within));
        self.places.lead_ins.push(LeadInPlaces { clause: at, span, actors, locations });
    }

    /// Ties each clause to its lead-in.
    fn lead_ins(&mut self) {
        for (at, clause) in self.document.clauses.iter().enumerate() {
            let first = match &clause.lead_in {
                None => continue,
                Some(LeadIn::New(_)) => Some(at),
                Some(LeadIn::Same(label)) => self.label(label),
            };
            let lead_in = first.and_then(|first| self.places.lead_ins.iter().position(|lead_in| lead_in.clause == first));
            if let (Some(LeadIn::Same(label)), Some(_), None) = (&clause.lead_in, first, lead_in) {
                let message = format!("clause {} has no lead-in of its own; name the first clause that it introduces", label.value);
                self.log.add(Code::UnknownId, &label.place, message);
            }
            self.places.clauses[at].lead_in = lead_in;
        }
    }

    /// The number of the clause with a label; one that is not there is recorded.
    fn label(&mut self, label: &Text) -> Option<usize> {
        let found = self.places.clause(label.as_str());
        // If a label is wrong or occurs twice, the clause that is meant is unknown.
        if found.is_none() && !self.has_wrong_labels {
            let near = nearest_word(label.as_str(), self.document.clauses.iter().map(Clause::label));
            let help = near.map(|near| format!("did you mean `{near}`?")).into_iter().collect();
            self.log.add_with_help(Code::UnknownId, &label.place, format!("no clause has the label `{}`", label.value), help);
        }
        found
    }

    /// Finds the dates that others refer to.
    fn references(&mut self) {
        let document = self.document;
        for (at, clause) in document.clauses.iter().enumerate() {
            let anchors = clause.dates.iter().map(|date| date.anchor.as_ref().and_then(|anchor| self.date(anchor))).collect();
            self.places.clauses[at].anchors = anchors;
        }
        self.places.issued = document.issued.as_ref().and_then(|issued| self.date(issued));
        for milestone in &document.milestones {
            let date = milestone.date.as_ref().filter(|date| date.expression.words.quote.is_some()).and_then(|date| self.date(&date.expression));
            self.places.milestones.push(date);
            for label in milestone.clauses.iter().chain(&milestone.conditions) {
                self.label(label);
            }
        }
        for parent in document.clauses.iter().filter_map(|clause| clause.parent.as_ref()) {
            self.label(parent);
        }
    }

    /// The date that a reference means: the one of a clause that has exactly its words.
    fn date(&mut self, reference: &DateRef) -> Option<DatePlace> {
        let (clause, within) = match (&reference.clause, &reference.paragraph) {
            (Some(label), _) => {
                let at = self.label(label)?;
                (Some(at), Within::Clause(self.document.clauses[at].label(), self.places.clauses[at].span?))
            }
            (None, Some(number)) => (None, self.paragraph(number.value as usize, &number.place)?),
            (None, None) => return None,
        };
        let span = self.quote(&reference.words, Some(within))?;
        let place = |clause: usize| self.places.clauses[clause].dates.iter().position(|date| *date == Some(span)).map(|date| DatePlace { clause, date });
        let found = clause.map_or_else(|| (0..self.places.clauses.len()).find_map(place), place);
        // A date whose own quote has no place may be the one that is meant.
        let is_open = |clause: &ClausePlaces| clause.dates.contains(&None);
        let undecided = clause.map_or_else(|| self.places.clauses.iter().any(is_open), |clause| is_open(&self.places.clauses[clause]));
        if found.is_none()
            && !undecided
            && let Some(quote) = &reference.words.quote
        {
            let help = self.dates_at(span);
            let message = if help.is_empty() {
                "these words are in the text, but no clause has them as a date; add them to the `dates` of their clause"
            } else {
                "these words are a part of a date, or have one in them; quote it whole"
            };
            self.log.add_with_help(Code::UnknownDate, &quote.place, message, help);
        }
        found
    }
}

impl Resolver<'_, '_> {
    /// The dates that share words with a span, as help.
    fn dates_at(&self, span: Span) -> Vec<String> {
        let clauses = self.document.clauses.iter().zip(&self.places.clauses);
        let dates = clauses.flat_map(|(clause, places)| places.dates.iter().flatten().map(move |date| (clause.label(), *date)));
        let shared = dates.filter(|(_, date)| date.start < span.end && span.start < date.end);
        shared.map(|(label, date)| format!("clause {label} has the date «{}»", shorten(self.original.slice(date)))).collect()
    }
}

/// The number of the paragraph of a label; `None` if it is not one.
fn paragraph_of(label: &str) -> Option<usize> {
    let digits = label.trim_end_matches(|last: char| last.is_ascii_lowercase());
    let has_letters = matches!(label.len() - digits.len(), 1 | 2);
    let plain = !digits.starts_with('0') && digits.bytes().all(|byte| byte.is_ascii_digit());
    digits.parse().ok().filter(|_| plain && has_letters)
}
