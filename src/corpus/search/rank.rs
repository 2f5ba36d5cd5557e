//! The rank of an item: its place in the order of all items that are searched, whatever the query.
//!
//! All terms of a query must occur. Among items that have them at the same level, the shorter text is about them the more; an
//! order by length does not depend on the query, so the best items are the first of a set.

use crate::corpus::search::searched_resource::SearchedResource;

/// The length above which items are not distinguished, in words.
const MAX_WORDS: u32 = 0xffff;
/// Where the bits of the length begin, above those of the resource, and where that of the notes stands.
const WORDS_SHIFT: u32 = 4;
const NOTES_SHIFT: u32 = 24;

/// Items that are ranked by reading order alone: those of a resource with the same number of words. Groups are in the order
/// of rank: the source's words before the editors' notes, shorter items first, then by resource.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct RankGroup(u32);

impl RankGroup {
    /// The group of items of a resource with so many words of their own.
    #[must_use]
    pub fn new(resource: SearchedResource, words: usize) -> Self {
        let words = u32::try_from(words).unwrap_or(MAX_WORDS).min(MAX_WORDS);
        Self((u32::from(resource == SearchedResource::Notes) << NOTES_SHIFT) | (words << WORDS_SHIFT) | resource as u32)
    }

    /// The group with this number, as the column `rank_group` has it.
    #[must_use]
    pub const fn from_number(number: u32) -> Self {
        Self(number)
    }

    /// Its number.
    #[must_use]
    pub const fn number(self) -> u32 {
        self.0
    }

    /// The resource of its items.
    #[must_use]
    pub fn resource(self) -> Option<SearchedResource> {
        SearchedResource::ALL.get((self.0 & ((1 << WORDS_SHIFT) - 1)) as usize).copied()
    }

    /// How much of an item the terms of a query are, from 0 to 1: more than in the groups after it.
    #[must_use]
    pub fn quality(self) -> f64 {
        let words = f64::from((self.0 >> WORDS_SHIFT) & MAX_WORDS);
        let share = 1.0 / (1.0 + (1.0 + words).ln());
        // From 1/13 for the longest to 1.
        if self.0 >> NOTES_SHIFT == 0 { 0.5 + share / 2.0 } else { share / 2.0 }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn groups_are_in_the_order_of_their_quality() {
        let group = |resource, words| RankGroup::new(resource, words);
        let order = [
            group(SearchedResource::Actors, 1),
            group(SearchedResource::Clauses, 2),
            group(SearchedResource::Clauses, 40),
            group(SearchedResource::Statements, 90_000),
            group(SearchedResource::Notes, 1),
            group(SearchedResource::Notes, 30),
        ];
        assert!(order.is_sorted() && order.is_sorted_by(|one, next| one.quality() > next.quality()));
        assert!(order.iter().all(|group| group.quality() > 0.0 && group.quality() <= 1.0));
        assert!(SearchedResource::ALL.into_iter().all(|resource| group(resource, 7).resource() == Some(resource)));
    }
}
