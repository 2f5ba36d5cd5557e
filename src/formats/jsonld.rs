//! JSON-LD 1.1: statements, clauses and milestones in the words of schema.org, each clause an annotation (W3C) of the
//! source at its place.
//!
//! The context is inline, so that nothing is fetched. What schema.org has no word for (the voice, the basis of a date) is
//! named by its definition in `/openapi.json`. A day that is known is an `xsd:date`; whatever is less sure stays EDTF.

use serde_json::{Map, Value, json};

use crate::corpus::{
    BilingualText, Day, Language, UncertainDate, Voice,
    clauses::{Clause, NamedReference, RoleKind},
    milestones::{Development, Kind, Milestone},
    notes::NoteReference,
    statements::{Statement, Work},
};
use crate::formats::{List, RenderContext, RenderError, told};

/// What has a node of its own.
pub trait Node {
    /// The node, without a context.
    ///
    /// # Errors
    /// When the context lacks a statement.
    fn node(&self, context: &RenderContext<'_>) -> Result<Map<String, Value>, RenderError>;
}

/// Writes a list as a graph.
///
/// # Errors
/// When the context lacks a statement.
pub fn list<T: Node>(list: &List<T>, context: &RenderContext<'_>) -> Result<Vec<u8>, RenderError> {
    let nodes = list.items.iter().map(|item| item.node(context)).collect::<Result<Vec<_>, _>>()?;
    written(&json!({"@context": vocabulary(context), "@graph": nodes}))
}

/// Writes one node.
///
/// # Errors
/// When the context lacks its statement.
pub fn item<T: Node>(item: &T, context: &RenderContext<'_>) -> Result<Vec<u8>, RenderError> {
    let mut document = Map::from_iter([("@context".to_owned(), vocabulary(context))]);
    document.extend(item.node(context)?);
    written(&Value::Object(document))
}

fn written(document: &Value) -> Result<Vec<u8>, RenderError> {
    serde_json::to_vec(document).map_err(|cause| RenderError(cause.to_string()))
}

/// What the words mean.
fn vocabulary(context: &RenderContext<'_>) -> Value {
    json!({
        "@vocab": "https://schema.org/",
        "oa": "http://www.w3.org/ns/oa#",
        "xsd": "http://www.w3.org/2001/XMLSchema#",
        "edtf": "http://id.loc.gov/datatypes/edtf/",
        "bayan": format!("{}openapi.json#/components/schemas/", context.site_url()),
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
        // Of a milestone, whatever its date means.
        "date": "http://purl.org/dc/terms/date",
        "voice": "bayan:Voice",
        "statementKind": "bayan:StatementKind",
        "clauseKind": "bayan:ClauseKind",
        "milestoneKind": "bayan:MilestoneKind",
        "noteKind": "bayan:NoteKind",
        "severity": "bayan:Severity",
        "basis": "bayan:Basis",
        "conditions": {"@id": "bayan:Milestone/properties/conditions", "@type": "@id"},
    })
}

impl Node for Statement {
    fn node(&self, context: &RenderContext<'_>) -> Result<Map<String, Value>, RenderError> {
        let work = context.work(&self.id)?;
        let mut article = article(work, context);
        article.extend([
            entry("sha256", self.source.sha256.as_str()),
            entry("copyrightNotice", texts(&self.license_note, context)),
            entry("about", json!({"@id": context.absolute_url(&self.url)})),
        ]);
        if let Some(text) = &self.source.text {
            article.extend([entry("articleBody", json!({"@value": text, "@language": self.source.language}))]);
        }
        let mut node = statement(work, context);
        node.extend([
            entry("identifier", self.id.as_str()),
            entry("url", context.page_url(&self.id, None)),
            entry("statementKind", json!(self.kind)),
            entry("author", issuers(work, context)),
            entry("subjectOf", article),
        ]);
        node.extend(dated("datePublished", &self.issued));
        Ok(node)
    }
}

impl Node for Clause {
    fn node(&self, context: &RenderContext<'_>) -> Result<Map<String, Value>, RenderError> {
        let work = context.work(&self.statement)?;
        let id = context.absolute_url(&self.url);
        let language = &work.statement.source.language;
        let mut article = article(work, context);
        article.extend([entry("about", statement(work, context))]);
        let article_id = article["@id"].clone();
        let speakers: Vec<Value> =
            self.actors.iter().filter(|actor| actor.role == RoleKind::Speaker).map(|role| named(&role.url, &role.name, context)).collect();
        let (author, whole) = match self.voice {
            Voice::Statement => (issuers(work, context), json!([statement(work, context), article])),
            // What is not the issuers' is no part of their statement.
            Voice::Officer => (json!(speakers), json!([article])),
            Voice::Agency => (publisher(work, context), json!([article])),
        };
        let cited = self.citations.iter().map(|document| {
            let mut cited = Map::from_iter([entry("@type", "CreativeWork"), entry("name", texts(&document.title, context))]);
            cited.extend(document.issued.map(|day| entry("datePublished", date(day))));
            cited
        });
        let mut node = Map::from_iter([
            entry("@id", id.as_str()),
            entry("@type", json!(["Quotation", "oa:Annotation"])),
            entry("identifier", self.id.as_str()),
            entry("url", context.page_url(&self.statement, Some(&self.label))),
            entry("name", self.label.as_str()),
            entry("position", self.position),
            entry("voice", json!(self.voice)),
            entry("disambiguatingDescription", spoken(self.voice, context)),
            entry("clauseKind", json!(self.kind)),
            entry("author", author),
            entry("text", json!({"@value": self.quote.exact, "@language": language})),
            entry("inLanguage", language.as_str()),
            entry("isPartOf", whole),
            // Naming a passage, so that it can be pointed at.
            entry("motivatedBy", "oa:identifying"),
            entry("target", target(self, &article_id)),
            entry("about", self.actors.iter().map(|actor| named(&actor.url, &actor.name, context)).collect::<Vec<_>>()),
            entry("spatialCoverage", places(&self.locations, context)),
            entry("citation", cited.collect::<Vec<_>>()),
            entry("comment", self.notes.iter().map(|note| comment(note, context)).collect::<Vec<_>>()),
        ]);
        if context.language != Some(Language::Ar) {
            let translation = json!({
                "@id": format!("{id}#en"),
                "@type": "Quotation",
                "text": {"@value": self.text.en, "@language": "en"},
                "inLanguage": "en",
                "creativeWorkStatus": self.translation,
                "translationOfWork": {"@id": id},
            });
            node.extend([entry("workTranslation", translation)]);
        }
        Ok(node)
    }
}

impl Node for Milestone {
    fn node(&self, context: &RenderContext<'_>) -> Result<Map<String, Value>, RenderError> {
        let work = context.work(&self.statement)?;
        let id = context.absolute_url(&self.url);
        let told_in = self.clauses.iter().map(|clause| json!({"@id": context.absolute_url(&clause.url), "@type": "Quotation"}));
        let later = self.developments.iter().map(|report| development(report, &id, context));
        let noted = self.notes.iter().map(|note| comment(note, context));
        let conditions = self.conditions.iter().map(|clause| context.absolute_url(&format!("clauses/{clause}")));
        let mut node = Map::from_iter([
            entry("@id", id.as_str()),
            entry("@type", "Event"),
            entry("identifier", self.id.as_str()),
            entry("name", texts(&self.title, context)),
            entry("voice", json!(self.voice)),
            entry("disambiguatingDescription", spoken(self.voice, context)),
            entry("milestoneKind", json!(self.kind)),
            entry("about", self.actors.iter().map(|actor| named(&actor.url, &actor.name, context)).collect::<Vec<_>>()),
            entry("location", places(&self.locations, context)),
            entry("conditions", conditions.collect::<Vec<_>>()),
            entry("subjectOf", std::iter::once(article(work, context).into()).chain(told_in).chain(later).chain(noted).collect::<Vec<_>>()),
        ]);
        node.extend(dated("date", &self.date));
        // A deadline is no end, and what somebody expects no start. Nor is one known where the other end is not.
        if let (Kind::Event | Kind::Period, Some(edtf), Some(_), Some(_)) = (self.kind, self.date.edtf.as_deref(), self.date.earliest, self.date.latest) {
            let (start, end) = edtf.split_once('/').unwrap_or((edtf, edtf));
            node.extend([entry("startDate", literal(start)), entry("endDate", literal(end))]);
        }
        Ok(node)
    }
}

/// A member of an object.
fn entry(name: &str, value: impl Into<Value>) -> (String, Value) {
    (name.to_owned(), value.into())
}

/// A text in both languages, or in the one that was asked for.
fn texts(text: &BilingualText, context: &RenderContext<'_>) -> Value {
    both(&text.ar, &text.en, context)
}

/// Who says it, in words.
fn spoken(voice: Voice, context: &RenderContext<'_>) -> Value {
    let words = told(voice);
    both(words.ar, words.en, context)
}

fn both(ar: &str, en: &str, context: &RenderContext<'_>) -> Value {
    let [arabic, english] = [json!({"@value": ar, "@language": "ar"}), json!({"@value": en, "@language": "en"})];
    match context.language {
        None => json!([arabic, english]),
        Some(Language::Ar) => arabic,
        Some(Language::En) => english,
    }
}

/// A day.
fn date(day: Day) -> Value {
    json!({"@type": "xsd:date", "@value": day.to_string()})
}

/// A date in EDTF: a day where it is one, and otherwise just what it says.
fn literal(edtf: &str) -> Value {
    edtf.parse().map_or_else(|_| json!({"@type": "edtf:EDTF", "@value": edtf}), date)
}

/// A date and what it rests on; nothing where the text leaves it open.
fn dated(name: &str, date: &UncertainDate) -> Vec<(String, Value)> {
    let when = date.edtf.as_deref().map(|edtf| entry(name, literal(edtf)));
    when.into_iter().chain(date.basis.map(|basis| entry("basis", json!(basis)))).collect()
}

/// A statement, by its name.
fn statement(work: &Work, context: &RenderContext<'_>) -> Map<String, Value> {
    let Statement { url, title, .. } = &work.statement;
    Map::from_iter([entry("@id", context.absolute_url(url)), entry("@type", "CreativeWork"), entry("name", texts(title, context))])
}

/// The article that a statement is quoted after.
fn article(work: &Work, context: &RenderContext<'_>) -> Map<String, Value> {
    let Statement { url, source, .. } = &work.statement;
    Map::from_iter([
        entry("@id", format!("{}#source", context.absolute_url(url))),
        entry("@type", "NewsArticle"),
        entry("inLanguage", source.language.as_str()),
        entry("publisher", publisher(work, context)),
    ])
}

/// Who published the article.
fn publisher(work: &Work, context: &RenderContext<'_>) -> Value {
    json!({"@type": "NewsMediaOrganization", "name": texts(&work.statement.source.publisher, context)})
}

/// Who issued a statement.
fn issuers(work: &Work, context: &RenderContext<'_>) -> Value {
    work.issuers.iter().map(|issuer| named(&issuer.url, &issuer.name, context)).collect()
}

/// Something of ours that has a name.
fn named(url: &str, name: &BilingualText, context: &RenderContext<'_>) -> Value {
    json!({"@id": context.absolute_url(url), "name": texts(name, context)})
}

/// Locations.
fn places(locations: &[NamedReference], context: &RenderContext<'_>) -> Value {
    let place = |place: &NamedReference| json!({"@id": context.absolute_url(&place.url), "@type": "Place", "name": texts(&place.name, context)});
    locations.iter().map(place).collect()
}

/// The words of a clause in the source (W3C Web Annotation Data Model, sections 4.2.4, 4.2.5 and 4.3).
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

/// An editors' note.
fn comment(note: &NoteReference, context: &RenderContext<'_>) -> Value {
    json!({"@id": context.absolute_url(&note.url), "@type": "Comment", "noteKind": note.kind, "severity": note.severity, "text": texts(&note.text, context)})
}

/// What was later reported: what was said, with when it is said to have happened.
fn development(report: &Development, milestone: &str, context: &RenderContext<'_>) -> Value {
    let sources = report.sources.iter().map(|source| {
        let mut article = Map::from_iter([entry("@type", "NewsArticle"), entry("publisher", json!({"@type": "Organization", "name": source.publisher}))]);
        article.extend(source.title.as_deref().map(|title| entry("name", title)));
        article.extend(source.url.as_deref().map(|url| entry("url", url)));
        article.extend(source.published.map(|day| entry("datePublished", date(day))));
        article
    });
    json!({
        "@id": format!("{milestone}#{}", report.id),
        "@type": "Report",
        "text": texts(&report.text, context),
        "temporalCoverage": report.date.edtf.as_deref().map(literal),
        "isBasedOn": sources.collect::<Vec<_>>(),
    })
}
