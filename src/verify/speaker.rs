//! Speakers.

use crate::corpus::{Slug, Voice};

/// A speaker: a voice, and the actor.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Speaker {
    /// The voice.
    pub voice: Voice,
    /// The actor (an id): the medium, or the actor that it quotes; none for a statement, whose issuers say it.
    pub actor: Option<Slug>,
}
