//! A page of a list: its canonical URI, its cursor, its links and its rendering, for lists of any resource.

use crate::{
    corpus::{Day, Page, PageParams, StoredJson},
    error::Error,
    formats::{Format, List, ListEnvelope, MAX_DRAWN, Meta, RenderContext, Renderable, json},
    http::{
        cache::{policy::CachePolicy, response::CachedResponse},
        extract::{
            accept::Negotiated,
            pagination::{DEFAULT_LIMIT, Pagination, decode_cursor, encode_cursor},
            query::{Query, query_string, to_query},
            representation::{Rendered, RepresentationSpec, cited_works, written},
        },
        state::{AppState, Cost, Snapshot},
    },
};

/// The maximum number of items of a list that is exported as a whole.
const MAX_EXPORT: u32 = 10_000;

/// A page of a list: what identifies it, and how it is rendered.
#[derive(Debug)]
pub struct ListPage<'a> {
    /// The path of the list, relative to the API.
    pub path: &'a str,
    /// The filter's parameters, without those that have their default value.
    pub given: Query,
    /// The name of the sort order where the request names none.
    pub default_sort: &'static str,
    /// Defaults that apply besides the sort order; the envelope names them.
    pub defaults: Query,
    /// The day that the items are computed for, where they depend on one.
    pub as_of: Option<Day>,
    /// How long the response may be reused.
    pub policy: CachePolicy,
    /// Whether the list is searched. Searches cost more than other lists, and the number of different ones is unbounded; cached,
    /// they would evict the responses that clients poll.
    pub is_search: bool,
    /// Which page.
    pub pagination: &'a Pagination,
    /// The format.
    pub negotiated: &'a Negotiated,
}

impl ListPage<'_> {
    /// The cached page, or one that is rendered from what `load` reads. `load` is called only after the cursor is
    /// known to be valid.
    ///
    /// # Errors
    /// When the cursor is invalid, when `load` fails, or when rendering fails.
    pub async fn respond<T, Loaded>(self, app: &AppState, snapshot: &Snapshot, load: impl FnOnce(PageParams) -> Loaded) -> Result<CachedResponse, Error>
    where
        T: Renderable,
        Loaded: Future<Output = Result<Page<T>, Error>>,
    {
        let Self { path, given, default_sort, defaults, as_of, policy, is_search, pagination, negotiated } = self;
        let format = negotiated.format;
        let mut page_query = to_query(pagination)?;
        let uri = list_uri(path, given.clone(), &page_query);
        let is_file = format != Format::Json && pagination.limit.is_none();
        let cost = if !is_search && !is_file && pagination.facets.is_empty() { Cost::Little } else { Cost::Much };
        let spec = RepresentationSpec { uri: &uri, negotiated, policy, is_stored: !is_search, cost };
        let render = async {
            let selection = with_day(given, as_of);
            let cursor_scope = format!("{path}?{}", query_string(&selection));
            let after = pagination.cursor.as_deref().map(|cursor| decode_cursor(&cursor_scope, cursor)).transpose()?;
            // Programs that read JSON follow `next`; the other formats are files of the whole list.
            let limit = pagination.limit.map(|limit| u32::from(limit.get()));
            let limit = match format {
                Format::Json => limit.unwrap_or(DEFAULT_LIMIT),
                format if format.is_picture() => limit.unwrap_or(MAX_DRAWN).min(MAX_DRAWN),
                _ => limit.unwrap_or(MAX_EXPORT),
            };
            let facets = if format == Format::Json { pagination.facets.as_slice().to_vec() } else { Vec::new() };
            let page = load(PageParams { limit, after, count: pagination.count.unwrap_or_default(), facets }).await?;
            let next = page.next.map(|position| {
                page_query.insert("cursor".to_owned(), encode_cursor(&cursor_scope, &position).into());
                // The next page is computed for the day of this one, even after midnight.
                list_uri(path, selection.clone(), &page_query)
            });
            let mut query = selection;
            query.entry("sort").or_insert_with(|| default_sort.into());
            for (parameter, value) in defaults {
                query.entry(parameter).or_insert(value);
            }
            query.insert("limit".to_owned(), limit.into());
            let published = snapshot.corpus.published;
            let (bom, theme) = (pagination.bom.is_some(), pagination.theme.unwrap_or_default());
            let context = RenderContext { language: pagination.lang, bom, theme, ..RenderContext::new(app.site_for(format), published) };
            let link_context = RenderContext { site: app.site(), ..context };
            let next_url =
                next.as_ref().map(|next| if negotiated.by_extension { link_context.url_in_format(next, format) } else { link_context.api_url(next) });
            let meta = Meta { as_of, total: page.total, ..Meta::new(snapshot.corpus.revision) }.with_facets(page.facets);
            let envelope = ListEnvelope { this: uri.clone(), next, query, meta };
            let body = match T::writer(format).and_then(|writer| writer.list) {
                Some(write) => {
                    let items = page.items.iter().map(StoredJson::read).collect::<serde_json::Result<Vec<_>>>()?;
                    let works = cited_works(app, snapshot, format, &items).await?;
                    written(app, format, write, List { items, envelope }, RenderContext { works: &works, ..context }).await?
                }
                None => json::write_list(&page.items, &envelope, context.site.api_root(), pagination.lang)?,
            };
            Ok(Rendered { body, next: next_url })
        };
        spec.respond(app, snapshot, render).await
    }
}

/// Drops parameters that have their default value, so that equivalent queries share a key.
pub fn without_defaults(mut query: Query, default_sort: &str) -> Query {
    let defaults = [("sort", default_sort.into()), ("match", "possible".into()), ("exact", serde_json::Value::Bool(false))];
    for (name, default) in defaults {
        if query.get(name) == Some(&default) {
            query.shift_remove(name);
        }
    }
    query
}

/// The URI of a list, relative to the API.
fn list_uri(path: &str, mut query: Query, page: &Query) -> String {
    query.extend(page.clone());
    if query.is_empty() { path.to_owned() } else { format!("{path}?{}", query_string(&query)) }
}

/// The parameters that select and order the items, the day included. A cursor is bound to them, and not to the length of
/// the page.
fn with_day(mut query: Query, as_of: Option<Day>) -> Query {
    if let Some(day) = as_of {
        // Before `exact` and `sort`, as the filter declares it: the next page has the same query.
        let later = ["exact", "sort"].map(|name| (name.to_owned(), query.shift_remove(name)));
        query.insert("as_of".to_owned(), day.to_string().into());
        query.extend(later.into_iter().filter_map(|(name, value)| Some((name, value?))));
    }
    query
}
