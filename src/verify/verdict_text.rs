//! Verdicts on quotations, in a sentence for each thing that there is to say.

use crate::text::quotation::Agreement;
use crate::{
    corpus::{BilingualText, Voice},
    verify::Of,
};

/// The verdict on a quotation that agrees so, with the words of these voices.
#[must_use]
pub fn sentence(agreement: Agreement, of: Of, voices: &[Voice], attribution_holds: Option<bool>) -> BilingualText {
    let found = match (agreement, of) {
        (Agreement::Exact, Of::Source) => ("النص وارد حرفياً في المصدر.", "Word for word in the source."),
        (Agreement::Normalized, Of::Source) => ("الكلمات نفسها في المصدر، مع اختلاف في الرسم وحده.", "In the source, only written in another way."),
        (Agreement::Partial, Of::Source) => ("بعضه في المصدر وبعضه ليس فيه؛ انظر الفروق.", "Only in part in the source; see what differs."),
        (Agreement::None, Of::Source) => ("ليس في المصدر.", "Not in the source."),
        (Agreement::Exact | Agreement::Normalized, Of::WorkingTranslation) => {
            ("في ترجمتنا للعمل، وهي ليست كلام أحد؛ الاقتباس من العربية.", "In our working translation, which nobody said; what can be quoted is the Arabic.")
        }
        (Agreement::Partial, Of::WorkingTranslation) => {
            ("بعضه في ترجمتنا للعمل، وهي ليست كلام أحد؛ انظر الفروق.", "Only in part in our working translation, which nobody said; see what differs.")
        }
        (Agreement::None, Of::WorkingTranslation) => ("ليس في ترجمتنا للعمل.", "Not in our working translation."),
    };
    let said = match voices {
        [] => ("", ""),
        [Voice::Statement] => (" من نص البيان.", " The statement's own words."),
        [Voice::ThirdParty] => (" كلام طرف ينقل عنه المقال، وليس من البيان.", " Said by somebody whom the article quotes, not by the statement."),
        [Voice::Agency] => (" رواية الوكالة، وليس من البيان.", " The agency's narration, not the statement's words."),
        _ => (" يجمع كلام أكثر من قائل.", " It joins the words of more than one speaker."),
    };
    let attributed = if attribution_holds == Some(false) { (" النسبة غير صحيحة.", " The attribution does not hold.") } else { ("", "") };
    BilingualText { ar: [found.0, said.0, attributed.0].concat(), en: [found.1, said.1, attributed.1].concat() }
}
