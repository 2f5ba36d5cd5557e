//! The layout of a page: its language, its URLs, its title and its alternates, with the helpers that templates call.

#![expect(clippy::trivially_copy_pass_by_ref, reason = "templates pass values by reference")]

use std::sync::Arc;

use serde::Serialize;

use crate::http::{
    pages::{
        assets,
        request::PageRequest,
        view::{
            bidi_text::BidiText,
            labels, messages as msg,
            messages::Message,
            plural,
            section::Section,
            share::{Picture, Share},
            standing::standing,
            wording::{Wording, direction},
        },
    },
    state::Preview,
};
use crate::{
    corpus::{BilingualText, Day, Language, Resource, UncertainDate, clauses::Clause, enum_name, milestones::Milestone},
    formats::{
        Format, SiteUrl, available_formats, date_bounds,
        date_words::{self, UpperBound},
    },
    text::bidi::language_of,
};

/// The data of a page in another format.
#[derive(Clone, Debug)]
pub struct Alternate {
    /// The URL, relative to the page.
    pub href: String,
    /// The media type.
    pub media_type: &'static str,
    /// The name of the format.
    pub name: &'static str,
    /// The name of the file.
    pub label: String,
}

/// What the base template shows around a page.
#[derive(Clone, Debug)]
pub struct PageLayout {
    /// The language of the page.
    pub language: Language,
    /// The relative URL of the root of the service: `../`.
    pub root: String,
    /// The path of the page below the language.
    path: String,
    /// The query string with its question mark; empty on most pages.
    pub query: String,
    /// The URLs of the service: absolute where a public URL is configured.
    pub site: SiteUrl,
    /// The absolute URLs of the service.
    absolute_site: SiteUrl,
    /// The section that the page belongs to.
    pub section: Section,
    /// The title.
    pub title: String,
    /// The description, for search engines and previews.
    pub description: String,
    /// The data of the page in other formats.
    pub alternates: Vec<Alternate>,
    /// The URL of the data of the page in the API; `None` if the API has no such data.
    pub data_url: Option<String>,
    /// The day on which the data was published; `None` on the page of an error.
    pub published: Option<Day>,
    /// The revision of the data; 0 on the page of an error.
    pub revision: i64,
    /// The data of the page as JSON-LD.
    pub linked_data: Option<String>,
    /// The picture that other sites show beside a link to the page; `None` on the page of an error.
    pub picture: Option<Picture>,
    /// The embed of what the page shows.
    pub share: Option<Share>,
    /// The package that the pages are a preview of.
    pub preview: Option<Arc<Preview>>,
}

impl PageLayout {
    /// The layout of a page.
    pub fn new(request: &PageRequest, section: Section, title: impl Into<String>, description: impl Into<String>) -> Self {
        let (site, absolute_site) = (request.app.site().clone(), request.app.absolute_site().clone());
        let preview = request.snapshot().preview.clone();
        let picture = Some(Picture::timeline(&absolute_site, request.language, "", None));
        let (published, revision) = (Day::new(request.corpus().published.date_naive()), request.corpus().revision);
        Self {
            site,
            absolute_site,
            section,
            published,
            revision,
            picture,
            preview,
            ..Self::without_request(request.language, &request.path, title, description)
        }
    }

    /// The layout of a page that is rendered without a request for it: that of an error.
    pub fn without_request(language: Language, path: &str, title: impl Into<String>, description: impl Into<String>) -> Self {
        Self {
            language,
            root: "../".repeat(path.matches('/').count() + 1),
            path: path.to_owned(),
            query: String::new(),
            site: SiteUrl::relative(),
            absolute_site: SiteUrl::relative(),
            section: Section::Other,
            title: title.into(),
            description: description.into(),
            alternates: Vec::new(),
            data_url: None,
            published: None,
            revision: 0,
            linked_data: None,
            picture: None,
            share: None,
            preview: None,
        }
    }

    /// Adds the formats of a list. `query` selects what the page shows.
    #[must_use]
    pub fn with_list(self, resource: Resource, query: &str) -> Self {
        self.with_alternates(resource.name(), query, &available_formats(resource).list)
    }

    /// Adds the formats of an item.
    #[must_use]
    pub fn with_item(self, resource: Resource, id: &impl std::fmt::Display) -> Self {
        self.with_alternates(&format!("{}/{id}", resource.name()), "", &available_formats(resource).item)
    }

    fn with_alternates(mut self, path: &str, query: &str, formats: &[Format]) -> Self {
        let root = &self.root;
        let file = path.rsplit('/').next().unwrap_or_default();
        let alternates = formats.iter().map(|format| {
            let language = self.language_query(format);
            let query = if query.is_empty() { language } else { format!("{query}{}", language.replace('?', "&")) };
            Alternate {
                href: format!("{root}v1/{path}.{}{query}", format.extension()),
                media_type: format.media_type(),
                name: labels::format(format),
                label: format!("{file}.{}", format.extension()),
            }
        });
        let alternates: Vec<Alternate> = alternates.collect();
        self.data_url.get_or_insert_with(|| self.absolute_site.api(&format!("{path}{query}")));
        self.alternates.extend(alternates);
        self
    }

    /// The formats of a clause.
    #[expect(clippy::unused_self, reason = "templates call through the layout")]
    pub fn clause_formats(&self) -> Vec<Format> {
        available_formats(Resource::Clauses).item
    }

    /// The query that selects the language of the page; empty for formats that have both languages.
    pub fn language_query(&self, format: &Format) -> String {
        match format {
            Format::Json | Format::Csv | Format::GeoJson | Format::JsonLd => String::new(),
            Format::Icalendar | Format::Atom | Format::Text | Format::Csl | Format::BibTex | Format::Ris | Format::Svg | Format::Png => {
                format!("?lang={}", self.language.code())
            }
        }
    }

    /// The direction of the page, as the `dir` attribute names it.
    pub const fn direction(&self) -> &'static str {
        direction(self.language)
    }

    /// Whether the page runs from right to left.
    pub const fn is_rtl(&self) -> bool {
        matches!(self.language, Language::Ar)
    }

    /// The relative URL of another page in the same language.
    pub fn page_url(&self, path: &str) -> String {
        format!("{}{}/{path}", self.root, self.language.code())
    }

    /// The relative URL of this page in the other language.
    pub fn other_language_url(&self) -> String {
        format!("{}{}/{}{}", self.root, self.language.other().code(), self.path, self.query)
    }

    /// The URL of this page in a language: absolute if a public URL is configured, else a path.
    pub fn absolute_url(&self, language: &Language) -> String {
        format!("{}{}", self.site.page(*language, &self.path), self.query)
    }

    /// The absolute URL of another page, for a citation.
    pub fn permalink(&self, path: &str) -> String {
        self.absolute_site.page(self.language, path)
    }

    /// The absolute URL of a resource of the API.
    pub fn api_url(&self, reference: &str) -> String {
        self.absolute_site.api(reference)
    }

    /// The absolute URL of this page, as it is printed.
    pub fn printed_url(&self) -> String {
        format!("{}{}", self.absolute_site.page(self.language, &self.path), self.query)
    }

    /// The absolute URL of a reference that is relative to the API.
    pub fn absolute_api_url(&self, reference: &str) -> String {
        self.absolute_site.api(reference)
    }

    /// The relative URL of an embedded file.
    pub fn asset_url(&self, name: &str) -> String {
        format!("{}{}", self.root, assets::path(name))
    }

    /// The links of the navigation: the URL, the name, and whether the page is in that section.
    pub fn navigation(&self) -> Vec<(String, &'static str, bool)> {
        Section::NAVIGATION.into_iter().map(|(section, path, name)| (self.page_url(path), self.tr(name), section == self.section)).collect()
    }

    /// A message in the language of the page.
    pub const fn tr(&self, message: Message) -> &'static str {
        message.of(self.language)
    }

    /// A message in the language of the page, with isolated runs of the other script.
    pub fn bidi_tr(&self, message: Message) -> BidiText<'static> {
        BidiText::new(message.of(self.language), self.language)
    }

    /// A text of the data in the language of the page, without markup: for attributes and titles.
    pub fn text<'t>(&self, text: &'t BilingualText) -> &'t str {
        text.of(self.language)
    }

    /// A text of the data in the language of the page, with isolated runs of the other script.
    pub fn bidi_text<'t>(&self, text: &'t BilingualText) -> BidiText<'t> {
        BidiText::new(text.of(self.language), self.language)
    }

    /// Words of the data in either script.
    pub fn bidi_words<'t>(&self, words: &'t str) -> BidiText<'t> {
        BidiText::new(words, self.language)
    }

    /// The words of a source in this language, and their translation, the language of the page first.
    pub fn both<'t>(&self, text: &'t BilingualText, source: &Language) -> [Wording<'t>; 2] {
        Wording::both(text, *source, self.language)
    }

    /// The direction of a language, as the `dir` attribute names it.
    #[expect(clippy::unused_self, reason = "templates call through the layout")]
    pub const fn direction_in(&self, language: &Language) -> &'static str {
        direction(*language)
    }

    /// The direction of words in either script, as the `dir` attribute names it.
    #[expect(clippy::unused_self, reason = "templates call through the layout")]
    pub fn direction_of(&self, text: &str) -> &'static str {
        direction(language_of(text))
    }

    /// The language code of a text in either language.
    #[expect(clippy::unused_self, reason = "templates call through the layout")]
    pub fn language_of(&self, text: &str) -> &'static str {
        language_of(text).code()
    }

    /// Words that are shown as they are, with what runs against their direction isolated. The elements around such runs are not copied.
    pub fn verbatim<'t>(&self, text: &'t str) -> BidiText<'t> {
        self.verbatim_part(text, text)
    }

    /// The same of a part of a text: a number alone has no script.
    #[expect(clippy::unused_self, reason = "templates call through the layout")]
    pub fn verbatim_part<'t>(&self, words: &'t str, text: &str) -> BidiText<'t> {
        BidiText::new(words, language_of(text))
    }

    /// A date in words.
    pub fn format_date(&self, date: &UncertainDate) -> String {
        date_words::format_date(date, UpperBound::OnOrBefore, self.language)
    }

    /// The earliest and the latest time of a date in words.
    pub fn format_bounds(&self, date: &UncertainDate) -> [String; 2] {
        date_bounds::format_bounds(date, self.language).map(|bound| bound.unwrap_or_else(|| self.tr(msg::UNKNOWN_BOUND).to_owned()))
    }

    /// What a date rests on; where its bounds are estimates, that the words do not give them.
    pub fn basis(&self, date: &UncertainDate) -> Option<String> {
        let basis = self.tr(labels::basis(date.basis.as_ref()?));
        let is_estimated = date_bounds::certainty(date).into_iter().flatten().any(|bound| bound.is_estimate);
        Some(if is_estimated { format!("{basis}{}{}", self.tr(msg::COMMA), self.tr(msg::BOUNDS_ESTIMATED)) } else { basis.to_owned() })
    }

    /// A date of a clause in words.
    pub fn format_clause_date(&self, clause: &Clause, date: &UncertainDate) -> String {
        date_words::format_clause_date(clause, date, self.language)
    }

    /// The date of a milestone in words.
    pub fn format_milestone_date(&self, milestone: &Milestone) -> String {
        date_words::format_milestone_date(milestone, self.language)
    }

    /// Where a milestone stands on its day.
    pub fn standing(&self, milestone: &Milestone) -> String {
        standing(milestone, self.language)
    }

    /// A day in words.
    pub fn format_day(&self, day: &Day) -> String {
        date_words::format_day(day.date(), self.language)
    }

    /// A number with a noun.
    pub fn count(&self, number: usize, noun: plural::Noun) -> String {
        plural::format_count(number as u64, noun, self.language)
    }

    /// A number that the data gives, and its noun.
    pub fn count_given(&self, number: &u32, noun: plural::Noun) -> String {
        plural::format_count(u64::from(*number), noun, self.language)
    }

    /// The name of a value in the data, for classes and attributes.
    #[expect(clippy::unused_self, reason = "templates call through the layout")]
    pub fn value(&self, value: &impl Serialize) -> String {
        enum_name(value)
    }

    /// Who speaks: the speaker's name, or the statement.
    pub fn speaker<'t>(&self, name: Option<&'t BilingualText>) -> BidiText<'t> {
        BidiText::new(name.map_or_else(|| self.tr(msg::STATEMENT), |name| name.of(self.language)), self.language)
    }
}
