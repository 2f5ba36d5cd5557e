//! CSV (RFC 4180): every list as a flat table, with stable columns and both languages.
//!
//! Texts that a spreadsheet would run as a formula begin with an apostrophe; numbers stay numbers. There is no byte
//! order mark unless it is asked for.

use crate::corpus::{
    BilingualText, UncertainDate, actors::Actor, changes::Change, clauses::Clause, dates::DateExpression, locations::Location, milestones::Milestone, name,
    notes::Note, statements::Statement,
};
use crate::formats::{List, RenderContext, RenderError};

/// What marks a file as UTF-8 for spreadsheets that would not guess it.
const BYTE_ORDER_MARK: &[u8] = b"\xEF\xBB\xBF";

/// One cell.
#[derive(Debug)]
pub enum Cell {
    /// Words, which must not run.
    Words(String),
    /// A number, a truth value or a day of ours.
    Plain(String),
}

impl Cell {
    /// The cell as it is written. `= + - @`, a tab and a carriage return begin what a spreadsheet runs.
    fn written(self) -> String {
        match self {
            Self::Words(words) if words.starts_with(['=', '+', '-', '@', '\t', '\r']) => format!("'{words}"),
            Self::Words(text) | Self::Plain(text) => text,
        }
    }
}

/// Words.
#[expect(clippy::needless_pass_by_value, reason = "what is written once is given away")]
fn words(text: impl ToString) -> Cell {
    Cell::Words(text.to_string())
}

/// Words that may be missing.
fn perhaps(text: Option<&impl ToString>) -> Cell {
    Cell::Words(text.map(ToString::to_string).unwrap_or_default())
}

/// A number, a truth value or a day.
#[expect(clippy::needless_pass_by_value, reason = "what is written once is given away")]
fn plain(value: impl ToString) -> Cell {
    Cell::Plain(value.to_string())
}

/// Several values in one cell.
fn several<T: ToString>(values: impl IntoIterator<Item = T>) -> Cell {
    Cell::Words(values.into_iter().map(|value| value.to_string()).collect::<Vec<_>>().join(" "))
}

/// The Arabic and the English.
fn both(text: &BilingualText) -> [Cell; 2] {
    [words(&text.ar), words(&text.en)]
}

/// `edtf`, `earliest`, `latest`, `precision`, `basis`.
fn date(date: &UncertainDate) -> [Cell; 5] {
    let day = |day: Option<crate::corpus::Day>| plain(day.map(|day| day.to_string()).unwrap_or_default());
    [
        perhaps(date.edtf.as_ref()),
        day(date.earliest),
        day(date.latest),
        words(name(&date.precision)),
        words(date.basis.map(|basis| name(&basis)).unwrap_or_default()),
    ]
}

/// An item as a row of a table.
pub trait Row {
    /// The names of the columns.
    const COLUMNS: &'static [&'static str];

    /// The cells, one for each column.
    fn cells(&self, context: &RenderContext<'_>) -> Vec<Cell>;
}

/// Writes a list: a line of names, then a line for each item.
///
/// # Errors
/// When a row does not have as many cells as there are columns, which none of ours does.
pub fn list<T: Row>(list: &List<T>, context: &RenderContext<'_>) -> Result<Vec<u8>, RenderError> {
    let failed = |cause: csv::Error| RenderError(cause.to_string());
    let start = if context.bom { BYTE_ORDER_MARK.to_vec() } else { Vec::new() };
    let mut table = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(start);
    table.write_record(T::COLUMNS).map_err(failed)?;
    for item in &list.items {
        table.write_record(item.cells(context).into_iter().map(Cell::written)).map_err(failed)?;
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
        let mut cells = vec![words(&self.id), words(context.absolute_url(&self.url)), words(name(&self.kind))];
        cells.extend(both(&self.title));
        cells.extend(date(&self.issued));
        cells.push(several(&self.issuers));
        cells.extend(both(&self.source.publisher));
        cells.extend([words(&self.source.language), words(&self.source.sha256), plain(self.source.length)]);
        cells.extend(both(&self.license_note));
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
        let mut cells = vec![words(&self.id), words(context.absolute_url(&self.url)), words(&self.statement), words(&self.label)];
        cells.extend([plain(self.paragraph), plain(self.position), perhaps(self.parent.as_ref()), words(name(&self.voice)), words(name(&self.kind))]);
        cells.extend(both(&self.text));
        cells.extend([words(&self.translation), plain(self.quote.start), plain(self.quote.end)]);
        cells.push(several(self.actors.iter().map(|role| format!("{}:{}", role.id, name(&role.role)))));
        cells.push(several(self.locations.iter().map(|location| &location.id)));
        cells.push(several(self.dates.iter().map(|date| &date.id)));
        cells.push(several(self.milestones.iter().map(|milestone| &milestone.id)));
        cells.push(several(self.citations.iter().map(|citation| &citation.id)));
        cells.push(several(self.notes.iter().map(|note| &note.id)));
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
        let mut cells = vec![words(&self.id), words(context.absolute_url(&self.url)), words(&self.statement), words(&self.clause), words(name(&self.voice))];
        cells.extend([words(name(&self.r#type)), words(&self.quote.exact)]);
        cells.extend(date(&self.date));
        cells.extend([perhaps(self.anchor.as_ref()), plain(self.quote.start), plain(self.quote.end)]);
        let note = self.basis_note.as_ref();
        cells.extend([perhaps(note.map(|note| &note.ar)), perhaps(note.map(|note| &note.en))]);
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
        let mut cells = vec![words(&self.id), words(context.absolute_url(&self.url)), words(&self.statement), words(name(&self.kind)), words(name(&self.voice))];
        cells.extend(both(&self.title));
        cells.extend(date(&self.date));
        cells.extend([words(name(&self.status)), plain(self.days_until.map(|days| days.to_string()).unwrap_or_default()), plain(self.as_of)]);
        cells.extend([plain(self.conditional), several(&self.conditions)]);
        cells.push(several(self.clauses.iter().map(|clause| &clause.id)));
        cells.push(several(self.actors.iter().map(|actor| &actor.id)));
        cells.push(several(self.locations.iter().map(|location| &location.id)));
        cells.push(several(self.notes.iter().map(|note| &note.id)));
        let last = self.developments.last();
        cells.push(perhaps(last.and_then(|report| report.date.edtf.as_ref())));
        cells.extend([perhaps(last.map(|report| &report.text.ar)), perhaps(last.map(|report| &report.text.en))]);
        cells
    }
}

impl Row for Actor {
    const COLUMNS: &'static [&'static str] = &["id", "url", "name_ar", "name_en", "aliases", "kind", "parent", "country", "wikidata", "mentions", "notes"];

    fn cells(&self, context: &RenderContext<'_>) -> Vec<Cell> {
        let mut cells = vec![words(&self.id), words(context.absolute_url(&self.url))];
        cells.extend(both(&self.name));
        cells.extend([words(self.aliases.join("; ")), words(name(&self.kind)), perhaps(self.parent.as_ref()), perhaps(self.country.as_ref())]);
        cells.extend([perhaps(self.wikidata.as_ref()), plain(self.mentions.len()), several(self.notes.iter().map(|note| &note.id))]);
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
        let mut cells = vec![words(&self.id), words(context.absolute_url(&self.url))];
        cells.extend(both(&self.name));
        cells.extend([words(self.aliases.join("; ")), words(name(&self.kind)), perhaps(self.parent.as_ref()), perhaps(self.country.as_ref())]);
        cells.extend([perhaps(self.subdivision.as_ref()), perhaps(self.wikidata.as_ref()), plain(self.unspecified)]);
        let number = |number: Option<f64>| plain(number.map(|number| number.to_string()).unwrap_or_default());
        let point = self.point.as_ref();
        cells.extend([number(point.map(|point| point.lat)), number(point.map(|point| point.lon)), number(point.map(|point| point.precision_km))]);
        cells.extend([plain(self.mentions.len()), several(self.notes.iter().map(|note| &note.id))]);
        cells
    }
}

impl Row for Note {
    const COLUMNS: &'static [&'static str] =
        &["id", "url", "statement", "target", "kind", "severity", "exact", "start", "end", "text_ar", "text_en", "sources"];

    fn cells(&self, context: &RenderContext<'_>) -> Vec<Cell> {
        let mut cells = vec![words(&self.id), words(context.absolute_url(&self.url)), words(&self.statement), words(&self.target)];
        cells.extend([words(name(&self.kind)), words(name(&self.severity)), words(&self.quote.exact), plain(self.quote.start), plain(self.quote.end)]);
        cells.extend(both(&self.text));
        cells.push(several(self.sources.iter().filter_map(|source| source.url.as_ref())));
        cells
    }
}

impl Row for Change {
    const COLUMNS: &'static [&'static str] = &["id", "url", "revision", "at", "action", "resource", "target", "summary_ar", "summary_en"];

    fn cells(&self, context: &RenderContext<'_>) -> Vec<Cell> {
        let mut cells = vec![words(&self.id), words(context.absolute_url(&self.url)), plain(self.revision), plain(self.at.format("%Y-%m-%dT%H:%M:%SZ"))];
        cells.extend([words(name(&self.action)), words(name(&self.resource)), words(&self.target)]);
        cells.extend(both(&self.summary));
        cells
    }
}
