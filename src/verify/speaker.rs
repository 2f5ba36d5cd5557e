//! Who says something.

use crate::corpus::{Slug, Voice};

/// Who says something: a voice, and whose it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Speaker {
    /// The voice.
    pub voice: Voice,
    /// The actor (an id): the medium, or whoever it quotes; none for a statement, whose issuers say it.
    pub actor: Option<Slug>,
}
