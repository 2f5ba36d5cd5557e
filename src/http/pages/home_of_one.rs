//! The home page of a service with one statement: its dates and where they stand, its warning, and what was reported since.

use std::collections::HashMap;

use askama::Template;

use crate::http::pages::{
    critical_notes::{CriticalNotes, critical_notes},
    downloads::{Downloads, downloads},
    html::render,
    key_dates::{dates_in_words, key_dates},
    request::{PageRequest, Titles},
    view::{
        chart::Chart,
        clause_messages as clause_msg, home_messages as home,
        issuers::Issuers,
        labels,
        layout::PageLayout,
        messages as msg,
        section::Section,
        share::{Picture, Share},
        timeline_messages as timeline,
    },
};
use crate::{
    corpus::{
        Day, Language, Resource, Slug,
        milestones::{Development, Kind, Milestone, MilestoneFilter},
        statements::Statement,
    },
    error::Error,
    formats::time_axis::Edge,
};

/// How many rows its timeline has at most.
const MAX_ROWS: usize = 6;
/// How many later reports.
const MAX_REPORTS: usize = 4;
/// How many critical notes.
const MAX_NOTES: u32 = 5;

#[derive(Template)]
#[template(path = "home_of_one.html")]
struct Page<'a> {
    layout: PageLayout,
    statement: &'a Statement,
    issuers: Issuers,
    /// The dates that the statement sets.
    key_dates: Vec<&'a Milestone>,
    /// What ends after the statement was issued.
    chart: Chart,
    /// The newest reports, each with its milestone.
    reports: Vec<(&'a Development, &'a Milestone)>,
    critical_notes: CriticalNotes,
    /// The clauses that these are on, in the language of the page.
    translations: HashMap<Slug, String>,
    /// Empty: the statement need not be named.
    titles: Titles,
    downloads: Downloads,
    today: Day,
}

/// Renders the page.
pub async fn page(request: &PageRequest, statement: &Statement) -> Result<String, Error> {
    let language = request.language;
    let (milestones, _) = request.list(&MilestoneFilter { statement: vec![statement.id.clone()], ..MilestoneFilter::default() }).await?;
    let work = request.work_with_card(&statement.id).await?;
    let critical_notes = critical_notes(request, MAX_NOTES).await?;
    let translations = request.translations(critical_notes.0.iter().map(|(note, _)| note)).await?;
    let key_dates = key_dates(&milestones);
    let description = if key_dates.is_empty() { msg::ABOUT.of(language).to_owned() } else { dates_in_words(&key_dates, language) };
    let title = statement.title.of(language);
    let mut layout = PageLayout::new(request, Section::Home, title, description).with_list(Resource::Milestones, &format!("?statement={}", statement.id));
    let card = request.card(statement, &work)?;
    layout.picture = Some(Picture::card(request, Resource::Statements, &statement.id, &card));
    layout.share = Some(Share::new(request, Resource::Statements, &statement.id, &card, &milestones));
    render(&Page {
        layout,
        statement,
        issuers: Issuers::of(vec![work]),
        chart: Chart::new(after(statement, &milestones), request.today().date(), language),
        reports: newest_reports(&milestones),
        key_dates,
        critical_notes,
        translations,
        titles: Titles::default(),
        downloads: downloads(),
        today: request.today(),
    })
}

/// The first milestones that end after the statement was issued.
fn after(statement: &Statement, milestones: &[Milestone]) -> Vec<Milestone> {
    let is_after = |milestone: &&Milestone| milestone.date.latest.is_some_and(|last| statement.issued.latest.is_none_or(|issued| last > issued));
    milestones.iter().filter(is_after).take(MAX_ROWS).cloned().collect()
}

/// The newest reports, the newest first. A report on several milestones counts once.
fn newest_reports(milestones: &[Milestone]) -> Vec<(&Development, &Milestone)> {
    let mut reports: Vec<(&Development, &Milestone)> =
        milestones.iter().flat_map(|milestone| milestone.developments.iter().map(move |report| (report, milestone))).collect();
    reports.sort_by_key(|(report, _)| std::cmp::Reverse(report.date.latest.or(report.date.earliest)));
    let mut seen = Vec::new();
    reports.retain(|(report, _)| {
        let is_new = !seen.contains(&&report.text.en);
        seen.push(&report.text.en);
        is_new
    });
    reports.truncate(MAX_REPORTS);
    reports
}
