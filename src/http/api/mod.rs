//! The handlers of the API, one file a resource.

pub mod actors;
pub mod changes;
pub mod clauses;
pub mod dates;
pub mod health;
pub mod index;
pub mod locations;
pub mod metrics;
pub mod milestones;
pub mod notes;
pub mod openapi;
pub mod search;
pub mod statements;
pub mod verify;
