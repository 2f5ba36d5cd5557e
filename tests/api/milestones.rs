//! `/v1/milestones`: the status is computed from the date and the day only.

use axum::http::Method;
use bayan::clock::Clock;
use serde_json::{Value, json as value};

use crate::{ids, json, send, service, service_on};

const IRAQ: &str = "/v1/milestones/iq-us-2024-09-27-mission-in-iraq-ends";
const SYRIA: &str = "/v1/milestones/iq-us-2024-09-27-mission-in-syria-continues";

#[tokio::test]
async fn status_follows_the_bounds_to_the_day() {
    for (milestone, as_of, status, days) in [
        (IRAQ, "2024-01-01", "open", value!(638)),
        (IRAQ, "2025-09-30", "open", value!(0)),
        (IRAQ, "2025-10-01", "past", value!(-1)),
        (SYRIA, "2024-01-01", "open", value!(1003)),
        (SYRIA, "2026-09-01", "open", value!(29)),
        (SYRIA, "2026-09-30", "open", value!(0)),
        (SYRIA, "2026-10-01", "past", value!(-1)),
        ("/v1/milestones/iq-us-2024-09-27-bilateral-security-partnerships", "2026-10-01", "undated", Value::Null),
        ("/v1/milestones/iq-us-2024-09-27-second-security-dialogue", "2024-07-22", "open", value!(1)),
    ] {
        let one = json(&format!("{milestone}?as_of={as_of}")).await;
        assert_eq!((&one["status"], &one["days_until"], &one["as_of"]), (&value!(status), &days, &value!(as_of)), "{milestone} on {as_of}");
    }
}

#[tokio::test]
async fn a_day_begins_at_midnight_in_baghdad() {
    for (instant, today) in [("2024-09-30T20:59:59Z", "2024-09-30"), ("2024-09-30T21:00:00Z", "2024-10-01")] {
        let at = instant.parse().unwrap();
        let service = service(Clock::from_fn(move || at), None).await;
        let list = send(&service, Method::GET, "/v1/milestones", &[]).await.json();
        assert_eq!((&list["meta"]["as_of"], &list["items"][0]["as_of"]), (&value!(today), &value!(today)), "{instant}");
    }
}

#[tokio::test]
async fn the_status_filter_selects_the_status_in_the_items() {
    for as_of in ["2024-01-01", "2024-09-27", "2025-06-15", "2026-09-15", "2027-01-01"] {
        let mut seen = 0;
        for status in ["upcoming", "open", "past", "undated"] {
            let list = json(&format!("/v1/milestones?as_of={as_of}&status={status}&count=true&limit=200")).await;
            let items = list["items"].as_array().unwrap();
            assert!(items.iter().all(|item| item["status"] == status), "{status} on {as_of}");
            assert_eq!(list["meta"]["total"], items.len());
            seen += items.len();
        }
        assert_eq!(seen, 20, "each milestone has one status on {as_of}");
    }
}

#[tokio::test]
async fn the_next_deadline_is_one_query() {
    assert!(ids("/v1/milestones?status=open&kind=deadline&voice=statement&limit=1&sort=latest&as_of=2025-10-05").await.is_empty());
    assert_eq!(ids("/v1/milestones?status=open&voice=statement&limit=1&sort=latest&as_of=2025-10-05").await, ["mission-in-syria-continues"]);
    assert_eq!(ids("/v1/milestones?status=open&kind=deadline&voice=statement&limit=1&sort=latest").await, ["mission-in-iraq-ends"]);
}

#[tokio::test]
async fn mid_2025_is_a_forecast_of_the_officer_and_not_of_the_statement() {
    assert_eq!(ids("/v1/milestones?from=2025-06-01&to=2025-07-31&match=certain").await, ["procedures-end-mid-2025"]);
    // "Or slightly before" has no lower bound: the evacuation may fall into either window, and certainly into none.
    let evacuation = "evacuation-mid-2025".to_owned();
    for window in ["from=2025-05-01&to=2025-05-31", "from=2025-06-01&to=2025-07-31"] {
        assert!(ids(&format!("/v1/milestones?kind=forecast&{window}")).await.contains(&evacuation), "{window}");
    }
    assert!(ids("/v1/milestones?from=2025-06-01&to=2025-07-31&match=certain&voice=statement").await.is_empty());
    assert!(ids("/v1/milestones?kind=forecast&voice=statement").await.is_empty());
}

#[tokio::test]
async fn filters_select_and_combine() {
    for (query, found) in [
        (
            "actor=higher-military-commission&sort=position",
            "commission-meetings mission-in-syria-continues commission-drafts-procedures advisers-protected-during-crisis-period",
        ),
        ("location=syria", "mission-in-syria-continues"),
        ("location=north-east-syria&exact=true", "mission-in-syria-continues"),
        ("location=baghdad&exact=true&kind=deadline", ""),
        ("speaker=senior-iraqi-officer&kind=forecast&sort=position", "procedures-end-mid-2025 move-to-kurdistan-region evacuation-mid-2025"),
        ("voice=third_party&kind=event", "withdrawal-procedures-begin"),
        ("actor=israel", ""),
        ("kind=deadline", "reported-end-within-12-months mission-in-iraq-ends"),
        ("kind=deadline&voice=statement&location=iraq&location=syria&sort=-latest&exact=true", "mission-in-iraq-ends"),
        ("location=washington-dc&sort=earliest", "prime-minister-visits-washington second-security-dialogue"),
    ] {
        assert_eq!(ids(&format!("/v1/milestones?{query}")).await.join(" "), found, "{query}");
    }
}

#[tokio::test]
async fn later_reports_are_listed_and_do_not_change_the_status() {
    let iraq = json(&format!("{IRAQ}?as_of=2026-02-01")).await;
    assert_eq!(iraq["status"], "past");
    let days: Vec<&str> = iraq["developments"].as_array().unwrap().iter().map(|report| report["date"]["edtf"].as_str().unwrap()).collect();
    assert!(days.is_sorted() && days.contains(&"2025-08-18"), "{days:?}");
    let last = iraq["developments"].as_array().unwrap().iter().find(|report| report["date"]["edtf"] == "2026-01-18").unwrap();
    let text = last["text"]["en"].as_str().unwrap();
    assert!(text.contains("110 days after") && text.contains("federal areas"));
    assert!(!last["sources"].as_array().unwrap().is_empty());
    let syria = json(&format!("{SYRIA}?as_of=2026-11-24")).await;
    assert_eq!(syria["status"], "past");
    assert_eq!((&syria["conditional"], &syria["conditions"]), (&value!(true), &value!(["iq-us-2024-09-27-7c"])));
}

#[tokio::test]
async fn a_milestone_has_the_notes_of_its_clauses() {
    let dialogue = json("/v1/milestones/iq-us-2024-09-27-second-security-dialogue").await;
    assert!(dialogue["notes"].as_array().unwrap().iter().any(|note| note["severity"] == "critical"));
    assert!(dialogue["actors"].as_array().unwrap().iter().all(|actor| actor["id"] != "israel"));
}

#[tokio::test]
async fn as_of_defaults_to_the_day_of_the_clock() {
    let service = service_on("2026-12-01").await;
    let list = send(&service, Method::GET, "/v1/milestones?kind=deadline", &[]).await.json();
    assert!(list["items"].as_array().unwrap().iter().all(|item| item["status"] == "past"));
    let list = send(&service, Method::GET, "/v1/milestones?kind=deadline&as_of=2024-12-01", &[]).await.json();
    assert_eq!(list["meta"]["as_of"], "2024-12-01");
    assert!(list["items"].as_array().unwrap().iter().all(|item| item["status"] != "past"));
}

#[tokio::test]
async fn days_until_sorts_by_the_latest_day_with_unknown_days_last() {
    let days = async |query: &str| -> Vec<Value> {
        let list = json(&format!("/v1/milestones?as_of=2025-01-01&limit=200&{query}")).await;
        assert!(query.ends_with(list["query"]["sort"].as_str().unwrap()));
        list["items"].as_array().unwrap().iter().map(|item| item["days_until"].clone()).collect()
    };
    let mut ascending = days("sort=days_until").await;
    let known: Vec<i64> = ascending.iter().map_while(Value::as_i64).collect();
    assert!(known.len() > 10 && known.is_sorted() && ascending[known.len()..].iter().all(Value::is_null), "{ascending:?}");
    ascending.reverse();
    assert_eq!(days("sort=-days_until").await, ascending);
}

#[tokio::test]
async fn milestones_due_within_a_window_are_one_query() {
    let due = ids("/v1/milestones?status=open&status=upcoming&from=2025-01-01&to=2025-09-30&as_of=2025-01-01&voice=statement").await;
    assert!(due.contains(&"mission-in-iraq-ends".to_owned()), "{due:?}");
}

#[tokio::test]
async fn a_milestone_without_any_bound_matches_no_window_and_one_with_a_single_bound_does() {
    let undated: Vec<String> = ids("/v1/milestones?status=undated&limit=200").await;
    for window in ["from=0001-01-01", "to=9998-12-31", "from=2024-01-01&to=2030-01-01"] {
        let found = ids(&format!("/v1/milestones?{window}&limit=200")).await;
        assert!(!undated.is_empty() && undated.iter().all(|id| !found.contains(id)), "{window}");
        assert!(found.contains(&"mission-in-syria-continues".to_owned()), "{window}");
    }
}
