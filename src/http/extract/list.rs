//! A request for a list.

use axum::{extract::FromRequestParts, http::request::Parts};
use serde::de::DeserializeOwned;

use crate::{
    clock::LocalDay,
    corpus::{self, Day, Filter, PageParams, SortOrder, StoredJson},
    error::Error,
    formats::{Format, List, ListEnvelope, Meta, RenderContext, Renderable, json},
    http::{
        cache::{policy::CachePolicy, response::CachedResponse},
        extract::{
            accept::Negotiated,
            pagination::{Pagination, decode_cursor, encode_cursor},
            query::{Params, Query, query_string, to_query},
            representation::{Rendered, RepresentationSpec, cited_works},
            validate::validate,
        },
        state::AppState,
    },
};

/// How many items a page has by default.
pub const DEFAULT_LIMIT: u32 = 50;
/// How many items a list has at most where it is exported whole.
const MAX_EXPORT: u32 = 10_000;

/// A request for a list of the resource that `F` filters.
#[derive(Debug)]
pub struct ListRequest<F> {
    app: AppState,
    /// Which items.
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
        Ok(Self { app: app.clone(), filter, pagination, negotiated, today: app.clock().today() })
    }
}

impl<F: Filter<Item: Renderable>> ListRequest<F> {
    /// The page of the list. `as_of` is the day that the items are computed for, where they depend on one.
    ///
    /// # Errors
    /// When a parameter is invalid, or when a database query fails.
    pub async fn respond(self, as_of: Option<Day>) -> Result<CachedResponse, Error> {
        let Self { app, filter, pagination, negotiated, today } = self;
        let snapshot = app.snapshot();
        let format = negotiated.format;
        let order = if filter.search().is_some() { SortOrder::RELEVANCE_NAME } else { F::DEFAULT_SORT };
        let given = without_defaults(to_query(&filter)?, order);
        let mut page_query = to_query(&pagination)?;
        let uri = list_uri::<F>(given.clone(), &page_query);
        let depends_on_today = as_of.is_some() && !given.contains_key("as_of");
        let spec = RepresentationSpec {
            uri: &uri,
            negotiated: &negotiated,
            policy: if depends_on_today { CachePolicy::UntilMidnight(today) } else { CachePolicy::Default },
            // Searches are endless, and would evict what is polled.
            is_stored: filter.search().is_none(),
        };
        let render = async {
            validate(&app, &snapshot, &filter).await?;
            let selection = with_day(given.clone(), as_of);
            let cursor_scope = format!("{}?{}", F::RESOURCE.name(), query_string(&selection));
            let after = pagination.cursor.as_deref().map(|cursor| decode_cursor(&cursor_scope, cursor)).transpose()?;
            // A page is for programs that follow `next`; a table, a calendar, a feed and a map want the whole list.
            let limit = pagination.limit.map_or(if format == Format::Json { DEFAULT_LIMIT } else { MAX_EXPORT }, |limit| u32::from(limit.get()));
            let params = PageParams { limit, after, count: pagination.count.unwrap_or_default() };
            let page = app.timed_query(corpus::list(&snapshot.corpus, &filter, &params, today.date)).await?;
            let next = page.next.map(|position| {
                page_query.insert("cursor".to_owned(), encode_cursor(&cursor_scope, &position).into());
                // The next page is computed for the day of this one, even after midnight.
                list_uri::<F>(selection.clone(), &page_query)
            });
            let mut query = selection;
            query.entry("sort").or_insert_with(|| order.into());
            query.insert("limit".to_owned(), limit.into());
            let published = snapshot.corpus.published;
            let context = RenderContext { base_url: app.base_for(format), language: pagination.lang, published, bom: pagination.bom.is_some(), works: &[] };
            let link_context = RenderContext { base_url: app.base(), ..context };
            let next_url =
                next.as_ref().map(|next| if negotiated.by_extension { link_context.url_in_format(next, format) } else { link_context.absolute_url(next) });
            let envelope =
                ListEnvelope { this: uri.clone(), next, query, meta: Meta { revision: snapshot.corpus.revision, as_of, total: page.total, facets: None } };
            let body = match F::Item::writer(format) {
                Some(writer) => {
                    let items = page.items.iter().map(StoredJson::read).collect::<serde_json::Result<Vec<_>>>()?;
                    let works = cited_works(&app, &snapshot, format, &items).await?;
                    (writer.list)(&List { items, envelope }, &RenderContext { works: &works, ..context })?
                }
                None => json::write_list(&page.items, &envelope, context.base_url, pagination.lang)?,
            };
            Ok(Rendered { body, next: next_url })
        };
        spec.respond(&app, &snapshot, render).await
    }
}

/// The URI of a list, relative to the API.
fn list_uri<F: Filter>(mut query: Query, page: &Query) -> String {
    let name = F::RESOURCE.name();
    query.extend(page.clone());
    if query.is_empty() { name.to_owned() } else { format!("{name}?{}", query_string(&query)) }
}

/// Drops parameters that have their default value, so that equivalent queries share a key.
fn without_defaults(mut query: Query, order: &str) -> Query {
    for (name, default) in [("sort", order), ("match", "possible")] {
        if query.get(name).is_some_and(|value| value == default) {
            query.shift_remove(name);
        }
    }
    query
}

/// The parameters that select and order the items, the day included. A cursor is bound to them, and not to the length of
/// the page.
fn with_day(mut query: Query, as_of: Option<Day>) -> Query {
    if let Some(day) = as_of {
        // Before `sort`, as the filter declares it.
        let sort = query.shift_remove("sort");
        query.insert("as_of".to_owned(), day.to_string().into());
        query.extend(sort.map(|sort| ("sort".to_owned(), sort)));
    }
    query
}
