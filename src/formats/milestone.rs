//! A milestone in plain text, as calendars and feeds describe it.

use crate::corpus::{Language, milestones::Milestone};
use crate::formats::context::RenderContext;

/// Everything that a reader must know with a milestone: who says it, the words, the precision of the date, the
/// conditions, the editors' notes, and later reports.
pub(super) fn description(milestone: &Milestone, context: &RenderContext<'_>) -> String {
    let mut lines = vec![context.voice_label(milestone.voice, milestone.speaker_name.as_ref())];
    for clause in &milestone.clauses {
        lines.push(format!("[{}] «{}»", clause.label, clause.text.ar));
        if context.language != Some(Language::Ar) {
            lines.push(format!("{} (working translation)", clause.text.en));
        }
    }
    let date = milestone.date.edtf.as_deref().unwrap_or_else(|| context.phrase("بلا تاريخ", "undated"));
    lines.push(format!("{}: {date}", context.phrase("التاريخ (EDTF)", "Date (EDTF)")));
    if milestone.conditional {
        let conditions: Vec<String> = milestone.conditions.iter().map(ToString::to_string).collect();
        lines.push(format!("{}: {}", context.phrase("مشروط بـ", "Subject to"), conditions.join(", ")));
    }
    lines.extend(milestone.notes.iter().map(|note| format!("{}: {}", context.phrase("ملاحظة", "Note"), context.text(&note.text))));
    for report in &milestone.developments {
        let date = report.date.edtf.as_deref().unwrap_or_default();
        lines.push(format!("{} ({date}): {}", context.phrase("ذُكر لاحقاً", "Later reported"), context.text(&report.text)));
    }
    if milestone.developments.is_empty() {
        lines.push(context.phrase("لا تقرير لاحق مسجل هنا.", "No later report is recorded here.").to_owned());
    }
    lines.join("\n")
}
