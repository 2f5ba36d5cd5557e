//! The dictionaries that the items of a large corpus are compressed with.

use std::{cell::RefCell, fmt, io};

use sqlx::Row;
use zstd::zstd_safe::{DCtx, DDict, get_error_name, get_frame_content_size};

use crate::corpus::{connection_pool::ConnectionPool, resource::Resource, verified::Place};

/// The maximum length of an item, in bytes: a package has at most 16 MiB.
const MAX_ITEM_BYTES: u64 = 256 << 20;

thread_local! {
    /// Reused, since a context is larger than any item.
    static CONTEXT: RefCell<Option<DCtx<'static>>> = const { RefCell::new(None) };
}

/// The dictionary of each resource. The items of a resource without one are stored as they are: there are few of them.
#[derive(Default)]
pub struct Dictionaries([Option<DDict<'static>>; Resource::ALL.len()]);

impl fmt::Debug for Dictionaries {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(Resource::ALL.iter().filter(|resource| self.0[**resource as usize].is_some())).finish()
    }
}

/// Where the dictionary of a resource is stored, for its digest.
#[must_use]
pub fn dictionary_place(resource: Resource) -> Place {
    Place::of("dictionaries").key(resource.name())
}

impl Dictionaries {
    /// Reads the dictionaries of a database.
    ///
    /// # Errors
    /// When a query fails, or a dictionary does not match its digest.
    pub(crate) async fn read(pool: &ConnectionPool) -> sqlx::Result<Self> {
        let mut dictionaries = Self::default();
        for row in sqlx::query("SELECT resource, dictionary, digest FROM dictionaries").fetch_all(pool).await? {
            let (name, dictionary, digest): (&str, &[u8], i64) = (row.try_get(0)?, row.try_get(1)?, row.try_get(2)?);
            let resource = Resource::from_name(name).filter(|resource| dictionary_place(*resource).verify(dictionary, digest).is_ok());
            let resource = resource.ok_or_else(|| sqlx::Error::Decode("a dictionary of the database is damaged".into()))?;
            dictionaries.0[resource as usize] = DDict::try_create(dictionary);
        }
        Ok(dictionaries)
    }

    /// The JSON of an item as it is stored.
    ///
    /// # Errors
    /// When it is not what a build stores.
    pub fn decode(&self, resource: Resource, stored: &[u8]) -> io::Result<Vec<u8>> {
        match &self.0[resource as usize] {
            None => Ok(stored.to_owned()),
            Some(dictionary) => decompress(dictionary, stored),
        }
    }
}

fn decompress(dictionary: &DDict<'static>, stored: &[u8]) -> io::Result<Vec<u8>> {
    let length = get_frame_content_size(stored).ok().flatten().filter(|length| *length <= MAX_ITEM_BYTES);
    let length = length.ok_or_else(|| io::Error::other("a stored item is no frame of zstd"))?;
    let mut json = Vec::with_capacity(usize::try_from(length).unwrap_or_default());
    CONTEXT.with_borrow_mut(|context| {
        let context = match context {
            Some(context) => context,
            None => context.insert(DCtx::try_create().ok_or(io::ErrorKind::OutOfMemory)?),
        };
        context.decompress_using_ddict(&mut json, stored, dictionary).map_err(|code| io::Error::other(get_error_name(code)))
    })?;
    Ok(json)
}
