//! JSON-LD 1.1: statements, clauses and milestones in schema.org terms; a clause is also a W3C Web Annotation of the
//! source text.
//!
//! The context is inline, so that a processor fetches nothing. Terms that schema.org lacks (the voice, the basis of a
//! date) are IRIs of their definitions in `/openapi.json`. A known day is an `xsd:date`; any other date is EDTF.

use serde_json::{Map, Value, json};

use crate::corpus::{
    BilingualText, Day, Language, NamedReference, NoteReference, UncertainDate, Voice,
    attribution::attribution,
    clauses::Clause,
    milestones::{Development, Kind, Milestone},
    statements::Statement,
    works::Work,
};
use crate::formats::{context::RenderContext, envelope::List, error::RenderError};

/// A resource that is a node of a graph.
pub trait ToNode {
    /// The node, without the JSON-LD context.
    ///
    /// # Errors
    /// If the context lacks a statement.
    fn to_node(&self, context: &RenderContext<'_>) -> Result<Map<String, Value>, RenderError>;
}

/// Writes a list as a graph.
///
/// # Errors
/// If the context lacks a statement.
pub fn list<T: ToNode>(list: &List<T>, context: &RenderContext<'_>) -> Result<Vec<u8>, RenderError> {
    let nodes = list.items.iter().map(|item| item.to_node(context)).collect::<Result<Vec<_>, _>>()?;
    write(&json!({"@context": json_ld_context(context), "@graph": nodes}))
}

/// Writes one node.
///
/// # Errors
/// If the context lacks the statement.
pub fn item<T: ToNode>(item: &T, context: &RenderContext<'_>) -> Result<Vec<u8>, RenderError> {
    let mut document = Map::from_iter([("@context".to_owned(), json_ld_context(context))]);
    document.extend(item.to_node(context)?);
    write(&Value::Object(document))
}

fn write(document: &Value) -> Result<Vec<u8>, RenderError> {
    serde_json::to_vec(document).map_err(|cause| RenderError(cause.to_string()))
}

/// The JSON-LD context: the IRIs of the terms.
fn json_ld_context(context: &RenderContext<'_>) -> Value {
    json!({
        "@vocab": "https://schema.org/",
        "oa": "http://www.w3.org/ns/oa#",
        "xsd": "http://www.w3.org/2001/XMLSchema#",
        "edtf": "http://id.loc.gov/datatypes/edtf/",
        "bayan": format!("{}openapi.json#/components/schemas/", context.site.root()),
        "url": {"@type": "@id"},
        "motivatedBy": {"@id": "oa:motivatedBy", "@type": "@id"},
        "target": "oa:hasTarget",
        "source": "oa:hasSource",
        "selector": "oa:hasSelector",
        "start": {"@id": "oa:start", "@type": "xsd:nonNegativeInteger"},
        "end": {"@id": "oa:end", "@type": "xsd:nonNegativeInteger"},
        "exact": "oa:exact",
        "prefix": "oa:prefix",
        "suffix": "oa:suffix",
        // Of a milestone of any kind.
        "date": "http://purl.org/dc/terms/date",
        "voice": "bayan:Voice",
        "statementKind": "bayan:StatementKind",
        "clauseKind": "bayan:ClauseKind",
        "milestoneKind": "bayan:MilestoneKind",
        "noteKind": "bayan:NoteKind",
        "severity": "bayan:Severity",
        "basis": "bayan:Basis",
        "conditions": {"@id": "bayan:MilestoneRecord/properties/conditions", "@type": "@id"},
    })
}

impl ToNode for Statement {
    fn to_node(&self, context: &RenderContext<'_>) -> Result<Map<String, Value>, RenderError> {
        let work = context.work(&self.id)?;
        let mut article = article(work, context);
        article.extend([
            entry("sha256", self.source.sha256.as_str()),
            entry("copyrightNotice", language_strings(&self.license_note, context)),
            entry("about", json!({"@id": context.api_url(&self.url)})),
        ]);
        if let Some(text) = &self.source.text {
            article.extend([entry("articleBody", json!({"@value": text, "@language": self.source.language}))]);
        }
        let mut node = statement(work, context);
        node.extend([
            entry("identifier", self.id.as_str()),
            entry("url", context.statement_page_url(&self.id, None)),
            entry("statementKind", json!(self.kind)),
            entry("author", issuers(work, context)),
            entry("subjectOf", article),
        ]);
        node.extend(date_members("datePublished", &self.issued));
        Ok(node)
    }
}

impl ToNode for Clause {
    fn to_node(&self, context: &RenderContext<'_>) -> Result<Map<String, Value>, RenderError> {
        let work = context.work(&self.statement)?;
        let id = context.api_url(&self.url);
        let language = work.statement.source.language;
        let mut article = article(work, context);
        article.extend([entry("about", statement(work, context))]);
        let article_id = article["@id"].clone();
        let speaker = self.speaker.iter().zip(&self.speaker_name).map(|(id, name)| named_node(&format!("actors/{id}"), name, context));
        let (author, is_part_of) = match self.voice {
            Voice::Statement => (issuers(work, context), json!([statement(work, context), article])),
            // Words in another voice are a part of the article, not of the statement.
            Voice::ThirdParty => (json!(speaker.collect::<Vec<_>>()), json!([article])),
            Voice::Agency => (publisher(work, context), json!([article])),
        };
        let citations = self.citations.iter().map(|document| {
            let mut citation = Map::from_iter([entry("@type", "CreativeWork"), entry("name", language_strings(&document.title, context))]);
            // A document that is a statement here has a node of its own.
            citation.extend(document.url.as_ref().map(|url| entry("@id", context.api_url(url))));
            citation.extend(document.issued.map(|day| entry("datePublished", xsd_date(day))));
            citation
        });
        let mut node = Map::from_iter([
            entry("@id", id.as_str()),
            entry("@type", json!(["Quotation", "oa:Annotation"])),
            entry("identifier", self.id.as_str()),
            entry("url", context.statement_page_url(&self.statement, Some(&self.label))),
            entry("name", self.label.as_str()),
            entry("position", self.position),
            entry("voice", json!(self.voice)),
            entry("disambiguatingDescription", language_strings(&attribution(self.voice, self.speaker_name.as_ref()), context)),
            entry("clauseKind", json!(self.kind)),
            entry("author", author),
            entry("text", json!({"@value": self.quote.exact, "@language": language})),
            entry("inLanguage", language.code()),
            entry("isPartOf", is_part_of),
            // The annotation identifies a passage, so that others can point at it.
            entry("motivatedBy", "oa:identifying"),
            entry("target", target(self, &article_id)),
            entry("about", self.actors.iter().map(|actor| named_node(&actor.url, &actor.name, context)).collect::<Vec<_>>()),
            entry("spatialCoverage", places(&self.locations, context)),
            entry("citation", citations.collect::<Vec<_>>()),
            entry("comment", self.notes.iter().map(|note| comment(note, context)).collect::<Vec<_>>()),
        ]);
        if context.language != Some(language) {
            let other = language.other();
            let translation = json!({
                "@id": format!("{id}#{}", other.code()),
                "@type": "Quotation",
                "text": {"@value": self.text.of(other), "@language": other.code()},
                "inLanguage": other.code(),
                "creativeWorkStatus": self.translation,
                "translationOfWork": {"@id": id},
            });
            node.extend([entry("workTranslation", translation)]);
        }
        Ok(node)
    }
}

impl ToNode for Milestone {
    fn to_node(&self, context: &RenderContext<'_>) -> Result<Map<String, Value>, RenderError> {
        let work = context.work(&self.statement)?;
        let id = context.api_url(&self.url);
        let clauses = self.clauses.iter().map(|clause| json!({"@id": context.api_url(&clause.url), "@type": "Quotation"}));
        let developments = self.developments.iter().map(|report| development(report, &id, context));
        let comments = self.notes.iter().map(|note| comment(note, context));
        let conditions = self.conditions.iter().map(|clause| context.api_url(&format!("clauses/{clause}")));
        let mut node = Map::from_iter([
            entry("@id", id.as_str()),
            entry("@type", "Event"),
            entry("identifier", self.id.as_str()),
            entry("name", language_strings(&self.title, context)),
            entry("voice", json!(self.voice)),
            entry("disambiguatingDescription", language_strings(&attribution(self.voice, self.speaker_name.as_ref()), context)),
            entry("milestoneKind", json!(self.kind)),
            entry("about", self.actors.iter().map(|actor| named_node(&actor.url, &actor.name, context)).collect::<Vec<_>>()),
            entry("location", places(&self.locations, context)),
            entry("conditions", conditions.collect::<Vec<_>>()),
            entry("subjectOf", std::iter::once(article(work, context).into()).chain(clauses).chain(developments).chain(comments).collect::<Vec<_>>()),
        ]);
        node.extend(date_members("date", &self.date));
        // A deadline is not an end date, and a forecast is not a start date. With only one bound, neither date is known.
        if let (Kind::Event | Kind::Period, Some(edtf), Some(_), Some(_)) = (self.kind, self.date.edtf.as_deref(), self.date.earliest, self.date.latest) {
            let (start, end) = edtf.split_once('/').unwrap_or((edtf, edtf));
            node.extend([entry("startDate", edtf_literal(start)), entry("endDate", edtf_literal(end))]);
        }
        Ok(node)
    }
}

/// A member of an object.
fn entry(name: &str, value: impl Into<Value>) -> (String, Value) {
    (name.to_owned(), value.into())
}

/// A text in the requested language, in both by default.
fn language_strings(text: &BilingualText, context: &RenderContext<'_>) -> Value {
    let [arabic, english] = Language::ALL.map(|language| json!({"@value": text.of(language), "@language": language.code()}));
    match context.language {
        None => json!([arabic, english]),
        Some(Language::Ar) => arabic,
        Some(Language::En) => english,
    }
}

/// A day as `xsd:date`.
fn xsd_date(day: Day) -> Value {
    json!({"@type": "xsd:date", "@value": day.to_string()})
}

/// An EDTF string: an `xsd:date` if it is a single day.
fn edtf_literal(edtf: &str) -> Value {
    edtf.parse().map_or_else(|_| json!({"@type": "edtf:EDTF", "@value": edtf}), xsd_date)
}

/// The members of a date and its basis; none if the text gives no date.
fn date_members(name: &str, date: &UncertainDate) -> Vec<(String, Value)> {
    let when = date.edtf.as_deref().map(|edtf| entry(name, edtf_literal(edtf)));
    when.into_iter().chain(date.basis.map(|basis| entry("basis", json!(basis)))).collect()
}

/// A statement by its title.
fn statement(work: &Work, context: &RenderContext<'_>) -> Map<String, Value> {
    let Statement { url, title, .. } = &work.statement;
    Map::from_iter([entry("@id", context.api_url(url)), entry("@type", "CreativeWork"), entry("name", language_strings(title, context))])
}

/// The article that quotes the statement, or its own publication.
fn article(work: &Work, context: &RenderContext<'_>) -> Map<String, Value> {
    let Statement { url, source, .. } = &work.statement;
    Map::from_iter([
        entry("@id", format!("{}#source", context.api_url(url))),
        entry("@type", if source.medium.is_some() { "NewsArticle" } else { "Report" }),
        entry("inLanguage", source.language.code()),
        entry("publisher", publisher(work, context)),
    ])
}

/// The publisher of the article.
fn publisher(work: &Work, context: &RenderContext<'_>) -> Value {
    let Statement { source, .. } = &work.statement;
    let kind = if source.medium.is_some() { "NewsMediaOrganization" } else { "Organization" };
    json!({"@type": kind, "name": language_strings(&source.publisher, context)})
}

/// The issuers of a statement.
fn issuers(work: &Work, context: &RenderContext<'_>) -> Value {
    work.issuers.iter().map(|issuer| named_node(&issuer.url, &issuer.name, context)).collect()
}

/// A resource of the API by its name.
fn named_node(url: &str, name: &BilingualText, context: &RenderContext<'_>) -> Value {
    json!({"@id": context.api_url(url), "name": language_strings(name, context)})
}

/// Locations.
fn places(locations: &[NamedReference], context: &RenderContext<'_>) -> Value {
    let place = |place: &NamedReference| json!({"@id": context.api_url(&place.url), "@type": "Place", "name": language_strings(&place.name, context)});
    locations.iter().map(place).collect()
}

/// The passage of the source that a clause is (W3C Web Annotation Data Model, sections 4.2.4, 4.2.5 and 4.3).
fn target(clause: &Clause, article: &Value) -> Value {
    let quote = &clause.quote;
    json!({
        "@type": "oa:SpecificResource",
        "source": {"@id": article},
        "selector": [
            {"@type": "oa:TextPositionSelector", "start": quote.start, "end": quote.end},
            {"@type": "oa:TextQuoteSelector", "exact": quote.exact, "prefix": quote.prefix, "suffix": quote.suffix},
        ],
    })
}

/// An editor's note.
fn comment(note: &NoteReference, context: &RenderContext<'_>) -> Value {
    json!({"@id": context.api_url(&note.url), "@type": "Comment", "noteKind": note.kind, "severity": note.severity, "text": language_strings(&note.text, context)})
}

/// A later report: what was reported, and the date it gives.
fn development(report: &Development, milestone: &str, context: &RenderContext<'_>) -> Value {
    let sources = report.sources.iter().map(|source| {
        let mut article = Map::from_iter([
            entry("@type", "NewsArticle"),
            entry("publisher", json!({"@type": "Organization", "name": language_strings(&source.publisher, context)})),
        ]);
        article.extend(source.title.as_deref().map(|title| entry("name", title)));
        article.extend(source.url.as_deref().map(|url| entry("url", url)));
        article.extend(source.published.map(|day| entry("datePublished", xsd_date(day))));
        article
    });
    json!({
        "@id": format!("{milestone}#{}", report.id),
        "@type": "Report",
        "text": language_strings(&report.text, context),
        "temporalCoverage": report.date.edtf.as_deref().map(edtf_literal),
        "isBasedOn": sources.collect::<Vec<_>>(),
    })
}
