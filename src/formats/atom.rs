//! Atom (RFC 4287): milestones and changes for feed readers, with ids that never change and times from the data.

use atom_syndication::{Category, Content, Entry, Feed, FixedDateTime, Generator, Link, Person, Text};
use chrono::{DateTime, Utc};
use uuid::Uuid;

use crate::corpus::{Language, changes::Change, milestones::Milestone, name};
use crate::formats::{Format, List, RenderContext, RenderError};

/// The name space of our ids: an id is a UUID of version 5 (RFC 9562, section 5.5), so that it depends on no host.
const IDS: Uuid = Uuid::from_u128(0x6b0f_2f0e_5a0d_4c58_9f3b_bafa_0b1e_2024);

/// An item as an entry of a feed.
pub trait FeedEntry {
    /// What a feed of these is called, in Arabic and in English.
    const TITLE: (&'static str, &'static str);

    /// Its address, relative to the interface.
    fn address(&self) -> &str;
    /// When it last changed.
    fn updated(&self) -> DateTime<Utc>;
    /// Its headline.
    fn title(&self, context: &RenderContext<'_>) -> String;
    /// What it says.
    fn content(&self, context: &RenderContext<'_>) -> String;
    /// What it is filed under.
    fn categories(&self) -> Vec<String>;
}

/// Writes a list as a feed.
///
/// # Errors
/// When the feed cannot be written, which none of ours is.
pub fn list<T: FeedEntry>(list: &List<T>, context: &RenderContext<'_>) -> Result<Vec<u8>, RenderError> {
    let link = |rel: &str, href: String, format: Format| Link { href, rel: rel.to_owned(), mime_type: Some(format.media_type().to_owned()), ..Link::default() };
    let mut links =
        vec![link("self", context.url_in_format(&list.envelope.this, Format::Atom), Format::Atom), link("alternate", context.absolute_url(&list.envelope.this), Format::Json)];
    links.extend(list.envelope.next.as_ref().map(|next| link("next", context.url_in_format(next, Format::Atom), Format::Atom)));
    let feed = Feed {
        id: id(&list.envelope.this),
        title: Text::plain(context.phrase(T::TITLE.0, T::TITLE.1)),
        updated: fixed(list.items.iter().map(T::updated).max().unwrap_or(context.published)),
        authors: vec![Person { name: "Bayan".to_owned(), ..Person::default() }],
        generator: Some(Generator { value: "Bayan".to_owned(), version: Some(env!("CARGO_PKG_VERSION").to_owned()), ..Generator::default() }),
        links,
        entries: list.items.iter().map(|item| entry(item, context)).collect(),
        lang: Some(if context.language == Some(Language::Ar) { "ar" } else { "en" }.to_owned()),
        ..Feed::default()
    };
    feed.write_to(Vec::new()).map_err(|cause| RenderError(cause.to_string()))
}

/// One entry.
fn entry<T: FeedEntry>(item: &T, context: &RenderContext<'_>) -> Entry {
    let href = context.absolute_url(item.address());
    Entry {
        id: id(item.address()),
        title: Text::plain(item.title(context)),
        updated: fixed(item.updated()),
        links: vec![Link { href, rel: "alternate".to_owned(), mime_type: Some(Format::Json.media_type().to_owned()), ..Link::default() }],
        categories: item.categories().into_iter().map(|term| Category { term, ..Category::default() }).collect(),
        content: Some(Content { value: Some(item.content(context)), content_type: Some("text".to_owned()), ..Content::default() }),
        ..Entry::default()
    }
}

/// A permanent id.
fn id(name: &str) -> String {
    Uuid::new_v5(&IDS, name.as_bytes()).urn().to_string()
}

/// An instant as the library has it.
fn fixed(instant: DateTime<Utc>) -> FixedDateTime {
    instant.fixed_offset()
}

impl FeedEntry for Milestone {
    const TITLE: (&'static str, &'static str) = ("بيان: المحطات", "Bayan: milestones");

    fn address(&self) -> &str {
        &self.url
    }

    fn updated(&self) -> DateTime<Utc> {
        self.modified
    }

    fn title(&self, context: &RenderContext<'_>) -> String {
        context.text(&self.title).to_owned()
    }

    fn content(&self, context: &RenderContext<'_>) -> String {
        self.told(context)
    }

    fn categories(&self) -> Vec<String> {
        vec![name(&self.kind), name(&self.voice)]
    }
}

impl FeedEntry for Change {
    const TITLE: (&'static str, &'static str) = ("بيان: ما تغير في البيانات", "Bayan: changes to the data");

    fn address(&self) -> &str {
        &self.url
    }

    fn updated(&self) -> DateTime<Utc> {
        self.at
    }

    fn title(&self, context: &RenderContext<'_>) -> String {
        context.text(&self.summary).to_owned()
    }

    fn content(&self, context: &RenderContext<'_>) -> String {
        format!("{}: {}", name(&self.action), context.absolute_url(&format!("{}/{}", name(&self.resource), self.target)))
    }

    fn categories(&self) -> Vec<String> {
        vec![name(&self.action), name(&self.resource)]
    }
}
