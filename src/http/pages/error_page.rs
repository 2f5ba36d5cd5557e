//! The page of an error: the status, what it means, and links to the sections.

use askama::Template;
use axum::{body::Body, http::StatusCode, response::Response};

use crate::corpus::Language;
use crate::error::{Allowed, InvalidParam, Problem};
use crate::http::pages::{
    html::html_headers,
    language::split_language,
    view::{
        error_messages as error_msg, labels,
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
    /// What each rejected parameter may be.
    rejected: Vec<(String, String)>,
    /// The path of the list whose filter was rejected, below the language.
    list: Option<&'static str>,
}

/// The page of a problem; none if the path is not that of a page.
pub fn error_page(problem: &Problem, path: &str) -> Option<Response> {
    let (language, rest) = split_language(path)?;
    let status = StatusCode::from_u16(problem.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let meaning = labels::http_status(status).of(language);
    let advice = labels::http_advice(status);
    let list = Section::NAVIGATION.into_iter().map(|(_, section, _)| section).find(|section| *section == rest);
    let rejected = problem.errors.iter().map(|error| explain(rest, error, language)).collect();
    let page = Page {
        advice,
        rejected,
        list: list.filter(|_| status == StatusCode::BAD_REQUEST),
        layout: PageLayout::without_request(language, rest, meaning, meaning),
        problem,
        meaning,
    };
    let body = page.render().ok()?;
    let problem_headers = problem.headers(body.len());
    let mut response = Response::new(Body::from(body));
    *response.status_mut() = status;
    response.headers_mut().extend(html_headers(language));
    response.headers_mut().extend(problem_headers);
    Some(response)
}

/// What a reader calls a rejected parameter, and what it may be.
fn explain(list: &str, error: &InvalidParam, language: Language) -> (String, String) {
    let name = error_msg::parameter(&error.parameter).map_or_else(|| error.parameter.clone(), |name| name.of(language).to_owned());
    let is_date = matches!(error.parameter.as_str(), "from" | "to" | "as_of");
    let value = |value: &String| error_msg::value(list, &error.parameter, value).map_or_else(|| value.clone(), |label| label.of(language).to_owned());
    let allowed = match &error.allowed {
        Allowed::Values(values) => values.iter().map(value).collect::<Vec<_>>().join(msg::COMMA.of(language)),
        Allowed::DayFrom(_) => error_msg::TO_BEFORE_FROM.of(language).to_owned(),
        Allowed::IdFrom(_) => error_msg::NO_SUCH_ITEM.of(language).to_owned(),
        Allowed::OneValue => error_msg::GIVE_ONE_VALUE.of(language).to_owned(),
        Allowed::Sentence(_) if is_date => error_msg::WRITE_A_DATE.of(language).to_owned(),
        Allowed::Sentence(sentence) => sentence.clone(),
    };
    (name, allowed)
}
