//! What every page has: its language, its address, its title, and where else it is to be had.

#![expect(clippy::trivially_copy_pass_by_ref, reason = "templates pass what they name by reference")]

use serde::Serialize;

use crate::http::pages::{
    PageRequest, assets,
    view::{bidi_text::BidiText, dates, labels, messages as w, messages::Phrase, plural},
};
use crate::{
    corpus::{BilingualText, Day, Language, Resource, Slug, UncertainDate, Voice, enum_name},
    formats::{Format, available_formats},
};

/// The language that an address under the pages asks for, and the rest of the address.
pub fn split(path: &str) -> Option<(Language, &str)> {
    let rest = path.strip_prefix('/')?;
    let (first, rest) = rest.split_once('/').unwrap_or((rest, ""));
    Language::ALL.into_iter().find(|language| language.code() == first).map(|language| (language, rest))
}

/// A section of the pages, as the navigation lists it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Section {
    /// The first page.
    Home,
    /// The statement, clause by clause.
    Statements,
    /// The timeline.
    Milestones,
    /// The map.
    Locations,
    /// Who is named.
    Actors,
    /// The editors' notes.
    Notes,
    /// Searching.
    Search,
    /// None of them.
    Elsewhere,
}

impl Section {
    /// Those that the navigation lists, each with its address and its name.
    const LISTED: [(Self, &'static str, Phrase); 6] = [
        (Self::Statements, "statements", w::STATEMENT),
        (Self::Milestones, "milestones", w::MILESTONES),
        (Self::Locations, "locations", w::LOCATIONS),
        (Self::Actors, "actors", w::ACTORS),
        (Self::Notes, "notes", w::NOTES),
        (Self::Search, "search", w::SEARCH),
    ];
}

/// The page's data in another format.
#[derive(Clone, Debug)]
pub struct Alternate {
    /// Its address, relative to the page.
    pub href: String,
    /// Its media type.
    pub media_type: &'static str,
    /// What people call the format.
    pub name: &'static str,
    /// What the file is called.
    pub label: String,
}

/// What every page has.
#[derive(Clone, Debug)]
pub struct Frame {
    /// Its language.
    pub language: Language,
    /// The way from the page to the root of the service: `../`.
    pub root: String,
    /// Its address below the language.
    path: String,
    /// What was asked besides, with its question mark; mostly nothing.
    pub query: String,
    /// The whole address of the root of the service, with a slash at its end.
    pub away: String,
    /// Whether that address is the one that the operator calls the public one.
    pub is_public: bool,
    /// The section that it belongs to.
    pub section: Section,
    /// What it is called.
    pub title: String,
    /// What it has, in a sentence.
    pub description: String,
    /// Its data in other formats.
    pub alternates: Vec<Alternate>,
    /// What it says, as JSON-LD.
    pub linked_data: Option<String>,
}

impl Frame {
    /// The frame of a page.
    pub fn new(request: &PageRequest, section: Section, title: impl Into<String>, description: impl Into<String>) -> Self {
        let address = |v1: &str| v1.strip_suffix("v1/").unwrap_or(v1).to_owned();
        let mut frame = Self::bare(request.language, &request.path, title, description);
        frame.section = section;
        frame.away = address(&request.app.away);
        frame.is_public = !request.app.root.starts_with('/');
        frame
    }

    /// The frame of a page that knows nothing of the service.
    pub fn bare(language: Language, path: &str, title: impl Into<String>, description: impl Into<String>) -> Self {
        Self {
            language,
            root: "../".repeat(path.matches('/').count() + 1),
            path: path.to_owned(),
            query: String::new(),
            away: String::new(),
            is_public: false,
            section: Section::Elsewhere,
            title: title.into(),
            description: description.into(),
            alternates: Vec::new(),
            linked_data: None,
        }
    }

    /// Adds the formats of an address of the interface: a list's, with the query that keeps what the page shows.
    #[must_use]
    pub fn with_list(self, resource: Resource, query: &str) -> Self {
        self.with(resource.name(), query, &available_formats(resource).list)
    }

    /// Adds the formats of an item.
    #[must_use]
    pub fn with_item(self, resource: Resource, id: &impl std::fmt::Display) -> Self {
        self.with(&format!("{}/{id}", resource.name()), "", &available_formats(resource).item)
    }

    fn with(mut self, address: &str, query: &str, formats: &[Format]) -> Self {
        let root = &self.root;
        let file = address.rsplit('/').next().unwrap_or_default();
        let alternates = formats.iter().map(|format| {
            let language = self.in_language(format);
            let query = if query.is_empty() { language } else { format!("{query}{}", language.replace('?', "&")) };
            Alternate {
                href: format!("{root}v1/{address}.{}{query}", format.extension()),
                media_type: format.media_type(),
                name: labels::format(format),
                label: format!("{file}.{}", format.extension()),
            }
        });
        let alternates: Vec<Alternate> = alternates.collect();
        self.alternates.extend(alternates);
        self
    }

    /// What a clause can be had as.
    #[expect(clippy::unused_self, reason = "templates reach what they call through the frame")]
    pub fn formats_of_a_clause(&self) -> Vec<Format> {
        available_formats(Resource::Clauses).item
    }

    /// What asks for the page's language, of a format that is written in one.
    pub fn in_language(&self, format: &Format) -> String {
        match format {
            Format::Json | Format::Csv | Format::GeoJson | Format::JsonLd => String::new(),
            Format::Icalendar | Format::Atom | Format::Text | Format::Csl | Format::BibTex | Format::Ris => format!("?lang={}", self.language.code()),
        }
    }

    /// The direction that the page is read in.
    pub const fn direction(&self) -> &'static str {
        direction(self.language)
    }

    /// Whether the page is read from right to left.
    pub const fn is_mirrored(&self) -> bool {
        matches!(self.language, Language::Ar)
    }

    /// The address of another page in the same language.
    pub fn page(&self, address: &str) -> String {
        format!("{}{}/{address}", self.root, self.language.code())
    }

    /// The address of this page in the other language.
    pub fn twin(&self) -> String {
        format!("{}{}/{}{}", self.root, self.language.other().code(), self.path, self.query)
    }

    /// The whole address of this page in a language, where a public address is configured; else relative to the host.
    pub fn whole(&self, language: &Language) -> String {
        let root = if self.is_public { &self.away } else { "/" };
        format!("{root}{}/{}{}", language.code(), self.path, self.query)
    }

    /// The whole address of another page, for what leaves the web: a citation.
    pub fn cited(&self, address: &str) -> String {
        format!("{}{}/{address}", self.away, self.language.code())
    }

    /// The address of an embedded file.
    pub fn asset(&self, name: &str) -> String {
        format!("{}{}", self.root, assets::address(name))
    }

    /// The sections, each with its address, its name and whether the page is in it.
    pub fn navigation(&self) -> Vec<(String, &'static str, bool)> {
        Section::LISTED.into_iter().map(|(section, address, name)| (self.page(address), self.say(name), section == self.section)).collect()
    }

    /// A phrase in the page's language.
    pub const fn say(&self, phrase: Phrase) -> &'static str {
        phrase.of(self.language)
    }

    /// A text of the data in the page's language, as it is: for attributes and titles.
    pub fn text<'t>(&self, text: &'t BilingualText) -> &'t str {
        text.of(self.language)
    }

    /// A text of the data in the page's language, what is in another script set apart.
    pub fn bidi_text<'t>(&self, text: &'t BilingualText) -> BidiText<'t> {
        BidiText::new(text.of(self.language), self.language)
    }

    /// Words of the data in either script, on this page.
    pub fn words<'t>(&self, words: &'t str) -> BidiText<'t> {
        BidiText::new(words, self.language)
    }

    /// A phrase in the page's language, what is in another script set apart.
    pub fn bidi_tr(&self, phrase: Phrase) -> BidiText<'static> {
        BidiText::new(phrase.of(self.language), self.language)
    }

    /// An English text of the data, on whichever page.
    #[expect(clippy::unused_self, reason = "templates reach what they call through the frame")]
    pub fn english<'t>(&self, text: &'t str) -> BidiText<'t> {
        BidiText::new(text, Language::En)
    }

    /// A date in words.
    pub fn date(&self, date: &UncertainDate) -> String {
        dates::in_words(date, self.language)
    }

    /// A day in words.
    pub fn day(&self, day: &Day) -> String {
        dates::day(day.date(), self.language)
    }

    /// So many of something.
    pub fn count(&self, number: usize, noun: plural::Noun) -> String {
        plural::counted(number as u64, noun, self.language)
    }

    /// How many days away a day is.
    pub fn days_away(&self, days: &i64) -> String {
        plural::days_away(*days, self.language)
    }

    /// A value of a closed set as it is written in the data, for classes and attributes.
    #[expect(clippy::unused_self, reason = "templates reach what they call through the frame")]
    pub fn value(&self, value: &impl Serialize) -> String {
        enum_name(value)
    }

    /// The name of a voice.
    pub const fn voice(&self, voice: &Voice) -> &'static str {
        labels::voice(voice).of(self.language)
    }
}

/// The direction that a language is read in.
pub const fn direction(language: Language) -> &'static str {
    match language {
        Language::Ar => "rtl",
        Language::En => "ltr",
    }
}

/// A clause as pages link to it: its label is its anchor.
#[derive(Clone, Debug)]
pub struct Anchor {
    /// Its address below the language.
    pub address: String,
    /// Paragraph and letter.
    pub label: String,
}

impl Anchor {
    /// The clause of this statement; its id is the statement's and its label.
    pub fn of(clause: &Slug, statement: &Slug) -> Self {
        let label = clause.as_str().strip_prefix(statement.as_str()).unwrap_or_default().trim_start_matches('-').to_owned();
        Self { address: format!("statements/{statement}#{label}"), label }
    }
}
