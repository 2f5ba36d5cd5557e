//! `/v1/locations`.

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
    corpus::locations::{Location, LocationFilter},
    error::{Error, Problem},
    formats::List,
};

/// List the locations that are named, with every mention.
#[utoipa::path(get, path = "/v1/locations", operation_id = "list_locations", tag = "locations", params(LocationFilter, Pagination),
    responses((status = 200, description = "A page of the list.", body = List<Location>, headers(("Link" = Option<String>, description = "The next page, if there is one."))), Problems))]
pub async fn list(request: ListRequest<LocationFilter>) -> Result<CachedResponse, Error> {
    request.respond(None).await
}

/// Get a location, with every mention.
#[utoipa::path(get, path = "/v1/locations/{id}", operation_id = "get_location", tag = "locations", params(("id" = String, Path, description = "The id of the item."), LangParam),
    responses((status = 200, description = "The location.", body = Location), (status = 404, description = "No item has this id.", body = Problem, content_type = "application/problem+json"), Problems))]
pub async fn get(request: ItemRequest<LocationFilter, NoParams>) -> Result<CachedResponse, Error> {
    request.respond(|NoParams {}| LocationFilter::default(), false).await
}
