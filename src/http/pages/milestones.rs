//! Milestones: all of them on a line of time and in a table, and each on a page of its own.

use askama::Template;

use crate::corpus::{
    self, Day, Language, Resource,
    clauses::{Clause, ClauseFilter},
    dates::{DateExpression, DateFilter},
    milestones::{Milestone, MilestoneFilter},
};
use crate::http::pages::{
    Answer, Error, PageRequest, nothing, render,
    view::{
        labels,
        layout::{Anchor, Frame, Section},
        messages as w, plural,
        timeline::{Axis, Bar, Edge, Percent, Tick},
    },
};

#[derive(Template)]
#[template(path = "milestones.html")]
struct ListPage {
    frame: Frame,
    rows: Vec<(Milestone, Bar)>,
    undated: Vec<Milestone>,
    axis: Drawn,
    today: Day,
    more: bool,
}

/// What the rows of the timeline have in common.
struct Drawn {
    ticks: Vec<Tick>,
    today: Option<Percent>,
    /// Whether today's label stands before its line.
    today_is_late: bool,
}

/// Shows all milestones.
pub async fn list(request: PageRequest) -> Result<Answer, Error> {
    let make = async {
        let (milestones, more) = request.list(&MilestoneFilter::default()).await?;
        let (title, lead) = (w::MILESTONES.of(request.language), w::MILESTONES_LEAD.of(request.language));
        let frame = Frame::new(&request, Section::Milestones, title, lead).with_list(Resource::Milestones, "");
        let today = request.day().date();
        let axis = Axis::over(&milestones, today, frame.is_mirrored());
        let (mut rows, mut undated) = (Vec::new(), Vec::new());
        for milestone in milestones {
            match axis.bar(&milestone) {
                Some(bar) => rows.push((milestone, bar)),
                None => undated.push(milestone),
            }
        }
        let axis = Drawn { ticks: axis.ticks(), today: axis.place(today), today_is_late: axis.is_late(today) };
        render(&ListPage { frame, rows, undated, axis, today: request.day(), more })
    };
    request.answer(true, make).await
}

#[derive(Template)]
#[template(path = "milestone.html")]
struct ItemPage {
    frame: Frame,
    milestone: Milestone,
    conditions: Vec<Clause>,
    expression: Option<DateExpression>,
}

/// Shows a milestone.
pub async fn show(request: PageRequest) -> Result<Answer, Error> {
    let id = request.id()?;
    let make = async {
        let day = request.day();
        let milestone = request.app.ask(corpus::get(request.corpus(), &MilestoneFilter::default(), &id, day)).await?.ok_or_else(nothing)?.read()?;
        let mut conditions = Vec::new();
        for clause in &milestone.conditions {
            conditions
                .extend(request.app.ask(corpus::get(request.corpus(), &ClauseFilter::default(), clause, day)).await?.map(|clause| clause.read()).transpose()?);
        }
        let expression = match &milestone.expression {
            Some(id) => request.app.ask(corpus::get(request.corpus(), &DateFilter::default(), id, day)).await?.map(|date| date.read()).transpose()?,
            None => None,
        };
        let title = milestone.title.of(request.language).to_owned();
        let described =
            format!("{}: {}", labels::milestone(&milestone.kind).of(request.language), super::view::dates::in_words(&milestone.date, request.language));
        let mut frame = Frame::new(&request, Section::Milestones, title, described).with_item(Resource::Milestones, &milestone.id);
        frame.linked_data = request.linked_data(&milestone).await?;
        render(&ItemPage { frame, milestone, conditions, expression })
    };
    request.answer(true, make).await
}
