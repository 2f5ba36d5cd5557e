//! The first page: what this is, the statements, where the dates stand today, and how to follow them.

use askama::Template;

use crate::http::pages::{
    Answer, Error, PageRequest, render,
    view::{
        labels,
        layout::{Anchor, Frame, Section},
        messages as w,
    },
};
use crate::{
    corpus::{
        Day, Language, Resource,
        milestones::{Milestone, MilestoneFilter, Status},
        notes::{Note, NoteFilter, Severity},
        statements::{Statement, StatementFilter},
    },
    formats::{Format, available_formats},
};

#[derive(Template)]
#[template(path = "home.html")]
struct Page {
    frame: Frame,
    statements: Vec<Statement>,
    groups: Vec<(Status, Vec<Milestone>)>,
    critical: Vec<(Note, Anchor)>,
    offers: Vec<(w::Phrase, &'static str, Vec<Format>)>,
    today: Day,
}

/// What can be subscribed to or downloaded, with the name that it has there.
const OFFERED: [(w::Phrase, Resource); 4] =
    [(w::MILESTONES_AND_REPORTS, Resource::Milestones), (w::CLAUSES, Resource::Clauses), (w::LOCATIONS, Resource::Locations), (w::CHANGES, Resource::Changes)];

/// Shows the first page.
pub async fn show(request: PageRequest) -> Result<Answer, Error> {
    let make = async {
        let (statements, _) = request.list(&StatementFilter::default()).await?;
        let (milestones, _) = request.list(&MilestoneFilter::default()).await?;
        let (notes, _) = request.list(&NoteFilter { severity: vec![Severity::Critical], ..NoteFilter::default() }).await?;
        let groups = [Status::Open, Status::Upcoming, Status::Past, Status::Undated].map(|status| {
            let mut group: Vec<Milestone> = milestones.iter().filter(|milestone| milestone.status == status).cloned().collect();
            if status == Status::Past {
                // What has just gone by is news.
                group.reverse();
            }
            (status, group)
        });
        let language = request.language;
        render(&Page {
            frame: Frame::new(&request, Section::Home, w::TAGLINE.of(language), w::WHAT_THIS_IS.of(language)).with_list(Resource::Statements, ""),
            statements,
            groups: groups.into_iter().filter(|(_, group)| !group.is_empty()).collect(),
            critical: notes.into_iter().map(|note| (Anchor::of(&note.target, &note.statement), note)).map(|(anchor, note)| (note, anchor)).collect(),
            offers: OFFERED.into_iter().map(|(name, resource)| (name, resource.name(), available_formats(resource).list)).collect(),
            today: request.day(),
        })
    };
    request.answer(true, make).await
}
