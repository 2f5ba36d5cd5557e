//! A statement, clause by clause: the source's words beside our translation, who says them, and what to know with them.

use askama::Template;
use axum::response::{IntoResponse, Redirect, Response};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};

use crate::corpus::{
    self, Language, Resource, Voice,
    clauses::{Clause, ClauseFilter},
    milestones::{Milestone, MilestoneFilter},
    notes::Severity,
    statements::{Paragraph, Statement, StatementFilter},
};
use crate::http::pages::{
    Answer, Error, PageRequest, nothing, render,
    view::{
        labels,
        layout::{Frame, Section},
        messages as w, plural,
    },
};

#[derive(Template)]
#[template(path = "statement.html")]
struct Page<'a> {
    frame: Frame,
    statement: &'a Statement,
    paragraphs: Vec<Group<'a>>,
    voices: Vec<(Voice, usize)>,
    critical: Vec<&'a Clause>,
    clauses: usize,
    notes: usize,
    more: bool,
}

/// A paragraph of the article, with its clauses.
struct Group<'a> {
    paragraph: &'a Paragraph,
    entries: Vec<Entry<'a>>,
}

/// A clause, with what stands around it.
struct Entry<'a> {
    clause: &'a Clause,
    /// The article's words before it that belong to no clause.
    before: Option<String>,
    /// The label of the clause that it belongs to.
    parent: Option<&'a str>,
    /// The milestones that rest on it and have been reported on since.
    reported: Vec<&'a Milestone>,
    citation: String,
    /// Its address below the language.
    address: String,
    /// The very words as a fragment of the address.
    fragment: String,
}

/// Leads to the statement, where there is one; to the list of them, where there are more.
pub async fn choose(request: PageRequest) -> Result<Response, Error> {
    let (statements, _) = request.list(&StatementFilter::default()).await?;
    let to = match statements.as_slice() {
        [only] => format!("statements/{}", only.id),
        _ => "./#statements".to_owned(),
    };
    Ok(Redirect::temporary(&to).into_response())
}

/// Shows a statement.
pub async fn show(request: PageRequest) -> Result<Answer, Error> {
    let id = request.id()?;
    let make = async {
        let statement = request.app.ask(corpus::get(request.corpus(), &StatementFilter::default(), &id, request.day())).await?.ok_or_else(nothing)?.read()?;
        let (clauses, more) = request.list(&ClauseFilter { statement: vec![id.clone()], ..ClauseFilter::default() }).await?;
        let (milestones, _) = request.list(&MilestoneFilter { statement: vec![id.clone()], ..MilestoneFilter::default() }).await?;
        page(&request, &statement, (&clauses, more), &milestones, request.linked_data(&statement).await?)
    };
    request.answer(false, make).await
}

/// Writes a statement's page. `more`: it has more clauses than a page shows.
fn page(
    request: &PageRequest,
    statement: &Statement,
    (clauses, more): (&[Clause], bool),
    milestones: &[Milestone],
    linked_data: Option<String>,
) -> Result<String, Error> {
    let language = request.language;
    let title = statement.title.of(language);
    let described = format!("{title}. {}", w::WHAT_THIS_IS.of(language));
    let mut frame = Frame::new(request, Section::Statements, title, described)
        .with_item(Resource::Statements, &statement.id)
        .with_list(Resource::Clauses, &format!("?statement={}", statement.id));
    frame.linked_data = linked_data;
    let mut paragraphs = Vec::new();
    for paragraph in statement.source.paragraphs.iter().flatten() {
        let mut covered = paragraph.start;
        let mut entries = Vec::new();
        for clause in clauses.iter().filter(|clause| clause.paragraph == paragraph.number) {
            entries.push(Entry {
                clause,
                before: between(paragraph, covered, clause.quote.start),
                parent: clause.parent.as_ref().and_then(|parent| clauses.iter().find(|clause| clause.id == *parent)).map(|parent| parent.label.as_str()),
                reported: reported(clause, milestones),
                address: format!("statements/{}#{}", statement.id, clause.label),
                citation: citation(statement, clause, &frame),
                fragment: format!("{}:~:text={}", clause.label, utf8_percent_encode(&clause.quote.exact, NON_ALPHANUMERIC)),
            });
            covered = covered.max(clause.quote.end);
        }
        paragraphs.push(Group { paragraph, entries });
    }
    let count = |voice| clauses.iter().filter(|clause| clause.voice == voice).count();
    render(&Page {
        statement,
        paragraphs,
        voices: [Voice::Statement, Voice::Officer, Voice::Agency].map(|voice| (voice, count(voice))).into(),
        critical: clauses.iter().filter(|clause| clause.notes.iter().any(|note| note.severity == Severity::Critical)).collect(),
        clauses: clauses.len(),
        notes: clauses.iter().map(|clause| clause.notes.len()).sum(),
        more,
        frame,
    })
}

/// The milestones that rest on a clause and have been reported on since.
fn reported<'a>(clause: &Clause, milestones: &'a [Milestone]) -> Vec<&'a Milestone> {
    let rest_on_it = milestones.iter().filter(|milestone| clause.milestones.iter().any(|reference| reference.id == milestone.id));
    rest_on_it.filter(|milestone| !milestone.developments.is_empty()).collect()
}

/// The words of a paragraph between two places of the source, if there are any: punctuation alone tells nothing.
fn between(paragraph: &Paragraph, from: u32, to: u32) -> Option<String> {
    let skipped = from.checked_sub(paragraph.start)?;
    let words: String = paragraph.text.chars().skip(skipped as usize).take(to.checked_sub(from)? as usize).collect();
    let words = words.trim_matches(|edge: char| edge.is_whitespace() || "“”،.".contains(edge));
    words.contains(char::is_alphabetic).then(|| words.to_owned())
}

/// A clause as it is to be cited: the words, what they are, who says them, and what must not be left out with them.
fn citation(statement: &Statement, clause: &Clause, frame: &Frame) -> String {
    let language = frame.language;
    let (title, publisher, voice) = (statement.title.of(language), statement.source.publisher.of(language), labels::voice_meaning(&clause.voice).of(language));
    let (label, issued, address) = (&clause.label, frame.date(&statement.issued), frame.cited(&format!("statements/{}#{}", statement.id, clause.label)));
    let reported = w::AS_REPORTED_BY.of(language);
    let mut citation = match language {
        Language::Ar => format!("«{}»، {title} ({issued})، {} {label} ({voice})، {reported} {publisher}.", clause.text.ar, w::CLAUSE.of(language)),
        Language::En => format!(
            "“{}” (working translation of «{}»), {title} ({issued}), {} {label} ({voice}), {reported} {publisher}.",
            clause.text.en,
            clause.text.ar,
            w::CLAUSE.of(language)
        ),
    };
    let notes = clause.notes.iter().filter(|note| note.severity == Severity::Critical);
    citation.extend(notes.map(|note| format!(" {}: {}", w::NOTE.of(language), note.text.of(language))));
    citation.push(' ');
    citation.push_str(&address);
    citation
}
