//! The API described: `/openapi.json`, generated from the code, and `/docs`, generated from that.

mod completion;
mod document;
mod examples;
mod problems;
mod serve;

pub use document::document;
pub use examples::EXAMPLES;
pub use problems::{PlainProblems, Problems};
pub use serve::routes;
