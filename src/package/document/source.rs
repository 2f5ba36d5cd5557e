//! The source of a statement, its other publications, and text in two languages.

use schemars::JsonSchema;
use serde::Serialize;

use crate::{
    corpus::{BilingualText, Day},
    package::{
        diagnostic::{Code, Log},
        fields::{Fields, Read},
        parse::Node,
        spanned::{Spanned, Text},
    },
    text::{Language, normalize::is_arabic},
};

/// A text in Arabic and English; both are required.
pub type Bilingual = Spanned<BilingualText>;

impl Read for Bilingual {
    fn read(node: &Node, log: &mut Log) -> Option<Self> {
        let mut fields = Fields::of(node, "a text in two languages {en, ar}", log)?;
        let place = fields.head();
        let (ar, en): (Option<Text>, Option<Text>) = (fields.optional("ar"), fields.optional("en"));
        for (language, text) in [("ar", &ar), ("en", &en)] {
            // Only some of what is to do is recorded in a long log, so it is looked for here.
            let is_reported = fields.is_todo(language) || fields.log.has_error_in(&node.place);
            if text.as_ref().is_none_or(|text| text.value.trim().is_empty()) && !is_reported {
                fields.log.add(Code::MissingTranslation, &place, format!("the text in the language `{language}` is missing"));
            }
        }
        fields.finish();
        for (language, text) in [(Language::Ar, &ar), (Language::En, &en)] {
            if let Some(text) = text {
                script(text, language, log);
            }
        }
        let text = |text: Option<Text>| text.map(|text| text.value).unwrap_or_default();
        Some(Self { value: BilingualText { ar: text(ar), en: text(en) }, place: node.place.clone() })
    }
}

/// Warns of a text that has letters, and none of its language.
pub fn script(text: &Text, language: Language, log: &mut Log) {
    let letters = || text.value.chars().filter(|char| char.is_alphabetic());
    let is_other = match language {
        Language::Ar => !letters().any(is_arabic),
        Language::En => letters().all(is_arabic),
    };
    if is_other && letters().count() > 0 && !text.value.contains("TODO") {
        let name = if language == Language::Ar { "Arabic" } else { "English" };
        log.add(Code::WrongScript, &text.place, format!("this should be {name}, and has no letter of its script"));
    }
}

/// The source: who published it, and its text.
#[derive(Clone, Debug, PartialEq, JsonSchema, Serialize)]
#[schemars(deny_unknown_fields)]
pub struct SourceText {
    /// Its place in the package.
    #[serde(skip)]
    pub place: Spanned<()>,
    /// The publisher.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(required)]
    pub publisher: Option<Bilingual>,
    /// The actor of kind `medium` that reports the statement; absent if the issuers published the statement themselves.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub medium: Option<Text>,
    /// The language of the text.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(required)]
    pub language: Option<Spanned<Language>>,
    /// Its URL.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub url: Option<Text>,
    /// The SHA-256 of the text, in hexadecimal.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sha256: Option<Text>,
    /// The text.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub text: Option<Text>,
    /// The file beside the package that has the text.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub text_file: Option<Text>,
}

impl Read for SourceText {
    fn read(node: &Node, log: &mut Log) -> Option<Self> {
        let mut fields = Fields::of(node, "the source", log)?;
        let source = Self {
            place: Spanned { value: (), place: node.place.clone() },
            publisher: fields.required("publisher"),
            medium: fields.optional("medium"),
            language: fields.choice("language"),
            url: fields.optional("url"),
            sha256: fields.optional("sha256"),
            text: fields.optional("text"),
            text_file: fields.optional("text_file"),
        };
        if !fields.has("text") && !fields.has("text_file") {
            fields.missing("text` or `text_file");
        }
        if let (Some(_), Some(file)) = (&source.text, &source.text_file) {
            fields.log.add(Code::DuplicateKey, &file.place, "the text is given in `text` already");
        }
        fields.finish();
        Some(source)
    }
}

/// Another publication of the statement or of the report; its text is not stored.
#[derive(Clone, Debug, PartialEq, JsonSchema, Serialize)]
#[schemars(deny_unknown_fields)]
pub struct Version {
    /// The publisher.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(required)]
    pub publisher: Option<Bilingual>,
    /// Its language.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(required)]
    pub language: Option<Spanned<Language>>,
    /// Its URL.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub url: Option<Text>,
    /// The date of publication.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Option<String>", extend("format" = "date"))]
    pub published: Option<Spanned<Day>>,
    /// What it is, and how it differs.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(required)]
    pub description: Option<Bilingual>,
}

impl Read for Version {
    fn read(node: &Node, log: &mut Log) -> Option<Self> {
        let mut fields = Fields::of(node, "a version", log)?;
        let version = Self {
            publisher: fields.required("publisher"),
            language: fields.choice("language"),
            url: fields.optional("url"),
            published: fields.optional_parsed("published"),
            description: fields.required("description"),
        };
        fields.finish();
        Some(version)
    }
}

/// A publication that a note or a later report rests on.
#[derive(Clone, Debug, PartialEq, JsonSchema, Serialize)]
#[schemars(deny_unknown_fields)]
pub struct Publication {
    /// The publisher.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(required)]
    pub publisher: Option<Bilingual>,
    /// Its title.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title: Option<Text>,
    /// Its URL.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub url: Option<Text>,
    /// The date of publication.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Option<String>", extend("format" = "date"))]
    pub published: Option<Spanned<Day>>,
}

impl Read for Publication {
    fn read(node: &Node, log: &mut Log) -> Option<Self> {
        let mut fields = Fields::of(node, "a source", log)?;
        let publication = Self {
            publisher: fields.required("publisher"),
            title: fields.optional("title"),
            url: fields.optional("url"),
            published: fields.optional_parsed("published"),
        };
        fields.finish();
        Some(publication)
    }
}
