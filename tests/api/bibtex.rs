//! BibTeX: entries that BibLaTeX and BibTeX parse, with the speaker as the author.

use bayan::{
    corpus::{statements::Statement, works::Work},
    formats::{RenderContext, SiteUrl, bibtex},
};
use biblatex::{Bibliography, ChunksExt, DateValue, Entry, EntryType, PermissiveType};

use serde_json::json as value;

use crate::{all, get, json, published, voices};

async fn entries(path: &str) -> Vec<Entry> {
    Bibliography::parse(&published(path).await).unwrap().into_vec()
}

fn text(entry: &Entry, field: &str) -> String {
    entry.get(field).unwrap_or_else(|| panic!("{field}")).format_verbatim()
}

/// `INSTA_UPDATE=always` rewrites the snapshot: read it as a user of LaTeX does.
#[tokio::test]
async fn entries_of_each_voice_match_the_snapshot() {
    insta::assert_snapshot!("bibtex", voices("bib").await);
}

#[tokio::test]
async fn only_the_statements_own_words_have_the_issuers_as_authors() {
    let (entries, clauses) = (entries("/v1/clauses.bib").await, all("clauses").await);
    assert_eq!(entries.len(), clauses.len());
    for (entry, clause) in entries.iter().zip(&clauses) {
        let names: Vec<String> = entry.author().unwrap().into_iter().map(|person| person.name).collect();
        let (kind, expected) = match clause["voice"].as_str().unwrap() {
            "statement" => (EntryType::TechReport, vec!["Government of the United States", "Government of Iraq"]),
            "third_party" => (EntryType::Online, vec!["A senior Iraqi officer (unnamed) quoted by Shafaq News Agency"]),
            _ => (EntryType::Online, vec!["Shafaq News Agency"]),
        };
        assert_eq!((&entry.entry_type, names), (&kind, expected.into_iter().map(ToOwned::to_owned).collect()), "{}", entry.key);
        assert_eq!(entry.key, clause["id"].as_str().unwrap());
        assert!(entry.key.is_ascii() && entry.verify().is_ok(), "{} has the required fields of its type", entry.key);
        assert_eq!(text(entry, "abstract"), clause["quote"]["exact"].as_str().unwrap());
        assert_eq!(text(entry, "url"), format!("https://bayan.example/en/statements/iq-us-2024-09-27#{}", clause["label"].as_str().unwrap()));
        assert!(entry.get("urldate").is_none(), "there is no date of access");
    }
}

#[tokio::test]
async fn an_approximate_date_is_a_year() {
    let date = |entry: &Entry| {
        let PermissiveType::Typed(date) = entry.date().unwrap() else { panic!("a date") };
        let DateValue::At(day) = date.value else { panic!("one date") };
        (day.year, day.month, day.day, text(entry, "year"))
    };
    // The crate counts months and days from 0.
    assert_eq!(date(&entries("/v1/statements/iq-us-2024-09-27.bib").await[0]), (2024, Some(8), Some(26), "2024".to_owned()));
    assert_eq!(date(&entries("/v1/clauses/iq-us-2024-09-27-4a.bib").await[0]), (2024, None, None, "2024".to_owned()), "the data has no date of the report");
    let mut statement: Statement = serde_json::from_value(json("/v1/statements/iq-us-2024-09-27").await).unwrap();
    for (issued, date, year) in [
        (value!({"edtf": "2031-05~", "earliest": "2031-05-01", "latest": "2031-05-31", "precision": "month"}), Some("2031"), Some("2031")),
        (value!({"edtf": "2030-12~/2031-01~", "earliest": "2030-12-01", "latest": "2031-01-31", "precision": "month"}), Some("2030/2031"), None),
        (value!({"edtf": "2030-12/2031-01", "earliest": "2030-12-01", "latest": "2031-01-31", "precision": "month"}), Some("2030-12/2031-01"), None),
        (value!({"edtf": "2030?", "earliest": "2030-01-01", "latest": "2030-12-31", "precision": "year"}), Some("2030"), Some("2030")),
        (value!({"edtf": "../2030-05~", "earliest": null, "latest": "2030-05-31", "precision": "month"}), None, None),
        (value!({"edtf": null, "earliest": null, "latest": null, "precision": "unknown"}), None, None),
    ] {
        statement.issued = serde_json::from_value(issued.clone()).unwrap();
        let work = Work { statement: statement.clone(), issuers: Vec::new(), card_details: None };
        let site = SiteUrl::relative();
        let context = RenderContext { works: &[work], ..RenderContext::new(&site, chrono::DateTime::UNIX_EPOCH) };
        let written = String::from_utf8(bibtex::item(&statement, &context).unwrap()).unwrap();
        let field = |name: &str| written.lines().find(|line| line.trim_start().split(' ').next() == Some(name)).and_then(|line| line.split(['{', '}']).nth(1));
        assert_eq!((field("date"), field("year")), (date, year), "{issued}");
    }
}

#[tokio::test]
async fn tex_special_characters_are_escaped() {
    let mut statement: Statement = serde_json::from_value(json("/v1/statements/iq-us-2024-09-27").await).unwrap();
    let hostile = r#"a & b % c # d $ e _ f ~ g ^ h \ i "j" @k, {l} m} n{ o"#;
    statement.title.en = hostile.to_owned();
    let work = Work { statement: statement.clone(), issuers: Vec::new(), card_details: None };
    let site = SiteUrl::relative();
    let context = RenderContext { works: &[work], ..RenderContext::new(&site, chrono::DateTime::UNIX_EPOCH) };
    let written = String::from_utf8(bibtex::item(&statement, &context).unwrap()).unwrap();
    let entries = Bibliography::parse(&written).unwrap().into_vec();
    assert_eq!(entries.len(), 1);
    assert_eq!(text(&entries[0], "title"), hostile, "{written}");
    assert!(entries[0].get("author").is_none(), "without issuers there is no author");
}

#[tokio::test]
async fn lang_ar_selects_arabic() {
    let entry = &entries("/v1/clauses/iq-us-2024-09-27-6b.bib?lang=ar").await[0];
    assert_eq!((text(entry, "langid"), text(entry, "institution")), ("arabic".to_owned(), "نقلاً عن وكالة شفق نيوز (بالعربية)".to_owned()));
    assert_eq!(get("/v1/clauses.bib").await.header("content-type"), "application/x-bibtex; charset=utf-8");
}
