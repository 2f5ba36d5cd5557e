//! What is asked about a quotation.

use serde::{Deserialize, Serialize};
use utoipa::IntoParams;

use crate::corpus::{Slug, Voice};

/// A quotation to verify.
#[derive(Clone, Debug, Default, Serialize, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(default)]
pub struct VerifyParams {
    /// The words that are given as a quotation, in Arabic or in English: up to 700 words and numbers.
    #[param(required = true, example = "في موعد أقصاه نهاية سبتمبر 2025")]
    pub text: String,
    /// The voice whose words they are said to be.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub voice: Option<Voice>,
    /// The actor (an id) whose words they are said to be. The words of a statement are its issuers', and what a part of an actor
    /// says, the actor says.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[param(value_type = Option<String>, example = "senior-iraqi-officer")]
    pub speaker: Option<Slug>,
    /// The statement (an id) from whose source they are said to be; all of them unless given.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[param(value_type = Option<String>, example = "iq-us-2024-09-27")]
    pub statement: Option<Slug>,
}
