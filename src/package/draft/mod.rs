//! The draft of a package, from a plain text: what a program can find, with `TODO` for everything that a person decides.
//!
//! `clean` leaves out what no text may have, `time` (beside this room) and `mentions` find dates, actors and places, `segments` proposes
//! clauses and lead-ins at `boundaries`, `skeleton` puts them together, and `yaml` writes them down. Whose words a clause is,
//! it never says: only whether they are inside quotation marks. It translates nothing.

mod boundaries;
mod clean;
mod mentions;
mod segments;
mod skeleton;
mod yaml;

use crate::{
    corpus::Slug,
    package::{
        draft::{mentions::Names, yaml::Head},
        known::Known,
        original::Original,
    },
    text::{Language, normalize::is_arabic},
};

/// The maximum size of a text in bytes. Its draft repeats it, and more.
pub const MAX_TEXT_BYTES: usize = 2 << 20;
/// The maximum number of clauses, dates and mentions together. A package has at most 20,000 items, issuers included.
const MAX_ITEMS: usize = 19_000;

/// Why there is no draft.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub enum DraftError {
    /// The text has no words.
    #[error("the text has no words")]
    Empty,
    /// The text is larger than a draft can be made of.
    #[error("the text has {0} bytes, and a draft is made of at most {MAX_TEXT_BYTES}")]
    TooLarge(usize),
    /// Each paragraph is a clause at least, and a package has a limited number of them.
    #[error("the text has {0} paragraphs, and a draft is made of at most {MAX_ITEMS}: each line with words is one")]
    TooManyParagraphs(usize),
}

/// A draft.
#[derive(Debug)]
pub struct Draft {
    /// The package, in YAML.
    pub yaml: String,
    /// What its editor has to know; the package has it as comments.
    pub remarks: Vec<String>,
}

/// Drafts the package of a text. `name` is that of its file, and is a part of the proposed id. Without a language, it is the one
/// that most letters belong to.
///
/// # Errors
/// When the text has no words, or more than a package can have.
pub fn draft(name: &str, text: &str, language: Option<Language>, known: &Known) -> Result<Draft, DraftError> {
    if text.len() > MAX_TEXT_BYTES {
        return Err(DraftError::TooLarge(text.len()));
    }
    let (text, removed) = clean::clean(text);
    if !text.chars().any(char::is_alphanumeric) {
        return Err(DraftError::Empty);
    }
    let language = language.unwrap_or_else(|| language_of(&text));
    let original = Original::new(text);
    if original.paragraphs().len() > MAX_ITEMS {
        return Err(DraftError::TooManyParagraphs(original.paragraphs().len()));
    }
    let skeleton = skeleton::skeleton(&original, &Names::new(known, language), MAX_ITEMS);
    let mut remarks = vec!["A draft. Finish every TODO, or leave its key out; check what is proposed: clauses, dates, mentions and ids.".to_owned()];
    remarks.extend(removed);
    if skeleton.omitted > 0 {
        remarks.push(format!("a package has room for some of the dates and mentions only; left out: {}", skeleton.omitted));
    }
    let id = id(name, &skeleton, known);
    let yaml = yaml::write(&Head { id: &id, language, remarks: &remarks }, &original, &skeleton);
    Ok(Draft { yaml, remarks })
}

/// The language that most letters belong to.
fn language_of(text: &str) -> Language {
    let arabic = text.chars().filter(|char| is_arabic(*char)).count();
    if arabic * 2 > text.chars().filter(|char| char.is_alphabetic()).count() { Language::Ar } else { Language::En }
}

/// An id that no statement has: the name of the file, and the date of the text if it has one.
fn id(name: &str, skeleton: &skeleton::Skeleton, known: &Known) -> String {
    const MAX_NAME: usize = 40;
    let lower = name.to_lowercase();
    let parts: Vec<&str> = lower.split(|char: char| !char.is_ascii_alphanumeric()).filter(|part| !part.is_empty()).collect();
    let mut id: String = parts.join("-").chars().take(MAX_NAME).collect();
    if id.is_empty() {
        id.push_str("statement");
    }
    if let Some(day) = skeleton.issued.day {
        id = format!("{}-{day}", id.trim_end_matches('-'));
    }
    let is_free = |id: &String| id.parse::<Slug>().is_ok() && !known.statements.contains_key(id);
    let numbered = (2..).map(|number| format!("{}-{number}", id.trim_end_matches('-')));
    std::iter::once(id.trim_end_matches('-').to_owned()).chain(numbered).find(is_free).unwrap_or_default()
}
