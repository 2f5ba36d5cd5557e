//! `/v1/clauses`.

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
    corpus::clauses::{Clause, ClauseFilter},
    error::{Error, Problem},
    formats::List,
};

/// List clauses: the units that can be quoted, disputed or tracked alone.
#[utoipa::path(get, path = "/v1/clauses", operation_id = "list_clauses", tag = "clauses", params(ClauseFilter, Pagination),
    responses((status = 200, description = "A page of the list.", body = List<Clause>, headers(("Link" = Option<String>, description = "The next page, if there is one."))), Problems))]
pub async fn list(request: ListRequest<ClauseFilter>) -> Result<CachedResponse, Error> {
    request.respond(None).await
}

/// Get a clause: its words, its voice, and everything tied to it.
#[utoipa::path(get, path = "/v1/clauses/{id}", operation_id = "get_clause", tag = "clauses", params(("id" = String, Path, description = "The id of the item."), LangParam),
    responses((status = 200, description = "The clause.", body = Clause), (status = 404, description = "No item has this id.", body = Problem, content_type = "application/problem+json"), (status = 410, description = "The item was withdrawn.", body = Problem, content_type = "application/problem+json"), Problems))]
pub async fn get(request: ItemRequest<ClauseFilter, NoParams>) -> Result<CachedResponse, Error> {
    request.respond(|NoParams {}| ClauseFilter::default(), false).await
}
