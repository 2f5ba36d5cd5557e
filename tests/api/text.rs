//! Plain text: the verbatim words, below the phrase that says who speaks.

use crate::{all, get, published, voices};

const ISOLATE: char = '\u{2068}';
const POP: char = '\u{2069}';

/// The parts of a list, each with its clause.
async fn blocks(language: &str) -> Vec<(String, serde_json::Value)> {
    let text = published(&format!("/v1/clauses.txt?lang={language}")).await;
    let blocks: Vec<String> = text.split("\n* * *\n\n").map(ToOwned::to_owned).collect();
    let clauses = all("clauses").await;
    assert_eq!(blocks.len(), clauses.len());
    blocks.into_iter().zip(clauses).collect()
}

/// `INSTA_UPDATE=always` rewrites the snapshots: read them as somebody who quotes from them.
#[tokio::test]
async fn texts_of_each_voice_match_the_snapshots() {
    insta::assert_snapshot!("text_ar", voices("txt").await);
    insta::assert_snapshot!("text_en", voices("txt?lang=en").await);
}

#[tokio::test]
async fn the_first_line_says_who_speaks() {
    for (language, statement, third_party, agency) in [
        ("ar", "من نص البيان", "وليس من البيان", "رواية وكالة شفق نيوز، وليست من البيان"),
        ("en", "The statement’s own words", "not by the statement", "Reported by Shafaq News"),
    ] {
        for (block, clause) in blocks(language).await {
            let first = block.lines().next().unwrap();
            let expected = match clause["voice"].as_str().unwrap() {
                "statement" => statement,
                "third_party" => third_party,
                _ => agency,
            };
            for voice in [statement, third_party, agency] {
                assert_eq!(first.contains(voice), voice == expected, "{first}");
            }
        }
    }
}

#[tokio::test]
async fn a_clause_has_its_verbatim_words_its_permalink_and_its_notes() {
    for language in ["ar", "en"] {
        for (block, clause) in blocks(language).await {
            let exact = clause["quote"]["exact"].as_str().unwrap();
            assert!(block.contains(&format!("«{exact}»")), "{block}");
            let page = format!("https://bayan.example/{language}/statements/iq-us-2024-09-27#{}", clause["label"].as_str().unwrap());
            assert_eq!(block.matches(&page).count(), 2, "the permalink is on a line of its own and in the citation: {block}");
            let plain: String = block.chars().filter(|character| ![ISOLATE, POP].contains(character)).collect();
            for note in clause["notes"].as_array().unwrap() {
                assert!(plain.contains(note["text"][language].as_str().unwrap()), "{block}");
            }
        }
    }
}

#[tokio::test]
async fn a_clause_has_the_words_that_introduce_it() {
    for language in ["ar", "en"] {
        for (block, clause) in blocks(language).await {
            if let Some(text) = clause["lead_in"]["text"].as_object() {
                assert!(block.contains(&format!("«{}»", text["ar"].as_str().unwrap())), "{block}");
                assert_eq!(block.contains(&format!("(“{}”)", text["en"].as_str().unwrap())), language == "en", "{block}");
            }
        }
    }
}

#[tokio::test]
async fn english_is_labelled_as_a_working_translation_above_the_arabic() {
    for (block, clause) in blocks("en").await {
        let at = |text: &str| block.find(text).unwrap_or_else(|| panic!("{text} in {block}"));
        let english = clause["text"]["en"].as_str().unwrap();
        assert!(at("in our translation") < at(&format!("“{english}”")));
        assert!(at(english) < at(clause["quote"]["exact"].as_str().unwrap()));
    }
}

#[tokio::test]
async fn arabic_is_the_default() {
    let of = async |path: &str| get(path).await.body;
    assert_eq!(of("/v1/clauses/iq-us-2024-09-27-6b.txt").await, of("/v1/clauses/iq-us-2024-09-27-6b.txt?lang=ar").await);
    assert_eq!(get("/v1/clauses.txt").await.header("content-type"), "text/plain; charset=utf-8");
}

/// In Arabic, Latin letters and digits outside the quoted words are isolated; in English, Arabic letters are. Every isolate
/// ends on its line.
#[tokio::test]
async fn runs_against_the_direction_of_the_line_are_isolated() {
    for language in ["ar", "en"] {
        for line in published(&format!("/v1/clauses.txt?lang={language}")).await.lines() {
            // A URL has none, and none beside it: programs that make links of URLs would take it for a part.
            for (at, url) in line.match_indices("https://") {
                let (before, after) = (line[..at].chars().next_back(), line[at..].find(char::is_whitespace).map_or(&line[at..], |end| &line[at..at + end]));
                assert!(before.is_none_or(char::is_whitespace) && !after.contains([ISOLATE, POP]), "{url} in {line}");
            }
            let line = line.split(' ').filter(|word| !word.starts_with("https://")).collect::<Vec<_>>().join(" ");
            let (mut isolated, mut quoted) = (0, 0);
            for character in line.chars() {
                match character {
                    ISOLATE => isolated += 1,
                    POP => isolated -= 1,
                    '«' => quoted += 1,
                    '»' => quoted -= 1,
                    latin if language == "ar" && latin.is_ascii_alphanumeric() => assert!(isolated + quoted > 0, "{latin} in {line}"),
                    arabic if language == "en" && ('\u{600}'..'\u{700}').contains(&arabic) => assert_eq!(isolated, 1, "{arabic} in {line}"),
                    _ => {}
                }
                assert!((0..=1).contains(&isolated), "{line}");
            }
            assert_eq!((isolated, quoted), (0, 0), "{line}");
        }
    }
}

#[tokio::test]
async fn notes_are_sorted_by_severity() {
    let officer = published("/v1/clauses/iq-us-2024-09-27-4a.txt?lang=en").await;
    assert!(officer.find("(critical)").unwrap() < officer.find("(minor)").unwrap());
}
