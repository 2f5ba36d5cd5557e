//! What an item of an exported document takes from another: a milestone has the date of its expression. A change of the other is a
//! change of the item as well.

use serde_json::{Value, json};

use crate::package::{
    Text,
    document::{Clause, Date, DateRef, Document, LeadIn, Milestone},
};

/// What a statement takes from its clauses: its date of issue.
pub fn of_statement(document: &Document) -> Value {
    document.issued.as_ref().and_then(|issued| date(document, issued)).map_or(Value::Null, |date| json!([date.edtf, date.basis]))
}

/// What a clause takes from an earlier one: the lead-in of both.
pub fn of_clause(document: &Document, clause: &Clause) -> Value {
    match &clause.lead_in {
        Some(LeadIn::Same(label)) => clause_of(document, label).map_or(Value::Null, |first| json!(first.lead_in)),
        _ => Value::Null,
    }
}

/// What a milestone takes from its clauses: its date, its basis, its voice and its speaker, where it has none of its own.
pub fn of_milestone(document: &Document, milestone: &Milestone) -> Value {
    let own = milestone.date.as_ref();
    let expression = own.and_then(|own| date(document, &own.expression));
    let edtf = own.and_then(|own| own.edtf.as_ref()).or_else(|| expression.and_then(|date| date.edtf.as_ref()));
    let basis = own.and_then(|own| own.basis.as_ref()).or_else(|| expression.and_then(|date| date.basis.as_ref())).filter(|_| edtf.is_some());
    let first = milestone.clauses.first().and_then(|label| clause_of(document, label)).filter(|_| milestone.voice.is_none());
    json!([edtf, basis, first.map(|clause| (&clause.voice, &clause.speaker))])
}

fn clause_of<'d>(document: &'d Document, label: &Text) -> Option<&'d Clause> {
    document.clauses.iter().find(|clause| clause.label() == label.as_str())
}

/// The date that a reference means. An export writes both with the same words.
fn date<'d>(document: &'d Document, reference: &DateRef) -> Option<&'d Date> {
    let clause = clause_of(document, reference.clause.as_ref()?)?;
    clause.dates.iter().find(|date| date.words == reference.words)
}
