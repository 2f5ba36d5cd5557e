//! Search: `q` finds what a reader means, reports how it matched, and highlights it with exact offsets.
//!
//! `tests/searches.tsv` has relevance judgements by readers of Arabic newspapers who had not seen the program: a kind, a query,
//! the clauses that it must find, those that it must not find (`*`: any other; `-`: none), and the expected `matched_by` (`any`:
//! not checked). A clause with another `matched_by` than the rest has it after a colon (`5a:lead_in`).

use std::collections::{BTreeMap, BTreeSet};

use proptest::{
    prelude::*,
    test_runner::{Config, TestRunner},
};
use serde_json::Value;

use crate::{get, json};

/// A path with the parameter `q`.
fn asked(resource: &str, q: &str) -> String {
    let q: String = form_urlencoded::byte_serialize(q.as_bytes()).collect();
    format!("/v1/{resource}?limit=200&q={q}")
}

/// The items that `q` finds.
async fn found(resource: &str, q: &str) -> Vec<Value> {
    json(&asked(resource, q)).await["items"].as_array().unwrap().clone()
}

/// The labels of the clauses that `q` finds.
async fn labels(q: &str) -> BTreeSet<String> {
    found("clauses", q).await.iter().map(|clause| clause["label"].as_str().unwrap().to_owned()).collect()
}

/// The member of an item at a path of names and numbers.
fn at<'a>(item: &'a Value, path: &str) -> &'a Value {
    path.split('.').fold(item, |value, step| step.parse::<usize>().map_or_else(|_| &value[step], |number| &value[number]))
}

/// Code points `start..end` of a text.
fn slice(text: &str, start: &Value, end: &Value) -> String {
    let (start, end) = (start.as_u64().unwrap(), end.as_u64().unwrap());
    text.chars().zip(0..end).filter(|(_, at)| *at >= start).map(|(char, _)| char).collect()
}

#[tokio::test]
async fn every_query_of_the_table_finds_its_required_clauses_and_no_forbidden_ones() {
    let table = include_str!("../searches.tsv");
    let (mut wrong, mut kinds) = (Vec::new(), BTreeMap::<&str, [usize; 3]>::new());
    for line in table.lines().skip(1) {
        let [kind, query, must, must_not, by, why] = line.split('\t').collect::<Vec<_>>().try_into().unwrap();
        let labels = |labels: &str| labels.split(' ').filter(|label| *label != "-").map(str::to_owned).collect::<Vec<_>>();
        let must: BTreeMap<String, String> = labels(must)
            .iter()
            .map(|label| label.split_once(':').map_or((label.clone(), by.to_owned()), |(label, by)| (label.to_owned(), by.to_owned())))
            .collect();
        let must_not = labels(must_not);
        let hits = found("clauses", query).await;
        let found: BTreeMap<String, &Value> = hits.iter().map(|hit| (hit["label"].as_str().unwrap().to_owned(), &hit["matched_by"])).collect();
        let missed: BTreeSet<&String> = must.keys().filter(|label| !found.contains_key(*label)).collect();
        let is_forbidden = |label: &&String| !must.contains_key(*label) && (must_not == ["*"] || must_not.contains(label));
        let extra: BTreeSet<&String> = found.keys().filter(is_forbidden).collect();
        let otherwise = must.iter().any(|(label, by)| by != "any" && found.get(label).is_some_and(|found| *found != by.as_str()));
        let counts = kinds.entry(kind).or_default();
        for (count, of) in counts.iter_mut().zip([must.len() - missed.len(), missed.len(), extra.len()]) {
            *count += of;
        }
        if !(missed.is_empty() && extra.is_empty()) || otherwise {
            wrong.push(format!("{kind}: {query} ({why}): misses {missed:?}, finds also {extra:?}, by another way: {otherwise}"));
        }
    }
    for (kind, [right, missed, extra]) in &kinds {
        println!("{kind}: precision {right}/{}, recall {right}/{}", right + extra, right + missed);
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(kinds.values().all(|[_, missed, extra]| missed + extra == 0), "{kinds:?}");
}

#[tokio::test]
async fn every_highlight_has_exact_offsets() {
    let source = json("/v1/statements/iq-us-2024-09-27").await["source"]["text"].as_str().unwrap().to_owned();
    for query in [
        "انسحاب",
        "\"المهمة العسكرية\" iraq",
        "شهرا",
        "ISIS",
        "HMC",
        "نيسان",
        "سبتمبر",
        "american",
        "coalition التحالف",
        "2025",
        "كشف ضابط",
        "officer",
        "27 September 2024",
        "سوريا 2026",
    ] {
        for clause in found("clauses", query).await {
            let highlights = clause["highlights"].as_array().unwrap();
            assert!(!highlights.is_empty(), "{query}: {clause}");
            let mut marked = 0;
            for mark in highlights {
                let field = mark["field"].as_str().unwrap();
                let language = field.rsplit('.').next().unwrap();
                let exact = slice(at(&clause, field).as_str().unwrap(), &mark["start"], &mark["end"]);
                assert_eq!(mark["exact"], exact, "{query}");
                assert!(!exact.starts_with(' ') && !exact.ends_with(' '), "{query}: {exact:?}");
                if let Some(start) = mark["source_start"].as_u64() {
                    assert_eq!(slice(&source, &start.into(), &(start + exact.chars().count() as u64).into()), exact, "{query}");
                }
                assert_eq!(mark["source_start"].is_u64(), language == "ar", "{query}");
                marked += usize::from(clause["snippet"][language].as_str().unwrap().contains(&format!("<mark>{exact}</mark>")));
            }
            // The snippet is of the clause itself where its words match, else of its lead-in.
            let own = highlights.iter().filter(|mark| mark["field"].as_str().unwrap().starts_with("text.")).count();
            assert!(marked >= own.max(1), "{query}: {clause}");
        }
    }
    // Combining marks belong to the letter before them.
    let months = found("clauses", "شهر قادم").await;
    assert_eq!(months.len(), 1);
    assert_eq!(months[0]["highlights"][0]["exact"], "شهرًا");
}

#[tokio::test]
async fn a_match_by_a_synonym_is_reported_as_alias() {
    for (query, by) in [("ISIS", "alias"), ("أيلول 2025", "date"), ("September 2025", "text"), ("27 September 2024", "date"), ("سوريا 2026", "paragraph")]
    {
        let hits = found("clauses", query).await;
        assert_eq!(hits[0]["matched_by"], by, "{query}");
    }
    let named: BTreeSet<String> = found("clauses", "HMC").await.iter().map(|hit| hit["highlights"][0]["exact"].as_str().unwrap().to_owned()).collect();
    assert!(named.contains("الهيئة العسكرية العليا") && named.iter().any(|name| name.starts_with("اللجنة")), "{named:?}");
}

#[tokio::test]
async fn actors_and_locations_are_searched_by_all_their_names() {
    for (resource, query, id, by) in [
        ("actors", "السوداني", "mohammed-shia-al-sudani", "text"),
        ("actors", "ISIL", "daesh", "alias"),
        ("actors", "تنظيم الدولة", "daesh", "alias"),
        ("locations", "لواشنطن", "washington-dc", "text"),
        ("locations", "KRI", "kurdistan-region", "alias"),
        ("notes", "evident error", "iq-us-2024-09-27-10f-n1", "text"),
        ("notes", "واسرائيل", "iq-us-2024-09-27-10f-n1", "text"),
    ] {
        let hits = found(resource, query).await;
        let hit = hits.iter().find(|hit| hit["id"] == id).unwrap_or_else(|| panic!("{resource}: {query}"));
        assert_eq!(hit["matched_by"], by, "{query}");
        for mark in hit["highlights"].as_array().unwrap() {
            let text = at(hit, mark["field"].as_str().unwrap());
            assert_eq!(mark["exact"], slice(text.as_str().unwrap(), &mark["start"], &mark["end"]), "{query}");
        }
    }
    assert!(found("actors", "السودان").await.is_empty());
}

#[tokio::test]
async fn a_search_combines_with_filters_and_keeps_its_order_over_pages() {
    let statement = labels("mission").await;
    let only: BTreeSet<String> =
        json("/v1/clauses?q=mission&voice=statement").await["items"].as_array().unwrap().iter().map(|hit| hit["label"].as_str().unwrap().to_owned()).collect();
    assert!(only.len() < statement.len() && only.is_subset(&statement));
    let hits = found("clauses", "العراق").await;
    let scores: Vec<f64> = hits.iter().map(|hit| hit["score"].as_f64().unwrap()).collect();
    assert!(scores.is_sorted_by(|one, next| one >= next) && scores[0] > 0.0, "{scores:?}");
    let first = json("/v1/clauses?q=العراق&limit=7&count=true").await;
    assert_eq!(first["meta"]["total"], hits.len());
    assert_eq!((&first["query"]["q"], &first["query"]["sort"]), (&"العراق".into(), &"relevance".into()));
    let places: Vec<u64> =
        json("/v1/clauses?q=العراق&sort=position&limit=200").await["items"].as_array().unwrap().iter().map(|hit| hit["position"].as_u64().unwrap()).collect();
    assert!(places.is_sorted() && places.len() == hits.len());
}

#[tokio::test]
async fn a_query_without_words_finds_nothing_and_one_with_too_many_returns_400() {
    for query in ["", " ", "!!!", "\"\"", "\u{202e}", "*", "ـ"] {
        assert!(found("clauses", query).await.is_empty(), "{query:?}");
    }
    let answer = get(&asked("clauses", &"a ".repeat(41))).await;
    assert_eq!(answer.status, 400);
    assert_eq!(answer.json()["errors"][0]["allowed"], serde_json::json!(["at most 40 words"]));
    assert_eq!(get(&asked("clauses", &"ﷺ".repeat(14))).await.status, 400, "a ligature counts as all its words");
}

#[tokio::test]
async fn a_search_has_an_etag() {
    let answer = get("/v1/clauses?q=iraq").await;
    assert!(answer.header("etag").starts_with('"'));
}

/// The hits of `/v1/search`, as resource and id.
async fn everything(query: &str) -> (Vec<(String, String)>, Value) {
    let response = json(&format!("/v1/search?{query}")).await;
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    (response["items"].as_array().unwrap().iter().map(|hit| (text(&hit["resource"]), text(&hit["item"]["id"]))).collect(), response)
}

#[tokio::test]
async fn a_search_in_everything_is_one_ranked_list_with_facet_counts() {
    let (hits, response) = everything("q=Baghdad&limit=200&count=true").await;
    for hit in [
        ("locations", "baghdad"),
        ("clauses", "iq-us-2024-09-27-2c"),
        ("milestones", "iq-us-2024-09-27-withdrawal-procedures-begin"),
        ("notes", "iq-us-2024-09-27-2a-n1"),
    ] {
        assert!(hits.iter().any(|(resource, id)| (resource.as_str(), id.as_str()) == hit), "{hit:?} in {hits:?}");
    }
    let items = response["items"].as_array().unwrap();
    let scores: Vec<f64> = items.iter().map(|hit| hit["score"].as_f64().unwrap()).collect();
    assert!(scores.is_sorted_by(|one, next| one >= next) && scores.iter().all(|score| *score > 0.0), "{scores:?}");
    let order = ["text", "alias", "lead_in", "date", "paragraph"];
    let (_, mixed) = everything("q=27+September+2024&limit=200").await;
    let levels: Vec<usize> = mixed["items"].as_array().unwrap().iter().map(|hit| order.iter().position(|level| hit["matched_by"] == *level).unwrap()).collect();
    assert!(levels.is_sorted() && levels.contains(&3), "{levels:?}");
    let facets = response["meta"]["facets"]["resource"].as_array().unwrap();
    for facet in facets {
        let count = hits.iter().filter(|(resource, _)| facet["value"] == **resource).count();
        assert_eq!(facet["count"], count, "{facet}");
    }
    assert_eq!(response["meta"]["total"], hits.len());
    assert!(everything("q=statement").await.0.iter().any(|(resource, id)| resource == "statements" && id == "iq-us-2024-09-27"));
    // A milestone has the words, and still no clause has them alone.
    let (hits, _) = everything("q=%D8%B3%D9%88%D8%B1%D9%8A%D8%A7+2026").await;
    assert!(hits.iter().any(|(_, id)| id == "iq-us-2024-09-27-7e"), "{hits:?}");
}

#[tokio::test]
async fn a_search_in_everything_selects_resources_and_pages() {
    let (all, response) = everything("q=iraq&limit=200").await;
    let (some, selected) = everything("q=iraq&limit=200&resource=actors&resource=locations").await;
    assert!(!some.is_empty() && some.iter().all(|(resource, _)| resource == "actors" || resource == "locations"));
    assert_eq!(some, all.iter().filter(|(resource, _)| resource == "actors" || resource == "locations").cloned().collect::<Vec<_>>());
    assert_eq!(response["meta"]["facets"], selected["meta"]["facets"]);
    let (mut paged, mut path) = (Vec::new(), "/v1/search?q=iraq&limit=7".to_owned());
    loop {
        let page = json(&path).await;
        paged.extend(page["items"].as_array().unwrap().iter().map(|hit| hit["item"]["id"].as_str().unwrap().to_owned()));
        match page["next"].as_str() {
            Some(next) => next.clone_into(&mut path),
            None => break,
        }
    }
    assert_eq!(paged, all.iter().map(|(_, id)| id.clone()).collect::<Vec<_>>());
    let english = json("/v1/search?q=Baghdad&resource=locations&lang=en").await;
    assert_eq!(english["items"][0]["item"]["name"], serde_json::json!({"en": "Baghdad"}));
    assert_eq!(english["items"][0]["snippet"], serde_json::json!({"en": "<mark>Baghdad</mark>"}));
}

#[tokio::test]
async fn a_search_in_everything_rejects_unknown_parameters_and_values() {
    for (query, parameter) in
        [("", "q"), ("?q=a&resource=dates", "resource"), ("?q=a&sort=position", "sort"), ("?q=a&cursor=x", "cursor"), ("?q=a&limit=201", "limit")]
    {
        let response = get(&format!("/v1/search{query}")).await;
        assert_eq!((response.status.as_u16(), &response.json()["errors"][0]["parameter"]), (400, &parameter.into()), "{query}");
    }
    assert!(everything("q=").await.0.is_empty());
    assert!(json("/v1").await["operations"].as_array().unwrap().iter().any(|operation| operation["url"] == "/v1/search"));
}

#[test]
fn no_query_is_a_syntax_error() {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let mut runner = TestRunner::new(Config { cases: 60, failure_persistence: None, ..Config::default() });
    let pieces = prop::sample::select(vec![
        "\"",
        "*",
        "(",
        ")",
        "NEAR",
        "AND",
        "OR",
        "NOT",
        "^",
        ":",
        "-",
        "{",
        "}",
        "العراق",
        "ar",
        "'",
        ";",
        "\0",
        "%",
        "\u{202e}",
        "لل",
        "ـ",
        "ﷺ",
    ]);
    let typed = prop_oneof!["\\PC{0,40}", "[\u{600}-\u{6ff} \"]{0,40}", prop::collection::vec(pieces, 0..12).prop_map(|pieces| pieces.join(" "))];
    let checked = runner.run(&typed, |typed| {
        let answer = runtime.block_on(get(&asked("clauses", &typed)));
        prop_assert!(answer.status == 200 || answer.json()["errors"][0]["allowed"] == serde_json::json!(["at most 40 words"]), "{typed:?}: {}", answer.status);
        Ok(())
    });
    checked.unwrap();
}
