//! A request for a page, with what every page reads from the corpus.

use std::{collections::HashMap, sync::Arc};

use axum::{
    extract::{FromRequestParts, RawPathParams},
    http::request::Parts,
};

use crate::http::{
    cache::{policy::CachePolicy, response::CachedResponse},
    pages::{
        html::{html_headers, not_found},
        language::split_language,
        view::messages as msg,
    },
    state::{AppState, Cost, Snapshot},
};
use crate::{
    clock::LocalDay,
    corpus::{
        self, BilingualText, Corpus, Day, Filter, Language, PageParams, Resource, Slug, StoredJson,
        actors::ActorFilter,
        clauses::ClauseFilter,
        dates::DateFilter,
        locations::LocationFilter,
        milestones::MilestoneFilter,
        notes::{Note, NoteFilter},
        statements::StatementFilter,
        works::{self, Work},
    },
    error::Error,
    formats::{Card, Format, Reference, RenderContext, Renderable, SiteUrl, ToCard, ToReference, in_marks},
    text::bidi::language_of,
};

/// The maximum number of items on a page; a page that leaves items out says so.
const MAX_ITEMS: u32 = 1_000;

/// The titles of statements by their ids.
#[derive(Clone, Debug, Default)]
pub struct Titles(HashMap<Slug, BilingualText>);

impl Titles {
    /// The title of a statement; `None` if the page need not name it.
    pub fn get(&self, statement: &Slug) -> Option<&BilingualText> {
        self.0.get(statement)
    }
}

/// A request for a page.
#[derive(Debug)]
pub struct PageRequest {
    /// The state of the application.
    pub app: AppState,
    snapshot: Arc<Snapshot>,
    /// The language of the page.
    pub language: Language,
    /// The path below the language: `milestones/iq-us-…`.
    pub path: String,
    /// The query string; empty without one.
    pub query: String,
    id: String,
    today: LocalDay,
}

impl FromRequestParts<AppState> for PageRequest {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, app: &AppState) -> Result<Self, Error> {
        let (language, path) = split_language(parts.uri.path()).ok_or_else(not_found)?;
        let path = path.to_owned();
        Self::in_language(parts, app, language, path).await
    }
}

impl PageRequest {
    /// A request whose language and path are read elsewhere.
    ///
    /// # Errors
    /// When the path has no valid id.
    pub async fn in_language(parts: &mut Parts, app: &AppState, language: Language, path: String) -> Result<Self, Error> {
        let id = RawPathParams::from_request_parts(parts, app).await.map_err(|_| not_found())?.iter().map(|(_, id)| id.to_owned()).next();
        let query = parts.uri.query().unwrap_or_default().to_owned();
        Ok(Self { path, query, id: id.unwrap_or_default(), ..Self::for_item(app, language) })
    }

    /// The request behind a response that describes a page without being one, such as oEmbed's.
    pub fn for_item(app: &AppState, language: Language) -> Self {
        let (app, snapshot, today) = (app.clone(), app.snapshot(), app.clock().today());
        Self { app, snapshot, language, path: String::new(), query: String::new(), id: String::new(), today }
    }

    /// The data of the page.
    pub fn corpus(&self) -> &Corpus {
        &self.snapshot.corpus
    }

    /// Today in Baghdad.
    pub const fn today(&self) -> Day {
        self.today.date
    }

    /// The snapshot that the page is made of.
    pub fn snapshot(&self) -> &Snapshot {
        &self.snapshot
    }

    /// Whether the corpus has more than one statement, so that a page must name the statement of each item.
    pub async fn has_several_statements(&self) -> Result<bool, Error> {
        Ok(self.app.timed_query(works::count_up_to_two(self.corpus())).await? > 1)
    }

    /// The titles of statements; empty if the corpus has only one, which pages need not name.
    pub async fn titles<'i>(&self, ids: impl IntoIterator<Item = &'i Slug> + Send) -> Result<Titles, Error> {
        if !self.has_several_statements().await? {
            return Ok(Titles::default());
        }
        Ok(Titles(self.app.timed_query(works::titles(self.corpus(), ids)).await?))
    }

    /// What a reader calls an item, in the language of the page: its name or title, or its words and the clause that they are in. `None`
    /// if there is no such item, and for a change.
    pub async fn name_of(&self, resource: Resource, id: &Slug) -> Result<Option<String>, Error> {
        let language = self.language;
        let named = |name: BilingualText| name.of(language).to_owned();
        let quoted = |words: &str, clause: &Slug, statement: &Slug| format!("{} ({})", in_marks(words, language), clause.below(statement));
        Ok(match resource {
            Resource::Statements => self.get::<StatementFilter>(id).await?.map(|statement| named(statement.title)),
            Resource::Milestones => self.get::<MilestoneFilter>(id).await?.map(|milestone| named(milestone.title.clone())),
            Resource::Actors => self.get::<ActorFilter>(id).await?.map(|actor| named(actor.name)),
            Resource::Locations => self.get::<LocationFilter>(id).await?.map(|location| named(location.name)),
            Resource::Clauses => match self.get::<ClauseFilter>(id).await? {
                Some(clause) => {
                    let title = self.get::<StatementFilter>(&clause.statement).await?.map(|statement| named(statement.title));
                    Some(format!("{}{}{}", clause.label, msg::COMMA.of(language), title.unwrap_or_default()))
                }
                None => None,
            },
            Resource::Dates => self.get::<DateFilter>(id).await?.map(|date| quoted(&date.quote.exact, &date.clause, &date.statement)),
            Resource::Notes => self.get::<NoteFilter>(id).await?.map(|note| quoted(&note.quote.exact, &note.target, &note.statement)),
            Resource::Changes => None,
        })
    }

    /// The id in the path.
    pub fn id(&self) -> Result<Slug, Error> {
        self.id.parse().map_err(|_| not_found())
    }

    /// The items that match a filter, and whether there are more than [`MAX_ITEMS`].
    pub async fn list<F: Filter>(&self, filter: &F) -> Result<(Vec<F::Item>, bool), Error> {
        self.first(filter, MAX_ITEMS).await
    }

    /// The first items that match a filter, and whether there are more.
    pub async fn first<F: Filter>(&self, filter: &F, limit: u32) -> Result<(Vec<F::Item>, bool), Error> {
        let part = PageParams { limit, after: None, count: false, facets: Vec::new() };
        let page = self.app.timed_query(corpus::list(self.corpus(), filter, &part, self.today())).await?;
        let items = page.items.iter().map(StoredJson::read).collect::<serde_json::Result<_>>()?;
        Ok((items, page.next.is_some()))
    }

    /// The item with this id, if there is one.
    pub async fn get<F: Filter>(&self, id: &Slug) -> Result<Option<F::Item>, Error> {
        let item = self.app.timed_query(corpus::get(self.corpus(), &F::default(), id, self.today())).await?;
        Ok(item.map(|item| item.read()).transpose()?)
    }

    /// The item with this id.
    ///
    /// # Errors
    /// When it was withdrawn, or there is none, or the query fails.
    pub async fn require<F: Filter>(&self, id: &Slug) -> Result<F::Item, Error> {
        if let Some(item) = self.get::<F>(id).await? {
            return Ok(item);
        }
        let withdrawn = self.app.timed_query(corpus::withdrawn(self.corpus(), F::RESOURCE, id)).await?;
        Err(withdrawn.map_or_else(not_found, |withdrawn| Error::Gone(format!("{} ({})", withdrawn.summary.of(self.language), withdrawn.at.date_naive()))))
    }

    /// The context in which something of a statement is written, in the language of the page.
    fn context<'a>(&self, site: &'a SiteUrl, work: &'a Work) -> RenderContext<'a> {
        let works = std::slice::from_ref(work);
        RenderContext { language: Some(self.language), works, ..RenderContext::new(site, self.snapshot.corpus.published) }
    }

    /// An item of a statement as JSON-LD, for a script element in its page.
    pub fn linked_data<T: Renderable>(&self, item: &T, work: &Work) -> Result<Option<String>, Error> {
        let Some(write) = T::writer(Format::JsonLd).and_then(|writer| writer.item) else { return Ok(None) };
        let context = self.context(self.app.site_for(Format::JsonLd), work);
        // The content of a script element must not look like a tag; in JSON the escape is the same character.
        Ok(String::from_utf8(write(item, &context)?).ok().map(|json| json.replace('<', "\\u003c")))
    }

    /// A statement or a clause of it as a reference, in the language of the page, with absolute URLs.
    pub fn reference<T: ToReference>(&self, item: &T, work: &Work) -> Result<Reference, Error> {
        Ok(item.to_reference(&self.context(self.app.absolute_site(), work))?)
    }

    /// A statement with its issuers, as a citation names it.
    pub async fn work(&self, statement: &Slug) -> Result<Work, Error> {
        self.app.timed_query(works::works(self.corpus(), [statement])).await?.pop().ok_or_else(not_found)
    }

    /// The same, with what its card shows.
    pub async fn work_with_card(&self, statement: &Slug) -> Result<Work, Error> {
        let mut work = self.work(statement).await?;
        self.app.timed_query(works::read_card_details(self.corpus(), &mut work)).await?;
        Ok(work)
    }

    /// The statement that an item is cited with.
    pub async fn work_of<T: Renderable>(&self, item: &T) -> Result<Work, Error> {
        self.work(item.cites().ok_or_else(not_found)?).await
    }

    /// The clauses that notes are on, in the language of the page, where the words that a note quotes are in the other one.
    ///
    /// # Errors
    /// When a database query fails.
    pub async fn translations<'n>(&self, notes: impl IntoIterator<Item = &'n Note> + Send) -> Result<HashMap<Slug, String>, Error> {
        let foreign: Vec<&Slug> = notes.into_iter().filter(|note| language_of(&note.quote.exact) != self.language).map(|note| &note.target).collect();
        let texts = self.app.timed_query(works::clause_texts(self.corpus(), foreign)).await?;
        Ok(texts.into_iter().map(|(clause, text)| (clause, text.of(self.language).to_owned())).collect())
    }

    /// What the card of an item of a statement shows.
    pub fn card<T: ToCard>(&self, item: &T, work: &Work) -> Result<Card, Error> {
        Ok(item.to_card(&self.context(self.app.site_for(Format::Png), work))?)
    }

    /// The cached page, or the page that `render` makes. `depends_on_today`: the page expires at midnight in Baghdad.
    pub async fn respond(&self, depends_on_today: bool, render: impl Future<Output = Result<String, Error>>) -> Result<CachedResponse, Error> {
        self.respond_to("", depends_on_today, render).await
    }

    /// The cached page for a canonical query, or the page that `render` makes.
    pub async fn respond_to(&self, query: &str, depends_on_today: bool, render: impl Future<Output = Result<String, Error>>) -> Result<CachedResponse, Error> {
        let policy = if depends_on_today { CachePolicy::UntilMidnight(self.today) } else { CachePolicy::Default };
        let date = if depends_on_today { self.today.date.to_string() } else { String::new() };
        let key = format!("{} {date} page {} {}{query}", self.snapshot.generation, self.language.code(), self.path);
        self.app.get_or_render(&key, Cost::Little, async { Ok(self.response(policy, render.await?)) }).await
    }

    /// The page of a search that `render` makes, which is not cached.
    pub async fn respond_uncached(&self, render: impl Future<Output = Result<String, Error>>) -> Result<CachedResponse, Error> {
        self.app.render_uncached(Cost::Much, async { Ok(self.response(CachePolicy::Default, render.await?)) }).await
    }

    /// The page that `render` makes, which neither this service nor a shared cache stores: its URL has the reader's own words.
    pub async fn respond_private(&self, render: impl Future<Output = Result<String, Error>>) -> Result<CachedResponse, Error> {
        self.app.render_uncached(Cost::Little, async { Ok(self.response(CachePolicy::Private, render.await?)) }).await
    }

    /// A page as a response.
    fn response(&self, policy: CachePolicy, html: String) -> CachedResponse {
        CachedResponse::of_data_and_program(self.snapshot.generation, policy, html_headers(self.language), html.into_bytes())
    }
}
