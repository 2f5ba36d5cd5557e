//! CSV: flat, complete, with stable columns, and safe to open in a spreadsheet.

use std::collections::BTreeMap;

use bayan::formats::{List, ListEnvelope, Meta, RenderContext, SiteUrl, csv::list};
use serde_json::Value;

use crate::{all, get, json};

/// The rows of a table, by column.
async fn rows(path: &str) -> Vec<BTreeMap<String, String>> {
    let answer = get(path).await;
    assert_eq!((answer.status.as_u16(), answer.header("content-type")), (200, "text/csv; charset=utf-8; header=present"), "{path}");
    let mut table = ::csv::Reader::from_reader(answer.body.as_slice());
    table.deserialize().map(Result::unwrap).collect()
}

#[tokio::test]
async fn a_table_has_all_items_of_a_list() {
    for resource in ["statements", "clauses", "dates", "milestones", "actors", "locations", "notes", "changes"] {
        let rows = rows(&format!("/v1/{resource}.csv")).await;
        let total = json(&format!("/v1/{resource}?count=true&limit=1")).await["meta"]["total"].as_u64().unwrap();
        assert_eq!(rows.len() as u64, total, "{resource}");
    }
}

/// `INSTA_UPDATE=always` rewrites the snapshot: a moved column breaks users' spreadsheets.
#[tokio::test]
async fn columns_are_stable() {
    let mut columns = Vec::new();
    for resource in ["statements", "clauses", "dates", "milestones", "actors", "locations", "notes", "changes"] {
        let body = get(&format!("/v1/{resource}.csv?limit=1")).await.body;
        columns.push(format!("{resource}: {}", String::from_utf8(body).unwrap().split("\r\n").next().unwrap()));
    }
    insta::assert_snapshot!("columns", columns.join("\n"));
}

#[tokio::test]
async fn cells_equal_the_members_of_the_items() {
    let items = all("milestones").await;
    for (row, item) in rows("/v1/milestones.csv").await.iter().zip(&items) {
        assert_eq!((&row["id"], &row["title_ar"]), (&item["id"].as_str().unwrap().to_owned(), &item["title"]["ar"].as_str().unwrap().to_owned()));
        assert_eq!(row["days_until"], if item["days_until"] == Value::Null { String::new() } else { item["days_until"].to_string() });
        assert_eq!(row["latest"], item["date"]["latest"].as_str().unwrap_or_default());
    }
}

#[tokio::test]
async fn a_table_honours_the_filter_and_has_a_byte_order_mark_on_request() {
    assert_eq!(rows("/v1/clauses.csv?kind=commitment").await.len(), 3);
    assert!(!get("/v1/clauses.csv").await.body.starts_with(b"\xEF\xBB\xBF"));
    assert!(get("/v1/clauses.csv?bom=1").await.body.starts_with(b"\xEF\xBB\xBFid,"));
    assert!(get("/v1/clauses?bom=1").await.body.starts_with(b"{"), "other formats have no byte order mark");
    assert_eq!(get("/v1/clauses.csv?bom=yes").await.json()["errors"][0]["allowed"], serde_json::json!(["true", "false"]));
}

#[tokio::test]
async fn formulas_are_escaped_and_line_breaks_are_quoted() {
    let mut note: bayan::corpus::notes::Note = serde_json::from_value(all("notes").await[0].clone()).unwrap();
    note.text.ar = "سطر أول\nسطر \"ثان\"، وفاصلة,".to_owned();
    let site = SiteUrl::relative();
    let context = RenderContext::new(&site, chrono::DateTime::UNIX_EPOCH);
    for formula in ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1"] {
        note.text.en = formula.to_owned();
        let items = vec![note.clone()];
        let list_of_one = List { items, envelope: ListEnvelope { this: String::new(), next: None, query: serde_json::Map::new(), meta: Meta::new(1) } };
        let table = list(&list_of_one, &context).unwrap();
        let row: BTreeMap<String, String> = ::csv::Reader::from_reader(table.as_slice()).deserialize().next().unwrap().unwrap();
        assert_eq!(row["text_en"], format!("'{formula}"));
        assert_eq!(row["text_ar"], note.text.ar);
    }
}
