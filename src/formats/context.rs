//! The context of a format writer, besides the items: the URLs, the language, the statements that are cited.

use chrono::{DateTime, Utc};

use crate::corpus::{BilingualText, Language, Slug, Voice, attribution::attribution, works::Work};
use crate::formats::{error::RenderError, format::Format, site_url::SiteUrl};
use crate::picture::Theme;
use crate::text::bidi::isolate;

/// The context of a format writer.
#[derive(Clone, Copy, Debug)]
pub struct RenderContext<'a> {
    /// The URLs of the service.
    pub site: &'a SiteUrl,
    /// The requested language; `None` if the request names no language.
    pub language: Option<Language>,
    /// When the data was published.
    pub published: DateTime<Utc>,
    /// Whether a CSV begins with a byte order mark.
    pub bom: bool,
    /// The colours of a picture.
    pub theme: Theme,
    /// The statements that the items belong to, sorted by id; empty unless [`Format::needs_works`].
    pub works: &'a [Work],
}

impl<'a> RenderContext<'a> {
    /// A context of which the request chooses nothing, and without statements.
    #[must_use]
    pub const fn new(site: &'a SiteUrl, published: DateTime<Utc>) -> Self {
        Self { site, language: None, published, bom: false, theme: Theme::Light, works: &[] }
    }
}

impl RenderContext<'_> {
    /// The text in the requested language, English by default.
    pub(super) fn text<'t>(&self, text: &'t BilingualText) -> &'t str {
        self.phrase(&text.ar, &text.en)
    }

    /// Whichever phrase is in the requested language, English by default.
    pub(super) fn phrase<'t>(&self, ar: &'t str, en: &'t str) -> &'t str {
        match self.language {
            Some(Language::Ar) => ar,
            Some(Language::En) | None => en,
        }
    }

    /// A line of plain text in the requested language, with isolates around runs in the other direction.
    pub(super) fn isolated(&self, text: &str) -> String {
        isolate(text, self.language.unwrap_or(Language::En))
    }

    /// Who says it, in the requested language.
    pub(super) fn voice_label(&self, voice: Voice, speaker_name: Option<&BilingualText>) -> String {
        self.text(&attribution(voice, speaker_name)).to_owned()
    }

    /// The statement with this id, with its issuers.
    pub(super) fn work(&self, id: &Slug) -> Result<&Work, RenderError> {
        let found = self.works.binary_search_by(|work| work.statement.id.cmp(id));
        found.ok().and_then(|index| self.works.get(index)).ok_or_else(|| RenderError(format!("the context lacks the statement {id}")))
    }

    /// The URL of a page in the requested language, by its path below the language; in English by default.
    #[must_use]
    pub fn page_url(&self, path: &str) -> String {
        self.site.page(self.language.unwrap_or(Language::En), path)
    }

    /// The URL of a statement's page, or of a clause on it, in the requested language; in English by default.
    #[must_use]
    pub fn statement_page_url(&self, statement: &Slug, label: Option<&str>) -> String {
        let fragment = label.map(|label| format!("#{label}")).unwrap_or_default();
        self.page_url(&format!("statements/{statement}{fragment}"))
    }

    /// The URL of a reference that is relative to the API.
    #[must_use]
    pub fn api_url(&self, reference: &str) -> String {
        self.site.api(reference)
    }

    /// The URL of a reference in a format. An empty reference is the API itself.
    #[must_use]
    pub fn url_in_format(&self, reference: &str, format: Format) -> String {
        self.site.api_in_format(reference, format)
    }
}
