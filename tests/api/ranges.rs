//! Range requests: one range of bytes of the representation that the same request without `Range` returns.

use axum::http::Method;

use crate::{TODAY, send, service_on};

/// A representation in each format, from the data, the program and a page.
const URIS: [&str; 8] =
    ["/v1/clauses.csv", "/v1/clauses?limit=3", "/v1/milestones.ics", "/v1/changes.atom", "/v1/search?q=Iraq", "/openapi.json", "/docs/", "/ar/milestones"];

#[tokio::test]
async fn a_range_is_a_part_of_the_whole_in_each_coding() {
    let service = service_on(TODAY).await;
    for path in URIS {
        for coding in ["identity", "gzip", "br", "zstd"] {
            let whole = send(&service, Method::GET, path, &[("accept-encoding", coding)]).await;
            assert_eq!((whole.status.as_u16(), whole.header("accept-ranges")), (200, "bytes"), "{path}");
            let length = whole.body.len();
            let last_four = format!("bytes={}-{}", length - 4, length + 4);
            for (range, first, end) in [
                ("bytes=0-3", 0, 4),
                ("bytes=1-1", 1, 2),
                ("bytes=7-", 7, length),
                ("bytes=-5", length - 5, length),
                (last_four.as_str(), length - 4, length),
                ("bytes=0-", 0, length),
                ("bytes=-999999999", 0, length),
            ] {
                let part = send(&service, Method::GET, path, &[("accept-encoding", coding), ("range", range)]).await;
                assert_eq!(part.status, 206, "{path} {coding} {range}");
                assert_eq!(part.header("content-range"), format!("bytes {first}-{}/{length}", end - 1));
                assert_eq!(part.header("content-length"), (end - first).to_string());
                assert!(part.body == whole.body[first..end], "{path} {coding} {range}");
                for name in ["etag", "content-encoding", "content-type", "vary", "cache-control", "content-location", "last-modified"] {
                    assert_eq!(part.header(name), whole.header(name), "{name} of {path}");
                }
            }
            let beyond = format!("bytes={length}-");
            for range in [beyond.as_str(), "bytes=-0", "bytes=99999999999999999999-"] {
                let none = send(&service, Method::GET, path, &[("accept-encoding", coding), ("range", range)]).await;
                assert_eq!((none.status.as_u16(), none.header("content-range")), (416, format!("bytes */{length}").as_str()), "{path} {range}");
                assert_eq!((none.header("cache-control"), none.header("etag")), ("no-store", ""));
                if !path.starts_with("/ar") {
                    assert_eq!(none.json()["status"], 416);
                }
            }
            for range in ["bytes=0-1,3-4", "bytes=5-4", "pages=1-2", "bytes=x-y", "0-3"] {
                let ignored = send(&service, Method::GET, path, &[("accept-encoding", coding), ("range", range)]).await;
                assert!(ignored.status == 200 && ignored.body == whole.body && ignored.header("content-range").is_empty(), "{path} {range}");
            }
        }
    }
}

#[tokio::test]
async fn if_range_applies_the_range_only_to_the_very_representation() {
    let service = service_on(TODAY).await;
    for coding in ["identity", "gzip"] {
        let whole = send(&service, Method::GET, "/v1/notes", &[("accept-encoding", coding)]).await;
        let (tag, modified) = (whole.header("etag"), whole.header("last-modified"));
        let weak = format!("W/{tag}");
        let other_coding = send(&service, Method::GET, "/v1/notes", &[("accept-encoding", "zstd")]).await;
        for (given, status) in [
            (tag, 206),
            (modified, 206),
            (weak.as_str(), 200),
            ("\"other\"", 200),
            (other_coding.header("etag"), 200),
            ("Sun, 01 Sep 2024 00:00:00 GMT", 200),
            ("Fri, 01 Jan 2027 00:00:00 GMT", 200),
            ("*", 200),
            ("", 200),
        ] {
            let headers = [("accept-encoding", coding), ("range", "bytes=2-5"), ("if-range", given)];
            let response = send(&service, Method::GET, "/v1/notes", &headers).await;
            assert_eq!(response.status, status, "{coding} {given}");
            assert!(response.body == if status == 206 { &whole.body[2..6] } else { &whole.body[..] });
        }
        let without_a_range = send(&service, Method::GET, "/v1/notes", &[("accept-encoding", coding), ("if-range", tag)]).await;
        assert_eq!(without_a_range.status, 200);
        let twice = [("accept-encoding", coding), ("range", "bytes=2-5"), ("if-range", tag), ("if-range", tag)];
        assert_eq!(send(&service, Method::GET, "/v1/notes", &twice).await.status, 200);
        // A page has no date of its own.
        let page = [("range", "bytes=2-5"), ("if-range", modified)];
        assert_eq!(send(&service, Method::GET, "/en/notes", &page).await.status, 200);
    }
}

#[tokio::test]
async fn other_conditions_come_before_a_range_and_only_get_has_ranges() {
    let service = service_on(TODAY).await;
    let path = "/v1/actors";
    let whole = send(&service, Method::GET, path, &[]).await;
    let (tag, range) = (whole.header("etag"), ("range", "bytes=0-3"));
    for (headers, status) in [
        (vec![range, ("if-none-match", tag)], 304),
        (vec![range, ("if-none-match", "\"other\"")], 206),
        (vec![range, ("if-match", "\"other\"")], 412),
        (vec![range, ("if-match", tag)], 206),
        (vec![("range", "bytes=999999999-"), ("if-none-match", tag)], 304),
        (vec![("range", "bytes=999999999-"), ("if-match", "\"other\"")], 412),
        (vec![("range", "bytes=999999999-"), ("if-range", "\"other\"")], 200),
    ] {
        assert_eq!(send(&service, Method::GET, path, &headers).await.status, status, "{headers:?}");
    }
    for range in ["bytes=0-3", "bytes=999999999-"] {
        let head = send(&service, Method::HEAD, path, &[("range", range)]).await;
        assert_eq!((head.status.as_u16(), head.header("content-length")), (200, whole.body.len().to_string().as_str()));
    }
    let live = send(&service, Method::GET, "/health/live", &[range]).await;
    assert_eq!((live.status.as_u16(), live.header("accept-ranges")), (200, ""), "a response without validators has no ranges");
}
