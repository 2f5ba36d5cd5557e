//! The conditions of a filter.

use serde::Serialize;

use crate::corpus::{
    bitmaps::{
        bounds::{UNKNOWN_LATEST, day_number},
        item_values::RegisterParameter,
        keys::Bound,
    },
    date_range::{DateRange, Match},
    day::Day,
    enum_name::enum_name,
    parts::Parts,
    slug::Slug,
};

/// References of items.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Reference {
    /// Of a date, to its clause.
    DateInClause,
    /// Of a note, to its clause.
    NoteOnClause,
}

/// What an item must have.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Term {
    /// A value of a parameter.
    Value(&'static str, String),
    /// A reference to the item with this id. Too few items share one for a bitmap of their own.
    Referring(Reference, String),
    /// A date with a bound at most on a day, and without another such bound.
    Date {
        /// A bound that is at most on this day.
        until: (Bound, u32),
        /// A bound that is not.
        not_until: Option<(Bound, u32)>,
    },
}

impl Term {
    /// A date that is not open at both ends.
    const DATED: (Bound, u32) = (Bound::Starts, UNKNOWN_LATEST);

    /// A date that lies after a day as a whole.
    #[must_use]
    pub fn after(day: Day) -> Self {
        Self::Date { until: Self::DATED, not_until: Some((Bound::Starts, day_number(day))) }
    }

    /// A date that lies before a day as a whole.
    #[must_use]
    pub fn before(day: Day) -> Self {
        Self::Date { until: (Bound::Ends, day_number(day) - 1), not_until: None }
    }

    /// A date that may be a day.
    #[must_use]
    pub fn around(day: Day) -> Self {
        Self::Date { until: (Bound::Starts, day_number(day)), not_until: Some((Bound::Ends, day_number(day) - 1)) }
    }
}

/// Conditions that all hold of the items of a list: for each, any of its terms.
#[derive(Clone, Debug, Default)]
pub struct Conditions(Vec<Vec<Term>>);

impl Conditions {
    /// Adds a condition: any of these terms. Without terms, nothing is added.
    #[must_use]
    pub fn any(mut self, terms: impl IntoIterator<Item = Term>) -> Self {
        let terms: Vec<Term> = terms.into_iter().collect();
        if !terms.is_empty() {
            self.0.push(terms);
        }
        self
    }

    /// Any of these values; a repeated parameter means any of its values.
    #[must_use]
    pub fn values(self, parameter: &'static str, values: impl IntoIterator<Item = impl ToString>) -> Self {
        self.any(values.into_iter().map(|value| Term::Value(parameter, value.to_string())))
    }

    /// Any of these values of a closed set.
    #[must_use]
    pub fn names<T: Serialize>(self, parameter: &'static str, values: &[T]) -> Self {
        self.values(parameter, values.iter().map(enum_name))
    }

    /// Any of these entries of a register, with their parts if these are included.
    #[must_use]
    pub fn entries(self, parameter: RegisterParameter, parts: Parts, ids: &[Slug]) -> Self {
        self.entry_values(parameter, parts, ids.iter().map(Slug::to_string))
    }

    /// Any of these values that begin with entries of a register, with their parts if these are included.
    #[must_use]
    pub fn entry_values(self, parameter: RegisterParameter, parts: Parts, values: impl IntoIterator<Item = String>) -> Self {
        let terms = values.into_iter().flat_map(|value| {
            let of_parts = (parts == Parts::Included).then(|| Term::Value(parameter.parts, value.clone()));
            [Term::Value(parameter.own, value)].into_iter().chain(of_parts)
        });
        self.any(terms)
    }

    /// A date that matches a window.
    #[must_use]
    pub fn window(self, range: &DateRange) -> Self {
        if range.is_open() {
            return self;
        }
        let (last, first) = match range.matching.unwrap_or_default() {
            Match::Possible => (Bound::Starts, Bound::Ends),
            Match::Certain => (Bound::Ends, Bound::Starts),
        };
        let until = range.to.map_or(Term::DATED, |to| (last, day_number(to)));
        self.any([Term::Date { until, not_until: range.from.map(|from| (first, day_number(from) - 1)) }])
    }

    /// The conditions.
    pub fn iter(&self) -> impl Iterator<Item = &[Term]> {
        self.0.iter().map(Vec::as_slice)
    }

    /// Whether every item meets them.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}
