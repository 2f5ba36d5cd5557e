//! Classes of hits: the items that a query finds in the same way.

use roaring::RoaringBitmap;

use crate::corpus::search::rank::RankGroup;
use crate::text::matcher::MatchLevel;

/// Items that a query finds in the same way.
#[derive(Debug)]
pub struct Class {
    /// Its place among the classes, the best first.
    pub number: u8,
    /// How the items were found; `None`: together with other clauses of their paragraph.
    pub level: Option<MatchLevel>,
    /// Of such clauses, the share of the terms that they have themselves.
    pub share: f64,
    /// The items, by their ranks.
    pub items: RoaringBitmap,
}

impl Class {
    /// The relevance of its items in a group, above 0: a better level is always above a worse one.
    pub fn score(&self, group: RankGroup) -> f64 {
        let level = match self.level {
            Some(MatchLevel::Text) => 4.0,
            Some(MatchLevel::Alias) => 3.0,
            Some(MatchLevel::LeadIn) => 2.0,
            Some(MatchLevel::Date) => 1.0,
            None => 0.0,
        };
        let quality = if self.level.is_some() { group.quality() } else { self.share };
        // Rounded, so that equal scores are equal on every machine.
        ((level + quality) * 1e6).round() / 1e6
    }
}
