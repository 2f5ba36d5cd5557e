//! The page of an error: the status, what it means, and links to the sections.

use askama::Template;
use axum::{body::Body, http::StatusCode, response::Response};

use crate::error::Problem;
use crate::http::pages::{
    html::html_headers,
    language::split_language,
    view::{
        labels,
        layout::PageLayout,
        messages::{self as msg, Message},
        section::Section,
    },
};

#[derive(Template)]
#[template(path = "error_page.html")]
struct Page<'a> {
    layout: PageLayout,
    problem: &'a Problem,
    meaning: &'static str,
    /// What the reader can do.
    advice: Option<Message>,
}

/// The page of a problem; none if the path is not that of a page.
pub fn error_page(problem: &Problem, path: &str) -> Option<Response> {
    let (language, rest) = split_language(path)?;
    let status = StatusCode::from_u16(problem.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let meaning = labels::http_status(status).of(language);
    let advice = labels::http_advice(status);
    let page = Page { advice, layout: PageLayout::without_request(language, rest, meaning, meaning), problem, meaning };
    let body = page.render().ok()?;
    let problem_headers = problem.headers(body.len());
    let mut response = Response::new(Body::from(body));
    *response.status_mut() = status;
    response.headers_mut().extend(html_headers(language));
    response.headers_mut().extend(problem_headers);
    Some(response)
}
