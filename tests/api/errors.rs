//! Errors: each is a problem document (RFC 9457), with the headers of every response.

use axum::http::{Method, StatusCode};

use crate::{TODAY, get, send, service_on};

#[tokio::test]
async fn every_error_is_a_problem_document_that_other_sites_can_read() {
    let service = service_on(TODAY).await;
    for (method, path, accept, status) in [
        (Method::GET, "/v1/clauses?voice=x", "*/*", 400),
        (Method::GET, "/v1/clauses?voice=%FF", "*/*", 400),
        (Method::GET, "/nowhere", "*/*", 404),
        (Method::GET, "/v1/nowhere", "*/*", 404),
        (Method::GET, "/v1/clauses/nothing", "*/*", 404),
        (Method::GET, "/v1/clauses/NOT-A-SLUG", "*/*", 404),
        (Method::GET, "/v1/clauses/%FF", "*/*", 404),
        (Method::GET, "/docs/nowhere.js", "*/*", 404),
        (Method::GET, "/docs/%FF", "*/*", 404),
        (Method::POST, "/v1/clauses", "*/*", 405),
        (Method::DELETE, "/v1/actors/iraq", "*/*", 405),
        (Method::PUT, "/v1", "*/*", 405),
        (Method::POST, "/health/live", "*/*", 405),
        (Method::GET, "/v1/clauses", "image/png", 406),
    ] {
        let response = send(&service, method.clone(), path, &[("accept", accept)]).await;
        assert_eq!(response.status.as_u16(), status, "{method} {path}");
        assert_eq!(response.header("content-type"), "application/problem+json", "{method} {path}");
        assert_eq!(response.header("access-control-allow-origin"), "*");
        let problem = response.json();
        assert_eq!((&problem["status"], problem["instance"].as_str().unwrap()), (&status.into(), path.split('?').next().unwrap()));
        for member in ["type", "title", "detail"] {
            assert!(!problem[member].as_str().unwrap().is_empty(), "{member} of {method} {path}");
        }
    }
}

#[tokio::test]
async fn a_405_names_the_methods_that_are_allowed() {
    let response = send(&service_on(TODAY).await, Method::PATCH, "/v1/clauses", &[]).await;
    assert_eq!(response.status, StatusCode::METHOD_NOT_ALLOWED);
    let mut allowed: Vec<&str> = response.header("allow").split(',').map(str::trim).collect();
    allowed.sort_unstable();
    assert_eq!(allowed, ["GET", "HEAD"]);
}

#[tokio::test]
async fn head_equals_get_without_a_body() {
    let service = service_on(TODAY).await;
    for path in ["/v1", "/v1/clauses?limit=3", "/v1/clauses/iq-us-2024-09-27-6b", "/v1/clauses?voice=x", "/v1/nothing"] {
        let (get, head) = (send(&service, Method::GET, path, &[]).await, send(&service, Method::HEAD, path, &[]).await);
        assert_eq!(get.status, head.status, "{path}");
        assert!(head.body.is_empty());
        let length = get.body.len().to_string();
        assert_eq!(head.header("content-length"), length, "{path}");
        assert_eq!(get.header("content-type"), head.header("content-type"), "{path}");
    }
}

#[tokio::test]
async fn a_cors_preflight_succeeds() {
    let preflight = [("origin", "https://dashboard.example"), ("access-control-request-method", "GET"), ("access-control-request-headers", "if-none-match")];
    let response = send(&service_on(TODAY).await, Method::OPTIONS, "/v1/milestones", &preflight).await;
    assert!(response.status.is_success());
    assert_eq!(response.header("access-control-allow-origin"), "*");
    assert_eq!(response.header("access-control-allow-headers"), "*");
    let exposed = get("/v1/milestones").await;
    assert_eq!(
        exposed.header("access-control-expose-headers"),
        "accept-ranges,content-range,etag,link,last-modified,content-location,retry-after,ratelimit,ratelimit-policy,x-request-id"
    );
}

#[tokio::test]
async fn health_and_robots_txt_are_served() {
    for path in ["/health/live", "/health/ready"] {
        assert_eq!(get(path).await.status, StatusCode::OK);
    }
    assert!(String::from_utf8(get("/robots.txt").await.body).unwrap().contains("Allow: /"));
}
