//! What is offered over HTTP: the routes, what they ask for, and how an answer is made.

mod caching;
pub mod documentation;
mod health;
mod negotiation;
mod paging;
mod parameters;
pub mod routes;

mod actors;
mod changes;
mod clauses;
mod dates;
mod index;
mod locations;
mod milestones;
mod notes;
mod statements;

use std::sync::Arc;

use arc_swap::ArcSwap;
use axum::{
    extract::{FromRequestParts, OriginalUri, RawPathParams, Request},
    http::{StatusCode, request::Parts},
    middleware::Next,
    response::{IntoResponse, Response},
};
use serde::Serialize;

use crate::{
    clock::Clock,
    corpus::{self, Corpus, Day, Filter, Match, Part, Slug},
    error::{Error, Fault, Problem},
    format::{Format, List, Meta, json},
};
use negotiation::Wanted;
use paging::{Paging, cursor, position};
use parameters::{InLanguage, Nothing, Parameters, query_string};

/// Parameters by name, in the order of their declaration.
type Query = serde_json::Map<String, serde_json::Value>;

/// The longest address that is read, in bytes, the query included.
const LONGEST_ADDRESS: usize = 32 * 1024;

/// What every handler works with.
#[derive(Clone, Debug)]
pub struct App {
    corpus: Arc<ArcSwap<Corpus>>,
    clock: Clock,
    /// The address of `/v1/`: whole where a public address is configured, else relative to the host.
    root: Arc<str>,
}

impl App {
    /// An application on this data. `public_url` is the address that clients use, without a slash at its end.
    #[must_use]
    pub fn new(corpus: Corpus, clock: Clock, public_url: Option<&str>) -> Self {
        let root = format!("{}/v1/", public_url.unwrap_or_default().trim_end_matches('/')).into();
        Self { corpus: Arc::new(ArcSwap::from_pointee(corpus)), clock, root }
    }

    /// The data of this moment; an answer is made from one of these, whatever is published meanwhile.
    fn corpus(&self) -> Arc<Corpus> {
        self.corpus.load_full()
    }
}

/// A request for a list, understood.
#[derive(Debug)]
pub struct ListRequest<F> {
    app: App,
    filter: F,
    paging: Paging,
    format: Format,
    today: Day,
}

impl<F: Filter + serde::de::DeserializeOwned> FromRequestParts<App> for ListRequest<F> {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Error> {
        let Wanted(format) = Wanted::from_request_parts(parts, app).await?;
        let Parameters { own: filter, shared: paging } = Parameters::read(&parts.uri)?;
        Ok(Self { app: app.clone(), filter, paging, format, today: app.clock.today() })
    }
}

impl<F: Filter> ListRequest<F>
where
    F::Item: Serialize,
{
    /// The page that was asked for. `as_of`: the day that the items are reckoned on, where they are.
    ///
    /// # Errors
    /// When the query is wrong or the database cannot answer.
    pub async fn answer(self, as_of: Option<Day>) -> Result<Response, Error> {
        let Self { app, filter, paging, format, today } = self;
        let corpus = app.corpus();
        check(&corpus, &filter).await?;

        let limit = paging.limit.unwrap_or_default();
        let asked = canonical::<F>(object(&filter)?);
        let name = F::RESOURCE.name();
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
        let part = Part { limit: limit.get(), after, count: paging.count.unwrap_or_default() };
        let page = corpus::list(&corpus, &filter, &part, today).await?;

        let address = |mut query: Query, rest: &Query| {
            query.extend(rest.clone());
            if query.is_empty() { name.to_owned() } else { format!("{name}?{}", query_string(&query)) }
        };
        let mut paging_query = object(&paging)?;
        let this = address(asked.clone(), &paging_query);
        let next = page.next.map(|position| {
            paging_query.insert("cursor".to_owned(), cursor(&bound, &position).into());
            // The next page is reckoned on the day of this one, even after midnight.
            address(chosen.clone(), &paging_query)
        });
        let mut query = chosen;
        query.entry("sort").or_insert_with(|| F::SORT.into());
        query.insert("limit".to_owned(), limit.get().into());
        let link = next.as_ref().map(|next| format!("<{}{next}>; rel=\"next\"", app.root));
        let list = List { items: page.items, this, next, query, meta: Meta { revision: corpus.revision, as_of, total: page.total } };
        let Format::Json = format;
        Ok(caching::answer(format, json::write(&list, &app.root, paging.lang)?, link))
    }
}

/// A request for `/v1` itself, understood: it has no parameters.
#[derive(Debug)]
pub struct ApiRequest {
    app: App,
    format: Format,
}

impl FromRequestParts<App> for ApiRequest {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Error> {
        let Wanted(format) = Wanted::from_request_parts(parts, app).await?;
        Parameters::<Nothing, Nothing>::read(&parts.uri)?;
        Ok(Self { app: app.clone(), format })
    }
}

/// A request for one item, understood.
#[derive(Debug)]
pub struct ItemRequest<Own> {
    app: App,
    id: String,
    own: Own,
    language: InLanguage,
    format: Format,
    today: Day,
}

impl<Own: serde::de::DeserializeOwned + Send> FromRequestParts<App> for ItemRequest<Own> {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Error> {
        let missing = |_| Error::NotFound("nothing has this address; /v1 lists what there is".to_owned());
        let path = RawPathParams::from_request_parts(parts, app).await.map_err(missing)?;
        let id = path.iter().map(|(_, id)| id.to_owned()).next().unwrap_or_default();
        let Wanted(format) = Wanted::from_request_parts(parts, app).await?;
        let Parameters { own, shared: language } = Parameters::read(&parts.uri)?;
        Ok(Self { app: app.clone(), id, own, language, format, today: app.clock.today() })
    }
}

impl<Own> ItemRequest<Own> {
    /// The item that was asked for.
    ///
    /// # Errors
    /// When there is none, or the database cannot answer.
    pub async fn answer<F>(self, filter: &F) -> Result<Response, Error>
    where
        F: Filter,
        F::Item: Serialize,
    {
        let Self { app, id, language, format, today, .. } = self;
        let corpus = app.corpus();
        let missing = || Error::NotFound(format!("there is no such item; /v1/{} lists those there are", F::RESOURCE.name()));
        let id: Slug = id.parse().map_err(|_| missing())?;
        let item = corpus::find(&corpus, filter, &id, today).await?.ok_or_else(missing)?;
        let Format::Json = format;
        Ok(caching::answer(format, json::write(&item, &app.root, language.lang)?, None))
    }
}

/// Checks what the types of the parameters cannot: that ids exist, and that a window opens before it closes.
async fn check<F: Filter>(corpus: &Corpus, filter: &F) -> Result<(), Error> {
    let mut faults = Vec::new();
    for (parameter, resource, ids) in filter.references() {
        if ids.is_empty() {
            continue;
        }
        let allowed = format!("an id from /v1/{}", resource.name());
        let fault = |id: &Slug| Fault { parameter: parameter.to_owned(), value: Some(id.to_string()), allowed: vec![allowed.clone()] };
        faults.extend(corpus::unknown(corpus, resource, ids).await?.into_iter().map(fault));
    }
    let window = filter.window();
    if let (Some(from), Some(to)) = (window.from, window.to)
        && from > to
    {
        faults.push(Fault { parameter: "to".to_owned(), value: Some(to.to_string()), allowed: vec![format!("the day of `from` ({from}) or a later one")] });
    }
    if window.matching == Some(Match::Certain) && window.is_open() {
        faults.push(Fault { parameter: "match".to_owned(), value: Some("certain".to_owned()), allowed: vec!["together with `from` or `to`".to_owned()] });
    }
    if faults.is_empty() { Ok(()) } else { Err(Error::Parameters(faults)) }
}

/// What was asked, without what would be so anyway: two ways to ask one thing are one query.
fn canonical<F: Filter>(mut asked: Query) -> Query {
    for (name, default) in [("sort", F::SORT), ("match", "possible")] {
        if asked.get(name).is_some_and(|value| value == default) {
            asked.shift_remove(name);
        }
    }
    asked
}

/// Parameters as an object, those that were not given left out.
fn object(parameters: &impl Serialize) -> Result<Query, Error> {
    match serde_json::to_value(parameters)? {
        serde_json::Value::Object(object) => Ok(object),
        _ => Err(Error::Internal),
    }
}

/// Gives everything that is no success the one shape of an error.
pub async fn problems(OriginalUri(uri): OriginalUri, request: Request, next: Next) -> Response {
    if uri.path_and_query().is_some_and(|address| address.as_str().len() > LONGEST_ADDRESS) {
        return Error::AddressTooLong(LONGEST_ADDRESS).problem().answer("/");
    }
    let mut response = next.run(request).await;
    let status = response.status();
    if !(status.is_client_error() || status.is_server_error()) {
        return response;
    }
    let problem = response.extensions_mut().remove::<Problem>().unwrap_or_else(|| Problem::of(status));
    let mut answer = problem.answer(uri.path());
    // The Allow of a 405 (RFC 9110, section 15.5.6) and whatever else the router knew.
    for (name, value) in response.headers() {
        answer.headers_mut().entry(name).or_insert_with(|| value.clone());
    }
    answer
}

/// The answer where there is nothing.
pub async fn nothing() -> impl IntoResponse {
    StatusCode::NOT_FOUND
}
