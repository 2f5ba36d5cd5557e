//! Who says something, as a phrase that cannot be mistaken for another speaker.

use crate::corpus::{bilingual_text::BilingualText, voice::Voice};

/// Who says it, in both languages.
#[must_use]
pub fn attribution(voice: Voice) -> BilingualText {
    let (ar, en) = match voice {
        Voice::Statement => ("من نص البيان", "The statement's own words"),
        Voice::Officer => ("كلام ضابط عراقي لم يُسمَّ، وليس من البيان", "Said by an unnamed Iraqi officer, not by the statement"),
        Voice::Agency => ("رواية وكالة شفق نيوز", "As narrated by Shafaq News"),
    };
    BilingualText { ar: ar.to_owned(), en: en.to_owned() }
}
