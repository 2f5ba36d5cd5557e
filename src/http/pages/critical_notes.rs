//! The critical notes that the home page shows.

use crate::http::pages::{request::PageRequest, view::clause_link::ClauseLink};
use crate::{
    corpus::notes::{Note, NoteFilter, Severity},
    error::Error,
};

/// The first critical notes with their clauses, and whether there are more.
pub type CriticalNotes = (Vec<(Note, ClauseLink)>, bool);

/// The first critical notes, of all statements.
pub async fn critical_notes(request: &PageRequest, limit: u32) -> Result<CriticalNotes, Error> {
    let (notes, more) = request.first(&NoteFilter { severity: vec![Severity::Critical], ..NoteFilter::default() }, limit).await?;
    Ok((notes.into_iter().map(ClauseLink::with_note).collect(), more))
}
