//! Whatever the README promises is so. (`.ci/readme` also runs its calls and compares what they print.)

use std::collections::BTreeSet;

use axum::http::StatusCode;
use clap::CommandFactory;
use serde_json::Value;

use crate::{get, json};

const README: &str = include_str!("../../README.md");

/// The rows of the table whose first line begins so, cell by cell.
fn table(first: &str) -> Vec<Vec<&'static str>> {
    let (_, rest) = README.split_once(&format!("\n{first}")).unwrap();
    let rows = rest.lines().skip(2).take_while(|line| line.starts_with('|'));
    rows.map(|row| row.trim_matches('|').split('|').map(str::trim).collect()).collect()
}

/// What stands between backquotes.
fn quoted(cell: &str) -> BTreeSet<String> {
    cell.split('`').skip(1).step_by(2).map(ToOwned::to_owned).collect()
}

#[tokio::test]
async fn every_address_in_it_can_be_got() {
    let mut seen = 0;
    // Those in commands; what they print has addresses of its own.
    for (at, _) in README.match_indices("'http://127.0.0.1:8080/") {
        let path = README[at + "'http://127.0.0.1:8080".len()..].split(['\'', ' ', '`', '\n']).next().unwrap();
        // The rest of the verified quotation is in an argument of its own.
        let expected = if path.contains("oficer") || path == "/v1/verify" { StatusCode::BAD_REQUEST } else { StatusCode::OK };
        assert_eq!(get(path).await.status, expected, "{path}");
        seen += 1;
    }
    for path in ["/v1", "/openapi.json", "/docs/", "/health/live", "/health/ready", "/metrics", "/robots.txt"] {
        assert!(README.contains(&format!("`{path}`")), "{path}");
        assert_eq!(get(path).await.status, StatusCode::OK, "{path}");
    }
    assert!(seen > 5);
}

#[tokio::test]
async fn the_table_of_resources_is_the_services() {
    let rows = table("| resource |");
    let index = json("/v1").await;
    let urls: Vec<&str> = index["resources"].as_array().unwrap().iter().map(|resource| resource["url"].as_str().unwrap()).collect();
    assert_eq!(rows.iter().map(|row| row[0].trim_matches('`')).collect::<Vec<_>>(), urls);
    for row in rows {
        let name = row[0].trim_matches('`').trim_start_matches("/v1/");
        let listed = index["resources"].as_array().unwrap().iter().find(|resource| resource["name"] == name).unwrap();
        assert_eq!(quoted(row[2]), serde_json::from_value(listed["formats"].clone()).unwrap(), "{name}");
        assert_eq!(quoted(row[3]), serde_json::from_value(listed["item_formats"].clone()).unwrap(), "an item of {name}");
        for suffix in quoted(row[2]) {
            assert_eq!(get(&format!("{}{suffix}", row[0].trim_matches('`'))).await.status, StatusCode::OK, "{} {suffix}", row[0]);
        }
    }
}

#[tokio::test]
async fn the_table_of_parameters_is_the_documents() {
    let document = json("/openapi.json").await;
    let rows = table("| list |");
    let first_words = |cell: &str| -> BTreeSet<String> {
        let names = quoted(cell).into_iter().map(|name| name.split('=').next().unwrap().to_owned());
        names.filter(|name| !["next", "-", "meta.total", "ar", "en", ".csv"].contains(&name.as_str())).collect()
    };
    let shared = first_words(rows[0][1]);
    for row in &rows[1..] {
        let parameters = document["paths"][format!("/v1/{}", row[0])]["get"]["parameters"].as_array().unwrap();
        let documented: BTreeSet<String> = parameters.iter().map(|parameter| parameter["name"].as_str().unwrap().to_owned()).collect();
        assert_eq!(&first_words(row[1]) | &shared, documented, "{}", row[0]);
    }
    assert_eq!(rows.len(), 9);
}

#[test]
fn the_table_of_the_configuration_is_the_programs() {
    let program = bayan::config::Config::command();
    let told: Vec<(String, String, String)> = program
        .get_arguments()
        .filter_map(|argument| {
            let default = argument
                .get_default_values()
                .first()
                .filter(|value| !value.is_empty())
                .map_or("none".to_owned(), |value| format!("`{}`", value.to_string_lossy()));
            Some((format!("`--{}`", argument.get_long()?), format!("`{}`", argument.get_env()?.to_string_lossy()), default))
        })
        .collect();
    let written: Vec<(String, String, String)> = table("| flag |").iter().map(|row| (row[0].to_owned(), row[1].to_owned(), row[2].to_owned())).collect();
    assert_eq!(written, told);
}

#[tokio::test]
async fn the_changelog_counts_what_there_is() {
    let changelog = include_str!("../../CHANGELOG.md").split_whitespace().collect::<Vec<_>>().join(" ");
    for (resource, noun) in
        [("clauses", "clauses"), ("dates", "dates"), ("milestones", "milestones"), ("actors", "actors"), ("locations", "locations"), ("notes", "notes")]
    {
        let count: Value = json(&format!("/v1/{resource}?count=true&limit=1")).await["meta"]["total"].clone();
        assert!(changelog.contains(&format!("{count} {noun}")), "{count} {noun}");
    }
}
