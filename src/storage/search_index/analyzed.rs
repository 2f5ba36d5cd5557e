//! Analysing items for the index, on all processors.

use std::{collections::HashMap, num::NonZero, sync::Arc, thread};

use crate::{
    corpus::{FieldKind, Layer, SearchField, Slug},
    storage::search_index::keys::Key,
};

/// An item to be indexed.
#[derive(Debug)]
pub struct IndexedItem<'a> {
    /// Its number in `items`.
    pub number: i64,
    /// Its texts.
    pub fields: Vec<SearchField<'a>>,
    /// Its keys: names and dates that its words do not spell out.
    pub keys: Vec<Key>,
    /// The statement and the paragraph that it is a part of, if it is a clause.
    pub paragraph: Option<(Slug, u32)>,
}

/// An item, analysed.
#[derive(Debug)]
pub struct AnalyzedItem {
    /// The tokens of each word of each text, with the layer of the text.
    pub texts: Vec<(Layer, Arc<Vec<Vec<String>>>)>,
    /// The keys, in the order of the words that they stand for.
    pub keys: Vec<Key>,
}

/// The tokens of each word of a text. A lead-in is a text of each clause that it introduces.
type Texts<'a> = HashMap<(&'a str, bool), Arc<Vec<Vec<String>>>>;

impl AnalyzedItem {
    fn new(item: &IndexedItem<'_>, texts: &Texts<'_>) -> Self {
        let layer = |kind: FieldKind| match kind {
            FieldKind::Arabic | FieldKind::English => Layer::Text,
            FieldKind::Alias => Layer::Alias,
            FieldKind::LeadInArabic | FieldKind::LeadInEnglish => Layer::LeadIn,
        };
        let texts = item.fields.iter().map(|field| (layer(field.kind), texts.get(&field.analyzed_as()).cloned().unwrap_or_default())).collect();
        let own_names = item.fields.iter().filter(|field| field.kind == FieldKind::Alias).map(|field| Key::own_name(field.text));
        let mut keys: Vec<Key> = item.keys.iter().cloned().chain(own_names).collect();
        keys.sort_by(|one, other| (one.span, &one.token).cmp(&(other.span, &other.token)));
        Self { texts, keys }
    }

    /// How many words of its own it has.
    pub fn own_words(&self) -> usize {
        self.texts.iter().filter(|(layer, _)| *layer == Layer::Text).map(|(_, words)| words.len()).sum()
    }
}

/// Analyses items, in their order.
pub fn analyze(items: &[IndexedItem<'_>]) -> Vec<AnalyzedItem> {
    let fields: HashMap<(&str, bool), &SearchField<'_>> = items.iter().flat_map(|item| &item.fields).map(|field| (field.analyzed_as(), field)).collect();
    let fields: Vec<_> = fields.into_iter().collect();
    let threads = thread::available_parallelism().map_or(1, NonZero::get);
    let part = fields.len().div_ceil(threads).max(1);
    let texts: Texts<'_> = thread::scope(|scope| {
        let tokens = |field: &SearchField<'_>| Arc::new(field.analyze().stems().map(<[String]>::to_vec).collect());
        let analyze = move |fields: &[((&'_ str, bool), &SearchField<'_>)]| fields.iter().map(|(_, field)| tokens(field)).collect::<Vec<_>>();
        let parts: Vec<_> = fields.chunks(part).map(|fields| scope.spawn(move || analyze(fields))).collect();
        let analyzed = parts.into_iter().flat_map(|part| part.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)));
        fields.iter().map(|(key, _)| *key).zip(analyzed).collect()
    });
    items.iter().map(|item| AnalyzedItem::new(item, &texts)).collect()
}
