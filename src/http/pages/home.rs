//! The home page: the statements, the dates as of today, and the feeds and downloads.

use askama::Template;

use crate::http::{
    cache::response::CachedResponse,
    pages::{
        html::render,
        request::PageRequest,
        view::{clause_link::ClauseLink, labels, layout::PageLayout, messages as msg, messages::Message, section::Section},
    },
};
use crate::{
    corpus::{
        Day, Language, Resource,
        milestones::{Milestone, MilestoneFilter, Status},
        notes::{Note, NoteFilter, Severity},
        statements::{Statement, StatementFilter},
    },
    error::Error,
    formats::{Format, available_formats},
};

#[derive(Template)]
#[template(path = "home.html")]
struct Page {
    layout: PageLayout,
    statements: Vec<Statement>,
    milestones_by_status: Vec<(Status, Vec<Milestone>)>,
    critical_notes: Vec<(Note, ClauseLink)>,
    downloads: Vec<(Message, &'static str, Vec<Format>)>,
    today: Day,
}

/// The lists that the page offers as feeds and downloads, each with its name there.
const DOWNLOADS: [(Message, Resource); 4] = [
    (msg::MILESTONES_AND_REPORTS, Resource::Milestones),
    (msg::CLAUSES, Resource::Clauses),
    (msg::LOCATIONS, Resource::Locations),
    (msg::CHANGES, Resource::Changes),
];

/// Shows the home page.
pub async fn show(request: PageRequest) -> Result<CachedResponse, Error> {
    let html = async {
        let (statements, _) = request.list(&StatementFilter::default()).await?;
        let (milestones, _) = request.list(&MilestoneFilter::default()).await?;
        let (notes, _) = request.list(&NoteFilter { severity: vec![Severity::Critical], ..NoteFilter::default() }).await?;
        let by_status = [Status::Open, Status::Upcoming, Status::Past, Status::Undated].map(|status| {
            let mut group: Vec<Milestone> = milestones.iter().filter(|milestone| milestone.status == status).cloned().collect();
            if status == Status::Past {
                // The most recent first.
                group.reverse();
            }
            (status, group)
        });
        let language = request.language;
        render(&Page {
            layout: PageLayout::new(&request, Section::Home, msg::TAGLINE.of(language), msg::ABOUT.of(language)).with_list(Resource::Statements, ""),
            statements,
            milestones_by_status: by_status.into_iter().filter(|(_, group)| !group.is_empty()).collect(),
            critical_notes: notes.into_iter().map(ClauseLink::with_note).collect(),
            downloads: DOWNLOADS.into_iter().map(|(name, resource)| (name, resource.name(), available_formats(resource).list)).collect(),
            today: request.today(),
        })
    };
    request.respond(true, html).await
}
