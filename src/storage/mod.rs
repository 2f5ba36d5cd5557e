//! How a database file is built, checked, published and opened.
//!
//! A file is never changed in place. A new file is built beside the old one under a lock, checked, given a checksum
//! trailer, synced and renamed over the old one. Whatever fails meanwhile leaves the old file whole. The server opens a file
//! for reading only, and only if its header, its size and its trailer are intact; each value is compared with a digest of its own
//! when it is read, and the whole file with the trailer in the background.

mod analysis;
mod bitmaps;
mod builder;
mod checksum;
mod database_file;
mod detached;
mod error;
mod file_version;
mod import;
mod insert_rows;
mod materialize;
mod migrations;
mod opener;
mod packages;
mod pool;
mod publish;
mod scrub;
mod search_index;
mod validate;
mod watcher;

pub use error::Error;
pub use file_version::{FileVersion, file_version};
pub use import::{Imported, NewChange, known};
pub use migrations::schema_version;
pub use opener::{Database, open};
pub use publish::{import, upgrade, withdraw};
pub use validate::ValidationError;
pub use watcher::{Reload, WatchEvent, watch};
