//! The verdict in a sentence in each language. The type of the outcome decides which sentences are possible.

use crate::{
    corpus::{
        BilingualText, Language, Voice,
        attribution::{attribution, mid_sentence},
        notes::{Kind, Note},
    },
    verify::{
        difference::{DifferenceKind, Effect},
        outcome::{Altered, Asked, ComparedWith, InSource, Outcome},
        place::Agreement,
        reason::{Sentence, abridgements, reason, short},
        record::Record,
        registers::Registers,
        speaker::Speaker,
    },
};

/// How many titles a sentence names.
const MAX_TITLES: usize = 3;

/// The verdict of an outcome.
#[must_use]
pub fn verdict_text(outcome: &Outcome<'_>, asked: &Asked, registers: &Registers) -> BilingualText {
    let (ar, en) = match outcome {
        Outcome::InSource(found) => in_source(found, asked, registers),
        Outcome::Altered(altered) => not_as_quoted(altered),
        Outcome::NotFound { record: None, .. } => ("لم يرد هذا الكلام في أي مصدر هنا".to_owned(), "These words are in no source here".to_owned()),
        Outcome::NotFound { of: ComparedWith::Source, .. } => ("لم يرد هذا الكلام في المصدر".to_owned(), "These words are not in the source".to_owned()),
        Outcome::NotFound { of: ComparedWith::WorkingTranslation, record: Some(record) } => {
            let (ar, en) = language_name(record);
            (
                format!("المصدر بال{ar}، ولا شيء من هذا الكلام في ترجمتنا غير الرسمية له؛ قارن النصوص المنشورة الأخرى"),
                format!("The source is in {en}, and nothing like these words is in our translation of it; compare the other published versions"),
            )
        }
    };
    BilingualText { ar: ar + ".", en: en + "." }
}

fn in_source(found: &InSource<'_>, asked: &Asked, registers: &Registers) -> Sentence {
    let main = found.main_record();
    let (ar, en) = agreement(found, main);
    let (title_ar, title_en) = titles(found);
    let (ar, en) = (ar + &title_ar, en + &title_en);
    let (whose_ar, whose_en) = speakers(found, registers);
    let separator = if found.holds == Some(false) && found.speakers().len() == 1 { ", " } else { ": " };
    let (mut ar, mut en) = (format!("{ar}، وهو {whose_ar}"), format!("{en}{separator}{whose_en}"));
    if found.holds == Some(false) {
        let (asked_ar, asked_en) = asked_for(asked, main, registers);
        ar = format!("النسبة إلى {asked_ar} غير صحيحة: {ar}");
        en = format!("The attribution to {asked_en} is wrong: {}", uncapitalized(&en));
    }
    if let Some((abridged_ar, abridged_en)) = abridgements(&found.differences) {
        ar = format!("{ar}؛ {abridged_ar}");
        en = format!("{en}; {abridged_en}");
    }
    if let Some(negation) = &found.negated_by {
        ar = format!("{ar}؛ وقبله مباشرة في المصدر أداة نفي لم تُقتبس: «{negation}»");
        en = format!("{en}; directly before them the source has a negation that is not quoted, “{negation}”");
    }
    if found.of == ComparedWith::WorkingTranslation {
        let (language_ar, language_en) = language_name(main);
        ar = format!("{ar}؛ وترجمتنا ليست نصاً منشوراً، فاقتبس النص ال{} أو نصاً منشوراً آخر", language_ar.trim_end_matches('ة'));
        en = format!("{en}; our translation is not a published text, so quote the {language_en} or another published version");
    }
    // Two statements of one text may have the same note.
    let mut cautions: Vec<&Note> = Vec::new();
    for note in found.found.iter().flat_map(|found| &found.cautions) {
        if !cautions.iter().any(|other| other.text.en == note.text.en) {
            cautions.push(note);
        }
    }
    with_notes((ar, en), &cautions, false)
}

fn agreement(found: &InSource<'_>, record: &Record) -> Sentence {
    let (language_ar, language_en) = language_name(record);
    let (where_ar, where_en) = match found.of {
        ComparedWith::Source => ("في المصدر".to_owned(), "in the source".to_owned()),
        ComparedWith::WorkingTranslation => (
            format!("في ترجمتنا غير الرسمية للمصدر ال{}", language_ar.trim_end_matches('ة')),
            format!("in our translation of the source, which is in {language_en}"),
        ),
    };
    let is_any = |kind| found.differences.iter().any(|difference| difference.kind == kind);
    match found.agreement {
        Agreement::Exact => (format!("وارد حرفياً {where_ar}"), format!("Word for word {where_en}")),
        Agreement::Normalized => (format!("كلماته واردة {where_ar} مع اختلاف في الكتابة"), format!("The same words as {where_en}, written differently")),
        Agreement::Abridged => {
            let (how_ar, how_en) = match (is_any(DifferenceKind::Cut), is_any(DifferenceKind::Bracket)) {
                (true, true) => ("مع حذف وإضافة مشار إليهما", "with marked cuts and insertions"),
                (false, true) => ("مع إضافة بين قوسين معقوفين", "with words added in brackets"),
                (_, false) => ("مع حذف مشار إليه", "with marked cuts"),
            };
            (format!("وارد {where_ar} {how_ar}"), capitalized(&format!("{where_en}, {how_en}")))
        }
    }
}

/// The name of the language of a source; the Arabic one without its article.
const fn language_name(record: &Record) -> (&'static str, &'static str) {
    match record.language() {
        Language::Ar => ("عربية", "Arabic"),
        Language::En => ("إنكليزية", "English"),
    }
}

/// The title of a statement in brackets; nothing for the only one, which needs no name.
fn title(record: &Record) -> Sentence {
    let BilingualText { ar, en } = &record.statement.title;
    if record.is_one_of_several { (format!(" ({ar})"), format!(" ({en})")) } else { Sentence::default() }
}

/// The titles of the statements that have a quotation, the one that is shown first before the others.
fn titles(found: &InSource<'_>) -> Sentence {
    let main = found.main_record();
    if !main.is_one_of_several {
        return Sentence::default();
    }
    let others = found.found.iter().map(|found| found.record).filter(|record| record.statement.id != main.statement.id);
    let all: Vec<&BilingualText> = [main].into_iter().chain(others).map(|record| &record.statement.title).collect();
    let (shown, more) = all.split_at(all.len().min(MAX_TITLES));
    let join = |title: fn(&BilingualText) -> &str, separator: &str| shown.iter().map(|text| title(text)).collect::<Vec<_>>().join(separator);
    let (more_ar, more_en) = match more.len() {
        0 => Sentence::default(),
        count => (format!("؛ وبيانات أخرى عددها {count}"), format!("; and {count} more")),
    };
    (format!(" ({}{more_ar})", join(|text| &text.ar, "؛ ")), format!(" ({}{more_en})", join(|text| &text.en, "; ")))
}

/// The speakers of a quotation in the source.
fn speakers(found: &InSource<'_>, registers: &Registers) -> Sentence {
    let speakers = found.speakers();
    let named: Vec<Sentence> = speakers.iter().map(|(record, speaker)| name(speaker, record, registers)).collect();
    let has_statement = speakers.iter().any(|(_, speaker)| speaker.voice == Voice::Statement);
    let ar = named.iter().map(|(ar, _)| ar.as_str()).collect::<Vec<_>>().join(" و");
    let names: Vec<&str> = named.iter().map(|(_, en)| en.as_str()).collect();
    let en = match &names[..] {
        [] => String::new(),
        [only] => (*only).to_owned(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    };
    match (&speakers[..], found.is_unmixed()) {
        ([(record, speaker)], _) => {
            let BilingualText { ar, en } = attribution(speaker.voice, Some(&speaker_name(speaker, record, registers)));
            (ar, uncapitalized(&en))
        }
        ([_, _], true) => (format!("يرد في كلام {ar}"), format!("used by both {en}")),
        (_, true) => (format!("يرد في كلام كل من {ar}"), format!("used by {en}")),
        (_, false) => {
            let not = if has_statement { ("", "") } else { ("، وليس من البيان", ", not in the statement") };
            (format!("يجمع كلام أكثر من قائل: {ar}{}", not.0), format!("they join the words of {en}{}", not.1))
        }
    }
}

/// The name of a speaker in a sentence.
fn name(speaker: &Speaker, record: &Record, registers: &Registers) -> Sentence {
    let BilingualText { ar, en } = speaker_name(speaker, record, registers);
    (ar, mid_sentence(&en))
}

/// The name of a speaker.
fn speaker_name(speaker: &Speaker, record: &Record, registers: &Registers) -> BilingualText {
    let unnamed = || BilingualText { ar: "متحدث آخر".to_owned(), en: "another speaker".to_owned() };
    match speaker.voice {
        Voice::Statement => BilingualText { ar: "البيان".to_owned(), en: "the statement".to_owned() },
        Voice::Agency => record.statement.source.publisher.clone(),
        Voice::ThirdParty => speaker.actor.as_ref().and_then(|actor| registers.name(actor)).cloned().unwrap_or_else(unnamed),
    }
}

/// The requested speaker.
fn asked_for(asked: &Asked, record: &Record, registers: &Registers) -> Sentence {
    let by_actor = asked.speaker.as_ref().and_then(|actor| registers.name(actor)).map(|name| (name.ar.clone(), mid_sentence(&name.en)));
    by_actor.unwrap_or_else(|| match asked.voice {
        Some(Voice::Agency) => (record.statement.source.publisher.ar.clone(), record.statement.source.publisher.en.clone()),
        Some(Voice::Statement) | None => ("البيان".to_owned(), "the statement".to_owned()),
        Some(Voice::ThirdParty) => ("متحدث آخر تنقل عنه الوكالة".to_owned(), "somebody else whom the agency quotes".to_owned()),
    })
}

fn not_as_quoted(altered: &Altered<'_>) -> Sentence {
    let first = altered.differences.first();
    let (why_ar, why_en) = first.map(|first| reason(first, altered.of)).unwrap_or_default();
    let label = altered.clause.map(|clause| clause.label.as_str());
    let ((title_ar, title_en), (language_ar, language_en)) = (title(altered.record), language_name(altered.record));
    let (ar, en) = match altered.of {
        ComparedWith::Source => {
            let closest = label.map_or_else(
                || (format!("وأقرب ما فيه: «{}»", short(&altered.quote.exact)), format!("the closest passage is “{}”", short(&altered.quote.exact))),
                |label| (format!("وأقرب ما فيه البند {label}"), format!("the closest passage is clause {label}")),
            );
            (format!("ليس في المصدر بهذا اللفظ: {why_ar}؛ {}{title_ar}", closest.0), format!("Not in the source as quoted: {why_en}; {}{title_en}", closest.1))
        }
        ComparedWith::WorkingTranslation => {
            let clause = label.map_or_else(
                || (format!("«{}»", short(&altered.quote.exact)), format!("“{}”", short(&altered.quote.exact))),
                |label| (format!("البند {label}"), format!("clause {label}")),
            );
            // Another translation may have other words, but not another meaning.
            let changes = altered
                .differences
                .iter()
                .any(|difference| matches!(difference.effect, Effect::Reversal | Effect::Bracketed | Effect::Change) && !difference.given.is_empty());
            let versions = if changes {
                ("والنصوص المنشورة الأخرى", " and the other published versions")
            } else {
                ("، وقد يكون هذا اللفظ في النصوص المنشورة الأخرى", "; the other published versions may have these words")
            };
            let separator = if changes { " " } else { "" };
            (
                format!("المصدر بال{language_ar}، وليس هذا لفظ ترجمتنا غير الرسمية له: {why_ar}؛ قارن {}{title_ar}{separator}{}", clause.0, versions.0),
                format!(
                    "The source is in {language_en}, and these are not the words of our translation of it: {why_en}; compare {}{title_en}{}",
                    clause.1, versions.1
                ),
            )
        }
    };
    with_notes((ar, en), &altered.cautions, true)
}

/// A sentence with the critical notes on the words; without them it would mislead. The words of an altered quotation are not
/// those of the note.
fn with_notes((mut ar, mut en): Sentence, notes: &[&Note], is_altered: bool) -> Sentence {
    for note in notes {
        let printed = short(&note.quote.exact);
        let (known_ar, known_en) = match (note.kind, is_altered) {
            (Kind::ErrorInSource, true) => {
                (format!("؛ تنبيه، في المصدر «{printed}» وهو خطأ معروف: "), format!("; caution, the source has “{printed}”, which is known to be wrong: "))
            }
            _ => ("؛ تنبيه: ".to_owned(), "; caution: ".to_owned()),
        };
        let text = |text: &str| text.trim_end_matches('.').to_owned();
        ar = ar + &known_ar + &text(&note.text.ar);
        en = en + &known_en + &text(&note.text.en);
    }
    (ar, en)
}

/// A part of a sentence as its first.
fn capitalized(sentence: &str) -> String {
    let mut chars = sentence.chars();
    chars.next().map(|first| first.to_uppercase().chain(chars).collect()).unwrap_or_default()
}

/// A sentence as the second part of another.
fn uncapitalized(sentence: &str) -> String {
    let mut chars = sentence.chars();
    chars.next().map(|first| first.to_lowercase().chain(chars).collect()).unwrap_or_default()
}
