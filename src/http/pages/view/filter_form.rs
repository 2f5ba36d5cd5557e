//! The form that changes the filter of a list.

use serde::Serialize;

use crate::{
    corpus::{Facet, Language, enum_name},
    http::pages::view::messages::Message,
};

/// The form that changes the filter of a list. It works without JavaScript: its fields are parameters of the query.
#[derive(Debug)]
pub struct FilterForm {
    /// The URL of the page, without a query.
    pub action: String,
    /// The words that are searched for; `None` if the list has no search.
    pub words: Option<String>,
    /// The first and the last day; `None` if the list has no dates.
    pub dates: Option<(String, String)>,
    /// The day on which statuses are computed; `None` if they are not.
    pub as_of: Option<String>,
    /// The closed sets.
    pub selects: Vec<Select>,
    /// The parameters that have no field.
    pub hidden: Vec<(String, String)>,
    /// The items that are chosen, each with a link that removes it.
    pub chosen: Vec<Chosen>,
    /// Whether the filter selects or orders items.
    pub is_filtered: bool,
}

/// A parameter with a closed set of values.
#[derive(Debug)]
pub struct Select {
    /// The name of the parameter.
    pub name: &'static str,
    /// What a reader calls it.
    pub label: Message,
    /// The values.
    pub options: Vec<SelectOption>,
}

/// A value of a closed set.
#[derive(Debug)]
pub struct SelectOption {
    /// The value.
    pub value: String,
    /// What a reader calls it.
    pub label: String,
    /// How many of the items have it, where they are counted.
    pub count: Option<usize>,
    /// Whether it is selected.
    pub is_selected: bool,
}

/// An item that a list is restricted to.
#[derive(Debug)]
pub struct Chosen {
    /// What a reader calls the parameter.
    pub label: Message,
    /// The name or the title of the item.
    pub name: String,
    /// The URL of the list without this restriction.
    pub without: String,
}

impl Select {
    /// A parameter with these values and counts.
    pub fn new<T: Serialize + PartialEq>(
        name: &'static str,
        label: Message,
        values: &[T],
        label_of: impl Fn(&T) -> Message,
        selected: &[T],
        facet: &[Facet],
        language: Language,
    ) -> Self {
        let option = |value: &T| {
            let name = enum_name(value);
            let count = facet.iter().find(|facet| facet.value == name).map(|facet| facet.count);
            SelectOption { label: label_of(value).of(language).to_owned(), count, is_selected: selected.contains(value), value: name }
        };
        Self { name, label, options: values.iter().map(option).collect() }
    }
}
