//! The bitmaps of a new database file: which items have which values and dates, in each order of the items.

mod collected;
mod mentions;
mod places;
mod rows;
mod sets;
mod write;

pub use collected::Collected;
pub use write::write;
