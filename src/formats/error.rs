//! The error of a format writer.

/// A representation could not be written.
#[derive(Debug, thiserror::Error)]
#[error("cannot write the representation: {0}")]
pub struct RenderError(pub String);
