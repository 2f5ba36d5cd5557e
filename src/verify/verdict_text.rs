//! The verdict in a sentence in each language. The type of the outcome decides which sentences are possible.

use crate::{
    corpus::{
        BilingualText, Voice,
        notes::{Kind, Note},
    },
    verify::{
        difference::{Difference, DifferenceKind},
        outcome::{Altered, Asked, ComparedWith, InSource, Outcome},
        place::Agreement,
        record::Record,
        registers::Registers,
        speaker::Speaker,
    },
};

/// The longest quote inside a sentence, in code points.
const MAX_QUOTED_CHARS: usize = 90;

/// The verdict of an outcome.
#[must_use]
pub fn verdict_text(outcome: &Outcome<'_>, asked: &Asked, registers: &Registers) -> BilingualText {
    let (ar, en) = match outcome {
        Outcome::InSource(found) => in_source(found, asked, registers),
        Outcome::Altered(altered) => not_as_quoted(altered),
        Outcome::NotFound { of: ComparedWith::Source, .. } => ("لم يرد هذا الكلام في المصدر".to_owned(), "These words are not in the source".to_owned()),
        Outcome::NotFound { of: ComparedWith::WorkingTranslation, .. } => (
            "المصدر بالعربية، ولا شيء من هذا الكلام في ترجمتنا غير الرسمية له؛ قارن النصوص المنشورة الأخرى".to_owned(),
            "The source is in Arabic, and nothing like these words is in our translation of it; compare the other published versions".to_owned(),
        ),
    };
    BilingualText { ar: ar + ".", en: en + "." }
}

/// A sentence in Arabic and in English, without its full stop.
type Sentence = (String, String);

fn in_source(found: &InSource<'_>, asked: &Asked, registers: &Registers) -> Sentence {
    let (ar, en) = agreement(found.of, found.agreement);
    let (whose_ar, whose_en) = speakers(found, registers);
    let (mut ar, mut en) = (format!("{ar}، {whose_ar}"), format!("{en}: {whose_en}"));
    if found.holds == Some(false) {
        let (asked_ar, asked_en) = asked_for(asked, found.record, registers);
        ar = format!("النسبة إلى {asked_ar} غير صحيحة: {ar}");
        en = format!("The attribution to {asked_en} is wrong: {}", uncapitalized(&en));
    }
    if let Some(negation) = &found.negated_by {
        ar = format!("{ar}؛ وقبله مباشرة في المصدر أداة نفي لم تُقتبس: «{negation}»");
        en = format!("{en}; directly before them the source has a negation that is not quoted, “{negation}”");
    }
    if found.of == ComparedWith::WorkingTranslation {
        ar.push_str("؛ والنص الذي يُقتبس هو العربي");
        en.push_str("; what can be quoted is the Arabic");
    }
    with_notes((ar, en), found.record.critical_notes_in(&found.ranges))
}

fn agreement(of: ComparedWith, agreement: Agreement) -> (&'static str, &'static str) {
    match (of, agreement) {
        (ComparedWith::Source, Agreement::Exact) => ("وارد حرفياً في المصدر", "Word for word in the source"),
        (ComparedWith::Source, Agreement::Normalized) => {
            ("كلماته واردة في المصدر مع اختلاف في الكتابة", "The same words as in the source, written in another way")
        }
        (ComparedWith::Source, Agreement::Abridged) => {
            ("وارد في المصدر مع الحذف والإضافة المشار إليهما", "In the source, with the cuts and insertions that the quotation marks")
        }
        (ComparedWith::WorkingTranslation, Agreement::Exact) => {
            ("وارد في ترجمتنا غير الرسمية للمصدر العربي", "Word for word in our translation of the source, which is in Arabic")
        }
        (ComparedWith::WorkingTranslation, Agreement::Normalized) => (
            "كلماته واردة في ترجمتنا غير الرسمية للمصدر العربي مع اختلاف في الكتابة",
            "The same words as in our translation of the source, which is in Arabic, written in another way",
        ),
        (ComparedWith::WorkingTranslation, Agreement::Abridged) => (
            "وارد في ترجمتنا غير الرسمية للمصدر العربي مع الحذف والإضافة المشار إليهما",
            "In our translation of the source, which is in Arabic, with the cuts and insertions that the quotation marks",
        ),
    }
}

/// The speakers of a quotation in the source.
fn speakers(found: &InSource<'_>, registers: &Registers) -> Sentence {
    let speakers = found.speakers();
    let named: Vec<Sentence> = speakers.iter().map(|speaker| name(speaker, found.record, registers)).collect();
    let has_statement = speakers.iter().any(|speaker| speaker.voice == Voice::Statement);
    let ar = named.iter().map(|(ar, _)| ar.as_str()).collect::<Vec<_>>().join(" و");
    let names: Vec<&str> = named.iter().map(|(_, en)| en.as_str()).collect();
    let en = match &names[..] {
        [] => String::new(),
        [only] => (*only).to_owned(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    };
    match (&speakers[..], found.is_unmixed()) {
        ([Speaker { voice: Voice::Statement, .. }], _) => ("وهو من نص البيان".to_owned(), "the statement's own words".to_owned()),
        ([Speaker { voice: Voice::Agency, .. }], _) => {
            (format!("وهو من رواية {ar}، وليس من نص البيان"), format!("narrated by {en}, not the statement's words"))
        }
        ([_], _) => (format!("وهو كلام {ar}، وليس من نص البيان"), format!("the words of {en}, not the statement's")),
        ([_, _], true) => (format!("وهو في كلام الاثنين: {ar}"), format!("both {en} have them")),
        (_, true) => (format!("وهو في كلام كل من {ar}"), format!("{en} all have them")),
        (_, false) => {
            let not = if has_statement { ("", "") } else { ("، وليس من نص البيان", ", not the statement's") };
            (format!("وهو يجمع كلام أكثر من قائل: {ar}{}", not.0), format!("they join the words of {en}{}", not.1))
        }
    }
}

/// The name of a speaker in a sentence.
fn name(speaker: &Speaker, record: &Record, registers: &Registers) -> Sentence {
    let unnamed = || BilingualText { ar: "متحدث آخر".to_owned(), en: "another speaker".to_owned() };
    let BilingualText { ar, en } = match speaker.voice {
        Voice::Statement => BilingualText { ar: "البيان".to_owned(), en: "the statement".to_owned() },
        Voice::Agency => record.statement.source.publisher.clone(),
        Voice::ThirdParty => speaker.actor.as_ref().and_then(|actor| registers.name(actor)).cloned().unwrap_or_else(unnamed),
    };
    (ar, en.strip_prefix("A ").map_or_else(|| en.clone(), |rest| format!("a {rest}")))
}

/// The requested speaker.
fn asked_for(asked: &Asked, record: &Record, registers: &Registers) -> Sentence {
    let by_actor = asked.speaker.as_ref().and_then(|actor| registers.name(actor)).map(|name| (name.ar.clone(), uncapitalized_article(&name.en)));
    by_actor.unwrap_or_else(|| match asked.voice {
        Some(Voice::Agency) => (record.statement.source.publisher.ar.clone(), record.statement.source.publisher.en.clone()),
        Some(Voice::Statement) | None => ("البيان".to_owned(), "the statement".to_owned()),
        Some(Voice::ThirdParty) => ("متحدث آخر تنقل عنه الوكالة".to_owned(), "somebody else whom the agency quotes".to_owned()),
    })
}

fn not_as_quoted(altered: &Altered<'_>) -> Sentence {
    let (why_ar, why_en) = altered.differences.first().map(reason).unwrap_or_default();
    let label = altered.clause.map(|clause| clause.label.as_str());
    let (ar, en) = match altered.of {
        ComparedWith::Source => {
            let closest = label.map_or_else(
                || (format!("وأقرب ما فيه: «{}»", short(&altered.quote.exact)), format!("the closest passage is “{}”", short(&altered.quote.exact))),
                |label| (format!("وأقرب ما فيه البند {label}"), format!("the closest passage is clause {label}")),
            );
            (format!("ليس في المصدر بهذا اللفظ: {why_ar}؛ {}", closest.0), format!("Not in the source as quoted: {why_en}; {}", closest.1))
        }
        ComparedWith::WorkingTranslation => {
            let label = label.unwrap_or_default();
            (
                format!("المصدر بالعربية، وليس هذا لفظ ترجمتنا غير الرسمية له: {why_ar}؛ قارن البند {label} والنصوص المنشورة الأخرى"),
                format!(
                    "The source is in Arabic, and these are not the words of our translation of it: {why_en}; compare clause {label} and the other published versions"
                ),
            )
        }
    };
    with_notes((ar, en), altered.record.critical_notes_in(std::slice::from_ref(&altered.range)))
}

/// How a quotation differs, from its first difference.
fn reason(difference: &Difference) -> Sentence {
    let Difference { kind, given, source } = difference;
    let (given, source) = (short(given), short(source));
    let weight = match kind {
        DifferenceKind::Negation => ("، وهذا يقلب المعنى", ", which turns the meaning around"),
        DifferenceKind::Number | DifferenceKind::Name => ("، وهذا يغير المعنى", ", which changes the meaning"),
        _ => ("", ""),
    };
    let (ar, en) = match (kind, given.is_empty(), source.is_empty()) {
        (DifferenceKind::Joined, ..) => (format!("وُصل به «{given}» من موضع آخر"), format!("“{given}” is joined to it from another place")),
        (_, true, _) => (format!("حُذف منه «{source}» بلا إشارة"), format!("it leaves out “{source}” without a mark")),
        (_, false, true) => (format!("أُضيف إليه «{given}»"), format!("it adds “{given}”")),
        (_, false, false) => (format!("فيه «{given}» مكان «{source}»"), format!("it has “{given}” in place of “{source}”")),
    };
    (ar + weight.0, en + weight.1)
}

/// A sentence with the critical notes on the words; without them it would mislead.
fn with_notes<'n>((mut ar, mut en): Sentence, notes: impl Iterator<Item = &'n Note>) -> Sentence {
    for note in notes {
        let (known_ar, known_en) = match note.kind {
            Kind::ErrorInSource => ("؛ تنبيه، هكذا ورد في المصدر وهو خطأ معروف: ", "; caution, so printed in the source and known to be wrong: "),
            _ => ("؛ تنبيه: ", "; caution: "),
        };
        let text = |text: &str| text.trim_end_matches('.').to_owned();
        ar = ar + known_ar + &text(&note.text.ar);
        en = en + known_en + &text(&note.text.en);
    }
    (ar, en)
}

/// A text that is short enough for a sentence.
fn short(text: &str) -> String {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if text.chars().count() <= MAX_QUOTED_CHARS { text } else { text.chars().take(MAX_QUOTED_CHARS).chain(['…']).collect() }
}

/// A sentence as the second part of another.
fn uncapitalized(sentence: &str) -> String {
    let mut chars = sentence.chars();
    chars.next().map(|first| first.to_lowercase().chain(chars).collect()).unwrap_or_default()
}

/// A name as it is written inside a sentence.
fn uncapitalized_article(name: &str) -> String {
    name.strip_prefix("A ").map_or_else(|| name.to_owned(), |rest| format!("a {rest}"))
}
