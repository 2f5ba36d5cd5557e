//! The messages of the pages of a clause, of a date and of the changes, in both languages.

#![expect(clippy::trivially_copy_pass_by_ref, reason = "templates pass values by reference")]

use crate::{
    corpus::{
        changes::{Action, ChangedResource},
        dates::TimexType,
    },
    http::pages::view::messages::Message,
};

// A clause.
pub const CLAUSE: Message = Message::new("البند", "Clause");
pub const NOT_THE_STATEMENT: Message = Message::new("، لا البيان", ", not the statement");
pub const QUOTE_WITH_NOTE: Message = Message::new("لا تقتبس هذا البند من دون ملاحظته.", "Do not quote this clause without its note.");
pub const COPY_CLAUSE: Message = Message::new("انسخ البند", "Copy the clause");
pub const COPY_SENTENCE: Message = Message::new("انسخ الجملة", "Copy the sentence");
pub const COPY_PARAGRAPH: Message = Message::new("انسخ الفقرة", "Copy the paragraph");
pub const IN_PARAGRAPH: Message = Message::new("موضعه في الفقرة", "Where it stands in paragraph");
pub const PREVIOUS: Message = Message::new("البند السابق", "Previous clause");
pub const NEXT: Message = Message::new("البند التالي", "Next clause");
pub const NEIGHBOURS: Message = Message::new("البنود المجاورة", "Neighbouring clauses");
pub const MINOR_NOTES: Message = Message::new("ملاحظات ثانوية", "Minor notes");
pub const DATES: Message = Message::new("التواريخ فيه", "Its dates");
pub const WORDS: Message = Message::new("الكلمات", "Words");
pub const MEANING: Message = Message::new("التاريخ", "Date");
pub const MILESTONES: Message = Message::new("المحطات التي تستند إليه", "Milestones that rest on it");
pub const SETS_CONDITION_FOR: Message = Message::new("يضع شرطاً لـ", "It sets a condition for");
pub const RELATED: Message = Message::new("الصلات", "Connections");
pub const BELONGS_TO: Message = Message::new("تابع للبند", "Belongs to clause");
pub const HAS_PARTS: Message = Message::new("بنود تابعة له", "Clauses that belong to it");
pub const MENTIONED_IN_NOTES: Message = Message::new("تذكره ملاحظات على", "Mentioned in notes on");
pub const CITE: Message = Message::new("الاستشهاد به والتنزيل", "Cite and download");
pub const AT_PUBLISHER: Message = Message::new("المقطع عند ناشره", "This passage at its publisher");
pub const READ_IN_STATEMENT: Message = Message::new("اقرأه في البيان", "Read it in the statement");

// A date.
pub const DATE_EXPRESSION: Message = Message::new("عبارة زمنية", "Time expression");
pub const COUNTED_FROM: Message = Message::new("محسوب من", "Counted from");
pub const HOW_IT_WAS_READ: Message = Message::new("كيف قُرئ", "How it was read");
pub const WHERE_IT_STANDS: Message = Message::new("موضعه", "Where it stands");
pub const DATES_MILESTONES: Message = Message::new("محطات تستند إلى هذا التاريخ", "Milestones dated by it");

/// The type of an expression of time.
pub const fn timex(kind: &TimexType) -> Message {
    match kind {
        TimexType::Date => Message::new("تاريخ", "date"),
        TimexType::Duration => Message::new("مدة", "duration"),
        TimexType::Time => Message::new("وقت من اليوم", "time of day"),
        TimexType::Set => Message::new("تكرار", "recurrence"),
    }
}

// Changes.
pub const CHANGES_LEAD: Message = Message::new(
    "كل تغيير منذ النشر، من الأحدث: ما أضيف وما صُوّب وما سُحب.",
    "Every change since publication, the newest first: what was added, corrected or withdrawn.",
);
pub const CHANGE: Message = Message::new("تغيير", "Change");
pub const REVISION: Message = Message::new("النسخة", "Revision");
pub const WHAT_CHANGED: Message = Message::new("ما تغيّر", "What changed");
pub const PUBLISHED_ON: Message = Message::new("تاريخ النشر", "Published on");
pub const ALL_CHANGES: Message = Message::new("كل التغييرات", "All changes");

/// The action of a change.
pub const fn action(action: &Action) -> Message {
    match action {
        Action::Created => Message::new("إضافة", "Added"),
        Action::Corrected => Message::new("تصويب", "Corrected"),
        Action::Withdrawn => Message::new("سحب", "Withdrawn"),
    }
}

/// The actor and location pages.
pub const NOTES_ON_MENTIONS: Message = Message::new("ملاحظات متصلة", "Related notes");

/// The resource of a changed item, as a noun in the singular.
pub const fn changed(resource: &ChangedResource) -> Message {
    match resource {
        ChangedResource::Statements => Message::new("بيان", "statement"),
        ChangedResource::Clauses => Message::new("بند", "clause"),
        ChangedResource::Dates => Message::new("تاريخ", "date"),
        ChangedResource::Milestones => Message::new("محطة", "milestone"),
        ChangedResource::Actors => Message::new("جهة", "actor"),
        ChangedResource::Locations => Message::new("مكان", "place"),
        ChangedResource::Notes => Message::new("ملاحظة", "note"),
    }
}

/// The resources whose changes are recorded.
pub const CHANGED_RESOURCES: [ChangedResource; 7] = {
    use ChangedResource::{Actors, Clauses, Dates, Locations, Milestones, Notes, Statements};
    [Statements, Clauses, Dates, Milestones, Actors, Locations, Notes]
};
