//! The words that readers see: one wording for one thing, as a newspaper prints it, in both languages.

use axum::http::Method;
use serde_json::Value;

use crate::{
    TODAY, combinations,
    pages::{page, select, text},
    send, service_on,
};

/// Every resource that has prose of the editors.
const RESOURCES: [&str; 8] = ["statements", "clauses", "dates", "milestones", "actors", "locations", "notes", "changes"];

/// Calls `check` with each text in both languages of a document: the path of the object, the Arabic, the English.
fn each_text(value: &Value, path: &str, check: &mut dyn FnMut(&str, &str, &str)) {
    match value {
        Value::Object(fields) => {
            if let (Some(ar), Some(en)) = (value["ar"].as_str(), value["en"].as_str()) {
                check(path, ar, en);
            }
            fields.iter().for_each(|(name, field)| each_text(field, &format!("{path}/{name}"), check));
        }
        Value::Array(items) => items.iter().for_each(|item| each_text(item, path, check)),
        _ => {}
    }
}

/// Whether words have a day as machines write it: four digits, two and two, with hyphens.
fn has_iso_day(words: &str) -> bool {
    let digits = |from: usize, to: usize, letters: &[u8]| letters[from..to].iter().all(u8::is_ascii_digit);
    words.as_bytes().windows(10).any(|day| day[4] == b'-' && day[7] == b'-' && digits(0, 4, day) && digits(5, 7, day) && digits(8, 10, day))
}

#[tokio::test]
async fn the_prose_of_the_data_has_typographic_quotation_marks_and_days_in_words() {
    let (service, mut texts) = (service_on(TODAY).await, 0);
    for resource in RESOURCES {
        for item in combinations::all(&service, &format!("/v1/{resource}?")).await {
            let id = item["id"].as_str().unwrap();
            each_text(&item, id, &mut |path, ar, en| {
                texts += 1;
                assert!(!en.contains(['"', '\'']), "{path}: {en}");
                assert!(!ar.contains('"'), "{path}: {ar}");
                assert!(!has_iso_day(en) && !has_iso_day(ar), "{path}: {ar} {en}");
                assert!(!en.contains("iq-us-") && !ar.contains("iq-us-"), "{path}: {ar} {en}");
            });
        }
    }
    assert!(texts > 1_000, "{texts}");
}

/// A citation that is copied with a verdict must not call the speaker by another wording than the verdict.
#[tokio::test]
async fn a_verdict_names_the_speaker_in_the_words_of_the_attribution() {
    let service = service_on(TODAY).await;
    for (label, ar, en) in [
        ("1d", "رواية وكالة شفق نيوز، وليست من البيان", "reported by Shafaq News Agency, not in the statement"),
        ("4b", "كلام ضابط عراقي كبير، وليس من البيان", "said by a senior Iraqi officer (unnamed), not by the statement"),
        ("7d", "من نص البيان", "the statement’s own words"),
    ] {
        let clause = send(&service, Method::GET, &format!("/v1/clauses/iq-us-2024-09-27-{label}"), &[]).await.json();
        let query = url::form_urlencoded::Serializer::new(String::new()).append_pair("text", clause["quote"]["exact"].as_str().unwrap()).finish();
        let verdict = send(&service, Method::GET, &format!("/v1/verify?{query}"), &[]).await.json();
        for (language, words) in [("ar", ar), ("en", en)] {
            let sentence = verdict["verdict"][language].as_str().unwrap();
            assert!(sentence.contains(words), "{label}: {sentence}");
            let text = send(&service, Method::GET, &format!("/v1/clauses/iq-us-2024-09-27-{label}.txt?lang={language}"), &[]).await;
            let attribution = String::from_utf8(text.body).unwrap().replace(['\u{2068}', '\u{2069}'], "");
            assert!(attribution.to_lowercase().starts_with(&words.to_lowercase()), "{label}: {attribution}");
        }
    }
}

/// A reader knows titles, names and the labels of clauses; an id is for programs.
#[tokio::test]
async fn no_filter_and_no_change_is_named_by_an_id() {
    let service = service_on(TODAY).await;
    for (path, selector, shown) in [
        ("/en/notes?target=iq-us-2024-09-27-6b", ".chosen", "Clause: 6b, Joint statement of the United States and Iraq"),
        ("/ar/notes?target=iq-us-2024-09-27-12b", ".chosen", "البند: 12b، البيان المشترك"),
        ("/ar/milestones?statement=iq-us-2024-09-27&actor=iraq", ".chosen", "العراق"),
        ("/en/changes/r1-notes-iq-us-2024-09-27-10f-n1", ".facts-list", "note “بين العراق وإسرائيل” (10f)"),
        ("/ar/changes/r1-clauses-iq-us-2024-09-27-4a", ".facts-list", "4a، البيان المشترك"),
        ("/en/changes/r1-milestones-iq-us-2024-09-27-announcement", ".facts-list", "The end of the Coalition’s mission in Iraq is announced"),
        ("/en/changes/r1-dates-iq-us-2024-09-27-3b-d1", ".facts-list", "“منتصف العام المقبل” (3b)"),
    ] {
        let html = page(&service, path).await;
        let words = select(&html, selector).into_iter().map(text).collect::<Vec<_>>().join(" ");
        assert!(words.contains(shown) && !words.contains("iq-us"), "{path}: {words}");
    }
}

/// Unicode Standard Annex #9, rules W2 and W4: after an Arabic letter, `22-23` without an isolate is shown as `23-22`.
#[tokio::test]
async fn a_range_of_numbers_in_arabic_keeps_its_order_wherever_it_is_shown() {
    let service = service_on(TODAY).await;
    let id = "iq-us-2024-09-27";
    let words = send(&service, Method::GET, &format!("/v1/clauses/{id}-10f"), &[]).await.json()["quote"]["exact"].as_str().unwrap().to_owned();
    let query = url::form_urlencoded::Serializer::new(String::new()).append_pair("text", &words).finish();
    for path in [
        format!("/ar/clauses/{id}-10f"),
        format!("/en/clauses/{id}-10f"),
        format!("/embed/clauses/{id}-10f?lang=ar"),
        format!("/embed/clauses/{id}-10f?lang=en"),
        format!("/embed/milestones/{id}-second-security-dialogue?lang=ar"),
        format!("/ar/statements/{id}"),
        format!("/ar/statements/{id}/reading"),
        "/ar/notes".to_owned(),
        format!("/ar/verify?{query}"),
        "/ar/search?q=%22%D9%8A%D9%88%D9%84%D9%8A%D9%88+2024%22".to_owned(),
    ] {
        let html = page(&service, &path).await;
        let mut shown = 0;
        for node in html.tree.nodes().filter(|node| node.value().as_text().is_some_and(|text| text.contains("22-23"))) {
            let elements = || node.ancestors().filter_map(scraper::ElementRef::wrap);
            let is_arabic = elements().find_map(|element| element.attr("lang")) == Some("ar") || elements().next().unwrap().value().name() == "bdi";
            if elements().any(|element| matches!(element.value().name(), "script" | "title" | "textarea" | "pre")) || !is_arabic {
                continue;
            }
            shown += 1;
            assert_eq!(elements().next().unwrap().value().name(), "bdi", "{path}: {:?}", node.value());
        }
        assert!(shown > 0, "{path}");
    }
}
