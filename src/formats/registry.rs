//! The formats of every resource: the one table that content negotiation, links and the OpenAPI document follow from.

use serde::de::DeserializeOwned;

use crate::corpus::{
    Mention, Resource, Slug, actors::Actor, changes::Change, clauses::Clause, dates::DateExpression, locations::Location, milestones::Milestone, notes::Note,
    statements::Statement,
};
use crate::formats::{
    atom, bibtex, context::RenderContext, csl, csv, envelope::List, error::RenderError, format::Format, geojson, icalendar, jsonld, png, ris, svg, text,
};

/// Writes a list, or an item, in a format.
pub type WriteFn<T> = fn(&T, &RenderContext<'_>) -> Result<Vec<u8>, RenderError>;

/// A format other than JSON, with the functions that write it.
#[derive(Clone, Copy, Debug)]
pub struct FormatWriter<T> {
    /// The format.
    pub format: Format,
    /// Writes a list; `None` if only the item is available in this format.
    pub list: Option<WriteFn<List<T>>>,
    /// Writes one item; `None` if only the list is available in this format.
    pub item: Option<WriteFn<T>>,
}

impl<T> FormatWriter<T> {
    /// A format for lists only.
    const fn list_only(format: Format, list: WriteFn<List<T>>) -> Self {
        Self { format, list: Some(list), item: None }
    }

    /// A format for single items only.
    const fn item_only(format: Format, item: WriteFn<T>) -> Self {
        Self { format, list: None, item: Some(item) }
    }

    /// A format for lists and for single items.
    const fn list_and_item(format: Format, list: WriteFn<List<T>>, item: WriteFn<T>) -> Self {
        Self { format, list: Some(list), item: Some(item) }
    }
}

/// A resource that can be written in several formats.
pub trait Renderable: DeserializeOwned + Send + 'static {
    /// The formats other than JSON, which every resource is available in.
    const FORMATS: &'static [FormatWriter<Self>];

    /// The id of the statement that a citation of the item names; `None` if the item is not cited.
    fn cites(&self) -> Option<&Slug> {
        None
    }

    /// The formats of a list, the preferred one first.
    #[must_use]
    fn list_formats() -> Vec<Format> {
        let with_list = Self::FORMATS.iter().filter(|writer| writer.list.is_some());
        std::iter::once(Format::Json).chain(with_list.map(|writer| writer.format)).collect()
    }

    /// The formats of one item, the preferred one first.
    #[must_use]
    fn item_formats() -> Vec<Format> {
        let with_item = Self::FORMATS.iter().filter(|writer| writer.item.is_some());
        std::iter::once(Format::Json).chain(with_item.map(|writer| writer.format)).collect()
    }

    /// The writer of a format; `None` for JSON and for formats that the resource is not available in.
    #[must_use]
    fn writer(format: Format) -> Option<&'static FormatWriter<Self>> {
        Self::FORMATS.iter().find(|writer| writer.format == format)
    }
}

impl Renderable for Statement {
    const FORMATS: &'static [FormatWriter<Self>] = &[
        FormatWriter::list_only(Format::Csv, csv::list),
        FormatWriter::list_and_item(Format::JsonLd, jsonld::list, jsonld::item),
        FormatWriter::list_and_item(Format::Csl, csl::list, csl::item),
        FormatWriter::list_and_item(Format::BibTex, bibtex::list, bibtex::item),
        FormatWriter::list_and_item(Format::Ris, ris::list, ris::item),
        FormatWriter::item_only(Format::Svg, svg::card),
        FormatWriter::item_only(Format::Png, png::card),
    ];

    fn cites(&self) -> Option<&Slug> {
        Some(&self.id)
    }
}

impl Renderable for Clause {
    const FORMATS: &'static [FormatWriter<Self>] = &[
        FormatWriter::list_only(Format::Csv, csv::list),
        FormatWriter::list_and_item(Format::Text, text::list, text::item),
        FormatWriter::list_and_item(Format::JsonLd, jsonld::list, jsonld::item),
        FormatWriter::list_and_item(Format::Csl, csl::list, csl::item),
        FormatWriter::list_and_item(Format::BibTex, bibtex::list, bibtex::item),
        FormatWriter::list_and_item(Format::Ris, ris::list, ris::item),
        FormatWriter::item_only(Format::Svg, svg::card),
        FormatWriter::item_only(Format::Png, png::card),
    ];

    fn cites(&self) -> Option<&Slug> {
        Some(&self.statement)
    }
}

impl Renderable for DateExpression {
    const FORMATS: &'static [FormatWriter<Self>] = &[FormatWriter::list_only(Format::Csv, csv::list)];
}

impl Renderable for Milestone {
    const FORMATS: &'static [FormatWriter<Self>] = &[
        FormatWriter::list_only(Format::Csv, csv::list),
        FormatWriter::list_and_item(Format::Icalendar, icalendar::list, icalendar::item),
        FormatWriter::list_only(Format::Atom, atom::list),
        FormatWriter::list_and_item(Format::JsonLd, jsonld::list, jsonld::item),
        FormatWriter::list_and_item(Format::Svg, svg::timeline, svg::card),
        FormatWriter::list_and_item(Format::Png, png::timeline, png::card),
    ];

    fn cites(&self) -> Option<&Slug> {
        Some(&self.statement)
    }
}

impl Renderable for Actor {
    const FORMATS: &'static [FormatWriter<Self>] = &[FormatWriter::list_only(Format::Csv, csv::list)];
}

impl Renderable for Location {
    const FORMATS: &'static [FormatWriter<Self>] = &[FormatWriter::list_only(Format::Csv, csv::list), FormatWriter::list_only(Format::GeoJson, geojson::list)];
}

impl Renderable for Mention {
    const FORMATS: &'static [FormatWriter<Self>] = &[FormatWriter::list_only(Format::Csv, csv::list)];
}

impl Renderable for Note {
    const FORMATS: &'static [FormatWriter<Self>] = &[FormatWriter::list_only(Format::Csv, csv::list)];
}

impl Renderable for Change {
    const FORMATS: &'static [FormatWriter<Self>] = &[FormatWriter::list_only(Format::Csv, csv::list), FormatWriter::list_only(Format::Atom, atom::list)];
}

/// The formats that a resource is available in, each list with the preferred format first.
#[derive(Clone, Debug, Default)]
pub struct AvailableFormats {
    /// Of its list.
    pub list: Vec<Format>,
    /// Of one of its items.
    pub item: Vec<Format>,
}

/// The formats that a resource is available in.
#[must_use]
pub fn available_formats(resource: Resource) -> AvailableFormats {
    fn of<T: Renderable>() -> AvailableFormats {
        AvailableFormats { list: T::list_formats(), item: T::item_formats() }
    }
    match resource {
        Resource::Statements => of::<Statement>(),
        Resource::Clauses => of::<Clause>(),
        Resource::Dates => of::<DateExpression>(),
        Resource::Milestones => of::<Milestone>(),
        Resource::Actors => of::<Actor>(),
        Resource::Locations => of::<Location>(),
        Resource::Notes => of::<Note>(),
        Resource::Changes => of::<Change>(),
    }
}
