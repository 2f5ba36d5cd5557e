//! The bare handler that Bayan is measured against: axum, and bytes that are already there.
//!
//! `bare ADDRESS FILE...` answers `/0`, `/1`, … with the files, and `/304` with a 304.

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
    let unchanged = || async { (StatusCode::NOT_MODIFIED, [(header::ETAG, "\"the-same\""), (header::CACHE_CONTROL, "public, max-age=60")]) };
    let mut routes = Router::new().route("/304", get(unchanged));
    for (number, file) in arguments.enumerate() {
        let body = Bytes::from(std::fs::read(file)?);
        let answer = move || std::future::ready(([(header::CONTENT_TYPE, "application/json")], body.clone()));
        routes = routes.route(&format!("/{number}"), get(answer));
    }
    axum::serve(tokio::net::TcpListener::bind(address).await?, routes).await?;
    Ok(())
}
