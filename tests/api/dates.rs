//! `/v1/dates`.

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
