//! Whether two words are probably forms of the same word: they have most of their letters in common, in one run.

/// The minimum number of letters that two forms of a word have in common.
const MIN_SHARED: usize = 3;

/// The letters of a word without its conjunction and article.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Core {
    letters: Vec<char>,
    /// A bit for each letter modulo 64: two words with too few bits in common need not be compared.
    bits: u64,
}

impl Core {
    /// The core of a word, by its key.
    #[must_use]
    pub fn of(key: &str) -> Self {
        let core = key.strip_prefix("ال").or_else(|| key.strip_prefix("وال")).unwrap_or(key);
        let letters: Vec<char> = core.chars().collect();
        let bits = letters.iter().fold(0, |bits, letter| bits | 1 << (u32::from(*letter) % 64));
        Self { letters, bits }
    }

    /// Whether both have three letters in a row in common, and three fifths of the longer.
    #[must_use]
    pub fn is_close(&self, other: &Self) -> bool {
        let (shorter, longer) = if self.letters.len() <= other.letters.len() { (self, other) } else { (other, self) };
        let needed = MIN_SHARED.max((longer.letters.len() * 3).div_ceil(5));
        let repeats = shorter.letters.len() - (shorter.bits.count_ones() as usize).min(shorter.letters.len());
        let may_share = (self.bits & other.bits).count_ones() as usize + repeats >= needed;
        shorter.letters.len() >= needed && may_share && shorter.letters.windows(needed).any(|run| longer.letters.windows(needed).any(|other| run == other))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_of_a_word_are_close_and_other_words_are_not() {
        let close = |one: &str, other: &str| Core::of(one).is_close(&Core::of(other)) && Core::of(other).is_close(&Core::of(one));
        assert!(close("عضوا", "عضو") && close("تستمر", "ستستمر") && close("تبدا", "بدات") && close("commit", "commits"));
        assert!(!close("المهمه", "المنطقه") && !close("سوريا", "العراق") && !close("will", "with"));
    }
}
