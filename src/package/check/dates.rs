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
            log.add_with_help(Code::BadEdtf, &text.place, bad_edtf(text.as_str()), vec![proposal(text.as_str()), FORMS.to_owned(), OPEN.to_owned()]);
            None
        }
        Ok(edtf) if !is_in_range(&edtf) => {
            log.add(Code::Bounds, &text.place, format!("`{}` is not within the years 0001 to 9998", text.value));
            None
        }
        Ok(edtf) => Some(edtf),
    }
}

/// The forms that dates mostly have.
const FORMS: &str = "a day is 2030-05-02, a month 2030-05, a year 2030, about a month 2030-05~, some day of it 2030-05-XX, up to a day ../2030-05-02, \
    from one day to another 2030-05-02/2030-06-30, the late 1990s 1997~/1999~";
/// What to do where there is nothing to write.
const OPEN: &str = "a length or a recurrence whose days the text does not tell has no `edtf`, and a `basis_note` that says so";

/// What is wrong with text that is not EDTF.
fn bad_edtf(text: &str) -> String {
    if let Some((first, last)) = text.split_once('/')
        && let (Ok(first), Ok(last)) = (first.parse::<Edtf>(), last.parse::<Edtf>())
        && first.earliest() > last.latest()
        && last.latest().is_some()
    {
        return format!("`{text}` begins after it ends");
    }
    let impossible = text.split('/').find(|part| is_impossible_day(part));
    impossible.map_or_else(|| format!("`{text}` is not EDTF of level 1"), |part| format!("the calendar has no day or month `{part}`"))
}

/// Whether a text has the form of a day or of a month that the calendar does not have: 2030-06-31, 2030-13.
fn is_impossible_day(text: &str) -> bool {
    let parts: Vec<&str> = text.trim_end_matches(['~', '?', '%']).split('-').collect();
    let has_form = parts.iter().enumerate().all(|(at, part)| part.len() == if at == 0 { 4 } else { 2 } && part.bytes().all(|byte| byte.is_ascii_digit()));
    has_form && parts.len() > 1 && parts.len() <= 3
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
    let swapped = text.split_once('/').map(|(first, last)| format!("{last}/{first}")).unwrap_or_default();
    let found = [swapped, parts.join("-"), reversed.join("-")].into_iter().find(|candidate| candidate.parse::<Edtf>().is_ok());
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
        _ if ["edtf", "basis", "basis_note"].iter().any(|key| log.is_unread(&date.place.place, key)) => {}
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
        assert_eq!(proposal("2030-09/2030-07"), "did you mean `2030-07/2030-09`?");
    }

    #[test]
    fn what_is_wrong_with_a_date_is_said() {
        for (given, expected) in
            [("2031-03/2030-12-01", "begins after it ends"), ("2031-02-29", "no day or month"), ("../2030-13", "no day or month"), ("P6M", "level 1")]
        {
            assert!(bad_edtf(given).contains(expected), "{given}: {}", bad_edtf(given));
        }
    }
}
