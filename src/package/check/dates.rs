//! Dates: their EDTF, the bounds that follow from it, their basis, and the date that each is counted from.

use crate::{
    corpus::{Basis, Day, Precision, edtf::Edtf, enum_name},
    package::{
        diagnostic::{Code, Log},
        document::{Date, Document},
        spanned::{Spanned, Text},
    },
};

/// Checks the dates of the clauses and of later reports, and what else is EDTF.
pub fn check(document: &Document, log: &mut Log) {
    for date in document.clauses.iter().flat_map(|clause| &clause.dates) {
        let edtf = date.edtf.as_ref().and_then(|text| edtf(text, log));
        if let Some(edtf) = edtf {
            bounds(date, edtf, log);
        }
        basis(date, log);
    }
    for milestone in &document.milestones {
        for text in milestone.date.iter().filter_map(|date| date.edtf.as_ref()) {
            edtf(text, log);
        }
        for text in milestone.developments.iter().filter_map(|development| development.edtf.as_ref()) {
            if let Some(edtf) = edtf(text, log)
                && (edtf.earliest().is_none() || edtf.latest().is_none())
            {
                log.add(Code::Bounds, &text.place, format!("the date of a report has a first and a last day; `{}` is open", text.value));
            }
        }
    }
}

/// The EDTF of a text; one that is not is recorded.
fn edtf(text: &Text, log: &mut Log) -> Option<Edtf> {
    let parsed: Result<Edtf, _> = text.as_str().parse();
    match parsed {
        Err(_) => {
            let help = vec![proposal(text.as_str()), "a day is 2030-05-02, a month 2030-05, about a month 2030-05~, up to a day ../2030-05-02".to_owned()];
            log.add_with_help(Code::BadEdtf, &text.place, format!("`{}` is not EDTF of level 1", text.value), help);
            None
        }
        Ok(edtf) if !is_in_range(&edtf) => {
            log.add(Code::Bounds, &text.place, format!("`{}` is not within the years 0001 to 9998", text.value));
            None
        }
        Ok(edtf) => Some(edtf),
    }
}

/// Whether each end that the EDTF has is a day that can be stored.
fn is_in_range(edtf: &Edtf) -> bool {
    use crate::corpus::edtf::End;
    let (has_start, has_end) = match edtf {
        Edtf::Date(_) => (true, true),
        Edtf::Interval(start, end) => (matches!(start, End::At(_)), matches!(end, End::At(_))),
    };
    let is_day = |is_there: bool, day: Option<chrono::NaiveDate>| !is_there || day.and_then(Day::new).is_some();
    is_day(has_start, edtf.earliest()) && is_day(has_end, edtf.latest())
}

/// What somebody may have meant who wrote a date in another way; empty where nothing is likely.
fn proposal(text: &str) -> String {
    let parts: Vec<String> = text.split(['-', '/', '.', ' ']).map(|part| format!("{part:0>2}")).collect();
    let reversed: Vec<String> = parts.iter().rev().cloned().collect();
    let found = [parts.join("-"), reversed.join("-")].into_iter().find(|candidate| candidate.parse::<Edtf>().is_ok());
    found.map(|found| format!("did you mean `{found}`?")).unwrap_or_default()
}

/// What is written beside the EDTF follows from it.
fn bounds(date: &Date, edtf: Edtf, log: &mut Log) {
    for (key, given, day) in [("earliest", &date.earliest, edtf.earliest()), ("latest", &date.latest, edtf.latest())] {
        if let Some(Spanned { value, place }) = given
            && day != Some(value.date())
        {
            let expected = day.map_or_else(|| "nothing: it is open".to_owned(), |day| day.to_string());
            log.add(Code::Bounds, place, format!("the EDTF gives {expected} for `{key}`, and this is {value}; leave it out, and it is computed"));
        }
    }
    if let Some(Spanned { value, place }) = &date.precision
        && *value != edtf.precision()
    {
        log.add(Code::Precision, place, format!("the EDTF is precise to the {}, and this says {}", enum_name(&edtf.precision()), enum_name(value)));
    }
}

/// A date has a basis, and one that is not explicit says why.
fn basis(date: &Date, log: &mut Log) {
    let at = date.words.quote.as_ref().map(|quote| quote.place.clone()).unwrap_or_default();
    match (&date.edtf, &date.basis) {
        (Some(edtf), None) if !log.has_error_in(&edtf.place) => {
            log.add(Code::Basis, &edtf.place, "a date needs a `basis`: explicit, relative or inferred");
        }
        (_, Some(basis)) if basis.value != Basis::Explicit && date.basis_note.is_none() => {
            let message = format!("a date whose basis is {} needs a `basis_note` that says how it was found", enum_name(&basis.value));
            log.add(Code::Basis, &basis.place, message);
        }
        (None, None) if date.basis_note.is_none() => {
            log.add(Code::Basis, &at, "a date without an `edtf` needs a `basis_note` that says why the text leaves it open");
        }
        _ => {}
    }
    if date.edtf.is_none() {
        let bounds = date.earliest.as_ref().or(date.latest.as_ref()).map(|bound| &bound.place);
        if let Some(place) = bounds {
            log.add(Code::Bounds, place, "bounds without an `edtf`; write the EDTF, and they are computed");
        }
        if let Some(Spanned { place, .. }) = date.precision.as_ref().filter(|precision| precision.value != Precision::Unknown) {
            log.add(Code::Precision, place, "without an `edtf` the precision is unknown");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_that_are_otherwise_written_are_proposed() {
        for (given, proposed) in [("2030-5-2", "2030-05-02"), ("2030/05/02", "2030-05-02"), ("2.5.2030", "2030-05-02"), ("02/05/2030", "2030-05-02")] {
            assert!(proposal(given).contains(proposed), "{given}: {}", proposal(given));
        }
        assert_eq!(proposal("soon"), "");
    }
}
