//! The numbers of items, and what they are found by.

use sqlx::SqliteConnection;

use crate::{
    corpus::{
        Resource,
        bitmaps::{CHUNK_BITS, Extent, ItemValues},
    },
    storage::{
        bitmaps::{self, Collected},
        materialize::encoder::Encoder,
    },
};

/// How many rows each resource has, in the order of [`Resource::ALL`].
const COUNTS: &str = "SELECT (SELECT count(*) FROM statements), (SELECT count(*) FROM clauses), (SELECT count(*) FROM dates), \
    (SELECT count(*) FROM milestones), (SELECT count(*) FROM actors), (SELECT count(*) FROM locations), (SELECT count(*) FROM notes), \
    (SELECT count(*) FROM changes)";

/// The numbers that the items of each resource have: consecutive, in reading order, the first of a resource a multiple of the size
/// of a chunk. Ascending numbers are reading order, and a set of items of a resource is a bitmap.
#[derive(Clone, Copy, Debug)]
pub struct Numbers([Extent; Resource::ALL.len()]);

impl Numbers {
    /// The next numbers of a resource, as many as it has items; the first of them is returned.
    pub fn take(&mut self, resource: Resource, count: usize) -> u32 {
        let Extent { first, count: taken, .. } = &mut self.0[resource as usize];
        let next = *first + *taken;
        *taken += u32::try_from(count).unwrap_or_default();
        next
    }
}

/// The items of a build, and what they are found by.
pub struct ItemIndex {
    numbers: Numbers,
    /// How many items each resource will have.
    counts: [u32; Resource::ALL.len()],
    collected: Collected,
    /// How the items are stored.
    pub encoder: Encoder,
}

impl ItemIndex {
    /// Plans the numbers of the rows of a database.
    pub async fn plan(database: &mut SqliteConnection) -> sqlx::Result<Self> {
        let counts: (u32, u32, u32, u32, u32, u32, u32, u32) = sqlx::query_as(COUNTS).fetch_one(&mut *database).await?;
        // No item has the number 0.
        let mut chunk = 1;
        let counts = [counts.0, counts.1, counts.2, counts.3, counts.4, counts.5, counts.6, counts.7];
        let extents = counts.map(|count: u32| {
            let first = chunk << CHUNK_BITS;
            chunk += count.div_ceil(1 << CHUNK_BITS);
            Extent { first, ..Extent::default() }
        });
        Ok(Self { numbers: Numbers(extents), counts, collected: Collected::begin(database).await?, encoder: Encoder::default() })
    }

    /// How many items a resource will have.
    pub const fn count(&self, resource: Resource) -> u32 {
        self.counts[resource as usize]
    }

    /// The numbers that items will have, from the first one of each resource.
    pub const fn numbers(&self) -> Numbers {
        self.numbers
    }

    /// Adds the next item of a resource. Returns its number.
    pub fn add(&mut self, resource: Resource, values: &ItemValues) -> u32 {
        let number = self.numbers.take(resource, 1);
        self.collected.add(resource, number, values);
        number
    }

    /// Writes the bitmaps of all items.
    pub async fn write(self, database: &mut SqliteConnection) -> sqlx::Result<()> {
        bitmaps::write(database, self.collected, self.numbers.0).await
    }
}
