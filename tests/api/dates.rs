//! `/v1/dates`.

use bayan::corpus::edtf::{Edtf, End, Moment, ParseEdtfError, Span};
use chrono::NaiveDate;
use proptest::prelude::*;
use serde_json::Value;

use crate::{all, ids, json};

#[tokio::test]
async fn dates_match_the_snapshot() {
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
async fn a_window_matches_dates_that_may_overlap_it_and_certain_requires_dates_inside_it() {
    for (query, found) in [
        ("from=2026-10-01&match=certain", ""),
        ("from=2026-09-30", "7e-d1"),
        ("from=2026-10-01", ""),
        // A date with one bound may overlap; one without any bound matches no window.
        ("to=2023-12-01", "4a-d2 5d-d1 6c-d1 11a-d1"),
        ("to=2023-12-01&match=certain", ""),
        ("from=2026-09-02&match=certain", ""),
        ("from=2026-09-01&to=2026-09-30&match=certain", "7e-d1"),
        ("from=2026-09-01&to=2026-09-29&match=certain", ""),
        ("to=2025-09-30&match=certain&voice=statement&from=2025-01-01", ""),
        ("type=DURATION&basis=relative&voice=agency", "1b-d1"),
        ("clause=iq-us-2024-09-27-4a", "4a-d1 4a-d2"),
        ("voice=third_party&sort=-latest", "4a-d1 3b-d1 4a-d2"),
        ("voice=third_party&sort=earliest", "4a-d2 3b-d1 4a-d1"),
        ("speaker=senior-iraqi-officer", "3b-d1 4a-d1 4a-d2"),
        ("speaker=shafaq-news&exact=true", "1a-d1 1b-d1 2a-d1"),
    ] {
        assert_eq!(ids(&format!("/v1/dates?{query}")).await.join(" "), found, "{query}");
    }
}

#[tokio::test]
async fn a_date_that_is_not_explicit_has_a_note_on_its_basis() {
    for date in all("dates").await {
        if date["date"]["basis"] != "explicit" {
            assert!(date["basis_note"]["en"].is_string() && date["basis_note"]["ar"].is_string(), "{}", date["id"]);
        }
    }
    let friday = json("/v1/dates/iq-us-2024-09-27-1a-d1").await;
    assert!(friday["basis_note"]["en"].as_str().unwrap().contains("no publication date"));
    assert_eq!(friday["anchor"], Value::Null, "the article has no date to count from");
}

#[tokio::test]
async fn a_date_has_the_speaker_of_its_clause() {
    for date in all("dates").await {
        let clause = json(&format!("/v1/clauses/{}", date["clause"].as_str().unwrap())).await;
        for member in ["voice", "speaker", "speaker_name"] {
            assert_eq!(date[member], clause[member], "{member} of {}", date["id"]);
        }
    }
}

#[tokio::test]
async fn an_undated_expression_has_no_bounds_and_no_basis() {
    let undated = json("/v1/dates/iq-us-2024-09-27-8b-d1").await;
    assert_eq!(undated["date"], serde_json::json!({"edtf": null, "earliest": null, "latest": null, "precision": "unknown", "basis": null}));
}

/// A span of the calendar, as text and as a value.
fn spans() -> impl Strategy<Value = (String, Span)> {
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

/// A date with its qualification, as text and as a value.
fn qualified_dates() -> impl Strategy<Value = (String, Moment)> {
    let sign = prop::sample::select(vec![("", false, false), ("?", true, false), ("~", false, true), ("%", true, true)]);
    (spans(), sign).prop_map(|((text, span), (sign, uncertain, approximate))| (text + sign, Moment { span, uncertain, approximate }))
}

proptest! {
    #[test]
    fn edtf_parses_to_the_value_that_was_written((text, moment) in qualified_dates(), (other, second) in qualified_dates()) {
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
