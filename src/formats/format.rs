//! The formats of a representation, with their file extensions and media types.

/// A format that a representation is available in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Format {
    /// JSON, RFC 8259.
    Json,
    /// CSV, RFC 4180.
    Csv,
    /// iCalendar, RFC 5545.
    Icalendar,
    /// Atom, RFC 4287.
    Atom,
    /// `GeoJSON`, RFC 7946.
    GeoJson,
    /// Plain text, RFC 2046, section 4.1.3.
    Text,
    /// JSON-LD 1.1, a W3C recommendation.
    JsonLd,
    /// CSL-JSON, the input format of the Citation Style Language 1.0.2.
    Csl,
    /// BibTeX, with the fields of BibLaTeX.
    BibTex,
    /// RIS, of Research Information Systems.
    Ris,
    /// SVG 1.1, a W3C recommendation.
    Svg,
    /// PNG, ISO/IEC 15948.
    Png,
}

impl Format {
    /// All formats, the preferred one first.
    pub const ALL: [Self; 12] =
        [Self::Json, Self::Csv, Self::Icalendar, Self::Atom, Self::GeoJson, Self::Text, Self::JsonLd, Self::Csl, Self::BibTex, Self::Ris, Self::Svg, Self::Png];

    /// The file extension that selects the format in a URL path, without the dot.
    #[must_use]
    pub const fn extension(self) -> &'static str {
        match self {
            Self::Json => "json",
            Self::Csv => "csv",
            Self::Icalendar => "ics",
            Self::Atom => "atom",
            Self::GeoJson => "geojson",
            Self::Text => "txt",
            Self::JsonLd => "jsonld",
            Self::Csl => "csl.json",
            Self::BibTex => "bib",
            Self::Ris => "ris",
            Self::Svg => "svg",
            Self::Png => "png",
        }
    }

    /// The media type without parameters, as content negotiation compares it.
    #[must_use]
    pub const fn media_type(self) -> &'static str {
        match self {
            Self::Json => "application/json",
            Self::Csv => "text/csv",
            Self::Icalendar => "text/calendar",
            Self::Atom => "application/atom+xml",
            Self::GeoJson => "application/geo+json",
            Self::Text => "text/plain",
            Self::JsonLd => "application/ld+json",
            Self::Csl => "application/vnd.citationstyles.csl+json",
            Self::BibTex => "application/x-bibtex",
            Self::Ris => "application/x-research-info-systems",
            Self::Svg => "image/svg+xml",
            Self::Png => "image/png",
        }
    }

    /// The value of the `Content-Type` header.
    #[must_use]
    pub const fn content_type(self) -> &'static str {
        match self {
            Self::Csv => "text/csv; charset=utf-8; header=present",
            Self::Icalendar => "text/calendar; charset=utf-8",
            Self::Text => "text/plain; charset=utf-8",
            Self::BibTex => "application/x-bibtex; charset=utf-8",
            Self::Ris => "application/x-research-info-systems; charset=utf-8",
            other => other.media_type(),
        }
    }

    /// Whether reference managers import the format, which need a file name.
    #[must_use]
    pub const fn is_reference(self) -> bool {
        matches!(self, Self::Csl | Self::BibTex | Self::Ris)
    }

    /// Whether it is a picture, which takes long to draw, and which a browser accepts wherever it asks for a page.
    #[must_use]
    pub const fn is_picture(self) -> bool {
        matches!(self, Self::Svg | Self::Png)
    }

    /// Whether the writers need the statements that the items belong to (`RenderContext::works`).
    #[must_use]
    pub const fn needs_works(self) -> bool {
        self.is_reference() || self.is_picture() || matches!(self, Self::Icalendar | Self::Atom | Self::Text | Self::JsonLd)
    }
}
