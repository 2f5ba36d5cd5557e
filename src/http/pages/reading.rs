//! A statement to read: its text as one, in the language of the page, with what there is to know of each paragraph on demand.

use askama::Template;

use crate::http::{
    cache::response::CachedResponse,
    pages::{
        embed::MAX_ITEMS,
        html::render,
        request::PageRequest,
        statement_part::Parts,
        view::{
            clause_link::ClauseLink,
            labels,
            layout::PageLayout,
            messages as msg, plural,
            reading_text::{self, Run},
            section::Section,
            share::{Picture, Share},
            statement_messages as words,
        },
    },
};
use crate::{
    corpus::{
        Language, NoteReference, Resource,
        clauses::Clause,
        milestones::MilestoneFilter,
        notes::Severity,
        statements::{Statement, StatementFilter},
    },
    error::Error,
};

#[derive(Template)]
#[template(path = "reading.html")]
struct Page<'a> {
    layout: PageLayout,
    statement: &'a Statement,
    paragraphs: Vec<ReadParagraph<'a>>,
    parts: Parts,
    /// Whether the page has the words of the source rather than their translation.
    is_source: bool,
    /// Where labels in notes lead to: the URL of statements and the statement.
    clauses_at: (String, String),
}

/// A paragraph of the text.
struct ReadParagraph<'a> {
    number: u32,
    clauses: Vec<&'a Clause>,
    runs: Vec<Run<'a>>,
    /// The clauses that name the speakers; empty where they are those of the paragraph before.
    speakers: Vec<&'a Clause>,
    note_count: usize,
}

/// Shows a statement to read.
pub async fn show(request: PageRequest) -> Result<CachedResponse, Error> {
    let id = request.id()?;
    let parts = Parts::read(&request, &id).await?;
    let query = parts.query();
    let html = async {
        let language = request.language;
        let statement = request.require::<StatementFilter>(&id).await?;
        let clauses = parts.load(&request, &id).await?;
        let title = statement.title.of(language);
        let description = format!("{title}. {} {}.", msg::as_published(&statement.source).of(language), statement.source.publisher.of(language));
        let mut layout = PageLayout::new(&request, Section::Statements, title, description).with_item(Resource::Statements, &statement.id);
        layout.query = parts.query();
        let card = request.card(&statement, &request.work_with_card(&id).await?)?;
        layout.picture = Some(Picture::card(&request, Resource::Statements, &id, &card));
        let (milestones, _) = request.first(&MilestoneFilter { statement: vec![id.clone()], ..MilestoneFilter::default() }, MAX_ITEMS).await?;
        layout.share = Some(Share::new(&request, Resource::Statements, &id, &card, &milestones));
        let is_source = language == statement.source.language;
        let clauses_at = parts.clauses_at(&layout, &statement.id);
        render(&Page { layout, paragraphs: paragraphs(&statement, &clauses, &parts, language), is_source, clauses_at, statement: &statement, parts })
    };
    request.respond_to(&query, false, html).await
}

/// The paragraphs of a part.
fn paragraphs<'a>(statement: &'a Statement, clauses: &'a [Clause], parts: &Parts, language: Language) -> Vec<ReadParagraph<'a>> {
    let mut read: Vec<ReadParagraph<'a>> = Vec::new();
    let mut before: Vec<&Clause> = Vec::new();
    for paragraph in statement.source.paragraphs.iter().flatten().filter(|paragraph| parts.has(paragraph)) {
        let clauses: Vec<&Clause> = clauses.iter().filter(|clause| clause.paragraph == paragraph.number).collect();
        let mut speakers: Vec<&Clause> = Vec::new();
        for clause in &clauses {
            if !speakers.iter().any(|other| other.speaker == clause.speaker) {
                speakers.push(clause);
            }
        }
        let is_same = speakers.iter().map(|clause| &clause.speaker).eq(before.iter().map(|clause| &clause.speaker));
        if !speakers.is_empty() {
            before.clone_from(&speakers);
        }
        read.push(ReadParagraph {
            number: paragraph.number,
            runs: reading_text::runs(paragraph, &clauses, statement.source.language, language),
            speakers: if is_same { Vec::new() } else { speakers },
            note_count: clauses.iter().map(|clause| clause.notes.len()).sum(),
            clauses,
        });
    }
    read
}

/// The first critical note on a clause.
fn critical(clause: &Clause) -> Option<&NoteReference> {
    clause.notes.iter().find(|note| note.is_critical())
}
