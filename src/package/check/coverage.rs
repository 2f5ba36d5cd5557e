//! Clauses and lead-ins cover the text once: none shares words with another, and no words are left.

use crate::{
    package::{
        check::Subject,
        diagnostic::{Code, Log},
        document::LeadIn,
        original::shorten,
        parse::Place,
        resolve::Places,
    },
    text::span::Span,
};

/// A clause or a lead-in with its words.
struct Part {
    span: Span,
    name: String,
    place: Place,
    clause: Option<usize>,
}

/// Checks the coverage of a text.
pub fn check(subject: &Subject<'_>, log: &mut Log) {
    let mut parts = parts(subject);
    parts.sort_by_key(|part| (part.span.start, std::cmp::Reverse(part.span.end)));
    overlaps(subject, &parts, log);
    order(subject, log);
    // A quote that has no place would have covered some of it.
    let complete = subject.places.clauses.iter().all(|clause| clause.span.is_some()) && subject.places.lead_ins.iter().all(|lead_in| lead_in.span.is_some());
    if complete && subject.document.clauses.iter().all(|clause| clause.words.quote.is_some()) {
        uncovered(subject, &parts, log);
    }
}

fn parts(subject: &Subject<'_>) -> Vec<Part> {
    let Places { clauses, lead_ins, .. } = subject.places;
    let quote = |at: usize| subject.document.clauses[at].words.quote.as_ref().map(|quote| quote.place.clone());
    let clauses = clauses.iter().enumerate().filter_map(|(at, clause)| {
        let name = format!("clause {}", subject.document.clauses[at].label());
        Some(Part { span: clause.span?, name, place: quote(at)?, clause: Some(at) })
    });
    let lead_ins = lead_ins.iter().filter_map(|lead_in| {
        let clause = &subject.document.clauses[lead_in.clause];
        let name = format!("the lead-in of clause {}", clause.label());
        let place = match &clause.lead_in {
            Some(LeadIn::New(new)) => new.words.quote.as_ref()?.place.clone(),
            _ => clause.head(),
        };
        Some(Part { span: lead_in.span?, name, place, clause: None })
    });
    clauses.chain(lead_ins).collect()
}

/// Parts share words only where a clause is inside its parent.
fn overlaps(subject: &Subject<'_>, parts: &[Part], log: &mut Log) {
    // The parts that may reach beyond the next, outermost first.
    let mut open: Vec<&Part> = Vec::new();
    for part in parts {
        open.retain(|before| before.span.end > part.span.start);
        // What is inside the innermost is inside the others as well.
        if let Some(before) = open.last() {
            let inside = before.span.end >= part.span.end && before.span != part.span;
            let is_child = matches!((before.clause, part.clause), (Some(outer), Some(inner)) if is_descendant(subject, inner, outer));
            if !(inside && is_child) {
                let shared = subject.original.slice(Span { start: part.span.start, end: part.span.end.min(before.span.end) });
                let help = match (inside, before.clause, part.clause) {
                    (true, Some(outer), Some(_)) => format!("if it belongs inside, write `parent: {}`", subject.document.clauses[outer].label()),
                    _ => String::new(),
                };
                let message = format!("{} and {} share words: {}", part.name, before.name, shorten(shared));
                log.add_with_help(Code::Overlap, &part.place, message, vec![help]);
            }
        }
        open.push(part);
    }
}

/// Clauses are written in the order of the text, the longer first.
fn order(subject: &Subject<'_>, log: &mut Log) {
    let key = |span: Span| (span.start, std::cmp::Reverse(span.end));
    let mut last: Option<(Span, usize)> = None;
    for (at, places) in subject.places.clauses.iter().enumerate() {
        let Some(span) = places.span else { continue };
        match last {
            Some((before, number)) if key(span) < key(before) => {
                let (clause, earlier) = (&subject.document.clauses[at], &subject.document.clauses[number]);
                let message =
                    format!("clause {} stands before clause {} in the text; clauses are listed and labelled in its order", clause.label(), earlier.label());
                log.add(Code::BadLabel, &clause.head(), message);
            }
            _ => last = Some((span, at)),
        }
    }
}

/// Whether a clause has another among its ancestors.
fn is_descendant(subject: &Subject<'_>, inner: usize, outer: usize) -> bool {
    let parent = |at: usize| subject.document.clauses[at].parent.as_ref().and_then(|label| subject.places.clause(label.as_str()));
    // A circle of parents is reported elsewhere.
    std::iter::successors(parent(inner), |at| parent(*at)).take(subject.document.clauses.len()).any(|at| at == outer)
}

/// Words between the parts.
fn uncovered(subject: &Subject<'_>, parts: &[Part], log: &mut Log) {
    let mut at = 0;
    let end = subject.original.span().end;
    for (start, next) in parts.iter().map(|part| (part.span.start, part.span.end)).chain([(end, end)]) {
        if start > at {
            gap(subject, Span { start: at, end: start }, log);
        }
        at = at.max(next);
    }
}

/// Reports the words of a gap, those of each paragraph by themselves.
fn gap(subject: &Subject<'_>, gap: Span, log: &mut Log) {
    for (number, paragraph) in subject.original.paragraphs().iter().enumerate() {
        let span = Span { start: gap.start.max(paragraph.start), end: gap.end.min(paragraph.end) };
        if span.start >= span.end {
            continue;
        }
        let words = subject.original.slice(span);
        if words.chars().any(char::is_alphanumeric) {
            let is_mark = |char: &char| !char.is_alphanumeric();
            let (lead, trail) = (words.chars().take_while(is_mark).count(), words.chars().rev().take_while(is_mark).count());
            let trimmed = Span { start: span.start + lead, end: span.end - trail };
            let words = shorten(subject.original.slice(trimmed));
            let message = format!("no clause and no lead-in has these words of paragraph {}: {words}", number + 1);
            subject.text_place.record(Code::UncoveredText, trimmed, subject.original, message, log);
        }
    }
}
