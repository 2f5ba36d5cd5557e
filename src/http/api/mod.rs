//! The handlers of the API, one file for each resource.

pub(super) mod actors;
pub(super) mod build;
pub(super) mod changes;
pub(super) mod clauses;
pub(super) mod dates;
pub(super) mod health;
pub(super) mod index;
pub(super) mod locations;
pub(super) mod metrics;
pub(super) mod milestones;
pub(super) mod notes;
pub mod openapi;
pub(super) mod packages;
pub(super) mod search;
pub(super) mod security_txt;
pub(super) mod statements;
pub(super) mod verify;
