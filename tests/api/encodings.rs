//! Compressed responses: quickly at first, and as well as possible once a response is requested again; each encoding has its own
//! `ETag`, which is honoured whichever encoding would be sent now.

use std::io::Read;

use axum::{Router, http::Method};

use crate::{TODAY, TestResponse, send, service_on};

const PATH: &str = "/v1/clauses?limit=30";

async fn get(service: &Router, headers: &[(&str, &str)]) -> TestResponse {
    send(service, Method::GET, PATH, headers).await
}

#[tokio::test]
async fn a_response_is_compressed_better_once_it_is_requested_again() {
    for coding in ["gzip", "br", "zstd"] {
        let service = service_on(TODAY).await;
        let accept = ("accept-encoding", coding);
        let mut all = Vec::new();
        for _ in 0..5 {
            all.push(get(&service, &[accept]).await);
        }
        let [first, second, third, fourth, fifth] = &*all else { unreachable!() };
        for (one, other) in [(first, second), (first, third), (fourth, fifth)] {
            assert!(one.header("etag") == other.header("etag") && one.body == other.body, "{coding}");
        }
        assert_ne!(first.header("etag"), fourth.header("etag"));
        assert!(fourth.body.len() < first.body.len(), "{coding}: {} and {} bytes", fourth.body.len(), first.body.len());
        let plain = get(&service, &[]).await.body;
        for response in &all {
            let mut body = Vec::new();
            match coding {
                "gzip" => flate2::read::GzDecoder::new(response.body.as_slice()).read_to_end(&mut body).unwrap(),
                "br" => brotli::Decompressor::new(response.body.as_slice(), 4096).read_to_end(&mut body).unwrap(),
                _ => zstd::Decoder::new(response.body.as_slice()).unwrap().read_to_end(&mut body).unwrap(),
            };
            assert!(response.header("content-encoding") == coding && body == plain, "{coding}");
        }
    }
}

#[tokio::test]
async fn either_etag_of_a_coding_is_that_of_the_response_which_the_client_has() {
    let (service, cold) = (service_on(TODAY).await, service_on(TODAY).await);
    let accept = ("accept-encoding", "gzip");
    let quick = get(&service, &[accept]).await;
    get(&service, &[accept]).await;
    get(&service, &[accept]).await;
    let best = get(&service, &[accept]).await;
    for response in [&quick, &best] {
        let tag = response.header("etag");
        // A server that was never asked for the response has the same tags.
        for service in [&service, &cold] {
            let again = get(service, &[accept, ("if-none-match", tag)]).await;
            assert_eq!((again.status.as_u16(), again.header("etag")), (304, tag));
            let part = get(service, &[accept, ("range", "bytes=3-9"), ("if-range", tag)]).await;
            assert!(part.status == 206 && part.header("etag") == tag && part.body == response.body[3..10]);
            let whole = get(service, &[accept, ("if-match", tag)]).await;
            assert!(whole.status == 200 && whole.header("etag") == tag && whole.body == response.body);
            let other_coding = get(service, &[("accept-encoding", "br"), ("if-none-match", tag)]).await;
            assert_eq!((other_coding.status.as_u16(), other_coding.header("content-encoding")), (200, "br"));
        }
    }
}

#[tokio::test]
async fn a_browser_gets_the_fastest_coding_at_first_and_the_smallest_one_later() {
    let service = service_on(TODAY).await;
    let accept = ("accept-encoding", "gzip, deflate, br, zstd");
    let mut codings = Vec::new();
    for _ in 0..5 {
        let response = get(&service, &[accept]).await;
        assert_eq!(response.header("vary"), "accept, accept-encoding");
        codings.push(response.header("content-encoding").to_owned());
    }
    assert_eq!(codings, ["zstd", "zstd", "zstd", "br", "br"]);
    let preferred = get(&service, &[("accept-encoding", "gzip;q=0.9, br;q=0.2, zstd;q=0.1")]).await;
    assert_eq!(preferred.header("content-encoding"), "gzip", "the client's own preference comes first");
}
