//! What pages have in common: the layout, the messages in both languages, and how values are shown.

pub mod bidi_text;
pub mod clause_link;
pub mod filter_form;
pub mod labels;
pub mod layout;
pub mod map;
pub mod messages;
pub mod plural;
pub mod section;
pub mod speaker;
pub mod wording;
