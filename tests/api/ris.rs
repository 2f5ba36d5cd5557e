//! RIS: well-formed lines, and records with the speaker as the author.

use bayan::{
    corpus::{statements::Statement, works::Work},
    formats::{RenderContext, SiteUrl, ris},
};
use biblib::{Citation, CitationParser, RisParser};

use crate::{all, get, json, published, voices};

async fn records(path: &str) -> Vec<Citation> {
    RisParser::new().parse(&published(path).await).unwrap()
}

/// `INSTA_UPDATE=always` rewrites the snapshot: read it as a user of a reference manager does.
#[tokio::test]
async fn records_of_each_voice_match_the_snapshot() {
    insta::assert_snapshot!("ris", voices("ris").await.replace("\r\n", "\n"));
}

#[tokio::test]
async fn a_line_is_a_field_and_ends_in_cr_lf() {
    for path in ["/v1/clauses.ris", "/v1/clauses.ris?lang=ar", "/v1/statements/iq-us-2024-09-27.ris"] {
        let text = published(path).await;
        let lines: Vec<&str> = text.strip_suffix("\r\n").unwrap().split("\r\n").collect();
        for line in &lines {
            let (tag, value) = line.split_once("  - ").unwrap_or_else(|| panic!("{line}"));
            assert!(tag.len() == 2 && tag.bytes().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit()), "{line}");
            assert!(!value.contains(['\r', '\n']) && (tag == "ER") == value.is_empty(), "{line}");
        }
        assert_eq!(lines.iter().filter(|line| line.starts_with("TY")).count(), lines.iter().filter(|line| **line == "ER  - ").count());
        assert_eq!((&lines[0][..2], *lines.last().unwrap()), ("TY", "ER  - "));
    }
    assert_eq!(get("/v1/clauses.ris").await.header("content-type"), "application/x-research-info-systems; charset=utf-8");
}

#[tokio::test]
async fn only_the_statements_own_words_have_the_issuers_as_authors() {
    let (records, clauses) = (records("/v1/clauses.ris").await, all("clauses").await);
    assert_eq!(records.len(), clauses.len());
    for (record, clause) in records.iter().zip(&clauses) {
        let names: Vec<&str> = record.authors.iter().map(|author| author.name.as_str()).collect();
        let (kind, expected) = match clause["voice"].as_str().unwrap() {
            "statement" => ("Report", vec!["Government of the United States", "Government of Iraq"]),
            "third_party" => ("Electronic Citation", vec!["A senior Iraqi officer (unnamed) quoted by Shafaq News Agency"]),
            _ => ("Electronic Citation", vec!["Shafaq News Agency"]),
        };
        assert_eq!((record.citation_type[0].as_str(), names), (kind, expected), "{}", clause["label"]);
        assert!(record.authors.iter().all(|author| author.given_name.as_ref().is_none_or(String::is_empty)), "no name is split");
        assert_eq!(record.abstract_text.as_deref(), clause["quote"]["exact"].as_str());
        assert_eq!(record.language.as_deref(), Some("ar"));
        assert_eq!(record.date.as_ref().unwrap().year, 2024);
        assert_eq!(record.date.as_ref().unwrap().day, (clause["voice"] == "statement").then_some(27), "an approximate date has no day");
        assert_eq!(record.urls, [format!("https://bayan.example/en/statements/iq-us-2024-09-27#{}", clause["label"].as_str().unwrap())]);
    }
}

#[tokio::test]
async fn a_line_break_in_a_text_starts_no_field() {
    let mut statement: Statement = serde_json::from_value(json("/v1/statements/iq-us-2024-09-27").await).unwrap();
    statement.title.en = "One\r\nAU  - Nobody,\nER  - \n\n  two".to_owned();
    let work = Work { statement: statement.clone(), issuers: Vec::new(), card_details: None };
    let site = SiteUrl::relative();
    let context = RenderContext { works: &[work], ..RenderContext::new(&site, chrono::DateTime::UNIX_EPOCH) };
    let text = String::from_utf8(ris::item(&statement, &context).unwrap()).unwrap();
    let records = RisParser::new().parse(&text).unwrap();
    assert_eq!((records.len(), records[0].title.as_str(), records[0].authors.len()), (1, "One AU  - Nobody, ER  - two", 0), "{text}");
}
