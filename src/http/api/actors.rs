//! `/v1/actors`.

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
        actors::{Actor, ActorFilter},
    },
    error::{Error, Problem},
    formats::List,
};

/// List the actors that are named.
#[utoipa::path(get, path = "/v1/actors", operation_id = "list_actors", tag = "actors", params(ActorFilter, Pagination),
    responses((status = 200, description = "A page of the list.", body = List<Actor>, headers(("Link" = Option<String>, description = "The next page, if there is one."))), Problems))]
pub async fn list(request: ListRequest<ActorFilter>) -> Result<CachedResponse, Error> {
    request.respond(None).await
}

/// Get an actor, with its first 50 mentions.
#[utoipa::path(get, path = "/v1/actors/{id}", operation_id = "get_actor", tag = "actors", params(("id" = String, Path, description = "The id of the item."), LangParam),
    responses((status = 200, description = "The actor.", body = Actor), (status = 404, description = "No item has this id.", body = Problem, content_type = "application/problem+json"), (status = 410, description = "The item was withdrawn.", body = Problem, content_type = "application/problem+json"), Problems))]
pub async fn get(request: ItemRequest<ActorFilter, NoParams>) -> Result<CachedResponse, Error> {
    request.respond(|NoParams {}| ActorFilter::default(), false).await
}

/// List the mentions of an actor, in reading order.
#[utoipa::path(get, path = "/v1/actors/{id}/mentions", operation_id = "list_actor_mentions", tag = "actors",
    params(("id" = String, Path, description = "The id of the item."), MentionFilter, Pagination),
    responses((status = 200, description = "A page of the list.", body = List<Mention>, headers(("Link" = Option<String>, description = "The next page, if there is one."))), (status = 404, description = "No item has this id.", body = Problem, content_type = "application/problem+json"), (status = 410, description = "The item was withdrawn.", body = Problem, content_type = "application/problem+json"), Problems))]
pub async fn mentions(request: MentionsRequest) -> Result<CachedResponse, Error> {
    request.respond(Register::Actors).await
}
