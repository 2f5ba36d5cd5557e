//! Embeds: a clause, a milestone or a timeline for a frame on another site. They need no script, and oEmbed gives their height in advance.
//!
//! Any site may frame them, and only them: their policy says so (`frame-ancestors *`).

mod item;
pub mod oembed;
mod request;
mod subject;
mod timeline;

pub use item::{clause, milestone};
pub use timeline::{MAX_ITEMS, timeline};
