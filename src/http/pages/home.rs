//! The home page: what matters now. With one statement, its dates, its warning and what was reported since; with several, the next
//! deadlines across them, and the statements.

use std::collections::HashMap;

use askama::Template;

use crate::http::{
    cache::response::CachedResponse,
    pages::{
        critical_notes::{CriticalNotes, critical_notes},
        downloads::{Downloads, downloads},
        home_of_one,
        html::render,
        request::{PageRequest, Titles},
        view::{clause_messages as clause_msg, home_messages as home, issuers::Issuers, labels, layout::PageLayout, messages as msg, section::Section},
    },
};
use crate::{
    corpus::{
        Day, Language, Resource, Slug,
        milestones::{Kind, Milestone, MilestoneFilter, Sort, Status},
        statements::{Statement, StatementFilter},
        works,
    },
    error::Error,
};

#[derive(Template)]
#[template(path = "home.html")]
struct Page {
    layout: PageLayout,
    /// The latest statements, and whether there are more.
    statements: (Vec<Statement>, bool),
    issuers: Issuers,
    /// The next deadlines and ends of periods.
    next: Vec<Milestone>,
    /// Those that passed last.
    last: Vec<Milestone>,
    critical_notes: CriticalNotes,
    /// The clauses that these are on, in the language of the page.
    translations: HashMap<Slug, String>,
    titles: Titles,
    downloads: Downloads,
    today: Day,
}

/// How many statements the page shows at most.
const MAX_STATEMENTS: u32 = 10;
/// How many milestones of each kind.
const MAX_MILESTONES: u32 = 6;
/// How many critical notes of several statements.
const MAX_NOTES: u32 = 3;

/// Deadlines and periods with one of these statuses, in this order.
fn dated(status: &[Status], sort: Sort) -> MilestoneFilter {
    MilestoneFilter { kind: vec![Kind::Deadline, Kind::Period], status: status.to_vec(), sort: Some(sort), ..MilestoneFilter::default() }
}

/// Shows the home page.
pub async fn show(request: PageRequest) -> Result<CachedResponse, Error> {
    let html = async {
        let statements = request.first(&StatementFilter::default(), MAX_STATEMENTS).await?;
        if let ([statement], false) = (&statements.0[..], statements.1) {
            return home_of_one::page(&request, statement).await;
        }
        let (mut next, _) = request.first(&dated(&[Status::Open, Status::Upcoming], Sort::Latest), MAX_MILESTONES).await?;
        // Those without a last day sort last.
        next.retain(|milestone| milestone.date.latest.is_some());
        let (last, _) = request.first(&dated(&[Status::Past], Sort::LatestDescending), MAX_MILESTONES).await?;
        let critical_notes = critical_notes(&request, MAX_NOTES).await?;
        let translations = request.translations(critical_notes.0.iter().map(|(note, _)| note)).await?;
        let named = next.iter().chain(&last).map(|milestone| &milestone.statement);
        let titles = request.titles(named.chain(critical_notes.0.iter().map(|(note, _)| &note.statement))).await?;
        let works = request.app.timed_query(works::works(request.corpus(), statements.0.iter().map(|statement| &statement.id))).await?;
        let language = request.language;
        render(&Page {
            layout: PageLayout::new(&request, Section::Home, msg::TAGLINE.of(language), msg::ABOUT.of(language)).with_list(Resource::Statements, ""),
            statements,
            issuers: Issuers::of(works),
            next,
            last,
            critical_notes,
            translations,
            titles,
            downloads: downloads(),
            today: request.today(),
        })
    };
    request.respond(true, Box::pin(html)).await
}
