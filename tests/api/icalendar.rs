//! iCalendar: uncertain dates as events, and nothing that depends on the clock.

use std::collections::BTreeMap;

use axum::http::Method;
use icalendar::{Calendar, CalendarComponent, Component, Event};

use crate::{all, get, published, send, service_on};

/// The parsed calendar, and its events by UID.
async fn calendar(path: &str) -> (Calendar, BTreeMap<String, Event>) {
    let answer = get(path).await;
    assert_eq!((answer.status.as_u16(), answer.header("content-type")), (200, "text/calendar; charset=utf-8"), "{path}");
    let calendar: Calendar = String::from_utf8(answer.body).unwrap().parse().unwrap();
    let events = calendar.components.iter().filter_map(|component| match component {
        CalendarComponent::Event(event) => {
            Some((event.get_uid().unwrap().trim_start_matches("iq-us-2024-09-27-").trim_end_matches("@bayan").to_owned(), event.clone()))
        }
        _ => None,
    });
    (calendar.clone(), events.collect())
}

fn days(event: &Event) -> (String, String) {
    let day = |name: &str| event.properties().get(name).unwrap();
    assert_eq!(day("DTSTART").params().get("VALUE").unwrap().value(), "DATE");
    (day("DTSTART").value().to_owned(), day("DTEND").value().to_owned())
}

fn category(event: &Event) -> String {
    event.multi_properties()["CATEGORIES"][0].value().to_owned()
}

/// Every milestone that has a date.
const ALL_KINDS: &str = "/v1/milestones.ics?kind=deadline&kind=event&kind=period&kind=forecast";

#[tokio::test]
async fn a_calendar_without_kind_has_no_events_of_the_past_and_one_with_kind_has_what_it_names() {
    let kinds = async |path: &str| -> Vec<String> {
        let mut kinds: Vec<String> = calendar(path).await.1.values().map(category).collect();
        kinds.sort();
        kinds.dedup();
        kinds
    };
    assert_eq!(kinds("/v1/milestones.ics").await, ["deadline", "forecast", "period"]);
    assert_eq!(kinds("/v1/milestones.ics?kind=event").await, ["event"]);
    assert_eq!(kinds(ALL_KINDS).await.len(), 4);
    let accepted = send(&service_on(crate::TODAY).await, Method::GET, "/v1/milestones", &[("accept", "text/calendar")]).await;
    assert!(!String::from_utf8(accepted.body).unwrap().contains("CATEGORIES:event"));
}

#[tokio::test]
async fn a_period_is_on_its_end_and_no_event_is_longer_than_a_quarter_of_a_year() {
    let (_, events) = calendar(ALL_KINDS).await;
    for (id, first, end, mark) in [
        ("decade-since-formation", "20240927", "20240928", "(until this day) "),
        ("commission-meetings", "20240927", "20240928", "(until this day) "),
        ("mission-in-syria-continues", "20260901", "20261001", "(until this month) "),
        ("reported-end-within-12-months", "20250927", "20250928", "(about this day or before) "),
        ("procedures-end-mid-2025", "20250601", "20250801", "(about this time) "),
    ] {
        assert_eq!(days(&events[id]), (first.to_owned(), end.to_owned()), "{id}");
        let summary = events[id].get_summary().unwrap();
        assert!(summary.starts_with(mark) && summary.starts_with('(') != mark.is_empty(), "{id}: {summary}");
    }
    for (id, event) in &events {
        let (first, end) = days(event);
        let day = |text: &str| chrono::NaiveDate::parse_from_str(text, "%Y%m%d").unwrap();
        assert!((1..=92).contains(&(day(&end) - day(&first)).num_days()), "{id}: {first} to {end}");
    }
}

/// Unicode Standard Annex #9: without isolates, software shows `../2025-09-30` in Arabic text as `2025-09-30/..`.
#[tokio::test]
async fn dates_and_latin_words_in_arabic_lines_are_isolated_and_the_words_of_the_source_are_not() {
    let (_, events) = calendar("/v1/milestones.ics?lang=ar").await;
    let described = events["mission-in-iraq-ends"].get_description().unwrap().replace("\\n", "\n");
    assert!(described.contains("التاريخ: في موعد أقصاه \u{2068}30\u{2069} أيلول/سبتمبر \u{2068}2025\u{2069}"), "{described}");
    let quoted: Vec<&str> = described.split('«').skip(1).filter_map(|rest| rest.split_once('»')).map(|(quoted, _)| quoted).collect();
    assert!(quoted.iter().any(|quoted| quoted.contains("2025")) && !quoted.iter().any(|quoted| quoted.contains('\u{2068}')), "{quoted:?}");
    for line in events.values().flat_map(|event| event.get_description().unwrap().replace("\\n", "\n").lines().map(str::to_owned).collect::<Vec<_>>()) {
        let strong = line.split('\u{2068}').map(|part| part.split('\u{2069}').next_back().unwrap_or(part)).flat_map(str::chars);
        assert!(strong.clone().find(|character| character.is_alphabetic()).is_none_or(|first| !first.is_ascii()), "{line}");
    }
}

#[tokio::test]
async fn an_event_whose_days_are_an_estimate_says_so_in_its_title() {
    let milestones = all("milestones").await;
    for (query, about) in [("", "about "), ("&lang=ar", "نحو ")] {
        let (_, events) = calendar(&format!("{ALL_KINDS}{query}")).await;
        for milestone in milestones.iter().filter(|milestone| !milestone["date"]["edtf"].is_null()) {
            let id = milestone["id"].as_str().unwrap().trim_start_matches("iq-us-2024-09-27-");
            let is_estimate = milestone["date"]["edtf"].as_str().unwrap().rsplit('/').next().unwrap().contains('~');
            let summary = events[id].get_summary().unwrap();
            let mark = summary.strip_prefix('(').and_then(|rest| rest.split_once(')')).map_or("", |(mark, _)| mark);
            assert_eq!(mark.contains(about), is_estimate, "{id}: {summary}");
        }
    }
}

#[tokio::test]
async fn dated_milestones_are_events_and_undated_ones_are_counted() {
    let milestones = all("milestones").await;
    let undated = milestones.iter().filter(|milestone| milestone["status"] == "undated").count();
    let (calendar, events) = calendar(ALL_KINDS).await;
    assert_eq!(events.len(), milestones.len() - undated);
    let described = calendar.properties.iter().find(|property| property.key() == "DESCRIPTION").unwrap().value();
    assert!(undated > 0 && described.contains(&format!("left out: {undated}.")), "{described}");
}

#[tokio::test]
async fn dtend_is_exclusive_a_month_spans_the_month_and_a_deadline_is_on_its_last_day() {
    let (_, events) = calendar(ALL_KINDS).await;
    for (id, first, end) in [
        ("mission-in-syria-continues", "20260901", "20261001"),
        ("mission-in-iraq-ends", "20250930", "20251001"),
        ("second-security-dialogue", "20240722", "20240724"),
        ("announcement", "20240927", "20240928"),
        ("procedures-end-mid-2025", "20250601", "20250801"),
    ] {
        assert_eq!(days(&events[id]), (first.to_owned(), end.to_owned()), "{id}");
    }
}

#[tokio::test]
async fn a_forecast_is_tentative_and_names_its_speaker() {
    let (_, events) = calendar(ALL_KINDS).await;
    let forecast = &events["evacuation-mid-2025"];
    assert_eq!(forecast.property_value("STATUS"), Some("TENTATIVE"));
    assert!(forecast.get_description().unwrap().contains("not by the statement"));
    assert_eq!(events["mission-in-iraq-ends"].property_value("STATUS"), Some("CONFIRMED"));
    assert!(
        events["second-security-dialogue"].get_description().unwrap().contains("note (critical): An evident error"),
        "the description has the notes and their severity"
    );
}

#[tokio::test]
async fn the_words_of_conditions_are_introduced_and_translated() {
    for (language, introduction, also) in [("ar", "مشروطة بما يأتي:", ""), ("en", "Subject to:", "(our translation)")] {
        let (_, events) = calendar(&format!("/v1/milestones.ics?lang={language}")).await;
        let described = events["mission-in-syria-continues"].get_description().unwrap().replace("\\n", "\n");
        let lines: Vec<&str> = described.lines().collect();
        let at = lines.iter().position(|line| *line == introduction).unwrap();
        assert!(lines[at + 1].contains("7c") && lines[at + 1].contains("وبموجب الظروف الميدانية"), "{described}");
        assert!(lines[at + 2].ends_with(also), "{described}");
        assert_eq!(described.matches(introduction).count(), 1);
    }
}

#[tokio::test]
async fn a_calendar_honours_the_filter_and_the_language() {
    let (calendar, events) = calendar("/v1/milestones.ics?actor=iraq&from=2025-09-30&kind=deadline&lang=ar").await;
    assert_eq!(events.keys().collect::<Vec<_>>(), ["mission-in-iraq-ends"]);
    let name = calendar.properties.iter().find(|property| property.key() == "X-WR-CALNAME").unwrap().value();
    assert!(name.contains("بيان"));
    assert!(events["mission-in-iraq-ends"].get_summary().unwrap().contains("الموعد الأقصى"));
}

#[tokio::test]
async fn a_single_milestone_is_a_calendar() {
    let (_, events) = calendar("/v1/milestones/iq-us-2024-09-27-mission-in-iraq-ends.ics").await;
    let (_, all) = calendar("/v1/milestones.ics").await;
    assert_eq!(events.keys().collect::<Vec<_>>(), ["mission-in-iraq-ends"]);
    assert_eq!(events["mission-in-iraq-ends"].to_string(), all["mission-in-iraq-ends"].to_string());
    let (empty, none) = calendar("/v1/milestones/iq-us-2024-09-27-bilateral-security-partnerships.ics").await;
    let described = empty.properties.iter().find(|property| property.key() == "DESCRIPTION").unwrap().value();
    assert!(none.is_empty() && described.contains("left out: 1."), "{described}");
}

#[tokio::test]
async fn lines_are_folded_at_75_octets_between_characters() {
    let body = get("/v1/milestones.ics?lang=ar").await.body;
    let text = String::from_utf8(body).unwrap();
    for line in text.split("\r\n") {
        assert!(line.len() <= 75 && std::str::from_utf8(line.as_bytes()).is_ok(), "{} octets: {line}", line.len());
        assert!(!line.contains('\n') && !line.contains('\r'));
    }
    assert!(text.split("\r\n").count() > 300);
}

#[tokio::test]
async fn dtstamp_and_sequence_come_from_the_data_and_not_from_the_clock() {
    let (_, events) = calendar(ALL_KINDS).await;
    for event in events.values() {
        let stamp = match event.property_value("SEQUENCE").unwrap() {
            "0" => "20261124T150000Z",
            "1" => "20261127T000000Z",
            other => panic!("{other} corrections"),
        };
        assert_eq!((event.property_value("DTSTAMP"), event.property_value("LAST-MODIFIED")), (Some(stamp), Some(stamp)));
    }
    let on = async |day: &str| send(&service_on(day).await, Method::GET, "/v1/milestones.ics", &[]).await.body;
    assert!(on("2025-01-01").await == on("2027-01-01").await);
}

/// RFC 5545, section 3.6: a calendar has a component. RFC 5546, section 3.2.1: a calendar with a method has an organizer.
#[tokio::test]
async fn every_calendar_has_a_component_and_none_has_a_method() {
    for path in [
        "/v1/milestones.ics",
        "/v1/milestones.ics?status=undated&lang=ar",
        "/v1/milestones.ics?from=1900-01-01&to=1900-01-02",
        "/v1/milestones/iq-us-2024-09-27-bilateral-security-partnerships.ics",
        "/v1/milestones/iq-us-2024-09-27-mission-in-iraq-ends.ics",
    ] {
        let text = String::from_utf8(get(path).await.body).unwrap();
        let lines: Vec<&str> = text.split("\r\n").collect();
        assert_eq!((lines[0], &lines[lines.len() - 2..]), ("BEGIN:VCALENDAR", &["END:VCALENDAR", ""][..]), "{path}");
        assert_eq!(lines.contains(&"BEGIN:VTIMEZONE"), !lines.contains(&"BEGIN:VEVENT"), "{path}");
        assert!(!lines.iter().any(|line| line.starts_with("METHOD")), "{path}");
        let mut open = Vec::new();
        for line in &lines {
            open.extend(line.strip_prefix("BEGIN:"));
            assert!(line.strip_prefix("END:").is_none_or(|name| open.pop() == Some(name)), "{line} in {path}");
        }
        assert!(open.is_empty() && text.parse::<Calendar>().is_ok(), "{path}");
    }
}

#[tokio::test]
async fn an_event_leads_to_its_page_in_the_language_of_the_calendar() {
    let service = service_on(crate::TODAY).await;
    for (query, language) in [("", "en"), ("?lang=en", "en"), ("?lang=ar", "ar")] {
        let calendar: Calendar = published(&format!("/v1/milestones.ics{query}")).await.parse().unwrap();
        let page = calendar.properties.iter().find(|property| property.key() == "URL").unwrap().value();
        assert_eq!(page, format!("https://bayan.example/{language}/milestones"));
        for event in calendar.components.iter().filter_map(CalendarComponent::as_event) {
            let url = event.property_value("URL").unwrap();
            let id = event.get_uid().unwrap().trim_end_matches("@bayan");
            assert_eq!(url, format!("https://bayan.example/{language}/milestones/{id}"));
            let page = send(&service, Method::GET, url.trim_start_matches("https://bayan.example"), &[]).await;
            assert_eq!((page.status.as_u16(), page.header("content-language")), (200, language), "{url}");
        }
    }
}
