//! The parameters of verifying a quotation.

use serde::{Deserialize, Serialize};
use utoipa::IntoParams;

use crate::corpus::{Slug, Voice};

/// A quotation to verify.
#[derive(Clone, Debug, Default, Serialize, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(default)]
pub struct VerifyParams {
    /// The words of the quotation, in Arabic or in English: up to 700 words and numbers.
    #[param(required = true, example = "في موعد أقصاه نهاية سبتمبر 2025")]
    pub text: String,
    /// The voice to which the words are attributed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub voice: Option<Voice>,
    /// The actor (an id) to which the words are attributed. The words of a statement count as its issuers', and the words of a
    /// part of an actor as the actor's.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[param(value_type = Option<String>, example = "senior-iraqi-officer")]
    pub speaker: Option<Slug>,
    /// The statement (an id) to which the words are attributed. Default: all statements.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[param(value_type = Option<String>, example = "iq-us-2024-09-27")]
    pub statement: Option<Slug>,
}
