//! CSV (RFC 4180): every list as a flat table, with stable columns and both languages.
//!
//! A text that a spreadsheet would run as a formula gets a leading apostrophe; numbers stay numbers. A byte order mark is
//! written on request only.

use crate::corpus::{
    BilingualText, Day, Mention, UncertainDate, actors::Actor, changes::Change, clauses::Clause, dates::DateExpression, enum_name, locations::Location,
    milestones::Milestone, notes::Note, statements::Statement,
};
use crate::formats::{context::RenderContext, envelope::List, error::RenderError};

/// Marks a file as UTF-8 for spreadsheets that do not detect it.
const BYTE_ORDER_MARK: &[u8] = b"\xEF\xBB\xBF";

/// One cell.
#[derive(Debug)]
pub enum Cell {
    /// A text, escaped if a spreadsheet would run it.
    Escaped(String),
    /// A number, a boolean or a date, which no spreadsheet runs.
    Raw(String),
}

impl Cell {
    /// The content of the cell. A spreadsheet runs what begins with `= + - @`, a tab or a carriage return.
    fn into_content(self) -> String {
        match self {
            Self::Escaped(text) if text.starts_with(['=', '+', '-', '@', '\t', '\r']) => format!("'{text}"),
            Self::Escaped(text) | Self::Raw(text) => text,
        }
    }
}

/// A text.
#[expect(clippy::needless_pass_by_value, reason = "callers give the value away")]
fn escaped(text: impl ToString) -> Cell {
    Cell::Escaped(text.to_string())
}

/// A text; an empty cell for none.
fn optional(text: Option<&impl ToString>) -> Cell {
    Cell::Escaped(text.map(ToString::to_string).unwrap_or_default())
}

/// A number, a boolean or a date.
#[expect(clippy::needless_pass_by_value, reason = "callers give the value away")]
fn raw(value: impl ToString) -> Cell {
    Cell::Raw(value.to_string())
}

/// Several values in one cell, separated by spaces.
fn joined<T: ToString>(values: impl IntoIterator<Item = T>) -> Cell {
    Cell::Escaped(values.into_iter().map(|value| value.to_string()).collect::<Vec<_>>().join(" "))
}

/// The Arabic and the English cell.
fn bilingual(text: &BilingualText) -> [Cell; 2] {
    [escaped(&text.ar), escaped(&text.en)]
}

/// `edtf`, `earliest`, `latest`, `precision`, `basis`.
fn date(date: &UncertainDate) -> [Cell; 5] {
    let day = |day: Option<Day>| raw(day.map(|day| day.to_string()).unwrap_or_default());
    [
        optional(date.edtf.as_ref()),
        day(date.earliest),
        day(date.latest),
        escaped(enum_name(&date.precision)),
        escaped(date.basis.map(|basis| enum_name(&basis)).unwrap_or_default()),
    ]
}

/// An item that is a row of a table.
pub trait Row {
    /// The column names.
    const COLUMNS: &'static [&'static str];

    /// The cells, one a column.
    fn cells(&self, context: &RenderContext<'_>) -> Vec<Cell>;
}

/// Writes a list: a header line, then a line for each item.
///
/// # Errors
/// If a row has more or fewer cells than there are columns.
pub fn list<T: Row>(list: &List<T>, context: &RenderContext<'_>) -> Result<Vec<u8>, RenderError> {
    let csv_error = |cause: csv::Error| RenderError(cause.to_string());
    let start = if context.bom { BYTE_ORDER_MARK.to_vec() } else { Vec::new() };
    let mut table = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(start);
    table.write_record(T::COLUMNS).map_err(csv_error)?;
    for item in &list.items {
        table.write_record(item.cells(context).into_iter().map(Cell::into_content)).map_err(csv_error)?;
    }
    table.into_inner().map_err(|cause| RenderError(cause.to_string()))
}

impl Row for Statement {
    const COLUMNS: &'static [&'static str] = &[
        "id",
        "url",
        "kind",
        "title_ar",
        "title_en",
        "edtf",
        "earliest",
        "latest",
        "precision",
        "basis",
        "issuers",
        "publisher_ar",
        "publisher_en",
        "language",
        "sha256",
        "length",
        "license_note_ar",
        "license_note_en",
    ];

    fn cells(&self, context: &RenderContext<'_>) -> Vec<Cell> {
        let mut cells = vec![escaped(&self.id), escaped(context.absolute_url(&self.url)), escaped(enum_name(&self.kind))];
        cells.extend(bilingual(&self.title));
        cells.extend(date(&self.issued));
        cells.push(joined(&self.issuers));
        cells.extend(bilingual(&self.source.publisher));
        cells.extend([escaped(&self.source.language), escaped(&self.source.sha256), raw(self.source.length)]);
        cells.extend(bilingual(&self.license_note));
        cells
    }
}

impl Row for Clause {
    const COLUMNS: &'static [&'static str] = &[
        "id",
        "url",
        "statement",
        "label",
        "paragraph",
        "position",
        "parent",
        "voice",
        "kind",
        "text_ar",
        "text_en",
        "translation",
        "start",
        "end",
        "actors",
        "locations",
        "dates",
        "milestones",
        "citations",
        "notes",
    ];

    fn cells(&self, context: &RenderContext<'_>) -> Vec<Cell> {
        let mut cells = vec![escaped(&self.id), escaped(context.absolute_url(&self.url)), escaped(&self.statement), escaped(&self.label)];
        cells.extend([
            raw(self.paragraph),
            raw(self.position),
            optional(self.parent.as_ref()),
            escaped(enum_name(&self.voice)),
            escaped(enum_name(&self.kind)),
        ]);
        cells.extend(bilingual(&self.text));
        cells.extend([escaped(&self.translation), raw(self.quote.start), raw(self.quote.end)]);
        cells.push(joined(self.actors.iter().map(|role| format!("{}:{}", role.id, enum_name(&role.role)))));
        cells.push(joined(self.locations.iter().map(|location| &location.id)));
        cells.push(joined(self.dates.iter().map(|date| &date.id)));
        cells.push(joined(self.milestones.iter().map(|milestone| &milestone.id)));
        cells.push(joined(self.citations.iter().map(|citation| &citation.id)));
        cells.push(joined(self.notes.iter().map(|note| &note.id)));
        cells
    }
}

impl Row for DateExpression {
    const COLUMNS: &'static [&'static str] = &[
        "id",
        "url",
        "statement",
        "clause",
        "voice",
        "type",
        "exact",
        "edtf",
        "earliest",
        "latest",
        "precision",
        "basis",
        "anchor",
        "start",
        "end",
        "basis_note_ar",
        "basis_note_en",
    ];

    fn cells(&self, context: &RenderContext<'_>) -> Vec<Cell> {
        let mut cells =
            vec![escaped(&self.id), escaped(context.absolute_url(&self.url)), escaped(&self.statement), escaped(&self.clause), escaped(enum_name(&self.voice))];
        cells.extend([escaped(enum_name(&self.r#type)), escaped(&self.quote.exact)]);
        cells.extend(date(&self.date));
        cells.extend([optional(self.anchor.as_ref()), raw(self.quote.start), raw(self.quote.end)]);
        let note = self.basis_note.as_ref();
        cells.extend([optional(note.map(|note| &note.ar)), optional(note.map(|note| &note.en))]);
        cells
    }
}

impl Row for Milestone {
    const COLUMNS: &'static [&'static str] = &[
        "id",
        "url",
        "statement",
        "kind",
        "voice",
        "title_ar",
        "title_en",
        "edtf",
        "earliest",
        "latest",
        "precision",
        "basis",
        "status",
        "days_until",
        "as_of",
        "conditional",
        "conditions",
        "clauses",
        "actors",
        "locations",
        "notes",
        "last_reported",
        "last_report_ar",
        "last_report_en",
    ];

    fn cells(&self, context: &RenderContext<'_>) -> Vec<Cell> {
        let mut cells = vec![
            escaped(&self.id),
            escaped(context.absolute_url(&self.url)),
            escaped(&self.statement),
            escaped(enum_name(&self.kind)),
            escaped(enum_name(&self.voice)),
        ];
        cells.extend(bilingual(&self.title));
        cells.extend(date(&self.date));
        cells.extend([escaped(enum_name(&self.status)), raw(self.days_until.map(|days| days.to_string()).unwrap_or_default()), raw(self.as_of)]);
        cells.extend([raw(self.conditional), joined(&self.conditions)]);
        cells.push(joined(self.clauses.iter().map(|clause| &clause.id)));
        cells.push(joined(self.actors.iter().map(|actor| &actor.id)));
        cells.push(joined(self.locations.iter().map(|location| &location.id)));
        cells.push(joined(self.notes.iter().map(|note| &note.id)));
        let last = self.developments.last();
        cells.push(optional(last.and_then(|report| report.date.edtf.as_ref())));
        cells.extend([optional(last.map(|report| &report.text.ar)), optional(last.map(|report| &report.text.en))]);
        cells
    }
}

impl Row for Actor {
    const COLUMNS: &'static [&'static str] = &["id", "url", "name_ar", "name_en", "aliases", "kind", "parent", "country", "wikidata", "mentions", "notes"];

    fn cells(&self, context: &RenderContext<'_>) -> Vec<Cell> {
        let mut cells = vec![escaped(&self.id), escaped(context.absolute_url(&self.url))];
        cells.extend(bilingual(&self.name));
        cells.extend([escaped(self.aliases.join("; ")), escaped(enum_name(&self.kind)), optional(self.parent.as_ref()), optional(self.country.as_ref())]);
        cells.extend([optional(self.wikidata.as_ref()), raw(self.mentions.len()), joined(self.notes.iter().map(|note| &note.id))]);
        cells
    }
}

impl Row for Location {
    const COLUMNS: &'static [&'static str] = &[
        "id",
        "url",
        "name_ar",
        "name_en",
        "aliases",
        "kind",
        "parent",
        "country",
        "subdivision",
        "wikidata",
        "unspecified",
        "lat",
        "lon",
        "precision_km",
        "mentions",
        "notes",
    ];

    fn cells(&self, context: &RenderContext<'_>) -> Vec<Cell> {
        let mut cells = vec![escaped(&self.id), escaped(context.absolute_url(&self.url))];
        cells.extend(bilingual(&self.name));
        cells.extend([escaped(self.aliases.join("; ")), escaped(enum_name(&self.kind)), optional(self.parent.as_ref()), optional(self.country.as_ref())]);
        cells.extend([optional(self.subdivision.as_ref()), optional(self.wikidata.as_ref()), raw(self.unspecified)]);
        let number = |number: Option<f64>| raw(number.map(|number| number.to_string()).unwrap_or_default());
        let point = self.point.as_ref();
        cells.extend([number(point.map(|point| point.lat)), number(point.map(|point| point.lon)), number(point.map(|point| point.precision_km))]);
        cells.extend([raw(self.mentions.len()), joined(self.notes.iter().map(|note| &note.id))]);
        cells
    }
}

impl Row for Mention {
    const COLUMNS: &'static [&'static str] = &["statement", "clause", "exact", "start", "end"];

    fn cells(&self, _: &RenderContext<'_>) -> Vec<Cell> {
        vec![escaped(&self.statement), optional(self.clause.as_ref()), escaped(&self.quote.exact), raw(self.quote.start), raw(self.quote.end)]
    }
}

impl Row for Note {
    const COLUMNS: &'static [&'static str] =
        &["id", "url", "statement", "target", "kind", "severity", "exact", "start", "end", "text_ar", "text_en", "sources"];

    fn cells(&self, context: &RenderContext<'_>) -> Vec<Cell> {
        let mut cells = vec![escaped(&self.id), escaped(context.absolute_url(&self.url)), escaped(&self.statement), escaped(&self.target)];
        cells.extend([
            escaped(enum_name(&self.kind)),
            escaped(enum_name(&self.severity)),
            escaped(&self.quote.exact),
            raw(self.quote.start),
            raw(self.quote.end),
        ]);
        cells.extend(bilingual(&self.text));
        cells.push(joined(self.sources.iter().filter_map(|source| source.url.as_ref())));
        cells
    }
}

impl Row for Change {
    const COLUMNS: &'static [&'static str] = &["id", "url", "revision", "at", "action", "resource", "target", "summary_ar", "summary_en"];

    fn cells(&self, context: &RenderContext<'_>) -> Vec<Cell> {
        let mut cells = vec![escaped(&self.id), escaped(context.absolute_url(&self.url)), raw(self.revision), raw(self.at.format("%Y-%m-%dT%H:%M:%SZ"))];
        cells.extend([escaped(enum_name(&self.action)), escaped(enum_name(&self.resource)), escaped(&self.target)]);
        cells.extend(bilingual(&self.summary));
        cells
    }
}
