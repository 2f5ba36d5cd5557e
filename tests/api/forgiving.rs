//! What clients send without meaning it: the service ignores it, redirects, or names the right spelling.

use axum::http::{Method, StatusCode};

use crate::{
    TODAY, get, json, send, service_on,
    test_server::{TestServer, bayan, header, send_raw, status},
};

#[tokio::test]
async fn a_cache_busting_parameter_changes_neither_the_response_nor_the_cache() {
    let service = service_on(TODAY).await;
    for (path, busted) in [
        ("/v1/milestones", "/v1/milestones?_=1732700000000"),
        ("/v1/clauses?voice=agency&limit=2", "/v1/clauses?voice=agency&_=0.1234&limit=2"),
        ("/v1/actors/iraq?lang=ar", "/v1/actors/iraq?%5F=&lang=ar"),
        ("/v1/clauses.csv", "/v1/clauses.csv?_&_=2"),
        ("/v1/verify?text=Iraq", "/v1/verify?_=x&text=Iraq"),
        ("/en/search?q=iraq", "/en/search?q=iraq&_=9"),
        ("/openapi.json", "/openapi.json?_=1"),
    ] {
        let (mut plain, mut other) = (send(&service, Method::GET, path, &[]).await, send(&service, Method::GET, busted, &[]).await);
        for response in [&mut plain, &mut other] {
            response.headers.remove("date");
        }
        assert_eq!((plain.status, other.status), (StatusCode::OK, StatusCode::OK), "{busted}");
        assert_eq!((plain.body, plain.headers), (other.body, other.headers), "{busted}");
    }
    let before = hits(&service).await;
    for number in 0..20 {
        send(&service, Method::GET, &format!("/v1/milestones?_={number}"), &[]).await;
    }
    assert_eq!(hits(&service).await, before + 20, "all of them are one response");
    for path in ["/v1/clauses?__=1", "/v1/clauses?_a=1", "/v1/clauses?voice=_"] {
        assert_eq!(get(path).await.status, StatusCode::BAD_REQUEST, "{path}");
    }
}

/// The hits of the cache by URI.
async fn hits(service: &axum::Router) -> u64 {
    let metrics = String::from_utf8(send(service, Method::GET, "/metrics", &[]).await.body).unwrap();
    let series = r#"bayan_cache_lookups_total{cache="uri",result="hit"} "#;
    metrics.lines().find_map(|line| line.strip_prefix(series)?.parse().ok()).unwrap()
}

#[tokio::test]
async fn booleans_are_read_in_any_case_and_as_digits() {
    let counted = json("/v1/clauses?count=true&limit=1").await;
    for value in ["True", "TRUE", "tRUE", "1"] {
        assert_eq!(json(&format!("/v1/clauses?count={value}&limit=1")).await, counted, "{value}");
    }
    for value in ["False", "0", "FALSE"] {
        assert_eq!(json(&format!("/v1/clauses?count={value}&limit=1")).await["meta"].get("total"), None, "{value}");
        assert_eq!(json(&format!("/v1/clauses?actor=iraq&exact={value}")).await, json("/v1/clauses?actor=iraq").await, "{value}");
    }
    let with_bom = get("/v1/notes.csv?bom=1").await.body;
    assert!(with_bom.starts_with("\u{feff}".as_bytes()));
    for (value, is_with_bom) in [("true", true), ("True", true), ("0", false), ("false", false)] {
        let body = get(&format!("/v1/notes.csv?bom={value}")).await.body;
        assert_eq!(body == with_bom, is_with_bom, "{value}");
    }
    for query in ["count=yes", "count=", "count=2", "bom=on", "unspecified=%20true", "count=true&count=1"] {
        let list = if query.starts_with('u') { "locations" } else { "clauses" };
        let response = get(&format!("/v1/{list}?{query}")).await;
        assert_eq!((response.status.as_u16(), &response.json()["errors"][0]["parameter"]), (400, &query.split('=').next().unwrap().into()), "{query}");
    }
}

#[tokio::test]
async fn a_name_that_is_nearly_right_gets_the_right_one() {
    for (query, meant) in [
        ("clauses?voice[]=agency", "voice"),
        ("clauses?actor%5B%5D=iraq&actor%5B%5D=us", "actor"),
        ("clauses?kind[0]=deadline", "kind"),
        ("clauses?Limit=5", "limit"),
        ("milestones?asOf=2025-01-01", "as_of"),
        ("milestones?as-of=2025-01-01", "as_of"),
        ("actors?COUNTRY=IQ", "country"),
    ] {
        let response = get(&format!("/v1/{query}")).await;
        let problem = response.json();
        assert_eq!((response.status.as_u16(), &problem["errors"][0]["allowed"]), (400, &serde_json::json!([meant])), "{query}");
        assert!(problem["detail"].as_str().unwrap().ends_with(&format!("Allowed: {meant}.")), "{problem}");
    }
    let problem = get("/v1/clauses?voices=agency").await.json();
    assert!(problem["errors"][0]["allowed"].as_array().unwrap().len() > 5, "any other name gets the whole list");
}

/// The path that a redirect leads to, as a client resolves it.
fn resolve(base: &str, reference: &str) -> String {
    url::Url::parse(&format!("http://x{base}")).unwrap().join(reference).unwrap().as_str().trim_start_matches("http://x").to_owned()
}

#[tokio::test]
async fn a_path_with_more_than_belongs_to_it_is_redirected_with_its_query() {
    let service = service_on(TODAY).await;
    let item = "/v1/clauses/iq-us-2024-09-27-6b";
    for (path, canonical) in [
        ("/v1/", "/v1"),
        ("/v1/clauses/", "/v1/clauses"),
        ("/docs?x=1", "/docs/?x=1"),
        ("/en?a=%D8&b", "/en/?a=%D8&b"),
        ("/ar", "/ar/"),
        ("/v1/clauses//", "/v1/clauses"),
        ("/v1/clauses/?voice=agency&limit=1", "/v1/clauses?voice=agency&limit=1"),
        ("/v1/clauses/?voice=wrong", "/v1/clauses?voice=wrong"),
        ("/v1/milestones.ics/", "/v1/milestones.ics"),
        ("/v1/actors/iraq/mentions/", "/v1/actors/iraq/mentions"),
        (&format!("{item}/"), item),
        (&format!("{item}."), item),
        (&format!("{item})."), item),
        (&format!("{item}%D8%8C"), item),
        (&format!("{item}\u{60c}?lang=ar"), &format!("{item}?lang=ar")),
        (&format!("{item}%C2%BB%E2%80%8F"), item),
        (&format!("{item}.txt%E2%81%A9"), &format!("{item}.txt")),
        (&format!("{item}%20"), item),
        ("/en/milestones/", "/en/milestones"),
        ("/ar/notes/%D8%9F", "/ar/notes"),
        ("/ar/statements/iq-us-2024-09-27%D8%9B", "/ar/statements/iq-us-2024-09-27"),
        ("/openapi.json,", "/openapi.json"),
        ("/robots.txt/", "/robots.txt"),
        ("/health/live/", "/health/live"),
        ("/%E2%80%8F", "/"),
    ] {
        for method in [Method::GET, Method::HEAD] {
            let response = send(&service, method.clone(), path, &[]).await;
            assert_eq!(
                (response.status, resolve(path, response.header("location"))),
                (StatusCode::PERMANENT_REDIRECT, canonical.to_owned()),
                "{method} {path}"
            );
            assert_eq!((response.header("cache-control"), response.header("access-control-allow-origin")), ("no-store", "*"), "{path}");
        }
    }
    // What has a slash at its end, and what leads nowhere.
    for (path, status) in [
        ("/en/", 200),
        ("/docs/", 200),
        ("/nowhere/", 404),
        ("/v1/clauses/nothing/", 404),
        ("/v1/clauses/nothing.", 404),
        ("//evil.example/", 404),
        ("//evil.example/v1/clauses/", 404),
        ("/v1/./clauses/", 404),
    ] {
        assert_eq!(send(&service, Method::GET, path, &[]).await.status.as_u16(), status, "{path}");
    }
    assert_eq!(send(&service, Method::POST, "/v1/verify/", &[]).await.status, StatusCode::PERMANENT_REDIRECT);
    let preflight = [("origin", "https://a.example"), ("access-control-request-method", "GET")];
    assert_eq!(send(&service, Method::OPTIONS, "/v1/clauses/", &preflight).await.status, StatusCode::OK, "a browser follows no redirect of a preflight");
}

#[test]
fn an_empty_chunked_body_is_dropped_and_any_other_rejected() {
    let folder = tempfile::tempdir().unwrap();
    let server = TestServer::start(bayan(folder.path()).args(["--rate-limit=100", "--rate-limit-window=600", "--rate-limit-exempt="]));
    let chunked =
        |method: &str, body: &str| send_raw(&server.addr, &format!("{method} /v1/notes HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: Chunked\r\n\r\n{body}"));
    for (method, body, expected) in [
        ("GET", "0\r\n\r\n", 200),
        ("GET", "0\r\n\r\n", 200),
        ("HEAD", "000;x=y\r\n\r\n", 200),
        ("GET", "0\r\nTrailer: x\r\n\r\n", 200),
        ("DELETE", "0\r\n\r\n", 405),
        // Also where the response is cached.
        ("GET", "1\r\nx\r\n0\r\n\r\n", 413),
        ("DELETE", "5\r\nhello\r\n0\r\n\r\n", 405),
        ("GET", "x\r\n\r\n", 400),
    ] {
        let response = chunked(method, &(body.to_owned() + "GET /v1 HTTP/1.1\r\nHost: x\r\n\r\n"));
        assert_eq!((status(&response), header(&response, "connection")), (expected, "close"), "{method} {body:?}");
        assert_eq!(response.matches("HTTP/1.1 ").count(), 1, "{response}");
    }
    let remaining = header(&chunked("GET", "0\r\n\r\n"), "ratelimit").to_owned();
    assert!(remaining.starts_with("\"client\";r=91;"), "each costs one request: {remaining}");
}
