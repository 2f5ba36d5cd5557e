//! A statement, clause by clause: the words of the source beside our translation, who says them, and the notes.

use askama::Template;

use crate::http::{
    cache::response::CachedResponse,
    pages::{
        html::render,
        request::PageRequest,
        view::{
            citation::citation, clause_link::ClauseLink, labels, layout::PageLayout, messages as msg, plural, section::Section, share::Share, speaker::Speaker,
            text_fragment::text_fragment,
        },
    },
};
use crate::{
    corpus::{
        Language, LeadIn, Resource,
        clauses::{Clause, ClauseFilter},
        milestones::{Milestone, MilestoneFilter},
        notes::Severity,
        statements::{Paragraph, Statement, StatementFilter},
        works::Work,
    },
    error::Error,
};

#[derive(Template)]
#[template(path = "statement.html")]
struct Page<'a> {
    layout: PageLayout,
    statement: &'a Statement,
    paragraphs: Vec<Group<'a>>,
    speakers: Vec<Speaker>,
    /// The clauses with a critical note.
    critical: Vec<&'a Clause>,
    clause_count: usize,
    note_count: usize,
    truncated: bool,
}

/// A paragraph of the article, with its clauses.
struct Group<'a> {
    paragraph: &'a Paragraph,
    entries: Vec<Entry<'a>>,
}

/// A clause, with what the page shows around it.
struct Entry<'a> {
    clause: &'a Clause,
    /// The words that introduce it; none if they also introduce the clause before it.
    lead_in: Option<&'a LeadIn>,
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

/// Shows a statement.
pub async fn show(request: PageRequest) -> Result<CachedResponse, Error> {
    let id = request.id()?;
    let html = async {
        let statement = request.require::<StatementFilter>(&id).await?;
        let (clauses, truncated) = request.list(&ClauseFilter { statement: vec![id.clone()], ..ClauseFilter::default() }).await?;
        let work = request.work(&id).await?;
        let (milestones, _) = request.list(&MilestoneFilter { statement: vec![id.clone()], ..MilestoneFilter::default() }).await?;
        let share = Share::new(&request, Resource::Statements, &id, &statement).await?;
        statement_page(&request, &statement, &work, (&clauses, truncated), &milestones, (request.linked_data(&statement).await?, share))
    };
    Box::pin(request.respond(false, html)).await
}

/// Renders the page of a statement. `truncated`: the statement has more clauses than the page shows.
fn statement_page(
    request: &PageRequest,
    statement: &Statement,
    work: &Work,
    (clauses, truncated): (&[Clause], bool),
    milestones: &[Milestone],
    (linked_data, share): (Option<String>, Share),
) -> Result<String, Error> {
    let language = request.language;
    let title = statement.title.of(language);
    let description = format!("{title}. {}", msg::ABOUT.of(language));
    let mut layout = PageLayout::new(request, Section::Statements, title, description)
        .with_item(Resource::Statements, &statement.id)
        .with_list(Resource::Clauses, &format!("?statement={}", statement.id));
    layout.linked_data = linked_data;
    layout.share = Some(share);
    let mut paragraphs = Vec::new();
    for paragraph in statement.source.paragraphs.iter().flatten() {
        let mut entries: Vec<Entry<'_>> = Vec::new();
        for clause in clauses.iter().filter(|clause| clause.paragraph == paragraph.number) {
            let before = entries.last().and_then(|entry| entry.clause.lead_in.as_ref());
            entries.push(Entry {
                clause,
                lead_in: clause.lead_in.as_ref().filter(|lead_in| before.is_none_or(|before| before.id != lead_in.id)),
                speaker: Speaker::key(clause),
                parent: clause.parent.as_ref().and_then(|parent| clauses.iter().find(|clause| clause.id == *parent)).map(|parent| parent.label.as_str()),
                reported: reported_milestones(clause, milestones),
                path: format!("clauses/{}", clause.id),
                citation: citation(clause, work, &request.reference(clause, work)?, language),
                text_fragment: text_fragment(&clause.label, &clause.quote.exact),
            });
        }
        paragraphs.push(Group { paragraph, entries });
    }
    render(&Page {
        statement,
        paragraphs,
        speakers: Speaker::of_clauses(clauses, language),
        critical: clauses.iter().filter(|clause| clause.notes.iter().any(|note| note.severity == Severity::Critical)).collect(),
        clause_count: clauses.len(),
        note_count: clauses.iter().map(|clause| clause.notes.len()).sum(),
        truncated,
        layout,
    })
}

/// The milestones of a clause that later reports concern.
fn reported_milestones<'a>(clause: &Clause, milestones: &'a [Milestone]) -> Vec<&'a Milestone> {
    let of_clause = milestones.iter().filter(|milestone| clause.milestones.iter().any(|reference| reference.id == milestone.id));
    of_clause.filter(|milestone| !milestone.developments.is_empty()).collect()
}
