//! What the index has of one item: its words in order, and the places of its names and dates.

use crate::corpus::search::{postings::Layer, varint};
use crate::text::span::Span;

/// A name or a date of an item, as a word of the index, with the words of the source that it stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StoredKey {
    /// The word.
    pub word: u32,
    /// Whether it occurs in the lead-in that introduces the item.
    pub in_lead_in: bool,
    /// The code points of the source; `None` if the item itself has the name or the date.
    pub span: Option<Span>,
}

impl StoredKey {
    /// The keys of an item as they are stored.
    #[must_use]
    pub fn encode(keys: &[Self]) -> Vec<u8> {
        let mut bytes = Vec::new();
        for key in keys {
            varint::push(&mut bytes, (u64::from(key.word) << 2) | (u64::from(key.in_lead_in) << 1) | u64::from(key.span.is_some()));
            if let Some(span) = key.span {
                varint::push(&mut bytes, span.start as u64);
                varint::push(&mut bytes, (span.end - span.start) as u64);
            }
        }
        bytes
    }

    /// The keys that were stored; `None` where the bytes are none.
    #[must_use]
    pub fn decode(mut bytes: &[u8]) -> Option<Vec<Self>> {
        let mut keys = Vec::new();
        while !bytes.is_empty() {
            let head = varint::read(&mut bytes).ok()?;
            let mut number = || usize::try_from(varint::read(&mut bytes).ok()?).ok();
            let span = if head & 1 == 1 { number().zip(number()).map(|(start, length)| Span { start, end: start.saturating_add(length) }) } else { None };
            keys.push(Self { word: u32::try_from(head >> 2).ok()?, in_lead_in: head & 2 == 2, span });
        }
        Some(keys)
    }
}

/// The words of a text of an item, in order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredText {
    /// The layer of the text.
    pub layer: Layer,
    /// Its words; 0 where a word has no tokens.
    pub words: Vec<u32>,
}

impl StoredText {
    /// The texts of an item as they are stored.
    #[must_use]
    pub fn encode(texts: &[Self]) -> Vec<u8> {
        let mut bytes = Vec::new();
        for text in texts {
            varint::push(&mut bytes, text.layer as u64);
            varint::push(&mut bytes, text.words.len() as u64);
            text.words.iter().for_each(|word| varint::push(&mut bytes, u64::from(*word)));
        }
        bytes
    }

    /// The texts that were stored; `None` where the bytes are none.
    #[must_use]
    pub fn decode(mut bytes: &[u8]) -> Option<Vec<Self>> {
        let mut texts = Vec::new();
        while !bytes.is_empty() {
            let layer = Layer::from_number(varint::read(&mut bytes).ok()?.cast_signed())?;
            let length = varint::read(&mut bytes).ok()?;
            let words = (0..length).map(|_| u32::try_from(varint::read(&mut bytes).ok()?).ok()).collect::<Option<_>>()?;
            texts.push(Self { layer, words });
        }
        Some(texts)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_and_keys_are_read_as_they_were_written() {
        let texts = [StoredText { layer: Layer::Text, words: vec![1, 0, 70_000] }, StoredText { layer: Layer::LeadIn, words: vec![] }];
        assert_eq!(StoredText::decode(&StoredText::encode(&texts)).unwrap(), texts);
        let keys =
            [StoredKey { word: 5, in_lead_in: true, span: Some(Span { start: 3, end: 900 }) }, StoredKey { word: u32::MAX, in_lead_in: false, span: None }];
        assert_eq!(StoredKey::decode(&StoredKey::encode(&keys)).unwrap(), keys);
        assert_eq!((StoredText::decode(&[0, 9, 1]), StoredKey::decode(&[0x80])), (None, None));
    }
}
