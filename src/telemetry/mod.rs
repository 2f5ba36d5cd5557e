//! The log and the metrics.

mod bounded;
mod line;
pub mod logging;
pub mod metrics;
mod prometheus_text;
mod repeated_causes;
pub mod repeated_lines;
