//! Expressions of time: which words they are, and the days that the text alone decides.
//!
//! [`words`] has the vocabulary, [`reader`] numbers, years and months, [`points`] and [`lengths`] read what an expression is made
//! of, [`expressions`] joins them with what limits them, and [`issue_date`] finds the day from which relative ones are counted.

pub mod expressions;
pub mod hijri;
pub mod issue_date;
mod lengths;
pub mod point;
mod points;
pub mod reader;
pub mod units;
mod words;
