//! Building the items of a new database file: each is the Rust type of its resource, read from plain table rows and stored as
//! JSON.

mod actors;
mod batch;
mod changes;
mod clauses;
mod dates;
mod encoder;
mod entry;
mod item_index;
mod items;
mod lead_ins;
mod locations;
mod mentions;
mod milestones;
mod notes;
mod pipeline;
mod read;
mod rows;
mod sources;
mod statements;

pub use batch::Batch;
pub use items::{clear, materialize};
pub use rows::{Grouped, fetch, fetch_grouped};
pub use sources::Sources;
