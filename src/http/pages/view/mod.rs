//! What every page is made of.

pub mod bidi_text;
pub mod dates;
pub mod labels;
pub mod layout;
pub mod map;
pub mod messages;
pub mod plural;
pub mod timeline;
