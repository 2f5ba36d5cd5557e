//! `/v1/changes`.

use crate::http::{
    api::openapi::Problems,
    cache::response::CachedResponse,
    extract::{
        item::ItemRequest,
        list::ListRequest,
        pagination::Pagination,
        query::{LangParam, NoParams},
    },
};
use crate::{
    corpus::changes::{Change, ChangeFilter},
    error::{Error, Problem},
    formats::List,
};

/// List the changes to the data, newest first.
#[utoipa::path(get, path = "/v1/changes", operation_id = "list_changes", tag = "changes", params(ChangeFilter, Pagination),
    responses((status = 200, description = "A page of the list.", body = List<Change>, headers(("Link" = Option<String>, description = "The next page, if there is one."))), Problems))]
pub async fn list(request: ListRequest<ChangeFilter>) -> Result<CachedResponse, Error> {
    request.respond(None).await
}

/// Get a change to the data.
#[utoipa::path(get, path = "/v1/changes/{id}", operation_id = "get_change", tag = "changes", params(("id" = String, Path, description = "The id of the item."), LangParam),
    responses((status = 200, description = "The change.", body = Change), (status = 404, description = "No item has this id.", body = Problem, content_type = "application/problem+json"), Problems))]
pub async fn get(request: ItemRequest<ChangeFilter, NoParams>) -> Result<CachedResponse, Error> {
    request.respond(|NoParams {}| ChangeFilter::default(), false).await
}
