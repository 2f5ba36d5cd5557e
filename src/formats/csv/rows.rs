//! The columns of each resource.

use crate::corpus::{
    Mention, actors::Actor, changes::Change, clauses::Clause, dates::DateExpression, enum_name, locations::Location, milestones::Milestone, notes::Note,
    statements::Statement,
};
use crate::formats::{
    context::RenderContext,
    csv::{
        cell::{Cell, bilingual, date, escaped, joined, optional, raw},
        row::Row,
    },
};

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
        "source_url",
        "developments_checked",
        "license_note_ar",
        "license_note_en",
    ];

    fn cells(&self, context: &RenderContext<'_>) -> Vec<Cell> {
        let mut cells = vec![escaped(&self.id), escaped(context.api_url(&self.url)), escaped(enum_name(&self.kind))];
        cells.extend(bilingual(&self.title));
        cells.extend(date(&self.issued));
        cells.push(joined(&self.issuers));
        cells.extend(bilingual(&self.source.publisher));
        cells.extend([escaped(self.source.language.code()), escaped(&self.source.sha256), raw(self.source.length)]);
        cells.extend([optional(self.source.url.as_ref()), raw(self.developments_checked.map(|day| day.to_string()).unwrap_or_default())]);
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
        "speaker",
        "kind",
        "text_ar",
        "text_en",
        "translation",
        "lead_in_ar",
        "lead_in_en",
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
        let mut cells = vec![escaped(&self.id), escaped(context.api_url(&self.url)), escaped(&self.statement), escaped(&self.label)];
        cells.extend([
            raw(self.paragraph),
            raw(self.position),
            optional(self.parent.as_ref()),
            escaped(enum_name(&self.voice)),
            optional(self.speaker.as_ref()),
            escaped(enum_name(&self.kind)),
        ]);
        cells.extend(bilingual(&self.text));
        let lead_in = self.lead_in.as_ref().map(|lead_in| &lead_in.text);
        cells.extend([escaped(&self.translation), optional(lead_in.map(|text| &text.ar)), optional(lead_in.map(|text| &text.en))]);
        cells.extend([raw(self.quote.start), raw(self.quote.end)]);
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
        "speaker",
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
            vec![escaped(&self.id), escaped(context.api_url(&self.url)), escaped(&self.statement), escaped(&self.clause), escaped(enum_name(&self.voice))];
        cells.extend([optional(self.speaker.as_ref()), escaped(enum_name(&self.r#type)), escaped(&self.quote.exact)]);
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
        "speaker",
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
            escaped(context.api_url(&self.url)),
            escaped(&self.statement),
            escaped(enum_name(&self.kind)),
            escaped(enum_name(&self.voice)),
            optional(self.speaker.as_ref()),
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
    const COLUMNS: &'static [&'static str] = &["id", "url", "name_ar", "name_en", "aliases", "kind", "parent", "country", "wikidata", "mention_count", "notes"];

    fn cells(&self, context: &RenderContext<'_>) -> Vec<Cell> {
        let mut cells = vec![escaped(&self.id), escaped(context.api_url(&self.url))];
        cells.extend(bilingual(&self.name));
        cells.extend([escaped(self.aliases.join("; ")), escaped(enum_name(&self.kind)), optional(self.parent.as_ref()), optional(self.country.as_ref())]);
        cells.extend([optional(self.wikidata.as_ref()), raw(self.mention_count), joined(self.notes.iter().map(|note| &note.id))]);
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
        "mention_count",
        "notes",
    ];

    fn cells(&self, context: &RenderContext<'_>) -> Vec<Cell> {
        let mut cells = vec![escaped(&self.id), escaped(context.api_url(&self.url))];
        cells.extend(bilingual(&self.name));
        cells.extend([escaped(self.aliases.join("; ")), escaped(enum_name(&self.kind)), optional(self.parent.as_ref()), optional(self.country.as_ref())]);
        cells.extend([optional(self.subdivision.as_ref()), optional(self.wikidata.as_ref()), raw(self.unspecified)]);
        let number = |number: Option<f64>| raw(number.map(|number| number.to_string()).unwrap_or_default());
        let point = self.point.as_ref();
        cells.extend([number(point.map(|point| point.lat)), number(point.map(|point| point.lon)), number(point.map(|point| point.precision_km))]);
        cells.extend([raw(self.mention_count), joined(self.notes.iter().map(|note| &note.id))]);
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
        let mut cells = vec![escaped(&self.id), escaped(context.api_url(&self.url)), escaped(&self.statement), escaped(&self.target)];
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
        let mut cells = vec![escaped(&self.id), escaped(context.api_url(&self.url)), raw(self.revision), raw(self.at.format("%Y-%m-%dT%H:%M:%SZ"))];
        cells.extend([escaped(enum_name(&self.action)), escaped(enum_name(&self.resource)), escaped(&self.target)]);
        cells.extend(bilingual(&self.summary));
        cells
    }
}
