//! `/v1/dates`.

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
    corpus::dates::{DateExpression, DateFilter},
    error::{Error, Problem},
    formats::List,
};

/// List dates: every temporal expression, at each occurrence.
#[utoipa::path(get, path = "/v1/dates", operation_id = "list_dates", tag = "dates", params(DateFilter, Pagination),
    responses((status = 200, description = "A page of the list.", body = List<DateExpression>, headers(("Link" = Option<String>, description = "The next page, if there is one."))), Problems))]
pub async fn list(request: ListRequest<DateFilter>) -> Result<CachedResponse, Error> {
    request.respond(None).await
}

/// Get a date: its words, its bounds, and how they were read.
#[utoipa::path(get, path = "/v1/dates/{id}", operation_id = "get_date", tag = "dates", params(("id" = String, Path, description = "The id of the item."), LangParam),
    responses((status = 200, description = "The date.", body = DateExpression), (status = 404, description = "No item has this id.", body = Problem, content_type = "application/problem+json"), (status = 410, description = "The item was withdrawn.", body = Problem, content_type = "application/problem+json"), Problems))]
pub async fn get(request: ItemRequest<DateFilter, NoParams>) -> Result<CachedResponse, Error> {
    request.respond(|NoParams {}| DateFilter::default(), false).await
}
