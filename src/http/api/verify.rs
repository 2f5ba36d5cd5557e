//! `/v1/verify`: whether a quotation is right.

use axum::{
    extract::{FromRequestParts, State},
    http::request::Parts,
};

use crate::http::{
    AppState, Rendered, RepresentationSpec,
    api::openapi::Problems,
    cache::response::Answer,
    extract::{
        accept::Negotiated,
        list::{object, unknown},
        query::{LangParam, Parameters, query_string},
    },
};
use crate::{
    corpus::Resource,
    error::{Error, InvalidParam},
    formats::{Format, json},
    verify::{self, Quotation, Verdict},
};

/// A quotation to verify, understood.
#[derive(Debug)]
pub struct VerifyRequest {
    quotation: Quotation,
    language: LangParam,
    wanted: Negotiated,
}

impl FromRequestParts<AppState> for VerifyRequest {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, _: &AppState) -> Result<Self, Error> {
        let wanted = Negotiated::among(parts, vec![Format::Json])?;
        let Parameters { own: quotation, shared: language } = Parameters::<Quotation, LangParam>::read(&parts.uri)?;
        Ok(Self { quotation, language, wanted })
    }
}

/// A quotation, verified.
///
/// Whether these words are in the source, whose they are, and what differs. English is compared with the working
/// translation, which is nobody's words.
#[utoipa::path(get, path = "/v1/verify", operation_id = "verify", tag = "clauses", params(Quotation, LangParam),
    responses((status = 200, description = "What there is to say about it.", body = Verdict), Problems))]
pub async fn find(State(app): State<AppState>, request: VerifyRequest) -> Result<Answer, Error> {
    let VerifyRequest { quotation, language, wanted } = request;
    let refused = |allowed: String| Error::InvalidQuery(vec![InvalidParam { parameter: "text".to_owned(), value: None, allowed: vec![allowed] }]);
    if !quotation.text.chars().any(char::is_alphanumeric) {
        return Err(refused("the words that are given as a quotation".to_owned()));
    }
    let data = app.data();
    let faults = unknown(&app, &data, "statement", Resource::Statements, quotation.statement.as_slice()).await?;
    if !faults.is_empty() {
        return Err(Error::InvalidQuery(faults));
    }
    let mut query = object(&quotation)?;
    query.extend(object(&language)?);
    let address = format!("verify?{}", query_string(&query));
    let meant = RepresentationSpec { address: &address, format: wanted.format, suffixed: wanted.suffixed, offered: &wanted.offered, day: None, kept: false };
    let make = async {
        let verdict = app.ask(verify::verify(&data.corpus, &quotation)).await?.map_err(|long| refused(long.to_string()))?;
        Ok(Rendered { body: json::write(&verdict, &app.root, language.lang)?, next: None })
    };
    app.answer(&data, meant, make).await
}
