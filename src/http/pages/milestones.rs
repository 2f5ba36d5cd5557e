//! The milestones: all of them on a timeline and in a table, and each on a page of its own.

use askama::Template;
use chrono::Months;

use crate::http::{
    cache::response::CachedResponse,
    pages::{
        html::render,
        listing::{ListQuery, Listing},
        request::{PageRequest, Titles},
        view::{
            chart::Chart,
            clause_link::ClauseLink,
            filter_form::{FilterForm, Select},
            labels,
            layout::PageLayout,
            messages::{self as msg, Message},
            plural,
            section::Section,
            share::{Picture, Share},
            subscription::Subscription,
            timeline_messages as timeline,
        },
    },
};
use crate::{
    corpus::{
        BilingualText, Day, Language, NoteReference, Resource,
        clauses::{Clause, ClauseFilter},
        dates::{DateExpression, DateFilter},
        milestones::{Kind, Milestone, MilestoneFilter, Status},
        statements::Statement,
    },
    error::Error,
    formats::{date_words, time_axis::Edge},
};

/// How many milestones a page has at most. Each takes about 5 KB, and no page is longer than 300 KB.
const PAGE_SIZE: u32 = 50;

#[derive(Template)]
#[template(path = "milestones.html")]
struct ListPage {
    layout: PageLayout,
    form: FilterForm,
    parts: Listing<Milestone>,
    chart: Chart,
    /// Links to the same list as of other days, each with its name and its query.
    steps: Vec<(Message, String)>,
    subscription: Subscription,
    today: Day,
    titles: Titles,
}

/// Shows the milestones, of all statements or of those that are chosen, on one timeline.
pub async fn list(request: PageRequest) -> Result<CachedResponse, Error> {
    let query = ListQuery::<MilestoneFilter>::read(&request)?;
    let html = async {
        let language = request.language;
        let mut parts = query.load(&request, PAGE_SIZE, &["status", "kind", "voice", "statement"]).await?;
        let titles = request.titles(parts.items.iter().map(|milestone| &milestone.statement)).await?;
        let mut layout = PageLayout::new(&request, Section::Milestones, msg::MILESTONES.of(language), msg::MILESTONES_LEAD.of(language))
            .with_list(Resource::Milestones, &query.selection());
        layout.query = query.canonical();
        let filter = &query.filter;
        let mut selects = vec![
            Select::new("status", msg::STATUS, &labels::STATUSES, labels::status, &filter.status, parts.facet("status"), language),
            Select::new("kind", msg::KIND, &labels::MILESTONE_KINDS, labels::milestone, &filter.kind, parts.facet("kind"), language),
            Select::new("voice", msg::SPEAKER, &labels::VOICES, labels::voice, &filter.voice, parts.facet("voice"), language),
        ];
        let facet = parts.facet("statement");
        selects.extend(query.entries(&request, "statement", msg::STATEMENT, Resource::Statements, &filter.statement, facet).await?);
        // The statuses, and the line of today on the axis, are those of the day that the reader asks for.
        let as_of = filter.as_of.unwrap_or(request.today());
        let mut form = query.form(&request, &layout, selects, false, true).await?;
        form.as_of = Some(filter.as_of.map(|day| day.to_string()).unwrap_or_default());
        form.hidden.retain(|(name, _)| name != "as_of");
        let selection = query.selection();
        layout.picture = Some(Picture::timeline(request.app.absolute_site(), language, selection.trim_start_matches('?'), None));
        layout.share = Some(Share::of_milestones(&request, &selection, &parts.items));
        let chart = Chart::new(std::mem::take(&mut parts.items), as_of.date(), language);
        let steps = steps(as_of, filter.as_of.is_some()).into_iter().map(|(name, day)| (name, query.with_day(day))).collect();
        let subscription = Subscription::new(&layout, &selection);
        render(&ListPage { layout, subscription, chart, steps, today: as_of, form, parts, titles })
    };
    query.respond(&request, true, html).await
}

/// The days to which the page has links, each with its name; the last link leads back to today.
fn steps(shown: Day, is_chosen: bool) -> Vec<(Message, Option<Day>)> {
    let day = shown.date();
    let named = [
        (timeline::YEAR_BEFORE, day.checked_sub_months(Months::new(12))),
        (timeline::MONTH_BEFORE, day.checked_sub_months(Months::new(1))),
        (timeline::MONTH_AFTER, day.checked_add_months(Months::new(1))),
        (timeline::YEAR_AFTER, day.checked_add_months(Months::new(12))),
    ];
    let valid = named.into_iter().filter_map(|(name, day)| Some((name, Some(day.and_then(Day::new)?))));
    valid.chain(is_chosen.then_some((timeline::BACK_TO_TODAY, None))).collect()
}

#[derive(Template)]
#[template(path = "milestone.html")]
struct ItemPage {
    layout: PageLayout,
    milestone: Milestone,
    /// The notes on it, the most severe first.
    notes: Vec<NoteReference>,
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
        let work = request.work(&milestone.statement).await?;
        let language = request.language;
        let title = format!("{} – {}", milestone.title.of(language), work.statement.title.of(language));
        let card = request.card(&milestone, &work)?;
        let words = card.quotation.as_ref().map(|words| format!("{}. ", words.text)).unwrap_or_default();
        let date = date_words::format_conditional_date(&milestone, language);
        let description = format!("{date}. {words}{}.", card.attribution);
        let mut layout = PageLayout::new(&request, Section::Milestones, title, description).with_item(Resource::Milestones, &milestone.id);
        layout.linked_data = request.linked_data(&milestone, &work)?;
        layout.picture = Some(Picture::card(&request, Resource::Milestones, &id, &card));
        layout.share = Some(Share::new(&request, Resource::Milestones, &id, &card, &[]));
        let mut notes = milestone.notes.clone();
        notes.sort_by_key(|note| note.severity);
        let Statement { developments_checked, title: statement, source, .. } = work.statement;
        render(&ItemPage { layout, notes, milestone, conditions, expression, developments_checked, statement, source: source.language })
    };
    request.respond(true, html).await
}
