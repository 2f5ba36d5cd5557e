//! Atom (RFC 4287): milestones and changes as feeds, with permanent ids and with timestamps from the data.

use atom_syndication::{Category, Content, Entry, Feed, FixedDateTime, Generator, Link, Person, Text};
use chrono::{DateTime, Utc};
use uuid::Uuid;

use crate::corpus::{
    Language,
    changes::{Action, Change, ChangedResource},
    enum_name,
    milestones::Milestone,
};
use crate::formats::{
    context::RenderContext,
    envelope::List,
    error::RenderError,
    format::Format,
    milestone::{self, description},
    paragraph::{Paragraph, html},
};

/// The namespace of the ids: a UUID of version 5 (RFC 9562, section 5.5) does not depend on the host.
const ID_NAMESPACE: Uuid = Uuid::from_u128(0x6b0f_2f0e_5a0d_4c58_9f3b_bafa_0b1e_2024);

/// An item as an entry of a feed.
pub trait FeedEntry {
    /// The title of the feed, in Arabic and in English.
    const FEED_TITLE: (&'static str, &'static str);

    /// The path of the feed's page, below the language.
    const FEED_PAGE: &'static str;

    /// The URL, relative to the API.
    fn url(&self) -> &str;
    /// The path of its page, below the language.
    fn page_path(&self) -> String;
    /// When it last changed.
    fn updated(&self) -> DateTime<Utc>;
    /// The title.
    fn title(&self, context: &RenderContext<'_>) -> String;
    /// The content.
    ///
    /// # Errors
    /// If the context lacks the statement.
    fn content(&self, context: &RenderContext<'_>) -> Result<Vec<Paragraph>, RenderError>;
    /// The terms of its categories.
    fn categories(&self) -> Vec<String>;
}

/// Writes a list as a feed.
///
/// # Errors
/// If the context lacks a statement, or the XML cannot be written.
pub fn list<T: FeedEntry>(list: &List<T>, context: &RenderContext<'_>) -> Result<Vec<u8>, RenderError> {
    let mut links = vec![link("self", context.url_in_format(&list.envelope.this, Format::Atom), Format::Atom.media_type())];
    links.extend(page_and_data(context.page_url(T::FEED_PAGE), context.api_url(&list.envelope.this)));
    links.extend(list.envelope.next.as_ref().map(|next| link("next", context.url_in_format(next, Format::Atom), Format::Atom.media_type())));
    let feed = Feed {
        id: permanent_id(&list.envelope.this),
        title: Text::plain(context.phrase(T::FEED_TITLE.0, T::FEED_TITLE.1)),
        updated: fixed_time(list.items.iter().map(T::updated).max().unwrap_or(context.published)),
        authors: vec![Person { name: "Bayan".to_owned(), ..Person::default() }],
        generator: Some(Generator { value: "Bayan".to_owned(), version: Some(env!("CARGO_PKG_VERSION").to_owned()), ..Generator::default() }),
        links,
        entries: list.items.iter().map(|item| entry(item, context)).collect::<Result<_, _>>()?,
        lang: Some(if context.language == Some(Language::Ar) { "ar" } else { "en" }.to_owned()),
        ..Feed::default()
    };
    feed.write_to(Vec::new()).map_err(|cause| RenderError(cause.to_string()))
}

/// One entry.
fn entry<T: FeedEntry>(item: &T, context: &RenderContext<'_>) -> Result<Entry, RenderError> {
    Ok(Entry {
        id: permanent_id(item.url()),
        title: Text::plain(context.isolated(&item.title(context))),
        updated: fixed_time(item.updated()),
        links: page_and_data(context.page_url(&item.page_path()), context.api_url(item.url())).into(),
        categories: item.categories().into_iter().map(|term| Category { term, ..Category::default() }).collect(),
        // As HTML, since readers join the lines of plain text.
        content: Some(Content { value: Some(html(&item.content(context)?)), content_type: Some("html".to_owned()), ..Content::default() }),
        ..Entry::default()
    })
}

/// A link.
fn link(rel: &str, href: String, media_type: &str) -> Link {
    Link { href, rel: rel.to_owned(), mime_type: Some(media_type.to_owned()), ..Link::default() }
}

/// The page and the data. The page is the only alternate: some readers open the first one, and others the last.
fn page_and_data(page: String, data: String) -> [Link; 2] {
    [link("alternate", page, "text/html"), link("related", data, Format::Json.media_type())]
}

/// A permanent id.
fn permanent_id(url: &str) -> String {
    Uuid::new_v5(&ID_NAMESPACE, url.as_bytes()).urn().to_string()
}

/// An instant in the type of the library.
fn fixed_time(instant: DateTime<Utc>) -> FixedDateTime {
    instant.fixed_offset()
}

impl FeedEntry for Milestone {
    const FEED_TITLE: (&'static str, &'static str) = ("بيان: المحطات", "Bayan: milestones");
    const FEED_PAGE: &'static str = "milestones";

    fn url(&self) -> &str {
        &self.url
    }

    fn page_path(&self) -> String {
        milestone::page_path(&self.id)
    }

    fn updated(&self) -> DateTime<Utc> {
        self.modified
    }

    fn title(&self, context: &RenderContext<'_>) -> String {
        context.text(&self.title).to_owned()
    }

    fn content(&self, context: &RenderContext<'_>) -> Result<Vec<Paragraph>, RenderError> {
        description(self, context)
    }

    fn categories(&self) -> Vec<String> {
        vec![enum_name(&self.kind), enum_name(&self.voice)]
    }
}

impl FeedEntry for Change {
    const FEED_TITLE: (&'static str, &'static str) = ("بيان: التغييرات والتصويبات", "Bayan: changes and corrections");
    const FEED_PAGE: &'static str = "changes";

    fn url(&self) -> &str {
        &self.url
    }

    fn page_path(&self) -> String {
        let target = self.target.as_str();
        match (self.resource, self.action) {
            // A withdrawn item has no page.
            (ChangedResource::Statements | ChangedResource::Clauses | ChangedResource::Dates, Action::Withdrawn) => String::new(),
            (ChangedResource::Milestones, Action::Withdrawn) => "milestones".to_owned(),
            (ChangedResource::Statements, _) => format!("statements/{target}"),
            (ChangedResource::Clauses, _) => format!("clauses/{target}"),
            (ChangedResource::Dates, _) => format!("dates/{target}"),
            (ChangedResource::Milestones, _) => milestone::page_path(&self.target),
            (ChangedResource::Actors, _) => format!("actors/{target}"),
            (ChangedResource::Locations, _) => format!("locations/{target}"),
            (ChangedResource::Notes, _) => format!("notes/{target}"),
        }
    }

    fn updated(&self) -> DateTime<Utc> {
        self.at
    }

    fn title(&self, context: &RenderContext<'_>) -> String {
        context.text(&self.summary).to_owned()
    }

    fn content(&self, context: &RenderContext<'_>) -> Result<Vec<Paragraph>, RenderError> {
        let language = context.language.unwrap_or(Language::En);
        let action = match self.action {
            Action::Created => context.phrase("إضافة", "Added"),
            Action::Corrected => context.phrase("تصويب", "Corrected"),
            Action::Withdrawn => context.phrase("سحب", "Withdrawn"),
        };
        Ok(vec![Paragraph { language, text: format!("{action}: {}", changed_item(self, context)) }])
    }

    fn categories(&self) -> Vec<String> {
        vec![enum_name(&self.action), enum_name(&self.resource)]
    }
}

/// What a change is about. The ids of dates and notes are those of their clauses, and a number.
fn changed_item(change: &Change, context: &RenderContext<'_>) -> String {
    let target = change.target.as_str();
    let label = |clause: &str| clause.rsplit_once('-').map_or(clause, |(_, label)| label).to_owned();
    let clause = || label(target.rsplit_once('-').map_or(target, |(clause, _)| clause));
    match change.resource {
        ChangedResource::Statements => context.phrase("بيان", "statement").to_owned(),
        ChangedResource::Clauses => format!("{} {}", context.phrase("البند", "clause"), label(target)),
        ChangedResource::Dates => format!("{} {}", context.phrase("تاريخ في البند", "date in clause"), clause()),
        ChangedResource::Milestones => context.phrase("محطة", "milestone").to_owned(),
        ChangedResource::Actors => context.phrase("جهة", "actor").to_owned(),
        ChangedResource::Locations => context.phrase("مكان", "place").to_owned(),
        ChangedResource::Notes => format!("{} {}", context.phrase("ملاحظة على البند", "note on clause"), clause()),
    }
}
