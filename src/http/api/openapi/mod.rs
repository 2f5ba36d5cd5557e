//! The API described: `/openapi.json`, generated from the code, and the reference at `/docs/`, generated from that.

mod completion;
mod document;
mod examples;
mod problems;
mod prose;
mod reference;
mod sample;
mod schema;
mod serve;
mod urls;

pub use document::document;
pub use examples::{EXAMPLES, PROBLEM_EXAMPLE};
pub use problems::{DraftProblems, PlainProblems, Problems};
pub use serve::{Description, icon, json, redirect_to_reference, reference, stylesheet};
