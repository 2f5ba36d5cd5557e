//! Ids that are made of that of a statement and of another: those of milestones and of later reports. `a` with `b-c` and `a-b` with `c`
//! make the same.

use crate::package::{
    diagnostic::{Code, Log},
    document::Document,
    known::{Known, composed_ids},
    spanned::Text,
};

/// Checks that no other statement has such an id.
pub fn check(document: &Document, known: &Known, log: &mut Log) {
    let places = document.milestones.iter().filter_map(|milestone| milestone.id.as_ref());
    let developments = document.milestones.iter().flat_map(|milestone| &milestone.developments).filter_map(|development| development.id.as_ref());
    for ((kind, id), Text { value, place }) in composed_ids(document).zip(places.chain(developments)) {
        if let Some(other) = known.composed.get(&(kind, id.clone())).filter(|other| *other != document.id()) {
            let message = format!("the {kind} `{value}` of this statement would have the id `{id}`, which one of {other} has already");
            log.add_with_help(Code::CollidingId, place, message, vec!["choose another id".to_owned()]);
        }
    }
}
