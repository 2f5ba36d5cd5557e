//! The text is stored once and never edited; everything else refers to it by offsets.

use std::collections::BTreeMap;

use serde_json::Value;
use sha2::{Digest, Sha256};
use sqlx::{Connection, SqliteConnection};

use crate::{all, json, seeded};

/// The source's text as code points.
async fn text() -> Vec<char> {
    let statement = json("/v1/statements/iq-us-2024-09-27").await;
    statement["source"]["text"].as_str().unwrap().chars().collect()
}

fn span(quote: &Value) -> (usize, usize) {
    let at = |end: &str| usize::try_from(quote[end].as_u64().unwrap()).unwrap();
    (at("start"), at("end"))
}

fn words(text: &[char], from: usize, to: usize) -> String {
    text[from..to].iter().collect()
}

#[tokio::test]
async fn the_text_is_the_article_byte_for_byte() {
    let statement = json("/v1/statements/iq-us-2024-09-27").await;
    let text = statement["source"]["text"].as_str().unwrap();
    let digest = format!("{:x}", Sha256::digest(text));
    assert_eq!(digest, "8b384ccdcaaa50697e7cf163024fea3f056aaf5aec9b4c3390f5be17108810e1");
    assert_eq!(statement["source"]["sha256"], digest);
    assert_eq!(text.chars().count(), 3503);
    let paragraphs = statement["source"]["paragraphs"].as_array().unwrap();
    let joined: Vec<&str> = paragraphs.iter().map(|paragraph| paragraph["text"].as_str().unwrap()).collect();
    assert_eq!((joined.len(), joined.join("\n").as_str()), (12, text));
}

/// The entries of a register with their mentions, of which a list has only the first.
async fn whole(resource: &str) -> Vec<Value> {
    let mut entries = Vec::new();
    for item in all(resource).await {
        entries.push(json(&format!("/v1/{resource}/{}", item["id"].as_str().unwrap())).await);
    }
    entries
}

#[tokio::test]
async fn every_quotation_in_a_response_is_at_its_offsets_with_its_context() {
    let text = text().await;
    let mut quotes = Vec::new();
    for resource in ["clauses", "dates", "notes"] {
        quotes.extend(all(resource).await.iter().map(|item| item["quote"].clone()));
    }
    for resource in ["actors", "locations"] {
        for item in whole(resource).await {
            let mentions = item["mentions"].as_array().unwrap();
            assert!(!mentions.is_empty(), "{} is mentioned", item["id"]);
            quotes.extend(mentions.iter().map(|mention| mention["quote"].clone()));
        }
    }
    assert!(quotes.len() > 200);
    for quote in quotes {
        let (start, end) = span(&quote);
        assert_eq!(quote["exact"], words(&text, start, end));
        assert_eq!(quote["prefix"], words(&text, start.saturating_sub(32), start));
        assert_eq!(quote["suffix"], words(&text, end, (end + 32).min(text.len())));
    }
}

#[tokio::test]
async fn every_stored_quotation_is_at_its_offsets() {
    let text = text().await;
    let mut database = SqliteConnection::connect(&format!("sqlite://{}?mode=ro&immutable=1", seeded().await.display())).await.unwrap();
    let rows: Vec<(i64, i64, String)> = sqlx::query_as("SELECT start, \"end\", exact FROM quotes").fetch_all(&mut database).await.unwrap();
    assert!(rows.len() > 150);
    for (start, end, exact) in rows {
        assert_eq!(exact, words(&text, start.try_into().unwrap(), end.try_into().unwrap()));
    }
}

#[tokio::test]
async fn the_schema_rejects_what_is_not_in_the_source() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("copy.db");
    std::fs::copy(seeded().await, &file).unwrap();
    let mut database = SqliteConnection::connect(&format!("sqlite://{}", file.display())).await.unwrap();
    let attempts = [
        ("INSERT INTO quotes VALUES ('iq-us-2024-09-27', 1, 5, 'أعلن')", "not at its offsets"),
        ("INSERT INTO quotes VALUES ('iq-us-2024-09-27', 0, 5, 'أعلن')", "not at its offsets"),
        ("INSERT INTO quotes VALUES ('iq-us-2024-09-27', 3500, 3600, 'ة')", "not at its offsets"),
        ("INSERT INTO quotes VALUES ('iq-us-2024-09-27', 3502, 3600, '.')", "CHECK"),
        ("INSERT INTO quotes VALUES ('nobody', 0, 4, 'أعلن')", "not at its offsets"),
        ("UPDATE quotes SET exact = 'اعلن' WHERE start = 0", "never edited"),
        ("UPDATE statements SET text = replace(text, 'وإسرائيل', 'والولايات المتحدة')", "never edited"),
        ("INSERT INTO actor_mentions VALUES ('iraq', 'iq-us-2024-09-27', 7, 9, NULL, 0)", "FOREIGN KEY"),
        ("INSERT INTO clause_actors VALUES ('iq-us-2024-09-27-6b', 'iraq', 'author', 'iq-us-2024-09-27', 0)", "CHECK"),
    ];
    for (attempt, message) in attempts {
        let error = sqlx::query(attempt).execute(&mut database).await.unwrap_err().to_string();
        assert!(error.contains(message), "{attempt}: {error}");
    }
    sqlx::query("INSERT INTO quotes VALUES ('iq-us-2024-09-27', 0, 3, 'أعل')").execute(&mut database).await.unwrap();
}

#[tokio::test]
async fn clauses_cover_everything_except_lead_ins_and_punctuation() {
    let text = text().await;
    let mut covered = vec![false; text.len()];
    for clause in all("clauses").await {
        let (start, end) = span(&clause["quote"]);
        covered[start..end].fill(true);
    }
    let mut left: Vec<String> = Vec::new();
    for (at, letter) in text.iter().enumerate() {
        if !covered[at] {
            if at == 0 || covered[at - 1] {
                left.push(format!("{at}: "));
            }
            left.last_mut().unwrap().push(*letter);
        }
    }
    let spoken = |left: &String| left.chars().any(char::is_alphabetic);
    insta::assert_snapshot!("left_over", left.iter().filter(|left| spoken(left)).map(|left| left.replace('\n', "⏎")).collect::<Vec<_>>().join("\n"));
}

#[tokio::test]
async fn clauses_do_not_overlap_unless_one_is_nested_in_its_parent() {
    let clauses = all("clauses").await;
    let spans: BTreeMap<&str, (usize, usize)> = clauses.iter().map(|clause| (clause["id"].as_str().unwrap(), span(&clause["quote"]))).collect();
    let paragraphs = json("/v1/statements/iq-us-2024-09-27").await["source"]["paragraphs"].clone();
    let mut reached = 0;
    for clause in &clauses {
        let (start, end) = spans[clause["id"].as_str().unwrap()];
        let paragraph = span(&paragraphs[usize::try_from(clause["paragraph"].as_u64().unwrap()).unwrap() - 1]);
        assert!(paragraph.0 <= start && end <= paragraph.1, "{} lies in its paragraph", clause["id"]);
        if start < reached {
            let parent = spans[clause["parent"].as_str().unwrap()];
            assert!(parent.0 <= start && end <= parent.1, "{} lies inside its parent", clause["id"]);
        }
        reached = reached.max(end);
    }
}

#[tokio::test]
async fn only_the_statements_voice_is_inside_the_quotation_marks() {
    let text = text().await;
    let mut inside = false;
    let quoted: Vec<bool> = text
        .iter()
        .map(|letter| {
            match letter {
                '“' => inside = true,
                '”' => inside = false,
                _ => {}
            }
            inside
        })
        .collect();
    for clause in all("clauses").await {
        let (start, end) = span(&clause["quote"]);
        let statement = clause["voice"] == "statement";
        assert!(quoted[start..end].iter().all(|quoted| *quoted == statement), "{}", clause["id"]);
        let expected = match clause["paragraph"].as_u64().unwrap() {
            1 => "agency",
            2 if clause["label"] == "2a" => "agency",
            2..=4 => "third_party",
            _ => "statement",
        };
        assert_eq!(clause["voice"], expected, "{}", clause["id"]);
    }
}

#[tokio::test]
async fn dates_and_mentions_belong_to_the_innermost_clause() {
    let clauses = all("clauses").await;
    let innermost = |(start, end): (usize, usize)| {
        let around = clauses.iter().map(|clause| (span(&clause["quote"]), &clause["id"])).filter(|((from, to), _)| *from <= start && end <= *to);
        around.min_by_key(|((from, to), _)| to - from).map_or(Value::Null, |(_, id)| id.clone())
    };
    for date in all("dates").await {
        assert_eq!(date["clause"], innermost(span(&date["quote"])), "{}", date["id"]);
    }
    for resource in ["actors", "locations"] {
        for item in whole(resource).await {
            for mention in item["mentions"].as_array().unwrap() {
                assert_eq!(mention["clause"], innermost(span(&mention["quote"])), "{} at {}", item["id"], mention["quote"]["start"]);
            }
        }
    }
    for note in all("notes").await {
        let clause = clauses.iter().find(|clause| clause["id"] == note["target"]).unwrap();
        let ((start, end), (from, to)) = (span(&note["quote"]), span(&clause["quote"]));
        assert!(from <= start && end <= to, "{}", note["id"]);
    }
}

/// The rule for `inferred`: it is set exactly where the clause does not mention the actor.
#[tokio::test]
async fn a_role_is_inferred_exactly_where_the_clause_does_not_mention_the_actor() {
    let actors = whole("actors").await;
    for clause in all("clauses").await {
        let (from, to) = span(&clause["quote"]);
        let named = |id: &Value| {
            let actor = actors.iter().find(|actor| actor["id"] == *id).unwrap();
            actor["mentions"].as_array().unwrap().iter().map(|mention| span(&mention["quote"])).any(|(start, end)| from <= start && end <= to)
        };
        for role in clause["actors"].as_array().unwrap() {
            // 9c mentions Iraq as the beneficiary; that Iraq is the speaker follows from 9a.
            if clause["label"] == "9c" && role["role"] == "speaker" {
                continue;
            }
            assert_eq!(role["inferred"], !named(&role["id"]), "{} in {}", role["id"], clause["id"]);
        }
        for actor in actors.iter().filter(|actor| named(&actor["id"])) {
            assert!(clause["actors"].as_array().unwrap().iter().any(|role| role["id"] == actor["id"]), "{} has a role in {}", actor["id"], clause["id"]);
        }
    }
}
