//! An expression of time on a page of its own: its words, the date that they mean, and how that was read.

use askama::Template;

use crate::http::{
    cache::response::CachedResponse,
    pages::{
        html::{not_found, render},
        request::PageRequest,
        view::{
            clause_link::ClauseLink,
            clause_messages as clause_msg, labels,
            layout::PageLayout,
            messages::{self as msg, Message},
            section::Section,
            share::Picture,
        },
    },
};
use crate::{
    corpus::{
        BilingualText, Language, Resource,
        clauses::{Clause, ClauseFilter},
        dates::{DateExpression, DateFilter},
        milestones::{Milestone, MilestoneFilter},
        statements::StatementFilter,
    },
    error::Error,
    formats::in_marks,
    text::bidi::{FIRST_STRONG_ISOLATE, POP_DIRECTIONAL_ISOLATE},
};

#[derive(Template)]
#[template(path = "date.html")]
struct Page {
    layout: PageLayout,
    date: DateExpression,
    clause: Clause,
    /// The type of the expression.
    kind: Message,
    /// The date that it is counted from.
    anchor: Option<DateExpression>,
    milestones: Vec<Milestone>,
    /// The title of its statement.
    statement: BilingualText,
    /// The language of the source.
    source: Language,
}

/// Shows an expression of time.
pub async fn show(request: PageRequest) -> Result<CachedResponse, Error> {
    let id = request.id()?;
    let html = async {
        let date = request.require::<DateFilter>(&id).await?;
        let clause = request.get::<ClauseFilter>(&date.clause).await?.ok_or_else(not_found)?;
        let statement = request.require::<StatementFilter>(&date.statement).await?;
        let anchor = match &date.anchor {
            Some(anchor) => request.get::<DateFilter>(anchor).await?,
            None => None,
        };
        let (mut milestones, _) = request.list(&MilestoneFilter { statement: vec![date.statement.clone()], ..MilestoneFilter::default() }).await?;
        milestones.retain(|milestone| milestone.expression.as_ref() == Some(&id));
        let language = request.language;
        let (words, title) = (&date.quote.exact, statement.title.of(language));
        let title = format!("{} – {title}", in_marks(&format!("{FIRST_STRONG_ISOLATE}{words}{POP_DIRECTIONAL_ISOLATE}"), language));
        let mut layout = PageLayout::new(&request, Section::Statements, title, "").with_item(Resource::Dates, &date.id);
        layout.picture = Picture::of_item::<ClauseFilter>(&request, &date.clause).await?;
        layout.description = format!("{}: {}", clause_msg::DATE_EXPRESSION.of(language), layout.format_clause_date(&clause, &date.date));
        render(&Page {
            kind: clause_msg::timex(&date.r#type),
            layout,
            date,
            clause,
            anchor,
            milestones,
            statement: statement.title,
            source: statement.source.language,
        })
    };
    Box::pin(request.respond(false, html)).await
}
