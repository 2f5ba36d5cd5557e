//! The statements: all of them, with filters, the latest first.

use askama::Template;
use axum::{
    http::Uri,
    response::{IntoResponse, Redirect, Response},
};

use crate::http::{
    pages::{
        html::render,
        listing::{ListQuery, Listing, PAGE_SIZE},
        request::PageRequest,
        view::{
            filter_form::{FilterForm, Select},
            issuers::Issuers,
            labels,
            layout::PageLayout,
            messages as msg,
            section::Section,
        },
    },
    uri::{encoded_query, join_query},
};
use crate::{
    corpus::{
        Language, Resource,
        statements::{Statement, StatementFilter},
        works,
    },
    error::Error,
};

#[derive(Template)]
#[template(path = "statements.html")]
struct Page {
    layout: PageLayout,
    form: FilterForm,
    parts: Listing<Statement>,
    issuers: Issuers,
}

/// Shows the statements; redirects to the statement if there is only one.
pub async fn list(uri: Uri, request: PageRequest) -> Result<Response, Error> {
    let query = ListQuery::<StatementFilter>::read(&request)?;
    if query.is_empty()
        && let (statements, false) = request.first(&StatementFilter::default(), 2).await?
        && let [only] = &statements[..]
    {
        return Ok(Redirect::temporary(&join_query(&format!("statements/{}", only.id), encoded_query(&uri).as_deref())).into_response());
    }
    let html = async {
        let language = request.language;
        let parts = query.load(&request, PAGE_SIZE, &["kind", "language"]).await?;
        let works = request.app.timed_query(works::works(request.corpus(), parts.items.iter().map(|statement| &statement.id))).await?;
        let mut layout = PageLayout::new(&request, Section::Statements, msg::STATEMENTS.of(language), msg::STATEMENTS_LEAD.of(language))
            .with_list(Resource::Statements, &query.selection());
        layout.query = query.canonical();
        let filter = &query.filter;
        let selects = vec![
            Select::new("kind", msg::KIND, &labels::STATEMENT_KINDS, labels::statement, &filter.kind, parts.facet("kind"), language),
            Select::new("language", msg::LANGUAGE_OF_SOURCE, &Language::ALL, labels::language, &filter.language, parts.facet("language"), language),
        ];
        let form = query.form(&request, &layout, selects, true, true).await?;
        render(&Page { layout, form, parts, issuers: Issuers::of(works) })
    };
    Ok(query.respond(&request, false, html).await?.into_response())
}

/// Redirects from a list that has no page, that of clauses or of dates, to the statements, which have these.
pub async fn redirect() -> Redirect {
    Redirect::temporary("statements")
}
