//! Changes: everything that was done to the data, newest first, withdrawals included.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use sqlx::{QueryBuilder, Sqlite};
use utoipa::{IntoParams, ToSchema};

use crate::corpus::{BilingualText, Direction, Filter, Resource, Since, Slug, SortKey, SortOrder, any};

/// A change to the data.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
pub struct Change {
    /// Stable for ever.
    pub id: Slug,
    /// Where it is.
    pub url: String,
    /// The revision of the data that it came with.
    pub revision: u32,
    /// When that was published.
    pub at: DateTime<Utc>,
    /// What was done.
    pub action: Action,
    /// To what kind of thing.
    pub resource: ChangedResource,
    /// To which one (an id); once withdrawn, it is no longer there.
    pub target: Slug,
    /// What changed, in few words.
    pub summary: BilingualText,
}

/// What was done to the data.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema, sqlx::Type)]
#[serde(rename_all = "snake_case")]
#[sqlx(rename_all = "snake_case")]
pub enum Action {
    /// It is new.
    Created,
    /// It was wrong or incomplete, and is no longer.
    Corrected,
    /// It is gone.
    Withdrawn,
}

/// The kinds of things that change.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema, sqlx::Type)]
#[serde(rename_all = "snake_case")]
#[sqlx(rename_all = "snake_case")]
pub enum ChangedResource {
    /// A statement and its source.
    Statements,
    /// A clause.
    Clauses,
    /// A date.
    Dates,
    /// A milestone.
    Milestones,
    /// An actor.
    Actors,
    /// A location.
    Locations,
    /// A note.
    Notes,
}

/// Which changes.
#[derive(Clone, Debug, Default, Serialize, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(default)]
pub struct ChangeFilter {
    /// Only what came after this: a revision (`meta.revision` of an earlier answer), or an instant (RFC 3339).
    #[serde(skip_serializing_if = "Option::is_none")]
    #[param(value_type = Option<String>, pattern = r"^([0-9]{1,9}|[0-9]{4}-[0-9]{2}-[0-9]{2}T.+)$", example = "1")]
    pub since: Option<Since>,
    /// To this kind of thing.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub resource: Vec<ChangedResource>,
    /// The order; newest first unless asked otherwise.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sort: Option<Sort>,
}

/// The orders of changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = ChangeSort)]
pub enum Sort {
    /// Oldest first.
    #[serde(rename = "at")]
    At,
    /// Newest first.
    #[serde(rename = "-at")]
    AtDescending,
}

impl Filter for ChangeFilter {
    const RESOURCE: Resource = Resource::Changes;
    const SORT: &'static str = "-at";
    type Item = Change;

    fn order(&self) -> SortOrder {
        let direction = match self.sort {
            Some(Sort::At) => Direction::Ascending,
            Some(Sort::AtDescending) | None => Direction::Descending,
        };
        SortOrder { by: SortKey::Place, direction }
    }

    fn join(&self, query: &mut QueryBuilder<Sqlite>) {
        query.push(" JOIN changes AS c ON c.id = i.id JOIN revisions AS r USING (revision)");
    }

    fn conditions(&self, query: &mut QueryBuilder<Sqlite>) {
        match &self.since {
            Some(Since::Revision(revision)) => {
                query.push(" AND c.revision > ").push_bind(i64::from(*revision));
            }
            Some(Since::Instant(instant)) => {
                query.push(" AND r.at > ").push_bind(instant.format("%Y-%m-%dT%H:%M:%SZ").to_string());
            }
            None => {}
        }
        any(query, "c.resource", self.resource.iter().copied());
    }
}
