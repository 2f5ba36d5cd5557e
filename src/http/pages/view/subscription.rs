//! The links that subscribe to a page's milestones: in a calendar, and in a reader of feeds.

use crate::formats::Format;
use crate::http::pages::view::layout::PageLayout;

/// The URLs of the milestones that a page shows, for programs that ask again by themselves.
#[derive(Clone, Debug)]
pub struct Subscription {
    /// The calendar, in the scheme that opens the reader's calendar program. Such a program resolves no reference, so that there is
    /// none where the service does not know its URL.
    pub webcal: Option<String>,
    /// The calendar, for programs and sites that take a link.
    pub calendar: String,
    /// The feed.
    pub feed: String,
}

impl Subscription {
    /// The milestones that a query selects, with its question mark, or all of them.
    pub fn new(layout: &PageLayout, query: &str) -> Self {
        let separator = if query.is_empty() { '?' } else { '&' };
        let list = |format: Format| format!("milestones.{}{query}{separator}lang={}", format.extension(), layout.language.code());
        let calendar = layout.absolute_api_url(&list(Format::Icalendar));
        let webcal = calendar.split_once("://").map(|(_, rest)| format!("webcal://{rest}"));
        let relative = |format: Format| format!("{}v1/{}", layout.root, list(format));
        Self { webcal, calendar: relative(Format::Icalendar), feed: relative(Format::Atom) }
    }
}
