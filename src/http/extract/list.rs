//! Requests, understood: for a list, for an item, for the index; and how each is answered from the corpus.

use std::{collections::BTreeSet, marker::PhantomData};

use axum::{
    extract::{FromRequestParts, RawPathParams},
    http::request::Parts,
};
use serde::{Serialize, de::DeserializeOwned};

use crate::http::{
    AppState, Rendered, RepresentationSpec, Snapshot,
    cache::response::Answer,
    extract::{
        accept::Negotiated,
        pagination::{Pagination, cursor, position},
        query::{LangParam, NoParams, Parameters, query_string},
    },
};
use crate::{
    clock::LocalDay,
    corpus::{
        self, Corpus, Day, Filter, Match, PageParams, Resource, Slug, SortKey, SortOrder, StoredJson,
        statements::{self, Work},
    },
    error::{Error, InvalidParam},
    formats::{Format, List, ListEnvelope, Meta, RenderContext, Renderable, json},
};

/// Parameters by name, in the order of their declaration.
pub(in crate::http) type Query = serde_json::Map<String, serde_json::Value>;

/// How many items a page has where nothing is asked.
const DEFAULT_LIMIT: u32 = 50;
/// How many items a whole list has at the most.
const WHOLE: u32 = 10_000;

/// A request for a list, understood.
#[derive(Debug)]
pub struct ListRequest<F> {
    app: AppState,
    /// Which items.
    pub filter: F,
    paging: Pagination,
    wanted: Negotiated,
    /// Today, in Baghdad.
    pub today: LocalDay,
}

impl<F: Filter<Item: Renderable> + DeserializeOwned> FromRequestParts<AppState> for ListRequest<F> {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, app: &AppState) -> Result<Self, Error> {
        let wanted = Negotiated::among(parts, F::Item::list_formats())?;
        let Parameters { own: filter, shared: paging } = Parameters::<F, Pagination>::read(&parts.uri)?;
        Ok(Self { app: app.clone(), filter, paging, wanted, today: app.clock.today() })
    }
}

impl<F: Filter<Item: Renderable>> ListRequest<F> {
    /// The part of the list that was asked for. `as_of`: the day that the items are reckoned on, where they are.
    ///
    /// # Errors
    /// When the query is wrong or the database cannot answer.
    pub async fn answer(self, as_of: Option<Day>) -> Result<Answer, Error> {
        let Self { app, filter, paging, wanted, today } = self;
        let data = app.data();
        let name = F::RESOURCE.name();
        let order = if filter.search().is_some() { SortOrder::RELEVANCE_NAME } else { F::DEFAULT_SORT };
        let asked = canonical(object(&filter)?, order);
        let mut paging_query = object(&paging)?;
        let address = |mut query: Query, rest: &Query| {
            query.extend(rest.clone());
            if query.is_empty() { name.to_owned() } else { format!("{name}?{}", query_string(&query)) }
        };
        let this = address(asked.clone(), &paging_query);
        let meant = RepresentationSpec {
            address: &this,
            format: wanted.format,
            suffixed: wanted.suffixed,
            offered: &wanted.offered,
            day: (as_of.is_some() && !asked.contains_key("as_of")).then_some(today),
            // What people type is endless, and would push out what is polled.
            kept: filter.search().is_none(),
        };
        let make = async {
            check(&app, &data, &filter).await?;
            // What chooses and orders the items, the day included; not how many of them are shown at a time.
            let mut chosen = asked.clone();
            if let Some(day) = as_of {
                // In its place before `sort`, as the filter declares it.
                let sort = chosen.shift_remove("sort");
                chosen.insert("as_of".to_owned(), day.to_string().into());
                chosen.extend(sort.map(|sort| ("sort".to_owned(), sort)));
            }
            let bound = format!("{name}?{}", query_string(&chosen));
            let after = paging.cursor.as_deref().map(|cursor| position(&bound, cursor)).transpose()?;
            // A page is for programs that can follow it; a table, a calendar, a feed and a map want everything.
            let limit = paging.limit.map_or(if wanted.format == Format::Json { DEFAULT_LIMIT } else { WHOLE }, |limit| u32::from(limit.get()));
            let part = PageParams { limit, after, count: paging.count.unwrap_or_default() };
            let page = app.ask(corpus::list(&data.corpus, &filter, &part, today.date)).await?;
            let next = page.next.map(|position| {
                paging_query.insert("cursor".to_owned(), cursor(&bound, &position).into());
                // The next page is reckoned on the day of this one, even after midnight.
                address(chosen.clone(), &paging_query)
            });
            let mut query = chosen;
            query.entry("sort").or_insert_with(|| order.into());
            query.insert("limit".to_owned(), limit.into());
            let context = RenderContext {
                base_url: app.root(wanted.format),
                language: paging.lang,
                published: data.corpus.published,
                bom: paging.bom.is_some(),
                works: &[],
            };
            let here = RenderContext { base_url: &app.root, ..context };
            let next_address = next.as_ref().map(|next| if wanted.suffixed { here.url_in_format(next, wanted.format) } else { here.absolute_url(next) });
            let envelope = ListEnvelope { this: this.clone(), next, query, meta: Meta { revision: data.corpus.revision, as_of, total: page.total } };
            let body = match F::Item::writer(wanted.format) {
                Some(writer) => {
                    let items = page.items.iter().map(StoredJson::read).collect::<serde_json::Result<Vec<_>>>()?;
                    let works = works(&app, &data, wanted.format, &items).await?;
                    (writer.list)(&List { items, envelope }, &RenderContext { works: &works, ..context })?
                }
                None => json::write_list(&page.items, &envelope, context.base_url, paging.lang)?,
            };
            Ok(Rendered { body, next: next_address })
        };
        app.answer(&data, meant, make).await
    }
}

/// A request for `/v1` itself, understood: it has no parameters.
#[derive(Debug)]
pub struct ApiRequest {
    app: AppState,
    wanted: Negotiated,
}

impl FromRequestParts<AppState> for ApiRequest {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, app: &AppState) -> Result<Self, Error> {
        let wanted = Negotiated::among(parts, vec![Format::Json])?;
        Parameters::<NoParams, NoParams>::read(&parts.uri)?;
        Ok(Self { app: app.clone(), wanted })
    }
}

impl ApiRequest {
    /// The answer with what is made of the data.
    ///
    /// # Errors
    /// When it cannot be written.
    pub async fn answer(self, make: impl FnOnce(&Corpus, &str) -> Result<Vec<u8>, Error>) -> Result<Answer, Error> {
        let Self { app, wanted } = self;
        let data = app.data();
        let meant = RepresentationSpec { address: "", format: wanted.format, suffixed: wanted.suffixed, offered: &wanted.offered, day: None, kept: true };
        let make = async { Ok(Rendered { body: make(&data.corpus, &app.root)?, next: None }) };
        app.answer(&data, meant, make).await
    }
}

/// A request for one item, understood.
#[derive(Debug)]
pub struct ItemRequest<F, Own> {
    of: PhantomData<fn() -> F>,
    app: AppState,
    id: String,
    own: Own,
    language: LangParam,
    wanted: Negotiated,
    today: LocalDay,
}

impl<F: Filter<Item: Renderable>, Own: DeserializeOwned + Send> FromRequestParts<AppState> for ItemRequest<F, Own> {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, app: &AppState) -> Result<Self, Error> {
        let missing = |_| Error::NotFound("No resource has this URL. /v1 lists what there is.".to_owned());
        let path = RawPathParams::from_request_parts(parts, app).await.map_err(missing)?;
        let id = path.iter().map(|(_, id)| id.to_owned()).next().unwrap_or_default();
        let wanted = Negotiated::among(parts, F::Item::item_formats())?;
        let Parameters { own, shared: language } = Parameters::read(&parts.uri)?;
        Ok(Self { of: PhantomData, app: app.clone(), id, own, language, wanted, today: app.clock.today() })
    }
}

impl<F: Filter<Item: Renderable>, Own: Serialize> ItemRequest<F, Own> {
    /// The item that was asked for. `day`: it is reckoned on today unless another day was asked for.
    ///
    /// # Errors
    /// When there is none, or the database cannot answer.
    pub async fn answer(self, filter: impl FnOnce(Own) -> F, day: bool) -> Result<Answer, Error> {
        let Self { of: _, app, id, own, language, wanted, today } = self;
        let data = app.data();
        let name = F::RESOURCE.name();
        let missing = || Error::NotFound(format!("there is no such item; /v1/{name} lists those there are"));
        let id: Slug = id.parse().map_err(|_| missing())?;
        let mut query = object(&own)?;
        let day = (day && query.is_empty()).then_some(today);
        query.extend(object(&language)?);
        let address = if query.is_empty() { format!("{name}/{id}") } else { format!("{name}/{id}?{}", query_string(&query)) };
        let meant = RepresentationSpec { address: &address, format: wanted.format, suffixed: wanted.suffixed, offered: &wanted.offered, day, kept: true };
        let make = async {
            let item = app.ask(corpus::get(&data.corpus, &filter(own), &id, today.date)).await?.ok_or_else(missing)?;
            let body = match F::Item::writer(wanted.format).and_then(|writer| writer.item) {
                Some(write) => {
                    let item = item.read()?;
                    let works = works(&app, &data, wanted.format, std::slice::from_ref(&item)).await?;
                    let context = RenderContext {
                        base_url: app.root(wanted.format),
                        language: language.lang,
                        published: data.corpus.published,
                        bom: false,
                        works: &works,
                    };
                    write(&item, &context)?
                }
                None => json::write_item(&item, &app.root, language.lang)?,
            };
            Ok(Rendered { body, next: None })
        };
        app.answer(&data, meant, make).await
    }
}

/// The statements that a format names beside its items; none where it names none.
pub async fn works<T: Renderable>(app: &AppState, data: &Snapshot, format: Format, items: &[T]) -> Result<Vec<Work>, Error> {
    let ids: BTreeSet<&Slug> = items.iter().filter_map(T::cites).filter(|_| format.needs_works()).collect();
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let works = app.ask(statements::works(&data.corpus, ids)).await?;
    Ok(works.iter().map(StoredJson::read).collect::<serde_json::Result<_>>()?)
}

/// Checks what the types of the parameters cannot: that ids exist, and that a window opens before it closes.
async fn check<F: Filter>(app: &AppState, data: &Snapshot, filter: &F) -> Result<(), Error> {
    let mut faults = Vec::new();
    for (parameter, resource, ids) in filter.foreign_ids() {
        faults.extend(unknown(app, data, parameter, resource, ids).await?);
    }
    let window = filter.date_range();
    if let (Some(from), Some(to)) = (window.from, window.to)
        && from > to
    {
        faults.push(InvalidParam {
            parameter: "to".to_owned(),
            value: Some(to.to_string()),
            allowed: vec![format!("the day of `from` ({from}) or a later one")],
        });
    }
    if window.matching == Some(Match::Certain) && window.is_open() {
        faults.push(InvalidParam {
            parameter: "match".to_owned(),
            value: Some("certain".to_owned()),
            allowed: vec!["together with `from` or `to`".to_owned()],
        });
    }
    if matches!(filter.sort_order().by, SortKey::Relevance) && filter.search().is_none() {
        faults.push(InvalidParam {
            parameter: "sort".to_owned(),
            value: Some(SortOrder::RELEVANCE_NAME.to_owned()),
            allowed: vec!["together with `q`".to_owned()],
        });
    }
    if faults.is_empty() { Ok(()) } else { Err(Error::InvalidQuery(faults)) }
}

/// A fault for each of the ids that names nothing. Those that do are remembered, so that a filter need not ask each time.
pub(in crate::http) async fn unknown(app: &AppState, data: &Snapshot, parameter: &str, resource: Resource, ids: &[Slug]) -> Result<Vec<InvalidParam>, Error> {
    let new: Vec<Slug> = ids.iter().filter(|id| !app.kept.is_known(data.generation, resource, id)).cloned().collect();
    if new.is_empty() {
        return Ok(Vec::new());
    }
    let unknown = app.ask(corpus::missing_ids(&data.corpus, resource, &new)).await?;
    new.iter().filter(|id| !unknown.contains(id)).for_each(|id| app.kept.know(data.generation, resource, id));
    let allowed = format!("an id from /v1/{}", resource.name());
    let fault = |id: &Slug| InvalidParam { parameter: parameter.to_owned(), value: Some(id.to_string()), allowed: vec![allowed.clone()] };
    Ok(unknown.into_iter().map(fault).collect())
}

/// What was asked, without what would be so anyway: two ways to ask one thing are one query.
fn canonical(mut asked: Query, order: &str) -> Query {
    for (name, default) in [("sort", order), ("match", "possible")] {
        if asked.get(name).is_some_and(|value| value == default) {
            asked.shift_remove(name);
        }
    }
    asked
}

/// Parameters as an object, those that were not given left out.
pub(in crate::http) fn object(parameters: &impl Serialize) -> Result<Query, Error> {
    match serde_json::to_value(parameters)? {
        serde_json::Value::Object(object) => Ok(object),
        _ => Err(Error::Internal),
    }
}
