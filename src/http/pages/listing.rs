//! A list on a page: the filter in its query, a part of the items, and what the reader can choose.

use std::collections::BTreeMap;

use serde::de::DeserializeOwned;

use crate::http::{
    cache::response::CachedResponse,
    extract::{
        list_page::without_defaults,
        pagination::{decode_cursor, encode_cursor},
        param_map::{field_names, read},
        query::{Query, query_string, to_query},
        validate::validate,
    },
    pages::{
        request::PageRequest,
        view::{
            clause_messages as clause_msg,
            filter_form::{Chosen, FilterForm, Select, SelectOption},
            layout::PageLayout,
            messages::{self as msg, Message},
        },
    },
};
use crate::{
    corpus::{self, Day, Facet, Filter, PageParams, Resource, Slug, StoredJson},
    error::Error,
};

/// How many items a page of a list has at most, unless they are long.
pub const PAGE_SIZE: u32 = 100;
/// How many entries of a register a form offers, besides those that are chosen.
const MAX_ENTRIES: usize = 20;

/// The query of a list on a page.
#[derive(Debug)]
pub struct ListQuery<F> {
    /// The filter.
    pub filter: F,
    /// The parameters that select the items, without defaults.
    selection: Query,
    cursor: Option<String>,
}

/// A part of a list.
#[derive(Debug)]
pub struct Listing<T> {
    /// The items.
    pub items: Vec<T>,
    /// The query of the next part; `None` on the last one.
    pub next: Option<String>,
    /// The query of the first part; `None` on that one.
    pub first: Option<String>,
    /// How many matching items have each value of a parameter; empty where there are too many items to count.
    facets: BTreeMap<&'static str, Vec<Facet>>,
}

impl<T> Listing<T> {
    /// Whether all items that match are on this page.
    pub const fn is_whole(&self) -> bool {
        self.next.is_none() && self.first.is_none()
    }

    /// How many items have each value of a parameter.
    pub fn facet(&self, name: &str) -> &[Facet] {
        self.facets.get(name).map_or(&[], Vec::as_slice)
    }
}

impl<F: Filter + DeserializeOwned> ListQuery<F> {
    /// Reads the query of a page. Empty values are ignored, since browsers submit empty fields, and so are parameters that the
    /// list does not have, since other sites add theirs to links.
    ///
    /// # Errors
    /// When a value is not allowed.
    pub fn read(request: &PageRequest) -> Result<Self, Error> {
        let pairs: Vec<(String, String)> =
            form_urlencoded::parse(request.query.as_bytes()).into_owned().filter(|(_, value)| !value.trim().is_empty()).collect();
        let filter: F = read(field_names::<F>(), &pairs).map_err(|invalid| Error::InvalidQuery(vec![invalid]))?;
        let selection = without_defaults(to_query(&filter)?, F::DEFAULT_SORT);
        let cursor = pairs.into_iter().find(|(name, _)| name == "cursor").map(|(_, cursor)| cursor);
        Ok(Self { filter, selection, cursor })
    }

    /// Whether it selects and orders nothing: all items, from the first on.
    pub fn is_empty(&self) -> bool {
        self.selection.is_empty() && self.cursor.is_none()
    }

    /// Whether it selects or orders items.
    pub fn is_filtered(&self) -> bool {
        !self.selection.is_empty()
    }

    /// The canonical query string with its question mark; empty without parameters.
    pub fn canonical(&self) -> String {
        let mut query = self.selection.clone();
        query.extend(self.cursor.clone().map(|cursor| ("cursor".to_owned(), cursor.into())));
        with_mark(&query)
    }

    /// The query string that selects the same items in the API, with its question mark.
    pub fn selection(&self) -> String {
        with_mark(&self.selection)
    }

    /// Reads the part of the list, of at most `size` items, and counts the values of these parameters.
    ///
    /// # Errors
    /// When a parameter is invalid, or when a database query fails.
    pub async fn load(&self, request: &PageRequest, size: u32, facets: &[&str]) -> Result<Listing<F::Item>, Error> {
        let is_exact = self.selection.get("exact") == Some(&true.into());
        validate(&request.app, request.snapshot(), &self.filter, is_exact, &[], request.today()).await?;
        let scope = format!("{}?{}", request.path, query_string(&self.selection));
        let after = self.cursor.as_deref().map(|cursor| decode_cursor(&scope, cursor)).transpose()?;
        let facets = facets.iter().map(ToString::to_string).collect();
        let params = PageParams { limit: size, after, count: false, facets };
        let page = request.app.timed_query(corpus::list(request.corpus(), &self.filter, &params, request.today())).await?;
        let next = page.next.map(|position| {
            let mut query = self.selection.clone();
            query.insert("cursor".to_owned(), encode_cursor(&scope, &position).into());
            with_mark(&query)
        });
        Ok(Listing {
            items: page.items.iter().map(StoredJson::read).collect::<serde_json::Result<_>>()?,
            next,
            first: self.cursor.as_ref().map(|_| self.selection()),
            facets: page.facets.filter(|facets| facets.is_complete).map(|facets| facets.by_name).unwrap_or_default(),
        })
    }

    /// The cached part of the list, or the one that `render` makes. The number of searches is unbounded; cached, they would evict
    /// the responses that clients poll.
    ///
    /// # Errors
    /// When rendering fails, or when too many responses are being rendered.
    pub async fn respond(
        &self,
        request: &PageRequest,
        depends_on_today: bool,
        render: impl Future<Output = Result<String, Error>>,
    ) -> Result<CachedResponse, Error> {
        // Each branch would have room for all that the page awaits.
        let render = Box::pin(render);
        if self.filter.search().is_some() {
            return request.respond_uncached(render).await;
        }
        request.respond_to(&self.canonical(), depends_on_today, render).await
    }

    /// The form that changes the filter. `has_words` and `has_dates`: it can select by words and by dates.
    ///
    /// # Errors
    /// When a database query fails.
    pub async fn form(&self, request: &PageRequest, layout: &PageLayout, selects: Vec<Select>, has_words: bool, has_dates: bool) -> Result<FilterForm, Error> {
        let given = |name: &str| self.selection.get(name).and_then(serde_json::Value::as_str).unwrap_or_default().to_owned();
        let mut chosen = Vec::new();
        for (parameter, resource, ids) in self.filter.foreign_ids() {
            for id in ids {
                let name = request.name_of(resource, id).await?.unwrap_or_else(|| id.to_string());
                let without = layout.page_url(&format!("{}{}", request.path, self.without(parameter, id.as_str())));
                chosen.push(Chosen { label: parameter_name(parameter), name, without });
            }
        }
        let is_control =
            |name: &str| selects.iter().any(|select| select.name == name) || (has_words && name == "q") || (has_dates && matches!(name, "from" | "to"));
        let others = self.selection.iter().filter(|(name, _)| !is_control(name));
        let hidden = others.flat_map(|(name, value)| values(value).into_iter().map(move |value| (name.clone(), value))).collect();
        Ok(FilterForm {
            action: layout.page_url(&request.path),
            words: has_words.then(|| given("q")),
            dates: has_dates.then(|| (given("from"), given("to"))),
            as_of: None,
            selects,
            hidden,
            chosen,
            is_filtered: self.is_filtered(),
        })
    }

    /// The selection of entries of a register, or of statements: those that a facet counts, the most frequent first, and those that are
    /// chosen. `None` if there is nothing to choose.
    ///
    /// # Errors
    /// When a database query fails.
    pub async fn entries(
        &self,
        request: &PageRequest,
        name: &'static str,
        label: Message,
        resource: Resource,
        chosen: &[Slug],
        facet: &[Facet],
    ) -> Result<Option<Select>, Error> {
        let mut ids: Vec<Slug> = chosen.to_vec();
        let counted = facet.iter().filter_map(|facet| facet.value.parse().ok());
        ids.extend(counted.filter(|id| !chosen.contains(id)).take(MAX_ENTRIES));
        if ids.len() < 2 && chosen.is_empty() {
            return Ok(None);
        }
        let mut options = Vec::new();
        for id in ids {
            let Some(label) = request.name_of(resource, &id).await? else { continue };
            let count = facet.iter().find(|facet| facet.value == id.as_str()).map(|facet| facet.count);
            options.push(SelectOption { label, count, is_selected: chosen.contains(&id), value: id.to_string() });
        }
        Ok(Some(Select { name, label, options }))
    }

    /// The query string of the same list as of another day; `None` is today.
    pub fn with_day(&self, day: Option<Day>) -> String {
        let mut query = self.selection.clone();
        query.remove("as_of");
        query.extend(day.map(|day| ("as_of".to_owned(), day.to_string().into())));
        with_mark(&query)
    }

    /// The query string without one value of a parameter.
    fn without(&self, parameter: &str, removed: &str) -> String {
        let mut query = self.selection.clone();
        if let Some(serde_json::Value::Array(values)) = query.get_mut(parameter) {
            values.retain(|value| value != removed);
        }
        query.retain(|_, value| value.as_array().is_none_or(|values| !values.is_empty()));
        // It says nothing without an actor or a place.
        if ["issuer", "actor", "location", "speaker"].iter().all(|name| !query.contains_key(*name)) {
            query.remove("exact");
        }
        with_mark(&query)
    }
}

/// The values of a parameter as text.
fn values(value: &serde_json::Value) -> Vec<String> {
    match value {
        serde_json::Value::Array(all) => all.iter().flat_map(values).collect(),
        serde_json::Value::String(text) => vec![text.clone()],
        other => vec![other.to_string()],
    }
}

fn with_mark(query: &Query) -> String {
    if query.is_empty() { String::new() } else { format!("?{}", query_string(query)) }
}

/// What a reader calls a parameter whose values are ids.
fn parameter_name(parameter: &str) -> Message {
    match parameter {
        "statement" | "cites" => msg::STATEMENT,
        "issuer" => msg::ISSUER,
        "actor" => msg::ACTOR,
        "location" => msg::PLACE,
        "speaker" => msg::SPEAKER,
        "parent" => msg::PART_OF,
        "milestone" => msg::MILESTONE,
        _ => clause_msg::CLAUSE,
    }
}
