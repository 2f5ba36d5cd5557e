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
    extract::{FromRequestParts, OriginalUri, RawPathParams, Request, State},
    http::{StatusCode, request::Parts},
    middleware::Next,
    response::{IntoResponse, Response},
};
use serde::Serialize;

use crate::{
    clock::Clock,
    corpus::{self, Corpus, Day, Filter, Part, Slug},
    error::{Error, Fault, Problem},
    format::{Format, List, Meta, json},
};
use negotiation::Wanted;
use paging::{Paging, cursor, position};
use parameters::{InLanguage, Nothing, Parameters, query_string};

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
        let asked = object(&filter)?;
        let name = F::RESOURCE.name();
        // A cursor is bound to what chooses and orders the items, not to how many of them are shown at a time.
        let bound = format!("{name}?{}", query_string(&asked));
        let after = paging.cursor.as_deref().map(|cursor| position(&bound, cursor)).transpose()?;
        let part = Part { limit: limit.get(), after, count: paging.count.unwrap_or_default() };
        let page = corpus::list(&corpus, &filter, &part, today).await?;

        let mut query = asked;
        query.extend(object(&paging)?);
        let address = |query: &_| match query_string(query) {
            query if query.is_empty() => name.to_owned(),
            query => format!("{name}?{query}"),
        };
        let this = address(&query);
        let next = page.next.map(|position| {
            let mut query = query.clone();
            query.insert("cursor".to_owned(), cursor(&bound, &position).into());
            address(&query)
        });
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
    if faults.is_empty() { Ok(()) } else { Err(Error::Parameters(faults)) }
}

/// Parameters as an object, those that were not given left out.
fn object(parameters: &impl Serialize) -> Result<serde_json::Map<String, serde_json::Value>, Error> {
    match serde_json::to_value(parameters)? {
        serde_json::Value::Object(object) => Ok(object),
        _ => Err(Error::Internal),
    }
}

/// Gives everything that is no success the one shape of an error.
pub async fn problems(State(_): State<App>, OriginalUri(uri): OriginalUri, request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    let status = response.status();
    if !(status.is_client_error() || status.is_server_error()) {
        return response;
    }
    let problem = response.extensions_mut().remove::<Problem>().unwrap_or_else(|| unforeseen(status).problem());
    let mut answer = problem.answer(uri.path());
    // The Allow of a 405 (RFC 9110, section 15.5.6) and whatever else the router knew.
    for (name, value) in response.headers() {
        answer.headers_mut().entry(name).or_insert_with(|| value.clone());
    }
    answer.headers_mut().remove(axum::http::header::CONTENT_LENGTH);
    answer
}

/// The error that a bare status stands for.
fn unforeseen(status: StatusCode) -> Error {
    match status {
        StatusCode::NOT_FOUND => Error::NotFound("nothing has this address; /v1 lists what there is".to_owned()),
        StatusCode::METHOD_NOT_ALLOWED => Error::Method,
        StatusCode::SERVICE_UNAVAILABLE => Error::Unavailable,
        _ => Error::Internal,
    }
}

/// The answer where there is nothing.
pub async fn nothing() -> impl IntoResponse {
    StatusCode::NOT_FOUND
}
