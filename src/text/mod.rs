//! Arabic and English as text: normalizing, analysing, matching. It knows no store and no protocol.
//!
//! [`normalize`](mod@normalize) folds the spellings of one thing, and [`words`] finds the words with their offsets in the
//! original text. A word is analysed into tokens, one for each reading: the stems that its letters allow ([`arabic`],
//! with its [`lexicon`], or [`english`]), the verbs and the nouns with broken plurals that list it ([`lemmas`]), and its
//! number ([`numerals`]). Two words match where they share a token. [`query`] and [`matcher`] are built on these: they
//! parse a query, and find its matches in a text.
//!
//! Quotations are compared word by word and letter by letter: [`tokenize`] finds them, [`indexed_source`] finds those of a
//! [`quotation`] in a source, [`align`] and [`hunks`] find the nearest passage, and [`writing`] finds differences in the writing of equal words.
//!
//! The words themselves are tables in `data/`, which a linguist can read and extend.
//!
//! All offsets are Unicode code points, 0-based and half-open. (Rust counts bytes; this is the one place that converts.)

pub mod alias_key;
pub mod align;
mod analysis;
pub mod arabic;
pub mod bidi;
pub mod calendar;
mod conjugation;
pub mod date_keys;
pub mod editorial;
pub mod english;
pub mod fold;
pub mod function_words;
mod homographs;
pub mod hunks;
pub mod indexed_source;
mod language;
pub mod lemmas;
pub mod lexicon;
pub mod marks;
pub mod markup;
pub mod matcher;
pub mod negation;
pub mod normalize;
pub mod number_token;
pub mod numerals;
pub mod opposites;
pub mod particles;
pub mod passage_words;
pub mod phrases;
pub mod query;
pub mod quotation;
pub mod reporting;
pub mod similarity;
pub mod snippet;
pub mod span;
mod synonyms;
pub mod tokenize;
pub(crate) mod tsv;
mod units;
pub mod vocabulary;
pub mod words;
pub mod writing;

pub use language::Language;
