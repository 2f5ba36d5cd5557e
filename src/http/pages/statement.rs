//! A statement, clause by clause: the words of the source beside our translation, who says them, and the notes.

use std::collections::{HashMap, HashSet};

use askama::Template;

use crate::http::{
    cache::response::CachedResponse,
    pages::{
        html::render,
        key_dates::{dates_in_words, key_dates},
        request::PageRequest,
        statement_part::Parts,
        view::{
            about_messages as about,
            citation::citation,
            clause_link::ClauseLink,
            labels,
            layout::PageLayout,
            messages as msg, plural,
            section::Section,
            share::{Picture, Share},
            speaker::Speaker,
            statement_messages as words,
            subscription::Subscription,
            text_fragment::text_fragment,
        },
    },
};
use crate::{
    corpus::{
        Language, LeadIn, NoteReference, Resource, Slug,
        clauses::Clause,
        dates::{DateExpression, DateFilter},
        milestones::{Milestone, MilestoneFilter},
        notes::Severity,
        statements::{Paragraph, Statement, StatementFilter},
        works::Work,
    },
    error::Error,
    formats::date_words::{self, UpperBound},
};

/// How many words of a paragraph the list of contents has.
const BEGINNING_WORDS: usize = 7;

#[derive(Template)]
#[template(path = "statement.html")]
struct Page<'a> {
    layout: PageLayout,
    statement: &'a Statement,
    /// The statement with its issuers.
    work: Work,
    parts: Parts,
    paragraphs: Vec<Group<'a>>,
    speakers: Vec<Speaker>,
    /// The clauses with a critical note.
    critical: Vec<&'a Clause>,
    note_count: usize,
    subscription: Subscription,
    /// What a reader must know about the date of issue.
    date_note: Option<String>,
    /// How each date of the clauses follows from its words.
    dates: HashMap<Slug, DateExpression>,
    /// Where labels in notes lead to: the URL of statements and the statement.
    clauses_at: (String, String),
}

/// A paragraph of the article, with its clauses.
struct Group<'a> {
    paragraph: &'a Paragraph,
    /// The first words of its first clause, in the language of the page.
    beginning: String,
    entries: Vec<Entry<'a>>,
}

/// A clause, with what the page shows around it.
struct Entry<'a> {
    clause: &'a Clause,
    /// The words that introduce it; none if they introduce a clause before it.
    lead_in: Option<&'a LeadIn>,
    /// The critical and the major notes, in this order.
    notes: Vec<&'a NoteReference>,
    /// The minor ones.
    minor_notes: Vec<&'a NoteReference>,
    /// The speaker's key in the filter.
    speaker: String,
    /// The label of the clause that it belongs to.
    parent: Option<&'a str>,
    /// The milestones of the clause that later reports concern.
    reported: Vec<&'a Milestone>,
    citation: String,
    /// The path of the permanent link, below the language.
    path: String,
    /// The URL fragment that selects the words (the text directive of the URL Fragment Text Directives draft).
    text_fragment: String,
}

/// Shows a statement, or a part of it if it is long.
pub async fn show(request: PageRequest) -> Result<CachedResponse, Error> {
    let id = request.id()?;
    let parts = Parts::read(&request, &id).await?;
    let query = parts.query();
    let html = async {
        let statement = request.require::<StatementFilter>(&id).await?;
        let clauses = parts.load(&request, &id).await?;
        let (milestones, _) = request.list(&MilestoneFilter { statement: vec![id.clone()], ..MilestoneFilter::default() }).await?;
        let with_dates = clauses.iter().filter(|clause| !clause.dates.is_empty()).map(|clause| clause.id.clone()).collect::<Vec<_>>();
        let dates = if with_dates.is_empty() { Vec::new() } else { request.list(&DateFilter { clause: with_dates, ..DateFilter::default() }).await?.0 };
        let work = request.work_with_card(&id).await?;
        statement_page(&request, &statement, work, parts, &clauses, &milestones, dates)
    };
    Box::pin(request.respond_to(&query, false, html)).await
}

/// Renders the page of a statement.
fn statement_page(
    request: &PageRequest,
    statement: &Statement,
    work: Work,
    parts: Parts,
    clauses: &[Clause],
    milestones: &[Milestone],
    dates: Vec<DateExpression>,
) -> Result<String, Error> {
    let language = request.language;
    let title = statement.title.of(language);
    let publisher = statement.source.publisher.of(language);
    let issued = date_words::format_date(&statement.issued, UpperBound::OnOrBefore, language);
    let set = dates_in_words(&key_dates(milestones), language);
    let description = format!("{title} ({issued}). {} {publisher}. {set}", msg::as_published(&statement.source).of(language));
    let mut layout = PageLayout::new(request, Section::Statements, title, description.trim_end())
        .with_item(Resource::Statements, &statement.id)
        .with_list(Resource::Clauses, &format!("?statement={}", statement.id));
    layout.linked_data = if parts.number == 1 { request.linked_data(statement, &work)? } else { None };
    let card = request.card(statement, &work)?;
    layout.picture = Some(Picture::card(request, Resource::Statements, &statement.id, &card));
    layout.share = Some(Share::new(request, Resource::Statements, &statement.id, &card, milestones));
    layout.query = parts.query();
    let mut paragraphs = Vec::new();
    let mut introduced: HashSet<&Slug> = HashSet::new();
    for paragraph in statement.source.paragraphs.iter().flatten().filter(|paragraph| parts.has(paragraph)) {
        let mut entries: Vec<Entry<'_>> = Vec::new();
        for clause in clauses.iter().filter(|clause| clause.paragraph == paragraph.number) {
            let (mut notes, minor_notes): (Vec<_>, Vec<_>) = clause.notes.iter().partition(|note| note.severity != Severity::Minor);
            notes.sort_by_key(|note| !note.is_critical());
            entries.push(Entry {
                clause,
                lead_in: clause.lead_in.as_ref().filter(|lead_in| introduced.insert(&lead_in.id)),
                notes,
                minor_notes,
                speaker: Speaker::key(clause),
                parent: clause.parent.as_ref().and_then(|parent| clauses.iter().find(|clause| clause.id == *parent)).map(|parent| parent.label.as_str()),
                reported: reported_milestones(clause, milestones),
                path: format!("clauses/{}", clause.id),
                citation: citation(clause, &work, &request.reference(clause, &work)?, language),
                text_fragment: text_fragment(&clause.label, &clause.quote.exact),
            });
        }
        let first = entries.first().map(|entry| &entry.clause.text);
        paragraphs.push(Group { paragraph, beginning: first.map(|text| beginning(text.of(language))).unwrap_or_default(), entries });
    }
    let date_note = request.reference(statement, &work)?.date_note;
    render(&Page {
        statement,
        date_note,
        work,
        paragraphs,
        speakers: Speaker::of_clauses(clauses, language),
        critical: clauses.iter().filter(|clause| clause.notes.iter().any(NoteReference::is_critical)).collect(),
        note_count: clauses.iter().map(|clause| clause.notes.len()).sum(),
        dates: dates.into_iter().map(|date| (date.id.clone(), date)).collect(),
        subscription: Subscription::new(&layout, &format!("?statement={}", statement.id)),
        clauses_at: parts.clauses_at(&layout, &statement.id),
        parts,
        layout,
    })
}

/// The first words of a text.
fn beginning(text: &str) -> String {
    let mut words = text.split_whitespace();
    let first: Vec<&str> = words.by_ref().take(BEGINNING_WORDS).collect();
    format!("{}{}", first.join(" ").trim_end_matches([',', '،', ':', ';', '؛']), if words.next().is_some() { "…" } else { "" })
}

/// The milestones of a clause that later reports concern.
fn reported_milestones<'a>(clause: &Clause, milestones: &'a [Milestone]) -> Vec<&'a Milestone> {
    let of_clause = milestones.iter().filter(|milestone| clause.milestones.iter().any(|reference| reference.id == milestone.id));
    of_clause.filter(|milestone| !milestone.developments.is_empty()).collect()
}
