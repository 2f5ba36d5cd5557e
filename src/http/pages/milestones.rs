//! The milestones: all of them on a timeline and in a table, and each on a page of its own.

use askama::Template;

use crate::http::{
    cache::response::CachedResponse,
    pages::{
        html::render,
        request::PageRequest,
        view::{
            clause_link::ClauseLink,
            dates, labels,
            layout::PageLayout,
            messages as msg, plural,
            section::Section,
            timeline::{Axis, Bar, Edge, Percent, Tick},
        },
    },
};
use crate::{
    corpus::{
        Day, Language, Resource,
        clauses::{Clause, ClauseFilter},
        dates::{DateExpression, DateFilter},
        milestones::{Milestone, MilestoneFilter},
        statements::StatementFilter,
    },
    error::Error,
};

#[derive(Template)]
#[template(path = "milestones.html")]
struct ListPage {
    layout: PageLayout,
    rows: Vec<(Milestone, Bar)>,
    undated: Vec<Milestone>,
    axis: AxisView,
    today: Day,
    truncated: bool,
}

/// The axis as the template draws it.
struct AxisView {
    ticks: Vec<Tick>,
    today: Option<Percent>,
    /// Whether the label of today is before its line, because there is no space after it.
    today_label_first: bool,
}

/// Shows all milestones.
pub async fn list(request: PageRequest) -> Result<CachedResponse, Error> {
    let html = async {
        let (milestones, truncated) = request.list(&MilestoneFilter::default()).await?;
        let (title, lead) = (msg::MILESTONES.of(request.language), msg::MILESTONES_LEAD.of(request.language));
        let layout = PageLayout::new(&request, Section::Milestones, title, lead).with_list(Resource::Milestones, "");
        let today = request.today().date();
        let axis = Axis::new(&milestones, today, layout.is_rtl());
        let (mut rows, mut undated) = (Vec::new(), Vec::new());
        for milestone in milestones {
            match axis.bar(&milestone) {
                Some(bar) => rows.push((milestone, bar)),
                None => undated.push(milestone),
            }
        }
        let axis = AxisView { ticks: axis.ticks(), today: axis.position(today), today_label_first: axis.is_in_later_half(today) };
        render(&ListPage { layout, rows, undated, axis, today: request.today(), truncated })
    };
    request.respond(true, html).await
}

#[derive(Template)]
#[template(path = "milestone.html")]
struct ItemPage {
    layout: PageLayout,
    milestone: Milestone,
    conditions: Vec<Clause>,
    expression: Option<DateExpression>,
    /// The day on which later reports were last looked for.
    developments_checked: Option<Day>,
}

/// Shows a milestone.
pub async fn show(request: PageRequest) -> Result<CachedResponse, Error> {
    let id = request.id()?;
    let html = async {
        let milestone = request.require::<MilestoneFilter>(&id).await?;
        let mut conditions = Vec::new();
        for clause in &milestone.conditions {
            conditions.extend(request.get::<ClauseFilter>(clause).await?);
        }
        let expression = match &milestone.expression {
            Some(id) => request.get::<DateFilter>(id).await?,
            None => None,
        };
        let developments_checked = request.get::<StatementFilter>(&milestone.statement).await?.and_then(|statement| statement.developments_checked);
        let title = milestone.title.of(request.language).to_owned();
        let description =
            format!("{}: {}", labels::milestone(&milestone.kind).of(request.language), dates::format_milestone_date(&milestone, request.language));
        let mut layout = PageLayout::new(&request, Section::Milestones, title, description).with_item(Resource::Milestones, &milestone.id);
        layout.linked_data = request.linked_data(&milestone).await?;
        render(&ItemPage { layout, milestone, conditions, expression, developments_checked })
    };
    request.respond(true, html).await
}
