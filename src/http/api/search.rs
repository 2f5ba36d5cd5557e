//! `/v1/search`: everything that matches, in one ranked list.

use axum::{
    extract::{FromRequestParts, State},
    http::request::Parts,
};
use serde::{Deserialize, Serialize};
use utoipa::IntoParams;

use crate::{
    clock::LocalDay,
    corpus::{self, PageParams, Resource, Search, SearchItem, SearchScope, SearchedResource, Slug},
    error::{Error, InvalidParam},
    formats::{Format, List, ListEnvelope, Meta, RenderContext, json},
    http::{
        api::openapi::Problems,
        cache::{policy::CachePolicy, response::CachedResponse},
        extract::{
            accept::Negotiated,
            pagination::{DEFAULT_LIMIT, Pagination, decode_cursor, encode_cursor},
            query::{Params, Query, query_string, to_query},
            representation::{Rendered, RepresentationSpec},
            validate::{missing_ids, unknown_facets},
        },
        state::{AppState, Cost},
    },
};

/// The query of a search, and its resources.
#[derive(Clone, Debug, Default, Serialize, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(default)]
pub struct SearchParams {
    /// The words, in Arabic or English: all of them; `"…"` is a phrase.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[param(required = true, value_type = String, example = "troops")]
    pub q: Option<Search>,
    /// Only hits in this resource. The facets count all of them.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub resource: Vec<SearchedResource>,
    /// Only hits in this statement (an id), and the actors and locations that it names.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[param(example = json!(["iq-us-2024-09-27"]))]
    pub statement: Vec<Slug>,
}

/// A request to search everything.
#[derive(Debug)]
pub struct SearchRequest {
    search: Search,
    scope: SearchScope,
    /// The parameters that select the hits.
    selection: Query,
    pagination: Pagination,
    negotiated: Negotiated,
    today: LocalDay,
}

impl FromRequestParts<AppState> for SearchRequest {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, app: &AppState) -> Result<Self, Error> {
        let negotiated = Negotiated::among(parts, vec![Format::Json])?;
        let Params { own, shared: pagination } = Params::<SearchParams, Pagination>::read(&parts.uri)?;
        let selection = to_query(&own)?;
        let missing = || Error::InvalidQuery(vec![InvalidParam::new("q", None, "the words to search for")]);
        Ok(Self {
            search: own.q.ok_or_else(missing)?,
            scope: SearchScope { resources: own.resource, statements: own.statement },
            selection,
            pagination,
            negotiated,
            today: app.clock().today(),
        })
    }
}

/// Search everything.
///
/// Statements, clauses, milestones, actors, locations and notes in one list: what has the words themselves first, then what has
/// them by another name, in its lead-in, by its date, or only together with other clauses of its paragraph.
#[utoipa::path(get, path = "/v1/search", operation_id = "search", tag = "service", params(SearchParams, Pagination),
    responses((status = 200, description = "A page of the hits, the best first.", body = List<SearchItem>, headers(("Link" = Option<String>, description = "The next page, if there is one."))), Problems))]
pub async fn list(State(app): State<AppState>, request: SearchRequest) -> Result<CachedResponse, Error> {
    let SearchRequest { search, scope, selection, pagination, negotiated, today } = request;
    let snapshot = app.snapshot();
    let mut page_query = to_query(&pagination)?;
    let this = uri(&selection, &page_query);
    // Milestones have the status of today. Searches are unbounded; cached, they would evict the responses that clients poll.
    let spec = RepresentationSpec { uri: &this, negotiated: &negotiated, policy: CachePolicy::UntilMidnight(today), is_stored: false, cost: Cost::Much };
    let render = async {
        let cursor_scope = uri(&selection, &Query::new());
        let after = pagination.cursor.as_deref().map(|cursor| decode_cursor(&cursor_scope, cursor)).transpose()?;
        let facets = pagination.facets.as_slice();
        let mut invalid = unknown_facets(facets, SearchScope::FACETS);
        invalid.extend(missing_ids(&app, &snapshot, "statement", Resource::Statements, &scope.statements).await?);
        if !invalid.is_empty() {
            return Err(Error::InvalidQuery(invalid));
        }
        let limit = pagination.limit.map_or(DEFAULT_LIMIT, |limit| u32::from(limit.get()));
        let params = PageParams { limit, after, count: pagination.count.unwrap_or_default(), facets: facets.to_vec() };
        let found = app.timed_query(corpus::everything(&snapshot.corpus, &search, &scope, &params, today.date)).await?;
        let next = found.next.map(|position| {
            page_query.insert("cursor".to_owned(), encode_cursor(&cursor_scope, &position).into());
            uri(&selection, &page_query)
        });
        let context = RenderContext { language: pagination.lang, ..RenderContext::new(app.site(), snapshot.corpus.published) };
        let next_url = next.as_ref().map(|next| if negotiated.by_extension { context.url_in_format(next, Format::Json) } else { context.api_url(next) });
        let mut query = selection.clone();
        query.insert("limit".to_owned(), limit.into());
        let total = found.total.filter(|_| params.count);
        let meta = Meta { as_of: Some(today.date), total, ..Meta::new(snapshot.corpus.revision) }.with_facets(Some(found.facets));
        let envelope = ListEnvelope { this: this.clone(), next, query, meta };
        Ok(Rendered { body: json::write_list(&found.items, &envelope, app.site().api_root(), pagination.lang)?, next: next_url })
    };
    spec.respond(&app, &snapshot, render).await
}

/// The URI of a search, relative to the API.
fn uri(selection: &Query, page: &Query) -> String {
    let mut query = selection.clone();
    query.extend(page.clone());
    format!("search?{}", query_string(&query))
}
