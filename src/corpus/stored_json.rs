//! Items as they are stored.

use std::marker::PhantomData;

use serde::{Serialize, de::DeserializeOwned};

use crate::corpus::verified::Verified;

/// An item as it is stored: compact JSON, whose URLs are relative to the root of the API.
///
/// A JSON response contains it unchanged; the other formats deserialize it. It is made from verified values only, and from what
/// is computed for the response.
#[derive(Debug)]
pub struct StoredJson<T>(Vec<u8>, PhantomData<T>);

impl<T> StoredJson<T> {
    /// The JSON of an item.
    pub(crate) fn new(json: Verified<Vec<u8>>) -> Self {
        Self(json.into_inner(), PhantomData)
    }

    /// The JSON of a value that is not stored as JSON.
    pub(crate) fn of(value: &Verified<T>) -> sqlx::Result<Self>
    where
        T: Serialize,
    {
        serde_json::to_vec(&**value).map(|json| Self(json, PhantomData)).map_err(|cause| sqlx::Error::Encode(cause.into()))
    }

    /// Appends computed members to the item's JSON object: `"name":value` pairs, separated by commas.
    pub(crate) fn append_members(mut self, members: &str) -> Self {
        // Deserializing the item for this would cost more than the query.
        self.0.pop();
        self.0.push(b',');
        self.0.extend_from_slice(members.as_bytes());
        self.0.push(b'}');
        self
    }

    /// The object with the item, the name of its resource, and computed members.
    pub(crate) fn into_found<U>(self, resource: &str, members: &str) -> StoredJson<U> {
        let start = format!(r#"{{"resource":"{resource}","item":"#);
        StoredJson([start.as_bytes(), &self.0, b",", members.as_bytes(), b"}"].concat(), PhantomData)
    }

    /// The JSON, which is UTF-8.
    #[must_use]
    pub fn as_json(&self) -> &[u8] {
        &self.0
    }
}

impl<T: DeserializeOwned> StoredJson<T> {
    /// Deserializes the item.
    ///
    /// # Errors
    /// When the JSON does not have the item's type; a file with such an item is not published.
    pub fn read(&self) -> serde_json::Result<T> {
        serde_json::from_slice(&self.0)
    }
}
