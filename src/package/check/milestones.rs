//! Milestones: the clauses that they rest on, their voice, and their date; and circles of dates.

use crate::{
    corpus::Voice,
    package::{
        check::Subject,
        diagnostic::{Code, Log},
        document::{Clause, Milestone},
        resolve::DatePlace,
        spanned::Text,
    },
};

/// Checks the milestones, and the dates that refer to each other.
pub fn check(subject: &Subject<'_>, log: &mut Log) {
    for (milestone, place) in subject.document.milestones.iter().zip(&subject.places.milestones) {
        clauses(subject, milestone, log);
        date(subject, milestone, *place, log);
    }
    anchors(subject, log);
}

/// A milestone rests on clauses of one voice, unless it says which.
fn clauses(subject: &Subject<'_>, milestone: &Milestone, log: &mut Log) {
    let Some(id) = &milestone.id else { return };
    let found = milestone.clauses.iter().filter_map(|label| subject.places.clause(label.as_str()));
    let clauses: Vec<&Clause> = found.map(|at| &subject.document.clauses[at]).collect();
    let Some(first) = clauses.first() else { return };
    let speaker = |clause: &Clause| (clause.voice.as_ref().map(|voice| voice.value), clause.speaker.as_ref().map(|speaker| speaker.value.clone()));
    if milestone.voice.is_none() && clauses.iter().any(|clause| speaker(clause) != speaker(first)) {
        log.add(Code::Speaker, &id.place, "a milestone has the voice of its clauses, and these have different voices or speakers; give it a `voice`, and a `speaker` where that is not the statement");
    }
    if let Some(voice) = &milestone.voice
        && (voice.value == Voice::Statement) != milestone.speaker.is_none()
    {
        log.add(Code::Speaker, &voice.place, "a voice other than the statement's has a `speaker`, and the statement's has none");
    }
}

/// A milestone has the date of an expression, or an EDTF with a basis.
fn date(subject: &Subject<'_>, milestone: &Milestone, place: Option<DatePlace>, log: &mut Log) {
    let Some(date) = &milestone.date else { return };
    let expression = place.map(|place| &subject.document.clauses[place.clause].dates[place.date]);
    if let (Some(edtf), None, None) = (&date.edtf, &date.basis, expression)
        && date.expression.words.quote.is_none()
    {
        log.add(Code::Basis, &edtf.place, "an `edtf` of its own needs a `basis`");
    }
    if let (Some(edtf), None, Some(expression)) = (&date.edtf, &date.basis, expression)
        && expression.basis.is_none()
    {
        log.add(Code::Basis, &edtf.place, "the expression has no basis, so the milestone needs one");
    }
}

/// No date is counted from itself, directly or by way of others.
fn anchors(subject: &Subject<'_>, log: &mut Log) {
    let next = |place: &DatePlace| subject.places.clauses[place.clause].anchors.get(place.date).copied().flatten();
    let count: usize = subject.document.clauses.iter().map(|clause| clause.dates.len()).sum();
    for (clause, written) in subject.document.clauses.iter().enumerate() {
        for (date, written) in written.dates.iter().enumerate() {
            let this = DatePlace { clause, date };
            let circle: Vec<DatePlace> = std::iter::successors(next(&this), next).take(count).take_while(|other| *other != this).collect();
            let closes = circle.last().map_or_else(|| next(&this), next) == Some(this);
            let is_first = circle.iter().all(|other| (clause, date) < (other.clause, other.date));
            if let Some(Text { place, .. }) = written.anchor.as_ref().and_then(|anchor| anchor.words.quote.as_ref())
                && closes
                && is_first
            {
                log.add(Code::Anchor, place, "this date is counted from itself");
            }
        }
    }
}
