//! The lines of the log, as text or as JSON. Every value in them is bounded.

use std::fmt;

use serde_json::{Map, Value};
use tracing::{
    Event, Level, Subscriber,
    field::{Field, Visit},
};
use tracing_subscriber::{
    field::RecordFields,
    fmt::{
        FmtContext, FormatEvent, FormatFields, FormattedFields,
        format::Writer,
        time::{FormatTime, SystemTime},
    },
    registry::{LookupSpan, Scope},
};

use crate::{config::LogFormat, telemetry::bounded::bounded};

/// Formats the events and the spans of the log.
#[derive(Clone, Copy, Debug)]
pub struct LineFormat(pub LogFormat);

impl<'writer> FormatFields<'writer> for LineFormat {
    fn format_fields<R: RecordFields>(&self, mut writer: Writer<'writer>, fields: R) -> fmt::Result {
        let mut values = Values::new(self.0);
        fields.record(&mut values);
        values.write(&mut writer)
    }
}

impl<S: Subscriber + for<'lookup> LookupSpan<'lookup>> FormatEvent<S, Self> for LineFormat {
    fn format_event(&self, context: &FmtContext<'_, S, Self>, mut writer: Writer<'_>, event: &Event<'_>) -> fmt::Result {
        let mut values = Values::new(self.0);
        event.record(&mut values);
        let (level, target) = (*event.metadata().level(), event.metadata().target());
        let mut timestamp = String::new();
        SystemTime.format_time(&mut Writer::new(&mut timestamp))?;
        // The spans from the outermost one, each with its fields as they were formatted when it began.
        let spans = context.event_scope().into_iter().flat_map(Scope::from_root).map(|span| {
            let extensions = span.extensions();
            (span.name(), extensions.get::<FormattedFields<Self>>().map(|fields| fields.fields.clone()).unwrap_or_default())
        });
        match values {
            Values::Text { .. } => {
                write!(writer, "{timestamp} {} ", padded(level, writer.has_ansi_escapes()))?;
                for (name, fields) in spans {
                    write!(writer, "{name}{{{fields}}}: ")?;
                }
                write!(writer, "{target}: ")?;
                values.write(&mut writer)?;
            }
            Values::Json(fields) => {
                let span = |(name, fields): (&str, String)| {
                    let mut fields: Map<String, Value> = serde_json::from_str(&fields).unwrap_or_default();
                    fields.insert("name".to_owned(), name.into());
                    Value::Object(fields)
                };
                let spans: Vec<Value> = spans.map(span).collect();
                let mut line = Map::from_iter([
                    ("timestamp".to_owned(), timestamp.into()),
                    ("level".to_owned(), level.as_str().into()),
                    ("fields".to_owned(), Value::Object(fields)),
                    ("target".to_owned(), target.into()),
                ]);
                if let Some(innermost) = spans.last() {
                    line.insert("span".to_owned(), innermost.clone());
                    line.insert("spans".to_owned(), spans.into());
                }
                write!(writer, "{}", Value::Object(line))?;
            }
        }
        writeln!(writer)
    }
}

/// A level in five columns, in its colour on a terminal.
fn padded(level: Level, has_colours: bool) -> String {
    let colour = match level {
        Level::ERROR => 31,
        Level::WARN => 33,
        Level::INFO => 32,
        Level::DEBUG => 34,
        Level::TRACE => 35,
    };
    if has_colours { format!("\u{1b}[{colour}m{level:>5}\u{1b}[0m") } else { format!("{level:>5}") }
}

/// The fields of an event or a span, bounded, in the order in which they were given.
enum Values {
    /// As members of an object.
    Json(Map<String, Value>),
    /// As text: the message, and each other field behind a space and its name.
    Text { message: String, fields: String },
}

impl Values {
    fn new(format: LogFormat) -> Self {
        match format {
            LogFormat::Json => Self::Json(Map::new()),
            LogFormat::Text => Self::Text { message: String::new(), fields: String::new() },
        }
    }

    /// Adds a number or a boolean, which text has as JSON does.
    fn insert(&mut self, field: &Field, value: impl Into<Value> + fmt::Debug) {
        match self {
            Self::Json(values) => _ = values.insert(field.name().to_owned(), value.into()),
            Self::Text { .. } => self.insert_text(field, &format!("{value:?}")),
        }
    }

    /// Adds bounded text.
    fn insert_text(&mut self, field: &Field, value: &str) {
        match self {
            Self::Json(values) => _ = values.insert(field.name().to_owned(), value.into()),
            Self::Text { message, .. } if field.name() == "message" => value.clone_into(message),
            Self::Text { fields, .. } => [" ", field.name(), "=", value].into_iter().for_each(|part| fields.push_str(part)),
        }
    }

    /// Writes them as a JSON object, or as text with the message first.
    fn write(&self, writer: &mut Writer<'_>) -> fmt::Result {
        match self {
            Self::Json(values) => write!(writer, "{}", serde_json::to_string(values).map_err(|_| fmt::Error)?),
            Self::Text { message, fields } => {
                writer.write_str(message)?;
                writer.write_str(if message.is_empty() { fields.trim_start_matches(' ') } else { fields })
            }
        }
    }
}

impl Visit for Values {
    fn record_f64(&mut self, field: &Field, value: f64) {
        self.insert(field, value);
    }

    fn record_i64(&mut self, field: &Field, value: i64) {
        self.insert(field, value);
    }

    fn record_u64(&mut self, field: &Field, value: u64) {
        self.insert(field, value);
    }

    fn record_bool(&mut self, field: &Field, value: bool) {
        self.insert(field, value);
    }

    fn record_str(&mut self, field: &Field, value: &str) {
        let is_quoted = matches!(self, Self::Text { .. }) && field.name() != "message";
        self.insert_text(field, &if is_quoted { bounded(format_args!("{value:?}")) } else { bounded(value) });
    }

    fn record_debug(&mut self, field: &Field, value: &dyn fmt::Debug) {
        self.insert_text(field, &bounded(format_args!("{value:?}")));
    }
}
