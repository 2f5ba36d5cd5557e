//! `/v1/statements`.

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
    corpus::statements::{Statement, StatementFilter},
    error::{Error, Problem},
    formats::List,
};

/// List statements and the articles that report them.
///
/// Only a single statement has the text of the article.
#[utoipa::path(get, path = "/v1/statements", operation_id = "list_statements", tag = "statements", params(StatementFilter, Pagination),
    responses((status = 200, description = "A page of the list.", body = List<Statement>, headers(("Link" = Option<String>, description = "The next page, if there is one."))), Problems))]
pub async fn list(request: ListRequest<StatementFilter>) -> Result<CachedResponse, Error> {
    request.respond(None).await
}

/// Get a statement, with the text of the article that reports it.
#[utoipa::path(get, path = "/v1/statements/{id}", operation_id = "get_statement", tag = "statements", params(("id" = String, Path, description = "The id of the item."), LangParam),
    responses((status = 200, description = "The statement.", body = Statement), (status = 404, description = "No item has this id.", body = Problem, content_type = "application/problem+json"), (status = 410, description = "The item was withdrawn.", body = Problem, content_type = "application/problem+json"), Problems))]
pub async fn get(request: ItemRequest<StatementFilter, NoParams>) -> Result<CachedResponse, Error> {
    request.respond(|NoParams {}| StatementFilter::default(), false).await
}
