//! The check of quotations: a form for a quotation or a draft, and each verdict beside the words of the source.

use std::collections::HashMap;

use askama::Template;
use axum::{
    body::{Body, Bytes},
    http::{HeaderMap, HeaderValue, Response, StatusCode, header},
};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};

use crate::http::{
    blocking::compute,
    cache::{policy::CachePolicy, response::CachedResponse},
    extract::query::first_value,
    headers::single_value,
    pages::{
        html::{html_headers, render},
        request::PageRequest,
        view::{
            citation::citation,
            clause_link::ClauseLink,
            labels,
            layout::PageLayout,
            messages::{self as msg, Message},
            plural,
            section::Section,
            verdict_view::{CitedClause, VerdictView, main_clause},
            verify_messages as verify_msg,
            word_diff::Mark,
        },
    },
    state::Cost,
};
use crate::{
    corpus::{
        BilingualText, Language, Slug,
        clauses::{Clause, ClauseFilter},
        works::Work,
    },
    error::Error,
    text::tokenize::TokenizedText,
    verify::{self, ComparisonError, Draft, DraftVerdict, MatchKind, Verdict, VerifyError, VerifyParams, draft::unwrapped},
};

/// The maximum number of quotations of a draft that the page shows.
const MAX_SHOWN: usize = 100;
/// The maximum length of a link to a check, in bytes of its encoded text. Many programs cut longer URLs.
const MAX_LINKED_BYTES: usize = 6_000;
/// The media type of a submitted form.
const FORM: &str = "application/x-www-form-urlencoded";

#[derive(Template)]
#[template(path = "verify.html")]
struct Page {
    layout: PageLayout,
    text: String,
    checked: Checked,
    /// The link to this check; `None` without one.
    link: Option<String>,
    /// The link that checks what is selected on another page.
    bookmarklet: String,
}

/// The result of a check.
enum Checked {
    /// Nothing was given.
    Nothing,
    /// The text has no words.
    NoWords,
    /// The text has no quotations, and is too long to be one.
    TooLong,
    /// The verdict on the text, which is one quotation.
    Quotation(Box<VerdictView>),
    /// The verdicts on the quotations of a draft, and how many quotations it has.
    Draft(Vec<VerdictView>, usize),
}

impl Page {
    /// The verdicts, in order.
    fn verdicts(&self) -> Vec<&VerdictView> {
        match &self.checked {
            Checked::Quotation(view) => vec![view],
            Checked::Draft(views, _) => views.iter().collect(),
            Checked::Nothing | Checked::NoWords | Checked::TooLong => Vec::new(),
        }
    }

    /// How many quotations the text has.
    const fn total(&self) -> usize {
        if let Checked::Draft(_, total) = self.checked { total } else { 0 }
    }

    /// How many quotations of a draft have each heading, what matters most first.
    fn summary(&self) -> Vec<(Message, usize)> {
        let mut counts: Vec<(usize, Message, usize)> = Vec::new();
        for view in self.verdicts() {
            let (Some(heading), Some(verdict)) = (view.heading(), view.verdict.as_ref()) else { continue };
            match counts.iter_mut().find(|(_, other, _)| *other == heading) {
                Some((.., count)) => *count += 1,
                None => counts.push((rank(verdict.r#match, view.is_misattributed()), heading, 1)),
            }
        }
        counts.sort_by_key(|(rank, ..)| *rank);
        counts.into_iter().map(|(_, heading, count)| (heading, count)).collect()
    }
}

/// The place of verdicts in a summary.
const fn rank(kind: MatchKind, is_misattributed: bool) -> usize {
    match kind {
        MatchKind::Altered => 0,
        MatchKind::None => 1,
        _ if is_misattributed => 2,
        MatchKind::Abridged => 3,
        MatchKind::Normalized => 4,
        MatchKind::Exact => 5,
    }
}

/// Shows the form, and the verdict on the text in the query.
pub async fn show(request: PageRequest) -> Result<CachedResponse, Error> {
    let given = first_value(request.query.as_bytes(), "text");
    match given {
        None => request.respond(false, async { page(&request, String::new(), Checked::Nothing) }).await,
        Some(text) => request.respond_private(Box::pin(check_page(&request, text))).await,
    }
}

/// Shows the verdicts on a submitted text. The result of one quotation has a URL of its own; that of a draft has none, since drafts
/// are private.
pub async fn submit(request: PageRequest, headers: HeaderMap, body: Bytes) -> Result<Response<Body>, Error> {
    let media_type = single_value(&headers, &header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    if !media_type.split(';').next().unwrap_or_default().trim().eq_ignore_ascii_case(FORM) {
        return Err(Error::UnsupportedMediaType(FORM));
    }
    let text = first_value(&body, "text").unwrap_or_default();
    let encoded = utf8_percent_encode(text.trim(), NON_ALPHANUMERIC).to_string();
    let mut response = Response::new(Body::empty());
    if is_one_quotation(&text) && encoded.len() <= MAX_LINKED_BYTES {
        *response.status_mut() = StatusCode::SEE_OTHER;
        let location = format!("verify?text={encoded}#result");
        response.headers_mut().extend(HeaderValue::try_from(location).map(|location| (header::LOCATION, location)));
    } else {
        let html = request.app.with_render_permit(Cost::Little, Box::pin(check_page(&request, text))).await?;
        response.headers_mut().extend(html_headers(request.language));
        *response.body_mut() = Body::from(html);
    }
    response.extensions_mut().insert(CachePolicy::NoStore);
    Ok(response)
}

/// Whether a text is a quotation by itself rather than a draft with quotations.
fn is_one_quotation(text: &str) -> bool {
    let quotations = Draft { text: text.to_owned(), statement: None }.quotations();
    let longest = quotations.iter().map(|quotation| quotation.chars().count()).max();
    // With its marks and a full stop.
    longest.is_none_or(|longest| longest + 4 >= text.trim().chars().count())
}

/// Whether the words that a verdict is on are all words of a text, and not only those inside its quotation marks.
fn is_of_all_words(verdict: &Verdict, text: &str) -> bool {
    let count = |text: &str| TokenizedText::new(text).tokens.len();
    is_one_quotation(text) || verdict.quote.as_ref().is_some_and(|quote| count(&quote.exact) >= count(text))
}

/// The page with the verdicts on a text.
async fn check_page(request: &PageRequest, text: String) -> Result<String, Error> {
    let checked = check(request, &text).await?;
    page(request, text, checked)
}

fn page(request: &PageRequest, text: String, checked: Checked) -> Result<String, Error> {
    let language = request.language;
    let mut layout = PageLayout::new(request, Section::Verify, verify_msg::CHECK_QUOTATION.of(language), verify_msg::LEAD.of(language));
    let encoded = utf8_percent_encode(text.trim(), NON_ALPHANUMERIC).to_string();
    let link = (matches!(checked, Checked::Quotation(_)) && encoded.len() <= MAX_LINKED_BYTES).then(|| layout.permalink(&format!("verify?text={encoded}")));
    if link.is_some() {
        layout.query = format!("?text={encoded}");
    }
    let bookmarklet = format!("javascript:void(open('{}?text='+encodeURIComponent(getSelection())))", layout.permalink("verify"));
    render(&Page { layout, text, checked, link, bookmarklet })
}

/// The result of comparing a text with the sources.
enum Compared {
    Quotation(Box<Verdict>),
    Draft(DraftVerdict),
    TooLong,
}

/// Compares a text with the sources. Words that a source has are one quotation, even with quotation marks among them.
async fn check(request: &PageRequest, text: &str) -> Result<Checked, Error> {
    if !text.chars().any(char::is_alphanumeric) {
        return Ok(Checked::NoWords);
    }
    let draft = Draft { text: text.replace("\r\n", "\n"), statement: None };
    let whole = VerifyParams { text: unwrapped(draft.text.trim()), ..VerifyParams::default() };
    let given = whole.text.clone();
    let verdict = async {
        let (quotations, around) = (draft.quotations(), draft.around());
        let asked: Vec<&str> = quotations.iter().map(String::as_str).chain([whole.text.as_str()]).collect();
        let library = request.app.timed_query(verify::load_with_context(request.corpus(), None, None, &asked, &around)).await?;
        let (revision, is_draft) = (request.corpus().revision, !quotations.is_empty());
        let compare = move |stop: &dyn Fn() -> bool| match verify::verify(&library, &whole, revision, stop) {
            Ok(verdict) if !is_draft || (verdict.is_in_source() && is_of_all_words(&verdict, &whole.text)) => Ok(Compared::Quotation(Box::new(verdict))),
            Err(VerifyError::Comparison(ComparisonError::TooLong)) if !is_draft => Ok(Compared::TooLong),
            Ok(_) | Err(VerifyError::Comparison(ComparisonError::TooLong)) => verify::verify_draft(&library, &draft, revision, stop).map(Compared::Draft),
            Err(failed) => Err(failed),
        };
        compute(&request.app, compare).await?.map_err(verify_error)
    };
    let compared = request.app.with_verdict_permit(verdict).await?;
    let mut cited = CitedClauses { request, works: HashMap::new() };
    Ok(match compared {
        Compared::TooLong => Checked::TooLong,
        Compared::Quotation(verdict) => {
            let clause = cited.of(Some(&verdict)).await?;
            Checked::Quotation(Box::new(VerdictView::of_quotation(&given, *verdict, clause)))
        }
        Compared::Draft(draft) => {
            let mut views = Vec::new();
            for (index, quotation) in draft.quotations.into_iter().take(MAX_SHOWN).enumerate() {
                let clause = cited.of(quotation.verdict.as_ref()).await?;
                views.push(VerdictView::of_draft(index + 1, quotation, clause));
            }
            Checked::Draft(views, draft.total)
        }
    })
}

fn verify_error(error: VerifyError) -> Error {
    match error {
        VerifyError::Comparison(_) => Error::Unavailable,
        VerifyError::Stored(cause) => cause.into(),
    }
}

/// Reads the clauses that verdicts are about, and each of their statements once.
struct CitedClauses<'r> {
    request: &'r PageRequest,
    works: HashMap<Slug, Work>,
}

impl CitedClauses<'_> {
    /// The clause that a verdict is about.
    async fn of(&mut self, verdict: Option<&Verdict>) -> Result<Option<CitedClause>, Error> {
        let Some(id) = verdict.and_then(main_clause) else { return Ok(None) };
        let clause: Clause = self.request.require::<ClauseFilter>(id).await?;
        if !self.works.contains_key(&clause.statement) {
            self.works.insert(clause.statement.clone(), self.request.work(&clause.statement).await?);
        }
        let work = &self.works[&clause.statement];
        let citation = citation(&clause, work, &self.request.reference(&clause, work)?, self.request.language);
        let (statement, source): (BilingualText, Language) = (work.statement.title.clone(), work.statement.source.language);
        Ok(Some(CitedClause { clause, citation, statement, source }))
    }
}
