//! `/v1/dates`.

use bayan::corpus::edtf::{Edtf, End, Moment, ParseEdtfError, Span};
use chrono::NaiveDate;
use proptest::prelude::*;
use serde_json::Value;

use crate::{all, ids, json};

#[tokio::test]
async fn every_expression_is_read_as_written_down_here() {
    let shown = |value: &Value| value.as_str().unwrap_or("null").to_owned();
    let dates: Vec<String> = all("dates")
        .await
        .iter()
        .map(|date| {
            let day = &date["date"];
            let id = shown(&date["id"]).replace("iq-us-2024-09-27-", "");
            let anchor = shown(&date["anchor"]).replace("iq-us-2024-09-27-", "");
            let bounds = format!("{} .. {}", shown(&day["earliest"]), shown(&day["latest"]));
            format!(
                "{id} {} «{}» {} [{bounds}] {} {} <- {anchor}",
                shown(&date["type"]),
                shown(&date["quote"]["exact"]),
                shown(&day["edtf"]),
                shown(&day["precision"]),
                shown(&day["basis"])
            )
        })
        .collect();
    insta::assert_snapshot!("dates", dates.join("\n"));
}

#[tokio::test]
async fn a_window_keeps_what_may_overlap_and_certain_keeps_what_must_lie_inside() {
    for (query, found) in [
        ("from=2026-10-01&match=certain", ""),
        ("from=2026-09-30", "7e-d1 8b-d1"),
        ("from=2026-10-01", "8b-d1"),
        ("to=2023-12-01", "4a-d2 5d-d1 6c-d1 8b-d1 11a-d1"),
        ("to=2023-12-01&match=certain", ""),
        ("from=2026-09-02&match=certain", ""),
        ("from=2026-09-01&to=2026-09-30&match=certain", "7e-d1"),
        ("from=2026-09-01&to=2026-09-29&match=certain", ""),
        ("to=2025-09-30&match=certain&voice=statement&from=2025-01-01", ""),
        ("type=DURATION&basis=relative&voice=agency", "1b-d1"),
        ("clause=iq-us-2024-09-27-4a", "4a-d1 4a-d2"),
        ("voice=officer&sort=-latest", "4a-d1 3b-d1 4a-d2"),
        ("voice=officer&sort=earliest", "4a-d2 3b-d1 4a-d1"),
    ] {
        assert_eq!(ids(&format!("/v1/dates?{query}")).await.join(" "), found, "{query}");
    }
}

#[tokio::test]
async fn a_relative_date_says_how_it_was_read() {
    for date in all("dates").await {
        if date["date"]["basis"] != "explicit" {
            assert!(date["basis_note"]["en"].is_string() && date["basis_note"]["ar"].is_string(), "{}", date["id"]);
        }
    }
    let friday = json("/v1/dates/iq-us-2024-09-27-1a-d1").await;
    assert!(friday["basis_note"]["en"].as_str().unwrap().contains("no publication date"));
    assert_eq!(friday["anchor"], Value::Null, "the article prints nothing to count from");
}

/// A stretch of the calendar, and how it is written.
fn written() -> impl Strategy<Value = (String, Span)> {
    let year = || 1..=9999_i64;
    let month = || 1..=12_u32;
    prop_oneof![
        year().prop_map(|year| (format!("{year:04}"), Span::Years(year, year))),
        (1..=999_i64).prop_map(|decade| (format!("{decade:03}X"), Span::Years(decade * 10, decade * 10 + 9))),
        (1..=99_i64).prop_map(|century| (format!("{century:02}XX"), Span::Years(century * 100, century * 100 + 99))),
        (10_000..=9_999_999_i64).prop_map(|year| (format!("Y{year}"), Span::Years(year, year))),
        (1..=9999_i64).prop_map(|year| (format!("-{year:04}"), Span::Years(-year, -year))),
        (year(), 21..=24_u8).prop_map(|(year, season)| (format!("{year:04}-{season}"), Span::Season(year, season))),
        (year(), month()).prop_map(|(year, month)| (format!("{year:04}-{month:02}"), Span::Month(year, month))),
        (year(), month()).prop_map(|(year, month)| (format!("{year:04}-{month:02}-XX"), Span::SomeDayOf(year, month))),
        year().prop_map(|year| (format!("{year:04}-XX"), Span::SomeTimeIn(year))),
        (-3_000_000..3_000_000_i32).prop_filter_map("a day of four digits", |days| {
            let day = NaiveDate::from_epoch_days(days)?;
            let text = day.to_string();
            (text.len() == 10).then_some((text, Span::Day(day)))
        }),
    ]
}

/// A date with its qualification, and how it is written.
fn qualified() -> impl Strategy<Value = (String, Moment)> {
    let sign = prop::sample::select(vec![("", false, false), ("?", true, false), ("~", false, true), ("%", true, true)]);
    (written(), sign).prop_map(|((text, span), (sign, uncertain, approximate))| (text + sign, Moment { span, uncertain, approximate }))
}

proptest! {
    #[test]
    fn what_is_written_in_edtf_is_read_as_it_was_meant((text, moment) in qualified(), (other, second) in qualified()) {
        prop_assert_eq!(text.parse::<Edtf>(), Ok(Edtf::Date(moment)));
        let bounds = |moment| (Edtf::Date(moment).earliest(), Edtf::Date(moment).latest());
        for (written, (start, end)) in [
            (format!("{text}/.."), (End::At(moment), End::Open)),
            (format!("../{text}"), (End::Open, End::At(moment))),
            (format!("{text}/"), (End::At(moment), End::Unknown)),
            (format!("/{text}"), (End::Unknown, End::At(moment))),
        ] {
            prop_assert_eq!(written.parse::<Edtf>(), Ok(Edtf::Interval(start, end)), "{}", written);
        }
        let interval = format!("{text}/{other}").parse::<Edtf>();
        let backwards = matches!((bounds(moment).0, bounds(second).1), (Some(first), Some(last)) if first > last);
        let expected = if backwards { Err(ParseEdtfError) } else { Ok(Edtf::Interval(End::At(moment), End::At(second))) };
        prop_assert_eq!(interval, expected, "{}/{}", text, other);
    }
}
