//! `/v1/milestones`.

use crate::http::{
    api::openapi::Problems,
    cache::response::CachedResponse,
    extract::{item::ItemRequest, list::ListRequest, pagination::Pagination, query::LangParam},
};
use crate::{
    corpus::milestones::{AsOf, Milestone, MilestoneFilter},
    error::{Error, Problem},
    formats::{CALENDAR_KINDS, Format, List},
};

/// List milestones: deadlines, events, periods and forecasts, with the status of each.
///
/// A calendar (`.ics`) without `kind` has deadlines, periods (on their ends) and forecasts, and no events.
#[utoipa::path(get, path = "/v1/milestones", operation_id = "list_milestones", tag = "milestones", params(MilestoneFilter, Pagination),
    responses((status = 200, description = "A page of the list.", body = List<Milestone>, headers(("Link" = Option<String>, description = "The next page, if there is one."))), Problems))]
pub async fn list(mut request: ListRequest<MilestoneFilter>) -> Result<CachedResponse, Error> {
    if request.format() == Format::Icalendar && request.filter.kind.is_empty() {
        request.filter.kind = CALENDAR_KINDS.into();
    }
    let as_of = request.filter.as_of.unwrap_or(request.today.date);
    request.respond(Some(as_of)).await
}

/// Get a milestone, with its status.
#[utoipa::path(get, path = "/v1/milestones/{id}", operation_id = "get_milestone", tag = "milestones", params(("id" = String, Path, description = "The id of the item."), AsOf, LangParam),
    responses((status = 200, description = "The milestone.", body = Milestone), (status = 404, description = "No item has this id.", body = Problem, content_type = "application/problem+json"), (status = 410, description = "The item was withdrawn.", body = Problem, content_type = "application/problem+json"), Problems))]
pub async fn get(request: ItemRequest<MilestoneFilter, AsOf>) -> Result<CachedResponse, Error> {
    request.respond(MilestoneFilter::from, true).await
}
