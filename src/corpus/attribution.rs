//! The speaker as an unambiguous phrase.

use crate::corpus::{bilingual_text::BilingualText, voice::Voice};

/// Who says it, in both languages. `speaker_name` is the name of the medium, or of the actor that it quotes.
#[must_use]
pub fn attribution(voice: Voice, speaker_name: Option<&BilingualText>) -> BilingualText {
    let name = speaker_name.cloned().unwrap_or_default();
    let (ar, en) = match voice {
        Voice::Statement => ("من نص البيان".to_owned(), "The statement’s own words".to_owned()),
        Voice::Agency => (format!("رواية {}، وليست من البيان", name.ar), format!("Reported by {}, not in the statement", mid_sentence(&name.en))),
        Voice::ThirdParty => (format!("كلام {}، وليس من البيان", name.ar), format!("Said by {}, not by the statement", mid_sentence(&name.en))),
    };
    BilingualText { ar, en }
}

/// An English name as it is written within a sentence: without the capital of an article.
#[must_use]
pub fn mid_sentence(name: &str) -> String {
    let article = [("A ", "a "), ("An ", "an "), ("The ", "the ")].into_iter().find_map(|(article, lower)| Some((lower, name.strip_prefix(article)?)));
    article.map_or_else(|| name.to_owned(), |(lower, rest)| format!("{lower}{rest}"))
}
