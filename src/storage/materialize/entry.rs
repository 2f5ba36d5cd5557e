//! Rows of `items`.

use serde::Serialize;
use sqlx::{QueryBuilder, SqliteConnection};

use crate::{
    corpus::{
        Bounds, Day, Resource, Slug, UncertainDate,
        bitmaps::{Indexed, ItemValues},
        detail_place, item_place,
    },
    storage::materialize::{
        encoder::{Dictionary, Stored},
        item_index::ItemIndex,
    },
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

/// A row of `items`.
struct ItemRow {
    number: u32,
    resource: Resource,
    id: String,
    position: String,
    starts: String,
    ends: String,
    digest: i64,
    item: Stored,
    /// After how many bytes of the item its end follows, the digest of that, and it.
    detail: Option<(i64, i64, Stored)>,
}

/// Rows of `items`, and the dictionaries of those that are compressed.
#[derive(Default)]
pub struct ItemRows {
    dictionaries: Vec<Dictionary>,
    rows: Vec<ItemRow>,
}

impl ItemRows {
    /// Adds the items of a resource, which follow those that it has.
    ///
    /// # Errors
    /// When an item cannot be encoded.
    pub fn add(&mut self, resource: Resource, entries: Vec<Entry>, index: &mut ItemIndex) -> sqlx::Result<()> {
        let items: Vec<&str> = entries.iter().map(|entry| entry.item.as_str()).collect();
        self.dictionaries.extend(index.encoder.prepare(resource, index.count(resource), &items));
        for entry in entries {
            let number = index.add(resource, &entry.values);
            let day = |day: Option<Day>, unknown: &str| day.map_or_else(|| unknown.to_owned(), |day| day.to_string());
            // Without a date, both are empty.
            let (starts, ends) = entry.bounds.map(|(earliest, latest)| (day(earliest, FIRST_DAY), day(latest, LAST_DAY))).unwrap_or_default();
            let item = index.encoder.encode(resource, entry.item)?;
            let digest = item_place(resource, &entry.id, Bounds { starts: &starts, ends: &ends }).digest(item.bytes());
            let detail = match entry.detail {
                Some((at, detail)) => {
                    let detail = index.encoder.encode(resource, detail)?;
                    Some((at, detail_place(resource, &entry.id, at).digest(detail.bytes()), detail))
                }
                None => None,
            };
            self.rows.push(ItemRow { number, resource, id: entry.id, position: entry.position, starts, ends, digest, item, detail });
        }
        Ok(())
    }

    /// Inserts the rows.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub async fn insert(self, database: &mut SqliteConnection) -> sqlx::Result<()> {
        for dictionary in &self.dictionaries {
            dictionary.insert(database).await?;
        }
        let mut rows = self.rows.into_iter().peekable();
        let mut left = rows.len();
        while rows.peek().is_some() {
            let mut query =
                QueryBuilder::new("INSERT INTO items (number, resource, id, position, starts, ends, digest, item, detail_at, detail_digest, detail) ");
            query.push_values(rows.by_ref().take(ROWS_PER_INSERT), |mut values, row| {
                let (at, digest, detail) = row.detail.map_or((None, None, None), |(at, digest, detail)| (Some(at), Some(digest), Some(detail)));
                values.push_bind(row.number).push_bind(row.resource.name()).push_bind(row.id).push_bind(row.position).push_bind(row.starts).push_bind(row.ends);
                values.push_bind(row.digest).push_bind(row.item).push_bind(at).push_bind(digest).push_bind(detail);
            });
            // Of the last rows, the number is nearly always another one.
            query.build().persistent(left >= ROWS_PER_INSERT).execute(&mut *database).await?;
            left = left.saturating_sub(ROWS_PER_INSERT);
        }
        Ok(())
    }
}
