//! The editors' notes on the source, the gravest first.

use askama::Template;

use crate::corpus::{
    Language, Resource,
    notes::{Note, NoteFilter, Severity},
};
use crate::http::pages::{
    Answer, Error, PageRequest, render,
    view::{
        labels,
        layout::{Anchor, Frame, Section},
        messages as w,
    },
};

#[derive(Template)]
#[template(path = "notes.html")]
struct Page {
    frame: Frame,
    groups: Vec<(Severity, Vec<(Note, Anchor)>)>,
    more: bool,
}

/// Shows all notes.
pub async fn list(request: PageRequest) -> Result<Answer, Error> {
    let make = async {
        let (notes, more) = request.list(&NoteFilter::default()).await?;
        let (title, lead) = (w::NOTES.of(request.language), w::NOTES_LEAD.of(request.language));
        let frame = Frame::new(&request, Section::Notes, title, lead).with_list(Resource::Notes, "");
        let groups = [Severity::Critical, Severity::Major, Severity::Minor].map(|severity| {
            let notes = notes.iter().filter(|note| note.severity == severity).cloned();
            (severity, notes.map(|note| (Anchor::of(&note.target, &note.statement), note)).map(|(anchor, note)| (note, anchor)).collect::<Vec<_>>())
        });
        render(&Page { frame, groups: groups.into_iter().filter(|(_, notes)| !notes.is_empty()).collect(), more })
    };
    request.answer(false, make).await
}
