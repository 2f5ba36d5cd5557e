//! The log and the metrics.

mod bounded;
mod line;
pub mod logging;
pub mod metrics;
mod prometheus_text;
