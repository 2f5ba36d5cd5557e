//! The sections of the site, as the navigation lists them.

use crate::http::pages::view::{messages as msg, messages::Message, verify_messages::CHECK_QUOTATION};

/// A section of the site.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Section {
    /// The home page.
    Home,
    /// The statements, each clause by clause.
    Statements,
    /// The timeline.
    Milestones,
    /// The map.
    Locations,
    /// The actors.
    Actors,
    /// The editors' notes.
    Notes,
    /// The check of quotations.
    Verify,
    /// The search.
    Search,
    /// No section: what links in the footer lead to, and the page of an error.
    Other,
}

impl Section {
    /// The sections in the navigation, beside which the header has the search: each with its path and its name.
    pub const NAVIGATION: [(Self, &'static str, Message); 6] = [
        (Self::Statements, "statements", msg::STATEMENTS),
        (Self::Milestones, "milestones", msg::MILESTONES),
        (Self::Locations, "locations", msg::LOCATIONS),
        (Self::Actors, "actors", msg::ACTORS),
        (Self::Notes, "notes", msg::NOTES),
        (Self::Verify, "verify", CHECK_QUOTATION),
    ];
}
