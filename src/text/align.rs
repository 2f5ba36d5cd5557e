//! Aligns the words of a quotation with those of a source: which words are equal, replaced, inserted or omitted.
//!
//! A semi-global alignment with affine gap costs (Gotoh 1982): of all words of the quotation with any stretch of the source.
//! Words of the source between two aligned words cost by their number, so that a single distant word is never aligned.

/// The score of an equal word, for each unit of its weight.
const SAME: i32 = 2;
/// The score of two words that have most of their letters in common.
const CLOSE: i32 = 8;
/// The cost of a word in place of another.
const REPLACED: i32 = 10;
/// The same when a finished alignment is scored: equal words around it make a replacement likelier.
const REPLACED_INSIDE: i32 = 7;
/// The cost of the first word that only the quotation has, and of each that follows it.
const INSERTED: Gap = Gap { first: 11, next: 2 };
/// The same when a finished alignment is scored: a long insertion separates stretches.
const INSERTED_INSIDE: Gap = Gap { first: 8, next: 5 };
/// The cost of the first word that only the source has, and of each that follows it.
const OMITTED: Gap = Gap { first: 9, next: 3 };
/// The same where the quotation marks a cut.
const CUT: Gap = Gap { first: 1, next: 1 };
/// The words of the source after the last word of the quotation are not omitted.
const NEVER: Gap = Gap { first: i32::MAX / 4, next: i32::MAX / 4 };
const LOWEST: i32 = i32::MIN / 4;

/// The cost of a run of words that only one side has.
#[derive(Clone, Copy)]
struct Gap {
    first: i32,
    next: i32,
}

/// A word of the quotation.
#[derive(Clone, Debug, Default)]
pub struct Word {
    /// Its number among the words of the source.
    pub number: Option<u32>,
    /// The numbers of the words that equal it without their particles, if the quotation may omit these.
    pub without_particles: Vec<u32>,
    /// The numbers of words that have most of its letters, in order.
    pub close: Vec<u32>,
    /// Its weight, from 1 to 10: low for function words.
    pub weight: u8,
    /// The quotation marks a cut before it.
    pub after_cut: bool,
}

impl Word {
    /// Whether this is the same word.
    #[must_use]
    pub fn is(&self, number: u32) -> bool {
        self.number == Some(number) || self.without_particles.contains(&number)
    }

    fn score(&self, number: u32) -> i32 {
        if self.is(number) {
            SAME * i32::from(self.weight)
        } else if self.close.binary_search(&number).is_ok() {
            CLOSE
        } else {
            -REPLACED
        }
    }
}

/// A step of an alignment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// The same word.
    Same(usize, usize),
    /// A word in place of another.
    Replaced(usize, usize),
    /// A word that only the quotation has.
    Inserted(usize),
    /// A word that only the source has; whether the quotation marks a cut there.
    Omitted(usize, bool),
}

impl Step {
    /// Its score, which depends on the step before it.
    #[must_use]
    pub fn score(self, before: Option<Self>, given: &[Word], source: &[u32]) -> i32 {
        match (self, before) {
            (Self::Same(word, at) | Self::Replaced(word, at), _) => given[word].score(source[at]).max(-REPLACED_INSIDE),
            (Self::Inserted(_), Some(Self::Inserted(_))) => -INSERTED_INSIDE.next,
            (Self::Inserted(_), _) => -INSERTED_INSIDE.first,
            (Self::Omitted(_, true), _) => -CUT.first,
            (Self::Omitted(..), Some(Self::Omitted(..))) => -OMITTED.next,
            (Self::Omitted(..), _) => -OMITTED.first,
        }
    }
}

/// The trace of a cell: the step that gave its score in two bits, and whether its insertion and its omission continue a gap.
const DIAGONAL: u8 = 0;
const INSERT: u8 = 1;
const OMIT: u8 = 2;
const WAY: u8 = 3;
const CONTINUES_INSERTION: u8 = 4;
const CONTINUES_OMISSION: u8 = 8;

/// The best alignment of all words of the quotation with a stretch of the source, in order; `None` if `stop` returns true.
///
/// Time and memory are proportional to the product of both lengths.
#[must_use]
pub fn align(given: &[Word], source: &[u32], stop: &dyn Fn() -> bool) -> Option<Vec<Step>> {
    let columns = source.len() + 1;
    let mut trace = vec![DIAGONAL; (given.len() + 1) * columns];
    let mut best = vec![0; columns];
    let mut insertion = vec![LOWEST; columns];
    for (row, word) in given.iter().enumerate() {
        if stop() {
            return None;
        }
        let gap = given.get(row + 1).map_or(NEVER, |next| if next.after_cut { CUT } else { OMITTED });
        let (mut diagonal, mut omission) = (0, LOWEST);
        let cells = &mut trace[(row + 1) * columns..(row + 2) * columns];
        for column in 0..columns {
            let (opened, continued) = (best[column] - INSERTED.first, insertion[column] - INSERTED.next);
            insertion[column] = opened.max(continued);
            let (mut score, mut way) = (insertion[column], INSERT);
            let mut continues = if continued > opened { CONTINUES_INSERTION } else { 0 };
            if column > 0 {
                let (opened, continued) = (best[column - 1] - gap.first, omission - gap.next);
                omission = opened.max(continued).max(LOWEST);
                continues |= if continued > opened { CONTINUES_OMISSION } else { 0 };
                let same = diagonal + word.score(source[column - 1]);
                if same >= score {
                    (score, way) = (same, DIAGONAL);
                }
                if omission > score {
                    (score, way) = (omission, OMIT);
                }
            }
            cells[column] = way | continues;
            diagonal = std::mem::replace(&mut best[column], score);
        }
    }
    // Of equal scores the first: a reader finds that stretch first.
    let end = (0..columns).rev().max_by_key(|column| best[*column])?;
    Some(trace_back(given, source, &trace, end))
}

fn trace_back(given: &[Word], source: &[u32], trace: &[u8], end: usize) -> Vec<Step> {
    let columns = source.len() + 1;
    let (mut row, mut column) = (given.len(), end);
    let mut steps = Vec::new();
    // The run of insertions or omissions that is not at its first word yet.
    let mut run = None;
    while row > 0 {
        let cell = trace[row * columns + column];
        match run.unwrap_or(cell & WAY) {
            INSERT => {
                row -= 1;
                steps.push(Step::Inserted(row));
                run = (cell & CONTINUES_INSERTION != 0).then_some(INSERT);
            }
            OMIT => {
                column -= 1;
                steps.push(Step::Omitted(column, given.get(row).is_some_and(|next| next.after_cut)));
                run = (cell & CONTINUES_OMISSION != 0).then_some(OMIT);
            }
            _ => {
                (row, column) = (row - 1, column - 1);
                steps.push(if given[row].is(source[column]) { Step::Same(row, column) } else { Step::Replaced(row, column) });
            }
        }
    }
    steps.reverse();
    steps
}

#[cfg(test)]
mod tests {
    use super::*;

    fn aligned(given: &str, source: &str) -> String {
        let number = |char: char| u32::from(char);
        let words: Vec<Word> = given.chars().map(|char| Word { number: Some(number(char)), weight: 10, ..Word::default() }).collect();
        let source: Vec<u32> = source.chars().map(number).collect();
        let steps = align(&words, &source, &|| false).unwrap();
        let step = |step: &Step| match step {
            Step::Same(..) => '=',
            Step::Replaced(..) => '~',
            Step::Inserted(_) => '+',
            Step::Omitted(..) => '-',
        };
        steps.iter().map(step).collect()
    }

    #[test]
    fn words_are_aligned_where_most_are_the_same() {
        for (given, source, steps) in [
            ("abcd", "xxabcdxx", "===="),
            ("abXd", "xxabcdxx", "==~="),
            ("abcd", "abxcd", "==-=="),
            ("abXYZcd", "abcd", "==+++=="),
            ("Xabc", "abc", "+==="),
            ("abcX", "abcd", "===~"),
            ("abcdef", "xabcyyyyyyyyyyydefx", "===-----------==="),
        ] {
            assert_eq!(aligned(given, source), steps, "{given} in {source}");
        }
    }

    #[test]
    fn a_word_far_away_is_not_aligned() {
        assert!(!aligned("abcZ", &format!("abc{}Z", "x".repeat(40))).contains('-'));
    }
}
