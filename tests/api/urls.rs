//! URLs in responses: they begin with the public URL, with its path, or with the address that the service listens on; the
//! request never says how they begin.

use std::process::Stdio;

use axum::{Router, http::Method};
use bayan::{clock::Clock, corpus::Resource, formats::available_formats};

use crate::{
    TODAY, TestResponse, json, send, service, service_on,
    test_server::{TestServer, bayan, get as get_raw},
};

const PUBLIC_URL: &str = "https://example.org/a/b";

/// The service below a path of its host.
async fn below_a_path() -> Router {
    service(Clock::system(Some(TODAY.parse().unwrap())), Some(PUBLIC_URL)).await
}

async fn get(service: &Router, path: &str, headers: &[(&str, &str)]) -> TestResponse {
    send(service, Method::GET, path, headers).await
}

/// The paths of lists and items in every format, the pages, the description, and an error of each kind.
async fn every_path() -> Vec<String> {
    let mut paths: Vec<String> =
        ["/", "/v1", "/en", "/en/", "/ar/milestones", "/en/search?q=Iraq", "/docs", "/docs/", "/openapi.json", "/robots.txt", "/metrics"]
            .into_iter()
            .chain(["/v1/search?q=Iraq&limit=1", "/v1/verify?text=Iraq", "/v1/actors/iraq/mentions?limit=1", "/health/live", "/health/ready"])
            .chain(["/nowhere", "/en/nowhere", "/v1/clauses/nothing", "/v1/clauses?voice=x", "/v1/notes.ics", "/v1/clauses?cursor=x", "/en/statements"])
            .map(str::to_owned)
            .collect();
    for resource in Resource::ALL {
        let available = available_formats(resource);
        let first = json(&format!("/v1/{}?limit=1", resource.name())).await;
        let item = first["items"][0]["url"].as_str().unwrap().to_owned();
        paths.extend(available.list.iter().map(|format| format!("/v1/{}.{}?limit=1", resource.name(), format.extension())));
        paths.extend(available.item.iter().map(|format| format!("{item}.{}", format.extension())));
    }
    paths
}

#[tokio::test]
async fn neither_host_nor_forwarded_enters_a_response() {
    let evil = [
        ("host", "evil.example:81"),
        ("x-forwarded-host", "evil.example"),
        ("x-forwarded-proto", "gopher"),
        ("forwarded", "host=evil.example;proto=gopher"),
        ("x-original-url", "/evil.example"),
        ("x-forwarded-prefix", "/evil.example"),
    ];
    for public_url in [None, Some(PUBLIC_URL)] {
        let service = service(Clock::system(Some(TODAY.parse().unwrap())), public_url).await;
        for path in every_path().await {
            for method in [Method::GET, Method::DELETE] {
                let response = send(&service, method, &path, &evil).await;
                let body = String::from_utf8_lossy(&response.body);
                assert!(!body.contains("evil.example") && !body.contains("gopher"), "{path}");
                assert!(!format!("{:?}", response.headers).contains("evil.example"), "{path}");
            }
        }
    }
}

#[tokio::test]
async fn every_absolute_url_of_the_service_begins_with_the_public_url() {
    let service = below_a_path().await;
    for path in every_path().await {
        let response = get(&service, &path, &[]).await;
        let body = String::from_utf8_lossy(&response.body);
        let headers = ["link", "content-location", "location"].map(|name| response.header(name).to_owned()).join(" ");
        for (at, _) in body.match_indices("/v1/") {
            // In a description, a path below the server; in a page, a path below the root; in a sentence, a path.
            let is_url = body[..at].ends_with("example.org") || body[..at].ends_with('"') && !path.starts_with("/openapi") && !path.starts_with("/docs");
            assert!(!is_url, "{path}: {}", &body[at.saturating_sub(40)..at + 20]);
        }
        assert!(!headers.contains("</v1") && !headers.contains(" /v1") && !headers.contains("example.org/v1"), "{path}: {headers}");
        assert!(!body.contains("example.org/v1") && !body.contains("example.org/en") && !body.contains("localhost"), "{path}");
    }
}

#[tokio::test]
async fn the_base_path_is_in_servers_examples_instances_and_redirects() {
    let service = below_a_path().await;
    let document = get(&service, "/openapi.json", &[]).await.json();
    assert_eq!(document["servers"][0]["url"], PUBLIC_URL);
    let example = &document["paths"]["/v1/notes"]["get"]["responses"]["200"]["content"]["application/json"]["examples"]["response"]["value"];
    assert!(example["self"].as_str().unwrap().starts_with("https://example.org/a/b/v1/notes?"), "{example}");
    assert!(example["items"][0]["url"].as_str().unwrap().starts_with("https://example.org/a/b/v1/notes/"));
    assert!(example["items"][0]["sources"][0]["url"].as_str().unwrap().starts_with("https://miragenews.com/"), "the URL of another site");
    assert_eq!(document["components"]["schemas"]["Problem"]["properties"]["instance"]["example"], "/a/b/v1/clauses");
    let reference = String::from_utf8(get(&service, "/docs/", &[]).await.body).unwrap();
    assert!(reference.contains("curl 'https://example.org/a/b/v1/clauses?") && reference.contains(r#""instance": "/a/b/v1/clauses""#));

    for (path, instance) in [("/v1/clauses/nothing", "/a/b/v1/clauses/nothing"), ("/a/b/v1/clauses/nothing", "/a/b/v1/clauses/nothing"), ("/a", "/a/b/a")] {
        let problem = get(&service, path, &[]).await.json();
        assert_eq!((&problem["status"], &problem["instance"]), (&404.into(), &instance.into()), "{path}");
    }
    let unmet = get(&service, "/v1/clauses", &[("if-match", "\"other\"")]).await.json();
    assert_eq!((&unmet["status"], &unmet["instance"]), (&412.into(), &"/a/b/v1/clauses".into()));
    for (path, location) in
        [("/", "/a/b/ar/"), ("/a/b?x=1", "/a/b/ar/?x=1"), ("/a/b", "/a/b/ar/"), ("/a/b/", "/a/b/ar/"), ("/a/b/docs", "docs/"), ("/en", "en/")]
    {
        let redirect = get(&service, path, &[("accept-language", "ar")]).await;
        assert!(redirect.status.is_redirection(), "{path}");
        assert_eq!(redirect.header("location"), location, "{path}");
    }
}

#[tokio::test]
async fn a_proxy_may_leave_the_base_path_in_the_request() {
    let service = below_a_path().await;
    for path in every_path().await {
        let (without, with) = (get(&service, &path, &[]).await, get(&service, &format!("/a/b{path}"), &[]).await);
        assert_eq!((without.status, without.header("etag"), without.header("location")), (with.status, with.header("etag"), with.header("location")), "{path}");
        if path != "/metrics" {
            assert!(without.body == with.body, "{path}");
        }
    }
    let page = String::from_utf8(get(&service, "/a/b/ar/nowhere", &[]).await.body).unwrap();
    assert!(page.contains(r#"dir="rtl""#), "the page of an error");
    let plain = send(&service_on(TODAY).await, Method::GET, "/a/b/v1", &[]).await;
    assert_eq!(plain.status, 404, "without a public URL there is no base path");
}

#[test]
fn urls_name_localhost_where_the_service_listens_on_a_wildcard() {
    for listen in ["0.0.0.0:0", "[::]:0"] {
        let folder = tempfile::tempdir().unwrap();
        let server = TestServer::start_on(&mut bayan(folder.path()), listen);
        let port = server.addr.strip_prefix("localhost:").unwrap_or_else(|| panic!("{}", server.addr)).to_owned();
        let addr = format!("127.0.0.1:{port}");
        for path in ["/v1/milestones.ics", "/v1/clauses.csv", "/v1/changes.atom", "/v1/clauses.bib", "/v1/statements.jsonld", "/docs/"] {
            let response = get_raw(&addr, path);
            assert!(response.contains(&format!("http://localhost:{port}/")), "{path}");
            assert!(!response.contains("0.0.0.0") && !response.contains("[::]"), "{path}");
        }
        let log = server.stop_and_read_log();
        let warnings: Vec<&str> = log.lines().filter(|line| line.contains("WARN")).collect();
        assert!(warnings.len() == 1 && warnings[0].contains("BAYAN_PUBLIC_URL") && warnings[0].contains("http://localhost:"), "{log}");
    }
}

#[test]
fn urls_begin_with_the_public_url_wherever_the_service_listens() {
    let folder = tempfile::tempdir().unwrap();
    let server = TestServer::start(bayan(folder.path()).env("BAYAN_PUBLIC_URL", "http://EXAMPLE.org:80/x/"));
    let calendar = get_raw(&server.addr, "/v1/milestones.ics?limit=1").replace("\r\n ", "");
    assert!(calendar.contains("URL:http://example.org/x/"), "{calendar}");
    let log = server.stop_and_read_log();
    assert!(!log.contains("WARN"), "{log}");
}

#[test]
fn a_public_url_that_links_cannot_begin_with_is_rejected_at_the_start() {
    for (url, reason) in [
        ("https://user:pw@example.org", "user name"),
        ("http://x@example.org/", "user name"),
        ("https://example.org/?x=1", "query"),
        ("https://example.org/#x", "fragment"),
        ("gopher://example.org", "http"),
        ("example.org", "such as"),
    ] {
        let folder = tempfile::tempdir().unwrap();
        let output = bayan(folder.path()).env("BAYAN_PUBLIC_URL", url).stderr(Stdio::piped()).output().unwrap();
        let message = String::from_utf8(output.stderr).unwrap();
        assert!(!output.status.success() && message.contains(reason) && message.contains("public-url"), "{url}: {message}");
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0, "nothing is written");
    }
}

/// A request for such a path would have two meanings: below the public URL, and below the root.
#[tokio::test]
async fn the_public_url_has_no_path_that_is_one_of_the_routes() {
    let document = json("/openapi.json").await;
    let documented = document["paths"].as_object().unwrap().keys().cloned();
    // Before these are the routes of the admin listener, which has no public URL.
    let source = include_str!("../../src/http/router.rs").split_once("fn description_routes").unwrap().1;
    let routes: Vec<String> = documented.chain(source.split(".route(\"").skip(1).map(|rest| rest.split('"').next().unwrap().to_owned())).collect();
    assert!(routes.len() > 30 && routes.iter().any(|route| route.starts_with("/assets/")), "{routes:?}");
    let constants: Vec<&str> =
        source.split(".route(").skip(1).filter(|rest| !rest.starts_with(['"', '&'])).map(|rest| rest.split(',').next().unwrap()).collect();
    assert_eq!(constants, ["packages::SCHEMA_PATH", "security_txt::PATH"], "the paths of constants are those below");
    let of_a_constant = ["/schemas/statement-1.json", "/.well-known/security.txt", "/en", "/ar/statements"].map(str::to_owned);
    for route in routes.into_iter().chain(of_a_constant).filter(|route| route != "/") {
        for path in [route.clone(), format!("/{}", route.split('/').nth(1).unwrap()), format!("{}/bayan", route.trim_end_matches('/'))] {
            let parsed = format!("https://example.org{path}").parse::<bayan::config::PublicUrl>();
            assert_eq!(parsed, Err(bayan::config::ParsePublicUrlError::OwnPath), "{path}");
        }
    }
    let folder = tempfile::tempdir().unwrap();
    for path in ["/v1", "/docs/", "/ar/x", "/metrics"] {
        let output = bayan(folder.path()).args(["--listen=127.0.0.1:0", "--public-url", &format!("https://example.org{path}")]).output().unwrap();
        let error = String::from_utf8(output.stderr).unwrap();
        assert!(!output.status.success() && error.contains("--public-url") && error.contains("/v1, /en or /docs"), "{error}");
    }
}
