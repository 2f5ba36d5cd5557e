//! The registers that statements share: actors, locations and cited documents.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{
    corpus::{Country, Day, actors, locations},
    package::{
        diagnostic::Log,
        document::source::Bilingual,
        fields::{Fields, Read},
        parse::Node,
        spanned::{Spanned, Text},
    },
};

/// Other names, by language; their order does not matter.
#[derive(Clone, Debug, Default, JsonSchema, Serialize)]
#[schemars(deny_unknown_fields)]
pub struct Aliases {
    /// In Arabic.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schemars(default)]
    pub ar: Vec<Text>,
    /// In English.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schemars(default)]
    pub en: Vec<Text>,
}

impl PartialEq for Aliases {
    fn eq(&self, other: &Self) -> bool {
        let sorted = |names: &[Text]| {
            let mut names: Vec<String> = names.iter().map(|name| name.value.clone()).collect();
            names.sort();
            names
        };
        sorted(&self.ar) == sorted(&other.ar) && sorted(&self.en) == sorted(&other.en)
    }
}

impl Aliases {
    /// Whether there are none.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.ar.is_empty() && self.en.is_empty()
    }
}

impl Read for Aliases {
    fn read(node: &Node, log: &mut Log) -> Option<Self> {
        let mut fields = Fields::of(node, "a list of other names", log)?;
        let aliases = Self { ar: fields.list("ar"), en: fields.list("en") };
        fields.finish();
        Some(aliases)
    }
}

/// An actor that the package introduces; or, with `id` and `aliases` alone, other names of a known one.
#[derive(Clone, Debug, PartialEq, JsonSchema, Serialize)]
#[schemars(deny_unknown_fields)]
pub struct Actor {
    /// Whether the package introduces it; otherwise it adds names to a known one.
    #[serde(skip)]
    pub is_introduced: bool,
    /// Its id.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(required)]
    pub id: Option<Text>,
    /// Its kind.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub kind: Option<Spanned<actors::Kind>>,
    /// Its name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<Bilingual>,
    /// Its other names.
    #[serde(skip_serializing_if = "Aliases::is_empty")]
    #[schemars(default)]
    pub aliases: Aliases,
    /// The actor that it is part of.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub parent: Option<Text>,
    /// The state that it is, or belongs to.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Option<String>", regex(pattern = "^[A-Z]{2}$"))]
    pub country: Option<Spanned<Country>>,
    /// Its Wikidata id.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub wikidata: Option<Text>,
}

impl Read for Actor {
    fn read(node: &Node, log: &mut Log) -> Option<Self> {
        let mut fields = Fields::of(node, "an actor", log)?;
        let is_introduced = fields.has("kind") || fields.has("name") || !fields.has("aliases");
        let actor = Self {
            is_introduced,
            id: fields.required("id"),
            kind: if is_introduced { fields.choice("kind") } else { None },
            name: if is_introduced { fields.required("name") } else { None },
            aliases: fields.optional("aliases").unwrap_or_default(),
            parent: fields.optional("parent"),
            country: fields.optional_parsed("country"),
            wikidata: fields.optional("wikidata"),
        };
        fields.finish();
        Some(actor)
    }
}

/// A place on the map.
#[derive(Clone, Copy, Debug, PartialEq, JsonSchema, Serialize)]
#[schemars(deny_unknown_fields)]
pub struct Point {
    /// The latitude in degrees.
    pub lat: f64,
    /// The longitude in degrees.
    pub lon: f64,
    /// The radius in kilometres within which the place lies.
    pub precision_km: f64,
}

impl Read for Spanned<Point> {
    fn read(node: &Node, log: &mut Log) -> Option<Self> {
        let mut fields = Fields::of(node, "a point", log)?;
        let number = |number: Option<Spanned<f64>>| number.map(|number| number.value);
        let (lat, lon, precision_km) = (number(fields.required("lat")), number(fields.required("lon")), number(fields.required("precision_km")));
        fields.finish();
        Some(Self { value: Point { lat: lat?, lon: lon?, precision_km: precision_km? }, place: node.place.clone() })
    }
}

/// A location that the package introduces; or, with `id` and `aliases` alone, other names of a known one.
#[derive(Clone, Debug, PartialEq, JsonSchema, Serialize)]
#[schemars(deny_unknown_fields)]
pub struct Location {
    /// Whether the package introduces it; otherwise it adds names to a known one.
    #[serde(skip)]
    pub is_introduced: bool,
    /// Its id.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(required)]
    pub id: Option<Text>,
    /// Its kind.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub kind: Option<Spanned<locations::Kind>>,
    /// Its name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<Bilingual>,
    /// Its other names.
    #[serde(skip_serializing_if = "Aliases::is_empty")]
    #[schemars(default)]
    pub aliases: Aliases,
    /// The location that it is part of.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub parent: Option<Text>,
    /// The country that it is or lies in.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Option<String>", regex(pattern = "^[A-Z]{2}$"))]
    pub country: Option<Spanned<Country>>,
    /// Its ISO 3166-2 code, where it is a subdivision.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub subdivision: Option<Text>,
    /// Its Wikidata id.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub wikidata: Option<Text>,
    /// Its coordinates; absent if the text does not specify the place.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub point: Option<Spanned<Point>>,
}

impl Read for Location {
    fn read(node: &Node, log: &mut Log) -> Option<Self> {
        let mut fields = Fields::of(node, "a location", log)?;
        let is_introduced = fields.has("kind") || fields.has("name") || !fields.has("aliases");
        let location = Self {
            is_introduced,
            id: fields.required("id"),
            kind: if is_introduced { fields.choice("kind") } else { None },
            name: if is_introduced { fields.required("name") } else { None },
            aliases: fields.optional("aliases").unwrap_or_default(),
            parent: fields.optional("parent"),
            country: fields.optional_parsed("country"),
            subdivision: fields.optional("subdivision"),
            wikidata: fields.optional("wikidata"),
            point: fields.optional("point"),
        };
        fields.finish();
        Some(location)
    }
}

/// The kind of a cited document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, JsonSchema, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DocumentKind {
    /// An agreement.
    Agreement,
    /// A constitution.
    Constitution,
    /// A law, or the laws of a state.
    Law,
    /// A joint statement.
    JointStatement,
    /// A report of a medium.
    PressReport,
}

/// A document that clauses cite.
#[derive(Clone, Debug, PartialEq, JsonSchema, Serialize)]
#[schemars(deny_unknown_fields)]
pub struct CitedDocument {
    /// Its id.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(required)]
    pub id: Option<Text>,
    /// Its kind.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(required)]
    pub kind: Option<Spanned<DocumentKind>>,
    /// Its title.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(required)]
    pub title: Option<Bilingual>,
    /// Its date, where the source dates the document itself.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Option<String>", extend("format" = "date"))]
    pub issued: Option<Spanned<Day>>,
}

impl Read for CitedDocument {
    fn read(node: &Node, log: &mut Log) -> Option<Self> {
        let mut fields = Fields::of(node, "a document", log)?;
        let document =
            Self { id: fields.required("id"), kind: fields.choice("kind"), title: fields.required("title"), issued: fields.optional_parsed("issued") };
        fields.finish();
        Some(document)
    }
}
