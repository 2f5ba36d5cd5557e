//! `/v1/locations`.

use crate::http::{
    api::openapi::Problems,
    cache::response::CachedResponse,
    extract::{
        item::ItemRequest,
        list::ListRequest,
        mentions::MentionsRequest,
        pagination::Pagination,
        query::{LangParam, NoParams},
    },
};
use crate::{
    corpus::{
        Mention, MentionFilter, Register,
        locations::{Location, LocationFilter},
    },
    error::{Error, Problem},
    formats::List,
};

/// List the locations that are named.
#[utoipa::path(get, path = "/v1/locations", operation_id = "list_locations", tag = "locations", params(LocationFilter, Pagination),
    responses((status = 200, description = "A page of the list.", body = List<Location>, headers(("Link" = Option<String>, description = "The next page, if there is one."))), Problems))]
pub async fn list(request: ListRequest<LocationFilter>) -> Result<CachedResponse, Error> {
    request.respond(None).await
}

/// Get a location, with its first 50 mentions.
#[utoipa::path(get, path = "/v1/locations/{id}", operation_id = "get_location", tag = "locations", params(("id" = String, Path, description = "The id of the item."), LangParam),
    responses((status = 200, description = "The location.", body = Location), (status = 404, description = "No item has this id.", body = Problem, content_type = "application/problem+json"), (status = 410, description = "The item was withdrawn.", body = Problem, content_type = "application/problem+json"), Problems))]
pub async fn get(request: ItemRequest<LocationFilter, NoParams>) -> Result<CachedResponse, Error> {
    request.respond(|NoParams {}| LocationFilter::default(), false).await
}

/// List the mentions of a location, in reading order.
#[utoipa::path(get, path = "/v1/locations/{id}/mentions", operation_id = "list_location_mentions", tag = "locations",
    params(("id" = String, Path, description = "The id of the item."), MentionFilter, Pagination),
    responses((status = 200, description = "A page of the list.", body = List<Mention>, headers(("Link" = Option<String>, description = "The next page, if there is one."))), (status = 404, description = "No item has this id.", body = Problem, content_type = "application/problem+json"), (status = 410, description = "The item was withdrawn.", body = Problem, content_type = "application/problem+json"), Problems))]
pub async fn mentions(request: MentionsRequest) -> Result<CachedResponse, Error> {
    request.respond(Register::Locations).await
}
