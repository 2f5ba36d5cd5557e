//! Change records: what differs between two editions of a statement, item by item.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::{
    corpus::{
        BilingualText,
        changes::{Action, ChangedResource},
        enum_name,
    },
    package::{
        document::{Actor, ChangeRecord, Document, Location},
        known::Moved,
    },
    storage::import::derived,
};

/// A change to record.
#[derive(Clone, Debug, PartialEq)]
pub struct NewChange {
    /// When it was made; `None` for now.
    pub at: Option<String>,
    /// What was done.
    pub action: Action,
    /// The kind of item.
    pub resource: ChangedResource,
    /// The item's id.
    pub target: String,
    /// What was changed.
    pub summary: BilingualText,
}

impl NewChange {
    /// The withdrawal of a statement that the database never had.
    #[must_use]
    pub fn withdrawn(statement: &str, reason: &BilingualText) -> Self {
        let name = BilingualText { ar: statement.to_owned(), en: statement.to_owned() };
        change(Action::Withdrawn, &(ChangedResource::Statements, statement.to_owned(), name, Value::Null), Some(reason))
    }
}

/// Whether a change is recorded when a statement is new: of the statement itself, of its milestones, which have a date of their
/// last change, and of entries of registers, which others share.
#[must_use]
pub const fn is_recorded_of_new(change: &NewChange) -> bool {
    matches!(change.resource, ChangedResource::Statements | ChangedResource::Milestones | ChangedResource::Actors | ChangedResource::Locations)
}

/// The resource of an item, its id, its name, and what is compared.
type Item = (ChangedResource, String, BilingualText, Value);
/// The items of a document, in the order in which changes are listed.
type Items = Vec<Item>;

/// The changes from one edition to the next. `moved` are entries that another statement had before, and `summary` is what the editor
/// says of the edition.
#[must_use]
pub fn between(before: Option<&Document>, after: Option<&Document>, moved: &Moved, summary: Option<&BilingualText>) -> Vec<NewChange> {
    let (old, new) = (before.map(items).unwrap_or_default(), after.map(items).unwrap_or_default());
    let key = |item: &Item| (enum_name(&item.0), item.1.clone());
    let taken_over: Items =
        moved.actors.iter().map(|moved| actor_item(&moved.entry)).chain(moved.locations.iter().map(|moved| location_item(&moved.entry))).collect();
    let earlier: BTreeMap<_, _> = taken_over.iter().chain(&old).map(|item| (key(item), item)).collect();
    let later: BTreeMap<_, _> = new.iter().map(|item| (key(item), item)).collect();
    let mut changes = Vec::new();
    for item in &new {
        let action = match earlier.get(&key(item)) {
            None => Action::Created,
            Some(old) if old.3 == item.3 => continue,
            Some(_) => Action::Corrected,
        };
        changes.push(change(action, item, summary));
    }
    changes.extend(old.iter().filter(|item| !later.contains_key(&key(item))).map(|item| change(Action::Withdrawn, item, summary)));
    changes
}

/// A change of an item. An entry that only adds names to one of another statement is no item of its own: that one is corrected.
fn change(action: Action, (resource, id, name, value): &Item, summary: Option<&BilingualText>) -> NewChange {
    let is_addition = matches!(resource, ChangedResource::Actors | ChangedResource::Locations) && value.get("kind").is_none();
    let action = if is_addition { Action::Corrected } else { action };
    let (ar, en) = match action {
        Action::Created => ("أضيف", "added"),
        Action::Corrected => ("صُحح", "corrected"),
        Action::Withdrawn => ("سُحب", "withdrawn"),
    };
    let said = |text: Option<&String>| text.map(|text| format!(". {text}")).unwrap_or_default();
    let summary = BilingualText {
        ar: format!("{ar}: {}{}", name.ar, said(summary.map(|text| &text.ar))),
        en: format!("{} {en}{}", name.en, said(summary.map(|text| &text.en))),
    };
    NewChange { at: None, action, resource: *resource, target: id.clone(), summary }
}

/// The items of a document. What nests in a clause and is an item of its own is not part of the clause here; what an item takes
/// from another, such as the date of an expression, is.
fn items(document: &Document) -> Items {
    let statement = document.id();
    let json = |value: serde_json::Result<Value>| value.unwrap_or_default();
    let without = |mut value: Value, keys: &[&str]| {
        if let Some(object) = value.as_object_mut() {
            object.retain(|key, _| !keys.contains(&key.as_str()));
        }
        value
    };
    let with = |mut value: Value, derived: Value| {
        if let Some(object) = value.as_object_mut() {
            object.insert("derived".to_owned(), derived);
        }
        value
    };
    let title = |text: Option<&crate::package::document::Bilingual>| text.map(|text| text.value.clone()).unwrap_or_default();
    let whole = without(json(serde_json::to_value(document)), &["clauses", "milestones", "actors", "locations", "changes", "summary"]);
    let whole = with(whole, derived::of_statement(document));
    let mut items: Items = vec![(ChangedResource::Statements, statement.to_owned(), title(document.title.as_ref()), whole)];
    for clause in &document.clauses {
        let id = format!("{statement}-{}", clause.label());
        let value = without(json(serde_json::to_value(clause)), &["dates", "notes"]);
        let value = with(value, derived::of_clause(document, clause));
        items.push((ChangedResource::Clauses, id, named("البند", "Clause", clause.label()), value));
    }
    for clause in &document.clauses {
        for (at, date) in clause.dates.iter().enumerate() {
            let local = date.id.as_ref().map_or_else(|| format!("d{}", at + 1), |id| id.value.clone());
            let words = date.words.quote.as_ref().map_or("", |quote| quote.as_str());
            let id = format!("{statement}-{}-{local}", clause.label());
            items.push((ChangedResource::Dates, id, named("التاريخ", "Date", words), json(serde_json::to_value(date))));
        }
    }
    for milestone in &document.milestones {
        let id = format!("{statement}-{}", milestone.id.as_ref().map_or("", |id| id.as_str()));
        let value = with(json(serde_json::to_value(milestone)), derived::of_milestone(document, milestone));
        items.push((ChangedResource::Milestones, id, title(milestone.title.as_ref()), value));
    }
    items.extend(document.actors.iter().map(actor_item));
    items.extend(document.locations.iter().map(location_item));
    for clause in &document.clauses {
        for (at, note) in clause.notes.iter().enumerate() {
            let local = note.id.as_ref().map_or_else(|| format!("n{}", at + 1), |id| id.value.clone());
            let id = format!("{statement}-{}-{local}", clause.label());
            items.push((ChangedResource::Notes, id, named("ملاحظة على البند", "Note on clause", clause.label()), json(serde_json::to_value(note))));
        }
    }
    items
}

/// An actor. An entry that only adds names changes the entry of another statement.
fn actor_item(actor: &Actor) -> Item {
    let id = actor.id.as_ref().map(|id| id.value.clone()).unwrap_or_default();
    let name = actor.name.as_ref().map_or_else(|| named("الجهة", "Actor", &id), |name| name.value.clone());
    (ChangedResource::Actors, id, name, serde_json::to_value(actor).unwrap_or_default())
}

/// A location, as [`actor_item`].
fn location_item(location: &Location) -> Item {
    let id = location.id.as_ref().map(|id| id.value.clone()).unwrap_or_default();
    let name = location.name.as_ref().map_or_else(|| named("المكان", "Location", &id), |name| name.value.clone());
    (ChangedResource::Locations, id, name, serde_json::to_value(location).unwrap_or_default())
}

/// The name of what has no title.
fn named(ar: &str, en: &str, name: &str) -> BilingualText {
    BilingualText { ar: format!("{ar} {name}"), en: format!("{en} {name}") }
}

/// The changes that a package lists and the database does not have yet.
#[must_use]
pub fn unrecorded(written: &[ChangeRecord], recorded: &[ChangeRecord]) -> Vec<NewChange> {
    let is_new = |record: &&ChangeRecord| !recorded.contains(record);
    let change = |record: &ChangeRecord| {
        Some(NewChange {
            at: Some(record.at.as_ref()?.value.clone()),
            action: record.action.as_ref()?.value,
            resource: record.resource.as_ref()?.value,
            target: record.target.as_ref()?.value.clone(),
            summary: record.summary.as_ref()?.value.clone(),
        })
    };
    written.iter().filter(is_new).filter_map(change).collect()
}
