//! Parameters are strict: unknown parameters and values are rejected, with the allowed ones listed.

use axum::http::StatusCode;
use serde_json::{Value, json as value};

use crate::{TODAY, get, json};

/// The invalid parameters that a 400 lists.
async fn invalid_params(path: &str) -> Value {
    let response = get(path).await;
    assert_eq!(response.status, StatusCode::BAD_REQUEST, "{path}");
    assert_eq!(response.header("content-type"), "application/problem+json");
    response.json()["errors"].clone()
}

#[tokio::test]
async fn an_invalid_value_is_named_with_what_is_allowed() {
    let voices = value!(["statement", "agency", "third_party"]);
    let limit = value!(["a whole number from 1 to 200"]);
    let day = value!(["an existing date, written YYYY-MM-DD, from 0001-01-01 to 9998-12-31"]);
    let once = value!(["one value; this parameter is given once"]);
    let slug = value!(["an id: lower-case letters and digits in groups joined by single hyphens"]);
    let truth = value!(["true", "false"]);
    let encoding = value!(["percent-encoding with two hexadecimal digits after each %"]);
    for (query, parameter, given, allowed) in [
        ("voice=oficer", "voice", "oficer", &voices),
        ("voice=third_party&voice=", "voice", "", &voices),
        ("voice=Statement", "voice", "Statement", &voices),
        ("limit=0", "limit", "0", &limit),
        ("limit=201", "limit", "201", &limit),
        ("limit=", "limit", "", &limit),
        ("limit=-1", "limit", "-1", &limit),
        ("limit=%2B5", "limit", "+5", &limit),
        ("limit=5.0", "limit", "5.0", &limit),
        ("limit=99999999999999999999", "limit", "99999999999999999999", &limit),
        ("limit=1&limit=2", "limit", "1, 2", &once),
        ("from=2025-01-01&from=2025-01-01", "from", "2025-01-01, 2025-01-01", &once),
        ("from=2025-9-1", "from", "2025-9-1", &day),
        ("from=2025-02-29", "from", "2025-02-29", &day),
        ("from=0000-01-01", "from", "0000-01-01", &day),
        ("to=9999-12-31", "to", "9999-12-31", &day),
        ("to=%D9%A2%D9%A0%D9%A2%D9%A5-01-01", "to", "٢٠٢٥-01-01", &day),
        ("from=2025-01-02&to=2025-01-01", "to", "2025-01-01", &value!(["the day of `from` (2025-01-02) or a later one"])),
        ("match=certain", "match", "certain", &value!(["together with `from` or `to`"])),
        ("match=maybe", "match", "maybe", &value!(["possible", "certain"])),
        ("actor=Iraq", "actor", "Iraq", &slug),
        ("actor=", "actor", "", &slug),
        ("actor=-iraq", "actor", "-iraq", &slug),
        ("actor=iraq&actor=nobody", "actor", "nobody", &value!(["an id from /v1/actors"])),
        ("location=israel", "location", "israel", &value!(["an id from /v1/locations"])),
        ("statement=iq-us-2024-09-28", "statement", "iq-us-2024-09-28", &value!(["an id from /v1/statements"])),
        ("paragraph=six", "paragraph", "six", &value!(["a whole number from 1"])),
        ("paragraph=0", "paragraph", "0", &value!(["a whole number from 1"])),
        ("paragraph=99999999999", "paragraph", "99999999999", &value!(["a whole number from 1"])),
        ("count=yes", "count", "yes", &truth),
        ("count", "count", "", &truth),
        ("lang=fr", "lang", "fr", &value!(["ar", "en"])),
        ("sort=label", "sort", "label", &value!(["position", "-position", "relevance"])),
        ("sort=relevance", "sort", "relevance", &value!(["together with `q`"])),
        ("voice=%ZZ", "voice", "%ZZ", &encoding),
        ("voice=a%2", "voice", "a%2", &encoding),
        ("voice=%FF", "voice", "%FF", &value!(["text in UTF-8, percent-encoded"])),
        ("voice=%ED%A0%80", "voice", "%ED%A0%80", &value!(["text in UTF-8, percent-encoded"])),
    ] {
        let expected = value!([{"parameter": parameter, "value": given, "allowed": allowed}]);
        assert_eq!(invalid_params(&format!("/v1/clauses?{query}")).await, expected, "{query}");
    }
}

#[tokio::test]
async fn all_unknown_parameters_are_named() {
    let invalid = invalid_params("/v1/notes?severty=major&kind=ambiguity&page=2").await;
    let names: Vec<&Value> = invalid.as_array().unwrap().iter().map(|param| &param["parameter"]).collect();
    assert_eq!(names, ["page", "severty"]);
    assert!(invalid[0]["allowed"].as_array().unwrap().contains(&value!("severity")));
}

#[tokio::test]
async fn items_and_the_index_are_strict() {
    for path in
        ["/v1?x=1", "/v1/actors/iraq?as_of=2025-01-01", "/v1/clauses/iq-us-2024-09-27-6b?limit=1", "/v1/milestones/iq-us-2024-09-27-announcement?as_of=soon"]
    {
        invalid_params(path).await;
    }
}

#[tokio::test]
async fn a_repeated_parameter_means_any_value_and_different_parameters_must_all_hold() {
    let count = async |query: &str| json(&format!("/v1/clauses?count=true&limit=1&{query}")).await["meta"]["total"].as_u64().unwrap();
    let (third_party, agency) = (count("voice=third_party").await, count("voice=agency").await);
    assert_eq!(count("voice=third_party&voice=agency").await, third_party + agency);
    assert_eq!(count("voice=third_party&kind=commitment").await, 0);
    assert_eq!(count("voice=third_party&voice=third_party").await, third_party);
}

#[tokio::test]
async fn the_response_has_the_parsed_query() {
    let list = json("/v1/milestones?kind=deadline&from=2025-01-01&sort=latest&actor=iraq&actor=united-states").await;
    let understood =
        value!({"kind": ["deadline"], "actor": ["iraq", "united-states"], "from": "2025-01-01", "as_of": TODAY, "sort": "latest", "exact": false, "limit": 50});
    assert_eq!(list["query"], understood);
    assert_eq!(list["self"], "/v1/milestones?kind=deadline&actor=iraq&actor=united-states&from=2025-01-01");
    for same in [
        "actor=united-states&from=2025-01-01&actor=iraq&kind=deadline",
        "kind=deadline&actor=iraq&actor=united-states&actor=iraq&from=2025-01-01&match=possible",
    ] {
        assert_eq!(json(&format!("/v1/milestones?{same}")).await, list, "equivalent queries are one query");
    }
}

#[tokio::test]
async fn a_large_request_does_not_make_the_error_response_large() {
    let response = get(&format!("/v1/clauses?{}", "a&".repeat(10_000))).await;
    assert!(response.status == StatusCode::BAD_REQUEST && response.body.len() < 2_000);
    let many = (1..=2_000).map(|number| format!("paragraph={number}")).collect::<Vec<_>>().join("&");
    assert_eq!(invalid_params(&format!("/v1/clauses?{many}")).await[0]["allowed"], value!(["at most 50 values"]));
    assert_eq!(json(&format!("/v1/clauses?{}limit=1", "role=bound&".repeat(2_000))).await["self"], "/v1/clauses?role=bound&limit=1");
}

#[tokio::test]
async fn a_uri_that_is_too_long_returns_414() {
    let long = "a".repeat(60_000);
    let response = get(&format!("/v1/clauses?actor={long}")).await;
    assert_eq!(response.status, StatusCode::URI_TOO_LONG);
    assert_eq!(response.json()["status"], 414);
}
