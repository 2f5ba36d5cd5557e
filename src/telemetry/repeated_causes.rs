//! Which errors and warnings are logged: of many at one place in the program in a second, the first ones, and one line for the
//! rest.

use std::{fmt, sync::LazyLock, time::Instant};

use tracing::{
    Event, Level, Subscriber,
    field::{Field, Visit},
};
use tracing_subscriber::{Layer, layer::Context};

use crate::telemetry::repeated_lines::{MAX_LINES, RepeatedLines};

/// By the name of the event, which is its place in the program.
static LINES: LazyLock<RepeatedLines<&'static str>> = LazyLock::new(RepeatedLines::default);

/// Disables the other events. Requests that fail in the same way have the same cause, once for each of them.
#[derive(Clone, Copy, Debug)]
pub struct RepeatedCauses;

impl RepeatedCauses {
    /// Logs the number of events in the present second without a line.
    pub fn end() {
        LINES.end();
    }
}

impl<S: Subscriber> Layer<S> for RepeatedCauses {
    fn event_enabled(&self, event: &Event<'_>, _: Context<'_, S>) -> bool {
        let (metadata, level) = (event.metadata(), *event.metadata().level());
        if level > Level::WARN {
            return true;
        }
        let mut message = Message::default();
        event.record(&mut message);
        LINES.has_line(metadata.name(), MAX_LINES, Instant::now(), move |events| {
            if level == Level::ERROR {
                tracing::error!(events, "{message} (more events like this within a second)");
            } else {
                tracing::warn!(events, "{message} (more events like this within a second)");
            }
        })
    }
}

/// The message of an event.
#[derive(Debug, Default)]
struct Message(String);

impl Visit for Message {
    fn record_debug(&mut self, field: &Field, value: &dyn fmt::Debug) {
        if field.name() == "message" {
            self.0 = format!("{value:?}");
        }
    }
}

impl fmt::Display for Message {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}
