//! The milestones: all of them on a timeline and in a table, and each on a page of its own.

use askama::Template;

use crate::http::{
    cache::response::CachedResponse,
    pages::{
        html::render,
        listing::{ListQuery, Listing},
        request::{PageRequest, Titles},
        view::{
            clause_link::ClauseLink,
            filter_form::{FilterForm, Select},
            labels,
            layout::PageLayout,
            messages as msg, plural,
            section::Section,
            share::Share,
        },
    },
};
use crate::{
    corpus::{
        BilingualText, Day, Language, Resource,
        clauses::{Clause, ClauseFilter},
        dates::{DateExpression, DateFilter},
        milestones::{Milestone, MilestoneFilter},
        statements::{Statement, StatementFilter},
    },
    error::Error,
    formats::{
        date_words,
        time_axis::{Axis, Bar, Edge, Percent, Tick},
    },
};

/// How many milestones a page has at most. Each takes about 5 KB, and no page is longer than 300 KB.
const PAGE_SIZE: u32 = 50;

#[derive(Template)]
#[template(path = "milestones.html")]
struct ListPage {
    layout: PageLayout,
    form: FilterForm,
    parts: Listing<Milestone>,
    rows: Vec<(Milestone, Bar)>,
    undated: Vec<Milestone>,
    axis: AxisView,
    today: Day,
    titles: Titles,
}

/// The axis as the template draws it.
struct AxisView {
    ticks: Vec<Tick>,
    today: Option<Percent>,
    /// Whether the label of today is before its line, because there is no space after it.
    today_label_first: bool,
}

/// Shows the milestones, of all statements or of those that are chosen, on one timeline.
pub async fn list(request: PageRequest) -> Result<CachedResponse, Error> {
    let query = ListQuery::<MilestoneFilter>::read(&request)?;
    let html = async {
        let language = request.language;
        let mut parts = query.load(&request, PAGE_SIZE, &["status", "kind", "voice"]).await?;
        let titles = request.titles(parts.items.iter().map(|milestone| &milestone.statement)).await?;
        let mut layout = PageLayout::new(&request, Section::Milestones, msg::MILESTONES.of(language), msg::MILESTONES_LEAD.of(language))
            .with_list(Resource::Milestones, &query.selection());
        layout.query = query.canonical();
        let filter = &query.filter;
        let selects = vec![
            Select::new("status", msg::STATUS, &labels::STATUSES, labels::status, &filter.status, parts.facet("status"), language),
            Select::new("kind", msg::KIND, &labels::MILESTONE_KINDS, labels::milestone, &filter.kind, parts.facet("kind"), language),
            Select::new("voice", msg::SPEAKER, &labels::VOICES, labels::voice, &filter.voice, parts.facet("voice"), language),
        ];
        let form = query.form(&request, &layout, selects, false, true).await?;
        // The statuses, and the line of today on the axis, are those of the day that the reader asks for.
        let as_of = filter.as_of.unwrap_or(request.today());
        let milestones = std::mem::take(&mut parts.items);
        let today = as_of.date();
        let axis = Axis::new(&milestones, today, layout.is_rtl());
        let (mut rows, mut undated) = (Vec::new(), Vec::new());
        for milestone in milestones {
            match axis.bar(&milestone) {
                Some(bar) => rows.push((milestone, bar)),
                None => undated.push(milestone),
            }
        }
        let axis = AxisView { ticks: axis.ticks(), today: axis.position(today), today_label_first: axis.is_in_later_half(today) };
        render(&ListPage { layout, rows, undated, axis, today: as_of, form, parts, titles })
    };
    query.respond(&request, true, html).await
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
    /// The title of its statement.
    statement: BilingualText,
    /// The language of the source.
    source: Language,
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
        let Statement { developments_checked, title: statement, source, .. } = request.require::<StatementFilter>(&milestone.statement).await?;
        let language = request.language;
        let title = format!("{} – {}", milestone.title.of(language), statement.of(language));
        let description =
            format!("{}: {}", labels::milestone(&milestone.kind).of(request.language), date_words::format_milestone_date(&milestone, request.language));
        let mut layout = PageLayout::new(&request, Section::Milestones, title, description).with_item(Resource::Milestones, &milestone.id);
        layout.linked_data = request.linked_data(&milestone).await?;
        layout.share = Some(Share::new(&request, Resource::Milestones, &id, &milestone).await?);
        render(&ItemPage { layout, milestone, conditions, expression, developments_checked, statement, source: source.language })
    };
    request.respond(true, html).await
}
