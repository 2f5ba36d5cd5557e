//! What is said: the statement's text, and everything that points into it. The only SQL that answers are made of.
//!
//! One file a resource. Each has the answer's type, and a [`Filter`]: the parameters of its list, which build *one*
//! condition for listing and counting alike. Items are put together when a database file is built (the views in
//! `migrations/1_schema.sql`), so that an answer is one statement.

pub mod actors;
pub mod attribution;
pub mod changes;
pub mod clauses;
pub mod dates;
pub mod day;
pub mod edtf;
pub mod locations;
pub mod milestones;
pub mod notes;
pub mod search;
pub mod sort;
pub mod statements;
pub mod values;

use std::marker::PhantomData;

use chrono::{DateTime, Utc};
use serde::{Serialize, de::DeserializeOwned};
use sqlx::{QueryBuilder, Row, Sqlite, SqlitePool, sqlite::SqliteRow};

pub use crate::text::Language;
pub use day::{Basis, Bounds, DateRange, Day, Match, Precision, UncertainDate};
pub use search::{Search, SearchField};
pub use sort::{ByDate, ById, ByPosition, Direction, SortKey, SortOrder};
pub use values::{BilingualText, Country, Quote, Since, Slug, Source, Voice, name};

/// One revision of the data, opened for reading. An answer is made from exactly one of these.
#[derive(Clone, Debug)]
pub struct Corpus {
    pub(crate) pool: SqlitePool,
    /// Counts publications of the data, from 1.
    pub revision: i64,
    /// When this revision was published.
    pub published: DateTime<Utc>,
}

/// The kinds of things that are served; the same plural noun names the table, the file, the route and the test.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Resource {
    /// A statement and its source article.
    Statements,
    /// One citable unit of what is said.
    Clauses,
    /// One temporal expression.
    Dates,
    /// A deadline, event, period or forecast.
    Milestones,
    /// Who is named.
    Actors,
    /// Where.
    Locations,
    /// An editor's note on the source.
    Notes,
    /// A change to the data.
    Changes,
}

impl Resource {
    /// All of them, in the order in which `/v1` lists them.
    pub const ALL: [Self; 8] = [Self::Statements, Self::Clauses, Self::Dates, Self::Milestones, Self::Actors, Self::Locations, Self::Notes, Self::Changes];

    /// The plural noun.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Statements => "statements",
            Self::Clauses => "clauses",
            Self::Dates => "dates",
            Self::Milestones => "milestones",
            Self::Actors => "actors",
            Self::Locations => "locations",
            Self::Notes => "notes",
            Self::Changes => "changes",
        }
    }
}

/// What a list's parameters ask for: which items, in which order.
pub trait Filter: Serialize + Default + Sync {
    /// What is listed.
    const RESOURCE: Resource;
    /// The SQL of one item in a list, as JSON.
    const LISTED: &'static str = "i.item";
    /// The SQL of what depends on the day: members to stand at the end of the item's JSON, or NULL.
    const OF_THE_DAY: &'static str = "NULL";
    /// One item, as it is answered.
    type Item: DeserializeOwned + Send + Unpin;

    /// The name of the order that is used where none is asked for.
    const SORT: &'static str;

    /// The order, always total: the sort key, then the id. A search is ordered by relevance unless it asks otherwise.
    fn order(&self) -> SortOrder;

    /// Adds what the item or a condition asks of the day, to stand before `items AS i` in a FROM.
    fn day(&self, query: &mut QueryBuilder<Sqlite>, today: Day) {
        let _ = (query, today);
    }

    /// Joins `items AS i` to what the conditions speak of.
    fn join(&self, query: &mut QueryBuilder<Sqlite>);

    /// Adds the conditions, each beginning with ` AND `.
    fn conditions(&self, query: &mut QueryBuilder<Sqlite>);

    /// What is searched for.
    fn search(&self) -> Option<&Search> {
        None
    }

    /// The texts of an item that are searched; its other names last.
    fn searched(item: &Self::Item) -> Vec<SearchField<'_>> {
        let _ = item;
        Vec::new()
    }

    /// The window in time that is asked for.
    fn window(&self) -> DateRange {
        DateRange::OPEN
    }

    /// The parameters whose values are ids, with what they name: each must exist.
    fn references(&self) -> Vec<(&'static str, Resource, &[Slug])> {
        Vec::new()
    }
}

/// Where a page ended: the sort key and the id of its last item.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CursorPosition {
    /// The value that the list is sorted by.
    pub key: String,
    /// The tie-break.
    pub id: String,
}

/// Which part of a list is wanted.
#[derive(Clone, Debug)]
pub struct PageParams {
    /// How many items at the most.
    pub limit: u32,
    /// Only what comes after this.
    pub after: Option<CursorPosition>,
    /// Whether to count all that match.
    pub count: bool,
}

/// An item as it is stored: JSON, compact, its addresses relative to the interface.
///
/// Most answers are JSON, and pass it on as it is; what needs more than that reads it.
#[derive(Debug)]
pub struct StoredJson<T>(String, PhantomData<T>);

impl<T: DeserializeOwned> StoredJson<T> {
    /// An item of this JSON.
    fn new(json: String) -> Self {
        Self(json, PhantomData)
    }

    /// The JSON.
    #[must_use]
    pub fn as_json(&self) -> &str {
        &self.0
    }

    /// An item with members put at its end.
    fn with(mut json: String, members: &str) -> Self {
        // Before the last brace; reading the item for it would cost more than the query.
        json.pop();
        json.push(',');
        json.push_str(members);
        json.push('}');
        Self::new(json)
    }

    /// The item itself.
    ///
    /// # Errors
    /// When it is not what it should be; a file with such an item is not published.
    pub fn read(&self) -> serde_json::Result<T> {
        serde_json::from_str(&self.0)
    }
}

/// A page of a list.
#[derive(Debug)]
pub struct Page<T> {
    /// The items, in order.
    pub items: Vec<StoredJson<T>>,
    /// Where the next page begins; none on the last.
    pub next: Option<CursorPosition>,
    /// How many match in all, where that was asked.
    pub total: Option<i64>,
}

/// The part of the list that was asked for.
///
/// # Errors
/// When the database cannot answer.
pub async fn list<F: Filter>(corpus: &Corpus, filter: &F, part: &PageParams, today: Day) -> sqlx::Result<Page<F::Item>> {
    if let Some(search) = filter.search() {
        return search::list(corpus, filter, search, part).await;
    }
    let order = filter.order();
    let (column, descending) = (order.column(), order.direction == Direction::Descending);
    // Which items first, and only of those the words: a sort of whole items would move many times what is answered.
    let mut query = QueryBuilder::new("SELECT ");
    query.push(F::LISTED).push(", ").push(F::OF_THE_DAY).push(", p.key, p.id FROM (SELECT i.rowid AS place, i.").push(column).push(" AS key, i.id");
    matching(filter, &mut query, today);
    if let Some(after) = &part.after {
        query.push(" AND (i.").push(column).push(", i.id) ").push(if descending { "<" } else { ">" });
        query.push(" (").push_bind(after.key.clone()).push(", ").push_bind(after.id.clone()).push(")");
    }
    let way = if descending { " DESC" } else { "" };
    query.push(" ORDER BY i.").push(column).push(way).push(", i.id").push(way);
    // One more than asked tells whether there is a next page. It is added in SQL, since SQLite plans a statement anew
    // each time that a bare `LIMIT ?` is bound, which costs as much as running it.
    query.push(" LIMIT ").push_bind(i64::from(part.limit)).push(" + 1").push(") AS p CROSS JOIN ");
    filter.day(&mut query, today);
    query.push("items AS i ON i.rowid = p.place ORDER BY p.key").push(way).push(", p.id").push(way);

    let mut rows = query.build().fetch_all(&corpus.pool).await?;
    let wanted = part.limit as usize;
    let more = rows.len() > wanted;
    rows.truncate(wanted);
    let items = rows.iter().map(item::<F>).collect::<sqlx::Result<_>>()?;
    let next = match rows.last() {
        Some(row) if more => Some(CursorPosition { key: row.try_get(2)?, id: row.try_get(3)? }),
        _ => None,
    };
    let total = if part.count { Some(count(corpus, filter, today).await?) } else { None };
    Ok(Page { items, next, total })
}

/// How many match in all.
async fn count<F: Filter>(corpus: &Corpus, filter: &F, today: Day) -> sqlx::Result<i64> {
    let mut query = QueryBuilder::new("SELECT count(*)");
    matching(filter, &mut query, today);
    query.build_query_scalar().fetch_one(&corpus.pool).await
}

/// The condition that a filter makes, shared by the list and its count.
pub(crate) fn matching<F: Filter>(filter: &F, query: &mut QueryBuilder<Sqlite>, today: Day) {
    query.push(" FROM ");
    filter.day(query, today);
    query.push("items AS i");
    filter.join(query);
    query.push(" WHERE i.resource = ").push_bind(F::RESOURCE.name());
    filter.conditions(query);
}

/// The item with this id, if there is one. Of the filter, only what does not choose is used: the day.
///
/// # Errors
/// When the database cannot answer.
pub async fn find<F: Filter>(corpus: &Corpus, filter: &F, id: &Slug, today: Day) -> sqlx::Result<Option<StoredJson<F::Item>>> {
    let mut query = QueryBuilder::new("SELECT ");
    query.push("i.item, ").push(F::OF_THE_DAY).push(" FROM ");
    filter.day(&mut query, today);
    query.push("items AS i WHERE i.resource = ").push_bind(F::RESOURCE.name());
    query.push(" AND i.id = ").push_bind(id.to_string());
    query.build().fetch_optional(&corpus.pool).await?.as_ref().map(item::<F>).transpose()
}

/// The item in a row: the first column, with what depends on the day from the second.
pub(crate) fn item<F: Filter>(row: &SqliteRow) -> sqlx::Result<StoredJson<F::Item>> {
    let json: String = row.try_get(0)?;
    Ok(match row.try_get::<Option<&str>, _>(1)? {
        Some(members) => StoredJson::with(json, members),
        None => StoredJson::new(json),
    })
}

/// Those of the ids that name nothing.
///
/// # Errors
/// When the database cannot answer.
pub async fn unknown<'a>(corpus: &Corpus, resource: Resource, ids: &'a [Slug]) -> sqlx::Result<Vec<&'a Slug>> {
    let mut query = QueryBuilder::new("SELECT id FROM items AS i WHERE i.resource = ");
    query.push_bind(resource.name());
    any(&mut query, "i.id", ids.iter().map(Slug::to_string));
    let known: Vec<String> = query.build_query_scalar().fetch_all(&corpus.pool).await?;
    Ok(ids.iter().filter(|id| !known.iter().any(|known| known == id.as_str())).collect())
}

/// Whether the database answers at all. While every connection is at work it does, and is not asked: whoever watches
/// is answered at once, and no query goes on for ever.
///
/// # Errors
/// When it does not.
pub async fn ready(corpus: &Corpus) -> sqlx::Result<()> {
    if corpus.pool.num_idle() == 0 && !corpus.pool.is_closed() {
        return Ok(());
    }
    sqlx::query("SELECT 1 FROM statements LIMIT 1").fetch_one(&corpus.pool).await.map(|_| ())
}

/// Adds ` AND column IN (…)`, or nothing where nothing was asked: a repeated parameter means any of its values.
pub(crate) fn any<T>(query: &mut QueryBuilder<Sqlite>, column: &'static str, values: impl IntoIterator<Item = T>)
where
    T: for<'v> sqlx::Encode<'v, Sqlite> + sqlx::Type<Sqlite> + 'static,
{
    let mut values = values.into_iter().peekable();
    if values.peek().is_none() {
        return;
    }
    query.push(" AND ").push(column).push(" IN (");
    let mut list = query.separated(", ");
    for value in values {
        list.push_bind(value);
    }
    query.push(")");
}
