//! Items by their places in an order, and places by the sort keys of items.

use std::{borrow::Cow, fmt::Write};

use serde::Deserialize;
use sqlx::{QueryBuilder, Row};

use crate::corpus::{
    corpus::Corpus,
    day::Day,
    filter::Filter,
    page::CursorPosition,
    read_item::{Bounds, ItemRow},
    resource::Resource,
    since::Since,
    sort::{Direction, SortKey},
    stored_json::StoredJson,
};

/// The place at or before a sort key (?2) and an id (?3) in a resource (?1), for each order. A place is that of reading order
/// where no other is stored.
const PLACES_BEFORE: [&str; 3] = [
    "SELECT i.number FROM items AS i WHERE i.resource = ?1 AND (i.position, i.id) <= (?2, ?3) ORDER BY i.position DESC, i.id DESC LIMIT 1",
    "SELECT (SELECT p.place FROM places AS p WHERE p.ordering = 1 AND p.item = i.number) FROM items AS i \
        WHERE i.resource = ?1 AND i.starts > '' AND (i.starts, i.id) <= (?2, ?3) ORDER BY i.starts DESC, i.id DESC LIMIT 1",
    "SELECT (SELECT p.place FROM places AS p WHERE p.ordering = 2 AND p.item = i.number) FROM items AS i \
        WHERE i.resource = ?1 AND i.ends > '' AND (i.ends, i.id) <= (?2, ?3) ORDER BY i.ends DESC, i.id DESC LIMIT 1",
];
/// The same, at or after.
const PLACES_AFTER: [&str; 3] = [
    "SELECT i.number FROM items AS i WHERE i.resource = ?1 AND (i.position, i.id) >= (?2, ?3) ORDER BY i.position, i.id LIMIT 1",
    "SELECT (SELECT p.place FROM places AS p WHERE p.ordering = 1 AND p.item = i.number) FROM items AS i \
        WHERE i.resource = ?1 AND i.starts > '' AND (i.starts, i.id) >= (?2, ?3) ORDER BY i.starts, i.id LIMIT 1",
    "SELECT (SELECT p.place FROM places AS p WHERE p.ordering = 2 AND p.item = i.number) FROM items AS i \
        WHERE i.resource = ?1 AND i.ends > '' AND (i.ends, i.id) >= (?2, ?3) ORDER BY i.ends, i.id LIMIT 1",
];
/// The last change of the revisions up to one (?1), or up to an instant (?1).
const LAST_CHANGE_OF_REVISION: &str =
    "SELECT i.number FROM items AS i WHERE i.resource = 'changes' AND i.position < printf('%08d', ?1 + 1) ORDER BY i.position DESC LIMIT 1";
const LAST_CHANGE_UNTIL: &str = "SELECT i.number FROM items AS i WHERE i.resource = 'changes' \
    AND i.position < printf('%08d', (SELECT max(r.revision) FROM revisions AS r WHERE r.at = (SELECT max(at) FROM revisions WHERE at <= ?1)) + 1) \
    ORDER BY i.position DESC LIMIT 1";

/// How many items are read as one row. Each row crosses from the thread of its connection, with an allocation for each column, so
/// that a page is one row; a whole list is several, so that it is not in memory twice.
const MAX_ITEMS_OF_A_ROW: usize = 256;

/// The items at places (?1) in each order, in the order of the places.
const OF_NUMBERS: &str = " FROM json_each(?1) AS w CROSS JOIN items AS i ON i.number = w.value";
const OF_PLACES_BY_STARTS: &str =
    " FROM json_each(?1) AS w CROSS JOIN places AS p ON p.ordering = 1 AND p.place = w.value CROSS JOIN items AS i ON i.number = p.item";
const OF_PLACES_BY_ENDS: &str =
    " FROM json_each(?1) AS w CROSS JOIN places AS p ON p.ordering = 2 AND p.place = w.value CROSS JOIN items AS i ON i.number = p.item";

/// The place after which a page starts. If the item at a position is gone, it is that of the item that would be before it; `None`
/// if there is none.
pub async fn place_of(corpus: &Corpus, resource: Resource, order: SortKey, direction: Direction, position: &CursorPosition) -> sqlx::Result<Option<u32>> {
    if let Some(place) = corpus.index.end_of_page(resource, order, &position.key, &position.id) {
        return Ok(Some(place));
    }
    let queries = if direction == Direction::Ascending { &PLACES_BEFORE } else { &PLACES_AFTER };
    let query = match order {
        SortKey::Position | SortKey::Relevance => queries[0],
        SortKey::Starts => queries[1],
        SortKey::Ends => queries[2],
    };
    sqlx::query_scalar(query).bind(resource.name()).bind(&position.key).bind(&position.id).fetch_optional(&corpus.pool).await
}

/// The place of the first change after a point.
pub async fn first_change_after(corpus: &Corpus, since: &Since) -> sqlx::Result<u32> {
    let last: Option<u32> = match since {
        // What pollers ask: nothing is newer than the last revision.
        Since::Revision(revision) if i64::from(*revision) >= corpus.revision => return Ok(u32::MAX),
        Since::Revision(revision) => sqlx::query_scalar(LAST_CHANGE_OF_REVISION).bind(revision).fetch_optional(&corpus.pool).await?,
        Since::Instant(instant) if *instant >= corpus.published => return Ok(u32::MAX),
        Since::Instant(_) => sqlx::query_scalar(LAST_CHANGE_UNTIL).bind(since.to_string()).fetch_optional(&corpus.pool).await?,
    };
    Ok(last.map_or(0, |last| last + 1))
}

/// Reads the items at places in an order, and the position of the last.
pub async fn read_places<F: Filter>(
    corpus: &Corpus,
    filter: &F,
    order: SortKey,
    places: &[u32],
    today: Day,
) -> sqlx::Result<(Vec<StoredJson<F::Item>>, Option<CursorPosition>)> {
    let (mut items, mut last) = (Vec::with_capacity(places.len()), None);
    for wanted in places.chunks(MAX_ITEMS_OF_A_ROW) {
        let mut query = QueryBuilder::new("SELECT json_group_array(json_array(w.value, i.id, i.starts, i.ends, i.digest, octet_length(i.item), i.");
        query.push(order.column()).push(")), group_concat(i.item, '')").push(match order {
            SortKey::Position | SortKey::Relevance => OF_NUMBERS,
            SortKey::Starts => OF_PLACES_BY_STARTS,
            SortKey::Ends => OF_PLACES_BY_ENDS,
        });
        let row = query.build().bind(json_array(wanted)).fetch_one(&corpus.pool).await?;
        // A list without one of its items, or in another order, is damaged.
        let entries: Vec<Entry<'_>> = serde_json::from_str(row.try_get(0)?).map_err(|_| corpus.damaged_value())?;
        if !entries.iter().map(|entry| entry.0).eq(wanted.iter().copied()) {
            return Err(corpus.damaged_value());
        }
        let mut rest: &[u8] = row.try_get(1)?;
        for Entry(_, id, starts, ends, digest, length, _) in &entries {
            let (stored, following) = rest.split_at_checked(*length).ok_or_else(|| corpus.damaged_value())?;
            let item = ItemRow::verify(corpus, F::RESOURCE, id, Bounds { starts, ends }, stored, *digest)?;
            items.push(with_computed_members(filter, item, today));
            rest = following;
        }
        last = entries.into_iter().next_back().map(|Entry(_, id, _, _, _, _, key)| CursorPosition { key: key.into_owned(), id: id.into_owned() });
    }
    Ok((items, last))
}

/// An item of a page: its place, its id, the bounds of its date, the digest and the length of what is stored, and its sort key.
#[derive(Deserialize)]
struct Entry<'a>(u32, #[serde(borrow)] Cow<'a, str>, #[serde(borrow)] Cow<'a, str>, #[serde(borrow)] Cow<'a, str>, i64, usize, #[serde(borrow)] Cow<'a, str>);

/// Numbers as an array for `json_each`.
fn json_array(numbers: &[u32]) -> String {
    let mut array = String::with_capacity(8 * numbers.len() + 2);
    array.push('[');
    for (at, number) in numbers.iter().enumerate() {
        // Writing to a string cannot fail.
        let _ = write!(array, "{}{number}", if at == 0 { "" } else { "," });
    }
    array.push(']');
    array
}

/// An item with the members that depend on the day.
pub fn with_computed_members<F: Filter>(filter: &F, item: ItemRow<'_>, today: Day) -> StoredJson<F::Item> {
    let json = StoredJson::new(item.json);
    match filter.computed_members(item.bounds, today) {
        Some(members) => json.append_members(&members),
        None => json,
    }
}
