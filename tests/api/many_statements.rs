//! The service when there are no statements, and when there are several, in both languages.

use std::collections::BTreeSet;

use axum::{
    Router,
    http::{Method, StatusCode},
};
use bayan::{AppState, clock::Clock, package::Package, storage};
use scraper::{ElementRef, Html, Selector};
use serde_json::{Value, json};
use tokio::sync::OnceCell;

use crate::{TestResponse, packages, send, storage::changed};

/// The article, and the English and the Arabic example: the Arabic one cites the English one.
const STATEMENTS: [&str; 3] = ["ex-sarn-2030-05-02", "ex-sarn-2030-08-20", "iq-us-2024-09-27"];
const ENGLISH: &str = STATEMENTS[0];
const ARABIC: &str = STATEMENTS[1];
/// The lists whose items belong to a statement or are named in one.
const LISTS: [&str; 6] = ["clauses", "dates", "milestones", "actors", "locations", "notes"];
/// The pages of lists.
const PAGES: [&str; 7] = ["", "statements", "milestones", "locations", "actors", "notes", "search"];

/// The service on a database, with a clock between the dates of the examples.
async fn service_of(file: &std::path::Path) -> Router {
    bayan::app(AppState::new(storage::open(file).await.unwrap(), Clock::system(Some("2030-06-01".parse().unwrap())), None))
}

/// The service with three statements.
async fn several() -> Router {
    static FOLDER: OnceCell<std::path::PathBuf> = OnceCell::const_new();
    let file = FOLDER.get_or_init(|| async {
        let (folder, database) = packages::copy().await;
        let examples = ["sarn.en.yaml", "sarn.ar.yaml"].map(|name| Package::open(&packages::example(name)));
        packages::import(&database, packages::checked(&database, examples.into()).await).await;
        let _ = folder.keep();
        database
    });
    service_of(file.await).await
}

/// The service without any statement.
async fn empty() -> Router {
    let folder = tempfile::tempdir().unwrap();
    let file = changed(
        folder.path(),
        "PRAGMA foreign_keys = OFF; DELETE FROM items; DELETE FROM search_words; DELETE FROM search_ranks; DELETE FROM search_items; DELETE FROM postings; DELETE FROM passages; \
         DELETE FROM statements; DELETE FROM versions; DELETE FROM paragraphs; DELETE FROM quotes; DELETE FROM clauses; DELETE FROM lead_ins; DELETE FROM dates; \
         DELETE FROM milestones; DELETE FROM milestone_clauses; DELETE FROM milestone_conditions; DELETE FROM milestone_actors; DELETE FROM milestone_locations; \
         DELETE FROM developments; DELETE FROM development_sources; DELETE FROM actors; DELETE FROM actor_aliases; DELETE FROM actor_mentions; \
         DELETE FROM clause_actors; DELETE FROM locations; DELETE FROM location_aliases; DELETE FROM location_mentions; DELETE FROM issuers; \
         DELETE FROM documents; DELETE FROM citations; DELETE FROM notes; DELETE FROM note_sources; DELETE FROM note_actors; DELETE FROM note_locations; \
         DELETE FROM changes; UPDATE extents SET count = 0; DELETE FROM filter_parameters",
    )
    .await;
    let _ = folder.keep();
    service_of(&file).await
}

async fn get(service: &Router, path: &str) -> TestResponse {
    let response = send(service, Method::GET, path, &[]).await;
    assert_eq!(response.status, StatusCode::OK, "{path}: {}", String::from_utf8_lossy(&response.body));
    response
}

async fn json_of(service: &Router, path: &str) -> Value {
    get(service, path).await.json()
}

async fn page(service: &Router, path: &str) -> Html {
    let html = Html::parse_document(std::str::from_utf8(&get(service, path).await.body).unwrap());
    assert!(html.errors.is_empty(), "{path}: {:?}", html.errors);
    html
}

fn select<'a>(html: &'a Html, selector: &str) -> Vec<ElementRef<'a>> {
    html.select(&Selector::parse(selector).unwrap()).collect()
}

fn text(element: ElementRef<'_>) -> String {
    element.text().collect()
}

fn main_text(html: &Html) -> String {
    text(select(html, "main")[0])
}

fn items(list: &Value) -> &Vec<Value> {
    list["items"].as_array().unwrap()
}

#[tokio::test]
async fn without_statements_every_list_format_and_page_says_that_there_is_nothing() {
    let service = empty().await;
    for list in ["statements", "clauses", "dates", "milestones", "actors", "locations", "notes", "changes"] {
        let list = json_of(
            &service,
            &format!(
                "/v1/{list}?count=true&facets={}",
                if list == "changes" {
                    "resource"
                } else if list == "dates" {
                    "type"
                } else {
                    "kind"
                }
            ),
        )
        .await;
        assert_eq!((list["items"].clone(), list["next"].clone(), list["meta"]["total"].clone()), (json!([]), Value::Null, json!(0)));
    }
    let index = json_of(&service, "/v1").await;
    for resource in index["resources"].as_array().unwrap() {
        for format in resource["formats"].as_array().unwrap() {
            get(&service, &format!("/v1/{}{}", resource["name"].as_str().unwrap(), format.as_str().unwrap())).await;
        }
    }
    assert_eq!(json_of(&service, "/v1/search?q=Iraq&facets=statement").await["items"], json!([]));
    for quotation in ["words", "كلام"] {
        let verdict = json_of(&service, &format!("/v1/verify?text={quotation}")).await;
        assert_eq!((verdict["match"].as_str(), verdict["statement"].clone()), (Some("none"), Value::Null));
    }
    assert_eq!(json_of(&service, "/health/ready").await["status"], "ready");
    for (language, nothing) in [("en", ["nothing here yet", "No statement is published"]), ("ar", ["لا شيء هنا بعد", "لم يُنشر هنا بيان"])]
    {
        for path in PAGES {
            let words = main_text(&page(&service, &format!("/{language}/{path}")).await);
            assert!(path == "search" || nothing.iter().any(|nothing| words.contains(nothing)), "{language}/{path}: {words}");
        }
    }
    assert_eq!(send(&service, Method::GET, "/en/actors/iraq", &[]).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn every_list_selects_by_statement_and_counts_them() {
    let service = several().await;
    for list in LISTS {
        let all = json_of(&service, &format!("/v1/{list}?count=true")).await["meta"]["total"].as_i64().unwrap();
        let mut sum = 0;
        for statement in STATEMENTS {
            let of_one = json_of(&service, &format!("/v1/{list}?statement={statement}&count=true&limit=200")).await;
            assert!(items(&of_one).iter().all(|item| item.get("statement").is_none_or(|own| own == statement)), "{list} {statement}");
            sum += of_one["meta"]["total"].as_i64().unwrap();
        }
        // An actor or a place may be named in several.
        assert!(if ["actors", "locations"].contains(&list) { sum > all } else { sum == all }, "{list}: {sum} of {all}");
    }
    let facets = json_of(&service, "/v1/clauses?facets=statement").await["meta"]["facets"]["statement"].clone();
    let counted: BTreeSet<&str> = facets.as_array().unwrap().iter().map(|facet| facet["value"].as_str().unwrap()).collect();
    assert_eq!(counted, BTreeSet::from(STATEMENTS));
    for (parameters, expected) in
        [("language=en", &[ENGLISH][..]), ("kind=declaration", &[ARABIC]), ("q=river", &[ENGLISH]), ("actor=upland&sort=position", &[ENGLISH, ARABIC])]
    {
        let list = json_of(&service, &format!("/v1/statements?{parameters}")).await;
        let found: Vec<&str> = items(&list).iter().map(|item| item["id"].as_str().unwrap()).collect();
        assert_eq!(found, expected, "{parameters}");
        assert!(items(&list).iter().all(|item| item["source"].get("text").is_none()), "the text is on the single one only");
    }
}

#[tokio::test]
async fn a_search_and_a_verdict_cover_one_statement_or_all() {
    let service = several().await;
    let found = json_of(&service, "/v1/search?q=river&facets=statement").await;
    assert!(items(&found).len() > 3);
    for statement in STATEMENTS {
        let of_one = json_of(&service, &format!("/v1/search?q=river&statement={statement}")).await;
        let belongs =
            |hit: &Value| hit["item"].get("statement").map_or(hit["resource"] != "statements" || hit["item"]["id"] == statement, |own| own == statement);
        assert!(items(&of_one).iter().all(belongs), "{statement}");
        assert_eq!(items(&of_one).is_empty(), statement == "iq-us-2024-09-27");
    }
    let rejected = send(&service, Method::GET, "/v1/search?q=river&statement=nothing", &[]).await;
    assert_eq!((rejected.status, rejected.json()["errors"][0]["parameter"].as_str()), (StatusCode::BAD_REQUEST, Some("statement")));
    let words = "text=no%20later%20than%20the%20end%20of%20September%202025";
    let [everywhere, elsewhere] = [format!("/v1/verify?{words}"), format!("/v1/verify?{words}&statement={ENGLISH}")];
    assert_eq!(json_of(&service, &everywhere).await["statement"], "iq-us-2024-09-27");
    assert_ne!(json_of(&service, &elsewhere).await["match"], "exact");
}

#[tokio::test]
async fn an_english_source_is_the_original_and_its_arabic_is_the_translation() {
    let service = several().await;
    let english = "both sides will open the gauges at Sarn Bridge by the end of June 2030";
    let arabic = "الجانبين سيفتحان المقاييس عند جسر سارن بحلول نهاية حزيران 2030";
    let verdict = |words: &str| format!("/v1/verify?text={}", percent_encoding::utf8_percent_encode(words, percent_encoding::NON_ALPHANUMERIC));
    let original = json_of(&service, &verdict(english)).await;
    assert_eq!(
        (original["match"].as_str(), original["of"].as_str(), original["verbatim"].as_bool()),
        (Some("exact"), Some("source"), Some(true)),
        "{original}"
    );
    assert_eq!(
        (original["statement"].as_str(), original["voice"].as_str(), original["quote"]["exact"].as_str()),
        (Some(ENGLISH), Some("statement"), Some(english))
    );
    assert!(original["verdict"]["en"].as_str().unwrap().contains("communiqué on the river Sarn"), "of several, the verdict names the statement");
    let translated = json_of(&service, &verdict(arabic)).await;
    assert_eq!((translated["of"].as_str(), translated["verbatim"].as_bool()), (Some("working_translation"), Some(false)), "{translated}");
    assert!(translated["verdict"]["en"].as_str().unwrap().contains("in English") && translated["verdict"]["ar"].as_str().unwrap().contains("الإنكليزي"));
    let altered = json_of(&service, &verdict("both sides will close the gauges at Sarn Bridge by the end of June 2030")).await;
    assert_eq!((altered["match"].as_str(), altered["of"].as_str()), (Some("altered"), Some("source")));

    let clause = json_of(&service, &format!("/v1/clauses/{ENGLISH}-2a")).await;
    assert_eq!((clause["text"]["en"].as_str(), clause["text"]["ar"].as_str(), clause["quote"]["exact"].as_str()), (Some(english), Some(arabic), Some(english)));
    let hits = json_of(&service, "/v1/clauses?q=gauges").await;
    let highlight = items(&hits)[0]["highlights"].as_array().unwrap().iter().find(|highlight| highlight["field"] == "text.en").unwrap().clone();
    assert!(highlight["source_start"].is_number(), "{highlight}");
    for query in ["المقاييس", "%D8%AD%D8%B2%D9%8A%D8%B1%D8%A7%D9%86", "June"] {
        let hits = json_of(&service, &format!("/v1/clauses?q={query}&statement={ENGLISH}")).await;
        assert!(items(&hits).iter().any(|hit| hit["label"] == "2a"), "{query}");
    }

    let note = json_of(&service, "/v1/notes?q=inflow").await;
    assert!(items(&note)[0]["highlights"].as_array().unwrap().iter().any(|highlight| highlight["field"] == "quote.exact"), "{note}");
    let formats = format!("/v1/clauses/{ENGLISH}-2a");
    let plain = |path: String| async move {
        let body = String::from_utf8(get(&several().await, &path).await.body).unwrap();
        body.replace(['\u{2068}', '\u{2069}'], "")
    };
    let own = plain(format!("{formats}.txt?lang=en")).await;
    assert!(own.contains(&format!("“{english}”")) && !own.contains("translation") && !own.contains(arabic), "{own}");
    let other = plain(format!("{formats}.txt")).await;
    assert!(
        other.contains(&format!("«{arabic}»")) && other.contains("ترجمة غير رسمية") && other.contains("الكلمات الإنكليزية") && other.contains(english),
        "{other}"
    );
    let linked = json_of(&service, &format!("{formats}.jsonld")).await;
    assert_eq!((linked["text"]["@language"].as_str(), linked["workTranslation"]["text"]["@language"].as_str()), (Some("en"), Some("ar")), "{linked}");
    assert!(plain(format!("{formats}.csl.json?lang=ar")).await.contains("بالعربية (ترجمة غير رسمية)"));
    let calendar = plain(format!("/v1/milestones.ics?statement={ENGLISH}&lang=ar")).await.replace("\r\n ", "");
    assert!(calendar.contains("“both sides will open") && calendar.contains("ترجمة غير رسمية") && !calendar.contains("«both"), "{calendar}");

    for (language, first) in [("en", "source"), ("ar", "translation")] {
        let html = page(&service, &format!("/{language}/statements/{ENGLISH}")).await;
        let source = select(&html, "article[id='2a'] blockquote.source")[0];
        let words = select(&html, "[id='2a-quotation']")[0];
        assert_eq!((text(words).as_str(), source.attr("lang"), source.attr("dir")), (english, Some("en"), Some("ltr")));
        let translation = select(&html, "article[id='2a'] blockquote.translation")[0];
        assert_eq!((text(translation).as_str(), translation.attr("lang"), translation.attr("dir")), (arabic, Some("ar"), Some("rtl")));
        assert_eq!(select(&html, "article[id='2a'] blockquote")[0].attr("class"), Some(first), "the language of the page comes first");
        assert_eq!(select(&html, ".full-source .source")[0].attr("dir"), Some("ltr"));
        let fragment = select(&html, "article[id='2a'] a[href*=':~:text=']")[0].attr("href").unwrap();
        // A comma of the words is encoded, so that each other one separates two terms.
        let last = percent_encoding::percent_decode_str(fragment.rsplit(',').next().unwrap()).decode_utf8().unwrap();
        assert!(fragment.contains(":~:text=2a-,") && last.contains(' ') && english.ends_with(&*last), "{fragment}");
        let citation = text(select(&html, "[id='2a-citation']")[0]);
        let expected =
            if language == "en" { "As reported by Example Agency (in English)" } else { "نقلاً عن وكالة المثال (بالإنكليزية)" };
        assert!(citation.contains(english) && citation.contains(expected), "{citation}");
    }
}

#[tokio::test]
async fn a_citation_of_a_statement_is_a_link_both_ways() {
    let service = several().await;
    let clause = json_of(&service, &format!("/v1/clauses/{ARABIC}-2a")).await;
    assert_eq!(clause["citations"][0]["url"], format!("/v1/statements/{ENGLISH}"));
    let cited = json_of(&service, &format!("/v1/statements/{ENGLISH}")).await;
    assert_eq!(cited["citation_count"], 1);
    assert_eq!((cited["cited_by"][0]["id"].as_str(), cited["cited_by"][0]["statement"].as_str()), (Some("ex-sarn-2030-08-20-2a"), Some(ARABIC)));
    let list = json_of(&service, &format!("/v1/clauses?cites={ENGLISH}")).await;
    assert_eq!(items(&list).iter().map(|clause| clause["id"].as_str().unwrap()).collect::<Vec<_>>(), ["ex-sarn-2030-08-20-2a"]);
    let other = json_of(&service, "/v1/clauses/iq-us-2024-09-27-8c").await;
    assert_eq!(other["citations"][0]["url"], Value::Null, "a document that is no statement here");
    assert_eq!(send(&service, Method::GET, "/v1/clauses?cites=iraqi-laws", &[]).await.status, StatusCode::BAD_REQUEST);
    for language in ["ar", "en"] {
        let citing = page(&service, &format!("/{language}/statements/{ARABIC}")).await;
        assert!(!select(&citing, &format!("article[id='2a'] a[href$='/statements/{ENGLISH}']")).is_empty());
        let cited = page(&service, &format!("/{language}/statements/{ENGLISH}")).await;
        assert!(!select(&cited, &format!(".cited-by a[href$='/statements/{ARABIC}?clause=2a#2a']")).is_empty());
    }
}

#[tokio::test]
async fn pages_name_the_statement_of_each_item() {
    let service = several().await;
    for (language, river) in [("en", "communiqué on the river Sarn"), ("ar", "بيان بشأن نهر سارن")] {
        let home = page(&service, &format!("/{language}/")).await;
        assert_eq!(select(&home, ".statement-card").len(), 3);
        let list = page(&service, &format!("/{language}/statements")).await;
        assert_eq!(select(&list, "article.statement-card").len(), 3);
        let own = page(&service, &format!("/{language}/statements?language=en&kind=")).await;
        assert_eq!(select(&own, "article.statement-card h2").into_iter().map(text).filter(|title| title.contains(river)).count(), 1);
        assert_eq!(select(&own, "article.statement-card").len(), 1);
        assert_eq!(select(&own, "select[name=language] option[selected]")[0].attr("value"), Some("en"));
        assert!(select(&own, "link[rel=canonical]")[0].attr("href").unwrap().ends_with("?language=en"));
        let none = page(&service, &format!("/{language}/statements?language=en&kind=agreement")).await;
        assert_eq!(select(&none, ".nothing").len(), 1);

        let milestones = page(&service, &format!("/{language}/milestones")).await;
        assert_eq!(select(&milestones, ".timeline li").len(), select(&milestones, ".timeline li .of-statement").len());
        let of_one = page(&service, &format!("/{language}/milestones?statement={ENGLISH}")).await;
        assert_eq!(select(&of_one, "table.milestones tbody tr").len(), 3);
        assert!(select(&of_one, ".chosen").into_iter().any(|chosen| text(chosen).contains(river)));
        let milestone = page(&service, &format!("/{language}/milestones/{ENGLISH}-gauges-open")).await;
        assert!(text(select(&milestone, "head > title")[0]).contains(river) && text(select(&milestone, ".kicker")[0]).contains(river));
        assert_eq!(select(&milestone, ".quotation blockquote.source")[0].attr("lang"), Some("en"));

        let actor = page(&service, &format!("/{language}/actors/upland")).await;
        assert_eq!(select(&actor, ".statement-card").len(), 2);
        assert!(main_text(&actor).contains(river));
        let place = page(&service, &format!("/{language}/locations/vale-dam")).await;
        assert_eq!(select(&place, ".statement-card").len(), 2);
        let notes = page(&service, &format!("/{language}/notes?statement={ENGLISH}")).await;
        assert_eq!((select(&notes, ".note").len(), select(&notes, "blockquote.source")[0].attr("dir")), (1, Some("ltr")));
        let found = page(&service, &format!("/{language}/search?q=Sarn&statement={ENGLISH}")).await;
        assert!(select(&found, ".of-statement").into_iter().all(|name| text(name).contains(river)));
    }
    let invalid = send(&service, Method::GET, "/en/milestones?status=sometime", &[]).await;
    assert_eq!((invalid.status, invalid.header("content-type")), (StatusCode::BAD_REQUEST, "text/html; charset=utf-8"));
    assert_eq!(get(&service, "/en/milestones?utm_source=feed").await.status, StatusCode::OK);
}

#[tokio::test]
async fn a_long_list_is_divided_into_parts_that_together_have_every_item_once() {
    let service = several().await;
    let mut path = "/en/notes".to_owned();
    let all = json_of(&service, "/v1/notes?limit=200").await;
    let mut seen = Vec::new();
    loop {
        let html = page(&service, &path).await;
        seen.extend(select(&html, ".note.wide").iter().map(|note| note.attr("id").unwrap().to_owned()));
        let Some(next) = select(&html, "a[rel=next]").first().map(|next| next.attr("href").unwrap().to_owned()) else { break };
        path = next.replacen("..", "", 1);
    }
    assert_eq!((seen.len(), seen.iter().collect::<BTreeSet<_>>().len()), (items(&all).len(), items(&all).len()));
    let note = items(&all)[0]["id"].as_str().unwrap();
    let redirect = send(&service, Method::GET, &format!("/en/notes/{note}"), &[]).await;
    assert_eq!(redirect.status, StatusCode::TEMPORARY_REDIRECT);
    assert!(redirect.header("location").ends_with(&format!("#{note}")), "{}", redirect.header("location"));
    assert_eq!(send(&service, Method::GET, "/en/actors?cursor=bm9uZQ", &[]).await.status, StatusCode::BAD_REQUEST);
}

#[tokio::test]
async fn of_many_statements_a_quotation_is_compared_with_those_that_share_its_words() {
    let (_folder, database) = packages::copy().await;
    let declaration = std::fs::read_to_string(packages::example("sarn.ar.yaml")).unwrap();
    // More than are compared as a whole; each has a number of days of its own.
    let numbered = |number: usize| {
        let text = declaration.replace("ex-sarn-2030-08-20", &format!("ex-sarn-{number}")).replace("عشرة أيام", &format!("{number} أيام"));
        Package::from_text(format!("{number}.yaml").into(), text)
    };
    let all: Vec<Package> = std::iter::once(Package::open(&packages::example("sarn.en.yaml"))).chain((103..140).map(numbered)).collect();
    packages::import(&database, packages::checked(&database, all).await).await;
    let service = service_of(&database).await;
    let verdict = |words: &str| format!("/v1/verify?text={}", percent_encoding::utf8_percent_encode(words, percent_encoding::NON_ALPHANUMERIC));
    for (words, expected) in [
        ("بإبلاغ السفلى قبل 138 أيام من كل تغيير", ("exact", json!("ex-sarn-138"))),
        ("قبل 104 أيام من كل تغيير في الإطلاق", ("exact", json!("ex-sarn-104"))),
        ("and publish their readings every week", ("exact", json!(ENGLISH))),
        ("no later than the end of September 2025", ("exact", json!("iq-us-2024-09-27"))),
        ("both sides will shut the gauges at Sarn Bridge by the end of June 2030", ("altered", json!(ENGLISH))),
        ("كلام لا صلة له بشيء منشور", ("none", Value::Null)),
    ] {
        let verdict = json_of(&service, &verdict(words)).await;
        assert_eq!((verdict["match"].as_str().unwrap(), verdict["statement"].clone()), expected, "{words}");
    }
    let attributed = json_of(&service, &format!("{}&speaker=dam-engineer", verdict("the release would begin in mid-July"))).await;
    assert_eq!(attributed["attribution"]["holds"], true, "{attributed}");
    let list = page(&service, "/en/statements").await;
    assert_eq!(select(&list, "article.statement-card").len(), 39);
    let home = page(&service, "/en/").await;
    assert_eq!(select(&home, ".statement-card").len(), 10, "the home page shows the latest");
}

#[tokio::test]
async fn two_readings_of_one_text_both_count_whatever_their_ids() {
    let written = std::fs::read_to_string(packages::example("sarn.en.yaml")).unwrap();
    let speaker = "quote: in a meeting at Sarn Bridge\n    voice: agency\n    speaker: example-agency";
    assert!(written.contains(speaker));
    for other in ["a-reading", "z-reading"] {
        let (_folder, database) = packages::copy().await;
        let text = written.replace(ENGLISH, other).replace(speaker, "quote: in a meeting at Sarn Bridge\n    voice: third_party\n    speaker: dam-engineer");
        let second = Package::from_text(packages::example("second.yaml"), text);
        let all = vec![Package::open(&packages::example("sarn.en.yaml")), second];
        packages::import(&database, packages::checked(&database, all).await).await;
        let service = service_of(&database).await;
        for (parameters, holds) in
            [("", Value::Null), ("&speaker=example-agency", json!(true)), ("&speaker=dam-engineer", json!(true)), ("&voice=statement", json!(false))]
        {
            for words in [
                "in%20a%20meeting%20at%20Sarn%20Bridge",
                "%D9%81%D9%8A%20%D8%A7%D8%AC%D8%AA%D9%85%D8%A7%D8%B9%20%D8%B9%D9%86%D8%AF%20%D8%AC%D8%B3%D8%B1%20%D8%B3%D8%A7%D8%B1%D9%86",
            ] {
                let verdict = json_of(&service, &format!("/v1/verify?text={words}{parameters}")).await;
                assert_eq!(verdict["attribution"]["holds"], holds, "{other} {parameters}");
                let of = |member: &str, field: &str| verdict[member].as_array().unwrap().iter().map(|item| item[field].as_str().unwrap().to_owned()).collect();
                let (statements, clauses): (BTreeSet<String>, BTreeSet<String>) = (of("occurrences", "statement"), of("clauses", "id"));
                assert_eq!(statements, [ENGLISH, other].map(str::to_owned).into());
                assert_eq!(clauses, [ENGLISH, other].map(|statement| format!("{statement}-1b")).into());
                let voices: BTreeSet<&str> = verdict["voices"].as_array().unwrap().iter().filter_map(Value::as_str).collect();
                assert_eq!(voices, ["agency", "third_party"].into());
            }
        }
        let attributed = json_of(&service, "/v1/verify?text=in%20a%20meeting%20at%20Sarn%20Bridge&speaker=dam-engineer").await;
        assert_eq!((attributed["statement"].as_str(), attributed["voice"].as_str()), (Some(other), Some("third_party")), "the asked speaker's is shown first");
    }
}

#[tokio::test]
async fn a_medium_reports_a_statement_and_issuers_publish_their_own() {
    let service = several().await;
    for (statement, medium, verb, of_article) in
        [(ENGLISH, json!("example-agency"), "Reported by", "NewsArticle"), (ARABIC, Value::Null, "Published by", "Report")]
    {
        let item = json_of(&service, &format!("/v1/statements/{statement}")).await;
        assert_eq!(item["source"]["medium"], medium);
        assert_eq!(json_of(&service, &format!("/v1/statements/{statement}.package.json")).await["source"].get("medium").cloned().unwrap_or_default(), medium);
        let page = main_text(&page(&service, &format!("/en/statements/{statement}")).await);
        assert_eq!(
            ["Reported by", "Published by"].map(|other| page.contains(other)),
            ["Reported by", "Published by"].map(|other| other == verb),
            "{statement}"
        );
        let linked = String::from_utf8(get(&service, &format!("/v1/statements/{statement}.jsonld")).await.body.clone()).unwrap();
        assert!(linked.contains(&format!("\"{of_article}\"")), "{linked}");
        let cited = json_of(&service, &format!("/v1/statements/{statement}.csl.json")).await;
        assert_eq!(cited.to_string().contains("As reported by"), medium != Value::Null, "{cited}");
    }
}
