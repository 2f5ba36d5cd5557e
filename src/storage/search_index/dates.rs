//! The index tokens of a date.

use chrono::{Days, NaiveDate};

use crate::{
    corpus::edtf::{Edtf, End, Moment, Span},
    text::date_keys::{day_keys, month_key, year_key},
};

/// The longest interval of which every day is indexed, in days; of a longer one only the first and the last moment are.
const MAX_DAYS: u64 = 31;

/// The tokens of a date. `anchor` is the day that it is counted from, which is not indexed: a search for the day on which
/// "within 12 months" was said should not find the end of the 12 months.
pub fn date_tokens(edtf: &Edtf, anchor: Option<NaiveDate>) -> Vec<String> {
    let mut tokens = match edtf {
        Edtf::Date(moment) => of_moment(moment),
        Edtf::Interval(start, end) => {
            if let (End::At(Moment { span: Span::Day(first), .. }), End::At(Moment { span: Span::Day(last), .. })) = (start, end)
                && *first + Days::new(MAX_DAYS) > *last
            {
                first.iter_days().take_while(|day| day <= last).flat_map(of_day).collect()
            } else {
                let is_anchor = |moment: &Moment| matches!(moment.span, Span::Day(day) if Some(day) == anchor);
                let ends = [start, end].into_iter().filter_map(|end| if let End::At(moment) = end { Some(moment) } else { None });
                ends.filter(|moment| !is_anchor(moment)).flat_map(of_moment).collect()
            }
        }
    };
    tokens.sort_unstable();
    tokens.dedup();
    tokens
}

fn of_moment(moment: &Moment) -> Vec<String> {
    let year = |year: i64| i32::try_from(year).ok();
    match moment.span {
        Span::Day(day) if moment.approximate => of_day(day).into_iter().skip(2).collect(),
        Span::Day(day) => of_day(day),
        Span::Month(of, month) | Span::SomeDayOf(of, month) => year(of).map(|year| vec![month_key(year, month), year_key(year)]).unwrap_or_default(),
        Span::Years(first, last) if first != last => Vec::new(),
        Span::Years(of, _) | Span::Season(of, _) | Span::SomeTimeIn(of) => year(of).map(year_key).into_iter().collect(),
    }
}

/// The tokens of a day: with and without its year, of its month, and of its year.
fn of_day(day: NaiveDate) -> Vec<String> {
    use chrono::Datelike;
    day_keys(day).into_iter().chain([month_key(day.year(), day.month()), year_key(day.year())]).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_date_is_found_by_no_more_than_the_source_says() {
        let announced = NaiveDate::from_ymd_opt(2024, 9, 27);
        for (edtf, anchor, tokens) in [
            ("2024-09-27", None, "d_09_27 d_2024 d_2024_09 d_2024_09_27"),
            ("../2025-09-30", None, "d_09_30 d_2025 d_2025_09 d_2025_09_30"),
            ("2026-09", None, "d_2026 d_2026_09"),
            ("2025-06~/2025-07~", None, "d_2025 d_2025_06 d_2025_07"),
            ("2024-09-27/2025-09-27~", announced, "d_2025 d_2025_09"),
            ("2014~/2024-09-27", announced, "d_2014"),
            ("2024-04-15/2024-04-16", None, "d_04_15 d_04_16 d_2024 d_2024_04 d_2024_04_15 d_2024_04_16"),
        ] {
            assert_eq!(date_tokens(&edtf.parse().unwrap(), anchor).join(" "), tokens, "{edtf}");
        }
    }
}
