//! The baseline of the benchmarks: an axum handler that returns bytes from memory.
//!
//! `bare ADDRESS FILE...` serves the files at `/0`, `/1`, …, and a 304 at `/304`.

use axum::{
    Router,
    body::Bytes,
    http::{StatusCode, header},
    routing::get,
};

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    let mut arguments = std::env::args().skip(1);
    let address = arguments.next().unwrap_or_default();
    let not_modified = || async { (StatusCode::NOT_MODIFIED, [(header::ETAG, "\"the-same\""), (header::CACHE_CONTROL, "public, max-age=60")]) };
    let mut routes = Router::new().route("/304", get(not_modified));
    for (number, file) in arguments.enumerate() {
        let body = Bytes::from(std::fs::read(file)?);
        let handler = move || std::future::ready(([(header::CONTENT_TYPE, "application/json")], body.clone()));
        routes = routes.route(&format!("/{number}"), get(handler));
    }
    axum::serve(tokio::net::TcpListener::bind(address).await?, routes).await?;
    Ok(())
}
