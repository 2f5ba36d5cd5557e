//! `/metrics`: few series, with stable names and labels.

use std::collections::BTreeSet;

use axum::{Router, http::Method};
use bayan::{AppState, clock::Clock};

use crate::{TODAY, send, service_on};

async fn metrics(service: &Router) -> String {
    let response = send(service, Method::GET, "/metrics", &[]).await;
    assert_eq!(response.header("content-type"), "text/plain; version=0.0.4; charset=utf-8");
    String::from_utf8(response.body).unwrap()
}

/// The value of one series.
fn value(metrics: &str, series: &str) -> f64 {
    metrics.lines().find_map(|line| line.strip_prefix(series)?.strip_prefix(' ')?.parse().ok()).unwrap_or_else(|| panic!("{series} in {metrics}"))
}

#[tokio::test]
async fn requests_are_counted_by_route_and_class_of_status_and_lookups_by_cache() {
    let service = service_on(TODAY).await;
    for path in ["/v1/clauses", "/v1/clauses", "/v1/clauses.csv", "/v1/clauses?voice=x", "/v1/actors/iraq", "/nowhere"] {
        send(&service, Method::GET, path, &[]).await;
    }
    send(&service, Method::GET, "/v1/clauses", &[("if-none-match", "*")]).await;
    // An equivalent query.
    send(&service, Method::GET, "/v1/clauses?sort=position", &[]).await;
    let metrics = metrics(&service).await;
    for (series, expected) in [
        (r#"bayan_http_request_duration_seconds_count{route="/v1/clauses",status="2xx"}"#, 4.0),
        (r#"bayan_http_request_duration_seconds_count{route="/v1/clauses",status="3xx"}"#, 1.0),
        (r#"bayan_http_request_duration_seconds_count{route="/v1/clauses",status="4xx"}"#, 1.0),
        (r#"bayan_http_request_duration_seconds_count{route="/v1/actors/{id}",status="2xx"}"#, 1.0),
        (r#"bayan_http_request_duration_seconds_count{route="none",status="4xx"}"#, 1.0),
        (r#"bayan_cache_lookups_total{cache="uri",result="hit"}"#, 2.0),
        (r#"bayan_cache_lookups_total{cache="uri",result="miss"}"#, 4.0),
        (r#"bayan_cache_lookups_total{cache="canonical",result="hit"}"#, 1.0),
        (r#"bayan_cache_lookups_total{cache="canonical",result="miss"}"#, 3.0),
        ("bayan_database_query_duration_seconds_count", 5.0),
        ("bayan_data_revision", 3.0),
        ("bayan_ready", 1.0),
        ("bayan_data_file_rejected", 0.0),
        ("bayan_http_requests_in_flight", 1.0),
        (concat!(r#"bayan_build_info{version=""#, env!("CARGO_PKG_VERSION"), r#""}"#), 1.0),
    ] {
        assert!((value(&metrics, series) - expected).abs() < 0.5, "{series} is {}, not {expected}", value(&metrics, series));
    }
    assert!(value(&metrics, "bayan_uptime_seconds") > 0.0);
    let open = send(&service, Method::GET, "/metrics", &[("accept", "application/openmetrics-text;version=1.0.0,*/*;q=0.1")]).await;
    assert!(open.header("content-type").starts_with("application/openmetrics-text") && open.body.ends_with(b"# EOF\n"));
}

const OPEN_METRICS: &str = "application/openmetrics-text; version=1.0.0; charset=utf-8";
const PROMETHEUS: &str = "text/plain; version=0.0.4; charset=utf-8";

#[tokio::test]
async fn the_format_is_the_one_that_accept_prefers() {
    let service = service_on(TODAY).await;
    for (accept, content_type) in [
        (&[][..], PROMETHEUS),
        (&["*/*"], PROMETHEUS),
        (&["text/html,*/*;q=0.8"], PROMETHEUS),
        (&["text/plain;version=0.0.4;q=0.5, application/openmetrics-text;q=0.4"], PROMETHEUS),
        (&["text/plain, application/openmetrics-text"], PROMETHEUS),
        (&["application/openmetrics-text;q=0, */*"], PROMETHEUS),
        (&["image/png"], PROMETHEUS),
        (&["application/openmetrics-text"], OPEN_METRICS),
        (&["application/*"], OPEN_METRICS),
        (&["text/*;q=0.3", "Application/OpenMetrics-Text;q=0.31"], OPEN_METRICS),
        // What Prometheus 2.5 and 3 send.
        (&["application/openmetrics-text; version=0.0.1,text/plain;version=0.0.4;q=0.5,*/*;q=0.1"], OPEN_METRICS),
        (
            &["application/openmetrics-text;version=1.0.0;escaping=allow-utf-8;q=0.5,application/openmetrics-text;version=0.0.1;q=0.4,\
               text/plain;version=1.0.0;escaping=allow-utf-8;q=0.3,text/plain;version=0.0.4;q=0.2,*/*;q=0.1"],
            OPEN_METRICS,
        ),
    ] {
        let headers: Vec<_> = accept.iter().map(|accept| ("accept", *accept)).collect();
        let response = send(&service, Method::GET, "/metrics", &headers).await;
        assert_eq!((response.header("content-type"), response.header("vary")), (content_type, "accept"), "{accept:?}");
        assert_eq!(response.body.ends_with(b"# EOF\n"), content_type == OPEN_METRICS, "{accept:?}");
    }
}

#[tokio::test]
async fn each_format_describes_every_sample_by_its_own_rules() {
    let service = service_on(TODAY).await;
    for path in ["/v1/clauses", "/metrics"] {
        send(&service, Method::GET, path, &[]).await;
    }
    let open_metrics = String::from_utf8(send(&service, Method::GET, "/metrics", &[("accept", "application/openmetrics-text")]).await.body).unwrap();
    let prometheus = metrics(&service).await;
    let types = |metrics: &str| -> Vec<(String, String)> {
        let types = metrics.lines().filter_map(|line| line.strip_prefix("# TYPE ")?.split_once(' '));
        types.map(|(name, kind)| (name.to_owned(), kind.to_owned())).collect()
    };
    let samples = |metrics: &str| -> BTreeSet<String> {
        metrics.lines().filter(|line| !line.starts_with('#')).filter_map(|line| line.rsplit_once(' ')).map(|(series, _)| series.to_owned()).collect()
    };
    assert_eq!(samples(&open_metrics), samples(&prometheus));
    assert!(types(&open_metrics).len() >= 11);
    for ((open_name, kind), (name, same_kind)) in types(&open_metrics).iter().zip(types(&prometheus)) {
        assert_eq!(*kind, same_kind, "{name}");
        assert!(!open_name.ends_with("_total"));
        assert_eq!(name, format!("{open_name}{}", if kind == "counter" { "_total" } else { "" }));
        assert!(prometheus.contains(&format!("# HELP {name} ")), "{name}");
        let suffixes: &[&str] = if kind == "histogram" { &["_bucket", "_sum", "_count"] } else { &[""] };
        for suffix in suffixes {
            assert!(samples(&prometheus).iter().any(|series| series.split('{').next() == Some(&format!("{name}{suffix}"))), "{name}{suffix}");
        }
    }
    assert!(!prometheus.contains("# UNIT") && !prometheus.contains("# EOF"));
}

#[tokio::test]
async fn requests_for_unknown_routes_add_no_series() {
    let service = service_on(TODAY).await;
    send(&service, Method::GET, "/nowhere", &[]).await;
    send(&service, Method::GET, "/v1/clauses/nothing", &[]).await;
    let before = metrics(&service).await.lines().count();
    for number in 0..200 {
        send(&service, Method::GET, &format!("/admin-{number}.php"), &[]).await;
        send(&service, Method::GET, &format!("/v1/clauses/nothing-{number}"), &[]).await;
        send(&service, Method::from_bytes(format!("M{number}").as_bytes()).unwrap(), "/nowhere", &[]).await;
    }
    assert!(metrics(&service).await.lines().count() < before + 50, "at most one more route and status");
}

#[tokio::test]
async fn the_service_is_ready_until_it_stops() {
    let state = AppState::new(bayan::storage::open(crate::seeded().await).await.unwrap(), Clock::system(None), None);
    let service = bayan::app(state.clone());
    for (expected, status) in [(1, 200), (0, 503)] {
        assert!((value(&metrics(&service).await, "bayan_ready") - f64::from(expected)).abs() < 0.5);
        assert_eq!(send(&service, Method::GET, "/health/ready", &[]).await.status, status);
        state.drain();
    }
}

#[tokio::test]
async fn the_dashboard_and_the_alerts_use_existing_metrics() {
    let service = service_on(TODAY).await;
    send(&service, Method::GET, "/v1/clauses", &[]).await;
    let metrics = metrics(&service).await;
    let served: BTreeSet<&str> = metrics.lines().filter(|line| !line.starts_with('#')).filter_map(|line| line.split(['{', ' ']).next()).collect();
    let dashboard = include_str!("../../deploy/grafana.json");
    serde_json::from_str::<serde_json::Value>(dashboard).unwrap();
    let mut seen = 0;
    for file in [dashboard, include_str!("../../deploy/prometheus.yml"), include_str!("../../deploy/alerts.yml")] {
        for (at, _) in file.match_indices("bayan_") {
            let name = file[at..].split(|letter: char| !(letter.is_ascii_alphanumeric() || letter == '_')).next().unwrap();
            assert!(served.contains(name), "{name} is not at /metrics");
            seen += 1;
        }
    }
    assert!(seen >= 10);
    let is_unused = |name: &&&str| !dashboard.contains(**name) && !name.ends_with("_sum") && !name.ends_with("_count");
    assert_eq!(served.iter().filter(is_unused).collect::<Vec<_>>(), Vec::<&&str>::new(), "the dashboard shows every metric");
}
