//! `/v1/notes`.

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
    corpus::notes::{Note, NoteFilter},
    error::{Error, Problem},
    formats::List,
};

/// List the editors' notes on the source.
#[utoipa::path(get, path = "/v1/notes", operation_id = "list_notes", tag = "notes", params(NoteFilter, Pagination),
    responses((status = 200, description = "A page of the list.", body = List<Note>, headers(("Link" = Option<String>, description = "The next page, if there is one."))), Problems))]
pub async fn list(request: ListRequest<NoteFilter>) -> Result<CachedResponse, Error> {
    request.respond(None).await
}

/// Get a note on the source.
#[utoipa::path(get, path = "/v1/notes/{id}", operation_id = "get_note", tag = "notes", params(("id" = String, Path, description = "The id of the item."), LangParam),
    responses((status = 200, description = "The note.", body = Note), (status = 404, description = "No item has this id.", body = Problem, content_type = "application/problem+json"), (status = 410, description = "The item was withdrawn.", body = Problem, content_type = "application/problem+json"), Problems))]
pub async fn get(request: ItemRequest<NoteFilter, NoParams>) -> Result<CachedResponse, Error> {
    request.respond(|NoParams {}| NoteFilter::default(), false).await
}
