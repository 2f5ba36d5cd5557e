//! The tables of words as a whole, for those who must know whether the analysis has changed.

/// Every table in `data/`, in the order of their names.
pub const TABLES: [&str; 16] = [
    include_str!("data/arabic_exceptions.tsv"),
    include_str!("data/arabic_plurals.tsv"),
    include_str!("data/arabic_verbs.tsv"),
    include_str!("data/calendar.tsv"),
    include_str!("data/editorial.tsv"),
    include_str!("data/english_verbs.tsv"),
    include_str!("data/english_words.tsv"),
    include_str!("data/function_words.tsv"),
    include_str!("data/homographs.tsv"),
    include_str!("data/negations.tsv"),
    include_str!("data/numerals.tsv"),
    include_str!("data/opposites.tsv"),
    include_str!("data/phrases.tsv"),
    include_str!("data/reporting.tsv"),
    include_str!("data/states.tsv"),
    include_str!("data/synonyms.tsv"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_file_of_the_folder_is_listed_in_order() {
        let mut files: Vec<_> = std::fs::read_dir("src/text/data").unwrap().map(|entry| entry.unwrap().path()).collect();
        files.sort();
        assert_eq!(files.iter().map(|file| std::fs::read_to_string(file).unwrap()).collect::<Vec<_>>(), TABLES);
    }
}
