//! Statement packages as `bayan export` writes them: one, all as JSON Lines, and the JSON Schema of their format.

use std::sync::LazyLock;

use axum::{
    body::Body,
    extract::{RawPathParams, State},
    http::{HeaderMap, HeaderValue, Response, StatusCode, Uri, header},
};
use futures_util::stream;

use crate::{
    corpus::{Resource, Slug},
    error::{Error, Problem},
    http::{
        api::openapi::Problems,
        cache::{
            coding::{AcceptedCodings, ContentCoding, Effort},
            conditional::{not_modified, preconditions_hold},
            policy::CachePolicy,
            response::{CachedResponse, Inputs},
        },
        extract::{
            item::{missing, not_found},
            query::{NoParams, Params},
        },
        headers::{format_http_date, header_value},
        state::{AppState, Cost},
    },
    package::{export, schema::json_schema},
};

/// The path of the JSON Schema.
pub const SCHEMA_PATH: &str = "/schemas/statement-1.json";

/// The JSON Schema, which depends on the program alone.
static SCHEMA: LazyLock<CachedResponse> =
    LazyLock::new(|| CachedResponse::of_program("application/schema+json", CachePolicy::Default, format!("{:#}\n", json_schema().as_value()).into_bytes()));

/// `/schemas/statement-1.json`: the JSON Schema of a package, from which editors complete.
pub async fn schema() -> CachedResponse {
    SCHEMA.clone()
}

/// Get the package of a statement: the document that `bayan export` writes and `bayan import` reads.
///
/// `/v1/statements/{id}.package.json` is the same resource.
#[utoipa::path(get, path = "/v1/statements/{id}/package", operation_id = "get_package", tag = "statements", params(("id" = String, Path, description = "The id of the statement.", example = "iq-us-2024-09-27")),
    responses((status = 200, description = "The package, as the JSON Schema at /schemas/statement-1.json describes it.", body = serde_json::Value), (status = 404, description = "No statement has this id.", body = Problem, content_type = "application/problem+json"), (status = 410, description = "The statement was withdrawn.", body = Problem, content_type = "application/problem+json"), Problems))]
pub async fn get(State(app): State<AppState>, path: RawPathParams, uri: Uri) -> Result<CachedResponse, Error> {
    Params::<NoParams, NoParams>::read(&uri)?;
    let snapshot = app.snapshot();
    let id: Slug = path.iter().find_map(|(_, id)| id.parse().ok()).ok_or_else(|| not_found(Resource::Statements))?;
    let render = async {
        let document = app.timed_query(export::export_from(&snapshot.corpus, id.as_str())).await?;
        let Some(document) = document.filter(|document| document.withdrawn.is_none()) else {
            return Err(missing(&app, &snapshot, Resource::Statements, &id).await?);
        };
        let root = app.site().root().trim_end_matches('/');
        let headers = HeaderMap::from_iter([
            (header::CONTENT_TYPE, HeaderValue::from_static("application/json")),
            (header::VARY, HeaderValue::from_static("accept-encoding")),
            (header::CONTENT_LOCATION, header_value(&app.site().api(&format!("statements/{id}.package.json")))),
            (header::CONTENT_DISPOSITION, header_value(&format!("inline; filename=\"{id}.package.json\""))),
            (header::LINK, header_value(&format!("<{root}{SCHEMA_PATH}>; rel=\"describedby\""))),
        ]);
        Ok(CachedResponse::new(snapshot.inputs(app.site()), CachePolicy::Default, headers, export::to_json(&document).into_bytes()))
    };
    app.get_or_render(&format!("{} package {id}", snapshot.generation), Cost::Little, render).await
}

/// Get the packages of all statements as JSON Lines: the whole corpus, as `bayan export` writes it and `bayan import` reads it.
///
/// The response is a stream. A client that accepts `zstd` gets the packages as they are stored.
#[utoipa::path(get, path = "/v1/statements.jsonl", operation_id = "export_statements", tag = "statements",
    responses((status = 200, description = "A package a line.", body = String, content_type = "application/jsonl"), Problems))]
pub async fn list(State(app): State<AppState>, headers: HeaderMap, uri: Uri) -> Result<Response<Body>, Error> {
    Params::<NoParams, NoParams>::read(&uri)?;
    let snapshot = app.snapshot();
    // Compressed is how they are stored.
    let is_compressed = AcceptedCodings::of(&headers).preferred(Effort::Quick) == Some(ContentCoding::Zstd);
    let suffix = if is_compressed { "-zstd" } else { "" };
    let last_modified = Inputs::Data { generation: snapshot.generation, published: snapshot.corpus.published }.last_modified(CachePolicy::Default);
    // The whole of it is never in memory, so that the ETag names the revision rather than the bytes.
    let etag = header_value(&format!("\"{}-{}{suffix}\"", snapshot.corpus.revision, snapshot.corpus.published.timestamp_millis()));
    if !preconditions_hold(&headers, &etag, last_modified) {
        return Err(Error::PreconditionFailed);
    }
    let mut response = Response::new(Body::empty());
    let fields = response.headers_mut();
    fields.insert(header::VARY, HeaderValue::from_static("accept-encoding"));
    if not_modified(&headers, &etag, last_modified) {
        *response.status_mut() = StatusCode::NOT_MODIFIED;
    } else {
        fields.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/jsonl"));
        fields.extend(last_modified.map(|date| (header::LAST_MODIFIED, format_http_date(date))));
        if is_compressed {
            fields.insert(header::CONTENT_ENCODING, HeaderValue::from_static(ContentCoding::Zstd.name()));
        }
        // One package at a time, of one revision even if another is published meanwhile.
        let packages = stream::try_unfold(String::new(), move |after| {
            let snapshot = snapshot.clone();
            async move {
                let Some((id, package)) = export::stored_after(&snapshot.corpus, &after).await? else { return Ok(None) };
                let chunk = if is_compressed { package } else { export::decompress(&package)?.into_bytes() };
                Ok::<_, Error>(Some((chunk, id)))
            }
        });
        *response.body_mut() = Body::from_stream(packages);
    }
    response.headers_mut().insert(header::ETAG, etag);
    response.extensions_mut().insert(CachePolicy::Default);
    Ok(response)
}
