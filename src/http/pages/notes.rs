//! The editors' notes on the source, the most severe first.

use askama::Template;

use crate::http::{
    cache::response::CachedResponse,
    pages::{
        html::render,
        request::PageRequest,
        view::{clause_link::ClauseLink, labels, layout::PageLayout, messages as msg, section::Section},
    },
};
use crate::{
    corpus::{
        Language, Resource,
        notes::{Note, NoteFilter, Severity},
    },
    error::Error,
};

#[derive(Template)]
#[template(path = "notes.html")]
struct Page {
    layout: PageLayout,
    notes_by_severity: Vec<(Severity, Vec<(Note, ClauseLink)>)>,
    truncated: bool,
}

/// Shows all notes.
pub async fn list(request: PageRequest) -> Result<CachedResponse, Error> {
    let html = async {
        let (notes, truncated) = request.list(&NoteFilter::default()).await?;
        let (title, lead) = (msg::NOTES.of(request.language), msg::NOTES_LEAD.of(request.language));
        let layout = PageLayout::new(&request, Section::Notes, title, lead).with_list(Resource::Notes, "");
        let by_severity = [Severity::Critical, Severity::Major, Severity::Minor].map(|severity| {
            let notes = notes.iter().filter(|note| note.severity == severity).cloned();
            (severity, notes.map(ClauseLink::with_note).collect::<Vec<_>>())
        });
        render(&Page { layout, notes_by_severity: by_severity.into_iter().filter(|(_, notes)| !notes.is_empty()).collect(), truncated })
    };
    request.respond(false, html).await
}
