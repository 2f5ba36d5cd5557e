//! `/v1`: what there is.

use crate::http::{cache::response::Answer, extract::list::ApiRequest};
use crate::{
    corpus::{Corpus, Resource},
    error::Error,
    formats::{Format, Index, Meta, ResourceEntry, available_formats, json},
};

/// The resources, and where they are.
#[utoipa::path(get, path = "/v1", operation_id = "index", tag = "service",
    responses((status = 200, description = "The resources.", body = Index), super::openapi::Problems))]
pub async fn list(request: ApiRequest) -> Result<Answer, Error> {
    let make = |corpus: &Corpus, root: &str| {
        let index = Index {
            title: "Bayan: a diplomatic statement, queryable",
            resources: Resource::ALL.into_iter().map(listed).collect(),
            meta: Meta { revision: corpus.revision, as_of: None, total: None },
        };
        Ok(json::write(&index, root, None)?)
    };
    request.answer(make).await
}

/// A resource, as it is listed.
fn listed(resource: Resource) -> ResourceEntry {
    let available = available_formats(resource);
    let extensions = |formats: Vec<Format>| formats.into_iter().map(|format| format!(".{}", format.extension())).collect();
    ResourceEntry {
        name: resource.name(),
        url: resource.name(),
        summary: summary(resource),
        formats: extensions(available.list),
        item_formats: extensions(available.item),
    }
}

/// What a resource is, in one sentence.
const fn summary(resource: Resource) -> &'static str {
    match resource {
        Resource::Statements => "Statements and the articles that report them.",
        Resource::Clauses => "Citable units of what is said, each with its voice and its exact words.",
        Resource::Dates => "Every expression of time, with the bounds that it allows.",
        Resource::Milestones => "Deadlines, events, periods and forecasts, and where each stands today.",
        Resource::Actors => "Who is named, with every mention.",
        Resource::Locations => "Where, with every mention; mapped only where the text says which place is meant.",
        Resource::Notes => "What is wrong, open or peculiar in the source.",
        Resource::Changes => "What was done to the data, newest first.",
    }
}
