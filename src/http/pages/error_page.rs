//! The page of a request that cannot be answered: the status, what it means, and where to go on.

use askama::Template;
use axum::{body::Body, http::StatusCode, response::Response};

use crate::error::Problem;
use crate::http::pages::{
    headers,
    view::{
        labels,
        layout::{Frame, Section, split},
        messages as w,
    },
};

#[derive(Template)]
#[template(path = "refusal.html")]
struct Page<'a> {
    frame: Frame,
    problem: &'a Problem,
    meaning: &'static str,
}

/// The answer with this problem to a reader of pages; none where the address is not a page's.
pub fn refused(problem: &Problem, path: &str) -> Option<Response> {
    let (language, rest) = split(path)?;
    let status = StatusCode::from_u16(problem.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let meaning = labels::status(status).of(language);
    let page = Page { frame: Frame::bare(language, rest, meaning, meaning), problem, meaning };
    let body = page.render().ok()?;
    let head = problem.headers(body.len());
    let mut response = Response::new(Body::from(body));
    *response.status_mut() = status;
    response.headers_mut().extend(headers(language));
    response.headers_mut().extend(head);
    Some(response)
}
