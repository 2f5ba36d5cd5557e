//! What an item is found by: its values of the parameters of its list, and its dates.

use crate::corpus::{
    bitmaps::bounds::{UNKNOWN_LATEST, day_number},
    enum_name::enum_name,
    parts::Register,
    slug::Slug,
    uncertain_date::UncertainDate,
};

/// A parameter whose values are entries of a register, which may be part of others.
#[derive(Clone, Copy, Debug)]
pub struct RegisterParameter {
    /// The register.
    pub register: Register,
    /// The name under which the items of an entry itself are stored.
    pub own: &'static str,
    /// The name under which the items of its parts are stored.
    pub parts: &'static str,
}

impl RegisterParameter {
    /// `actor`.
    pub const ACTOR: Self = Self { register: Register::Actors, own: "actor", parts: "actor of parts" };
    /// `actor` together with `role`: an id, a space and a role.
    pub const ACTOR_IN_ROLE: Self = Self { register: Register::Actors, own: "actor in role", parts: "actor in role of parts" };
    /// `speaker`.
    pub const SPEAKER: Self = Self { register: Register::Actors, own: "speaker", parts: "speaker of parts" };
    /// `issuer`.
    pub const ISSUER: Self = Self { register: Register::Actors, own: "issuer", parts: "issuer of parts" };
    /// `location`.
    pub const LOCATION: Self = Self { register: Register::Locations, own: "location", parts: "location of parts" };
}

/// A value of a parameter.
#[derive(Clone, Debug)]
pub enum ItemValue {
    /// A value that stands for itself.
    Plain(&'static str, String),
    /// An entry of a register, and what follows its id in the value.
    Entry(RegisterParameter, String, String),
}

/// An item that a list can filter by its values.
pub trait Indexed {
    /// The values and the dates of the item.
    fn values(&self) -> ItemValues;
}

/// The values and the dates of an item.
#[derive(Clone, Debug, Default)]
pub struct ItemValues {
    /// The values. One that is given twice counts once.
    pub values: Vec<ItemValue>,
    /// The bounds of its dates, without those that are open at both ends: numbers of days, each pair once.
    pub dates: Vec<(u32, u32)>,
}

impl ItemValues {
    /// Adds a value.
    #[must_use]
    pub fn with(mut self, parameter: &'static str, value: &impl ToString) -> Self {
        self.values.push(ItemValue::Plain(parameter, value.to_string()));
        self
    }

    /// Adds a value of a closed set.
    #[must_use]
    pub fn with_name(self, parameter: &'static str, value: &impl serde::Serialize) -> Self {
        self.with(parameter, &enum_name(value))
    }

    /// Adds entries of a register.
    #[must_use]
    pub fn with_entries<'a>(mut self, parameter: RegisterParameter, ids: impl IntoIterator<Item = &'a Slug>) -> Self {
        self.values.extend(ids.into_iter().map(|id| ItemValue::Entry(parameter, id.to_string(), String::new())));
        self
    }

    /// Adds an actor together with its role.
    #[must_use]
    pub fn with_actor_in_role(mut self, actor: &Slug, role: &impl serde::Serialize) -> Self {
        self.values.push(ItemValue::Entry(RegisterParameter::ACTOR_IN_ROLE, actor.to_string(), format!(" {}", enum_name(role))));
        self
    }

    /// Adds the bounds of a date.
    #[must_use]
    pub fn with_date(mut self, date: &UncertainDate) -> Self {
        if date.earliest.is_some() || date.latest.is_some() {
            let bounds = (date.earliest.map_or(0, day_number), date.latest.map_or(UNKNOWN_LATEST, day_number));
            if !self.dates.contains(&bounds) {
                self.dates.push(bounds);
            }
        }
        self
    }
}
