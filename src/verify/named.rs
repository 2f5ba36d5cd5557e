//! The actors and locations that quotations name: a name in place of another is a difference of its own kind. The text around a
//! quotation names its speaker.

use std::collections::BTreeSet;

use roaring::MultiOps;

use crate::{
    corpus::{Corpus, Layer, Postings, SearchedResource, items_of, numbers_of},
    text::alias_key::name_keys,
};

/// How many names are looked up at most, in all texts together.
const MAX_NAMES: usize = 8_192;
/// How many actors and locations are read at most.
const MAX_ITEMS: usize = 256;

/// The numbers of the items whose names stand in texts.
///
/// # Errors
/// When a database query fails.
pub async fn named_in(corpus: &Corpus, texts: impl Iterator<Item = &str>) -> sqlx::Result<serde_json::Value> {
    let keys: BTreeSet<String> = texts.flat_map(name_keys).take(MAX_NAMES).collect();
    let postings = Postings::read(corpus, keys.iter().map(String::as_str).collect(), &[Layer::Alias]).await?;
    let registers = items_of(corpus, &[SearchedResource::Actors, SearchedResource::Locations]).await?;
    let named = postings.any(Layer::Alias, &keys.into_iter().collect::<Vec<_>>()) & registers.into_iter().map(|(_, items)| items).union();
    Ok(numbers_of(corpus, &named.iter().take(MAX_ITEMS).collect()).await?.into_iter().collect())
}
