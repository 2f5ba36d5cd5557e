//! `/build`, on the admin listener: what runs.

use axum::{Json, extract::State};
use serde::Serialize;

use crate::{corpus, error::Error, http::state::AppState};

/// What runs.
#[derive(Debug, Serialize)]
pub struct Build {
    version: &'static str,
    /// The revision of the data that is served.
    revision: i64,
    sqlite: String,
    /// The compiler.
    rustc: &'static str,
}

/// Gets the versions of the program, of the data and of what the program was built with.
pub async fn get(State(app): State<AppState>) -> Result<Json<Build>, Error> {
    let corpus = &app.snapshot().corpus;
    let sqlite = corpus::sqlite_version(corpus).await.map_err(|cause| {
        tracing::error!(%cause, "the version of SQLite cannot be read");
        Error::Unavailable
    })?;
    Ok(Json(Build { version: env!("CARGO_PKG_VERSION"), revision: corpus.revision, sqlite, rustc: env!("BAYAN_RUSTC_VERSION") }))
}
