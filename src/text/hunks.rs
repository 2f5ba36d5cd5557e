//! The stretch of a source that a quotation is nearest to, and the hunks in which the two differ.

use std::ops::Range;

use crate::text::align::{Step, Word};

/// The minimum weight of a run of equal words that divides a hunk; a lone function word weighs less.
const MIN_ISLAND: u32 = 5;

/// Words of the quotation, and the words of the source in their place. One of the two may be empty.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hunk {
    /// The words of the quotation.
    pub given: Range<usize>,
    /// The words of the source.
    pub source: Range<usize>,
    /// The quotation has an ellipsis here, and no other words in its place.
    pub cut: bool,
}

/// The best stretch of an alignment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stretch {
    /// The equal words, as positions in the quotation and in the source.
    pub same: Vec<(usize, usize)>,
    /// The differences, in order. Before the first equal word and after the last, a hunk has no words of the source.
    pub hunks: Vec<Hunk>,
    /// Its score.
    pub score: i32,
}

impl Stretch {
    /// The stretch with the highest score: words outside it would only lower the score.
    #[must_use]
    pub fn of(steps: &[Step], given: &[Word], source: &[u32]) -> Option<Self> {
        let (mut best, mut begun, mut score) = (None::<(i32, Range<usize>)>, 0, 0);
        for (at, step) in steps.iter().enumerate() {
            if score <= 0 {
                (begun, score) = (at, 0);
            }
            score += step.score(at.checked_sub(1).map(|before| steps[before]), given, source);
            if best.as_ref().is_none_or(|(most, _)| score > *most) && score > 0 {
                best = Some((score, begun..at + 1));
            }
        }
        let (score, range) = best?;
        let mut same = equal_words(&steps[range]);
        drop_islands(&mut same, given);
        let hunks = hunks(&same, steps, given);
        (!same.is_empty()).then_some(Self { same, hunks, score })
    }

    /// The words of the source from the first equal one to the last.
    #[must_use]
    pub fn source(&self) -> Range<usize> {
        match (self.same.first(), self.same.last()) {
            (Some((_, first)), Some((_, last))) => *first..last + 1,
            _ => 0..0,
        }
    }
}

fn equal_words(steps: &[Step]) -> Vec<(usize, usize)> {
    steps.iter().filter_map(|step| if let Step::Same(given, source) = step { Some((*given, *source)) } else { None }).collect()
}

/// Removes runs of equal words with little weight between words that differ, such as a lone "in".
fn drop_islands(same: &mut Vec<(usize, usize)>, given: &[Word]) {
    let mut runs: Vec<Vec<(usize, usize)>> = Vec::new();
    for pair in same.drain(..) {
        match runs.last_mut() {
            Some(run) if run.last().is_some_and(|(one, other)| (one + 1, other + 1) == pair) => run.push(pair),
            _ => runs.push(vec![pair]),
        }
    }
    let weight = |run: &[(usize, usize)]| run.iter().map(|(word, _)| u32::from(given[*word].weight)).sum::<u32>();
    // Different words of the quotation are on both sides of it.
    let is_island = |at: usize| {
        let before = at.checked_sub(1).map_or(0, |before| last(&runs[before]) + 1);
        let after = runs.get(at + 1).map_or(given.len(), |after| after[0].0);
        runs.len() > 1 && weight(&runs[at]) < MIN_ISLAND && before < runs[at][0].0 && last(&runs[at]) + 1 < after
    };
    let kept: Vec<_> = (0..runs.len()).filter(|at| !is_island(*at)).flat_map(|at| runs[at].clone()).collect();
    *same = kept;
}

/// The last word of the quotation in a run.
fn last(run: &[(usize, usize)]) -> usize {
    run.last().map_or(0, |(word, _)| *word)
}

fn hunks(same: &[(usize, usize)], steps: &[Step], given: &[Word]) -> Vec<Hunk> {
    let is_cut = |at: usize| steps.contains(&Step::Omitted(at, true));
    let mut hunks = Vec::new();
    let (mut word, mut place): (usize, Option<usize>) = (0, None);
    let ends = [(given.len(), None)];
    for (next, at) in same.iter().map(|(word, at)| (*word, Some(*at))).chain(ends) {
        let source = match (place, at) {
            (Some(place), Some(at)) => place..at,
            (None, Some(at)) => at..at,
            (Some(place), None) => place..place,
            (None, None) => 0..0,
        };
        if word < next || !source.is_empty() {
            let cut = word == next && source.clone().all(is_cut);
            hunks.push(Hunk { given: word..next, source, cut });
        }
        (word, place) = (next + 1, at.map(|at| at + 1));
    }
    hunks
}
