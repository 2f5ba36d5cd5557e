//! JSON-LD: parsed to triples without fetching anything, with dates no more precise than the text.

use std::collections::BTreeSet;

use oxjsonld::JsonLdParser;
use oxrdf::{Graph, Literal, NamedNode, NamedNodeRef, Term, TermRef};

use crate::{all, json, published};

const SCHEMA: &str = "https://schema.org/";
const OA: &str = "http://www.w3.org/ns/oa#";
const BAYAN: &str = "https://bayan.example/openapi.json#/components/schemas/";
const ROOT: &str = "https://bayan.example/v1/";
const ID: &str = "iq-us-2024-09-27";

/// The triples. A remote context would be an error, since the parser has no loader.
async fn graph(path: &str) -> Graph {
    let body = published(path).await;
    let quads: Vec<oxrdf::Quad> = JsonLdParser::new().for_slice(body.as_bytes()).map(Result::unwrap).collect();
    quads.into_iter().map(oxrdf::Triple::from).collect()
}

/// The values of a property of a subject.
fn values(graph: &Graph, subject: &Term, property: &str) -> Vec<Term> {
    let subject = match subject {
        Term::NamedNode(node) => oxrdf::NamedOrBlankNode::from(node.clone()),
        Term::BlankNode(node) => node.clone().into(),
        Term::Literal(literal) => panic!("{literal} is no subject"),
    };
    graph.objects_for_subject_predicate(&subject, NamedNodeRef::new(property).unwrap()).map(TermRef::into_owned).collect()
}

fn node(iri: impl Into<String>) -> Term {
    NamedNode::new(iri).unwrap().into()
}

fn language(text: &str, language: &str) -> Term {
    Literal::new_language_tagged_literal(text, language).unwrap().into()
}

/// `INSTA_UPDATE=always` rewrites the snapshot.
#[tokio::test]
async fn nodes_of_each_voice_match_the_snapshot() {
    let mut voices = Vec::new();
    for label in crate::VOICES {
        let mut document: serde_json::Value = serde_json::from_str(&published(&format!("/v1/clauses/{ID}-{label}.jsonld?lang=en")).await).unwrap();
        document.as_object_mut().unwrap().shift_remove("@context");
        voices.push(document);
    }
    insta::assert_snapshot!("jsonld", serde_json::to_string_pretty(&voices).unwrap());
}

#[tokio::test]
async fn a_clause_is_an_annotation_of_its_words_in_the_article() {
    let graph = graph("/v1/clauses.jsonld").await;
    for clause in all("clauses").await {
        let subject = node(format!("{ROOT}clauses/{}", clause["id"].as_str().unwrap()));
        let [target] = &values(&graph, &subject, &format!("{OA}hasTarget"))[..] else { panic!("one target of {subject}") };
        assert_eq!(values(&graph, target, &format!("{OA}hasSource")), [node(format!("{ROOT}statements/{ID}#source"))]);
        let selectors = values(&graph, target, &format!("{OA}hasSelector"));
        let find = |property: &str| selectors.iter().flat_map(|selector| values(&graph, selector, &format!("{OA}{property}"))).collect::<Vec<_>>();
        let number = |number: &serde_json::Value| {
            Term::from(Literal::new_typed_literal(number.to_string(), NamedNode::new_unchecked("http://www.w3.org/2001/XMLSchema#nonNegativeInteger")))
        };
        let quote = &clause["quote"];
        assert_eq!((find("start"), find("end")), (vec![number(&quote["start"])], vec![number(&quote["end"])]));
        for name in ["exact", "prefix", "suffix"] {
            assert_eq!(find(name), [Term::from(Literal::new_simple_literal(quote[name].as_str().unwrap()))], "{name}");
        }
        assert_eq!(values(&graph, &subject, &format!("{SCHEMA}text")), [language(quote["exact"].as_str().unwrap(), "ar")]);
        assert_eq!(values(&graph, &subject, &format!("{SCHEMA}comment")).len(), clause["notes"].as_array().unwrap().len());
    }
}

#[tokio::test]
async fn only_the_statements_own_words_are_part_of_the_statement() {
    let graph = graph("/v1/clauses.jsonld").await;
    let (statement, article) = (node(format!("{ROOT}statements/{ID}")), node(format!("{ROOT}statements/{ID}#source")));
    for clause in all("clauses").await {
        let subject = node(format!("{ROOT}clauses/{}", clause["id"].as_str().unwrap()));
        let voice = clause["voice"].as_str().unwrap();
        let parts: Vec<Term> = values(&graph, &subject, &format!("{SCHEMA}isPartOf"));
        assert_eq!((parts.contains(&statement), parts.contains(&article)), (voice == "statement", true), "{subject}");
        assert_eq!(values(&graph, &subject, &format!("{BAYAN}Voice")), [Term::from(Literal::new_simple_literal(voice))]);
        let authors: BTreeSet<String> = values(&graph, &subject, &format!("{SCHEMA}author")).iter().map(ToString::to_string).collect();
        let actor = |id: &str| format!("<{ROOT}actors/{id}>");
        match voice {
            "statement" => assert_eq!(authors, BTreeSet::from([actor("government-of-iraq"), actor("government-of-the-united-states")])),
            "third_party" => assert_eq!(authors, BTreeSet::from([actor("senior-iraqi-officer")])),
            _ => assert!(authors.len() == 1 && !authors.iter().any(|author| author.contains("actors/")), "{authors:?}"),
        }
    }
}

#[tokio::test]
async fn a_clause_has_a_working_translation() {
    let graph = graph(&format!("/v1/clauses/{ID}-6b.jsonld")).await;
    let clause = node(format!("{ROOT}clauses/{ID}-6b"));
    let [translation] = &values(&graph, &clause, &format!("{SCHEMA}workTranslation"))[..] else { panic!("one translation") };
    assert_eq!(values(&graph, translation, &format!("{SCHEMA}translationOfWork")), [clause]);
    assert_eq!(values(&graph, translation, &format!("{SCHEMA}creativeWorkStatus")), [Term::from(Literal::new_simple_literal("working translation"))]);
    assert!(matches!(&values(&graph, translation, &format!("{SCHEMA}text"))[..], [Term::Literal(text)] if text.language() == Some("en")));
    assert!(!published(&format!("/v1/clauses/{ID}-6b.jsonld?lang=ar")).await.contains("workTranslation"));
}

/// A day is an `xsd:date`; any other date is EDTF.
#[tokio::test]
async fn the_date_of_a_milestone_is_as_precise_as_the_data() {
    let graph = graph("/v1/milestones.jsonld").await;
    let typed = |text: &str, kind: &str| Term::from(Literal::new_typed_literal(text, NamedNode::new(kind).unwrap()));
    let day = |text: &str| typed(text, "http://www.w3.org/2001/XMLSchema#date");
    let edtf = |text: &str| typed(text, "http://id.loc.gov/datatypes/edtf/EDTF");
    let of = |id: &str, property: &str| values(&graph, &node(format!("{ROOT}milestones/{ID}-{id}")), property);
    for milestone in all("milestones").await {
        let id = milestone["id"].as_str().unwrap().trim_start_matches("iq-us-2024-09-27-");
        let expected: Vec<Term> = match milestone["date"]["edtf"].as_str() {
            None => vec![],
            Some(text) if text.len() == 10 && !text.contains(['/', '~']) => vec![day(text)],
            Some(text) => vec![edtf(text)],
        };
        assert_eq!(of(id, "http://purl.org/dc/terms/date"), expected, "{id}");
        let (starts, ends) = (of(id, &format!("{SCHEMA}startDate")), of(id, &format!("{SCHEMA}endDate")));
        if ["deadline", "forecast"].contains(&milestone["kind"].as_str().unwrap()) {
            assert!(starts.is_empty() && ends.is_empty(), "{id}: a deadline has no end date, and a forecast no start date");
        }
    }
    assert_eq!(of("mission-in-syria-continues", "http://purl.org/dc/terms/date"), [edtf("../2026-09")]);
    assert_eq!(of("second-security-dialogue", &format!("{SCHEMA}startDate")), [day("2024-07-22")]);
    assert_eq!(of("mission-in-iraq-concludes-over-12-months", &format!("{SCHEMA}endDate")), [edtf("2025-09-27~")]);
}

#[tokio::test]
async fn a_single_statement_has_the_article_and_every_url_is_absolute() {
    let text = json(&format!("/v1/statements/{ID}")).await["source"]["text"].as_str().unwrap().to_owned();
    for path in [format!("/v1/statements/{ID}.jsonld"), "/v1/statements.jsonld".to_owned(), "/v1/clauses.jsonld".to_owned(), "/v1/milestones.jsonld".to_owned()]
    {
        let graph = graph(&path).await;
        assert!(graph.len() > 20, "{path}");
        let absolute = graph.iter().all(|triple| !matches!(triple.subject, oxrdf::NamedOrBlankNodeRef::NamedNode(node) if !node.as_str().starts_with(ROOT)));
        assert!(absolute, "{path}");
        let article = node(format!("{ROOT}statements/{ID}#source"));
        let body = values(&graph, &article, &format!("{SCHEMA}articleBody"));
        let expected: Vec<Term> = if path.contains(ID) { vec![language(&text, "ar")] } else { vec![] };
        assert_eq!(body, expected, "{path}");
    }
}

#[tokio::test]
async fn own_terms_are_defined_in_the_openapi_document() {
    let document = json("/openapi.json").await;
    let mut seen = BTreeSet::new();
    for path in ["/v1/statements.jsonld", "/v1/clauses.jsonld", "/v1/milestones.jsonld"] {
        for triple in &graph(path).await {
            if let Some(pointer) = triple.predicate.as_str().strip_prefix("https://bayan.example/openapi.json#") {
                assert!(document.pointer(pointer).is_some(), "{pointer}");
                seen.insert(pointer.to_owned());
            }
        }
    }
    assert_eq!(seen.len(), 8, "{seen:?}");
}
