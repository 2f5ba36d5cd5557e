//! Text in Arabic and English.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::text::Language;

/// A text in Arabic and English. `lang` keeps only one of the two.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema, ToSchema)]
pub struct BilingualText {
    /// Arabic.
    #[schema(required = false)]
    pub ar: String,
    /// English. For a clause: the editors' working translation.
    #[schema(required = false)]
    pub en: String,
}

impl BilingualText {
    /// The text in this language.
    #[must_use]
    pub fn of(&self, language: Language) -> &str {
        match language {
            Language::Ar => &self.ar,
            Language::En => &self.en,
        }
    }
}
