//! A clause on a page of its own: its words, who says them, what a reader must know with them, and everything that is tied to them.

use askama::Template;

use crate::http::{
    cache::response::CachedResponse,
    pages::{
        html::render,
        request::PageRequest,
        view::{
            citation::citation,
            clause_link::ClauseLink,
            clause_messages as clause_msg, labels,
            layout::PageLayout,
            messages as msg,
            passage::Passage,
            section::Section,
            share::{Picture, Share},
            text_fragment::{source_fragment, text_fragment},
        },
    },
};
use crate::{
    corpus::{
        Language, NoteReference, Resource, Voice,
        attribution::attribution,
        clauses::{Clause, ClauseFilter},
        dates::{DateExpression, DateFilter},
        milestones::{Milestone, MilestoneFilter},
        notes::{Note, NoteFilter, Severity},
        statements::{Statement, StatementFilter},
    },
    error::Error,
    formats::in_marks,
    text::bidi::{FIRST_STRONG_ISOLATE, POP_DIRECTIONAL_ISOLATE, Segment, segments},
};

/// The maximum length of the words in a description, in code points: about what search engines show.
const MAX_DESCRIBED: usize = 160;
/// The maximum length of the words in a title, in code points.
const MAX_IN_TITLE: usize = 70;

#[derive(Template)]
#[template(path = "clause.html")]
struct Page<'a> {
    layout: PageLayout,
    clause: &'a Clause,
    statement: &'a Statement,
    /// The notes with this severity.
    critical: Vec<&'a NoteReference>,
    major: Vec<&'a NoteReference>,
    minor: Vec<&'a NoteReference>,
    /// Its paragraph; `None` if the source has none.
    passage: Option<Passage<'a>>,
    /// The clauses of its paragraph, itself included.
    siblings: Vec<&'a Clause>,
    previous: Option<&'a Clause>,
    next: Option<&'a Clause>,
    parent: Option<&'a Clause>,
    parts: Vec<&'a Clause>,
    dates: Vec<DateExpression>,
    milestones: Vec<&'a Milestone>,
    /// The milestones that it sets a condition for.
    conditional: Vec<&'a Milestone>,
    /// The notes on other clauses that mention it.
    mentioning: Vec<(Note, ClauseLink)>,
    citation: String,
    text_fragment: String,
    /// The URL of the words on the page of their publisher, where that is known.
    published_at: Option<String>,
    /// The path of its place on the page of the statement, below the language.
    place: String,
}

/// Shows a clause.
pub async fn show(request: PageRequest) -> Result<CachedResponse, Error> {
    let id = request.id()?;
    let html = async {
        let clause = request.require::<ClauseFilter>(&id).await?;
        let of = vec![clause.statement.clone()];
        let statement = request.require::<StatementFilter>(&clause.statement).await?;
        let (clauses, _) = request.list(&ClauseFilter { statement: of.clone(), ..ClauseFilter::default() }).await?;
        let (milestones, _) = request.list(&MilestoneFilter { statement: of.clone(), ..MilestoneFilter::default() }).await?;
        let (notes, _) = request.list(&NoteFilter { statement: of, ..NoteFilter::default() }).await?;
        let (dates, _) = request.list(&DateFilter { clause: vec![id.clone()], ..DateFilter::default() }).await?;
        let work = request.work(&clause.statement).await?;
        let language = request.language;
        let citation = citation(&clause, &work, &request.reference(&clause, &work)?, language);
        let mut layout = layout(&request, &clause, &statement);
        layout.linked_data = request.linked_data(&clause, &work)?;
        let card = request.card(&clause, &work)?;
        layout.picture = Some(Picture::card(&request, Resource::Clauses, &id, &card));
        layout.share = Some(Share::new(&request, Resource::Clauses, &id, &card, &[]));
        let with = |severity: Severity| clause.notes.iter().filter(move |note| note.severity == severity).collect();
        let at = clauses.iter().position(|other| other.id == id);
        let paragraphs = statement.source.paragraphs.as_deref().unwrap_or_default();
        let mentions = |note: &Note| {
            let is_label = |segment: &Segment<'_>| matches!(segment, Segment::Label(label) if *label == clause.label);
            note.target != id && segments(note.text.of(language), language).iter().any(is_label)
        };
        render(&Page {
            critical: with(Severity::Critical),
            major: with(Severity::Major),
            minor: with(Severity::Minor),
            passage: paragraphs.iter().find(|paragraph| paragraph.number == clause.paragraph).map(|paragraph| Passage::new(paragraph, &clause.quote)),
            siblings: clauses.iter().filter(|other| other.paragraph == clause.paragraph).collect(),
            previous: at.and_then(|at| clauses.get(at.checked_sub(1)?)),
            next: at.and_then(|at| clauses.get(at + 1)),
            parent: clause.parent.as_ref().and_then(|parent| clauses.iter().find(|other| other.id == *parent)),
            parts: clauses.iter().filter(|other| other.parent.as_ref() == Some(&id)).collect(),
            milestones: milestones.iter().filter(|milestone| milestone.clauses.iter().any(|reference| reference.id == id)).collect(),
            conditional: milestones.iter().filter(|milestone| milestone.conditions.contains(&id)).collect(),
            mentioning: notes.into_iter().filter(mentions).map(ClauseLink::with_note).collect(),
            dates,
            citation,
            text_fragment: text_fragment(&clause.label, &clause.quote.exact),
            published_at: statement.source.url.as_ref().map(|url| format!("{}#{}", url.split('#').next().unwrap_or_default(), source_fragment(&clause.quote))),
            place: format!("statements/{}", clause.statement),
            clause: &clause,
            statement: &statement,
            layout,
        })
    };
    Box::pin(request.respond(false, html)).await
}

/// The first words of a text, with an ellipsis where it is cut.
fn beginning(text: &str, max_length: usize) -> String {
    if text.chars().count() <= max_length {
        return text.to_owned();
    }
    let cut: String = text.chars().take(max_length).collect();
    // A part of a word would be another word.
    format!("{}…", cut.rsplit_once(char::is_whitespace).map_or(cut.as_str(), |(words, _)| words))
}

/// The layout: the title has the words, with their speaker unless that is the statement; the description also names the clause and its
/// statement.
fn layout(request: &PageRequest, clause: &Clause, statement: &Statement) -> PageLayout {
    let language = request.language;
    // The isolate keeps the label from changing the order of the title.
    let label = format!("{} {FIRST_STRONG_ISOLATE}{}{POP_DIRECTIONAL_ISOLATE}", clause_msg::CLAUSE.of(language), clause.label);
    let words = clause.text.of(language);
    let quoted = in_marks(&beginning(words, MAX_IN_TITLE), language);
    // A title that travels alone must not give the words of another speaker to the statement.
    let title = match (clause.voice, &clause.speaker_name) {
        (Voice::Statement, _) | (_, None) => format!("{quoted} ({label})"),
        (_, Some(name)) => format!("{}{}: {quoted}", name.of(language), clause_msg::NOT_THE_STATEMENT.of(language)),
    };
    let shown = beginning(words, MAX_DESCRIBED);
    let said = attribution(clause.voice, clause.speaker_name.as_ref());
    let warning = if clause.notes.iter().any(NoteReference::is_critical) { clause_msg::QUOTE_WITH_NOTE.of(language) } else { "" };
    let description = format!("{}: {}. {label} – {}. {warning}", said.of(language), in_marks(&shown, language), statement.title.of(language));
    PageLayout::new(request, Section::Statements, title, description.trim_end()).with_item(Resource::Clauses, &clause.id)
}
