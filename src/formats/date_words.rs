//! Dates in words, no more precise than the text.
//!
//! In Arabic a month has the name that Iraq uses and the international one, as in the source: `نيسان/أبريل`.

use chrono::{Datelike, NaiveDate};

use crate::corpus::{
    Language, UncertainDate, Voice,
    attribution::mid_sentence,
    clauses::{self, Clause},
    edtf::{Edtf, End, Moment, Span},
    milestones::{self, MilestoneRecord},
};

const ENGLISH_MONTHS: [&str; 12] = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];
const ARABIC_MONTHS: [&str; 12] = [
    "كانون الثاني/يناير",
    "شباط/فبراير",
    "آذار/مارس",
    "نيسان/أبريل",
    "أيار/مايو",
    "حزيران/يونيو",
    "تموز/يوليو",
    "آب/أغسطس",
    "أيلول/سبتمبر",
    "تشرين الأول/أكتوبر",
    "تشرين الثاني/نوفمبر",
    "كانون الأول/ديسمبر",
];
const ENGLISH_SEASONS: [&str; 4] = ["spring", "summer", "autumn", "winter"];
const ARABIC_SEASONS: [&str; 4] = ["ربيع", "صيف", "خريف", "شتاء"];

/// The words for a date that the text does not give.
#[must_use]
pub const fn no_date(language: Language) -> &'static str {
    match language {
        Language::Ar => "لا يذكر النص تاريخاً",
        Language::En => "The text gives no date",
    }
}

/// How a date with an upper bound and no lower one is worded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum UpperBound {
    /// A deadline of the statement: `no later than 30 September 2025`.
    Deadline,
    /// The end of a period: `until September 2026`.
    EndOfPeriod,
    /// A forecast: `mid-2025 or slightly before`.
    Forecast,
    /// Anything else: `on or before 27 September 2024`.
    OnOrBefore,
}

impl UpperBound {
    /// The wording for a milestone. Only the statement sets deadlines.
    #[must_use]
    pub const fn of_milestone(kind: milestones::Kind, voice: Voice) -> Self {
        use milestones::Kind;
        match (kind, voice) {
            (Kind::Deadline, Voice::Statement) => Self::Deadline,
            (Kind::Period, _) => Self::EndOfPeriod,
            (Kind::Forecast, _) => Self::Forecast,
            (Kind::Deadline | Kind::Event, _) => Self::OnOrBefore,
        }
    }

    /// The wording for a date in a clause.
    #[must_use]
    pub const fn of_clause(kind: clauses::Kind, voice: Voice) -> Self {
        use clauses::Kind;
        match (kind, voice) {
            (Kind::Deadline, Voice::Statement) => Self::Deadline,
            (Kind::Forecast, _) => Self::Forecast,
            _ => Self::OnOrBefore,
        }
    }
}

/// A date in words, with its precision.
#[must_use]
pub fn format_date(date: &UncertainDate, upper_bound: UpperBound, language: Language) -> String {
    let edtf = date.edtf.as_deref().and_then(|edtf| edtf.parse().ok());
    match edtf {
        None => no_date(language).to_owned(),
        Some(Edtf::Date(moment)) => format_moment(moment, language),
        Some(Edtf::Interval(start, end)) => format_interval(start, end, upper_bound, language),
    }
}

/// The date of a milestone in words; that of a forecast names the speaker.
#[must_use]
pub fn format_milestone_date(milestone: &MilestoneRecord, language: Language) -> String {
    let date = format_date(&milestone.date, UpperBound::of_milestone(milestone.kind, milestone.voice), language);
    match (milestone.kind, &milestone.speaker_name) {
        (milestones::Kind::Forecast, Some(name)) if milestone.date.edtf.is_some() => match language {
            Language::Ar => format!("{date} (بحسب {})", name.ar),
            Language::En => format!("{date}, according to {}", mid_sentence(&name.en)),
        },
        _ => date,
    }
}

/// The date of a milestone in words, and whether it is subject to conditions.
#[must_use]
pub fn format_conditional_date(milestone: &MilestoneRecord, language: Language) -> String {
    with_conditions(milestone, format_milestone_date(milestone, language), language)
}

/// The title of a milestone with its date, which is not repeated where the title says it, and whether it is subject to conditions.
#[must_use]
pub fn format_dated_title(milestone: &MilestoneRecord, language: Language) -> String {
    let (title, date) = (milestone.title.of(language), format_milestone_date(milestone, language));
    let dated = if title.contains(&date) { title.to_owned() } else { format!("{title}: {date}") };
    with_conditions(milestone, dated, language)
}

/// Words about a milestone, and whether it is subject to conditions.
fn with_conditions(milestone: &MilestoneRecord, words: String, language: Language) -> String {
    match language {
        Language::Ar if milestone.conditional => format!("{words}، بشروط"),
        Language::En if milestone.conditional => format!("{words}, subject to conditions"),
        Language::Ar | Language::En => words,
    }
}

/// A date of a clause in words.
#[must_use]
pub fn format_clause_date(clause: &Clause, date: &UncertainDate, language: Language) -> String {
    format_date(date, UpperBound::of_clause(clause.kind, clause.voice), language)
}

/// A day in words.
#[must_use]
pub fn format_day(date: NaiveDate, language: Language) -> String {
    format!("{} {} {}", date.day(), month_name(date.month(), language), date.year())
}

/// An interval in words.
fn format_interval(start: End, end: End, upper_bound: UpperBound, language: Language) -> String {
    let ar = language == Language::Ar;
    match (start, end) {
        (End::At(start), End::At(end)) => {
            if let Some(mid_year) = format_mid_year(Some(start), end, language) {
                return mid_year;
            }
            let (from, to) = (start_without_month(start, end).unwrap_or_else(|| format_moment(start, language)), format_moment(end, language));
            if ar { format!("من {from} إلى {to}") } else { format!("from {from} to {to}") }
        }
        (_, End::At(end)) => format_upper_bound(end, upper_bound, language),
        (End::At(start), _) => {
            let start = format_moment(start, language);
            if ar { format!("من {start}، بلا نهاية مذكورة") } else { format!("from {start}, with no end given") }
        }
        _ => no_date(language).to_owned(),
    }
}

/// An interval without a start in words.
fn format_upper_bound(end: Moment, upper_bound: UpperBound, language: Language) -> String {
    let ar = language == Language::Ar;
    if let (UpperBound::Forecast, Some(mid_year)) = (upper_bound, format_mid_year(None, end, language)) {
        return if ar { format!("{mid_year} أو قبله بقليل") } else { format!("{mid_year} or slightly before") };
    }
    let is_exact = !end.approximate && !end.uncertain;
    let before = if matches!(end.span, Span::Years(..) | Span::SomeTimeIn(_)) { "قبلها" } else { "قبله" };
    let span = format_moment(end, language);
    match upper_bound {
        UpperBound::Deadline if ar => format!("في موعد أقصاه {span}"),
        UpperBound::Deadline => format!("no later than {span}"),
        UpperBound::EndOfPeriod if ar => format!("حتى {span}"),
        UpperBound::EndOfPeriod => format!("until {span}"),
        UpperBound::Forecast | UpperBound::OnOrBefore => match (language, end.span) {
            (Language::Ar, _) if is_exact => format!("في {span} أو {before}"),
            (Language::Ar, _) => format!("{span} أو {before}"),
            (Language::En, Span::Day(_)) if is_exact => format!("on or before {span}"),
            (Language::En, _) if is_exact => format!("in or before {span}"),
            (Language::En, _) => format!("{span} or before"),
        },
    }
}

/// The middle of a year in words. By convention it is about June or July; a date without a start has the end of that.
fn format_mid_year(start: Option<Moment>, end: Moment, language: Language) -> Option<String> {
    let Span::Month(year, 7) = end.span else { return None };
    let starts_in_june = start.is_none_or(|start| start.approximate && start.span == Span::Month(year, 6));
    (starts_in_june && end.approximate).then(|| if language == Language::Ar { format!("منتصف {year}") } else { format!("mid-{year}") })
}

/// The day of the start of an interval, if both bounds are in one month.
fn start_without_month(start: Moment, end: Moment) -> Option<String> {
    let (Span::Day(first), Span::Day(last)) = (start.span, end.span) else { return None };
    let same = (first.year(), first.month()) == (last.year(), last.month());
    (same && !start.approximate && !start.uncertain).then(|| first.day().to_string())
}

/// A moment in words, with its qualifiers.
pub(super) fn format_moment(moment: Moment, language: Language) -> String {
    let span = format_span(moment.span, language);
    match (language, moment.approximate, moment.uncertain) {
        (_, false, false) => span,
        (Language::En, true, false) => format!("about {span}"),
        (Language::En, false, true) => format!("perhaps {span}"),
        (Language::En, true, true) => format!("perhaps about {span}"),
        (Language::Ar, true, false) => format!("نحو {span}"),
        (Language::Ar, false, true) => format!("ربما {span}"),
        (Language::Ar, true, true) => format!("ربما نحو {span}"),
    }
}

/// A year, season, month or day in words.
fn format_span(span: Span, language: Language) -> String {
    let ar = language == Language::Ar;
    match span {
        Span::Years(first, last) if first == last => first.to_string(),
        Span::Years(first, last) if ar => format!("سنة بين {first} و{last}"),
        Span::Years(first, last) => format!("some year from {first} to {last}"),
        Span::Season(year, season) => {
            let names = if ar { ARABIC_SEASONS } else { ENGLISH_SEASONS };
            let name = usize::from(season).checked_sub(21).and_then(|season| names.get(season)).copied().unwrap_or_default();
            format!("{name} {year}")
        }
        Span::Month(year, month) => format!("{} {year}", month_name(month, language)),
        Span::Day(date) => format_day(date, language),
        Span::SomeDayOf(year, month) if ar => format!("يوم من {} {year}", month_name(month, language)),
        Span::SomeDayOf(year, month) => format!("some day of {} {year}", month_name(month, language)),
        Span::SomeTimeIn(year) if ar => format!("وقت ما من {year}"),
        Span::SomeTimeIn(year) => format!("some time in {year}"),
    }
}

/// The name of a month, 1 to 12.
fn month_name(month: u32, language: Language) -> &'static str {
    let names = if language == Language::Ar { ARABIC_MONTHS } else { ENGLISH_MONTHS };
    (month as usize).checked_sub(1).and_then(|month| names.get(month)).copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::corpus::Precision;

    fn words(edtf: Option<&str>, upper_bound: UpperBound) -> [String; 2] {
        let date = UncertainDate { edtf: edtf.map(ToOwned::to_owned), earliest: None, latest: None, precision: Precision::Unknown, basis: None };
        [Language::En, Language::Ar].map(|language| format_date(&date, upper_bound, language))
    }

    #[test]
    fn words_are_as_precise_as_the_edtf() {
        for (edtf, en, ar) in [
            (Some("2024-09-27"), "27 September 2024", "27 أيلول/سبتمبر 2024"),
            (Some("2026-09"), "September 2026", "أيلول/سبتمبر 2026"),
            (Some("2024-04-15/2024-04-16"), "from 15 to 16 April 2024", "من 15 إلى 16 نيسان/أبريل 2024"),
            (Some("2024-09-27/2025-09-27~"), "from 27 September 2024 to about 27 September 2025", "من 27 أيلول/سبتمبر 2024 إلى نحو 27 أيلول/سبتمبر 2025"),
            (Some("2014~/2024-09-27"), "from about 2014 to 27 September 2024", "من نحو 2014 إلى 27 أيلول/سبتمبر 2024"),
            (Some("2025-06~/2025-07~"), "mid-2025", "منتصف 2025"),
            (Some("2025-06/2025-07"), "from June 2025 to July 2025", "من حزيران/يونيو 2025 إلى تموز/يوليو 2025"),
            (Some("2024-01-31/.."), "from 31 January 2024, with no end given", "من 31 كانون الثاني/يناير 2024، بلا نهاية مذكورة"),
            (Some("1985-04-XX"), "some day of April 1985", "يوم من نيسان/أبريل 1985"),
            (Some("2004-XX"), "some time in 2004", "وقت ما من 2004"),
            (Some("201X"), "some year from 2010 to 2019", "سنة بين 2010 و2019"),
            (Some("2001-21"), "spring 2001", "ربيع 2001"),
            (Some("1984?"), "perhaps 1984", "ربما 1984"),
            (None, "The text gives no date", "لا يذكر النص تاريخاً"),
        ] {
            assert_eq!(words(edtf, UpperBound::OnOrBefore), [en, ar]);
        }
    }

    #[test]
    fn only_a_deadline_of_the_statement_is_worded_as_one() {
        use UpperBound::{Deadline, EndOfPeriod, Forecast, OnOrBefore};
        for (edtf, upper_bound, en, ar) in [
            ("../2025-09-30", Deadline, "no later than 30 September 2025", "في موعد أقصاه 30 أيلول/سبتمبر 2025"),
            ("../2025-07~", Deadline, "no later than about July 2025", "في موعد أقصاه نحو تموز/يوليو 2025"),
            ("../2026-09", EndOfPeriod, "until September 2026", "حتى أيلول/سبتمبر 2026"),
            ("../2025-07~", Forecast, "mid-2025 or slightly before", "منتصف 2025 أو قبله بقليل"),
            ("../2025-05~", Forecast, "about May 2025 or before", "نحو أيار/مايو 2025 أو قبله"),
            ("../2024-09-27", OnOrBefore, "on or before 27 September 2024", "في 27 أيلول/سبتمبر 2024 أو قبله"),
            ("../2024-09", OnOrBefore, "in or before September 2024", "في أيلول/سبتمبر 2024 أو قبله"),
            ("../2024", OnOrBefore, "in or before 2024", "في 2024 أو قبلها"),
        ] {
            assert_eq!(words(Some(edtf), upper_bound), [en, ar], "{edtf}");
        }
        assert_eq!(UpperBound::of_milestone(milestones::Kind::Deadline, Voice::Agency), OnOrBefore);
        assert_eq!(UpperBound::of_milestone(milestones::Kind::Event, Voice::Statement), OnOrBefore);
    }
}
