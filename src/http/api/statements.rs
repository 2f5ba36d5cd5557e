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

/// Statements and their source articles.
///
/// The whole text of the article comes with the single statement only.
#[utoipa::path(get, path = "/v1/statements", operation_id = "list_statements", tag = "statements", params(StatementFilter, Pagination),
    responses((status = 200, description = "A page of the list.", body = List<Statement>, headers(("Link" = Option<String>, description = "The next page, where there is one."))), Problems))]
pub async fn list(request: ListRequest<StatementFilter>) -> Result<CachedResponse, Error> {
    request.respond(None).await
}

/// A statement, with the whole text of the article that reports it.
#[utoipa::path(get, path = "/v1/statements/{id}", operation_id = "get_statement", tag = "statements", params(("id" = String, Path, description = "Its id."), LangParam),
    responses((status = 200, description = "The statement.", body = Statement), (status = 404, description = "There is no such item.", body = Problem, content_type = "application/problem+json"), Problems))]
pub async fn get(request: ItemRequest<StatementFilter, NoParams>) -> Result<CachedResponse, Error> {
    request.respond(|NoParams {}| StatementFilter::default(), false).await
}
