//! A milestone in words, as calendars and feeds describe it, and its page.

use crate::corpus::{Language, Slug, milestones::Milestone};
use crate::formats::{
    context::RenderContext,
    date_words::{UpperBound, format_date, format_day, format_milestone_date},
    error::RenderError,
    paragraph::Paragraph,
    reference::note_lines,
};

/// Everything that a reader must know with a milestone: who says it, the words, the precision of the date, the
/// conditions, the editors' notes, and later reports.
///
/// # Errors
/// If the context lacks the statement.
pub(super) fn description(milestone: &Milestone, context: &RenderContext<'_>) -> Result<Vec<Paragraph>, RenderError> {
    let language = context.language.unwrap_or(Language::En);
    let paragraph = |text: String| Paragraph { language, text };
    let mut lines = vec![paragraph(context.voice_label(milestone.voice, milestone.speaker_name.as_ref()))];
    let statement = &context.work(&milestone.statement)?.statement;
    let source = statement.source.language;
    lines.push(paragraph(format!("{}: {}", context.phrase("البيان", "Statement"), context.text(&statement.title))));
    for clause in &milestone.clauses {
        lines.push(Paragraph { language: source, text: format!("[{}] {}", clause.label, in_marks(clause.text.of(source), source)) });
        if language != source {
            lines.push(paragraph(format!("{} ({})", clause.text.of(language), context.phrase("ترجمة غير رسمية", "our translation"))));
        }
    }
    lines.push(paragraph(format!("{}: {}", context.phrase("التاريخ", "Date"), format_milestone_date(milestone, language))));
    let conditions: Vec<&str> = milestone.conditions.iter().map(|clause| clause.below(&milestone.statement)).collect();
    lines.extend(match (conditions.as_slice(), context.language) {
        ([], _) => None,
        ([one], Some(Language::Ar)) => Some(paragraph(format!("مشروطة بالبند {one}"))),
        (several, Some(Language::Ar)) => Some(paragraph(format!("مشروطة بالبنود {}", several.join(" و")))),
        ([one], _) => Some(paragraph(format!("Subject to clause {one}"))),
        (several, _) => Some(paragraph(format!("Subject to clauses {}", several.join(", ")))),
    });
    lines.extend(note_lines(&milestone.notes, context).into_iter().map(paragraph));
    for report in &milestone.developments {
        let date = format_date(&report.date, UpperBound::OnOrBefore, language);
        lines.push(paragraph(format!("{} ({date}): {}", context.phrase("تقرير لاحق", "Later report"), context.text(&report.text))));
    }
    if milestone.developments.is_empty() {
        let checked = statement.developments_checked.map(|day| format_day(day.date(), language));
        lines.push(paragraph(match (checked, context.language) {
            (Some(day), Some(Language::Ar)) => format!("لم نجد تقارير لاحقة حتى {day}."),
            (Some(day), _) => format!("No later report found as of {day}."),
            (None, Some(Language::Ar)) => "لم يُبحث بعد عن تقارير لاحقة.".to_owned(),
            (None, _) => "Later reports have not been looked for yet.".to_owned(),
        }));
    }
    Ok(lines)
}

/// Words in the quotation marks of a language.
#[must_use]
pub fn in_marks(words: &str, language: Language) -> String {
    match language {
        Language::Ar => format!("«{words}»"),
        Language::En => format!("“{words}”"),
    }
}

/// The path of a milestone's page, below the language.
pub(super) fn page_path(id: &Slug) -> String {
    format!("milestones/{id}")
}
