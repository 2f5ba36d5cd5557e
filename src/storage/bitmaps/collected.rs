//! The values and dates of the items of a file, as they are written.

use std::collections::{BTreeMap, HashMap, HashSet};

use roaring::RoaringBitmap;
use sqlx::SqliteConnection;

use crate::corpus::{
    Register, Resource,
    bitmaps::{ItemValue, ItemValues},
};

/// The numbers of the items that have each value, by value.
pub type Values = HashMap<String, RoaringBitmap>;

/// What the items of a resource are found by.
#[derive(Debug, Default)]
pub struct OfResource {
    /// The values of each parameter.
    pub parameters: BTreeMap<&'static str, Values>,
    /// The first date of each item that has one, the second ones, and so on: the number of the item, and the bounds.
    pub dates: Vec<Vec<(u32, u32, u32)>>,
}

/// What all items are found by.
#[derive(Debug)]
pub struct Collected {
    resources: [OfResource; Resource::ALL.len()],
    /// What each actor and each location is part of.
    parents: [HashMap<String, String>; 2],
}

impl Collected {
    /// Begins with no items, in a database that has its registers.
    pub async fn begin(database: &mut SqliteConnection) -> sqlx::Result<Self> {
        let actors: Vec<(String, String)> = sqlx::query_as("SELECT id, parent FROM actors WHERE parent IS NOT NULL").fetch_all(&mut *database).await?;
        let locations: Vec<(String, String)> = sqlx::query_as("SELECT id, parent FROM locations WHERE parent IS NOT NULL").fetch_all(&mut *database).await?;
        Ok(Self { resources: Default::default(), parents: [actors.into_iter().collect(), locations.into_iter().collect()] })
    }

    /// Adds an item.
    pub fn add(&mut self, resource: Resource, number: u32, values: &ItemValues) {
        values.values.iter().for_each(|value| self.add_value(resource, number, value));
        let of_resource = &mut self.resources[resource as usize];
        for (at, (starts, ends)) in values.dates.iter().enumerate() {
            if of_resource.dates.len() == at {
                of_resource.dates.push(Vec::new());
            }
            of_resource.dates[at].push((number, *starts, *ends));
        }
    }

    /// Adds a value of an item; with an entry of a register, also that of everything that the entry is part of.
    pub fn add_value(&mut self, resource: Resource, number: u32, value: &ItemValue) {
        let parameters = &mut self.resources[resource as usize].parameters;
        let mut insert = |parameter: &'static str, value: &str| {
            let values = parameters.entry(parameter).or_default();
            // Most values are known: only a new one is copied.
            if let Some(numbers) = values.get_mut(value) {
                numbers.insert(number);
            } else {
                values.insert(value.to_owned(), RoaringBitmap::from([number]));
            }
        };
        match value {
            ItemValue::Plain(parameter, value) => insert(parameter, value),
            ItemValue::Entry(parameter, id, rest) => {
                insert(parameter.own, &format!("{id}{rest}"));
                let parents = &self.parents[usize::from(matches!(parameter.register, Register::Locations))];
                // The parents may form a cycle.
                let (mut part, mut seen) = (id, HashSet::new());
                while let Some(whole) = parents.get(part).filter(|whole| seen.insert(*whole)) {
                    insert(parameter.parts, &format!("{whole}{rest}"));
                    part = whole;
                }
            }
        }
    }

    /// What the items of a resource are found by.
    pub const fn of(&self, resource: Resource) -> &OfResource {
        &self.resources[resource as usize]
    }
}
