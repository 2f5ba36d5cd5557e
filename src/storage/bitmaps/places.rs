//! The places of items in the orders other than reading order.

use sqlx::SqliteConnection;

use crate::corpus::{Resource, SortKey, bitmaps::Extent};

const BY_STARTS: &str = "INSERT INTO places (ordering, place, item) \
    SELECT ?1, ?2 + row_number() OVER (ORDER BY starts, id) - 1, number FROM items WHERE resource = ?3";
const BY_ENDS: &str = "INSERT INTO places (ordering, place, item) \
    SELECT ?1, ?2 + row_number() OVER (ORDER BY ends, id) - 1, number FROM items WHERE resource = ?3";
const PLACES: &str = "SELECT place FROM places WHERE ordering = ?1 AND item BETWEEN ?2 AND ?3 ORDER BY item";
const RANKS: &str = "SELECT rank FROM search_ranks WHERE item BETWEEN ?1 AND ?2 ORDER BY item";

/// The places of the items of a resource in an order.
#[derive(Debug)]
pub struct Places {
    /// The order.
    pub order: SortKey,
    first: u32,
    /// The places by number; `None` for reading order, in which an item has its number as its place.
    by_number: Option<Vec<u32>>,
}

impl Places {
    /// Writes the places of a resource in an order, and reads them. The search index has written the ranks.
    pub async fn write(database: &mut SqliteConnection, resource: Resource, order: SortKey, extent: Extent) -> sqlx::Result<Self> {
        let Extent { first, count, .. } = extent;
        let last = i64::from(first) + i64::from(count) - 1;
        let insert = match order {
            SortKey::Position => return Ok(Self { order, first, by_number: None }),
            SortKey::Starts => BY_STARTS,
            SortKey::Ends => BY_ENDS,
            SortKey::Relevance => {
                let ranks = sqlx::query_scalar(RANKS).bind(first).bind(last).fetch_all(database).await?;
                return Ok(Self { order, first, by_number: Some(ranks) });
            }
        };
        sqlx::query(insert).bind(order as i64).bind(first).bind(resource.name()).execute(&mut *database).await?;
        let places = sqlx::query_scalar(PLACES).bind(order as i64).bind(first).bind(last).fetch_all(database).await?;
        Ok(Self { order, first, by_number: Some(places) })
    }

    /// The place of the item with a number.
    pub fn of(&self, number: u32) -> u32 {
        self.by_number.as_ref().map_or(number, |places| places[(number - self.first) as usize])
    }
}
