//! Selecting places: the conditions of a filter, evaluated chunk by chunk.

use std::{borrow::Cow, collections::HashMap, ops::Range, sync::Arc};

use roaring::RoaringBitmap;

use crate::corpus::{
    bitmaps::{
        chunks::{ChunkedSet, chunk_of, first_of},
        conditions::{Conditions, Term},
        keys::{Bound, bound_key},
        read::{WantedValue, sets},
        referring::referring_places,
    },
    corpus::Corpus,
    resource::Resource,
    sort::{Direction, SortKey},
};

/// How many chunks are read at once at first; then four times as many each time.
const FIRST_CHUNKS: u32 = 2;

/// The places that meet conditions, in an order of a resource.
#[derive(Debug)]
pub struct Selection<'c> {
    corpus: &'c Corpus,
    /// The resource.
    pub resource: Resource,
    /// The order.
    pub order: SortKey,
    conditions: Conditions,
    /// The places that are considered.
    places: Range<u32>,
    /// The set of each term; `None` for dates, which are read by chunks.
    sets: Vec<Vec<Option<Arc<ChunkedSet>>>>,
    /// The places of a chunk with a bound, by the key of the day that is asked for.
    bounds: HashMap<i64, Arc<RoaringBitmap>>,
}

impl<'c> Selection<'c> {
    /// Selects the places of a resource that meet conditions.
    #[must_use]
    pub fn new(corpus: &'c Corpus, resource: Resource, order: SortKey, conditions: Conditions) -> Self {
        let places = corpus.index.places(resource, order);
        Self { corpus, resource, order, conditions, places, sets: Vec::new(), bounds: HashMap::new() }
    }

    /// Leaves out the places before this one.
    #[must_use]
    pub fn from_place(mut self, first: u32) -> Self {
        self.places.start = first.clamp(self.places.start, self.places.end);
        self
    }

    /// Whether it selects all places of the resource.
    #[must_use]
    pub fn is_everything(&self) -> bool {
        self.conditions.is_empty() && self.places == self.corpus.index.places(self.resource, self.order)
    }

    /// The chunks of the places that are considered.
    fn chunks(&self) -> Range<u32> {
        if self.places.is_empty() { 0..0 } else { chunk_of(self.places.start)..chunk_of(self.places.end - 1) + 1 }
    }

    /// The first places in a direction, at most `limit`; after a place, if given.
    ///
    /// # Errors
    /// When a query fails, or when a stored set is damaged.
    pub async fn first(&mut self, limit: usize, direction: Direction, after: Option<u32>) -> sqlx::Result<Vec<u32>> {
        let mut range = self.places.clone();
        match (after, direction) {
            (Some(after), Direction::Ascending) => range.start = range.start.max(after.saturating_add(1)),
            (Some(after), Direction::Descending) => range.end = range.end.min(after),
            (None, _) => {}
        }
        let mut found = Vec::new();
        if range.is_empty() || limit == 0 {
            return Ok(found);
        }
        let (mut remaining, mut size) = (chunk_of(range.start)..chunk_of(range.end - 1) + 1, FIRST_CHUNKS);
        while !remaining.is_empty() && found.len() < limit {
            let window = match direction {
                Direction::Ascending => remaining.start..remaining.end.min(remaining.start + size),
                Direction::Descending => remaining.start.max(remaining.end.saturating_sub(size))..remaining.end,
            };
            self.load(window.clone()).await?;
            let mut take = |chunk: u32| {
                let (of_chunk, missing) = (self.places_in(chunk), limit - found.len());
                let places = of_chunk.range(range.clone());
                match direction {
                    Direction::Ascending => found.extend(places.take(missing)),
                    Direction::Descending => found.extend(places.rev().take(missing)),
                }
            };
            match direction {
                Direction::Ascending => {
                    window.clone().for_each(&mut take);
                    remaining.start = window.end;
                }
                Direction::Descending => {
                    window.clone().rev().for_each(&mut take);
                    remaining.end = window.start;
                }
            }
            size *= 4;
        }
        Ok(found)
    }

    /// All places.
    ///
    /// # Errors
    /// When a query fails, or when a stored set is damaged.
    pub async fn all(&mut self) -> sqlx::Result<ChunkedSet> {
        self.load(self.chunks()).await?;
        let mut all = ChunkedSet::default();
        for chunk in self.chunks() {
            all.push(chunk, Arc::new(self.places_in(chunk).into_owned()));
        }
        Ok(all)
    }

    /// How many places there are.
    ///
    /// # Errors
    /// When a query fails, or when a stored set is damaged.
    pub async fn count(&mut self) -> sqlx::Result<u64> {
        if self.conditions.is_empty() {
            return Ok(self.places.len() as u64);
        }
        self.load(self.chunks()).await?;
        Ok(self.chunks().map(|chunk| self.places_in(chunk).len()).sum())
    }

    /// Reads what the places in these chunks need.
    ///
    /// # Errors
    /// When a query fails, or when a stored set is damaged.
    pub async fn load(&mut self, chunks: Range<u32>) -> sqlx::Result<()> {
        let is_first = self.sets.is_empty();
        let mut wanted = Vec::new();
        let mut keys = Vec::new();
        for term in self.conditions.iter().flatten() {
            match term {
                Term::Value(name, value) if is_first => {
                    if let Some(parameter) = self.corpus.index.parameter(self.resource, name) {
                        wanted.push(WantedValue { parameter: parameter.number, value });
                    }
                }
                Term::Date { until, not_until } => {
                    for chunk in chunks.clone() {
                        keys.extend(self.bound_keys(chunk, *until));
                        keys.extend(not_until.iter().flat_map(|bound| self.bound_keys(chunk, *bound)));
                    }
                }
                Term::Value(..) | Term::Referring(..) => {}
            }
        }
        keys.retain(|key| !self.bounds.contains_key(key));
        let (values, places) = sets(self.corpus, self.order, &wanted, &keys).await?;
        self.bounds.extend(keys.into_iter().zip(places));
        if is_first {
            let mut values = values.into_iter();
            for terms in self.conditions.iter() {
                let mut of_terms = Vec::with_capacity(terms.len());
                for term in terms {
                    of_terms.push(match term {
                        Term::Value(name, _) if self.corpus.index.parameter(self.resource, name).is_none() => Some(Arc::default()),
                        Term::Value(..) => values.next(),
                        Term::Referring(reference, id) => Some(Arc::new(referring_places(self.corpus, *reference, self.order, id).await?)),
                        Term::Date { .. } => None,
                    });
                }
                self.sets.push(of_terms);
            }
        }
        Ok(())
    }

    /// Whether a value is in a condition, and some item has it. The conditions were loaded.
    #[must_use]
    pub fn has_items_with(&self, parameter: &str, id: &str) -> bool {
        let mut sets = self.conditions.iter().flatten().zip(self.sets.iter().flatten());
        sets.any(|(term, set)| matches!(term, Term::Value(name, value) if *name == parameter && value == id) && set.as_ref().is_some_and(|set| !set.is_empty()))
    }

    /// The keys of a bound in a chunk: one for each date that an item may have.
    fn bound_keys(&self, chunk: u32, (bound, day): (Bound, u32)) -> impl Iterator<Item = i64> + use<> {
        let (resource, order) = (self.resource, self.order);
        (0..self.corpus.index.extent(resource).dates).map(move |date| bound_key(resource, order, bound, date, chunk, day))
    }

    /// The places in a chunk that was loaded.
    #[must_use]
    pub fn places_in(&self, chunk: u32) -> Cow<'_, RoaringBitmap> {
        let mut common: Option<Cow<'_, RoaringBitmap>> = None;
        for (terms, sets) in self.conditions.iter().zip(&self.sets) {
            let any = self.any(terms, sets, chunk);
            common = Some(match common {
                None => any,
                Some(common) => Cow::Owned(&*common & &*any),
            });
            if common.as_ref().is_some_and(|common| common.is_empty()) {
                break;
            }
        }
        let considered = self.places.start.max(first_of(chunk))..self.places.end.min(first_of(chunk + 1));
        match common {
            None => {
                let mut all = RoaringBitmap::new();
                all.insert_range(considered);
                Cow::Owned(all)
            }
            // Sets have no places of other resources, so that only a later beginning cuts them.
            Some(mut common) => {
                if considered.start > first_of(chunk) && !common.is_empty() {
                    common.to_mut().remove_range(..considered.start);
                }
                common
            }
        }
    }

    /// The places in a chunk that meet any of the terms of a condition.
    fn any<'a>(&'a self, terms: &[Term], sets: &'a [Option<Arc<ChunkedSet>>], chunk: u32) -> Cow<'a, RoaringBitmap> {
        let mut any: Option<Cow<'_, RoaringBitmap>> = None;
        let mut add = |places: Cow<'a, RoaringBitmap>| match &mut any {
            Some(any) => *any.to_mut() |= &*places,
            None => any = Some(places),
        };
        for (term, set) in terms.iter().zip(sets) {
            if let Some(set) = set {
                set.get(chunk).into_iter().for_each(|places| add(Cow::Borrowed(places)));
            } else if let Term::Date { until, not_until } = term {
                let of = |bound| self.bound_keys(chunk, bound).map(|key| self.bounds.get(&key).map(|places| &**places));
                match not_until {
                    None => of(*until).flatten().for_each(|places| add(Cow::Borrowed(places))),
                    Some(not_until) => {
                        for (until, not_until) in of(*until).zip(of(*not_until)) {
                            match (until, not_until) {
                                (Some(until), Some(not_until)) => add(Cow::Owned(until - not_until)),
                                (Some(until), None) => add(Cow::Borrowed(until)),
                                (None, _) => {}
                            }
                        }
                    }
                }
            }
        }
        any.unwrap_or_else(|| Cow::Owned(RoaringBitmap::new()))
    }
}
