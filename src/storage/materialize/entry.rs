//! Rows of `items`.

use serde::Serialize;
use sqlx::{QueryBuilder, SqliteConnection};

use crate::{
    corpus::{
        Bounds, Day, Resource, Slug, UncertainDate,
        bitmaps::{Indexed, ItemValues},
        detail_place, item_place,
    },
    storage::materialize::item_index::ItemIndex,
};

/// How many rows one statement inserts.
const ROWS_PER_INSERT: usize = 200;
/// The stored value of an unknown earliest day.
const FIRST_DAY: &str = "0000-01-01";
/// The stored value of an unknown latest day.
const LAST_DAY: &str = "9999-12-31";

/// A row of `items`, without its number.
pub struct Entry {
    id: String,
    position: String,
    /// The bounds of its date, where items of the resource have one.
    bounds: Option<(Option<Day>, Option<Day>)>,
    item: String,
    /// What only the single item has: the end of its JSON, and after how many bytes of the item it follows.
    detail: Option<(i64, String)>,
    values: ItemValues,
}

impl Entry {
    /// The row of an item without a date.
    pub fn new(id: &Slug, position: String, item: &(impl Serialize + Indexed)) -> sqlx::Result<Self> {
        Ok(Self { id: id.to_string(), position, bounds: None, item: json(item)?, detail: None, values: item.values() })
    }

    /// Stores apart what this whole item has at its end and the item of the row does not.
    pub fn with_detail(mut self, whole: &impl Serialize) -> sqlx::Result<Self> {
        let whole = json(whole)?;
        if whole != self.item {
            let shared: usize = self.item.chars().zip(whole.chars()).take_while(|(one, other)| one == other).map(|(shared, _)| shared.len_utf8()).sum();
            self.detail = Some((i64::try_from(shared).unwrap_or_default(), whole[shared..].to_owned()));
        }
        Ok(self)
    }

    /// The row of an item with this date.
    pub fn dated(id: &Slug, position: String, date: &UncertainDate, item: &(impl Serialize + Indexed)) -> sqlx::Result<Self> {
        Ok(Self { bounds: Some((date.earliest, date.latest)), ..Self::new(id, position, item)? })
    }
}

fn json(value: &impl Serialize) -> sqlx::Result<String> {
    serde_json::to_string(value).map_err(|cause| sqlx::Error::Encode(cause.into()))
}

/// Inserts the items of a resource, and returns the number of the first; the others follow it.
pub async fn insert(database: &mut SqliteConnection, resource: Resource, entries: &[Entry], index: &mut ItemIndex) -> sqlx::Result<i64> {
    let first = i64::from(index.next(resource));
    for entry in entries {
        index.add(resource, &entry.values);
    }
    let items: Vec<&str> = entries.iter().map(|entry| entry.item.as_str()).collect();
    index.encoder.prepare(database, resource, index.count(resource), &items).await?;
    let encoder = &mut index.encoder;
    let mut numbers = first..;
    for rows in entries.chunks(ROWS_PER_INSERT) {
        let mut query = QueryBuilder::new("INSERT INTO items (number, resource, id, position, starts, ends, digest, item, detail_at, detail_digest, detail) ");
        let encoded = rows.iter().map(|entry| {
            let detail = entry.detail.as_ref().map(|(at, detail)| Ok::<_, sqlx::Error>((*at, encoder.encode(resource, detail)?))).transpose()?;
            Ok((entry, encoder.encode(resource, &entry.item)?, detail))
        });
        let encoded = encoded.collect::<sqlx::Result<Vec<_>>>()?;
        query.push_values(encoded.into_iter().zip(&mut numbers), |mut row, ((entry, item, detail), number)| {
            let day = |day: Option<Day>, unknown: &str| day.map_or_else(|| unknown.to_owned(), |day| day.to_string());
            // Without a date, both are empty.
            let (starts, ends) = entry.bounds.map(|(earliest, latest)| (day(earliest, FIRST_DAY), day(latest, LAST_DAY))).unwrap_or_default();
            let digest = item_place(resource, &entry.id, Bounds { starts: &starts, ends: &ends }).digest(item.bytes());
            let detail_digest = detail.as_ref().map(|(at, detail)| detail_place(resource, &entry.id, *at).digest(detail.bytes()));
            let (detail_at, detail) = detail.unzip();
            row.push_bind(number).push_bind(resource.name()).push_bind(&entry.id).push_bind(&entry.position).push_bind(starts).push_bind(ends);
            row.push_bind(digest).push_bind(item).push_bind(detail_at).push_bind(detail_digest).push_bind(detail);
        });
        query.build().execute(&mut *database).await?;
    }
    Ok(first)
}
