//! `/v1/verify`: compares a quotation with the source.

use axum::{
    extract::{FromRequestParts, State},
    http::request::Parts,
};

use crate::{
    corpus::Resource,
    error::{Error, InvalidParam},
    formats::{Format, json},
    http::{
        api::openapi::Problems,
        cache::{policy::CachePolicy, response::CachedResponse},
        extract::{
            accept::Negotiated,
            query::{LangParam, Params, query_string, to_query},
            representation::{Rendered, RepresentationSpec},
            validate::missing_ids,
        },
        state::AppState,
    },
    verify::{self, Quotation, Verdict},
};

/// A request to verify a quotation.
#[derive(Debug)]
pub struct VerifyRequest {
    quotation: Quotation,
    language: LangParam,
    negotiated: Negotiated,
}

impl FromRequestParts<AppState> for VerifyRequest {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, _: &AppState) -> Result<Self, Error> {
        let negotiated = Negotiated::among(parts, vec![Format::Json])?;
        let Params { own: quotation, shared: language } = Params::<Quotation, LangParam>::read(&parts.uri)?;
        Ok(Self { quotation, language, negotiated })
    }
}

/// Verify a quotation.
///
/// The response says whether these words are in the source, who says them, and what differs. English is compared with the working
/// translation, which nobody said verbatim.
#[utoipa::path(get, path = "/v1/verify", operation_id = "verify", tag = "clauses", params(Quotation, LangParam),
    responses((status = 200, description = "The verdict.", body = Verdict), Problems))]
pub async fn get(State(app): State<AppState>, request: VerifyRequest) -> Result<CachedResponse, Error> {
    let VerifyRequest { quotation, language, negotiated } = request;
    let invalid_text = |allowed: String| Error::InvalidQuery(vec![InvalidParam { parameter: "text".to_owned(), value: None, allowed: vec![allowed] }]);
    if !quotation.text.chars().any(char::is_alphanumeric) {
        return Err(invalid_text("the words that are given as a quotation".to_owned()));
    }
    let snapshot = app.snapshot();
    let missing = missing_ids(&app, &snapshot, "statement", Resource::Statements, quotation.statement.as_slice()).await?;
    if !missing.is_empty() {
        return Err(Error::InvalidQuery(missing));
    }
    let mut query = to_query(&quotation)?;
    query.extend(to_query(&language)?);
    let uri = format!("verify?{}", query_string(&query));
    // Quotations are endless, and would evict what is polled.
    let spec = RepresentationSpec { uri: &uri, negotiated: &negotiated, policy: CachePolicy::Default, is_stored: false };
    let render = async {
        let verdict = app.timed_query(verify::verify(&snapshot.corpus, &quotation)).await?.map_err(|too_long| invalid_text(too_long.to_string()))?;
        Ok(Rendered { body: json::write(&verdict, app.base(), language.lang)?, next: None })
    };
    spec.respond(&app, &snapshot, render).await
}
