//! `/v1/verify`: a quotation, or the quotations of a draft, compared with the source.

use crate::{
    corpus::Resource,
    error::{Error, InvalidParam},
    formats::{Format, json},
    http::{
        api::openapi::{DraftProblems, Problems},
        blocking::compute,
        cache::{policy::CachePolicy, response::CachedResponse},
        extract::{
            accept::Negotiated,
            query::{LangParam, NoParams, Params, query_string, to_query},
            representation::{Rendered, RepresentationSpec},
            validate::missing_ids,
        },
        headers::single_value,
        state::{AppState, Cost},
    },
    verify::{self, ComparisonError, Draft, DraftVerdict, Verdict, VerifyError, VerifyParams},
};
use axum::{
    body::{Body, Bytes},
    extract::{FromRequestParts, State},
    http::{HeaderMap, HeaderValue, Response, header, request::Parts},
};

/// The longest draft, in bytes.
const MAX_DRAFT_BYTES: usize = 256 * 1024;

/// A request to verify a quotation.
#[derive(Debug)]
pub struct VerifyRequest {
    quotation: VerifyParams,
    language: LangParam,
    negotiated: Negotiated,
}

impl FromRequestParts<AppState> for VerifyRequest {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, _: &AppState) -> Result<Self, Error> {
        let negotiated = Negotiated::among(parts, vec![Format::Json])?;
        let Params { own: quotation, shared: language } = Params::<VerifyParams, LangParam>::read(&parts.uri)?;
        Ok(Self { quotation, language, negotiated })
    }
}

/// Verify a quotation.
///
/// Says whether these words are in the source, who says them, and what differs. English is compared with the working
/// translation, which is never called verbatim.
#[utoipa::path(get, path = "/v1/verify", operation_id = "verify", tag = "clauses", params(VerifyParams, LangParam),
    responses((status = 200, description = "The verdict.", body = Verdict), Problems))]
pub async fn get(State(app): State<AppState>, request: VerifyRequest) -> Result<CachedResponse, Error> {
    let VerifyRequest { quotation, language, negotiated } = request;
    if !quotation.text.chars().any(char::is_alphanumeric) {
        return Err(invalid_text("the words of the quotation"));
    }
    let snapshot = app.snapshot();
    let mut missing = missing_ids(&app, &snapshot, "statement", Resource::Statements, quotation.statement.as_slice()).await?;
    missing.extend(missing_ids(&app, &snapshot, "speaker", Resource::Actors, quotation.speaker.as_slice()).await?);
    if !missing.is_empty() {
        return Err(Error::InvalidQuery(missing));
    }
    let mut query = to_query(&quotation)?;
    query.extend(to_query(&language)?);
    let uri = format!("verify?{}", query_string(&query));
    // Quotations are unbounded; cached, they would evict the responses that clients poll.
    let spec = RepresentationSpec { uri: &uri, negotiated: &negotiated, policy: CachePolicy::Private, is_stored: false, cost: Cost::Little };
    let render = async {
        let library = app.timed_query(verify::load(&snapshot.corpus, quotation.statement.as_ref(), quotation.speaker.as_ref(), &[&quotation.text])).await?;
        let revision = snapshot.corpus.revision;
        let verdict = compute(&app, move |stop| verify::verify(&library, &quotation, revision, stop)).await?.map_err(verify_error)?;
        Ok(Rendered { body: json::write(&verdict, app.site().api_root(), language.lang)?, next: None })
    };
    // On the heap: the future of a verdict is large.
    let render = Box::pin(app.with_verdict_permit(render));
    spec.respond(&app, &snapshot, render).await
}

/// Verifies a draft.
///
/// Finds every quotation in a text (paired marks of every kind, nested ones, block quotes), and returns for each its position,
/// its verdict, the speaker that the draft names, and whether the attribution is right. Neither the draft nor the response is stored or logged.
#[utoipa::path(post, path = "/v1/verify", operation_id = "verify_draft", tag = "clauses", params(LangParam),
    request_body(description = "The draft, at most 256 KB: plain text, or JSON.", content((String = "text/plain"), (Draft = "application/json"))),
    responses((status = 200, description = "The quotations of the draft.", body = DraftVerdict), DraftProblems))]
pub async fn post(State(app): State<AppState>, request: DraftRequest, body: Bytes) -> Result<Response<Body>, Error> {
    let draft = draft(&request.content_type, &body)?;
    let snapshot = app.snapshot();
    let missing = missing_ids(&app, &snapshot, "statement", Resource::Statements, draft.statement.as_slice()).await?;
    if !missing.is_empty() {
        return Err(Error::InvalidQuery(missing));
    }
    let render = async {
        let quotations = draft.quotations();
        let quotations: Vec<&str> = quotations.iter().map(String::as_str).collect();
        let around = draft.around();
        let load = verify::load_with_context(&snapshot.corpus, draft.statement.as_ref(), None, &quotations, &around);
        let library = app.timed_query(load).await?;
        let revision = snapshot.corpus.revision;
        let verdict = compute(&app, move |stop| verify::verify_draft(&library, &draft, revision, stop)).await?.map_err(verify_error)?;
        Ok(json::write(&verdict, app.site().api_root(), request.language.lang)?)
    };
    let mut response = Response::new(Body::from(app.with_render_permit(Cost::Little, app.with_verdict_permit(render)).await?));
    response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static(Format::Json.content_type()));
    Ok(response)
}

/// A request to verify a draft, without its body.
#[derive(Debug)]
pub struct DraftRequest {
    content_type: String,
    language: LangParam,
}

impl FromRequestParts<AppState> for DraftRequest {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, _: &AppState) -> Result<Self, Error> {
        Negotiated::among(parts, vec![Format::Json])?;
        let Params { own: NoParams {}, shared: language } = Params::<NoParams, LangParam>::read(&parts.uri)?;
        Ok(Self { content_type: media_type(&parts.headers), language })
    }
}

/// The media type of a body, without its parameters.
fn media_type(headers: &HeaderMap) -> String {
    let content_type = single_value(headers, &header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    content_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase()
}

/// The draft in a body.
fn draft(media_type: &str, body: &[u8]) -> Result<Draft, Error> {
    let invalid = |allowed: &str| Error::InvalidQuery(vec![InvalidParam::new("body", None, allowed)]);
    if body.len() > MAX_DRAFT_BYTES {
        return Err(Error::BodyTooLarge(MAX_DRAFT_BYTES));
    }
    match media_type {
        "application/json" => serde_json::from_slice(body).map_err(|_| invalid("a JSON object with `text`, and `statement` (an id) if you like")),
        "text/plain" => {
            let text = str::from_utf8(body).map_err(|_| invalid("text in UTF-8"))?;
            Ok(Draft { text: text.trim_start_matches('\u{feff}').to_owned(), statement: None })
        }
        _ => Err(Error::UnsupportedMediaType("text/plain, application/json")),
    }
}

fn verify_error(error: VerifyError) -> Error {
    match error {
        VerifyError::Comparison(too_long @ ComparisonError::TooLong) => invalid_text(&too_long.to_string()),
        VerifyError::Comparison(ComparisonError::Stopped) => Error::Unavailable,
        VerifyError::Stored(cause) => cause.into(),
    }
}

fn invalid_text(allowed: &str) -> Error {
    Error::InvalidQuery(vec![InvalidParam::new("text", None, allowed)])
}
