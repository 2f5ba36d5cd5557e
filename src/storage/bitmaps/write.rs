//! Writing the bitmaps.

use sqlx::SqliteConnection;

use crate::{
    corpus::{
        Resource,
        bitmaps::{Bound, Extent, FEW_VALUES, bitmap_key, block_key, bound_key, value_digest},
        facet_names,
    },
    storage::{
        bitmaps::{
            collected::{Collected, OfResource, Values},
            mentions,
            places::Places,
            rows::Rows,
            sets::{blocks, bounds, chunks},
        },
        insert_rows::insert_rows,
    },
};

/// How many dates an item has at most: as many as the key of a set of bounds can tell apart.
const MAX_DATES: u32 = 4_096;

/// Writes where the items of each resource are, and the bitmaps of their values and dates in each order. `extents` are in the
/// order of [`Resource::ALL`].
///
/// # Errors
/// When the database cannot be written.
pub async fn write(database: &mut SqliteConnection, mut collected: Collected, extents: [Extent; Resource::ALL.len()]) -> sqlx::Result<()> {
    mentions::collect(database, &mut collected).await?;
    let mut writer = Writer { bitmaps: Rows::new("bitmaps"), next_parameter: 1, next_value: 1 };
    for (resource, extent) in Resource::ALL.into_iter().zip(extents) {
        let of_resource = collected.of(resource);
        let dates = u32::try_from(of_resource.dates.len()).unwrap_or_default();
        let insert = sqlx::query("INSERT INTO extents (resource, first, count, dates) VALUES (?, ?, ?, ?)");
        insert.bind(resource.name()).bind(extent.first).bind(extent.count).bind(dates).execute(&mut *database).await?;
        let mut orders = Vec::new();
        for order in resource.orders() {
            orders.push(Places::write(database, resource, *order, extent).await?);
        }
        for (name, values) in &of_resource.parameters {
            writer.write_parameter(database, resource, name, values, &orders).await?;
        }
        write_bounds(database, resource, of_resource, &orders).await?;
    }
    writer.bitmaps.flush(database).await
}

/// What numbers parameters and values.
struct Writer {
    bitmaps: Rows,
    next_parameter: i64,
    next_value: u32,
}

impl Writer {
    /// Writes the values of a parameter, in their order, and which items have each.
    async fn write_parameter(
        &mut self,
        database: &mut SqliteConnection,
        resource: Resource,
        name: &str,
        values: &Values,
        orders: &[Places],
    ) -> sqlx::Result<()> {
        let (parameter, first) = (self.next_parameter, self.next_value);
        let count = u32::try_from(values.len()).unwrap_or_default();
        (self.next_parameter, self.next_value) = (parameter + 1, first + count);
        let mut values: Vec<_> = values.iter().collect();
        values.sort_unstable_by_key(|(value, _)| *value);
        let insert = sqlx::query("INSERT INTO filter_parameters (number, resource, name, \"values\") VALUES (?, ?, ?, ?)");
        insert.bind(parameter).bind(resource.name()).bind(name).bind(count).execute(&mut *database).await?;
        let rows = (first..).zip(values.iter().map(|(value, items)| ((*value).clone(), items.len().cast_signed())));
        insert_rows(database, "INSERT INTO filter_values (number, parameter, value, count, digest) ", rows, |row, (number, (value, count))| {
            let digest = value_digest(parameter, &value, count);
            row.push_bind(number).push_bind(parameter).push_bind(value).push_bind(count).push_bind(digest);
        })
        .await?;
        for (number, (_, items)) in (first..).zip(&values) {
            for places in orders {
                for (chunk, bytes) in chunks(items, places)? {
                    self.bitmaps.push(database, bitmap_key(number.into(), places.order, chunk), bytes).await?;
                }
            }
        }
        if count > FEW_VALUES && facet_names(resource).contains(&name) {
            let mut rows = Rows::new("item_values");
            for places in orders {
                for (block, bytes) in blocks((first..).zip(values.iter().map(|(_, items)| *items)), places) {
                    rows.push(database, block_key(parameter, places.order, block), bytes).await?;
                }
            }
            rows.flush(database).await?;
        }
        Ok(())
    }
}

/// Writes which items of a resource have their dates until which day.
async fn write_bounds(database: &mut SqliteConnection, resource: Resource, of_resource: &OfResource, orders: &[Places]) -> sqlx::Result<()> {
    let mut rows = Rows::new("bound_sets");
    for places in orders {
        for bound in [Bound::Starts, Bound::Ends] {
            for (date, dates) in (0..).zip(&of_resource.dates) {
                if date >= MAX_DATES {
                    return Err(sqlx::Error::Encode(format!("an item has more than {MAX_DATES} dates").into()));
                }
                let days = dates.iter().map(|(number, starts, ends)| (*number, if bound == Bound::Starts { *starts } else { *ends }));
                for (chunk, segments) in bounds(days, places)? {
                    for segment in segments {
                        let key = bound_key(resource, places.order, bound, date, chunk, segment.first_day);
                        rows.push(database, key, segment.as_bytes().to_vec()).await?;
                    }
                }
            }
        }
    }
    rows.flush(database).await
}
