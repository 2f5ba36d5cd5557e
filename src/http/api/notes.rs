//! `/v1/notes`.

use crate::http::{
    api::openapi::Problems,
    cache::response::Answer,
    extract::{
        list::{ItemRequest, ListRequest},
        pagination::Pagination,
        query::{LangParam, NoParams},
    },
};
use crate::{
    corpus::notes::{Note, NoteFilter},
    error::{Error, Problem},
    formats::List,
};

/// Notes: what the editors say beside the source.
#[utoipa::path(get, path = "/v1/notes", operation_id = "list_notes", tag = "notes", params(NoteFilter, Pagination),
    responses((status = 200, description = "A page of the list.", body = List<Note>, headers(("Link" = Option<String>, description = "The next page, where there is one."))), Problems))]
pub async fn list(request: ListRequest<NoteFilter>) -> Result<Answer, Error> {
    request.answer(None).await
}

/// A note on the source.
#[utoipa::path(get, path = "/v1/notes/{id}", operation_id = "find_note", tag = "notes", params(("id" = String, Path, description = "Its id."), LangParam),
    responses((status = 200, description = "The note.", body = Note), (status = 404, description = "There is no such item.", body = Problem, content_type = "application/problem+json"), Problems))]
pub async fn find(request: ItemRequest<NoteFilter, NoParams>) -> Result<Answer, Error> {
    request.answer(|NoParams {}| NoteFilter::default(), false).await
}
