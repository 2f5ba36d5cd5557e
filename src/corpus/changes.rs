//! Changes: every change to the data, withdrawals included.

use chrono::{DateTime, Utc};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use crate::corpus::{
    bilingual_text::BilingualText,
    bitmaps::{Conditions, Indexed, ItemValues},
    day::Day,
    filter::Filter,
    resource::Resource,
    since::Since,
    slug::Slug,
    sort::{Direction, SortKey, SortOrder},
};

/// A change to the data.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
pub struct Change {
    /// Its permanent id.
    pub id: Slug,
    /// Its URL.
    pub url: String,
    /// The revision of the data that introduced it.
    pub revision: u32,
    /// When that revision was published.
    pub at: DateTime<Utc>,
    /// Its action.
    pub action: Action,
    /// The resource of the changed item.
    pub resource: ChangedResource,
    /// The id of the changed item; a withdrawn item no longer exists.
    pub target: Slug,
    /// A short description of the change.
    pub summary: BilingualText,
}

/// The action of a change.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Action {
    /// A new item.
    Created,
    /// An item that was wrong or incomplete is corrected.
    Corrected,
    /// An item is removed.
    Withdrawn,
}

/// The resources whose changes are recorded.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema, ToSchema)]
#[serde(rename_all = "snake_case")]
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

impl ChangedResource {
    /// The resource.
    #[must_use]
    pub const fn resource(self) -> Resource {
        match self {
            Self::Statements => Resource::Statements,
            Self::Clauses => Resource::Clauses,
            Self::Dates => Resource::Dates,
            Self::Milestones => Resource::Milestones,
            Self::Actors => Resource::Actors,
            Self::Locations => Resource::Locations,
            Self::Notes => Resource::Notes,
        }
    }
}

impl Indexed for Change {
    fn values(&self) -> ItemValues {
        ItemValues::default().with_name("resource", &self.resource)
    }
}

/// The parameters of the list of changes.
#[derive(Clone, Debug, Default, Serialize, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(default)]
pub struct ChangeFilter {
    /// Changes after this: a revision (`meta.revision` of an earlier response) or an instant (RFC 3339).
    #[serde(skip_serializing_if = "Option::is_none")]
    #[param(value_type = Option<String>, pattern = r"^([0-9]{1,9}|[0-9]{4}-[0-9]{2}-[0-9]{2}T.+)$", example = "1")]
    pub since: Option<Since>,
    /// Of an item of this resource.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub resource: Vec<ChangedResource>,
    /// The order. Default: newest first.
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
    const DEFAULT_SORT: &'static str = "-at";
    const FACETS: &'static [&'static str] = &["resource"];
    type Item = Change;

    fn sort_order(&self) -> SortOrder {
        let direction = match self.sort {
            Some(Sort::At) => Direction::Ascending,
            Some(Sort::AtDescending) | None => Direction::Descending,
        };
        SortOrder { by: SortKey::Position, direction }
    }

    fn since(&self) -> Option<&Since> {
        self.since.as_ref()
    }

    fn conditions(&self, _: Day) -> Conditions {
        Conditions::default().names("resource", &self.resource)
    }
}
