//! A request for one item.

use std::marker::PhantomData;

use axum::{
    extract::{FromRequestParts, RawPathParams},
    http::request::Parts,
};
use serde::{Serialize, de::DeserializeOwned};

use crate::{
    clock::LocalDay,
    corpus::{self, Filter, Resource, Slug, works},
    error::Error,
    formats::{RenderContext, Renderable, json},
    http::{
        cache::{policy::CachePolicy, response::CachedResponse},
        extract::{
            accept::Negotiated,
            query::{LangParam, Params, query_string, to_query},
            representation::{Rendered, RepresentationSpec, cited_works, written},
        },
        state::{AppState, Cost, Snapshot},
    },
};

/// A request for one item of the resource that `F` filters. `Own` has the parameters besides `lang`.
#[derive(Debug)]
pub struct ItemRequest<F, Own> {
    of: PhantomData<fn() -> F>,
    app: AppState,
    id: String,
    own: Own,
    language: LangParam,
    negotiated: Negotiated,
    today: LocalDay,
}

impl<F: Filter<Item: Renderable>, Own: DeserializeOwned + Send> FromRequestParts<AppState> for ItemRequest<F, Own> {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, app: &AppState) -> Result<Self, Error> {
        let not_found = |_| Error::NotFound("No resource has this URL. /v1 lists what there is.".to_owned());
        let path = RawPathParams::from_request_parts(parts, app).await.map_err(not_found)?;
        let id = path.iter().map(|(_, id)| id.to_owned()).next().unwrap_or_default();
        let negotiated = Negotiated::among(parts, F::Item::item_formats())?;
        let Params { own, shared: language } = Params::read(&parts.uri)?;
        Ok(Self { of: PhantomData, app: app.clone(), id, own, language, negotiated, today: app.clock().today() })
    }
}

impl<F: Filter<Item: Renderable>, Own: Serialize> ItemRequest<F, Own> {
    /// The item. `filter` makes the filter that computes it; `is_of_the_day`: it depends on today, unless its own
    /// parameters name another day.
    ///
    /// # Errors
    /// When no item has this id, or when a database query fails.
    pub async fn respond(self, filter: impl FnOnce(Own) -> F, is_of_the_day: bool) -> Result<CachedResponse, Error> {
        let Self { of: _, app, id, own, language, negotiated, today } = self;
        let snapshot = app.snapshot();
        let name = F::RESOURCE.name();
        let id: Slug = id.parse().map_err(|_| not_found(F::RESOURCE))?;
        let mut query = to_query(&own)?;
        let policy = if is_of_the_day && query.is_empty() { CachePolicy::UntilMidnight(today) } else { CachePolicy::Default };
        query.extend(to_query(&language)?);
        let uri = if query.is_empty() { format!("{name}/{id}") } else { format!("{name}/{id}?{}", query_string(&query)) };
        let spec = RepresentationSpec { uri: &uri, negotiated: &negotiated, policy, is_stored: true, cost: Cost::Little };
        let render = async {
            let Some(item) = app.timed_query(corpus::get(&snapshot.corpus, &filter(own), &id, today.date)).await? else {
                return Err(missing(&app, &snapshot, F::RESOURCE, &id).await?);
            };
            let format = negotiated.format;
            let body = match F::Item::writer(format).and_then(|writer| writer.item) {
                Some(write) => {
                    let item = item.read()?;
                    let mut works = cited_works(&app, &snapshot, format, std::slice::from_ref(&item)).await?;
                    // The cards of other items show nothing more of it than a citation does.
                    if let (Resource::Statements, true, Some(work)) = (F::RESOURCE, format.is_picture(), works.first_mut()) {
                        app.timed_query(works::read_card_details(&snapshot.corpus, work)).await?;
                    }
                    let context = RenderContext::new(app.site_for(format), snapshot.corpus.published);
                    let context = RenderContext { language: language.lang, works: &works, ..context };
                    written(&app, format, write, item, context).await?
                }
                None => json::write_item(&item, app.site().api_root(), language.lang)?,
            };
            Ok(Rendered { body, next: None })
        };
        spec.respond(&app, &snapshot, render).await
    }
}

/// No item of the resource has the id.
pub fn not_found(resource: Resource) -> Error {
    Error::NotFound(format!("No item has this id. /v1/{} lists the items.", resource.name()))
}

/// The error of an id that no item has: the item was withdrawn, or there never was one.
///
/// # Errors
/// When the query fails.
pub async fn missing(app: &AppState, snapshot: &Snapshot, resource: Resource, id: &Slug) -> Result<Error, Error> {
    let withdrawn = app.timed_query(corpus::withdrawn(&snapshot.corpus, resource, id)).await?;
    let gone = |withdrawn: corpus::Withdrawn| Error::Gone(format!("This item was withdrawn on {}: {}", withdrawn.at.date_naive(), withdrawn.summary.en));
    Ok(withdrawn.map_or_else(|| not_found(resource), gone))
}
