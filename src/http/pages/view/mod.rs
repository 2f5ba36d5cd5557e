//! What pages have in common: the layout, the messages in both languages, and how values are shown.

pub mod about_messages;
pub mod bidi_text;
pub mod citation;
pub mod chart;
pub mod clause_link;
pub mod clause_messages;
pub mod filter_form;
pub mod frame;
pub mod home_messages;
pub mod issuers;
pub mod labels;
pub mod layout;
pub mod map;
pub mod messages;
pub mod passage;
pub mod plural;
pub mod section;
pub mod share;
pub mod speaker;
pub mod text_fragment;
pub mod verdict_view;
pub mod verify_messages;
pub mod word_diff;
pub mod standing;
pub mod timeline_messages;
pub mod wording;
