//! A request for the mentions of an actor or a location.

use axum::{
    extract::{FromRequestParts, RawPathParams},
    http::request::Parts,
};

use crate::{
    corpus::{self, Mention, MentionFilter, Register, Resource, Slug},
    error::Error,
    formats::Renderable,
    http::{
        cache::{policy::CachePolicy, response::CachedResponse},
        extract::{
            accept::Negotiated,
            item::{missing, not_found},
            list_page::{ListPage, without_defaults},
            pagination::Pagination,
            query::{Params, Query, to_query},
            validate::{missing_ids, unknown_facets},
        },
        state::AppState,
    },
};

/// A request for the mentions of an actor or a location.
#[derive(Debug)]
pub struct MentionsRequest {
    app: AppState,
    id: String,
    filter: MentionFilter,
    pagination: Pagination,
    negotiated: Negotiated,
}

impl FromRequestParts<AppState> for MentionsRequest {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, app: &AppState) -> Result<Self, Error> {
        let not_found = |_| Error::NotFound("No resource has this URL. /v1 lists what there is.".to_owned());
        let path = RawPathParams::from_request_parts(parts, app).await.map_err(not_found)?;
        let id = path.iter().map(|(_, id)| id.to_owned()).next().unwrap_or_default();
        let negotiated = Negotiated::among(parts, Mention::list_formats())?;
        let Params { own: filter, shared: pagination } = Params::<MentionFilter, Pagination>::read(&parts.uri)?;
        Ok(Self { app: app.clone(), id, filter, pagination, negotiated })
    }
}

impl MentionsRequest {
    /// The page of the mentions.
    ///
    /// # Errors
    /// When there is no such actor or location, when a parameter is invalid, or when a database query fails.
    pub async fn respond(self, register: Register) -> Result<CachedResponse, Error> {
        let Self { app, id, filter, pagination, negotiated } = self;
        let snapshot = app.snapshot();
        let resource = register.resource();
        let id: Slug = id.parse().map_err(|_| not_found(resource))?;
        let page = ListPage {
            path: &format!("{}/{id}/mentions", resource.name()),
            given: without_defaults(to_query(&filter)?, MentionFilter::DEFAULT_SORT),
            default_sort: MentionFilter::DEFAULT_SORT,
            defaults: Query::new(),
            as_of: None,
            policy: CachePolicy::Default,
            is_search: false,
            pagination: &pagination,
            negotiated: &negotiated,
        };
        let load = |params| async {
            let params = params;
            if !missing_ids(&app, &snapshot, "id", resource, std::slice::from_ref(&id)).await?.is_empty() {
                return Err(missing(&app, &snapshot, resource, &id).await?);
            }
            let mut invalid = unknown_facets(pagination.facets.as_slice(), MentionFilter::FACETS);
            invalid.extend(missing_ids(&app, &snapshot, "statement", Resource::Statements, &filter.statement).await?);
            if !invalid.is_empty() {
                return Err(Error::InvalidQuery(invalid));
            }
            Ok(app.timed_query(corpus::list_mentions(&snapshot.corpus, register, &id, &filter, &params)).await?)
        };
        page.respond(&app, &snapshot, load).await
    }
}
