//! Cards and timelines: what is on them, in both languages, and how they are served.

use axum::http::{Method, StatusCode};
use bayan::picture::{Face, Measured};
use resvg::{tiny_skia::Pixmap, usvg::roxmltree::Document};
use serde_json::Value;

use crate::{TODAY, all, send, service_on};

const STATEMENT: &str = "iq-us-2024-09-27";
/// The width of the text on a card, in pixels, with a little for the space between words that a line measures alone.
const MEASURE: f32 = 1056.5;

/// The lines of text of an SVG, without marks of direction, each with its size.
fn lines(svg: &[u8]) -> Vec<(String, f32, Face)> {
    let svg = std::str::from_utf8(svg).unwrap();
    let document = Document::parse(svg).unwrap();
    let texts = document.descendants().filter(|node| node.has_tag_name("text"));
    texts
        .map(|node| {
            let is_bold = node.attribute("font-weight") == Some("700");
            let face = match (node.attribute("font-family").unwrap().starts_with("Bayan Naskh"), is_bold) {
                (true, false) => Face::Reading,
                (true, true) => Face::ReadingBold,
                (false, false) => Face::Labels,
                (false, true) => Face::LabelsBold,
            };
            let text: String = node.text().unwrap().chars().filter(|mark| !matches!(mark, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')).collect();
            (text, node.attribute("font-size").unwrap().parse().unwrap(), face)
        })
        .collect()
}

fn text(svg: &[u8]) -> String {
    lines(svg).into_iter().map(|(line, ..)| line).collect::<Vec<_>>().join(" ")
}

#[tokio::test]
async fn every_card_has_its_speaker_and_its_critical_notes_whole_and_no_line_is_too_wide() {
    let service = service_on(TODAY).await;
    let mut cut = 0;
    for resource in ["clauses", "milestones"] {
        for item in all(resource).await {
            for language in ["ar", "en"] {
                let path = format!("/v1/{resource}/{}.svg?lang={language}", item["id"].as_str().unwrap());
                let answer = send(&service, Method::GET, &path, &[]).await;
                assert_eq!((answer.status, answer.header("content-type")), (StatusCode::OK, "image/svg+xml"), "{path}");
                let shown = text(&answer.body);
                let notes = item["notes"].as_array().unwrap().iter().filter(|note| note["severity"] == "critical");
                for note in notes {
                    assert!(shown.contains(note["text"][language].as_str().unwrap()), "{path}: {shown}");
                }
                let speaker = match (item["voice"].as_str().unwrap(), language) {
                    ("statement", "ar") => "من نص البيان",
                    ("statement", _) => "The statement’s own words",
                    (_, language) => item["speaker_name"][language].as_str().unwrap(),
                };
                assert!(shown.to_lowercase().contains(&speaker.to_lowercase()) && shown.contains("2024"), "{path}: {shown}");
                for (line, size, face) in lines(&answer.body) {
                    assert_eq!(Measured::new(&line, face).lines(size, MEASURE).len(), 1, "{path}: {line}");
                }
                if resource == "clauses" {
                    let words = item["text"][language].as_str().unwrap();
                    let start: String = words.chars().take(12).collect();
                    assert!(shown.contains(start.trim()), "{path}: {shown}");
                    cut += usize::from(!shown.contains(words));
                }
            }
        }
    }
    assert!(cut < 4, "{cut} cards do not have all the words");
}

/// The alternative to a title that is cut is smaller letters, or less of the quotation under it.
#[tokio::test]
async fn no_card_cuts_a_title_and_a_few_labels_stand_on_one_line() {
    let service = service_on(TODAY).await;
    let statement = all("statements").await.remove(0);
    for milestone in all("milestones").await {
        for language in ["ar", "en"] {
            let answer = send(&service, Method::GET, &format!("/v1/milestones/{}.svg?lang={language}", milestone["id"].as_str().unwrap()), &[]).await;
            let shown = text(&answer.body);
            for title in [&milestone["title"], &statement["title"]].map(|title| title[language].as_str().unwrap()) {
                assert!(shown.contains(title), "{title}: {shown}");
            }
            let labels: Vec<&str> = milestone["clauses"].as_array().unwrap().iter().map(|clause| clause["label"].as_str().unwrap()).collect();
            let is_split = |(line, ..): &(String, f32, Face)| line.ends_with(labels[0]) || line.ends_with(&format!("{},", labels[0]));
            assert!(labels.len() == 1 || labels.len() > 3 || !lines(&answer.body).iter().any(is_split), "{labels:?}: {shown}");
        }
    }
}

#[tokio::test]
async fn the_card_of_a_statement_has_the_dates_that_it_sets_with_their_certainty() {
    let service = service_on(TODAY).await;
    for (language, dates) in [
        ("ar", ["في موعد أقصاه 30 أيلول/سبتمبر 2025", "حتى أيلول/سبتمبر 2026، بشروط"]),
        ("en", ["no later than 30 September 2025", "until September 2026, subject to conditions"]),
    ] {
        let answer = send(&service, Method::GET, &format!("/v1/statements/{STATEMENT}.svg?lang={language}"), &[]).await;
        let shown = text(&answer.body);
        assert!(dates.iter().all(|date| shown.contains(date)) && shown.contains("10f"), "{shown}");
        assert!(!lines(&answer.body).iter().any(|(line, ..)| line.contains('…')), "{shown}");
    }
}

#[tokio::test]
async fn a_card_is_a_png_of_1200_by_630_that_differs_by_language_and_is_cached() {
    let service = service_on(TODAY).await;
    let path = format!("/v1/clauses/{STATEMENT}-6b.png");
    let mut bodies = Vec::new();
    for language in ["ar", "en"] {
        let answer = send(&service, Method::GET, &format!("{path}?lang={language}"), &[("accept-encoding", "br, gzip")]).await;
        assert_eq!((answer.status, answer.header("content-type")), (StatusCode::OK, "image/png"));
        assert!(!answer.headers.contains_key("content-encoding"), "a PNG is compressed by itself");
        assert_eq!(answer.header("cache-control"), "public, max-age=60, stale-while-revalidate=600");
        let picture = Pixmap::decode_png(&answer.body).unwrap();
        assert_eq!((picture.width(), picture.height()), (1200, 630));
        assert!(picture.pixels().iter().all(resvg::tiny_skia::PremultipliedColorU8::is_opaque));
        let again = send(&service, Method::GET, &format!("{path}?lang={language}"), &[("if-none-match", answer.header("etag"))]).await;
        assert_eq!(again.status, StatusCode::NOT_MODIFIED);
        bodies.push(answer.body);
    }
    assert_ne!(bodies[0], bodies[1]);
}

#[tokio::test]
async fn a_timeline_has_each_milestone_with_its_date_and_speaker_and_each_critical_note_once() {
    let service = service_on(TODAY).await;
    let milestones = all("milestones").await;
    for language in ["ar", "en"] {
        let [light, dark] = ["light", "dark"].map(|theme| format!("/v1/milestones.svg?lang={language}&theme={theme}"));
        let (light, dark) = (send(&service, Method::GET, &light, &[]).await, send(&service, Method::GET, &dark, &[]).await);
        assert!(light.body != dark.body && text(&light.body) == text(&dark.body), "only the colours differ");
        let shown = text(&light.body);
        for milestone in &milestones {
            assert!(shown.contains(milestone["title"][language].as_str().unwrap()), "{}", milestone["id"]);
            for note in milestone["notes"].as_array().unwrap().iter().filter(|note| note["severity"] == "critical") {
                assert_eq!(shown.matches(note["text"][language].as_str().unwrap()).count(), 1, "{}", note["id"]);
            }
        }
    }
    let of_officer = send(&service, Method::GET, "/v1/milestones.svg?voice=third_party", &[]).await;
    assert!(!text(&of_officer.body).contains("Prime Minister") && text(&of_officer.body).contains("Said by a senior Iraqi officer"));
    assert_eq!(send(&service, Method::GET, "/v1/milestones.svg?theme=blue", &[]).await.status, StatusCode::BAD_REQUEST);
    assert_eq!(send(&service, Method::GET, "/v1/clauses.svg", &[]).await.status, StatusCode::NOT_ACCEPTABLE);
}

#[tokio::test]
async fn a_browser_that_opens_a_link_to_data_gets_data_and_an_image_element_gets_a_picture() {
    let service = service_on(TODAY).await;
    for (accept, kind) in [
        ("text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,image/png,image/svg+xml,*/*;q=0.8", "application/json"),
        ("image/avif,image/webp,image/png,image/svg+xml,image/*;q=0.8,*/*;q=0.5", "image/svg+xml"),
        ("*/*", "application/json"),
    ] {
        let answer = send(&service, Method::GET, "/v1/milestones", &[("accept", accept)]).await;
        assert_eq!(answer.header("content-type"), kind, "{accept}");
    }
    let index: Value = send(&service, Method::GET, "/v1", &[]).await.json();
    assert!(index["resources"].as_array().unwrap().iter().any(|resource| resource["item_formats"].as_array().unwrap().contains(&".png".into())));
}
