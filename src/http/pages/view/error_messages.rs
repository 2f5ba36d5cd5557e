//! The words of the page of an error: what a rejected parameter is called, and what it may be.

use crate::{
    corpus::{Voice, actors, changes::ChangedResource, locations, milestones, notes, parse_enum, statements},
    http::pages::view::{clause_messages as clause_msg, labels, messages as msg, messages::Message},
};

pub const TO_BEFORE_FROM: Message = Message::new("تاريخ النهاية يسبق تاريخ البداية.", "“To” is before “From”.");
pub const WRITE_A_DATE: Message = Message::new("اكتب تاريخاً صحيحاً، مثل 2025-09-30.", "Write a date that exists, such as 2025-09-30.");
pub const NO_SUCH_ITEM: Message = Message::new("لا شيء هنا بهذا المعرّف.", "Nothing here has this id.");
pub const GIVE_ONE_VALUE: Message = Message::new("اختر قيمة واحدة.", "Choose one value.");
pub const BACK_TO_LIST: Message = Message::new("ارجع إلى القائمة كاملة", "Back to the whole list");

/// What a reader calls a parameter that has a control on a page.
pub fn parameter(name: &str) -> Option<Message> {
    Some(match name {
        "from" => msg::FROM_DAY,
        "to" => msg::TO_DAY,
        "as_of" => msg::AS_OF_DAY,
        "status" => msg::STATUS,
        "kind" => msg::KIND,
        "severity" => msg::SEVERITY,
        "voice" | "speaker" => msg::SPEAKER,
        "q" => msg::WORDS,
        "statement" => msg::STATEMENT,
        "actor" => msg::ACTOR,
        "location" => msg::PLACE,
        "language" => msg::LANGUAGE_OF_SOURCE,
        _ => return None,
    })
}

/// What a reader calls a value of a closed set, in this list.
pub fn value(list: &str, parameter: &str, value: &str) -> Option<Message> {
    match (parameter, list) {
        ("status", _) => parse_enum::<milestones::Status>(value).ok().as_ref().map(labels::status),
        ("voice", _) => parse_enum::<Voice>(value).ok().as_ref().map(labels::voice),
        ("severity", _) => parse_enum::<notes::Severity>(value).ok().as_ref().map(labels::severity),
        ("resource", _) => parse_enum::<ChangedResource>(value).ok().as_ref().map(clause_msg::changed),
        ("kind", "milestones") => parse_enum::<milestones::Kind>(value).ok().as_ref().map(labels::milestone),
        ("kind", "actors") => parse_enum::<actors::Kind>(value).ok().as_ref().map(labels::actor),
        ("kind", "locations") => parse_enum::<locations::Kind>(value).ok().as_ref().map(labels::location),
        ("kind", "notes") => parse_enum::<notes::Kind>(value).ok().as_ref().map(labels::note),
        ("kind", "statements") => parse_enum::<statements::Kind>(value).ok().as_ref().map(labels::statement),
        _ => None,
    }
}
