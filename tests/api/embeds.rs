//! Embeds, which other sites may frame, and oEmbed, by which they find them.

use axum::http::{Method, StatusCode};
use bayan::clock::Clock;
use scraper::{Html, Selector};
use serde_json::Value;

use crate::{TODAY, send, service, service_on};

const SITE: &str = "https://bayan.example/a";
const CLAUSE: &str = "iq-us-2024-09-27-6b";
const MILESTONE: &str = "iq-us-2024-09-27-mission-in-iraq-ends";

fn attributes(html: &Html, selector: &str, name: &str) -> Vec<String> {
    html.select(&Selector::parse(selector).unwrap()).filter_map(|element| element.attr(name).map(str::to_owned)).collect()
}

#[tokio::test]
async fn any_site_may_frame_an_embed_and_no_other_page() {
    let service = service_on(TODAY).await;
    for (path, is_embed) in [
        (format!("/embed/clauses/{CLAUSE}?lang=ar"), true),
        (format!("/embed/milestones/{MILESTONE}?theme=dark"), true),
        ("/embed/timeline?voice=statement&lang=ar".to_owned(), true),
        ("/embed/clauses/nothing".to_owned(), false),
        (format!("/en/milestones/{MILESTONE}"), false),
        ("/ar/".to_owned(), false),
        (format!("/v1/clauses/{CLAUSE}.svg"), false),
        (format!("/oembed?url=/en/milestones/{MILESTONE}"), false),
    ] {
        let answer = send(&service, Method::GET, &path, &[]).await;
        let policy = answer.header("content-security-policy");
        assert_eq!(policy.contains("frame-ancestors *"), is_embed, "{path}: {policy}");
        assert_eq!(policy.contains("frame-ancestors 'none'"), !is_embed, "{path}: {policy}");
        assert!(!answer.headers.contains_key("x-frame-options"), "{path}");
        if is_embed {
            assert_eq!((answer.status, policy.contains("script")), (StatusCode::OK, false), "{path}");
            let html = Html::parse_document(std::str::from_utf8(&answer.body).unwrap());
            assert!(html.errors.is_empty(), "{path}: {:?}", html.errors);
            assert!(html.select(&Selector::parse("script, style, [style]").unwrap()).next().is_none() && !answer.header("etag").is_empty(), "{path}");
            assert!(attributes(&html, "a", "target").iter().all(|target| target == "_blank"), "{path}");
        }
    }
}

#[tokio::test]
async fn an_embed_has_the_words_the_speaker_and_the_critical_note_in_its_language() {
    let service = service_on(TODAY).await;
    for (language, words) in [
        ("ar", ["تعلن اختتام المهمة العسكرية", "من نص البيان", "لا يعلن هذا النص انسحاب"]),
        ("en", ["تعلن اختتام المهمة العسكرية", "The statement’s own words", "Nothing here announces a withdrawal"]),
    ] {
        for path in [format!("/embed/clauses/{CLAUSE}?lang={language}"), format!("/embed/milestones/{MILESTONE}?lang={language}")] {
            let answer = send(&service, Method::GET, &path, &[]).await;
            let html = Html::parse_document(std::str::from_utf8(&answer.body).unwrap());
            assert_eq!(html.root_element().attr("lang"), Some(language));
            let shown: String = html.root_element().text().collect();
            let expected = if path.contains("clauses") { &words[..] } else { &words[1..] };
            assert!(expected.iter().all(|words| shown.contains(words)), "{path}: {shown}");
        }
    }
    let answer = send(&service, Method::GET, "/embed/timeline?voice=third_party&theme=dark", &[]).await;
    let html = Html::parse_document(std::str::from_utf8(&answer.body).unwrap());
    assert_eq!(html.root_element().attr("class"), Some("dark"));
    assert_eq!(html.select(&Selector::parse("li").unwrap()).count(), html.select(&Selector::parse("li.voice-third_party").unwrap()).count());
    assert_eq!(send(&service, Method::GET, "/embed/timeline?voice=nobody", &[]).await.status, StatusCode::BAD_REQUEST);
}

#[tokio::test]
async fn a_page_leads_to_its_embed_by_oembed() {
    let service = service(Clock::system(Some(TODAY.parse().unwrap())), Some(SITE)).await;
    for (path, frame) in [
        (format!("/ar/milestones/{MILESTONE}"), format!("{SITE}/embed/milestones/{MILESTONE}?lang=ar")),
        ("/en/statements/iq-us-2024-09-27".to_owned(), format!("{SITE}/embed/timeline?statement=iq-us-2024-09-27&lang=en")),
        ("/en/milestones".to_owned(), format!("{SITE}/embed/timeline?lang=en")),
        ("/ar/milestones?status=past&kind=deadline".to_owned(), format!("{SITE}/embed/timeline?kind=deadline&status=past&lang=ar")),
    ] {
        let page = send(&service, Method::GET, &path, &[]).await;
        let html = Html::parse_document(std::str::from_utf8(&page.body).unwrap());
        let discovered = attributes(&html, "head link[type='application/json+oembed']", "href").remove(0);
        let answer = send(&service, Method::GET, discovered.strip_prefix(SITE).unwrap(), &[]).await;
        assert_eq!((answer.status, answer.header("content-type")), (StatusCode::OK, "application/json"));
        let rich: Value = answer.json();
        assert_eq!((&rich["version"], &rich["type"]), (&"1.0".into(), &"rich".into()));
        let code = Html::parse_fragment(rich["html"].as_str().unwrap());
        assert_eq!(attributes(&code, "iframe", "src"), [frame.as_str()]);
        assert_eq!(attributes(&code, "iframe", "height"), [rich["height"].to_string()]);
        let share: String = html.select(&Selector::parse("textarea#embed-code").unwrap()).next().unwrap().text().collect();
        assert_eq!(share, rich["html"].as_str().unwrap(), "the page has the same code to copy");
        let [image, alt] = ["og:image", "og:image:alt"].map(|name| attributes(&html, &format!("meta[property='{name}']"), "content").remove(0));
        assert!(!alt.is_empty());
        if path.contains("/milestones?") || path.ends_with("/milestones") {
            continue;
        }
        assert_eq!(rich["thumbnail_url"], image.as_str());
        assert_eq!((&rich["thumbnail_width"], &rich["thumbnail_height"]), (&1200.into(), &630.into()));
        assert!(alt.contains("2025") || alt.contains("2024"), "{alt}");
        let card = send(&service, Method::HEAD, image.strip_prefix(SITE).unwrap(), &[]).await;
        assert_eq!((card.status, card.header("content-type")), (StatusCode::OK, "image/png"));
    }
}

#[tokio::test]
async fn oembed_follows_its_specification_where_it_cannot_respond() {
    let service = service(Clock::system(Some(TODAY.parse().unwrap())), Some(SITE)).await;
    let page = format!("{SITE}/en/clauses/{CLAUSE}");
    for (query, status) in [
        (format!("url={page}&format=xml"), 501),
        (format!("url={page}&format=json&dnt=1&maxwidth=400"), 200),
        (format!("url={SITE}/en/statements/iq-us-2024-09-27%236b"), 200),
        (format!("url={SITE}/en/milestones?kind=deadline"), 200),
        (format!("url={page}&maxwidth=wide"), 400),
        ("format=json".to_owned(), 400),
        (format!("url={SITE}/en/clauses/nothing"), 404),
        (format!("url={SITE}/en/actors/iraq"), 404),
        ("url=https://other.example/en/clauses/x".to_owned(), 404),
        (format!("url=HTTPS://Bayan.EXAMPLE:443/a/en/clauses/{CLAUSE}"), 200),
        (format!("url=https://bayan.example/A/en/clauses/{CLAUSE}"), 404),
    ] {
        let answer = send(&service, Method::GET, &format!("/oembed?{query}"), &[]).await;
        assert_eq!(answer.status.as_u16(), status, "{query}: {}", String::from_utf8_lossy(&answer.body));
    }
    let of = async |query: &str| send(&service, Method::GET, &format!("/oembed?url={page}{query}"), &[]).await.json();
    let (wide, narrow, low) = (of("").await, of("&maxwidth=300").await, of("&maxheight=250").await);
    assert_eq!((&wide["width"], &narrow["width"], &low["height"]), (&600.into(), &300.into(), &250.into()));
    assert!(narrow["height"].as_u64() > wide["height"].as_u64(), "narrow lines are more");
}

#[tokio::test]
async fn neither_an_embed_nor_its_thumbnail_is_larger_than_the_consumer_allows() {
    let service = service(Clock::system(Some(TODAY.parse().unwrap())), Some(SITE)).await;
    for page in [format!("clauses/{CLAUSE}"), format!("milestones/{MILESTONE}"), "statements/iq-us-2024-09-27".to_owned(), "milestones".to_owned()] {
        for (limits, has_thumbnail) in [
            ("", true),
            ("&maxwidth=1200&maxheight=630", true),
            ("&maxwidth=1199", false),
            ("&maxheight=629", false),
            ("&maxwidth=90", false),
            ("&maxwidth=1&maxheight=1", false),
        ] {
            let rich = send(&service, Method::GET, &format!("/oembed?url={SITE}/en/{page}{limits}"), &[]).await.json();
            let limit = |name: &str| limits.split('&').find_map(|pair| pair.strip_prefix(name)?.strip_prefix('=')?.parse::<u64>().ok()).unwrap_or(u64::MAX);
            assert!(rich["width"].as_u64().unwrap() <= limit("maxwidth") && rich["height"].as_u64().unwrap() <= limit("maxheight"), "{page}{limits}: {rich}");
            // The list of all milestones has no card.
            let members = ["thumbnail_url", "thumbnail_width", "thumbnail_height"].map(|name| rich.get(name).is_some());
            assert_eq!(members, [has_thumbnail && page != "milestones"; 3], "{page}{limits}: {rich}");
            let code = Html::parse_fragment(rich["html"].as_str().unwrap());
            assert_eq!(attributes(&code, "iframe", "height"), [rich["height"].to_string()], "{page}{limits}");
            let style = attributes(&code, "iframe", "style").remove(0);
            let most = style.rsplit_once("height:").unwrap().1.trim_start_matches("min(").split("px").next().unwrap().parse::<u64>().unwrap();
            assert!(most <= limit("maxheight"), "{page}{limits}: {style}");
        }
    }
}

#[tokio::test]
async fn each_page_has_a_title_a_description_and_a_picture_for_other_sites() {
    let service = service(Clock::system(Some(TODAY.parse().unwrap())), Some(SITE)).await;
    let statement = "/v1/statements/iq-us-2024-09-27.png?lang=en";
    for (path, picture) in [
        ("", statement),
        ("statements/iq-us-2024-09-27/reading", statement),
        ("milestones", "/v1/milestones.png?kind=deadline&kind=period&status=past&status=open&status=upcoming&sort=-latest&limit=4&lang=en"),
        ("milestones?voice=third_party", "/v1/milestones.png?voice=third_party&limit=4&lang=en"),
        ("actors/iraq", "/v1/milestones.png?actor=iraq&limit=4&lang=en"),
        ("locations/green-zone", "/v1/milestones.png?location=green-zone&limit=4&lang=en"),
        ("locations/the-region", statement),
        ("dates/iq-us-2024-09-27-6b-d1", "/v1/clauses/iq-us-2024-09-27-6b.png?lang=en"),
        ("changes/r3-clauses-iq-us-2024-09-27-12d", "/v1/clauses/iq-us-2024-09-27-12d.png?lang=en"),
        ("changes/r3-milestones-iq-us-2024-09-27-mission-in-iraq-ends", "/v1/milestones/iq-us-2024-09-27-mission-in-iraq-ends.png?lang=en"),
        ("actors", "/v1/milestones.png"),
        ("locations", "/v1/milestones.png"),
        ("notes", "/v1/milestones.png"),
        ("changes", "/v1/milestones.png"),
        ("about", "/v1/milestones.png"),
        ("verify", "/v1/milestones.png"),
    ] {
        let page = send(&service, Method::GET, &format!("/en/{path}"), &[]).await;
        assert_eq!(page.status, StatusCode::OK, "{path}");
        let html = Html::parse_document(std::str::from_utf8(&page.body).unwrap());
        let property = |name: &str| attributes(&html, &format!("meta[property='{name}'], meta[name='{name}']"), "content").concat();
        for name in ["og:title", "og:description", "og:image:alt", "og:url"] {
            assert!(!property(name).is_empty(), "{path} has no {name}");
        }
        assert_eq!(property("twitter:card"), "summary_large_image", "{path}");
        let image = property("og:image");
        assert!(image.strip_prefix(SITE).unwrap().starts_with(picture), "{path}: {image}");
        // The drawing that the picture is made of.
        let drawing = send(&service, Method::GET, &image.strip_prefix(SITE).unwrap().replace(".png?", ".svg?"), &[]).await;
        assert_eq!((drawing.status, drawing.header("content-type")), (StatusCode::OK, "image/svg+xml"), "{path}");
    }
}

#[tokio::test]
async fn a_milestone_quotes_the_words_that_date_it() {
    for (id, path, expected) in [
        (MILESTONE, "ar", ["وفي موعد أقصاه نهاية سبتمبر 2025»", "البندان 6b و6c"]),
        (MILESTONE, "en", ["and no later than the end of September 2025”", "clauses 6b and 6c"]),
        ("iq-us-2024-09-27-mission-in-syria-continues", "ar", ["ستستمر … حتى أيلول 2026»", "البنود 7b و7d و7e"]),
        ("iq-us-2024-09-27-mission-in-syria-continues", "en", ["until September 2026”", "clauses 7b, 7d and 7e"]),
    ] {
        let answer = send(&service_on(TODAY).await, Method::GET, &format!("/embed/milestones/{id}?lang={path}"), &[]).await;
        let html = Html::parse_document(std::str::from_utf8(&answer.body).unwrap());
        let text: String = html.root_element().text().collect();
        let [words, labels] = expected;
        assert!(text.contains(words) && text.contains(&labels.replace(' ', "\u{a0}")), "{id}: {text}");
    }
}
