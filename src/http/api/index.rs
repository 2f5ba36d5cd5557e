//! `/v1`: the resources, and where they are.

use axum::{
    extract::{FromRequestParts, State},
    http::request::Parts,
};

use crate::{
    corpus::Resource,
    error::Error,
    formats::{Format, Index, Meta, OperationEntry, ResourceEntry, available_formats, json},
    http::{
        api::openapi::Problems,
        cache::{policy::CachePolicy, response::CachedResponse},
        extract::{
            accept::Negotiated,
            query::{NoParams, Params},
            representation::{Rendered, RepresentationSpec},
        },
        state::{AppState, Cost},
    },
};

/// A request for the index, which has no parameters.
#[derive(Debug)]
pub struct IndexRequest {
    negotiated: Negotiated,
}

impl FromRequestParts<AppState> for IndexRequest {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, _: &AppState) -> Result<Self, Error> {
        let negotiated = Negotiated::among(parts, vec![Format::Json])?;
        Params::<NoParams, NoParams>::read(&parts.uri)?;
        Ok(Self { negotiated })
    }
}

/// List the resources, with their URLs and formats.
#[utoipa::path(get, path = "/v1", operation_id = "index", tag = "service",
    responses((status = 200, description = "The resources.", body = Index), Problems))]
pub async fn list(State(app): State<AppState>, IndexRequest { negotiated }: IndexRequest) -> Result<CachedResponse, Error> {
    let snapshot = app.snapshot();
    let spec = RepresentationSpec { uri: "", negotiated: &negotiated, policy: CachePolicy::Default, is_stored: true, cost: Cost::Little };
    let render = async {
        let index = Index {
            title: "Bayan: a diplomatic statement, queryable",
            resources: Resource::ALL.into_iter().map(entry).collect(),
            operations: OPERATIONS.map(|(name, summary)| OperationEntry { name, url: name, summary }).into(),
            meta: Meta::new(snapshot.corpus.revision),
        };
        Ok(Rendered { body: json::write(&index, app.site().api_root(), None)?, next: None })
    };
    spec.respond(&app, &snapshot, render).await
}

/// The operations over all resources.
const OPERATIONS: [(&str, &str); 2] =
    [("search", "Searches all resources, in one ranked list."), ("verify", "Checks whether a source has the words of a quotation, and who says them.")];

/// The index's entry for a resource.
fn entry(resource: Resource) -> ResourceEntry {
    let available = available_formats(resource);
    let extensions = |formats: Vec<Format>| formats.into_iter().map(|format| format!(".{}", format.extension())).collect();
    let (formats, item_formats) = (extensions(available.list), extensions(available.item));
    ResourceEntry { name: resource.name(), url: resource.name(), summary: summary(resource), formats, item_formats }
}

/// The description of a resource, in one sentence.
const fn summary(resource: Resource) -> &'static str {
    match resource {
        Resource::Statements => "Statements and the articles that report them.",
        Resource::Clauses => "The smallest units of the source that can be cited, each with its voice and its exact words.",
        Resource::Dates => "Every expression of time, with the bounds that it allows.",
        Resource::Milestones => "Deadlines, events, periods and forecasts, with the status of each today.",
        Resource::Actors => "The actors that the sources name, with every mention.",
        Resource::Locations => "The places that the sources name, with coordinates only if the text specifies the place.",
        Resource::Notes => "Editors' notes on errors, ambiguities and peculiarities of the source.",
        Resource::Changes => "The changes to the data, newest first.",
    }
}
