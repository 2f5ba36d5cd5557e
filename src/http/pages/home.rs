//! The home page: the statements, the dates as of today, and the feeds and downloads.

use askama::Template;

use crate::http::{
    cache::response::CachedResponse,
    pages::{
        html::render,
        request::{PageRequest, Titles},
        view::{clause_link::ClauseLink, labels, layout::PageLayout, messages as msg, messages::Message, section::Section},
    },
};
use crate::{
    corpus::{
        Day, Language, Resource,
        milestones::{Milestone, MilestoneFilter, Sort, Status},
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
    /// The latest statements, and whether there are more.
    statements: (Vec<Statement>, bool),
    /// The milestones of each status that matter first, and whether there are more.
    milestones_by_status: Vec<(Status, Vec<Milestone>, bool)>,
    /// The first critical notes, and whether there are more.
    critical_notes: (Vec<(Note, ClauseLink)>, bool),
    titles: Titles,
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

/// How many statements the page shows at most.
const MAX_STATEMENTS: u32 = 10;
/// How many milestones of each status.
const MAX_MILESTONES: u32 = 20;
/// How many critical notes.
const MAX_NOTES: u32 = 10;

/// The milestones with a status, in the order in which they matter.
fn current(status: Status) -> MilestoneFilter {
    let sort = match status {
        Status::Open | Status::Undated => Sort::Latest,
        Status::Upcoming => Sort::Earliest,
        Status::Past => Sort::LatestDescending,
    };
    MilestoneFilter { status: vec![status], sort: Some(sort), ..MilestoneFilter::default() }
}

/// Shows the home page.
pub async fn show(request: PageRequest) -> Result<CachedResponse, Error> {
    let html = async {
        let statements = request.first(&StatementFilter::default(), MAX_STATEMENTS).await?;
        let mut milestones_by_status = Vec::new();
        for status in labels::STATUSES {
            let (group, more) = request.first(&current(status), MAX_MILESTONES).await?;
            if !group.is_empty() {
                milestones_by_status.push((status, group, more));
            }
        }
        let (notes, more_notes) = request.first(&NoteFilter { severity: vec![Severity::Critical], ..NoteFilter::default() }, MAX_NOTES).await?;
        let of_milestones = milestones_by_status.iter().flat_map(|(_, group, _)| group).map(|milestone| &milestone.statement);
        let titles = request.titles(of_milestones.chain(notes.iter().map(|note| &note.statement))).await?;
        let language = request.language;
        render(&Page {
            layout: PageLayout::new(&request, Section::Home, msg::TAGLINE.of(language), msg::ABOUT.of(language)).with_list(Resource::Statements, ""),
            statements,
            milestones_by_status,
            critical_notes: (notes.into_iter().map(ClauseLink::with_note).collect(), more_notes),
            titles,
            downloads: DOWNLOADS.into_iter().map(|(name, resource)| (name, resource.name(), available_formats(resource).list)).collect(),
            today: request.today(),
        })
    };
    request.respond(true, html).await
}
