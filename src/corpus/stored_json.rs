//! Items as they are stored.

use std::marker::PhantomData;

use serde::de::DeserializeOwned;

/// An item as it is stored: compact JSON, whose URLs are relative to the root of the API.
///
/// A JSON response contains it unchanged; the other formats deserialize it.
#[derive(Debug)]
pub struct StoredJson<T>(String, PhantomData<T>);

impl<T> StoredJson<T> {
    /// Wraps the JSON of an item.
    pub(crate) const fn new(json: String) -> Self {
        Self(json, PhantomData)
    }

    /// Appends members to the item's JSON object: `"name":value` pairs, separated by commas.
    pub(crate) fn append_members(mut json: String, members: &str) -> Self {
        // Deserializing the item for this would cost more than the query.
        json.pop();
        json.push(',');
        json.push_str(members);
        json.push('}');
        Self::new(json)
    }

    /// The JSON.
    #[must_use]
    pub fn as_json(&self) -> &str {
        &self.0
    }
}

impl<T: DeserializeOwned> StoredJson<T> {
    /// Deserializes the item.
    ///
    /// # Errors
    /// When the JSON does not have the item's type; a file with such an item is not published.
    pub fn read(&self) -> serde_json::Result<T> {
        serde_json::from_str(&self.0)
    }
}
