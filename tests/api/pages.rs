//! The pages as a browser without JavaScript gets them. (`.ci/browser` tests them in a browser with JavaScript.)

use std::collections::{BTreeMap, BTreeSet};

use axum::{
    Router,
    http::{Method, StatusCode},
};
use bayan::clock::Clock;
use chrono::{DateTime, TimeDelta};
use scraper::{ElementRef, Html, Selector};
use serde_json::Value;
use url::Url;

use crate::{TODAY, all, get, json, published, send, service, service_on};

const STATEMENT: &str = "iq-us-2024-09-27";

/// A page, parsed; it must be well-formed.
pub(crate) async fn page(service: &Router, path: &str) -> Html {
    let answer = send(service, Method::GET, path, &[]).await;
    assert_eq!((answer.status, answer.header("content-type")), (StatusCode::OK, "text/html; charset=utf-8"), "{path}");
    let html = Html::parse_document(std::str::from_utf8(&answer.body).unwrap());
    assert!(html.errors.is_empty(), "{path}: {:?}", html.errors);
    html
}

pub(crate) fn select<'a>(html: &'a Html, selector: &str) -> Vec<ElementRef<'a>> {
    html.select(&Selector::parse(selector).unwrap()).collect()
}

pub(crate) fn text(element: ElementRef<'_>) -> String {
    element.text().collect()
}

/// The paths of all pages in a language.
async fn paths(language: &str) -> Vec<String> {
    let mut paths: Vec<String> = ["", "milestones", "locations", "actors", "notes", "search"].iter().map(|path| format!("/{language}/{path}")).collect();
    paths.push(format!("/{language}/statements/{STATEMENT}"));
    let items = ["clauses/{}-6b", "clauses/{}-4a", "clauses/{}-10f", "dates/{}-6c-d1", "verify", "changes", "actors/iraq", "locations/iraq"];
    paths.extend(items.map(|path| format!("/{language}/{}", path.replace("{}", STATEMENT))));
    paths.extend(all("milestones").await.iter().map(|milestone| format!("/{language}/milestones/{}", milestone["id"].as_str().unwrap())));
    paths
}

#[tokio::test]
async fn every_page_names_its_language_and_links_to_the_other() {
    let service = service_on(TODAY).await;
    for (language, direction, other) in [("ar", "rtl", "en"), ("en", "ltr", "ar")] {
        for path in paths(language).await {
            let answer = send(&service, Method::GET, &path, &[]).await;
            assert_eq!(answer.header("content-language"), language, "{path}");
            let html = page(&service, &path).await;
            let root = html.root_element();
            assert_eq!((root.attr("lang"), root.attr("dir")), (Some(language), Some(direction)), "{path}");
            for (code, expected) in [(language, path.clone()), (other, path.replacen(language, other, 1))] {
                let alternate = select(&html, &format!("link[rel=alternate][hreflang={code}]"));
                assert_eq!(alternate[0].attr("href"), Some(expected.as_str()), "{path}");
            }
            assert_eq!(select(&html, "link[rel=canonical]")[0].attr("href"), Some(path.as_str()));
            for required in ["head > title", "meta[name=description]", "meta[property='og:title']", "main h1", "a.skip[href='#content']"] {
                assert_eq!(select(&html, required).len(), 1, "{path}: {required}");
            }
            let ids: Vec<&str> = select(&html, "[id]").iter().map(|element| element.attr("id").unwrap()).collect();
            assert_eq!(ids.iter().collect::<BTreeSet<_>>().len(), ids.len(), "{path}: ids are unique");
        }
    }
}

#[tokio::test]
async fn a_page_links_to_its_data_and_contains_it_as_json_ld() {
    let service = service_on(TODAY).await;
    for (path, resource, id) in [("statements", "statements", STATEMENT), ("milestones", "milestones", "iq-us-2024-09-27-mission-in-iraq-ends")] {
        let html = page(&service, &format!("/ar/{path}/{id}")).await;
        let embedded: Value = serde_json::from_str(&text(select(&html, "script[type='application/ld+json']")[0])).unwrap();
        let served = send(&service, Method::GET, &format!("/v1/{resource}/{id}.jsonld?lang=ar"), &[]).await.json();
        assert_eq!(embedded, served, "{path}");
    }
    let index = json("/v1").await;
    for resource in ["milestones", "locations", "actors", "notes"] {
        let html = page(&service, &format!("/en/{resource}")).await;
        let linked: Vec<&str> = select(&html, "link[rel=alternate][type]:not([title=oEmbed])").iter().map(|link| link.attr("href").unwrap()).collect();
        let listed = index["resources"].as_array().unwrap().iter().find(|listed| listed["name"] == resource).unwrap();
        let suffixes = linked.iter().map(|href| href.trim_start_matches(&format!("../v1/{resource}")).split('?').next().unwrap());
        assert_eq!(
            suffixes.collect::<Vec<_>>(),
            listed["formats"].as_array().unwrap().iter().map(|suffix| suffix.as_str().unwrap()).collect::<Vec<_>>(),
            "{resource}"
        );
    }
}

#[tokio::test]
async fn absolute_urls_begin_with_the_public_url_and_links_are_relative() {
    let service = service(Clock::system(Some(TODAY.parse().unwrap())), Some("https://bayan.example/statements")).await;
    let html = page(&service, "/ar/milestones").await;
    assert_eq!(select(&html, "link[rel=canonical]")[0].attr("href"), Some("https://bayan.example/statements/ar/milestones"));
    assert_eq!(select(&html, "meta[property='og:url']")[0].attr("content"), Some("https://bayan.example/statements/ar/milestones"));
    assert!(
        select(&html, "a, link[rel=stylesheet], script")
            .iter()
            .filter_map(|element| element.attr("href").or(element.attr("src")))
            .all(|href| !href.starts_with('/'))
    );
    let html = page(&service, &format!("/en/statements/{STATEMENT}")).await;
    let citation = text(select(&html, "[id='6c-citation']")[0]);
    assert!(citation.ends_with(&format!(" https://bayan.example/statements/en/statements/{STATEMENT}#6c")), "{citation}");
}

#[tokio::test]
async fn every_link_leads_to_a_page_with_the_anchor_that_it_names() {
    let service = service_on(TODAY).await;
    let start = Url::parse("http://bayan.test/en/").unwrap();
    let (mut open, mut seen) = (vec![start.clone(), start.join("/ar/").unwrap()], BTreeMap::<String, Option<BTreeSet<String>>>::new());
    let mut anchors = Vec::new();
    while let Some(url) = open.pop() {
        if seen.contains_key(url.path()) {
            continue;
        }
        let path = url[url::Position::BeforePath..url::Position::AfterQuery].to_owned();
        let mut answer = send(&service, Method::GET, &path, &[]).await;
        let mut base = url.clone();
        if answer.status == StatusCode::TEMPORARY_REDIRECT || answer.status == StatusCode::SEE_OTHER {
            base = url.join(answer.header("location")).unwrap();
            answer = send(&service, Method::GET, base.path(), &[]).await;
        }
        assert_eq!(answer.status, StatusCode::OK, "{path}");
        if !answer.header("content-type").starts_with("text/html") || url.path().starts_with("/docs") {
            seen.insert(url.path().to_owned(), None);
            continue;
        }
        let html = Html::parse_document(std::str::from_utf8(&answer.body).unwrap());
        seen.insert(url.path().to_owned(), Some(select(&html, "[id]").iter().map(|element| element.attr("id").unwrap().to_owned()).collect()));
        for element in select(&html, "a[href], link[href], script[src]") {
            let to = base.join(element.attr("href").or(element.attr("src")).unwrap()).unwrap();
            // A bookmarklet.
            if to.scheme() == "javascript" {
                continue;
            }
            if to.host_str() != Some("bayan.test") {
                assert_eq!((element.attr("rel"), to.scheme()), (Some("external"), "https"), "{to}");
                continue;
            }
            if let Some(fragment) = to.fragment() {
                anchors.push((path.clone(), to.path().to_owned(), fragment.split(":~:").next().unwrap().to_owned()));
            }
            open.push(to);
        }
    }
    assert!(seen.len() > 60 && anchors.len() > 500, "{} pages, {} anchors", seen.len(), anchors.len());
    for (from, path, anchor) in anchors {
        assert!(seen[&path].as_ref().is_some_and(|ids| ids.contains(&anchor)), "{from} links to {path}#{anchor}");
    }
}

#[tokio::test]
async fn pages_load_nothing_from_other_hosts_and_have_no_inline_script_or_style() {
    let service = service_on(TODAY).await;
    for path in paths("ar").await.into_iter().chain(paths("en").await).chain(["/en/nothing".to_owned()]) {
        let answer = send(&service, Method::GET, &path, &[]).await;
        let policy = answer.header("content-security-policy");
        assert!(policy.starts_with("default-src 'none'; ") && !policy.contains("unsafe") && policy.contains("frame-ancestors 'none'"), "{policy}");
        assert_eq!((answer.header("x-content-type-options"), answer.header("referrer-policy")), ("nosniff", "strict-origin-when-cross-origin"));
        let html = Html::parse_document(std::str::from_utf8(&answer.body).unwrap());
        assert!(select(&html, "style, [style], script:not([src]):not([type='application/ld+json']), iframe, object, base").is_empty(), "{path}");
        for element in select(&html, "*") {
            assert!(element.value().attrs().all(|(name, _)| !name.starts_with("on")), "{path}: {}", element.html());
        }
        for element in select(&html, "[src], link[rel=stylesheet], link[rel=icon]") {
            let address = element.attr("src").or(element.attr("href")).unwrap();
            assert!(address.starts_with("../"), "{path}: {address}");
        }
    }
}

/// The text nodes of a page that are not marked as another language.
fn native_text(html: &Html, other: char) -> Vec<String> {
    let mut words = Vec::new();
    for node in html.root_element().descendants() {
        let Some(text) = node.value().as_text() else { continue };
        let is_marked = node.ancestors().filter_map(ElementRef::wrap).any(|element| {
            let name = element.value().name();
            ["bdi", "script", "code"].contains(&name) || element.attr("lang").is_some_and(|lang| lang.starts_with(other))
        });
        if !is_marked {
            // A title has no elements: its runs are in isolates.
            words.push(text.split('\u{2068}').map(|part| part.rsplit('\u{2069}').next().unwrap_or_default()).collect());
        }
    }
    words
}

#[tokio::test]
async fn runs_in_the_other_script_are_marked() {
    let service = service_on(TODAY).await;
    for path in paths("ar").await.into_iter().chain(["/ar/nothing".to_owned()]) {
        let answer = send(&service, Method::GET, &path, &[]).await;
        let html = Html::parse_document(std::str::from_utf8(&answer.body).unwrap());
        for words in native_text(&html, 'e') {
            assert!(!words.contains(|c: char| c.is_ascii_alphabetic()), "{path} has unmarked Latin letters: {words}");
        }
        for element in select(&html, "[aria-label], [title], [data-done], meta[name=description]") {
            for name in ["aria-label", "title", "data-done", "data-selected"] {
                // The names of formats are their names in every language.
                let is_format = element.value().name() == "link";
                assert!(is_format || !element.attr(name).unwrap_or_default().contains(|c: char| c.is_ascii_alphabetic()), "{path}: {}", element.html());
            }
        }
    }
    for path in paths("en").await {
        for words in native_text(&page(&service, &path).await, 'a') {
            assert!(!words.contains(|c: char| ('\u{600}'..='\u{6FF}').contains(&c)), "{path} has unmarked Arabic letters: {words}");
        }
    }
}

#[tokio::test]
async fn a_statement_shows_every_clause_verbatim_with_its_voice_and_its_notes() {
    let service = service_on(TODAY).await;
    for language in ["ar", "en"] {
        let html = page(&service, &format!("/{language}/statements/{STATEMENT}")).await;
        let clauses = all("clauses").await;
        assert_eq!(select(&html, "article.clause").len(), clauses.len());
        for clause in &clauses {
            let label = clause["label"].as_str().unwrap();
            let article = select(&html, &format!("article[id='{label}']"))[0];
            let exact = select(&html, &format!("[id='{label}-quotation']"))[0];
            assert_eq!(text(exact), clause["quote"]["exact"].as_str().unwrap(), "{label}: what is copied");
            assert_eq!(article.attr("data-voice"), clause["voice"].as_str());
            assert!(article.select(&Selector::parse(".gutter .voice").unwrap()).next().is_some_and(|voice| !text(voice).is_empty()), "a voice has a word");
            let notes: Vec<String> = article.select(&Selector::parse(".note > p + p").unwrap()).map(text).collect();
            let mut by_severity: Vec<&Value> = clause["notes"].as_array().unwrap().iter().collect();
            by_severity.sort_by_key(|note| ["critical", "major", "minor"].iter().position(|severity| note["severity"] == *severity));
            let expected: Vec<&str> = by_severity.iter().map(|note| note["text"][language].as_str().unwrap()).collect();
            let minor = by_severity.iter().filter(|note| note["severity"] == "minor").count();
            assert_eq!(article.select(&Selector::parse("details.minor-notes .note").unwrap()).count(), minor, "{label}: minor notes are collapsed");
            assert_eq!(notes, expected, "{label}");
        }
        let whole: Vec<String> = select(&html, ".full-source .source p").into_iter().map(text).collect();
        assert_eq!(whole.join("\n"), json(&format!("/v1/statements/{STATEMENT}")).await["source"]["text"].as_str().unwrap());
    }
}

/// Checks the attributions on the page of the statement and on those of milestones.
#[tokio::test]
async fn pages_name_the_speaker_and_word_only_the_statements_deadline_as_one() {
    let service = service_on(TODAY).await;
    for (language, officer, agency, statement) in
        [("en", "A senior Iraqi officer (unnamed)", "Shafaq News Agency", "Statement"), ("ar", "ضابط عراقي كبير", "وكالة شفق نيوز", "البيان")]
    {
        let html = page(&service, &format!("/{language}/statements/{STATEMENT}")).await;
        for clause in all("clauses").await {
            let label = clause["label"].as_str().unwrap();
            let voice = text(select(&html, &format!("article[id='{label}'] .gutter .voice"))[0]);
            let expected = match clause["voice"].as_str().unwrap() {
                "statement" => statement,
                "agency" => agency,
                _ => officer,
            };
            assert_eq!(voice, expected, "{label}");
        }
        let names: Vec<String> = select(&html, ".voices .voice").into_iter().map(text).collect();
        assert_eq!(names, [statement, officer, agency]);
    }
    for (id, language, expected) in [
        ("mission-in-iraq-ends", "en", "no later than 30 September 2025"),
        ("mission-in-iraq-ends", "ar", "في موعد أقصاه 30 أيلول/سبتمبر 2025"),
        ("evacuation-mid-2025", "en", "mid-2025 or slightly before, according to a senior Iraqi officer (unnamed)"),
        ("evacuation-mid-2025", "ar", "منتصف 2025 أو قبله بقليل (بحسب ضابط عراقي كبير)"),
        ("practical-steps-begun", "en", "on or before 27 September 2024"),
        ("practical-steps-begun", "ar", "في 27 أيلول/سبتمبر 2024 أو قبله"),
        ("mission-in-syria-continues", "en", "until September 2026"),
        ("mission-in-syria-continues", "ar", "حتى أيلول/سبتمبر 2026"),
    ] {
        let html = page(&service, &format!("/{language}/milestones/{STATEMENT}-{id}")).await;
        assert!(text(select(&html, ".current-status")[0]).starts_with(expected), "{id}: {}", text(select(&html, ".current-status")[0]));
        let main = text(select(&html, "main")[0]);
        let is_deadline = id == "mission-in-iraq-ends";
        assert_eq!(main.contains("no later than") || main.contains("في موعد أقصاه"), is_deadline, "{id}");
    }
}

#[tokio::test]
async fn a_statement_shows_each_lead_in_once_and_other_publications_of_it() {
    let service = service_on(TODAY).await;
    let statement = json(&format!("/v1/statements/{STATEMENT}")).await;
    let clauses = all("clauses").await;
    let lead_ins: BTreeSet<&str> = clauses.iter().filter_map(|clause| clause["lead_in"]["id"].as_str()).collect();
    for language in ["ar", "en"] {
        let html = page(&service, &format!("/{language}/statements/{STATEMENT}")).await;
        let shown: Vec<String> = select(&html, ".lead-in .source").into_iter().map(text).collect();
        assert_eq!(shown.len(), lead_ins.len());
        assert!(shown.contains(&"وأشار الضابط إلى أن".to_owned()), "{shown:?}");
        assert_eq!(select(&html, ".lead-in .translation").len(), lead_ins.len());
        let versions = statement["versions"].as_array().unwrap();
        let listed: Vec<String> = select(&html, ".versions li").into_iter().map(text).collect();
        assert_eq!(listed.len(), versions.len());
        for (version, item) in versions.iter().zip(listed) {
            assert!(
                item.contains(version["publisher"][language].as_str().unwrap()) && item.contains(version["description"][language].as_str().unwrap()),
                "{item}"
            );
        }
    }
}

#[tokio::test]
async fn a_citation_has_the_words_the_voice_the_source_and_the_critical_notes() {
    let html = page(&service_on(TODAY).await, &format!("/en/statements/{STATEMENT}")).await;
    let citation = |label: &str| text(select(&html, &format!("[id='{label}-citation']"))[0]);
    let officer = citation("4a");
    for part in ["منتصف العام المقبل 2025", "our translation", "clause 4a", "not by the statement", "Shafaq News Agency", "27 September 2024", "forecast alone"]
    {
        assert!(officer.contains(part), "{part}: {officer}");
    }
    assert!(citation("10f").contains("An evident error of the source"));
    assert!(!citation("6c").contains("Note:"));
}

#[tokio::test]
async fn dated_milestones_are_on_the_timeline_and_undated_ones_are_listed() {
    let service = service_on(TODAY).await;
    let milestones = all("milestones").await;
    let count = |test: fn(&Value) -> bool| milestones.iter().filter(|one| test(one)).count();
    for language in ["ar", "en"] {
        let html = page(&service, &format!("/{language}/milestones")).await;
        assert_eq!(select(&html, ".timeline li").len(), count(|one| !one["date"]["edtf"].is_null()));
        assert_eq!(select(&html, ".timeline .flag").len(), count(|one| one["kind"] == "deadline"));
        assert_eq!(select(&html, ".timeline .hatched").len(), count(|one| one["kind"] == "forecast" && !one["date"]["edtf"].is_null()));
        let reports = milestones.iter().filter(|one| !one["date"]["edtf"].is_null()).map(|one| one["developments"].as_array().unwrap().len()).sum::<usize>();
        assert_eq!(select(&html, ".timeline .report").len(), reports, "the reports of the milestones on it");
        let undated = count(|one| one["date"]["edtf"].is_null());
        assert_eq!(select(&html, ".milestone-list li").len(), undated);
        assert!(text(select(&html, "#undated-title")[0]).contains(&undated.to_string()));
        assert_eq!(select(&html, "table.milestones tbody tr").len(), milestones.len());
    }
}

/// DESIGN: no day is invented for a month, and an estimate says that it is one.
#[tokio::test]
async fn no_page_shows_an_estimated_date_as_an_exact_day() {
    for today in [TODAY, "2025-08-20"] {
        let service = service_on(today).await;
        for milestone in all("milestones").await {
            let edtf = milestone["date"]["edtf"].as_str().unwrap_or_default();
            let is_estimated = edtf.rsplit('/').next().unwrap().contains(['~', '?', '%']);
            if !is_estimated {
                continue;
            }
            let title = |language: &str| milestone["title"][language].as_str().unwrap().to_owned();
            for (language, unit, about) in [("en", " day", "about "), ("ar", " يوم", "نحو ")] {
                let is_exact = |shown: &str| {
                    shown.match_indices(unit).any(|(at, _)| {
                        let before = shown[..at].trim_end_matches(|digit: char| digit.is_ascii_digit());
                        before.len() < at && !before.ends_with(about)
                    })
                };
                let list = page(&service, &format!("/{language}/milestones")).await;
                let row = select(&list, "table.milestones tr").into_iter().find(|row| text(*row).contains(&title(language))).unwrap();
                let own = page(&service, &format!("/{language}/milestones/{}", milestone["id"].as_str().unwrap())).await;
                for shown in [row].into_iter().chain(select(&own, ".current-status")).map(text) {
                    assert!(!is_exact(&shown), "{edtf} in {language} on {today}: {shown}");
                }
            }
        }
    }
}

#[tokio::test]
async fn a_milestone_shows_later_reports_and_never_says_that_a_promise_was_kept() {
    let service = service_on("2026-11-24").await;
    for milestone in all("milestones").await {
        let html = page(&service, &format!("/en/milestones/{}", milestone["id"].as_str().unwrap())).await;
        let main = text(select(&html, "main")[0]);
        let reports = milestone["developments"].as_array().unwrap();
        assert_eq!(main.contains("No later report found as of 27 November 2026"), reports.is_empty(), "{}", milestone["id"]);
        assert!(main.contains("27 November 2026"), "it says when reports were last looked for");
        for report in reports {
            assert!(main.contains(report["text"]["en"].as_str().unwrap()) && main.contains(report["sources"][0]["publisher"]["en"].as_str().unwrap()));
        }
        for condition in milestone["conditions"].as_array().unwrap() {
            let label = condition.as_str().unwrap().trim_start_matches(STATEMENT).trim_start_matches('-');
            assert!(select(&html, ".quotation .clause-label a").into_iter().any(|link| text(link) == label), "{label}");
        }
        for judgement in ["was kept", "was broken", "fulfilled", "overdue", "violated"] {
            assert!(!main.contains(judgement), "{}: {judgement}", milestone["id"]);
        }
    }
    let syria = page(&service, &format!("/en/milestones/{STATEMENT}-mission-in-syria-continues")).await;
    assert!(
        text(select(&syria, ".page-header")[0]).contains("September 2026 · The month named ended 55 days ago"),
        "{}",
        text(select(&syria, ".page-header")[0])
    );
}

#[tokio::test]
async fn only_specified_locations_are_on_the_map() {
    let html = page(&service_on(TODAY).await, "/en/locations").await;
    let drawn: String = select(&html, ".map text").into_iter().map(|label| text(label) + "\n").collect();
    for location in all("locations").await {
        let name = location["name"]["en"].as_str().unwrap();
        // Washington lies beyond its edge.
        let expected = location["unspecified"] == false && location["id"] != "washington-dc";
        assert_eq!(drawn.contains(name), expected, "{name}");
        assert!(select(&html, &format!("li[id='{}']", location["id"].as_str().unwrap())).len() == 1, "{name} is listed");
    }
    let circles = select(&html, ".map .precision").len();
    assert_eq!(circles, 4, "a circle for each place except countries, which are shaded");
    assert_eq!(select(&html, ".map .land.shown").len(), 2);
}

#[tokio::test]
async fn a_page_has_an_etag_and_expires_at_midnight_in_baghdad_if_it_depends_on_today() {
    // 20:59:30 UTC is half a minute before midnight in Baghdad.
    let late = DateTime::parse_from_rfc3339("2024-10-01T20:59:30Z").unwrap().to_utc();
    let service = service(Clock::from_fn(move || late), None).await;
    for (path, age) in [("/en/", "public, max-age=30, stale-while-revalidate=0"), ("/ar/notes", "public, max-age=60, stale-while-revalidate=600")] {
        let answer = send(&service, Method::GET, path, &[("accept-encoding", "br")]).await;
        assert_eq!((answer.header("cache-control"), answer.header("content-encoding"), answer.header("vary")), (age, "br", "accept-encoding"), "{path}");
        let tag = answer.header("etag").to_owned();
        let again = send(&service, Method::GET, path, &[("accept-encoding", "br"), ("if-none-match", &tag)]).await;
        assert_eq!((again.status, again.body.len(), again.header("etag")), (StatusCode::NOT_MODIFIED, 0, tag.as_str()));
        let head = send(&service, Method::HEAD, path, &[("accept-encoding", "br")]).await;
        assert_eq!((head.status, head.body.len(), head.headers.get("content-length")), (StatusCode::OK, 0, answer.headers.get("content-length")));
    }
    let tomorrow = self::service(Clock::from_fn(move || late + TimeDelta::minutes(1)), None).await;
    let [today, tomorrow] = [send(&service, Method::GET, "/en/", &[]).await, send(&tomorrow, Method::GET, "/en/", &[]).await];
    assert!(String::from_utf8_lossy(&today.body).contains("1 October 2024") && String::from_utf8_lossy(&tomorrow.body).contains("2 October 2024"));
}

#[tokio::test]
async fn unknown_parameters_are_ignored() {
    let service = service_on(TODAY).await;
    let plain = send(&service, Method::GET, "/en/notes", &[]).await;
    let shared = send(&service, Method::GET, "/en/notes?utm_source=x&fbclid=%FF", &[]).await;
    assert_eq!((shared.status, shared.body), (StatusCode::OK, plain.body));
}

#[tokio::test]
async fn assets_are_immutable_under_their_version_and_served_under_an_old_one() {
    let service = service_on(TODAY).await;
    let html = page(&service, "/en/").await;
    for (selector, attribute, kind) in [
        ("link[rel=stylesheet]", "href", "text/css; charset=utf-8"),
        ("script[src]", "src", "text/javascript; charset=utf-8"),
        ("link[rel=icon]", "href", "image/svg+xml"),
    ] {
        let address = select(&html, selector)[0].attr(attribute).unwrap().trim_start_matches("..").to_owned();
        let answer = send(&service, Method::GET, &address, &[]).await;
        assert_eq!(
            (answer.status, answer.header("content-type"), answer.header("cache-control")),
            (StatusCode::OK, kind, "public, max-age=31536000, immutable")
        );
        let name = address.rsplit('/').next().unwrap();
        let old = send(&service, Method::GET, &format!("/assets/old/{name}"), &[]).await;
        assert_eq!((old.body, old.headers["cache-control"].to_str().unwrap()), (answer.body, "public, max-age=60, stale-while-revalidate=600"));
    }
    assert_eq!(send(&service, Method::GET, "/assets/old/secret", &[]).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn the_fonts_of_the_style_sheet_are_served_as_they_are_and_may_be_loaded() {
    let service = service_on(TODAY).await;
    let answer = send(&service, Method::GET, "/ar/", &[]).await;
    assert!(answer.header("content-security-policy").contains("font-src 'self'"));
    let html = page(&service, "/ar/").await;
    let sheet = select(&html, "link[rel=stylesheet]")[0].attr("href").unwrap().trim_start_matches("..").to_owned();
    let css = String::from_utf8(send(&service, Method::GET, &sheet, &[]).await.body).unwrap();
    let fonts: Vec<&str> = css.split("url(\"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
    assert_eq!(fonts.len(), 4, "{fonts:?}");
    for font in fonts {
        let path = format!("{}/{font}", sheet.rsplit_once('/').unwrap().0);
        let answer = send(&service, Method::GET, &path, &[("accept-encoding", "br, gzip")]).await;
        assert_eq!((answer.header("content-type"), answer.header("cache-control")), ("font/woff2", "public, max-age=31536000, immutable"), "{path}");
        assert!(answer.body.starts_with(b"wOF2") && answer.body.len() < 60_000 && !answer.headers.contains_key("content-encoding"), "{path}");
    }
}

#[tokio::test]
async fn the_root_redirects_to_the_language_that_the_browser_prefers() {
    let service = service_on(TODAY).await;
    for (asked, to) in [("ar-IQ,ar;q=0.9,en;q=0.8", "ar/"), ("en-GB", "en/"), ("de", "en/")] {
        let answer = send(&service, Method::GET, "/", &[("accept-language", asked)]).await;
        assert_eq!((answer.status, answer.header("location")), (StatusCode::TEMPORARY_REDIRECT, to));
        assert_eq!((answer.header("vary").to_ascii_lowercase().contains("accept-language"), answer.header("cache-control")), (true, "no-store"));
    }
    assert_eq!(get("/").await.header("location"), "en/");
    assert_eq!(get("/ar").await.header("location"), "ar/");
    assert_eq!(get("/en/statements").await.header("location"), format!("statements/{STATEMENT}"));
}

#[tokio::test]
async fn a_redirect_repeats_the_query() {
    let statement = format!("statements/{STATEMENT}");
    for (path, target) in [("/", "en/"), ("/ar", "ar/"), ("/en/statements", &statement), ("/docs", "docs/"), ("/v1/clauses/", "/v1/clauses")] {
        for (query, repeated) in [
            ("?utm_source=letter&x", "?utm_source=letter&x"),
            ("?a=%D8%A8&b=\u{628}", "?a=%D8%A8&b=%D8%A8"),
            ("?next=//evil.example/", "?next=//evil.example/"),
            ("?", "?"),
        ] {
            let response = get(&format!("{path}{query}")).await;
            assert!(response.status.is_redirection(), "{path}{query}");
            assert_eq!(response.header("location"), format!("{target}{repeated}"), "{path}{query}");
        }
    }
}

#[tokio::test]
async fn a_missing_page_is_html_and_a_missing_resource_is_a_problem_document() {
    for (path, direction) in
        [("/ar/nothing", "rtl"), ("/en/milestones/x", "ltr"), ("/en/milestones/NOT%20AN%20ID", "ltr"), ("/ar/a/b/c", "rtl"), ("/en/statements/x", "ltr")]
    {
        let answer = get(path).await;
        assert_eq!(
            (answer.status, answer.header("content-type"), answer.header("cache-control")),
            (StatusCode::NOT_FOUND, "text/html; charset=utf-8", "no-store"),
            "{path}"
        );
        let html = Html::parse_document(std::str::from_utf8(&answer.body).unwrap());
        assert!(html.errors.is_empty());
        assert_eq!(html.root_element().attr("dir"), Some(direction));
        assert!(!select(&html, "main a").is_empty(), "{path} links to other pages");
        let style = Url::parse(&format!("http://bayan.test{path}")).unwrap().join(select(&html, "link[rel=stylesheet]")[0].attr("href").unwrap()).unwrap();
        assert_eq!(get(style.path()).await.status, StatusCode::OK, "{path}");
    }
    for path in ["/v1/nothing", "/nothing", "/english", "/arabic/x"] {
        assert_eq!(get(path).await.header("content-type"), "application/problem+json", "{path}");
    }
    let posted = send(&service_on(TODAY).await, Method::POST, "/en/notes", &[]).await;
    assert_eq!((posted.status, posted.header("content-type")), (StatusCode::METHOD_NOT_ALLOWED, "text/html; charset=utf-8"));
    assert!(posted.header("allow").contains("GET"));
}

#[tokio::test]
async fn a_search_shows_the_matching_clauses_with_the_matching_words_marked() {
    let service = service_on(TODAY).await;
    for (typed, encoded) in
        [("التحالف", "%D8%A7%D9%84%D8%AA%D8%AD%D8%A7%D9%84%D9%81"), ("september 2025", "september+2025"), ("\"no later than\"", "%22no%20later%20than%22")]
    {
        let found = json(&format!("/v1/search?q={encoded}&limit=100")).await;
        let html = page(&service, &format!("/en/search?q={encoded}")).await;
        assert_eq!(select(&html, "input[name=q]")[0].attr("value"), Some(typed));
        assert!(text(select(&html, "main h2")[0]).contains(typed));
        assert_eq!(select(&html, ".results > li").len(), found["items"].as_array().unwrap().len(), "{typed}");
        for facet in found["meta"]["facets"]["resource"].as_array().unwrap() {
            assert!(text(select(&html, ".kinds")[0]).contains(&format!(": {}", facet["count"])), "{facet}");
        }
        let clauses = found["items"].as_array().unwrap().iter().filter(|hit| hit["resource"] == "clauses");
        let hits: Vec<Value> =
            clauses.map(|hit| serde_json::json!({"label": hit["item"]["label"], "text": hit["item"]["text"], "highlights": hit["highlights"]})).collect();
        assert!(!hits.is_empty(), "{typed}");
        let labels: Vec<String> = select(&html, ".results h3").into_iter().map(text).collect();
        assert_eq!(labels, hits.iter().map(|hit| hit["label"].as_str().unwrap()).collect::<Vec<_>>());
        let marks: Vec<String> = select(&html, ".results .source mark").into_iter().map(text).collect();
        let arabic = hits.iter().flat_map(|hit| hit["highlights"].as_array().unwrap()).filter(|highlight| highlight["field"] == "text.ar");
        assert_eq!(marks, arabic.map(|highlight| highlight["exact"].as_str().unwrap()).collect::<Vec<_>>(), "{typed}");
        let words: Vec<String> = select(&html, ".results .source p").into_iter().map(text).collect();
        assert_eq!(words, hits.iter().map(|hit| hit["text"]["ar"].as_str().unwrap()).collect::<Vec<_>>(), "marks change no words");
        let other_language = select(&html, "a.other-language")[0].attr("href").unwrap().trim_start_matches("..").to_owned();
        assert_eq!(select(&page(&service, &other_language).await, "input[name=q]")[0].attr("value"), Some(typed), "the other language searches for the same");
    }
}

#[tokio::test]
async fn a_query_is_escaped_and_isolated() {
    let service = service_on(TODAY).await;
    for (typed, encoded) in [
        ("<script>alert(1)</script>", "%3Cscript%3Ealert(1)%3C/script%3E"),
        ("\u{202e}evil\" onfocus=\"x", "%E2%80%AEevil%22%20onfocus=%22x"),
        ("NEAR( OR *", "NEAR(+OR+*"),
        ("\u{fffd}", "%FF"),
    ] {
        for language in ["ar", "en"] {
            let html = page(&service, &format!("/{language}/search?q={encoded}&utm_source=x")).await;
            assert_eq!(select(&html, "input[name=q]")[0].attr("value"), Some(typed), "{encoded}");
            assert_eq!(text(select(&html, "main h2 bdi")[0]), typed, "it is isolated");
            assert!(text(select(&html, "head > title")[0]).contains(&format!("\u{2068}{typed}\u{2069}")));
            assert!(select(&html, "body script, [onfocus]").is_empty());
        }
    }
    let long = page(&service, &format!("/en/search?q={}", "word+".repeat(50))).await;
    assert!(text(select(&long, "main .warning")[0]).contains("the maximum is forty"));
    let empty = page(&service, "/ar/search?q=+").await;
    assert!(select(&empty, "main h2").is_empty() && select(&empty, "input[name=q]").len() == 1);
    let absent = page(&service, "/en/search?q=zebra").await;
    assert!(text(select(&absent, "main h2")[0]).contains("No results for"));
}

#[tokio::test]
async fn milestones_and_statements_have_links_to_their_calendar_and_their_feed_that_keep_the_filter() {
    let service = service_on(TODAY).await;
    for (path, query) in [
        ("/ar/milestones?kind=deadline", "kind=deadline&lang=ar"),
        ("/en/milestones", "lang=en"),
        ("/en/statements/iq-us-2024-09-27", "statement=iq-us-2024-09-27&lang=en"),
    ] {
        let html = Html::parse_document(&published(path).await);
        let links: Vec<&str> = select(&html, ".subscription a").iter().map(|link| link.attr("href").unwrap()).collect();
        assert!(links[0].starts_with("webcal://bayan.example/") && links[0].ends_with(&format!("/v1/milestones.ics?{query}")), "{links:?}");
        for (link, format) in links[1..].iter().zip(["ics", "atom"]) {
            assert_eq!(link.trim_start_matches("../"), format!("v1/milestones.{format}?{query}"));
            let answer = send(&service, Method::GET, &format!("/{}", link.trim_start_matches("../")), &[]).await;
            assert_eq!(answer.status, 200, "{link}");
        }
    }
}
