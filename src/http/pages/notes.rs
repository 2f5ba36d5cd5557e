//! The editors' notes on the sources, the most severe first.

use std::collections::HashMap;

use askama::Template;
use axum::response::{IntoResponse, Redirect, Response};

use crate::http::{
    cache::response::CachedResponse,
    pages::{
        html::render,
        listing::{ListQuery, Listing, PAGE_SIZE},
        request::{PageRequest, Titles},
        view::{
            clause_link::ClauseLink,
            clause_messages as clause_msg,
            filter_form::{FilterForm, Select},
            labels,
            layout::PageLayout,
            messages as msg,
            section::Section,
        },
    },
};
use crate::{
    corpus::{
        Language, Resource, Slug,
        notes::{Note, NoteFilter, Severity},
    },
    error::Error,
};

#[derive(Template)]
#[template(path = "notes.html")]
struct Page {
    layout: PageLayout,
    form: FilterForm,
    notes_by_severity: Vec<(Severity, Vec<(Note, ClauseLink)>)>,
    parts: Listing<Note>,
    titles: Titles,
    /// The clauses that they are on, in the language of the page.
    translations: HashMap<Slug, String>,
}

/// Shows the notes: of those on the page, the most severe first.
pub async fn list(request: PageRequest) -> Result<CachedResponse, Error> {
    let query = ListQuery::<NoteFilter>::read(&request)?;
    let html = async {
        let language = request.language;
        let parts = query.load(&request, PAGE_SIZE, &["severity", "kind"]).await?;
        let titles = request.titles(parts.items.iter().map(|note| &note.statement)).await?;
        let mut layout =
            PageLayout::new(&request, Section::Notes, msg::NOTES.of(language), msg::NOTES_LEAD.of(language)).with_list(Resource::Notes, &query.selection());
        layout.query = query.canonical();
        let filter = &query.filter;
        let selects = vec![
            Select::new("severity", msg::SEVERITY, &labels::SEVERITIES, labels::severity, &filter.severity, parts.facet("severity"), language),
            Select::new("kind", msg::KIND, &labels::NOTE_KINDS, labels::note, &filter.kind, parts.facet("kind"), language),
        ];
        let form = query.form(&request, &layout, selects, true, false).await?;
        let translations = request.translations(&parts.items).await?;
        let by_severity = labels::SEVERITIES.map(|severity| {
            let notes = parts.items.iter().filter(|note| note.severity == severity).cloned();
            (severity, notes.map(ClauseLink::with_note).collect::<Vec<_>>())
        });
        render(&Page { layout, form, notes_by_severity: by_severity.into_iter().filter(|(_, notes)| !notes.is_empty()).collect(), parts, titles, translations })
    };
    query.respond(&request, false, html).await
}

/// Redirects to a note on the page of the notes on its clause.
pub async fn redirect(request: PageRequest) -> Result<Response, Error> {
    let note = request.require::<NoteFilter>(&request.id()?).await?;
    Ok(Redirect::temporary(&format!("../notes?target={}#{}", note.target, note.id)).into_response())
}
