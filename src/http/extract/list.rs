//! A request for a list.

use axum::{extract::FromRequestParts, http::request::Parts};
use serde::de::DeserializeOwned;

use crate::{
    clock::LocalDay,
    corpus::{self, Day, Filter, Parts as FilterParts, SortOrder},
    error::Error,
    formats::{Format, Renderable},
    http::{
        cache::{policy::CachePolicy, response::CachedResponse},
        extract::{
            accept::Negotiated,
            list_page::{ListPage, without_defaults},
            pagination::Pagination,
            query::{Params, Query, to_query},
            validate::validate,
        },
        state::AppState,
    },
};

/// A request for a list of the resource that `F` filters.
#[derive(Debug)]
pub struct ListRequest<F> {
    app: AppState,
    /// The parameters that the client gave: those of the URLs in the response.
    given: Query,
    /// Which items. A handler may add a default that depends on the format; URLs do not have it.
    pub filter: F,
    pagination: Pagination,
    negotiated: Negotiated,
    /// Today, in Baghdad.
    pub today: LocalDay,
}

impl<F: Filter<Item: Renderable> + DeserializeOwned> FromRequestParts<AppState> for ListRequest<F> {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, app: &AppState) -> Result<Self, Error> {
        let negotiated = Negotiated::among(parts, F::Item::list_formats())?;
        let Params { own: filter, shared: pagination } = Params::<F, Pagination>::read(&parts.uri)?;
        Ok(Self { app: app.clone(), given: to_query(&filter)?, filter, pagination, negotiated, today: app.clock().today() })
    }
}

impl<F: Filter<Item: Renderable>> ListRequest<F> {
    /// The format of the response.
    pub fn format(&self) -> Format {
        self.negotiated.format
    }

    /// The page of the list. `as_of` is the day that the items are computed for, where they depend on one.
    ///
    /// # Errors
    /// When a parameter is invalid, or when a database query fails.
    pub async fn respond(self, as_of: Option<Day>) -> Result<CachedResponse, Error> {
        let Self { app, given, filter, pagination, negotiated, today } = self;
        let snapshot = app.snapshot();
        let default_sort = if filter.search().is_some() { SortOrder::RELEVANCE_NAME } else { F::DEFAULT_SORT };
        let given = without_defaults(given, default_sort);
        let is_exact = given.get("exact") == Some(&true.into());
        let depends_on_today = as_of.is_some() && !given.contains_key("as_of");
        let page = ListPage {
            path: F::RESOURCE.name(),
            default_sort,
            defaults: filter.parts().map(|parts| ("exact".to_owned(), (parts == FilterParts::Excluded).into())).into_iter().collect::<Query>(),
            as_of,
            policy: if depends_on_today { CachePolicy::UntilMidnight(today) } else { CachePolicy::Default },
            is_search: filter.search().is_some(),
            pagination: &pagination,
            negotiated: &negotiated,
            given,
        };
        let load = |params| async {
            validate(&app, &snapshot, &filter, is_exact, pagination.facets.as_slice(), today.date).await?;
            let params = params;
            Ok(app.timed_query(corpus::list(&snapshot.corpus, &filter, &params, today.date)).await?)
        };
        page.respond(&app, &snapshot, load).await
    }
}
