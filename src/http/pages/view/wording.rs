//! The words of a source beside their translation.

use crate::{
    corpus::{BilingualText, Language},
    http::pages::view::bidi_text::BidiText,
};

/// One language of a text: the words of the source, or their translation.
#[derive(Clone, Copy, Debug)]
pub struct Wording<'t> {
    /// Its language.
    pub language: Language,
    /// Whether these are the words of the source.
    pub is_source: bool,
    /// The words.
    pub text: &'t str,
}

impl<'t> Wording<'t> {
    /// Both languages of a text whose source is in `source`, the language of the page first.
    pub fn both(text: &'t BilingualText, source: Language, page: Language) -> [Self; 2] {
        [page, page.other()].map(|language| Self { language, is_source: language == source, text: text.of(language) })
    }

    /// The class of its element.
    pub const fn class(&self) -> &'static str {
        if self.is_source { "source" } else { "translation" }
    }

    /// The language code.
    pub const fn code(&self) -> &'static str {
        self.language.code()
    }

    /// The direction, as the `dir` attribute names it.
    pub const fn direction(&self) -> &'static str {
        direction(self.language)
    }

    /// The words with isolated runs of the other script.
    pub fn bidi(&self) -> BidiText<'t> {
        BidiText::new(self.text, self.language)
    }
}

/// The direction of a language, as the `dir` attribute names it.
pub const fn direction(language: Language) -> &'static str {
    match language {
        Language::Ar => "rtl",
        Language::En => "ltr",
    }
}
