//! The facets of each resource.

use crate::corpus::{
    actors::ActorFilter, changes::ChangeFilter, clauses::ClauseFilter, dates::DateFilter, filter::Filter, locations::LocationFilter,
    milestones::MilestoneFilter, notes::NoteFilter, resource::Resource, statements::StatementFilter,
};

/// The names of the parameters whose values are counted on request.
#[must_use]
pub const fn facet_names(resource: Resource) -> &'static [&'static str] {
    match resource {
        Resource::Statements => StatementFilter::FACETS,
        Resource::Clauses => ClauseFilter::FACETS,
        Resource::Dates => DateFilter::FACETS,
        Resource::Milestones => MilestoneFilter::FACETS,
        Resource::Actors => ActorFilter::FACETS,
        Resource::Locations => LocationFilter::FACETS,
        Resource::Notes => NoteFilter::FACETS,
        Resource::Changes => ChangeFilter::FACETS,
    }
}
