//! What the pages of an actor and of a location show besides it.

use crate::{
    corpus::{
        Mention,
        milestones::{Milestone, MilestoneFilter},
        statements::{Statement, StatementFilter},
    },
    error::Error,
    http::pages::request::{PageRequest, Titles},
};

/// How many items the page of another item shows of a list; it links to the whole list.
pub const MAX_RELATED: u32 = 20;

/// The first statements that name an item and its first milestones, whether there are more, and the titles of the statements
/// that the page names.
pub struct Related {
    /// The statements.
    pub statements: (Vec<Statement>, bool),
    /// The milestones.
    pub milestones: (Vec<Milestone>, bool),
    /// The titles.
    pub titles: Titles,
}

impl Related {
    /// Reads them. The page shows these mentions of the item.
    ///
    /// # Errors
    /// When a database query fails.
    pub async fn load(request: &PageRequest, statements: &StatementFilter, milestones: &MilestoneFilter, mentions: &[Mention]) -> Result<Self, Error> {
        let statements = request.first(statements, MAX_RELATED).await?;
        let milestones = request.first(milestones, MAX_RELATED).await?;
        let named = mentions.iter().map(|mention| &mention.statement).chain(milestones.0.iter().map(|milestone| &milestone.statement));
        let titles = request.titles(named).await?;
        Ok(Self { statements, milestones, titles })
    }
}
