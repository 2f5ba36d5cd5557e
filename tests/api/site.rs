//! What every page has around its content, the page about the site, and what crawlers read.

use axum::http::{Method, StatusCode};
use scraper::{Html, Selector};

use crate::{TODAY, get, send, service_on};

#[tokio::test]
async fn every_page_has_a_search_a_switch_of_colours_and_the_request_for_its_data() {
    let service = service_on(TODAY).await;
    for (path, data) in [
        ("/en/", "/v1/milestones?statement=iq-us-2024-09-27"),
        ("/ar/milestones?status=past&utm_source=x", "/v1/milestones?status=past"),
        ("/en/actors/iraq", "/v1/actors/iraq"),
    ] {
        let response = send(&service, Method::GET, path, &[]).await;
        let html = Html::parse_document(std::str::from_utf8(&response.body).unwrap());
        let select = |selector: &str| html.select(&Selector::parse(selector).unwrap()).next();
        assert!(select("header search form input[name=q]").is_some(), "{path}");
        // Without a script there is no switch.
        assert!(select("header label[hidden] select#theme").is_some(), "{path}");
        let curl: String = select("footer code#curl").unwrap().text().collect();
        assert!(curl.starts_with("curl '") && curl.ends_with(&format!("{data}'")), "{path}: {curl}");
        assert!(select("footer a[href$='about']").is_some(), "{path}");
        assert!(select("main .printed").is_some(), "{path}");
    }
}

#[tokio::test]
async fn the_home_page_of_one_statement_leads_with_its_dates_and_its_warning() {
    for (today, language, expected) in [
        ("2025-09-01", "en", ["no later than 30 September 2025", "The deadline is in 29 days", "until September 2026"]),
        ("2026-11-27", "en", ["no later than 30 September 2025", "The deadline passed 423 days ago", "The month named ended 58 days ago"]),
        ("2025-09-28", "ar", ["في موعد أقصاه 30 أيلول/سبتمبر 2025", "يحل الموعد بعد يومين", "حتى أيلول/سبتمبر 2026"]),
    ] {
        let response = send(&service_on(today).await, Method::GET, &format!("/{language}/"), &[]).await;
        let html = Html::parse_document(std::str::from_utf8(&response.body).unwrap());
        let all = |selector: &str| html.select(&Selector::parse(selector).unwrap()).map(|found| found.text().collect::<String>()).collect::<Vec<_>>();
        let dates = all(".key-dates > li");
        assert_eq!(dates.len(), 2, "{dates:?}");
        assert!(expected.iter().all(|expected| dates.concat().contains(expected)), "{dates:?}");
        assert_eq!(all(".before-quoting .note-critical").len(), 3);
        assert!(!all(".reports > li").is_empty() && !all(".timeline li").is_empty());
        assert!(response.body.len() < 60_000, "{} bytes", response.body.len());
    }
}

#[tokio::test]
async fn the_sitemap_has_every_page_in_both_languages_and_robots_txt_names_it() {
    let robots = String::from_utf8(get("/robots.txt").await.body).unwrap();
    assert!(robots.contains("/sitemap.xml\n") && robots.contains("Sitemap: "), "{robots}");
    let response = get("/sitemap.xml").await;
    assert_eq!((response.status, response.header("content-type")), (StatusCode::OK, "application/xml; charset=utf-8"));
    let sitemap = String::from_utf8(response.body).unwrap();
    for path in [
        "/en/</loc>",
        "/ar/about</loc>",
        "/en/statements/iq-us-2024-09-27</loc>",
        "/ar/actors/iraq</loc>",
        "/en/locations/baghdad</loc>",
        "/en/dates/iq-us-2024-09-27-6c-d1</loc>",
        "/ar/changes/r1-clauses-iq-us-2024-09-27-1a</loc>",
    ] {
        assert!(sitemap.contains(path), "{path}");
    }
    let part = get("/sitemaps/actors-1.xml").await;
    assert!(part.status == StatusCode::OK && String::from_utf8(part.body).unwrap().contains("/en/actors/iraq</loc>"));
    for missing in ["actors-2.xml", "actors-0.xml", "actors.xml", "notes-1.xml", "x"] {
        assert_eq!(get(&format!("/sitemaps/{missing}")).await.status, StatusCode::NOT_FOUND, "{missing}");
    }
}

#[tokio::test]
async fn the_page_about_the_site_says_how_errors_are_corrected_and_reported() {
    for language in ["en", "ar"] {
        let response = get(&format!("/{language}/about")).await;
        let html = Html::parse_document(std::str::from_utf8(&response.body).unwrap());
        for anchor in ["editors", "method", "corrections", "report"] {
            assert!(html.select(&Selector::parse(&format!("h2#{anchor}")).unwrap()).next().is_some(), "{anchor}");
        }
    }
}

#[tokio::test]
async fn the_reading_view_has_the_text_as_one_and_every_clause_in_it() {
    let service = service_on(TODAY).await;
    let statement = crate::json("/v1/statements/iq-us-2024-09-27").await;
    let paragraphs = statement["source"]["paragraphs"].as_array().unwrap();
    for language in ["ar", "en"] {
        let response = send(&service, Method::GET, &format!("/{language}/statements/iq-us-2024-09-27/reading"), &[]).await;
        let html = Html::parse_document(std::str::from_utf8(&response.body).unwrap());
        assert!(html.errors.is_empty(), "{:?}", html.errors);
        let all = |selector: &str| html.select(&Selector::parse(selector).unwrap()).collect::<Vec<_>>();
        assert_eq!((all(".words").len(), all(".words .said").len()), (paragraphs.len(), 50));
        for (paragraph, words) in paragraphs.iter().zip(all(".words")) {
            // Without the marks of clauses with a critical note.
            let marks: Vec<String> = words.select(&Selector::parse("sup").unwrap()).map(|mark| mark.text().collect()).collect();
            let text = marks.iter().fold(words.text().collect::<String>(), |text, mark| text.replacen(mark, "", 1));
            if language == "ar" {
                assert_eq!(text, paragraph["text"].as_str().unwrap(), "the source is verbatim");
            } else {
                assert!(!text.contains("[…]") && !text.contains('،') && !text.contains('«'), "{text}");
            }
        }
        assert_eq!(all(".reading .note-critical").len(), 3, "critical notes are open");
    }
}

#[tokio::test]
async fn a_rejected_filter_is_explained_in_the_language_of_the_page() {
    for (path, expected) in [
        ("/ar/milestones?from=2024-13-40", "من: اكتب تاريخاً صحيحاً، مثل 2025-09-30."),
        ("/ar/milestones?status=foo", "الحال: قادم، جارٍ، مضى، بلا تاريخ"),
        ("/en/milestones?from=2026-01-01&to=2025-01-01", "To: “To” is before “From”."),
        ("/en/notes?severity=grave", "Severity: Critical, Major, Minor"),
        ("/en/milestones?actor=nobody", "Who: Nothing here has this id."),
        ("/ar/milestones?to=2026-01-01&to=2026-01-02", "إلى: اختر قيمة واحدة."),
    ] {
        let response = get(path).await;
        let html = Html::parse_document(std::str::from_utf8(&response.body).unwrap());
        let text: String = html.root_element().text().collect();
        assert!(response.status == StatusCode::BAD_REQUEST && text.contains(expected), "{path}: {text}");
    }
    assert_eq!(get("/ar/clauses").await.header("location"), "statements");
}
