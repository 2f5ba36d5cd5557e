//! Pages of hits, in the order of rank or of a sort key.

use futures_util::TryStreamExt;
use roaring::RoaringBitmap;
use sqlx::{QueryBuilder, Row};

use crate::corpus::{
    corpus::Corpus,
    page::{CursorPosition, PageParams},
    read_item::{Bounds, ItemRow, LISTED_COLUMNS},
    search::{
        class::Class,
        hits::Hits,
        rank::RankGroup,
        reading_order::{first_in_reading_order, resource_of},
        searched_resource::SearchedResource,
        stored_words::StoredKey,
    },
    sort::{Direction, SortKey, SortOrder},
    verified::Verified,
};

/// Up to so many hits, all are sorted by their dates; of more, the items of the resource are read in order until a page of hits is full.
const MAX_SORTED: u64 = 4_096;

/// A hit of a page, as it is stored.
#[derive(Debug)]
pub struct FoundItem {
    /// Its resource.
    pub resource: SearchedResource,
    /// Its JSON, as a list has it; without what depends on the day.
    pub json: Verified<Vec<u8>>,
    /// The bounds of its date, as they are stored.
    bounds: (String, String),
    /// The names and dates that it is found by.
    pub keys: Vec<StoredKey>,
    /// The number of its class among those of the hits.
    pub class: usize,
    /// The items that it is ranked among.
    pub group: RankGroup,
    position: CursorPosition,
}

impl FoundItem {
    /// The bounds of its date.
    pub fn bounds(&self) -> Bounds<'_> {
        Bounds { starts: &self.bounds.0, ends: &self.bounds.1 }
    }
}

/// A cursor of results in the order of rank.
struct RankPosition<'a> {
    class: u8,
    group: RankGroup,
    position: &'a str,
    id: &'a str,
}

impl<'a> RankPosition<'a> {
    /// The sort key of an item in the order of rank.
    fn key(class: &Class, group: RankGroup, position: &str) -> String {
        format!("{:02} {} {position}", class.number, group.number())
    }

    fn read(after: &'a CursorPosition) -> Option<Self> {
        let (class, rest) = after.key.split_once(' ')?;
        let (group, position) = rest.split_once(' ')?;
        Some(Self { class: class.parse().ok()?, group: RankGroup::from_number(group.parse().ok()?), position, id: &after.id })
    }
}

/// Reads the items of a page of hits, and the position at which the next page starts.
pub async fn read_page(corpus: &Corpus, hits: &Hits, order: SortOrder, page: &PageParams) -> sqlx::Result<(Vec<FoundItem>, Option<CursorPosition>)> {
    let limit = page.limit as usize;
    let mut ranks = match order.by {
        SortKey::Relevance => best(corpus, hits, page.after.as_ref(), limit + 1).await?,
        SortKey::Position => first_in_reading_order(corpus, &hits.all(), order.direction, page.after.as_ref(), limit + 1).await?,
        SortKey::Starts | SortKey::Ends => first_by_date(corpus, &hits.all(), order, page.after.as_ref(), limit + 1).await?,
    };
    let more = ranks.len() > limit;
    ranks.truncate(limit);
    let items = read_items(corpus, hits, order, &ranks).await?;
    let next = items.last().filter(|_| more).map(|last| last.position.clone());
    Ok((items, next))
}

/// The ranks of the best hits after a cursor.
async fn best(corpus: &Corpus, hits: &Hits, after: Option<&CursorPosition>, count: usize) -> sqlx::Result<Vec<u32>> {
    let after = match after {
        None => Some((0, 0)),
        Some(after) => match RankPosition::read(after) {
            Some(after) => first_after(corpus, &after).await?.map(|rank| (after.class, rank)),
            None => None,
        },
    };
    // Nothing is after a cursor that no page had.
    let Some((class, rank)) = after else { return Ok(Vec::new()) };
    let from = |other: &Class| if other.number == class { rank } else { 0 };
    let rest = hits.classes.iter().filter(|other| other.number >= class).flat_map(|class| class.items.range(from(class)..));
    Ok(rest.take(count).collect())
}

/// The first rank after a position: numbers of items are in reading order. After the last it is one that no item has.
async fn first_after(corpus: &Corpus, after: &RankPosition<'_>) -> sqlx::Result<Option<u32>> {
    let Some(resource) = after.group.resource() else { return Ok(None) };
    let select = "SELECT rank FROM search_ranks WHERE (rank_group, item) > (?1, coalesce(( \
            SELECT number FROM items WHERE resource = ?2 AND (position, id) <= (?3, ?4) ORDER BY position DESC, id DESC LIMIT 1), 0)) \
        ORDER BY rank_group, item LIMIT 1";
    let query = sqlx::query_scalar(select).bind(after.group.number()).bind(resource.resource().name()).bind(after.position).bind(after.id);
    Ok(Some(query.fetch_optional(&corpus.pool).await?.unwrap_or(u32::MAX)))
}

/// The ranks of the first hits after a cursor, in the order of a date. The hits are items of one resource.
async fn first_by_date(corpus: &Corpus, hits: &RoaringBitmap, order: SortOrder, after: Option<&CursorPosition>, count: usize) -> sqlx::Result<Vec<u32>> {
    let is_few = hits.len() <= MAX_SORTED;
    let direction = if order.direction == Direction::Descending { " DESC" } else { "" };
    let mut query = QueryBuilder::new("SELECT r.rank FROM ");
    if is_few {
        query.push("json_each(").push_bind(hits.iter().collect::<serde_json::Value>().to_string());
        query.push(") AS j CROSS JOIN search_ranks AS r ON r.rank = j.value CROSS JOIN items AS i ON i.number = r.item WHERE true");
    } else {
        let resource = resource_of(corpus, hits).await?;
        query.push("items AS i CROSS JOIN search_ranks AS r ON r.item = i.number WHERE i.resource = ").push_bind(resource.resource().name());
    }
    if let Some(after) = after {
        query.push(" AND (i.").push(order.by.column()).push(", i.id) ").push(if direction.is_empty() { ">" } else { "<" });
        query.push(" (").push_bind(after.key.clone()).push(", ").push_bind(after.id.clone()).push(")");
    }
    query.push(" ORDER BY i.").push(order.by.column()).push(direction).push(", i.id").push(direction);
    let mut lease = corpus.pool.acquire().await?;
    let mut rows = query.build().fetch(lease.connection()?);
    let mut ranks = Vec::new();
    while ranks.len() < count
        && let Some(row) = rows.try_next().await?
    {
        let rank: u32 = row.try_get(0)?;
        if hits.contains(rank) {
            ranks.push(rank);
        }
    }
    Ok(ranks)
}

/// Reads items by their ranks, in the same order.
async fn read_items(corpus: &Corpus, hits: &Hits, order: SortOrder, ranks: &[u32]) -> sqlx::Result<Vec<FoundItem>> {
    let mut query = QueryBuilder::new("SELECT ");
    query
        .push(LISTED_COLUMNS)
        .push(", r.rank, r.rank_group, s.keys, i.position, i.")
        .push(order.by.column())
        .push(" FROM json_each(")
        .push_bind(ranks.iter().copied().collect::<serde_json::Value>().to_string());
    query.push(
        ") AS j CROSS JOIN search_ranks AS r ON r.rank = j.value CROSS JOIN items AS i ON i.number = r.item CROSS JOIN search_items AS s ON s.item = r.item",
    );
    let item = |row: &sqlx::sqlite::SqliteRow| {
        let rank: u32 = row.try_get(5)?;
        let group = RankGroup::from_number(row.try_get(6)?);
        let resource = group.resource().ok_or(sqlx::Error::RowNotFound)?;
        let ItemRow { id, bounds, json } = ItemRow::read(corpus, resource.resource(), row)?;
        let class = hits.classes.iter().position(|class| class.items.contains(rank)).ok_or(sqlx::Error::RowNotFound)?;
        let key = match order.by {
            SortKey::Relevance => RankPosition::key(&hits.classes[class], group, row.try_get(8)?),
            _ => row.try_get(9)?,
        };
        Ok(FoundItem {
            resource,
            json,
            bounds: (bounds.starts.to_owned(), bounds.ends.to_owned()),
            keys: StoredKey::decode(row.try_get(7)?).unwrap_or_default(),
            class,
            group,
            position: CursorPosition { key, id: id.to_owned() },
        })
    };
    query.build().fetch_all(&corpus.pool).await?.iter().map(item).collect()
}
