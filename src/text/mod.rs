//! Arabic and English as text: normalising, analysing, matching. It knows no store and no protocol.
//!
//! Three steps, one file each: [`letters`] sees through the ways to write one thing, [`words`] finds the words with their
//! places in the original text, and a word is analysed into the [`stems`](words::Word::stems) that it may be a form of:
//! [`arabic`], with its [`lexicon`], or [`english`]. Two words match where they share a stem. On these rest
//! [`search`] (what a reader asks for) and [`quotation`] (what somebody says was said, [token](tokens) by token).
//!
//! All offsets are Unicode code points, 0-based and half-open. (Rust counts bytes; this is the one place that converts.)

pub mod arabic;
pub mod bidi;
pub mod english;
mod language;
pub mod lexicon;
pub mod months;
pub mod normalize;
pub mod query;
pub mod quotation;
pub mod tokenize;
pub mod words;

pub use language::Language;
